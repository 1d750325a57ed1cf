"""Taking what people did over into other copies of the transcripts, where places are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from thematic.model.nouns import dataclass
from thematic.model.people import (
    About,
    Act,
    Decision,
    Event,
    Memo,
    Passage,
    PersonCoding,
    Reply,
)
from thematic.review.anchoring import How
from thematic.review.moving import Move, moved_events

Placed = Callable[[Passage], tuple[Passage | None, How]]


@dataclass(frozen=True)
class Carried:
    """The log for the other copies, and what became of each passage.

    Args:
        events: in their order; their numbers, and those they undo, are as before.
        moves: of the passages of acts; `act` is the place in `log`.
        log: the log as it was, each passage where it stands in the transcripts as they are.
    """

    events: tuple[Event, ...]
    moves: tuple[Move, ...]
    log: tuple[Event, ...]


class _Gone(Exception):
    """A passage, or what a memo is about, is not in the other copies."""


def carried(
    events: Sequence[Event],
    texts: Mapping[str, str],
    placed: Placed,
    words: Callable[[str], str],
    names: Callable[[str], str],
    ids: Mapping[str, str],
) -> Carried:
    """Carry a log over; what has no place there is left out, and what undoes only that too.

    Moves that were recorded are worked in and not carried: they tell of older texts.

    Args:
        events: the whole log.
        texts: the transcripts as they are, by ID.
        placed: where a passage of them stands in the other copy, and how it was found.
        words: what is written in place of a note, a memo or a wording.
        names: the same of a coder's name and of a file's.
        ids: of the transcripts -> those of their copies.
    """
    log, found = moved_events(events, texts)
    lost = {move.act for move in found.that(How.LOST, How.ABSENT)}
    moves: list[Move] = [move for move in found.moves if move.act in lost]
    kept: list[Event] = []
    numbers: set[int] = set()
    for place, event in enumerate(log):
        told: list[Move] = []

        def follow(was: Passage, place: int = place, told: list[Move] = told) -> Passage:
            now, how = placed(was)
            told.append(Move(place, was, now, how))
            if now is None:
                raise _Gone
            return now

        if (
            event.moved is not None
            or place in lost
            or (event.undoes and event.undoes not in numbers)
        ):
            continue
        try:
            act = None if event.act is None else _act(event.act, follow, words, names, ids)
        except _Gone:
            moves += told
            continue
        moves += told
        numbers.add(event.number)
        source = names(event.source) if event.source else ""
        kept.append(replace(event, act=act, coder=names(event.coder), source=source))
    return Carried(tuple(kept), tuple(moves), tuple(log))


def _act(
    act: Act,
    follow: Callable[[Passage], Passage],
    words: Callable[[str], str],
    names: Callable[[str], str],
    ids: Mapping[str, str],
) -> Act:
    coder = names(act.coder)
    match act:
        case PersonCoding():
            return replace(act, passage=follow(act.passage), coder=coder, note=words(act.note))
        case Decision():
            onto = None if act.onto is None else follow(act.onto)
            passage = follow(act.passage)
            return replace(act, passage=passage, onto=onto, coder=coder, note=words(act.note))
        case Reply():
            wording, note = words(act.wording), words(act.note)
            return replace(
                act, passage=follow(act.passage), coder=coder, wording=wording, note=note
            )
        case Memo():
            about = None if act.passage is None else follow(act.passage)
            target = _target(act, ids)
            return replace(act, text=words(act.text), coder=coder, target=target, passage=about)


def _target(memo: Memo, ids: Mapping[str, str]) -> str:
    if memo.about in (About.STUDY, About.CODE) or not memo.target:
        return memo.target
    id, sign, turn = memo.target.rpartition("#")
    if sign and id in ids:
        return f"{ids[id]}#{turn}"
    if memo.target not in ids:
        raise _Gone
    return ids[memo.target]
