"""The one place that knows formats: data to standard output or a file, talk to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from thematic.commands.options import Format, Output
from thematic.errors import ExitCode, OutputRefused, UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.reading import Inputs


def emit(
    table: ResultTable,
    out: Output,
    draw: Callable[[IO[str]], None],
    *,
    markdown: Callable[[], str] | None = None,
    inputs: Inputs | None = None,
) -> None:
    """Write one result table.

    Args:
        table: what to write as data.
        out: where it goes, and in which format.
        draw: draws it for people on a terminal.
        markdown: writes it for people in Markdown; None = all columns.
        inputs: what was read, which no output may overwrite; its study's status becomes the
            last column of CSV and JSON.
    """
    if out.file is not None and inputs is not None:
        refuse_inputs([out.file], inputs)
    if inputs is not None and out.format in (Format.CSV, Format.JSON):
        from thematic.commands.status import with_status_column

        table = with_status_column(table, inputs.study)
    match out.format:
        case Format.CSV:
            from thematic.report.data import as_csv

            put(as_csv(table, raw=out.raw), out.file)
        case Format.JSON:
            from thematic.report.data import as_json

            put(as_json(table), out.file)
        case Format.MD:
            from thematic.report.markdown import table_markdown

            put(markdown() if markdown else table_markdown(table), out.file)
        case Format.TABLE if out.file is not None:
            raise UsageError(
                "a table is drawn on the terminal only",
                "write -o NAME.csv, .json or .md, or add -f csv, json or md",
            )
        case Format.TABLE:
            with standard_output():
                draw(sys.stdout)


def put(text: str, output: Path | None) -> None:
    """A text to a file, whole or not at all, or to standard output as UTF-8."""
    if output is not None:
        from thematic.report.folder import write_file

        write_file(output, text)
        return
    with standard_output():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))


@contextmanager
def standard_output() -> Iterator[None]:
    """Writing to standard output: a reader that stops early is no error, a full disk is."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more on its way out; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(ExitCode.OK) from None
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputRefused(f"cannot write to standard output: {error.strerror}") from error


def refuse_inputs(outputs: Iterable[Path], inputs: Inputs) -> None:
    """No result may take the place of a transcript, the codebook or the study's own files.

    Raises:
        OutputRefused: one would.
    """
    for output in outputs:
        if inputs.uses(output):
            raise OutputRefused(
                f"{str(output)!r} is one of the files that were read", "choose another with -o"
            )


def finish(inputs: Inputs, *, quiet: bool) -> None:
    """Say what was wrong with the input, and leave with the exit code that says so.

    What tables counted on the way is kept for the next run.
    """
    from thematic.report.talk import tell_problems

    inputs.keep()
    tell_problems(inputs.problems, inputs.skipped, quiet=quiet)
    if inputs.has_errors:
        raise typer.Exit(ExitCode.PROBLEMS)
