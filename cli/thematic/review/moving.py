"""Taking codings, decisions and memos along when transcripts are corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from thematic.model.people import Act, Decision, Event, Memo, Passage, PersonCoding
from thematic.model.transcript import Span
from thematic.review.anchoring import Anchored, How, anchored, passage_at


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one passage of one act."""

    act: int  # place in the sequence of acts given, from 0
    was: Passage
    now: Passage | None  # None = lost, or its transcript is not there
    how: How


@dataclass(frozen=True)
class Moves:
    """Acts at the places where their passages stand now, and what became of each passage.

    An act whose passage is lost is among `acts` as it was: nothing is dropped.
    """

    acts: tuple[Act, ...]  # as many as were given, in the same order
    moves: tuple[Move, ...]  # in order of the acts; the new stretch of an extend after its own

    def that(self, *how: How) -> list[Move]:
        """The passages found in one of these ways."""
        return [move for move in self.moves if move.how in how]


def move(acts: Sequence[Act], texts: Mapping[str, str]) -> Moves:
    """Find the passages of all acts again, in the transcripts as they are now.

    Args:
        acts: in any order; a memo without a passage stays as it is.
        texts: transcript ID -> its text.
    """
    found: dict[Passage, Anchored] = {}
    moves: list[Move] = []
    moved: list[Act] = []
    for place, act in enumerate(acts):

        def follow(was: Passage, place: int = place) -> Passage:
            if was not in found:
                found[was] = _found(was, texts)
            span, how = found[was]
            now = None if span is None else _at(was, texts[was.transcript], span, how)
            moves.append(Move(place, was, now, how))
            return now or was

        moved.append(_followed(act, follow))
    return Moves(tuple(moved), tuple(moves))


def moved_events(events: Iterable[Event], texts: Mapping[str, str]) -> tuple[list[Event], Moves]:
    """The log with every passage where it stands now, and what became of each.

    `Move.act` is the place in the list of events.
    """
    log = list(events)
    acting = [place for place, event in enumerate(log) if event.act is not None]
    moves = move([act for event in log if (act := event.act) is not None], texts)
    for place, act in zip(acting, moves.acts, strict=True):
        log[place] = replace(log[place], act=act)
    told = tuple(replace(one, act=acting[one.act]) for one in moves.moves)
    return log, Moves(moves.acts, told)


def _found(passage: Passage, texts: Mapping[str, str]) -> Anchored:
    text = texts.get(passage.transcript)
    return Anchored(None, How.ABSENT) if text is None else anchored(passage, text)


def _at(was: Passage, text: str, span: Span, how: How) -> Passage:
    return was if how is How.SAME else passage_at(was.transcript, text, span)


def _followed(act: Act, follow: Callable[[Passage], Passage]) -> Act:
    """The act with all its passages followed."""
    match act:
        case PersonCoding():
            return replace(act, passage=follow(act.passage))
        case Decision():
            passage = follow(act.passage)
            return replace(act, passage=passage, onto=follow(act.onto) if act.onto else None)
        case Memo():
            return replace(act, passage=follow(act.passage)) if act.passage else act
