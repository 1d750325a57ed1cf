"""What coders differ on, with what each said, and room for what they agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thematic.analysis.agreement_answers import Judged, Judgements
from thematic.analysis.history import Words
from thematic.analysis.result import ResultTable, table_of

DISAGREEMENT_COLUMNS = ["row", "transcript", "turn", "start", "end", "code"]
TO_FILL_IN = ["decision", "into", "coder", "note"]  # `thematic adjudicate` takes them back
SAYS = "says "  # begins the column of a coder
_QUOTED = frozenset({"text", "notes"})


def differing(judged: Judgements) -> Iterator[tuple[str, str, Mapping[str, Judged]]]:
    """Each unit and code on which coders differ, with the answer of each."""
    for (unit, code), answers in judged.by_place.items():
        if len({one.yes for one in answers.values()}) > 1:
            yield unit, code, answers


def disagreements(judged: Judgements, words: Words) -> ResultTable:
    """Every unit and code on which coders differ, with what each said, and room for an outcome.

    Args:
        judged: what the coders said.
        words: whose words, and notes on them, may be shown.

    Returns:
        Columns DISAGREEMENT_COLUMNS, one column per coder, notes, text, and TO_FILL_IN.
    """
    rows = [_row(judged, unit, code, answers, words) for unit, code, answers in differing(judged)]
    rows.sort(key=lambda row: (judged.codes.index(row["code"]), row["transcript"], row["start"]))
    coders = [f"{SAYS}{name}" for name in judged.coders]
    columns = [*DISAGREEMENT_COLUMNS, *coders, "notes", "text", *TO_FILL_IN]
    return table_of("disagreements", rows, columns, "unit", quoted=_QUOTED)


def _row(
    judged: Judgements,
    unit: str,
    code: str,
    answers: Mapping[str, Judged],
    words: Words,
) -> dict[str, Any]:
    passage, turn = judged.units[unit].passage, judged.units[unit].turn
    notes = dict.fromkeys(
        f"{one.coder}: {words.note(one.note, passage)}" for one in answers.values() if one.note
    )
    return {
        "row": unit,
        "transcript": passage.transcript,
        "turn": turn,
        "start": passage.span.start,
        "end": passage.span.end,
        "code": code,
        "notes": "; ".join(notes) or None,
        "text": words.of(passage),
    } | {f"{SAYS}{name}": "yes" if one.yes else "no" for name, one in answers.items()}
