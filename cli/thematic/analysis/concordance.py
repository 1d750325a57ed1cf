"""Keywords and codes in context: each mention with the words of its turn before and after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from thematic.analysis.base import bases
from thematic.analysis.coded import Coding, codings_of, quoted_unit
from thematic.analysis.coded_units import basis_note
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import citation, is_remark, shown_speaker, words_at
from thematic.model.coding import Codings, Mention
from thematic.model.context import WORDS, Sort
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Span, Turn

COLUMNS = [
    "transcript",
    "kind",
    "case",
    "turn",
    "speaker",
    "role",
    "time",
    "line",
    "start",
    "end",
    "theme",
    "code",
    "rule",
    "left",
    "keyword",
    "right",
    "negated",
    "status",
    "coder",
    "citation",
    "unit",
    "codebook_hash",
    "study_status",
]
_OF_CODES = ("theme", "code", "status", "coder", "codebook_hash")
_WORDS = "Words looked for by the rules of matching that a codebook has; they are no code."
_LONG = 60  # characters that hardly any word has
_WORD = re.compile(r"\S+")
_SIGNS = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands in the middle of a line: a mention, or a unit that only people coded."""

    coding: Coding
    mention: Mention | None
    span: Span
    turn: Turn


def concordance(
    codings: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    sort: Sequence[Sort] = (Sort.PLACE,),
    context: int = WORDS,
    kind: str = "",
    speaker: str = "",
    transcript: str = "",
    coded: bool = True,
) -> ResultTable:
    """Codes in context: one row per mention, aligned by whoever draws it.

    Args:
        codings: from `code_transcripts`.
        study: consent and what citations may show.
        codes: paths, each with all below it; empty = all.
        basis: with DECIDED and STANDING also units that only people coded, as they stand.
        sort: what comes first decides; place decides at last.
        context: words of the same turn on each side (characters, where the language is
            written without blanks).
        kind: only transcripts of this kind.
        speaker: only turns with this label, whatever its case.
        transcript: only the transcript with this ID.
        coded: False where the codings are of words looked for, which are no code.

    Returns:
        Columns COLUMNS; `left`, `keyword` and `right` together are an exact slice of the
        transcript, each of them replaced by a remark where its words may not be printed.
    """
    study = study or Study()
    wanted = [
        line
        for line in _lines(codings, codes, basis)
        if (not kind or line.coding.source.transcript.kind == kind)
        and (not speaker or line.turn.speaker.casefold() == speaker.casefold())
        and (not transcript or line.coding.source.transcript.id == transcript)
    ]
    in_words = codings.counted_in == "words"
    rows = [_row(line, codings, study, context, in_words=in_words) for line in wanted]
    if not coded:
        rows = [row | dict.fromkeys(_OF_CODES, "") for row in rows]
    rows.sort(key=lambda row: [_key(row, by) for by in (*sort, Sort.PLACE)])
    whose = basis_note(codings, basis) if coded else _WORDS
    notes = (*_numbers(rows, codings, study), whose, *_withheld(rows))
    return table_of("kwic", rows, COLUMNS, "mention", notes, {"left", "keyword", "right"})


def _lines(codings: Codings, codes: Sequence[str], basis: Basis) -> Iterator[_Line]:
    for coding in codings_of(codings, codings.unit):
        if codes and not any(f"{coding.code}/".startswith(f"{path}/") for path in codes):
            continue
        refused = coding.stand.holds is False
        if basis is Basis.DECIDED and not coding.stand.holds:
            continue
        if basis is Basis.STANDING and refused:
            continue
        turns = {turn.number: turn for turn in coding.source.transcript.turns}
        for mention in coding.mentions:
            yield _Line(coding, mention, mention.span, turns[mention.turn])
        if coding.stand.holds and not coding.mentions and basis is not Basis.SUGGESTED:
            yield _Line(coding, None, quoted_unit(coding, codings.unit).span, coding.turn)


