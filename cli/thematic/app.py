"""The Typer app; `main` is the only place that shows errors and exits."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from thematic.commands.interrupting import heed_interrupts
from thematic.commands.listed import COMMANDS, SECTIONS
from thematic.commands.memory import collect_seldom, set_up_libraries
from thematic.errors import InternalFault, OutputRefused, ThematicError

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Sections(TyperGroup):
    """Lists commands under what one wants to do, and knows all by name, also those not loaded."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # So that a slip is told: `thematic reprot` shows the name that is near.
        self.commands = {name: self.commands.get(name) or TyperCommand(name) for name in COMMANDS}

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the list, in the order of `SECTIONS`, with columns that line up."""
        width = max(map(len, COMMANDS))
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), told) for name, told in commands.items()])


def app_of(names: Sequence[str] = COMMANDS) -> typer.Typer:
    """The command line with some of its commands; only their modules are imported."""
    # Without rich's markup the help stands in a tenth of a second.
    app = typer.Typer(
        name="thematic",
        cls=Sections,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(about)
    for name in names:
        app.command(name)(_function(name))
    return app


def _function(name: str) -> Callable[..., None]:
    """What runs a command: the function of its name, in the module of its name."""
    own = f"{name}_" if iskeyword(name) else name
    found: Callable[..., None] = getattr(import_module(f"thematic.commands.{own}"), own)
    return found


def _needed(arguments: Sequence[str]) -> Sequence[str]:
    """The one command that is called, or none; all where a shell completes."""
    if any(name.endswith("_COMPLETE") for name in os.environ):
        return COMMANDS
    first = next((word for word in arguments if not word.startswith("-")), "")
    return (first,) if first in COMMANDS else ()


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
    heed_interrupts()
    _speak_utf8()
    set_up_libraries()
    collect_seldom()
    try:
        app_of(_needed(sys.argv[1:] if argv is None else argv))(argv)
    except ThematicError as error:
        _end(error)
    except Exception as error:
        if os.environ.get("THEMATIC_TRACEBACK"):
            raise
        _end(_no_room(error) or InternalFault(error))


def _end(error: ThematicError) -> NoReturn:
    from thematic.report.talk import complain

    complain(error)
    sys.exit(error.exit_code)


def _no_room(error: Exception) -> OutputRefused | None:
    """What is said where a disk is full; None of any other fault."""
    if not isinstance(error, OSError) or error.errno not in _FULL:
        return None
    where = repr(error.filename) if error.filename else "standard output"
    return OutputRefused(f"cannot write to {where}: {error.strerror}", "make room for it")


def _speak_utf8() -> None:
    """Write UTF-8 into pipes and files everywhere; a console keeps its own encoding.

    What is written to a stream that was closed from the beginning goes nowhere.
    """
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


if __name__ == "__main__":
    main()
