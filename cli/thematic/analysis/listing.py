"""The mentions and codings themselves, one row each, with everything decided about them."""

from __future__ import annotations

from typing import Any

from thematic.analysis.coded import Coding, codings_of, quoted_unit
from thematic.analysis.decided import RULES, UnitVerdicts, verdicts
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import said, shown_speaker
from thematic.analysis.uncounted import uncounted
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
    "coder",
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
    "unit_words",
    "theme",
    "code",
    "mentions",
    "rules",
    "negated",
    "marks",
    "text",
    "suggested",
    "decided",
    "status",
    "coder",
    "into",
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
    study = study or Study()
    unit = unit or codings.unit
    rules = {code.path: code.rules for code in codings.codebook.codes()}
    rows = []
    for source in codings.transcripts:
        turns = {turn.number: turn for turn in source.transcript.turns}
        found = verdicts(codings, source, unit)
        for mention in source.mentions:
            if every or mention.status is MentionStatus.SUGGESTED:
                rule = rules[mention.code][mention.rule]
                row = _place(source, turns[mention.turn], mention.span.start, study)
                row |= _unit_range(source, mention, unit)
                row |= _found(source, mention, study)
                row |= _stand(source, mention, unit, found)
                row |= {"rule": rule.text, "rule_line": rule.line, "unit": unit.value}
                row |= {"codebook_hash": codings.codebook.hash[:8]}
                rows.append(row)
    return table_of("mentions", rows, MENTION_COLUMNS, unit.value, _notes(codings), {"text"})


def coding_rows(
    codings: Codings, study: Study | None = None, *, unit: Unit | None = None
) -> ResultTable:
    """All codings, one row for each code on each unit, by rules and by people.

    A code stands on a unit where rules suggest it, where people say that it holds or that the
    rules are wrong, and where they differ.

    Returns:
        Columns CODING_COLUMNS; `text` is the exact slice [unit_start, unit_end), or of a
        whole transcript the first sentence coded.
    """
    study = study or Study()
    unit = unit or codings.unit
    rules = {code.path: code.rules for code in codings.codebook.codes()}
    rows = []
    for coding in codings_of(codings, unit):
        row = _coding_row(coding, unit, study)
        fired = dict.fromkeys(rules[m.code][m.rule].text for m in coding.mentions)
        row |= {"rules": "; ".join(fired), "codebook_hash": codings.codebook.hash[:8]}
        rows.append((coding.source.transcript.id, coding.unit.span, row))
    order = {path: place for place, path in enumerate(codings.codebook.paths())}
    rows.sort(key=lambda item: (item[0], item[1], order[str(item[2]["code"])]))
    records = [row for *_, row in rows]
    return table_of("codings", records, CODING_COLUMNS, unit.value, _notes(codings), {"text"})


def _notes(codings: Codings) -> tuple[str, ...]:
    """Whose word the table gives, and what of it is in no row."""
    if codings.judgements is None:
        return ("All suggested by rules; nobody has decided on them.",)
    return (
        "Suggested: by rules, and nobody has judged it. Accepted, rejected, recoded, extended, "
        "added: decided, by the coders named. Disputed: coders differ, and nobody has settled "
        "it.",
        *_left_out(uncounted(codings)),
    )


def _left_out(number: int) -> list[str]:
    are = "coding of people is" if number == 1 else "codings of people are"
    return [f"{number} {are} on words that do not count, and not listed."] if number else []


def _coding_row(coding: Coding, unit: Unit, study: Study) -> dict[str, Any]:
    span, stand = coding.unit.span, coding.stand
    row = _place(coding.source, coding.turn, span.start, study)
    return row | {
        "unit_start": span.start,
        "unit_end": span.end,
        "unit_words": coding.unit.words,
        "theme": coding.code.partition("/")[0],
        "code": coding.code,
        "mentions": len(coding.mentions),
        "negated": coding.negated,
        "marks": "; ".join(sorted({mark for m in coding.mentions for mark in m.marks})),
        "text": said(coding.source, quoted_unit(coding, unit).span, study),
        "suggested": coding.suggested,
        "decided": stand.holds,
        "status": stand.status.value,
        "coder": stand.coder,
        "into": stand.into,
        "unit": unit.value,
    }


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


def _stand(
    source: TranscriptCoding, mention: Mention, unit: Unit, found: UnitVerdicts
) -> dict[str, Any]:
    """What people say of a counted mention: of its own code on its unit."""
    if mention.status is not MentionStatus.SUGGESTED:
        return {"status": mention.status.value, "coder": RULES}
    start = source.unit_of(mention, unit).span.start
    stand = found.stand(mention.code, start, own=True)
    return {"status": stand.status.value, "coder": stand.coder}


def _found(source: TranscriptCoding, mention: Mention, study: Study) -> dict[str, Any]:
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
    }
