"""Problems of one file, kept to a number that somebody can read."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.errors import Problem, Severity

_MOST = 50
_BY_WEIGHT = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def few(problems: Sequence[Problem], most: int = _MOST) -> list[Problem]:
    """The first problems of each severity, and one that says how many more there are.

    Args:
        problems: those of one file; as given where they are few, else errors first.
        most: how many of one severity are kept.
    """
    kept: list[Problem] = []
    for severity in _BY_WEIGHT:
        alike = [problem for problem in problems if problem.severity is severity]
        kept += alike[:most]
        if len(alike) > most:
            first = alike[most]
            message = f"{len(alike) - most:,} more such problems, the first: {first.message}"
            kept.append(Problem(first.file, first.line, message, first.hint, severity))
    return kept if len(kept) < len(problems) else list(problems)
