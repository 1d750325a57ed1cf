"""What can go wrong: errors that end a run, and problems found in files people wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from thematic.model.nouns import dataclass


class ExitCode:
    """The exit codes of the command; documented in docs/reference/exit-codes.md."""

    OK = 0
    PROBLEMS = 1  # done, but something in the input needs the user
    USAGE = 2  # the command line itself is wrong
    NO_INPUT = 3  # nothing to read
    CODEBOOK = 4  # the codebook cannot be used
    TRANSCRIPTS = 5  # --strict, or no transcript could be read
    OUTPUT = 6  # the result could not be written
    MISSING = 7  # an optional package or model is not installed
    DIFFERS = 8  # what was compared is not the same
    INTERNAL = 70  # a fault in thematic itself
    INTERRUPTED = 130


class ThematicError(Exception):
    """A mistake the user can mend: one line, a hint, and an exit code of its own.

    Args:
        message: what is wrong, in one line.
        hint: how to mend it, or empty.
    """

    exit_code: int = ExitCode.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ThematicError):
    """The command line asks for something that does not go together."""


class NoTranscripts(ThematicError):
    """There is nothing to read at the paths given."""

    exit_code = ExitCode.NO_INPUT


class CodebookUnusable(ThematicError):
    """The codebook has faults, or there is none."""

    exit_code = ExitCode.CODEBOOK


class TranscriptsUnusable(ThematicError):
    """A transcript has a fault and --strict was given, or none could be read."""

    exit_code = ExitCode.TRANSCRIPTS


class OutputRefused(ThematicError):
    """The result cannot be written where it should go."""

    exit_code = ExitCode.OUTPUT


class WorkersLost(ThematicError):
    """Processes that did the work were killed again and again."""

    exit_code = ExitCode.OUTPUT

    def __init__(self, left: int, tasks: int) -> None:
        super().__init__(
            f"processes that did the work were killed; {left} of {tasks} parts are not done",
            "nothing was written under its final name; run the same command again: finished parts "
            "are not done twice. If memory is short, use --jobs 1",
        )


class NoScheduler(ThematicError):
    """Nothing that hands out work answers at the address given."""

    exit_code = ExitCode.OUTPUT

    def __init__(self, address: str) -> None:
        super().__init__(
            f"no Dask scheduler answers at {address}",
            "check the address, and that the scheduler runs; nothing was sent",
        )


class NotInstalled(ThematicError):
    """Something optional is needed and not there."""

    exit_code = ExitCode.MISSING


class NotVerified(ThematicError):
    """A result cannot be recomputed, or is not what its manifest says."""

    exit_code = ExitCode.DIFFERS


class Interrupted(ThematicError):
    """The user pressed Ctrl+C."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self) -> None:
        super().__init__("interrupted; no output was left half written")


class InternalFault(ThematicError):
    """Something went wrong that is no mistake of the user's."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"this is a fault in thematic: {type(error).__name__}: {error}",
            "please report it with the command; THEMATIC_TRACEBACK=1 shows where it happened",
        )


class UnknownCode(ThematicError):
    """A code that the codebook does not define."""

    def __init__(self, code: str, known: Iterable[str]) -> None:
        paths = list(known)
        there = f"there are: {', '.join(paths[:8])}" + (" …" if len(paths) > 8 else "")
        super().__init__(f"the codebook has no code {code!r}", did_you_mean(code, paths) or there)


class Severity(StrEnum):
    """How much a problem matters: an error costs data, a warning may, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class SheetLine(int):
    """A line number that is a row of a spreadsheet, and knows of which sheet."""

    sheet: str

    def __new__(cls, row: int, sheet: str = "") -> SheetLine:
        """A row (1-based) of a sheet."""
        made = super().__new__(cls, row)
        made.sheet = sheet
        return made


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a file the user wrote, where it stands, and how to mend it."""

    file: str  # as the user named it; "" while not yet known
    line: int  # 1-based; 0 = the file as a whole
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def within(self, file: str) -> Problem:
        """The same problem, said to stand in `file`, and in which of its sheets."""
        sheet = self.line.sheet if isinstance(self.line, SheetLine) else ""
        return replace(self, file=f"{file}, sheet {sheet}" if sheet else file)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A guess at what was meant, as a hint; empty when nothing is near."""
    from difflib import get_close_matches  # only who slips waits for it

    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else ""
