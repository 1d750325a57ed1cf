"""Taking codings, decisions and memos along when transcripts are corrected."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from thematic.model.nouns import dataclass
from thematic.model.people import Act, Decision, Event, Memo, Passage, PersonCoding, Reply
from thematic.model.transcript import Span
from thematic.review.anchoring import How, anchored, passage_at
from thematic.review.standing import undone_by

_SURE = (How.SAME, How.MOVED, How.RESPACED)


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one passage of one act."""

    act: int  # place in the sequence of acts given, from 0
    was: Passage  # where it stood last, as far as that was recorded
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


class Recorded:
    """Where passages were found before, as the log has it: each with its places, in order."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        log = list(events)
        undone = undone_by(log)
        moves = [one for one in log if one.moved is not None and one.number not in undone]
        self._next: dict[Passage, list[tuple[int, Passage]]] = {}
        in_order = sorted(moves, key=lambda event: (event.time, event.number))
        for order, event in enumerate(in_order):
            if event.moved is not None:
                self._next.setdefault(event.moved.was, []).append((order, event.moved.now))

    def places(self, passage: Passage) -> list[Passage]:
        """The passage as it was marked, then as it stood after each recorded move."""
        places, order = [passage], -1
        while True:
            further = self._next.get(places[-1], [])
            at = bisect_right(further, order, key=lambda one: one[0])
            if at == len(further):
                return places
            order, place = further[at]
            places.append(place)


def move(
    acts: Sequence[Act],
    texts: Mapping[str, str],
    recorded: Recorded | None = None,
    renamed: Mapping[str, str] | None = None,
) -> Moves:
    """Find the passages of all acts again, in the transcripts as they are now.

    Args:
        acts: in any order; a memo without a passage stays as it is.
        texts: transcript ID -> its text.
        recorded: where passages were found before. They are looked for from their last
            place; where that gives nothing sure, from the earlier ones.
        renamed: ID of a transcript that is not there -> the ID under which it is now.
    """
    known = recorded or Recorded()
    found: dict[Passage, tuple[Passage, Passage | None, How]] = {}
    moves: list[Move] = []
    moved: list[Act] = []
    for place, act in enumerate(acts):

        def follow(was: Passage, place: int = place) -> Passage:
            if was not in found:
                found[was] = _found(known.places(was), texts, renamed or {})
            last, now, how = found[was]
            moves.append(Move(place, last, now, how))
            return now or last

        moved.append(_followed(act, follow))
    return Moves(tuple(moved), tuple(moves))


def moved_events(
    events: Iterable[Event], texts: Mapping[str, str], renamed: Mapping[str, str] | None = None
) -> tuple[list[Event], Moves]:
    """The log with every passage where it stands now, and what became of each.

    `Move.act` is the place in the list of events; args as `move`.
    """
    log = list(events)
    acting = [place for place, event in enumerate(log) if event.act is not None]
    acts = [act for event in log if (act := event.act) is not None]
    moves = move(acts, texts, Recorded(log), renamed)
    for place, act in zip(acting, moves.acts, strict=True):
        log[place] = replace(log[place], act=act)
    told = tuple(replace(one, act=acting[one.act]) for one in moves.moves)
    return log, Moves(moves.acts, told)


def _found(
    places: Sequence[Passage], texts: Mapping[str, str], renamed: Mapping[str, str]
) -> tuple[Passage, Passage | None, How]:
    """The last place of a passage, where it stands now, and how it was found from there."""
    last = places[-1]
    id = renamed.get(last.transcript, last.transcript)
    text = texts.get(id)
    if text is None:
        return last, None, How.ABSENT
    best, (span, how) = last, anchored(last, text)
    for place in reversed(places[:-1]):
        if how in _SURE:
            break
        tried = anchored(place, text)
        if tried.how in _SURE or (span is None and tried.span is not None):
            best, (span, how) = place, tried
    if span is None:
        return last, None, how
    now = _at(replace(best, transcript=id), text, span, how)
    if best is not last and how in _SURE:  # words that had been altered are as they were
        how = How.MOVED if now.quote == last.quote else How.CHANGED
    if id != last.transcript and how is not How.UNSURE:
        how = How.RENAMED
    return last, now, how


def _at(was: Passage, text: str, span: Span, how: How) -> Passage:
    return was if how is How.SAME else passage_at(was.transcript, text, span)


def _followed(act: Act, follow: Callable[[Passage], Passage]) -> Act:
    """The act with all its passages followed."""
    match act:
        case PersonCoding() | Reply():
            return replace(act, passage=follow(act.passage))
        case Decision():
            passage = follow(act.passage)
            return replace(act, passage=passage, onto=follow(act.onto) if act.onto else None)
        case Memo():
            return replace(act, passage=follow(act.passage)) if act.passage else act
