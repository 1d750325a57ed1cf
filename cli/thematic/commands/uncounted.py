"""What people coded on words that do not count, such as the interviewer's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from thematic.errors import Problem, Severity
from thematic.model.people import Act, Decision, Passage, PersonCoding, Verdict

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.model.codebook import Codebook
    from thematic.model.coding import Codings
    from thematic.model.transcript import Turn

HINT = "they are in no table; to count these words: --include-interviewer, or `speakers: exclude`"
_MOST = 4  # places that are named
_NOWHERE = "no speaker's words"


def coded_uncounted(
    acts: Iterable[Act | None], inputs: Inputs, book: Codebook | None, file: str
) -> list[Problem]:
    """A warning where codings that come in stand on words that do not count.

    Args:
        acts: what comes in; only codings, and decisions by which a code holds, are looked at.
        inputs: the study's transcripts.
        book: says whose words do not count, where study.yaml does not.
        file: where the codings come from.
    """
    from thematic.coding.talk import Counting
    from thematic.commands.inputs import excluded
    from thematic.commands.request import Request
    from thematic.model.codebook import Codebook

    left_out = excluded(Request(), inputs.study, book or Codebook("", ()))
    counted = Counting(left_out).turns
    by_id = {one.id: one for one in inputs.transcripts}
    places: list[str] = []
    whose: dict[str, None] = {}
    for passage in filter(None, map(_coded, acts)):
        transcript = by_id.get(passage.transcript)
        if transcript is None or _overlaps(passage, counted(transcript)):
            continue
        touched = [one for one in transcript.turns if one.span.overlaps(passage.span)]
        names = [one.role.value or "a speaker left out" for one in touched] or [_NOWHERE]
        whose |= dict.fromkeys(names)
        places.append(_place(passage, touched))
    if not places:
        return []
    more = f" and {len(places) - _MOST} more" if len(places) > _MOST else ""
    where = "; ".join(places[:_MOST]) + more
    message = f"{_are(len(places))} on words that do not count: {', '.join(whose)} ({where})"
    return [Problem(file, 0, message, HINT, Severity.WARNING)]


def _coded(act: Act | None) -> Passage | None:
    """The passage on which an act says that a code holds."""
    match act:
        case PersonCoding():
            return act.passage
        case Decision(verdict=Verdict.REJECT):
            return None
        case Decision():
            return act.onto or act.passage
    return None


def _overlaps(passage: Passage, turns: Sequence[Turn]) -> bool:
    return any(one.span.overlaps(passage.span) for one in turns)


def _place(passage: Passage, turns: Sequence[Turn]) -> str:
    if turns:
        return f"{passage.transcript} turn {turns[0].number}"
    return f"{passage.transcript} {passage.span.start}-{passage.span.end}"


def _are(number: int) -> str:
    return "1 coding is" if number == 1 else f"{number} codings are"


def judged_uncounted(codings: Codings, file: str) -> list[Problem]:
    """A warning where people's codings stand on words that do not count in this run."""
    from thematic.analysis.uncounted import uncounted

    number = uncounted(codings)
    if not number:
        return []
    message = f"{_are(number)} on words that do not count"
    return [Problem(file, 0, message, HINT, Severity.WARNING)]
