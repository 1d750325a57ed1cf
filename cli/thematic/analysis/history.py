"""What people did, event by event, as a table; quotes only where consent allows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import DISCUSSED_WORDS, WITHDRAWN_WORDS, WITHHELD_WORDS, may_quote
from thematic.model.people import Decision, Event, Memo, Passage, PersonCoding, Reply
from thematic.model.study import Study
from thematic.model.transcript import Transcript

_WHEN = ["number", "time", "coder", "recorded_by", "kind"]
_WHAT = ["transcript", "start", "end", "code", "verdict", "into", "onto_start", "onto_end"]
_WORDS = ["about", "target", "text", "note"]
LOG_COLUMNS = [*_WHEN, *_WHAT, *_WORDS, "status", "by", "undoes", "definition", "source"]
RECHECK_COLUMNS = [*_WHEN, *_WHAT, "text", "note", "why", "definition", "definition_now", "source"]


class Words:
    """The words of passages, or a remark where they may not be quoted.

    Words of a transcript that is not there are withheld too, for nobody knows the consent.
    """

    def __init__(self, transcripts: Iterable[Transcript], study: Study) -> None:
        self._free = {one.id: one.text for one in transcripts if may_quote(one, study)}
        self._held = study.restrictions

    def of(self, passage: Passage | None) -> str:
        """The words as they were when the passage was marked."""
        if passage is None:
            return ""
        text = self._free.get(passage.transcript)
        if text is None:
            return WITHHELD_WORDS
        for held in self._held.get(passage.transcript, ()):
            # By the words as well, for the passage may have been marked in an older text.
            words, quote = text[held.span.start : held.span.end], passage.quote
            if held.span.overlaps(passage.span) or words in quote or (quote and quote in words):
                return WITHDRAWN_WORDS if held.withdrawn else DISCUSSED_WORDS
        return passage.quote


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
        Columns LOG_COLUMNS; `text` is withheld where consent says so.
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
            row |= {"kind": "coding", "code": code, "note": note or None}
            row |= _place(passage, words)
        case Decision(passage, code, verdict, _, into, onto, note):
            row |= {"kind": "decision", "code": code, "note": note or None}
            row |= {"verdict": verdict.value, "into": into or None} | _place(passage, words)
            if onto is not None:
                row |= {"onto_start": onto.span.start, "onto_end": onto.span.end}
        case Memo(text, _, about, target, passage):
            row |= {"kind": "memo", "about": about.value, "target": target or None, "note": text}
            row |= _place(passage, words) if passage else {}
            row |= {"code": target} if about.value == "code" else {}
        case Reply(passage, wish, _, wording, note):
            said = "; ".join(filter(None, (wording, note)))
            row |= {"kind": "reply", "verdict": wish.value, "note": said or None}
            row |= _place(passage, words)
        case None if event.moved is not None:
            now = event.moved.now
            row |= {"kind": "move", "note": event.moved.how} | _place(event.moved.was, words)
            row |= {"onto_start": now.span.start, "onto_end": now.span.end}
            row |= {"text": words.of(now)}
        case None:
            row["kind"] = "undo"
    return row


def _place(passage: Passage, words: Words) -> dict[str, Any]:
    span = passage.span
    place = {"transcript": passage.transcript, "start": span.start, "end": span.end}
    return place | {"text": words.of(passage)}
