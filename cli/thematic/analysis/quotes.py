"""Verbatim quotes: the words of coded units, chosen by a stated rule, each with its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thematic.analysis.base import kinds_in_order
from thematic.analysis.decided import verdicts
from thematic.analysis.result import ResultTable
from thematic.analysis.sources import WITHHELD_WORDS, citation, may_quote, shown_speaker
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention, TranscriptCoding, UnitSpan
from thematic.model.study import Study
from thematic.model.transcript import Role, Span, Turn

RULE_OF_CHOICE = (
    "Chosen by rule: persons quoted least so far, then by ID; of each, the first not yet "
    "quoted, asserted before negated."
)


@dataclass(frozen=True)
class Coding:
    """One code on one unit, suggested by at least one counted mention."""

    source: TranscriptCoding
    turn: Turn
    unit: UnitSpan
    code: str
    mentions: tuple[Mention, ...]

    @property
    def negated(self) -> bool:
        """Whether every mention of it is negated."""
        return all(mention.negation for mention in self.mentions)


def quoted_unit(coding: Coding, unit: Unit) -> UnitSpan:
    """What is printed of a coding: its unit; of a whole transcript, the first sentence coded.

    A transcript is never printed whole, and holds words of speakers that do not count.
    """
    if unit is not Unit.TRANSCRIPT:
        return coding.unit
    return coding.source.unit_of(coding.mentions[0], Unit.SENTENCE)


def codings_of(
    codings: Codings, unit: Unit, path: str | None = None, *, own: bool = False
) -> Iterator[Coding]:
    """Codings in text order: of one code with all below it, or each code's own.

    Args:
        codings: the coded study.
        unit: what is counted once.
        path: a code; None = every code by itself, as coded.
        own: with a path, leave out the codes below it.
    """
    for source in codings.transcripts:
        turns = {turn.number: turn for turn in source.transcript.turns}
        grouped: dict[tuple[UnitSpan, str], list[Mention]] = defaultdict(list)
        for mention in source.counted():
            covered = path is None or mention.code == path
            if covered or (path and not own and mention.code.startswith(path + "/")):
                grouped[source.unit_of(mention, unit), path or mention.code].append(mention)
        for (span, code), mentions in grouped.items():
            yield Coding(source, turns[mentions[0].turn], span, code, tuple(mentions))


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
    for path in paths:
        found = [
            coding
            for coding in codings_of(codings, unit, path, own=own)
            if (not speaker or coding.turn.speaker.casefold() == speaker.casefold())
            and (not transcript or coding.source.transcript.id == transcript)
        ]
        refused = _refused(codings, unit, path, own=own)
        left_out += sum(_place(coding) in refused for coding in found)
        found = [coding for coding in found if _place(coding) not in refused]
        kinds = [kind] if kind else kinds_in_order([c.source.transcript.kind for c in found])
        for each in kinds:
            of_kind = [c for c in found if c.source.transcript.kind == each]
            for coding in chosen(of_kind, per_code, quoted, study):
                rows.append(_row(coding, unit, study, codings, context))
    import pandas as pd

    frame = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    return ResultTable(
        "quotes",
        frame,
        unit.value,
        (
            RULE_OF_CHOICE if per_code else "All quotes, in text order.",
            *(
                [f"Left out, for people say that the code does not hold: {left_out}."]
                * bool(left_out)
            ),
            "Words as transcribed.",
        ),
        frozenset({"text", "before", "after", "asked"}),
    )


def _place(coding: Coding) -> tuple[str, int]:
    return coding.source.transcript.id, coding.unit.span.start


def _refused(codings: Codings, unit: Unit, path: str, *, own: bool) -> set[tuple[str, int]]:
    """The units, by transcript and start, on which people say that the code does not hold."""
    if codings.judgements is None:
        return set()
    return {
        (source.transcript.id, start)
        for source in codings.transcripts
        for code, start in verdicts(codings, source, unit, own=own).fails
        if code == path
    }


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
) -> tuple[bool, int, str, bool, int]:
    transcript = coding.source.transcript
    return (
        not may_quote(transcript, study),
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
    before, after = _around(source, coding.unit, unit, context)
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
        "asked": _question(source, turn, span),
        "before": before,
        "text": transcript.text[span.start : span.end],
        "after": after,
        "negated": coding.negated,
        "marks": "; ".join(sorted({mark for m in coding.mentions for mark in m.marks})),
        "rules": "; ".join(dict.fromkeys(rules[m.code][m.rule].text for m in coding.mentions)),
        "spans": "; ".join(f"{m.span.start}-{m.span.end}" for m in coding.mentions),
        "citation": citation(transcript, turn, span.start, study),
        "unit": unit.value,
        "status": "suggested",
        "codebook_hash": book.hash[:8],
        "study_status": study.status.value,
    }
    if not may_quote(transcript, study):
        row |= {"text": WITHHELD_WORDS, "asked": "", "before": "", "after": ""}
    return row


def _around(
    source: TranscriptCoding, unit_span: UnitSpan, unit: Unit, context: int
) -> tuple[str, str]:
    """The units of the same turn before and after, as they stand in the text."""
    if not context:
        return "", ""
    same = [found for found in source.units[unit] if found.turn == unit_span.turn]
    at = same.index(unit_span)
    text = source.transcript.text
    before, after = same[max(0, at - context) : at], same[at + 1 : at + 1 + context]
    return _stretch(text, before), _stretch(text, after)


def _stretch(text: str, spans: Sequence[UnitSpan]) -> str:
    return text[spans[0].span.start : spans[-1].span.end] if spans else ""


def _question(source: TranscriptCoding, turn: Turn, span: Span) -> str:
    """The interviewer's last question, where the quote opens the answer to it."""
    turns = source.transcript.turns
    if turn.number < 2 or turn.span.start != span.start:
        return ""
    asked = turns[turn.number - 2]
    if asked.role is not Role.INTERVIEWER:
        return ""
    words = source.transcript.text[asked.span.start : asked.span.end].split()
    shown = " ".join(words[-12:])
    return shown if len(words) <= 12 else f"[…] {shown}"
