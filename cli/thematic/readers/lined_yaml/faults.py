"""Collects what is wrong with a file while reading goes on."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from thematic.errors import Problem, Severity


class Faults:
    """The problems found so far in one file; the file's name is added by the caller."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def error(self, line: int, message: str, hint: str = "") -> None:
        """Something the file cannot be used with."""
        self._found.append(Problem("", line, message, hint))

    def warning(self, line: int, message: str, hint: str = "") -> None:
        """Something that may not mean what its writer thinks."""
        self._found.append(Problem("", line, message, hint, Severity.WARNING))

    def note(self, line: int, message: str, hint: str = "") -> None:
        """Something worth knowing."""
        self._found.append(Problem("", line, message, hint, Severity.NOTE))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over problems found elsewhere."""
        self._found.extend(problems)

    def sorted(self) -> list[Problem]:
        """Every problem once, by line."""
        return sorted(dict.fromkeys(self._found), key=lambda problem: problem.line)


def closest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that `word` is most like (likeness 0 to 1), or an empty text."""
    plain = {name.casefold().replace("-", "_"): name for name in known}
    near = get_close_matches(
        word.casefold().replace("-", "_").replace(" ", "_"), plain, n=1, cutoff=likeness
    )
    return plain[near[0]] if near else ""
