"""The mentions and codings themselves, one row each, with everything decided about them."""

from __future__ import annotations

from typing import Any

from thematic.analysis.quotes import codings_of, quoted_unit
from thematic.analysis.result import ResultTable
from thematic.analysis.sources import said, shown_speaker
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding
from thematic.model.study import Study
from thematic.model.transcript import Turn

MENTION_COLUMNS = [
    "transcript",
    "kind",
    "case",
    "turn",
    "speaker",
    "role",
    "time",
    "line",
    "unit_start",
    "unit_end",
    "start",
    "end",
    "theme",
    "code",
    "rule",
    "rule_line",
    "text",
    "guard",
    "negation",
    "marks",
    "swallowed_by",
    "status",
    "unit",
    "codebook_hash",
    "study_status",
]
CODING_COLUMNS = [
    "transcript",
    "kind",
    "case",
    "turn",
    "speaker",
    "role",
    "time",
    "line",
    "unit_start",
    "unit_end",
    "theme",
    "code",
    "mentions",
    "rules",
    "negated",
    "marks",
    "text",
    "coder",
    "status",
    "unit",
    "codebook_hash",
    "study_status",
]


def mentions(
    codings: Codings, study: Study | None = None, *, unit: Unit | None = None, every: bool = False
) -> ResultTable:
    """All mentions, one row each, sorted by transcript, start, end, code and rule.

    Args:
        codings: from `code_transcripts`.
        study: consent and status.
        unit: the unit whose range stands beside each mention; None = the codings' unit.
        every: list withheld and swallowed mentions too.

    Returns:
        Columns MENTION_COLUMNS; `text` is the exact slice [start, end) of the transcript.
    """
    import pandas as pd

    study = study or Study()
    unit = unit or codings.unit
    rules = {code.path: code.rules for code in codings.codebook.codes()}
    rows = []
    for source in codings.transcripts:
        turns = {turn.number: turn for turn in source.transcript.turns}
        for mention in source.mentions:
            if every or mention.status is MentionStatus.SUGGESTED:
                rule = rules[mention.code][mention.rule]
                row = _place(source, turns[mention.turn], mention.span.start, study)
                row |= _unit_range(source, mention, unit)
                row |= _decided(source, mention, study)
                row |= {"rule": rule.text, "rule_line": rule.line, "unit": unit.value}
                row |= {"codebook_hash": codings.codebook.hash[:8]}
                rows.append(row)
    frame = pd.DataFrame(rows, columns=MENTION_COLUMNS, dtype=object)
    return ResultTable("mentions", frame, unit.value, (), frozenset({"text"}))


def coding_rows(
    codings: Codings, study: Study | None = None, *, unit: Unit | None = None
) -> ResultTable:
    """All codings, one row for each code on each unit with a counted mention.

    Returns:
        Columns CODING_COLUMNS; `text` is the exact slice [unit_start, unit_end), or of a
        whole transcript the first sentence coded.
    """
    import pandas as pd

    study = study or Study()
    unit = unit or codings.unit
    rules = {code.path: code.rules for code in codings.codebook.codes()}
    rows = []
    for coding in codings_of(codings, unit):
        span = coding.unit.span
        transcript = coding.source.transcript
        fired = dict.fromkeys(rules[m.code][m.rule].text for m in coding.mentions)
        row = _place(coding.source, coding.turn, span.start, study)
        row |= {
            "unit_start": span.start,
            "unit_end": span.end,
            "theme": coding.code.partition("/")[0],
            "code": coding.code,
            "mentions": len(coding.mentions),
            "rules": "; ".join(fired),
            "negated": coding.negated,
            "marks": "; ".join(sorted({mark for m in coding.mentions for mark in m.marks})),
            "text": said(coding.source, quoted_unit(coding, unit).span, study),
            "coder": "rules",
            "status": "suggested",
            "unit": unit.value,
            "codebook_hash": codings.codebook.hash[:8],
        }
        rows.append((transcript.id, span, row))
    order = {path: place for place, path in enumerate(codings.codebook.paths())}
    rows.sort(key=lambda item: (item[0], item[1], order[str(item[2]["code"])]))
    frame = pd.DataFrame([row for *_, row in rows], columns=CODING_COLUMNS, dtype=object)
    return ResultTable("codings", frame, unit.value, (), frozenset({"text"}))


def _place(source: TranscriptCoding, turn: Turn, position: int, study: Study) -> dict[str, Any]:
    transcript = source.transcript
    return {
        "transcript": transcript.id,
        "kind": transcript.kind,
        "case": transcript.case,
        "turn": turn.number,
        "speaker": shown_speaker(transcript, turn, study),
        "role": turn.role.value,
        "time": turn.time_at(position),
        "line": transcript.line(position),
        "study_status": study.status.value,
    }


def _unit_range(source: TranscriptCoding, mention: Mention, unit: Unit) -> dict[str, Any]:
    span = source.unit_of(mention, unit).span
    return {"unit_start": span.start, "unit_end": span.end}


def _decided(source: TranscriptCoding, mention: Mention, study: Study) -> dict[str, Any]:
    swallower = mention.swallowed_by
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "theme": mention.code.partition("/")[0],
        "code": mention.code,
        "text": said(source, mention.span, study),
        "guard": mention.guard,
        "negation": mention.negation,
        "marks": "; ".join(mention.marks),
        "swallowed_by": f"{swallower.start}-{swallower.end}" if swallower else "",
        "status": mention.status.value,
    }
