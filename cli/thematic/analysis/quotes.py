"""Verbatim quotes: the words of coded units, chosen by a stated rule, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from thematic.analysis.base import kinds_in_order
from thematic.analysis.coded import Coding, codings_of, quoted_unit
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import (
    citation,
    masked,
    may_print,
    may_quote,
    restrictions_on,
    shown_speaker,
    words_at,
)
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding, UnitSpan
from thematic.model.judged import Standing
from thematic.model.study import Study
from thematic.model.transcript import Role, Span, Turn

RULE_OF_CHOICE = (
    "Chosen by rule: persons quoted least so far, then by ID; of each, the first not yet "
    "quoted, asserted before negated."
)


def quotes(
    codings: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    per_code: int | None = 3,
    unit: Unit | None = None,
    kind: str = "",
    speaker: str = "",
    transcript: str = "",
    context: int = 0,
    own: bool = False,
) -> ResultTable:
    """Verbatim quotes of each code, spread over persons.

    Args:
        codings: from `code_transcripts`.
        study: consent and what citations may show.
        codes: paths; empty = every theme.
        per_code: how many of each code and kind; None = all.
        unit: what one quote is; None = the codings' unit.
        kind: only transcripts of this kind.
        speaker: only turns with this label, whatever its case.
        transcript: only the transcript with this ID.
        context: units of the same turn to add before and after.
        own: leave out codes below the one asked for.

    Returns:
        One row per quote, in codebook order, kinds apart; `text` holds the exact slice.
    """
    study = study or Study()
    unit = unit or codings.unit
    paths = list(codes) or [theme.path for theme in codings.codebook.themes]
    quoted: Counter[str] = Counter()
    rows = []
    left_out = 0
    restricted: dict[tuple[str, Span], bool] = {}
    for path in paths:
        found = [
            coding
            for coding in codings_of(codings, unit, path, own=own)
            if (not speaker or coding.turn.speaker.casefold() == speaker.casefold())
            and (not transcript or coding.source.transcript.id == transcript)
        ]
        left_out += sum(coding.stand.holds is False for coding in found)
        found = [coding for coding in found if coding.stand.holds is not False]
        restricted |= _restricted(found, unit, study)
        kinds = [kind] if kind else kinds_in_order([c.source.transcript.kind for c in found])
        for each in kinds:
            of_kind = [c for c in found if c.source.transcript.kind == each]
            for coding in chosen(of_kind, per_code, quoted, study):
                rows.append(_row(coding, unit, study, codings, context))
    status = [str(row["status"]) for row in rows]
    notes = (*_notes(status, per_code, left_out), *_replied(restricted.values()))
    quoted_columns = {"text", "before", "after", "asked"}
    return table_of("quotes", rows, COLUMNS, unit.value, notes, quoted_columns)


def _notes(status: Iterable[str], per_code: int | None, left_out: int) -> tuple[str, ...]:
    """How the quotes were chosen, who says that their codes hold, and what was left out."""
    found = set(status)
    notes = [RULE_OF_CHOICE if per_code else "All quotes, in text order."]
    if found <= {Standing.SUGGESTED}:
        notes.append("All suggested by rules; nobody has decided on them.")
    else:
        notes.append(
            "Each says whether its code is suggested by rules only, or accepted, extended or "
            "added by people, and by whom."
        )
    if Standing.DISPUTED in found:
        notes.append("Disputed: coders differ, and nobody has settled it; chosen last.")
    if left_out:
        notes.append(f"Left out, for people say that the code does not hold: {left_out}.")
    return (*notes, "Words as transcribed.")


def _restricted(
    found: Iterable[Coding], unit: Unit, study: Study
) -> Iterator[tuple[tuple[str, Span], bool]]:
    """The coded units that may not be printed as they stand, and whether each was withdrawn."""
    for coding in found:
        transcript, span = coding.source.transcript, quoted_unit(coding, unit).span
        held = restrictions_on(transcript, span, study)
        if held and may_quote(transcript, study):
            yield (transcript.id, span), any(one.withdrawn for one in held)


def _replied(withdrawn: Iterable[bool]) -> list[str]:
    """What is not printed because the persons quoted said so, in numbers."""
    each = list(withdrawn)
    gone, discussed = sum(each), len(each) - sum(each)
    said = [f"Withdrawn by the persons quoted, and not printed: {gone}."] if gone else []
    if discussed:
        said.append(
            f"Not printed as spoken, for the persons quoted asked for other words: {discussed}."
        )
    return said


COLUMNS = [
    "theme",
    "code",
    "kind",
    "transcript",
    "case",
    "speaker",
    "role",
    "turn",
    "time",
    "line",
    "unit_start",
    "unit_end",
    "asked",
    "before",
    "text",
    "after",
    "negated",
    "marks",
    "rules",
    "spans",
    "citation",
    "unit",
    "status",
    "coder",
    "codebook_hash",
    "study_status",
]


def chosen(
    found: Sequence[Coding], limit: int | None, quoted: Counter[str], study: Study
) -> list[Coding]:
    """The quotes to show: persons quoted least so far, then by ID; their first one not shown.

    Without a limit, all in text order. Words that may not be quoted are chosen last, so that
    a withheld quote never takes the place of one that can be read.
    """
    if limit is None:
        return list(found)
    left = list(found)
    picked: list[Coding] = []
    while left and len(picked) < limit:
        best = min(left, key=lambda coding: _preference(coding, quoted, study))
        quoted[best.source.transcript.case] += 1
        picked.append(best)
        left.remove(best)
    return picked


def _preference(
    coding: Coding, quoted: Counter[str], study: Study
) -> tuple[bool, bool, int, str, bool, int]:
    transcript = coding.source.transcript
    return (
        not may_print(transcript, coding.unit.span, study),
        coding.stand.status is Standing.DISPUTED,
        quoted[transcript.case],
        transcript.id,
        coding.negated,
        coding.unit.span.start,
    )


def _row(
    coding: Coding, unit: Unit, study: Study, codings: Codings, context: int
) -> dict[str, object]:
    source, turn, span = coding.source, coding.turn, quoted_unit(coding, unit).span
    transcript = source.transcript
    before, after = _around(source, coding.unit, unit, context, study)
    time = turn.time_at(span.start)
    book = codings.codebook
    rules = {code.path: code.rules for code in book.codes()}
    row: dict[str, object] = {
        "theme": coding.code.partition("/")[0],
        "code": coding.code,
        "kind": transcript.kind,
        "transcript": transcript.id,
        "case": transcript.case,
        "speaker": shown_speaker(transcript, turn, study),
        "role": turn.role.value,
        "turn": turn.number,
        "time": time,
        "line": transcript.line(span.start),
        "unit_start": span.start,
        "unit_end": span.end,
        "asked": _question(source, turn, span, study),
        "before": before,
        "text": words_at(transcript, span, study),
        "after": after,
        "negated": coding.negated,
        "marks": "; ".join(sorted({mark for m in coding.mentions for mark in m.marks})),
        "rules": "; ".join(dict.fromkeys(rules[m.code][m.rule].text for m in coding.mentions)),
        "spans": "; ".join(f"{m.span.start}-{m.span.end}" for m in coding.mentions),
        "citation": citation(transcript, turn, span.start, study),
        "unit": unit.value,
        "status": coding.stand.status.value,
        "coder": coding.stand.coder,
        "codebook_hash": book.hash[:8],
        "study_status": study.status.value,
    }
    return row


def _around(
    source: TranscriptCoding, unit_span: UnitSpan, unit: Unit, context: int, study: Study
) -> tuple[str, str]:
    """The units of the same turn before and after, as they stand in the text."""
    if not context or not may_quote(source.transcript, study):
        return "", ""
    same = source.units_beside(unit_span, unit)
    at = same.index(unit_span)
    before, after = same[max(0, at - context) : at], same[at + 1 : at + 1 + context]
    return _stretch(source, before, study), _stretch(source, after, study)


def _stretch(source: TranscriptCoding, spans: Sequence[UnitSpan], study: Study) -> str:
    if not spans:
        return ""
    return words_at(source.transcript, Span(spans[0].span.start, spans[-1].span.end), study)


def _question(source: TranscriptCoding, turn: Turn, span: Span, study: Study) -> str:
    """The interviewer's last question, where the quote opens the answer to it."""
    turns = source.transcript.turns
    if turn.number < 2 or turn.span.start != span.start:
        return ""
    asked = turns[turn.number - 2]
    if asked.role is not Role.INTERVIEWER or not may_print(source.transcript, asked.span, study):
        return ""
    said = source.transcript.text[asked.span.start : asked.span.end]
    words = masked(said, source.transcript, study).split()
    shown = " ".join(words[-12:])
    return shown if len(words) <= 12 else f"[…] {shown}"
