"""Near misses of rules: one row for all places that miss in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import is_remark, said
from thematic.analysis.uncoded.extracts import PLACE, STATUS, around, place, withheld_note
from thematic.analysis.uncoded.gaps import Gaps, Miss
from thematic.analysis.uncoded.talk import Talk
from thematic.model.nouns import dataclass

# In this order: what is most likely a slip of the codebook or of the transcript first.
KINDS = (
    *("spelling", "inflection", "stem"),
    *("distance", "order", "border", "guard", "negation", "part"),
)
COLUMNS = ["code", "miss", "found", "missing", "rule", "rule_line", "rules", "complete", "times"]
COLUMNS += ["transcripts", *PLACE, "start", "end", "text", "citation", *STATUS]


@dataclass
class _Group:
    """Misses of one kind, rule and wording."""

    first: Miss
    times: int = 0
    transcripts: set[str] = field(default_factory=set)


def near_misses(gaps: Gaps, misses: Iterable[Miss], left_aside: Sequence[str]) -> ResultTable:
    """All near misses as a table, in the order of KINDS.

    Of each kind, those first that lack nothing else, then those with most parts, then the
    most frequent.

    Args:
        gaps: where they were looked for.
        misses: in any order.
        left_aside: what could not be looked at, in sentences.
    """
    talk = gaps.talk
    groups = _grouped(misses, talk)
    rows = [_row(talk, group) for group in groups]
    where = (
        "that lack the rule's code"
        if gaps.everywhere
        else f"that carry no code at all ({gaps.open_sentences():,} of them)"
    )
    notes = [
        f"Looked for in the {gaps.all_sentences():,} sentences of answers, those {where}. A "
        "near miss is a place to read, not a coding: most words that look alike mean something "
        "else.",
        *left_aside,
        *withheld_note(rows, "text"),
    ]
    return table_of("near-misses", rows, COLUMNS, "place", tuple(notes), {"found", "text"})


def _grouped(misses: Iterable[Miss], talk: Talk) -> list[_Group]:
    order = {path: at for at, path in enumerate(talk.codings.codebook.paths())}
    sorted_misses = sorted(
        misses, key=lambda m: (m.source.transcript.id, m.span, order[m.code], m.rule, m.missing)
    )
    groups: dict[tuple[object, ...], _Group] = {}
    for miss in sorted_misses:
        words = said(miss.source, miss.span, talk.study)
        # Words withheld are not told apart; of the others, those of one wording stand together.
        same: object = miss.words or (miss.source.transcript.id, miss.span)
        same = words if is_remark(words) else same
        key = (miss.miss, miss.complete, miss.code, miss.rule, miss.missing, same)
        group = groups.setdefault(key, _Group(miss))
        group.times += 1
        group.transcripts.add(miss.source.transcript.id)
    return sorted(
        groups.values(),
        key=lambda one: (
            KINDS.index(one.first.miss),
            not one.first.complete,
            -one.first.parts,
            -one.times,
            order[one.first.code],
            one.first.rule,
            one.first.source.transcript.id,
            one.first.span,
        ),
    )


def _row(talk: Talk, group: _Group) -> dict[str, Any]:
    miss = group.first
    code = next(one for one in talk.codings.codebook.codes() if one.path == miss.code)
    rule = code.rules[miss.rule]
    source = miss.source
    return {
        **place(source, miss.turn, miss.span.start, talk),
        "code": miss.code,
        "miss": miss.miss,
        "found": said(source, miss.span, talk.study),
        "missing": miss.missing,
        "rule": rule.text,
        "rule_line": rule.line,
        "rules": miss.rules,
        "complete": miss.complete,
        "times": group.times,
        "transcripts": len(group.transcripts),
        "start": miss.span.start,
        "end": miss.span.end,
        "text": around(source, miss.span, miss.sentence, talk.study),
    }
