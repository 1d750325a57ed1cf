"""What holds now, of all that is in the log: nothing undone, nothing replaced by its own coder."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from enum import StrEnum

from thematic.model.nouns import dataclass
from thematic.model.people import Act, Decision, Event, Memo, Passage, PersonCoding, Reply


class Fate(StrEnum):
    """What became of a recorded event."""

    STANDS = "stands"
    UNDONE = "undone"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an event, and the number of the event that did it (0 = none)."""

    fate: Fate = Fate.STANDS
    by: int = 0


def standing(events: Iterable[Event]) -> list[Event]:
    """The events whose acts hold now, in order of time.

    An act holds unless it is undone, or the same person judged the same passage and code
    again: then the later act holds. Times go before numbers, since events that came from
    another copy of the study are numbered when they come, not when they were done.

    Args:
        events: the whole log, in any order. Where transcripts were corrected, pass the log
            through `review.moving.moved_events` first: acts on one passage are then seen as
            such, whenever they were recorded.
    """
    log = list(events)
    outcomes = outcomes_of(log)
    held = (event for event in log if event.act is not None)
    return _in_order(event for event in held if outcomes[event.number].fate is Fate.STANDS)


def outcomes_of(events: Iterable[Event]) -> dict[int, Outcome]:
    """What became of every event, by its number; args as `standing`."""
    log = list(events)
    outcomes = {event.number: Outcome() for event in log}
    undone = undone_by(log)
    outcomes |= {number: Outcome(Fate.UNDONE, by) for number, by in undone.items()}
    last: dict[Hashable, int] = {}
    for event in _in_order(event for event in log if event.number not in undone):
        if event.act is None:
            continue
        key = _judged(event.act)
        if key in last:
            outcomes[last[key]] = Outcome(Fate.REPLACED, event.number)
        last[key] = event.number
    return outcomes


def undone_by(events: Iterable[Event]) -> dict[int, int]:
    """The numbers of the events that are undone, and of the event that undid each.

    Undoing an undoing restores: it no longer counts.
    """
    undone: dict[int, int] = {}
    # An event undoes earlier ones only, so that from the end each is settled when met.
    for event in sorted(events, key=lambda event: event.number, reverse=True):
        if event.undoes and event.number not in undone:
            undone.setdefault(event.undoes, event.number)
    return undone


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.time, event.number))


def _judged(act: Act) -> Hashable:
    """What two acts have in common when the later one takes the place of the earlier."""
    match act:
        case PersonCoding():
            return PersonCoding, act.coder, act.code, _place(act.passage)
        case Decision():
            return Decision, act.coder, act.code, _place(act.passage)
        case Memo():
            return act  # several remarks may stand at one place; the same one stands once
        case Reply():  # it is the person quoted who replied, whoever recorded it
            return Reply, _place(act.passage)


def _place(passage: Passage) -> Hashable:
    return passage.transcript, passage.span, passage.quote
