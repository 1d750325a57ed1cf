"""The one place that knows formats: data to standard output or a file, talk to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from thematic.commands.options import Format
from thematic.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.inputs import Inputs


def emit(
    table: ResultTable,
    to: Format,
    draw: Callable[[IO[str]], None],
    *,
    markdown: Callable[[], str] | None = None,
    output: Path | None = None,
    raw: bool = False,
) -> None:
    """Write one result table.

    Args:
        table: what to write as data.
        to: the format.
        draw: draws it for people on a terminal.
        markdown: writes it for people in Markdown; None = all columns.
        output: a file; None = standard output.
        raw: CSV without the guard against spreadsheet formulas.
    """
    from thematic.report import data
    from thematic.report.markdown import table_markdown

    match to:
        case Format.CSV:
            put(data.as_csv(table, raw=raw), output)
        case Format.JSON:
            put(data.as_json(table), output)
        case Format.MD:
            put(markdown() if markdown else table_markdown(table), output)
        case Format.TABLE if output is not None:
            raise UsageError(
                "a table is drawn on the terminal only", "with -o, add -f csv, json or md"
            )
        case Format.TABLE:
            draw(sys.stdout)


def put(text: str, output: Path | None) -> None:
    """A text to a file, whole or not at all, or to standard output as UTF-8."""
    if output is not None:
        from thematic.report.folder import write_file

        write_file(output, text)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def finish(inputs: Inputs, *, quiet: bool) -> None:
    """Say what was wrong with the input, and leave with the exit code that says so."""
    from thematic.report.talk import tell_problems

    tell_problems(inputs.problems, inputs.skipped, quiet=quiet)
    if inputs.has_errors:
        raise typer.Exit(ExitCode.PROBLEMS)
