"""What came in from files, laid beside what the study holds already; the new is recorded."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thematic.analysis.imported import Import
    from thematic.exchange.incoming import Came
    from thematic.model.codebook import Codebook
    from thematic.model.people import Act
    from thematic.model.transcript import Transcript
    from thematic.store.database import Store


def compared(came: Sequence[Came], transcripts: Sequence[Transcript], store: Store) -> list[Import]:
    """What came in, each new or known: in the store, as its passages stand now."""
    from thematic.analysis.imported import Import
    from thematic.review.moving import moved_events
    from thematic.review.standing import standing

    texts = {one.id: one.text for one in transcripts}
    events, _ = moved_events(store.events(), texts)
    there = {_same(event.act) for event in standing(events) if event.act is not None}

    def status(act: Act | None) -> str:
        if act is None:
            return "refused"
        return "known" if _same(act) in there else "new"

    return [
        Import(
            one.file,
            one.place,
            one.act,
            one.coder,
            one.how.value if one.how else "",
            status(one.act),
            one.said,
            one.why,
        )
        for one in came
    ]


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
