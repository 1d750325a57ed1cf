"""The Typer app; `main` is the only place that shows errors and exits."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer

from thematic.commands.agree import agree
from thematic.commands.check import check
from thematic.commands.code import code
from thematic.commands.convert import convert
from thematic.commands.decide import decide
from thematic.commands.demo import demo
from thematic.commands.explain import explain
from thematic.commands.freq import freq
from thematic.commands.import_ import import_
from thematic.commands.init import init
from thematic.commands.log import log
from thematic.commands.quotes import quotes
from thematic.commands.read import read
from thematic.commands.report import report
from thematic.commands.sample import sample
from thematic.commands.score import score
from thematic.commands.show import show
from thematic.commands.speakers import speakers
from thematic.errors import InternalFault, Interrupted, ThematicError

# Without rich's markup the help stands in a tenth of a second.
app = typer.Typer(
    name="thematic",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    report,
    freq,
    quotes,
    code,
    show,
    speakers,
    convert,
    read,
    import_,
    explain,
    check,
    sample,
    score,
    agree,
    decide,
    log,
    init,
    demo,
):
    app.command(command.__name__.rstrip("_"))(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        from thematic.commands.version import version

        typer.echo(f"thematic {version()}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Code interview transcripts by a YAML codebook; report frequencies and verbatim quotes.

    A rule only suggests a code, and a count is a count of talk. Nothing leaves this machine.
    """


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command line; the only place that shows errors and exits."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):  # signals can be set in the main thread only
            signal.signal(signal.SIGINT, _interrupt)
    _speak_utf8()
    try:
        app(argv)
    except ThematicError as error:
        from thematic.report.talk import complain

        complain(error)
        sys.exit(error.exit_code)
    except Exception as error:
        if os.environ.get("THEMATIC_TRACEBACK"):
            raise
        from thematic.report.talk import complain

        complain(InternalFault(error))
        sys.exit(InternalFault.exit_code)


def _speak_utf8() -> None:
    """Write UTF-8 into pipes and files everywhere; a console keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _interrupt(_signal: int, _frame: object) -> None:
    raise Interrupted


if __name__ == "__main__":
    main()
