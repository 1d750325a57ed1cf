"""What coders said alone, before they talked, and what they settled together afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thematic.model.people import Act, Decision, Event, Passage, PersonCoding, Verdict
from thematic.model.transcript import Span
from thematic.review.standing import standing, undone_by

CONSENSUS = "consensus"  # the coder's name under which a settled dispute is recorded
TOGETHER = "+"  # joins the names of coders who settled one: AK+BL

Place = tuple[str, Span, str]  # transcript, stretch, code


def settles(coder: str) -> bool:
    """Whether a coder's name stands for several who settled a dispute: `AK+BL`, `consensus`."""
    return coder.casefold() == CONSENSUS or TOGETHER in coder


def people_of(coder: str) -> tuple[str, ...]:
    """The people that a coder's name stands for: AK and BL of `AK+BL`, nobody of `consensus`."""
    names = (name.strip() for name in coder.split(TOGETHER))
    return tuple(name for name in names if name and name.casefold() != CONSENSUS)


def independent(events: Iterable[Event]) -> list[Event]:
    """The acts that hold of what single coders said before anybody settled it.

    Agreement is computed of these only: what was recorded together is nobody's independent
    word, and neither is what a coder changed after the talk.

    Args:
        events: the whole log, through `moved_events` where transcripts were corrected.
    """
    log = list(events)
    first = _first_settled(log)
    return standing(event for event in log if event.act is None or _is_alone(event, first))


def settlements(events: Iterable[Event]) -> dict[Place, Event]:
    """The last decision that was taken together on each passage and code, and holds.

    Args:
        events: the whole log, as for `independent`.
    """
    return {
        place: event
        for event in standing(events)
        if event.act is not None and settles(event.act.coder)
        for place in _places(event.act)
    }


def _first_settled(log: list[Event]) -> dict[Place, tuple[str, int]]:
    """When each passage and code was first settled by what is not undone."""
    undone = undone_by(log)
    first: dict[Place, tuple[str, int]] = {}
    for event in log:
        if event.act is None or event.number in undone or not settles(event.act.coder):
            continue
        when = event.time, event.number
        for place in _places(event.act):
            first[place] = min(first.get(place, when), when)
    return first


def _is_alone(event: Event, first: dict[Place, tuple[str, int]]) -> bool:
    if event.act is None or settles(event.act.coder):
        return False
    when = event.time, event.number
    return all(place not in first or when < first[place] for place in _places(event.act))


def _places(act: Act) -> Iterator[Place]:
    match act:
        case Decision(verdict=Verdict.EXTEND) if act.onto is not None:
            yield _place(act.onto, act.code)
        case Decision() | PersonCoding():
            yield _place(act.passage, act.code)


def _place(passage: Passage, code: str) -> Place:
    return passage.transcript, passage.span, code
