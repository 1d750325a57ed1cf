"""What people replied when their quotes were shown to them: which words may not be printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from thematic.model.people import Event, Reply, Wish
from thematic.model.study import Restriction
from thematic.model.transcript import Span
from thematic.review.anchoring import How
from thematic.review.moving import moved_events
from thematic.review.standing import standing


def replies(
    events: Iterable[Event], texts: Mapping[str, str], renamed: Mapping[str, str] | None = None
) -> tuple[list[Reply], list[Reply]]:
    """The replies that hold now, at the places where their words stand now.

    Args:
        events: the whole log.
        texts: transcript ID -> its text now; replies on other transcripts are left out.
        renamed: ID of a transcript that is not there -> the ID under which it is now.

    Returns:
        Those whose words were found, in order of time; and those whose words were not.
    """
    own = [one for one in events if one.act is None or isinstance(one.act, Reply)]
    log, moves = moved_events(own, texts, renamed)
    gone = {log[one.act].number for one in moves.that(How.LOST)}
    found: list[Reply] = []
    lost: list[Reply] = []
    for event in standing(log):
        act = event.act
        if isinstance(act, Reply) and act.passage.transcript in texts:
            (lost if event.number in gone else found).append(act)
    return found, lost


def restrictions(
    found: Iterable[Reply], lost: Iterable[Reply], texts: Mapping[str, str]
) -> dict[str, tuple[Restriction, ...]]:
    """The words that may not be printed as they stand, by transcript ID, in text order.

    Where the words of a reply cannot be found any more, nothing of the transcript may be.
    """
    held: dict[str, list[Restriction]] = defaultdict(list)
    for reply in found:
        if reply.wish is not Wish.APPROVE:
            withdrawn = reply.wish is Wish.WITHDRAW
            held[reply.passage.transcript].append(
                Restriction(reply.passage.span, withdrawn, reply.wording)
            )
    for reply in lost:
        if reply.wish is not Wish.APPROVE:
            id = reply.passage.transcript
            held[id].append(Restriction(Span(0, len(texts[id])), reply.wish is Wish.WITHDRAW))
    return {id: tuple(sorted(ones, key=lambda one: one.span)) for id, ones in held.items()}
