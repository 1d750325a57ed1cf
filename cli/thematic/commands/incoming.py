"""What came in from files, laid beside what the study holds already; the new is recorded."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.store.entries import one_line

if TYPE_CHECKING:
    from thematic.analysis.imported import Import
    from thematic.exchange.incoming import Came
    from thematic.model.codebook import Codebook
    from thematic.model.people import Act, Event
    from thematic.model.transcript import Transcript
    from thematic.store.database import Store


def compared(came: Sequence[Came], transcripts: Sequence[Transcript], store: Store) -> list[Import]:
    """What came in, each new or known: in the store, as its passages stand now.

    What once came from the same file, and was undone or replaced since, is not new either: it
    must not come back because somebody takes the file in again.
    """
    from thematic.analysis.imported import Import
    from thematic.review.moving import moved_events

    texts = {one.id: one.text for one in transcripts}
    events, _ = moved_events(store.events(), texts)
    status = _statuses(events)
    judged = [(one, status(one.act, one.file)) for one in came]
    return [
        Import(
            one.file,
            one.place,
            one.act,
            one.coder,
            one.how.value if one.how else "",
            "ignored" if one.ignored else found,
            one.said,
            one.why or why,
            one.on,
            one.about,
        )
        for one, (found, why) in judged
    ]


def _statuses(events: Sequence[Event]) -> Callable[[Act | None, str], tuple[str, str]]:
    """What tells the status of an act from a file, and the reason where it came and went."""
    from thematic.review.standing import Fate, outcomes_of

    outcomes = outcomes_of(events)
    acts = [(event, event.act) for event in events if event.act is not None]
    there = {_same(act) for event, act in acts if outcomes[event.number].fate is Fate.STANDS}
    last = {(_same(act), event.source): event.number for event, act in acts}

    def status(act: Act | None, file: str) -> tuple[str, str]:
        if act is None:
            return "refused", ""
        number = last.get((_same(act), one_line(Path(file).name)))
        if _same(act) in there:
            return "known", ""
        if number is None:
            return "new", ""
        outcome = outcomes[number]
        back = f"; to bring it back: thematic log --undo {outcome.by}"
        told = f"event {number} was {outcome.fate} by event {outcome.by}"
        return outcome.fate.value, told + back * (outcome.fate is Fate.UNDONE)

    return status


def _same(act: Act) -> Hashable:
    """What two acts have in common that are recorded once only."""
    from thematic.model.people import Memo, PersonCoding

    match act:
        case PersonCoding(passage, code, coder, note):
            return code, coder, note, passage.transcript, passage.span
        case Memo(text, coder, about, target, passage):
            place = (passage.transcript, passage.span) if passage else None
            return text, coder, about, target, place
    return act


def record_new(imports: Sequence[Import], store: Store, book: Codebook | None) -> None:
    """Record what is new, file by file, each act under the name of its own coder."""
    from thematic.review.definitions import definition_hashes

    hashes = definition_hashes(book) if book else {}
    for file in dict.fromkeys(one.file for one in imports):
        acts = list(_new(imports, file))
        store.record(acts, "", datetime.now(UTC), hashes, Path(file).name)


def _new(imports: Sequence[Import], file: str) -> Iterator[Act]:
    for one in imports:
        if one.file == file and one.status == "new" and one.act is not None:
            yield one.act
