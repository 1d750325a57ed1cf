"""From what people did to what holds: codings and decisions of several coders put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from thematic.model.judged import Judged, Judgements, Standing
from thematic.model.nouns import dataclass
from thematic.model.people import Act, Decision, Event, Passage, PersonCoding, Verdict
from thematic.model.transcript import Span
from thematic.review.anchoring import How
from thematic.review.moving import moved_events
from thematic.review.settling import people_of, settlements, settles
from thematic.review.standing import standing

_Place = tuple[str, Span, str]  # transcript, stretch, code


@dataclass(frozen=True, slots=True)
class _Said:
    """What one person says of a code at a place."""

    holds: bool
    how: Standing
    into: str = ""


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
    said: dict[_Place, dict[str, _Said]] = defaultdict(dict)
    lost = 0
    for event in standing(log):
        if event.act is None or event.number in gone:
            lost += event.act is not None
            continue
        for place, saying in _sayings(event.act):
            if place[0] in texts and place[2] in codes:
                said[place][event.coder] = saying
            else:
                lost += place[0] in texts
    kept = (event for event in log if event.number not in gone)
    return _settled(said, len(settlements(kept).keys() & said.keys()), lost)


def _settled(said: Mapping[_Place, Mapping[str, _Said]], settled: int, lost: int) -> Judgements:
    found: dict[str, list[Judged]] = defaultdict(list)
    disputes: dict[str, list[Judged]] = defaultdict(list)
    for (transcript, span, code), each in said.items():
        voices = {name: saying for name, saying in each.items() if settles(name)} or each
        names = tuple(sorted(voices))
        if len({saying.holds for saying in voices.values()}) > 1:
            disputes[transcript].append(Judged(span, code, False, names, Standing.DISPUTED))
            continue
        first = voices[names[0]]
        found[transcript].append(Judged(span, code, first.holds, names, first.how, first.into))
    people = {one for each in said.values() for name in each for one in people_of(name)}
    return Judgements(_ordered(found), _ordered(disputes), tuple(sorted(people)), settled, lost)


def _ordered(found: Mapping[str, list[Judged]]) -> dict[str, tuple[Judged, ...]]:
    return {
        id: tuple(sorted(judged, key=lambda one: (one.span, one.code)))
        for id, judged in sorted(found.items())
    }


def _sayings(act: Act) -> Iterator[tuple[_Place, _Said]]:
    match act:
        case PersonCoding():
            yield _place(act.passage, act.code), _Said(True, Standing.ADDED)
        case Decision(verdict=Verdict.REJECT):
            yield _place(act.passage, act.code), _Said(False, Standing.REJECTED)
        case Decision(verdict=Verdict.RECODE):
            yield _place(act.passage, act.code), _Said(False, Standing.RECODED, act.into)
            yield _place(act.passage, act.into), _Said(True, Standing.ADDED)
        case Decision(verdict=Verdict.EXTEND) if act.onto is not None:
            yield _place(act.onto, act.code), _Said(True, Standing.EXTENDED)
        case Decision(verdict=Verdict.ADD):
            yield _place(act.passage, act.code), _Said(True, Standing.ADDED)
        case Decision():
            yield _place(act.passage, act.code), _Said(True, Standing.ACCEPTED)


def _place(passage: Passage, code: str) -> _Place:
    return passage.transcript, passage.span, code
