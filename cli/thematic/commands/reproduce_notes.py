"""What `thematic reproduce` says below its tables, and what may be tried next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING

from thematic.commands.request import Request
from thematic.commands.totals_notes import notes_on_totals
from thematic.model.judged import Basis
from thematic.model.transcript import Role

if TYPE_CHECKING:
    from thematic.analysis.reproduction.understanding import Understood
    from thematic.model.coding import Codings

_MOST_TOLD = 8


def notes_on(found: Understood, basis: Basis) -> Iterator[str]:
    """How a printed table was understood, and what of it was not."""
    compared = found.comparison
    by = " and ".join(compared.table.by)
    yield (
        f"The table was read as {found.form}; {len(compared.cells)} of {found.cells} numbers "
        f"were compared, as {compared.declared}, groups by {by}. Counts of talk, as "
        f"{basis.value}; a code counts with those below it."
    )
    if found.left_out:
        yield f"Columns without numbers were left out: {', '.join(found.left_out)}."
    if found.unread:
        some = ", ".join(f"{text!r} (row {row})" for row, text in found.unread[:_MOST_TOLD])
        more = len(found.unread) - _MOST_TOLD
        yield f"Not read as numbers: {some}{f' and {more} more' if more > 0 else ''}."
    if found.halves:
        row, text = found.halves[0]
        yield (
            f"Of cells such as {text!r} (row {row}) only the first number was compared, for "
            "neither has a percent sign: write n (%) into the heads where the second is a share."
        )
    yield from notes_on_totals(found)
    yield from _unknown(found)


def _unknown(found: Understood) -> Iterator[str]:
    """Names of which it is not sure what they mean, and what to say then."""
    for match in found.unknown[:_MOST_TOLD]:
        likely = f"; alike: {', '.join(match.proposed)}" if match.proposed else ""
        said = quote(f"{match.printed}={match.proposed[0] if match.proposed else '...'}")
        yield f"Not known what {match.printed!r} means{likely}. Say --name {said}"
    if more := [repr(match.printed) for match in found.unknown[_MOST_TOLD:]]:
        yield f"Not known either: {', '.join(more)}."
    if found.unknown:
        alike = any(match.proposed for match in found.unknown)
        yield "A name that is to be left out is given the meaning none." + (
            " --accept-names takes all that are clearly alike." if alike else ""
        )


def with_interviewers(
    request: Request,
    codings: Codings,
    coded: Callable[[Request], Codings],
    agreeing: Callable[[Codings], int],
) -> tuple[str, ...]:
    """How the table fits where interviewers' words count too; nothing where they do, or are none.

    Args:
        request: of the run.
        codings: in which they were left out, perhaps.
        coded: codes as another request asks.
        agreeing: how many cells agree with codings.
    """
    words = sum(
        source.turn_words[turn.number]
        for source in codings.transcripts
        for turn in source.transcript.turns
        if turn.role is Role.INTERVIEWER and turn.number not in source.counted_turns
    )
    if not words:
        return ()
    fitting = agreeing(coded(replace(request, include_interviewer=True)))
    return (
        f"{words:,} words of interviewers are not counted. With --include-interviewer {fitting} "
        "cells agree (exploratory).",
    )
