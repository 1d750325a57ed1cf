"""The consequences of a changed codebook as tables: codings, cells of the frequencies, rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from thematic.analysis.codebook_pairs import RuleKey
from thematic.analysis.consequences import Consequences, Difference, rule_of
from thematic.analysis.frequency import frequencies
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import citation, said
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.study import Study
from thematic.model.transcript import Span

CODING_COLUMNS = ["change", "transcript", "kind", "case", "turn", "place", "unit_start", "unit_end"]
CODING_COLUMNS += ["code", "new_code", "rule", "rule_line", "new_rule", "new_rule_line", "why"]
CODING_COLUMNS += ["text", "mention", "unit"]
CELL_COLUMNS = ["code", "new_code", "kind", "measure", "old", "new", "difference", "rules", "unit"]
RULE_COLUMNS = ["code", "new_code", "rule", "rule_line", "new_rule", "new_rule_line"]
RULE_COLUMNS += ["mentions", "new_mentions", "difference"]
MEASURES = ("transcripts", "cases", "units", "mentions", "negated", "withheld")
_CHANGES = {"appears": "appear", "vanishes": "vanish", "moves": "move"}
BY_RULES = "What rules suggest; what people decided is not looked at."


def coding_changes(found: Consequences, study: Study, unit: Unit) -> ResultTable:
    """One row for each coding that appears, vanishes or moves; columns CODING_COLUMNS."""
    rows = [_coding_row(found, one, study, unit) for one in found.differences]
    counts = Counter(one.change for one in found.differences)
    told = ", ".join(
        f"{counts[one]:,} {one if counts[one] == 1 else many}" for one, many in _CHANGES.items()
    )
    same = f"As they were: {found.same:,}; under another name: {found.renamed:,}."
    notes = (f"Codings ({unit.value} x code): {told}. {same} {BY_RULES}",)
    quoted = {"text", "mention"}
    return table_of("coding-changes", rows, CODING_COLUMNS, unit.value, notes, quoted)


def _coding_row(found: Consequences, one: Difference, study: Study, unit: Unit) -> dict[str, Any]:
    transcript = one.source.transcript
    turns = {turn.number: turn for turn in transcript.turns}
    turn = turns.get(one.unit.turn) or turns[one.mention.turn]
    there = Span(0, len(transcript.text)).contains(one.mention.span) and one.unit.span.overlaps(
        one.mention.span
    )
    return {
        "change": one.change,
        "transcript": transcript.id,
        "kind": transcript.kind,
        "case": transcript.case,
        "turn": turn.number,
        "place": citation(transcript, turn, max(turn.span.start, one.unit.span.start), study),
        "unit_start": one.unit.span.start,
        "unit_end": one.unit.span.end,
        "code": one.old or None,
        "new_code": one.new or None,
        **_rule_words(found, one.rule, one.new_rule),
        "why": one.why,
        "text": said(one.source, one.unit.span, study) if unit is not Unit.TRANSCRIPT else None,
        "mention": said(one.source, one.mention.span, study) if there else None,
        "unit": unit.value,
    }


def _rule_words(found: Consequences, old: RuleKey | None, new: RuleKey | None) -> dict[str, Any]:
    words: dict[str, Any] = {}
    if old is not None:
        rule = rule_of(found.pairs, old)
        words |= {"rule": rule.text, "rule_line": rule.line}
    if new is not None:
        rule = rule_of(found.pairs, new, of_new=True)
        words |= {"new_rule": rule.text, "new_rule_line": rule.line}
    return words


def cell_changes(
    old: Codings, new: Codings, found: Consequences, study: Study, unit: Unit
) -> ResultTable:
    """One row for each cell of the frequencies by kind that differs; columns CELL_COLUMNS.

    A row's `rules` are those of the code and of all below it whose number of mentions is
    another, with both numbers.
    """
    before, after = (
        {
            (row["code"], row["kind"]): row
            for row in frequencies(codings, study, unit=unit).records()
        }
        for codings in (old, new)
    )
    rules = rule_changes(old, new, found).records()
    back = {now: was for was, now in found.pairs.codes.items()}
    codes: list[tuple[str | None, str | None]]
    codes = [(code, found.pairs.codes.get(code)) for code in found.pairs.old.paths()]
    codes += [(None, code) for code in found.pairs.new.paths() if code not in back]
    kinds = list(dict.fromkeys(kind for _, kind in (*before, *after)))
    rows = []
    for was, now in codes:
        for kind in kinds:
            one, other = before.get((was, kind), {}), after.get((now, kind), {})
            for measure in MEASURES:
                a, b = one.get(measure, 0), other.get(measure, 0)
                if a != b:
                    rows.append(
                        {
                            "code": was,
                            "new_code": now,
                            "kind": kind,
                            "measure": measure,
                            "old": a,
                            "new": b,
                            "difference": b - a,
                            "rules": _of_code(rules, was, now),
                            "unit": unit.value,
                        }
                    )
    notes = (f"Cells that are the same are not listed. {BY_RULES}",)
    return table_of("cell-changes", rows, CELL_COLUMNS, unit.value, notes)


def _of_code(rules: list[dict[str, Any]], was: str | None, now: str | None) -> str:
    told = []
    for row in rules:
        if _covers(was, row["code"]) or _covers(now, row["new_code"]):
            line = row["new_rule_line"] or row["rule_line"]
            number = f"{row['mentions']:,} → {row['new_mentions']:,}"
            told.append(f"{row['new_rule'] or row['rule']} (line {line}): {number}")
    return "; ".join(told)


def _covers(path: str | None, code: str | None) -> bool:
    return path is not None and code is not None and f"{code}/".startswith(f"{path}/")


def rule_changes(old: Codings, new: Codings, found: Consequences) -> ResultTable:
    """One row for each rule whose number of counted mentions is another; columns RULE_COLUMNS."""
    before, after = _by_rule(old), _by_rule(new)
    keys: list[tuple[RuleKey | None, RuleKey | None]]
    keys = [(key, found.pairs.rules.get(key)) for key in _keys(old)]
    keys += [(None, key) for key in _keys(new) if key not in found.pairs.back]
    rows = []
    for was, now in keys:
        a, b = before[was] if was else 0, after[now] if now else 0
        if a != b:
            codes = {"code": was[0] if was else None, "new_code": now[0] if now else None}
            words = _rule_words(found, was, now)
            numbers = {"mentions": a, "new_mentions": b, "difference": b - a}
            rows.append({**codes, **words, **numbers})
    notes = (f"Counted mentions. Rules with as many as before are not listed. {BY_RULES}",)
    return table_of("rule-changes", rows, RULE_COLUMNS, "mention", notes)


def _by_rule(codings: Codings) -> Counter[RuleKey]:
    return Counter(
        (mention.code, mention.rule)
        for source in codings.transcripts
        for mention in source.counted()
    )


def _keys(codings: Codings) -> Iterator[RuleKey]:
    for code in codings.codebook.codes():
        yield from ((code.path, index) for index in range(len(code.rules)))
