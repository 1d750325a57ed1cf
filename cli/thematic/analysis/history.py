"""What people did, event by event, as a table; quotes only where consent allows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import (
    ABSENT_WORDS,
    DISCUSSED_WORDS,
    WITHDRAWN_WORDS,
    WITHHELD_WORDS,
    may_quote,
    note_beside,
)
from thematic.model.people import About, Decision, Event, Memo, Passage, PersonCoding, Reply
from thematic.model.study import Study
from thematic.model.transcript import Transcript

_WHEN = ["number", "time", "coder", "recorded_by", "kind"]
_WHAT = ["transcript", "start", "end", "code", "verdict", "into", "onto_start", "onto_end"]
_WORDS = ["about", "target", "text", "note"]
LOG_COLUMNS = [*_WHEN, *_WHAT, *_WORDS, "status", "by", "undoes", "definition", "source"]
RECHECK_COLUMNS = [*_WHEN, *_WHAT, "text", "note", "why", "definition", "definition_now", "source"]


class Words:
    """The words of passages and what people noted on them, or remarks in their place.

    Words of a transcript that is not there are withheld too, for nobody knows the consent.
    """

    def __init__(self, transcripts: Iterable[Transcript], study: Study) -> None:
        there = list(transcripts)
        self._there = {one.id for one in there}
        self._free = {one.id: one.text for one in there if may_quote(one, study)}
        self._held = study.restrictions

    def of(self, passage: Passage | None) -> str:
        """The words as they were when the passage was marked."""
        if passage is None:
            return ""
        text = self._free.get(passage.transcript)
        if text is None:
            return self._remark(passage.transcript)
        for held in self._held.get(passage.transcript, ()):
            # By the words as well, for the passage may have been marked in an older text.
            words, quote = text[held.span.start : held.span.end], passage.quote
            if held.span.overlaps(passage.span) or words in quote or (quote and quote in words):
                return WITHDRAWN_WORDS if held.withdrawn else DISCUSSED_WORDS
        return passage.quote

    def _remark(self, transcript: str) -> str:
        return WITHHELD_WORDS if transcript in self._there else ABSENT_WORDS

    def note(self, note: str, passage: Passage | None = None, transcript: str = "") -> str:
        """What a person noted, or a remark where it may quote words that are withheld.

        Args:
            note: as it was written.
            passage: on which it stands.
            transcript: ID of the one it is about, where it stands on no passage.
        """
        if passage is not None:
            words = self.of(passage)
        else:
            known = not transcript or transcript in self._free
            words = "" if known else self._remark(transcript)
        shown = note_beside(note, words)
        return note_beside(note, self._quoted_in(note)) if shown == note else shown

    def _quoted_in(self, note: str) -> str:
        """The remark for words withdrawn or under discussion that a note repeats, else ""."""
        plain = _plain(note)
        for id, several in self._held.items():
            text = self._free.get(id, "")
            for held in several:
                words = _plain(text[held.span.start : held.span.end])
                if words and words in plain:
                    return WITHDRAWN_WORDS if held.withdrawn else DISCUSSED_WORDS
        return ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def log_table(
    events: Sequence[Event], outcomes: Mapping[int, tuple[str, int]], words: Words
) -> ResultTable:
    """One row per event, in the order given.

    Args:
        events: from the store.
        outcomes: number -> what became of the event (stands, undone, replaced), and the
            number of the event that did it, 0 where none did.
        words: of the study's transcripts.

    Returns:
        Columns LOG_COLUMNS; `text` and `note` are withheld where consent says so.
    """
    rows = []
    for event in events:
        status, by = outcomes[event.number]
        rows.append(_row(event, words) | {"status": status, "by": by or None})
    return _table("log", rows, LOG_COLUMNS)


def recheck_table(found: Sequence[tuple[Event, str, str]], words: Words) -> ResultTable:
    """One row per act to look at again.

    Args:
        found: event, why it should be looked at, hash of the definition as it is now.
        words: of the study's transcripts.

    Returns:
        Columns RECHECK_COLUMNS.
    """
    rows = [
        _row(event, words) | {"why": why, "definition_now": now or None}
        for event, why, now in found
    ]
    return _table("recheck", rows, RECHECK_COLUMNS)


def _table(name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> ResultTable:
    return table_of(name, rows, columns, "event", quoted={"text", "note"})


def _row(event: Event, words: Words) -> dict[str, Any]:
    """What can be said of one event; what does not apply is left out."""
    row: dict[str, Any] = {
        "number": event.number,
        "time": event.time,
        "coder": event.act.coder if event.act else event.coder,
        "recorded_by": event.coder,
        "undoes": event.undoes or None,
        "definition": event.definition or None,
        "source": event.source or None,
    }
    match event.act:
        case PersonCoding(passage, code, _, note):
            row |= {"kind": "coding", "code": code, "note": words.note(note, passage) or None}
            row |= _place(passage, words)
        case Decision(passage, code, verdict, _, into, onto, note):
            row |= {"kind": "decision", "code": code, "note": words.note(note, passage) or None}
            row |= {"verdict": verdict.value, "into": into or None} | _place(passage, words)
            if onto is not None:
                row |= {"onto_start": onto.span.start, "onto_end": onto.span.end}
        case Memo(_, _, about, target, passage):
            row |= {"kind": "memo", "about": about.value, "target": target or None}
            row |= {"note": memo_shown(event.act, words)}
            row |= _place(passage, words) if passage else {}
            row |= {"code": target} if about.value == "code" else {}
        case Reply(passage, wish, _, wording, note):
            # The wording that the person gave may stand in the place of words to change.
            given = (
                wording if words.of(passage) == DISCUSSED_WORDS else words.note(wording, passage)
            )
            said = "; ".join(dict.fromkeys(filter(None, (given, words.note(note, passage)))))
            row |= {"kind": "reply", "verdict": wish.value, "note": said or None}
            row |= _place(passage, words)
        case None if event.moved is not None:
            now = event.moved.now
            new_name = f": {now.transcript}" * (now.transcript != event.moved.was.transcript)
            row |= {"kind": "move", "note": event.moved.how + new_name}
            row |= _place(event.moved.was, words)
            row |= {"onto_start": now.span.start, "onto_end": now.span.end}
            row |= {"text": words.of(now)}
        case None:
            row["kind"] = "undo"
    return row


def memo_shown(memo: Memo, words: Words) -> str:
    """The text of a memo, or a remark where it may quote words that are withheld."""
    transcript = memo.target if memo.about is About.TRANSCRIPT else ""
    return words.note(memo.text, memo.passage, transcript)


def _place(passage: Passage, words: Words) -> dict[str, Any]:
    span = passage.span
    place = {"transcript": passage.transcript, "start": span.start, "end": span.end}
    return place | {"text": words.of(passage)}
