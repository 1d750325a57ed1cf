"""Why a code does not stand on a stretch of talk: its nearest rules, and what each lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import citation, words_at
from thematic.model.codebook import Code, Rule
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Span, Transcript, Turn

COLUMNS = ["code", "lack", "found", "missing", "rule", "rule_line", "transcript", "turn", "place"]
COLUMNS += ["start", "end", "text"]
# In this order: what is nearest to a mention first.
LACKS = (
    *("counts", "speaker", "guard", "negation", "longer match", "accents", "case", "distance"),
    *("order", "border", "inflection", "stem", "spelling", "part", "word border", "words"),
    "nothing",
)


@dataclass(frozen=True)
class Lack:
    """What one rule lacks on a stretch.

    Args:
        code, rule: whose.
        lack: one of LACKS.
        found: where the words stand that are there.
        missing: what would have made it count, in words of the codebook.
        there: how much of the rule is there, 0 to 1.
    """

    code: str
    rule: int
    lack: str
    found: tuple[Span, ...] = ()
    missing: str = ""
    there: float = 0.0


@dataclass(frozen=True)
class Stretch:
    """Where it was looked: a part of one turn."""

    transcript: Transcript
    turn: Turn
    span: Span


def why_not(
    looked: Iterable[tuple[Stretch, Sequence[Lack]]],
    codes: Sequence[Code],
    study: Study,
    *,
    most: int = 5,
) -> ResultTable:
    """The nearest rules on each stretch, the nearest first; columns COLUMNS.

    Args:
        looked: each stretch with what every rule lacks there.
        codes: the code asked about, and those below it.
        study: consent, and what citations may show.
        most: rules told of each stretch.
    """
    rules = {(code.path, index): rule for code in codes for index, rule in enumerate(code.rules)}
    rows, left = [], 0
    for stretch, lacks in looked:
        near = sorted(
            (one for one in lacks if one.lack != "nothing"),
            key=lambda one: (LACKS.index(one.lack), -one.there),
        )
        left += len(lacks) - len(near[:most])
        rows += [_row(stretch, one, rules[one.code, one.rule], study) for one in near[:most]]
        if not near:
            rows.append(_nothing(stretch, codes[0].path, len(lacks), study))
    notes = [f"Of rules that lack more, or of which nothing is there: {left}."] if left else []
    notes.append("What a rule lacks is no reason to add it: most words near a rule mean others.")
    return table_of("why-not", rows, COLUMNS, "rule", tuple(notes), {"found", "text"})


def _row(stretch: Stretch, one: Lack, rule: Rule, study: Study) -> dict[str, Any]:
    found = [words_at(stretch.transcript, span, study) for span in one.found]
    return _place(stretch, study) | {
        "code": one.code,
        "lack": one.lack,
        "found": ", ".join(dict.fromkeys(found)) or None,
        "missing": one.missing or None,
        "rule": rule.text,
        "rule_line": rule.line,
    }


def _nothing(stretch: Stretch, code: str, rules: int, study: Study) -> dict[str, Any]:
    missing = f"no word of its {rules} rules stands here" if rules else "it has no rules"
    return _place(stretch, study) | {"code": code, "lack": "nothing", "missing": missing}


def _place(stretch: Stretch, study: Study) -> dict[str, Any]:
    transcript, span = stretch.transcript, stretch.span
    return {
        "transcript": transcript.id,
        "turn": stretch.turn.number,
        "place": citation(transcript, stretch.turn, span.start, study),
        "start": span.start,
        "end": span.end,
        "text": words_at(transcript, span, study),
    }
