"""The Typer app; `main` is the only place that shows errors and exits."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from typing import Annotated

import typer

from thematic.errors import InternalFault, Interrupted, ThematicError

# In the order of the help. Each is a function of that name in a module of that name.
COMMANDS = (
    "report",
    "batch",
    "method",
    "verify",
    "compare",
    "sensitivity",
    "appearance",
    "diff",
    "freq",
    "quotes",
    "kwic",
    "network",
    "chart",
    "reproduce",
    "uncoded",
    "cooccur",
    "matrix",
    "crosstab",
    "trend",
    "code",
    "show",
    "speakers",
    "convert",
    "read",
    "import",
    "explain",
    "check",
    "codebook",
    "sample",
    "score",
    "agree",
    "adjudicate",
    "reanchor",
    "decide",
    "extract",
    "pseudonymise",
    "deposit",
    "log",
    "init",
    "demo",
    "cache",
)


def app_of(names: Sequence[str] = COMMANDS) -> typer.Typer:
    """The command line with some of its commands; only their modules are imported."""
    # Without rich's markup the help stands in a tenth of a second.
    app = typer.Typer(
        name="thematic",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(about)
    for name in names:
        own = f"{name}_" if iskeyword(name) else name
        app.command(name)(getattr(import_module(f"thematic.commands.{own}"), own))
    return app


def _needed(arguments: Sequence[str]) -> Sequence[str]:
    """The one command that is called; all where that is not clear, for help and completion."""
    first = next((word for word in arguments if not word.startswith("-")), "")
    completes = any(name.endswith("_COMPLETE") for name in os.environ)
    return (first,) if first in COMMANDS and not completes else COMMANDS


def _show_version(wanted: bool) -> None:
    if wanted:
        from thematic.commands.version import version

        typer.echo(f"thematic {version()}")
        raise typer.Exit


def about(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Code interview transcripts by a YAML codebook; report frequencies and verbatim quotes.

    A rule only suggests a code, and a count is a count of talk. Nothing leaves this machine
    unless you name another one.
    """


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command line; the only place that shows errors and exits."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):  # signals can be set in the main thread only
            signal.signal(signal.SIGINT, _interrupt)
    _speak_utf8()
    gc.set_threshold(50_000)  # a run makes many objects and few cycles
    try:
        app_of(_needed(sys.argv[1:] if argv is None else argv))(argv)
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
