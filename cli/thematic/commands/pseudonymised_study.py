"""The files of a pseudonymised study, with what people did in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.model.people import CONTEXT, Event, Passage
from thematic.model.transcript import Span

if TYPE_CHECKING:
    from thematic.analysis.moved import MovedPassage
    from thematic.analysis.result import ResultTable
    from thematic.commands.pseudonymising import Pseudonymised
    from thematic.pseudonyms.replacing import Places
    from thematic.review.anchoring import How
    from thematic.review.carrying import Carried


ATTRIBUTES = "attributes.csv"


def study_files(done: Pseudonymised, codebook: Path | None) -> dict[str, str | bytes]:
    """The files of the new study but for what people did: name -> text or bytes.

    Args:
        done: the study with pseudonyms.
        codebook: its file, which is copied as it is; None where it is a shipped one.
    """
    from dataclasses import replace

    from thematic.store.study import STUDY_FILE, write_study

    files: dict[str, str | bytes] = {one.written.file: one.data for one in done.files.values()}
    study = done.study
    if any(one.attributes for one in done.transcripts):
        files[ATTRIBUTES] = _attributes(done)
        study = replace(study, attributes=ATTRIBUTES)
    if codebook is not None:
        name = f"codebook{codebook.suffix.lower()}"
        files[name] = codebook.read_bytes()
        study = replace(study, codebook=name)
    files[STUDY_FILE] = write_study(study)
    return files


def _attributes(done: Pseudonymised) -> str:
    """One row a transcript, with the attributes that are given and that anybody has."""
    from thematic.report.safe import cell

    names = list(dict.fromkeys(name for one in done.transcripts for name in one.attributes))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", *names])
    for one in sorted(done.transcripts, key=lambda one: one.id):
        writer.writerow([cell(one.id), *(cell(one.attributes.get(name, "")) for name in names)])
    return out.getvalue()


def carried_over(done: Pseudonymised, events: Sequence[Event]) -> Carried:
    """What people did, at its places in the pseudonymised transcripts.

    Places follow from what was replaced. Where a file does not read to the same turns, a
    passage is looked for by its words, as after a correction (`review.anchoring`).
    """
    from thematic.review.carrying import carried

    texts = {id: one.transcript.text for id, one in done.replaced.items()}
    placer = _Placer(done)
    return carried(events, texts, placer.placed, done.talk, done.value, done.ids)


class _Placer:
    """Finds passages of the old transcripts in the new ones."""

    def __init__(self, done: Pseudonymised) -> None:
        self._done = done
        self._after = {one.id: one for one in done.transcripts}
        self._places: dict[str, Places] = {}

    def placed(self, was: Passage) -> tuple[Passage | None, How]:
        """Where a passage is now, and how it was found."""
        from thematic.review.anchoring import How, anchored, passage_at

        if was.transcript not in self._done.ids:
            return None, How.ABSENT
        after = self._after[self._done.ids[was.transcript]]
        span = self._place(was.transcript).span(was.span)
        how = How.SAME
        if span is None:
            span, how = anchored(self._in_words(was, after.id), after.text)
        if span is None:
            return None, How.LOST
        now = passage_at(after.id, after.text, span)
        if how is How.SAME and anchored(now, after.text).span != span:
            return None, How.LOST
        if how is How.SAME and "".join(now.quote.split()) != "".join(was.quote.split()):
            how = How.CHANGED
        return now, how

    def _place(self, id: str) -> Places:
        from thematic.pseudonyms.replacing import Places

        if id not in self._places:
            after = self._after[self._done.ids[id]]
            self._places[id] = Places(self._done.replaced[id], after)
        return self._places[id]

    def _in_words(self, was: Passage, id: str) -> Passage:
        """The passage as its words are now, to be looked for."""
        text = self._done.replaced[was.transcript].transcript.text
        before = text[max(0, was.span.start - CONTEXT) : was.span.start]
        quote = self._done.talk(was.quote)
        after = text[was.span.end : was.span.end + CONTEXT]
        span = Span(was.span.start, was.span.start + len(quote))
        return Passage(id, span, quote, self._done.talk(before), self._done.talk(after))


def not_carried(done: Pseudonymised, carried: Carried) -> ResultTable:
    """The passages that have no place in the new study, as `thematic reanchor` lists them.

    Their words are shown with pseudonyms.
    """
    from thematic.analysis.moved import moved_table

    by_id = {one.id: one for one in done.transcripts}
    return moved_table(_lost(done, carried), by_id, lambda passage: passage.quote)


def _lost(done: Pseudonymised, carried: Carried) -> list[MovedPassage]:
    from dataclasses import replace

    from thematic.analysis.moved import MovedPassage
    from thematic.model.people import Decision, PersonCoding

    found = []
    for move in carried.moves:
        if move.now is not None:
            continue
        event = carried.log[move.act]
        act = event.act
        codes = [act.code] if isinstance(act, PersonCoding | Decision) else []
        id = done.ids.get(move.was.transcript, done.value(move.was.transcript))
        was = replace(move.was, transcript=id, quote=done.talk(move.was.quote))
        coders = [done.value(event.coder)]
        found.append(
            MovedPassage(was, None, move.how.value, codes, coders, [event.number], recorded=False)
        )
    return found
