"""From what people did to what holds: codings and decisions of several coders put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from thematic.model.judged import Judged, Judgements
from thematic.model.people import Act, Decision, Event, Passage, PersonCoding, Verdict
from thematic.model.transcript import Span
from thematic.review.anchoring import How
from thematic.review.moving import moved_events
from thematic.review.standing import standing

CONSENSUS = "consensus"  # the coder's name under which a settled dispute is recorded

_Place = tuple[str, Span, str]  # transcript, stretch, code


def judgements(
    events: Iterable[Event], texts: Mapping[str, str], codes: Collection[str]
) -> Judgements:
    """What holds now by what people did.

    A coding says that its code holds on its passage, and so do accept and add; reject says
    that it does not; recode that another code does; extend that it holds on a new stretch.
    Where coders differ about one code on one passage, what they recorded together (as the
    coder `AK+BL`, or `consensus`) is taken; without that the passage is disputed, and counts
    for neither.

    Args:
        events: the whole log.
        texts: transcript ID -> its text now; acts on other transcripts are passed over.
        codes: the paths that the codebook defines.
    """
    log, moves = moved_events(events, texts)
    gone = {log[one.act].number for one in moves.that(How.LOST)}
    said: dict[_Place, dict[str, bool]] = defaultdict(dict)
    lost = 0
    for event in standing(log):
        if event.act is None or event.number in gone:
            lost += event.act is not None
            continue
        for place, holds in _sayings(event.act):
            if place[0] in texts and place[2] in codes:
                said[place][event.coder] = holds
            else:
                lost += place[0] in texts
    return _settled(said, lost)


def _settled(said: Mapping[_Place, Mapping[str, bool]], lost: int) -> Judgements:
    found: dict[str, list[Judged]] = defaultdict(list)
    disputed = 0
    for (transcript, span, code), each in said.items():
        voices = {name: holds for name, holds in each.items() if _settles(name)} or each
        if len(set(voices.values())) > 1:
            disputed += 1
            continue
        holds = next(iter(voices.values()))
        found[transcript].append(Judged(span, code, holds, tuple(sorted(voices))))
    ordered = {
        id: tuple(sorted(judged, key=lambda one: (one.span, one.code)))
        for id, judged in sorted(found.items())
    }
    return Judgements(ordered, disputed, lost)


def _settles(coder: str) -> bool:
    """Whether a coder's name stands for several who settled a dispute: `AK+BL`, `consensus`."""
    return coder.casefold() == CONSENSUS or "+" in coder


def _sayings(act: Act) -> Iterator[tuple[_Place, bool]]:
    match act:
        case PersonCoding():
            yield _place(act.passage, act.code), True
        case Decision(verdict=Verdict.REJECT):
            yield _place(act.passage, act.code), False
        case Decision(verdict=Verdict.RECODE):
            yield _place(act.passage, act.code), False
            yield _place(act.passage, act.into), True
        case Decision(verdict=Verdict.EXTEND) if act.onto is not None:
            yield _place(act.onto, act.code), True
        case Decision():
            yield _place(act.passage, act.code), True


def _place(passage: Passage, code: str) -> _Place:
    return passage.transcript, passage.span, code