def _row(
    line: _Line, codings: Codings, study: Study, context: int, *, in_words: bool
) -> dict[str, Any]:
    transcript = line.coding.source.transcript
    within = Span(min(line.turn.span.start, line.span.start), line.turn.span.end)
    left, right = _around(transcript.text, line.span, within, context, in_words=in_words)
    rules = {code.path: code.rules for code in codings.codebook.codes()}[line.coding.code]
    return {
        "transcript": transcript.id,
        "kind": transcript.kind,
        "case": transcript.case,
        "turn": line.turn.number,
        "speaker": shown_speaker(transcript, line.turn, study),
        "role": line.turn.role.value,
        "time": line.turn.time_at(line.span.start),
        "line": transcript.line(line.span.start),
        "start": line.span.start,
        "end": line.span.end,
        "theme": line.coding.code.partition("/")[0],
        "code": line.coding.code,
        "rule": rules[line.mention.rule].text if line.mention else "",
        "left": words_at(transcript, left, study) if left else "",
        "keyword": words_at(transcript, line.span, study),
        "right": words_at(transcript, right, study) if right else "",
        "negated": bool(line.mention and line.mention.negation),
        "status": line.coding.stand.status.value,
        "coder": line.coding.stand.coder,
        "citation": citation(transcript, line.turn, line.span.start, study),
        "unit": "mention",
        "codebook_hash": codings.codebook.hash[:8],
        "study_status": study.status.value,
    }


def _around(
    text: str, span: Span, within: Span, context: int, *, in_words: bool
) -> tuple[Span, Span]:
    """The ranges of some words before and after a span, in one turn; they touch it."""
    begin, end = within.start, max(within.end, span.end)
    if not in_words:
        return Span(max(begin, span.start - context), span.start), Span(
            span.end, min(end, span.end + context)
        )
    # A turn may be a whole speech: only what can hold so many words is looked at.
    before = list(_WORD.finditer(text, max(begin, span.start - _LONG * context), span.start))
    after = list(_WORD.finditer(text, span.end, min(end, span.end + _LONG * context)))
    # What touches the keyword ("(", ",") comes with it and is no word of its own.
    least = before[-context - (before[-1].end() == span.start) :] if before else []
    most = after[: context + (after[0].start() == span.end)] if after else []
    return (
        Span(least[0].start() if least else span.start, span.start),
        Span(span.end, most[-1].end() if most else span.end),
    )


def _key(row: dict[str, Any], by: Sort) -> tuple[Any, ...]:
    match by:
        case Sort.PLACE:
            return (row["transcript"], row["start"], row["end"], row["code"])
        case Sort.LEFT:
            return (is_remark(row["left"]), *reversed(_plain(row["left"])))
        case Sort.RIGHT:
            return (is_remark(row["right"]), *_plain(row["right"]))
        case Sort.KEYWORD:
            return (is_remark(row["keyword"]), *_plain(row["keyword"]))


def _plain(words: str) -> list[str]:
    """Words as they are compared: without signs at their ends, whatever their case."""
    bare = (_SIGNS.sub("", word).casefold() for word in words.split())
    return [word for word in bare if word]


def _numbers(rows: Sequence[dict[str, Any]], codings: Codings, study: Study) -> list[str]:
    """How many mentions stand in how many transcripts of each kind."""
    found = Counter(row["kind"] for row in rows)
    where = {(row["kind"], row["transcript"]) for row in rows}
    in_each = Counter(kind for kind, _ in where)
    said = [
        f"{found[base.kind]:,} in {in_each[base.kind]} of {base.transcripts_n} transcripts of "
        f"kind {base.kind}"
        for base in bases(codings, study)
    ]
    return [f"Found: {'; '.join(said)}."] if said else []


def _withheld(rows: Iterable[dict[str, Any]]) -> list[str]:
    number = sum(is_remark(row["keyword"]) for row in rows)
    return [f"Of {number:,}, the words may not be printed; they are counted."] if number else []
