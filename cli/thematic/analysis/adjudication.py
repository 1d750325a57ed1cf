"""What became of each row of a list of disagreements that came back filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from thematic.analysis.history import Words
from thematic.analysis.result import ResultTable, table_of
from thematic.model.nouns import dataclass
from thematic.model.people import Decision

ADJUDICATION_COLUMNS = ["line", "status", "why", "transcript", "start", "end", "code", "said"]
ADJUDICATION_COLUMNS += ["decision", "into", "coder", "note", "text"]


class RowStatus(StrEnum):
    """What became of one row."""

    NEW = "new"
    KNOWN = "known"  # this outcome is recorded already
    UNFILLED = "unfilled"
    GONE = "gone"  # the coders no longer differ; nothing was recorded


@dataclass(frozen=True)
class ListedRow:
    """One row of the list.

    Args:
        line: of the list.
        status: what became of it.
        said: coder -> yes or no, as the list has it.
        decision: the outcome; None where the row has none.
        why: in words, where there is something to say.
        code: of a row without an outcome, as it is written.
        transcript: likewise.
    """

    line: int
    status: RowStatus
    said: Mapping[str, str]
    decision: Decision | None = None
    why: str = ""
    code: str = ""
    transcript: str = ""


def adjudication_table(rows: Iterable[ListedRow], words: Words) -> ResultTable:
    """One row for each row of the list, in its order; columns ADJUDICATION_COLUMNS.

    Args:
        rows: in any order.
        words: whose words, and notes on them, may be shown.
    """
    found = []
    for one in sorted(rows, key=lambda row: row.line):
        said = "; ".join(f"{name}: {answer}" for name, answer in one.said.items())
        row = {"line": one.line, "status": one.status.value, "why": one.why or None}
        row |= {"said": said or None, "code": one.code or None}
        row |= {"transcript": one.transcript or None}
        found.append(row | (_decided(one.decision, words) if one.decision else {}))
    return table_of("adjudication", found, ADJUDICATION_COLUMNS, "row", quoted={"text", "note"})


def _decided(decision: Decision, words: Words) -> dict[str, object]:
    passage = decision.passage
    return {
        "transcript": passage.transcript,
        "start": passage.span.start,
        "end": passage.span.end,
        "code": decision.code,
        "decision": decision.verdict.value,
        "into": decision.into or None,
        "coder": decision.coder,
        "note": words.note(decision.note, passage) or None,
        "text": words.of(passage),
    }
