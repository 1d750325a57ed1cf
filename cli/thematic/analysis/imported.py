"""What came in from files, remark by remark, as a table; quotes only where consent allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thematic.analysis.history import Words
from thematic.analysis.result import ResultTable, table_of
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
            came from the same file), or refused.
        said: what was written, where no act came of it.
        why: the reason for that; or what undid or replaced it.
    """

    file: str
    place: str
    act: Act | None
    coder: str
    anchored: str
    status: str
    said: str = ""
    why: str = ""


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
        row |= _act(one.act, transcripts, words) if one.act else {"note": one.said or None}
        rows.append(row)
    return table_of("imported", rows, IMPORTED_COLUMNS, "remark", quoted={"text", "note"})


def _act(act: Act, transcripts: Mapping[str, Transcript], words: Words) -> dict[str, Any]:
    match act:
        case Memo(text, _, about, target, passage):
            code = target if about.value == "code" else None
            row = {"kind": "memo", "code": code, "note": text}
            row |= {"transcript": target if about.value == "transcript" else None}
        case Decision(passage, code, _, _, _, _, note):
            row = {"kind": "decision", "code": code, "note": note or None}
        case Reply(passage, wish):
            row = {"kind": "reply", "note": wish.value}
        case _:
            passage = act.passage
            row = {"kind": "coding", "code": act.code, "note": act.note or None}
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
