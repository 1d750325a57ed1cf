"""What came in from files, remark by remark, as a table; quotes only where consent allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from thematic.analysis.history import Words, memo_shown
from thematic.analysis.result import ResultTable, table_of
from thematic.model.nouns import dataclass
from thematic.model.people import Act, Decision, Memo, Passage, Reply
from thematic.model.transcript import Transcript

IMPORTED_COLUMNS = ["file", "place", "kind", "code", "transcript", "turn", "start", "end", "text"]
IMPORTED_COLUMNS += ["coder", "note", "anchored", "status", "why"]


@dataclass(frozen=True, slots=True)
class Import:
    """One remark: the act it became, or why it became none.

    Args:
        file, place: where it was written.
        act: None where it became none.
        coder: who wrote it; "" = nobody knows.
        anchored: how its passage was found; "" where it has none.
        status: new, known (it stands in the store already), undone or replaced (since it
            came from the same file), refused, or ignored (it has no text).
        said: what was written, where no act came of it.
        why: the reason for that; or what undid or replaced it.
        on: the passage that it is on, where no act came of it.
        about: ID of the transcript that it is about, likewise; "" = not known.
    """

    file: str
    place: str
    act: Act | None
    coder: str
    anchored: str
    status: str
    said: str = ""
    why: str = ""
    on: Passage | None = None
    about: str = ""


def import_table(
    imports: Iterable[Import], transcripts: Mapping[str, Transcript], words: Words
) -> ResultTable:
    """One row per act, and per remark that became none; columns IMPORTED_COLUMNS.

    Args:
        imports: in the order of the files.
        transcripts: by ID.
        words: whose words may be shown.
    """
    rows = []
    for one in imports:
        row: dict[str, Any] = {
            "file": one.file,
            "place": one.place,
            "coder": one.coder or None,
            "anchored": one.anchored or None,
            "status": one.status,
            "why": one.why or None,
        }
        said = words.note(one.said, one.on, one.about) or None
        row |= _act(one.act, transcripts, words) if one.act else {"note": said}
        rows.append(row)
    return table_of("imported", rows, IMPORTED_COLUMNS, "remark", quoted={"text", "note"})


def _act(act: Act, transcripts: Mapping[str, Transcript], words: Words) -> dict[str, Any]:
    match act:
        case Memo(_, _, about, target, passage):
            code = target if about.value == "code" else None
            row = {"kind": "memo", "code": code, "note": memo_shown(act, words)}
            row |= {"transcript": target if about.value == "transcript" else None}
        case Decision(passage, code, _, _, _, _, note):
            row = {"kind": "decision", "code": code, "note": words.note(note, passage) or None}
        case Reply(passage, wish):
            row = {"kind": "reply", "note": wish.value}
        case _:
            passage = act.passage
            row = {"kind": "coding", "code": act.code}
            row |= {"note": words.note(act.note, passage) or None}
    return row | (_place(passage, transcripts, words) if passage else {})


def _place(passage: Passage, transcripts: Mapping[str, Transcript], words: Words) -> dict[str, Any]:
    transcript = transcripts.get(passage.transcript)
    turns = transcript.turns if transcript else ()
    turn = next((one.number for one in turns if one.span.end > passage.span.start), None)
    return {
        "transcript": passage.transcript,
        "turn": turn,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": words.of(passage),
    }
