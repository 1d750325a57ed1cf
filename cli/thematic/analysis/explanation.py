"""Why each mention counts or does not, in words; and what a rule looks for, spelled out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import citation, said
from thematic.model.codebook import Item, ItemKind, Rule
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding
from thematic.model.study import Study
from thematic.model.transcript import Span

COLUMNS = ["transcript", "turn", "place", "code", "status", "text", "rule", "rule_line", "why"]
_WILD = str.maketrans({"\ufdd0": "*", "\ufdd1": "?"})


def explanations(
    codings: Codings,
    study: Study | None = None,
    *,
    transcript: str = "",
    turn: int | None = None,
    code: str = "",
    places: Collection[tuple[str, Span]] | None = None,
) -> ResultTable:
    """One row per mention, withheld and swallowed ones too, with the reason in words.

    Args:
        codings: the coded study.
        study: consent, and what citations may show.
        transcript, turn, code: only these; the code with all below it.
        places: only mentions on one of these stretches of transcripts; None = all.
    """
    study = study or Study()
    rules = {entry.path: entry.rules for entry in codings.codebook.codes()}
    rows = []
    for source in codings.transcripts:
        if transcript and source.transcript.id != transcript:
            continue
        turns = {found.number: found for found in source.transcript.turns}
        for mention in source.mentions:
            below = not code or mention.code == code or mention.code.startswith(f"{code}/")
            if not below or (turn is not None and mention.turn != turn):
                continue
            if places is not None and not any(
                id == source.transcript.id and span.overlaps(mention.span) for id, span in places
            ):
                continue
            rule = rules[mention.code][mention.rule]
            spoken = turns[mention.turn]
            rows.append(
                {
                    "transcript": source.transcript.id,
                    "turn": mention.turn,
                    "place": citation(source.transcript, spoken, mention.span.start, study),
                    "code": mention.code,
                    "status": mention.status.value,
                    "text": said(source, mention.span, study),
                    "rule": rule.text,
                    "rule_line": rule.line,
                    "why": _why(source, mention, rule, study),
                }
            )
    return table_of("explanations", rows, COLUMNS, "mention", (), {"text", "why"})


def _why(source: TranscriptCoding, mention: Mention, rule: Rule, study: Study) -> str:
    def words(span: Span) -> str:
        return repr(said(source, span, study))

    reasons = []
    if len(mention.parts) > 1:
        found = ", ".join(words(part) for part in mention.parts)
        reasons.append(f"found together: {found}")
    match mention.status:
        case MentionStatus.SWALLOWED if mention.swallowed_by:
            longer = words(mention.swallowed_by)
            reasons.append(f"overlaps the longer match {longer} of {mention.swallowed_code}")
        case MentionStatus.WITHHELD if mention.guard:
            found = words(mention.guard_span) if mention.guard_span else "words"
            reasons.append(f"withheld by {mention.guard!r}, which finds {found}")
        case MentionStatus.WITHHELD:
            reasons.append("withheld because it is negated")
        case _:
            reasons.append(f"counts: {rule.kind.value} rule")
    if mention.negation:
        reasons.append(f"negated by {mention.negation!r}")
    if mention.marks:
        reasons.append(f"marked {', '.join(mention.marks)}")
    return "; ".join(reasons)


def phrases_table(
    parts: Iterable[tuple[str, Rule, str, Item, Sequence[str]]], *, most: int
) -> ResultTable:
    """What rules look for: (code, rule, part of it, item, phrases it stands for) each a row."""
    rows: list[dict[str, Any]] = []
    for code, rule, part, item, phrases in parts:
        spelled = [phrase.translate(_WILD) for phrase in phrases[:most]]
        if item.kind is ItemKind.REGEX:
            spelled = [f"regex {item.text}"]
        more = f" … and {len(phrases) - most} more" if len(phrases) > most else ""
        rows.append(
            {
                "code": code,
                "rule": rule.text,
                "rule_line": rule.line,
                "part": part,
                "item": item.text,
                "phrases": len(phrases),
                "looks_for": ", ".join(spelled) + more,
            }
        )
    columns = ["code", "rule", "rule_line", "part", "item", "phrases", "looks_for"]
    return table_of("rules", rows, columns, "rule", (), {"looks_for"})
