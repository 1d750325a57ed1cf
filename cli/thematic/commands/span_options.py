"""What `thematic agree --spans` can be asked for, in light types for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from thematic.errors import UsageError
from thematic.model.nouns import dataclass


class Program(StrEnum):
    """Other programs whose figures can be shown."""

    NVIVO = "nvivo"
    MAXQDA = "maxqda"


class Continuum(StrEnum):
    """Which part of each transcript coders could code."""

    TEXT = "text"
    TURNS = "turns"
    ANSWERS = "answers"


class Lengths(StrEnum):
    """In what lengths are measured."""

    CHARACTERS = "characters"
    WORDS = "words"


@dataclass(frozen=True)
class SpanOptions:
    """What `--spans` and the options beside it ask for; None = not said."""

    continuum: Continuum | None = None
    lengths: Lengths | None = None
    themes: bool = False
    read: Sequence[str] = ()
    earlier: bool = False
    compatible: Program | None = None
    overlap: float | None = None

    def named(self) -> list[str]:
        """The options that were given and need `--spans`."""
        given = {
            "--continuum": self.continuum,
            "--lengths": self.lengths,
            "--themes": self.themes,
            "--read": self.read,
            "--alpha-2004": self.earlier,
            "--overlap": self.overlap,
        }
        return [name for name, value in given.items() if value]


def demand_sense(options: SpanOptions) -> None:
    """See that the options go together.

    Raises:
        UsageError: they do not.
    """
    if options.overlap is not None and options.compatible is not Program.MAXQDA:
        raise UsageError("--overlap is MAXQDA's", "add --compatible maxqda")
    if options.overlap is not None and not 0 < options.overlap <= 1:
        raise UsageError(f"--overlap {options.overlap:g} is not understood", "0.9 means 90 %")
    if options.compatible and (options.continuum or options.lengths or options.earlier):
        program = {"nvivo": "NVivo", "maxqda": "MAXQDA"}[options.compatible.value]
        raise UsageError(
            f"{program} compares characters of whole transcripts",
            "leave out --continuum, --lengths and --alpha-2004",
        )
