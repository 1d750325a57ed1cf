"""How accurate the rules are, judged by a person on a sample drawn for that: rule accuracy.

This is no reliability: a person is taken for right and the rules are measured against her.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np

from thematic.analysis.agreement.estimate import Resampling
from thematic.analysis.agreement.resampling import Clusters, distribution, interval, rare
from thematic.analysis.agreement.weights import Floats
from thematic.analysis.history import Words
from thematic.analysis.result import ResultTable, table_of
from thematic.model.nouns import dataclass
from thematic.model.people import Decision, Verdict
from thematic.model.samples import DrawnUnit, FilledRow, Sample

SCORE_COLUMNS = ["sample", "coder", "code", "judged", "not_judged", "suggested", "yes", "both"]
SCORE_COLUMNS += ["precision", "precision_low", "precision_high", "precision_interval"]
SCORE_COLUMNS += ["recall", "recall_low", "recall_high", "recall_interval"]
SCORE_COLUMNS += ["f1", "f1_low", "f1_high", "f1_interval", "reason"]
SCORE_COLUMNS += ["interviews", "frame", "unit", "seed", "codebook_hash"]
RULE_COLUMNS = ["sample", "coder", "code", "rule_code", "rule", "judged", "right", "wrong"]
MISSED_COLUMNS = ["sample", "row", "coder", "code", "transcript", "turn", "text"]
MISSED_COLUMNS += ["missing_code", "note"]
NOTES = (
    "Rule accuracy against one person's judgement, weighted to all units that could be drawn; "
    "it is no measure of reliability (for that: thematic agree).",
    "Whoever changes rules after seeing this draws a fresh sample: rules are never scored on "
    "units they were changed for.",
)
NO_RULES = "coded by people only; no rule to score"
_WHOLE = "every unit was judged"
Answers = Mapping[str, FilledRow]  # by row ID
Sums = tuple[Floats, Floats, Floats]  # both, suggested, yes


def decisions_of(sample: Sample, filled: Iterable[FilledRow]) -> list[Decision]:
    """What the answers say of the codes: one decision for each code that was judged.

    Yes accepts what a rule suggests and adds what none does; no rejects. A no where nothing is
    suggested is kept too: it holds when rules change, and shows what was judged.
    """
    units = {unit.row: unit for unit in sample.units}
    found = []
    for row in filled:
        unit = units[row.row]
        for code, answer in row.answers.items():
            suggested = code in unit.suggested
            yes = Verdict.ACCEPT if suggested else Verdict.ADD
            verdict = yes if answer else Verdict.REJECT
            found.append(Decision(unit.passage, code, verdict, row.coder, note=row.note))
    return found


@dataclass(frozen=True)
class _Judged:
    """One code in one coder's sheet: units that were judged, with their weights."""

    units: Sequence[DrawnUnit]
    weights: Floats
    suggested: Floats  # 1 where the rules suggest the code
    yes: Floats  # 1 where the coder says that it holds
    unjudged: tuple[str, ...]  # strata of which no unit was judged


def scores(
    sample: Sample,
    answers: Mapping[str, Answers],
    codes: Sequence[str],
    plan: Resampling,
    by_people: Collection[str] = (),
) -> ResultTable:
    """Precision, recall and F1 of the rules for each code, one row per coder and code.

    Each judged unit stands for as many units of its stratum as there are for one judged.

    Args:
        sample: as drawn.
        answers: coder -> filled rows by row ID.
        codes: which to score; those whose rules have changed since are left out.
        plan: how intervals by interview are made.
        by_people: codes without rules, of which there is nothing to score.
    """
    rows = [
        {"sample": sample.name, "coder": coder, "code": code}
        | _scored(sample, _judged(sample, filled, code), plan, by_rules=code not in by_people)
        for coder, filled in answers.items()
        for code in codes
    ]
    return table_of("scores", rows, SCORE_COLUMNS, sample.unit, NOTES)


def _judged(sample: Sample, filled: Answers, code: str) -> _Judged:
    units = [
        unit for unit in sample.units if unit.row in filled and code in filled[unit.row].answers
    ]
    judged = Counter(unit.stratum for unit in units)
    size = {stratum.name: stratum.units for stratum in sample.strata}
    return _Judged(
        units,
        np.array([size[unit.stratum] / judged[unit.stratum] for unit in units]),
        np.array([float(code in unit.suggested) for unit in units]),
        np.array([float(filled[unit.row].answers[code]) for unit in units]),
        tuple(name for name in size if not judged[name]),
    )


def _scored(sample: Sample, judged: _Judged, plan: Resampling, *, by_rules: bool) -> dict[str, Any]:
    both = judged.suggested * judged.yes
    row: dict[str, Any] = {
        "judged": len(judged.units),
        "not_judged": len(sample.units) - len(judged.units),
        "suggested": int(judged.suggested.sum()),
        "yes": int(judged.yes.sum()),
        "both": int(both.sum()),
        "interviews": len({unit.passage.transcript for unit in judged.units}),
        "frame": sample.frame,
        "unit": sample.unit,
        "seed": plan.seed,
        "codebook_hash": sample.codebook_hash[:8],
    }
    if not by_rules:
        return row | {"reason": NO_RULES}
    if judged.unjudged:
        return row | {"reason": f"nothing was judged of: {', '.join(judged.unjudged)}"}
    sums = _sums(judged)
    reasons = []
    for name, formula in _FORMULAS.items():
        value = float(formula(*(part.sum(keepdims=True) for part in sums))[0])
        if np.isnan(value):
            reasons.append(_UNDEFINED[name])
            continue
        low, high, how = _interval(name, judged, sums, sample, plan)
        row |= {name: value, f"{name}_low": low, f"{name}_high": high, f"{name}_interval": how}
    return row | {"reason": "; ".join(reasons) or None}


def _sums(judged: _Judged) -> Sums:
    """By interview: the weight of what both say, of what is suggested, of what holds."""
    names = list(dict.fromkeys(unit.passage.transcript for unit in judged.units))
    place = np.array([names.index(unit.passage.transcript) for unit in judged.units], dtype=int)

    def summed(values: Floats) -> Floats:
        sums: Floats = np.bincount(place, values * judged.weights, len(names)).astype(float)
        return sums

    return (
        summed(judged.suggested * judged.yes),
        summed(judged.suggested),
        summed(judged.yes),
    )


def _ratio(over: Floats, under: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(under > 0, over / under, np.nan)
    return found


_FORMULAS: dict[str, Callable[[Floats, Floats, Floats], Floats]] = {
    "precision": lambda both, suggested, _: _ratio(both, suggested),
    "recall": lambda both, _, yes: _ratio(both, yes),
    "f1": lambda both, suggested, yes: _ratio(2 * both, suggested + yes),
}
_UNDEFINED = {
    "precision": "no precision: the rules suggest it on no judged unit",
    "recall": "no recall: the coder says yes on no unit",
    "f1": "no F1: neither the rules nor the coder see it on any unit",
}


def _interval(
    name: str, judged: _Judged, sums: Sums, sample: Sample, plan: Resampling
) -> tuple[float | None, float | None, str]:
    """Low, high, and how they were made or why there are none."""
    size = {one.name: one.units for one in sample.strata}
    if Counter(unit.stratum for unit in judged.units) == size:
        return None, None, _WHOLE
    if name == "precision":
        strata = {unit.stratum for unit in judged.units if _suggests(unit, judged)}
        if len(strata) == 1:
            return _one_stratum(judged, next(iter(strata)), sample, plan.confidence)
    carries = (sums[1] + sums[2]) > 0
    times = np.ones(len(carries))
    clusters = Clusters(times, len(carries), "interview", rare(carries, times))
    if clusters.pairable < 1:
        return None, None, "nothing was judged"
    formula = _FORMULAS[name]
    drawn = distribution(
        clusters, plan, lambda drawn_times: [formula(*(drawn_times @ part for part in sums))]
    )
    found, _, why = interval(drawn[0], clusters, plan)
    if found is None:
        return None, None, why
    return found.low, found.high, f"{found.resamples} resamples of interviews"


def _suggests(unit: DrawnUnit, judged: _Judged) -> bool:
    return bool(judged.suggested[judged.units.index(unit)])


def _one_stratum(
    judged: _Judged, stratum: str, sample: Sample, confidence: float
) -> tuple[float | None, float | None, str]:
    number = int(judged.suggested.sum())
    right = int((judged.suggested * judged.yes).sum())
    whole = next(one.units for one in sample.strata if one.name == stratum)
    if sum(unit.stratum == stratum for unit in judged.units) == whole:
        return None, None, _WHOLE
    low, high = wilson(right, number, confidence)
    return low, high, "Wilson"


def wilson(part: int, whole: int, confidence: float = 0.95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927); `whole` is at least 1."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = part / whole
    middle = (share + z**2 / (2 * whole)) / (1 + z**2 / whole)
    half = z / (1 + z**2 / whole) * np.sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def rule_table(sample: Sample, answers: Mapping[str, Answers], codes: Sequence[str]) -> ResultTable:
    """How often each rule was right and wrong on judged units, unweighted; the worst first."""
    counts: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for coder, filled in answers.items():
        for unit in sample.units:
            for code, rule_code, rule in unit.rules:
                if code in codes and unit.row in filled and code in filled[unit.row].answers:
                    answer = filled[unit.row].answers[code]
                    counts[coder, code, rule_code, rule][0 if answer else 1] += 1
    rows: list[dict[str, Any]] = [
        {
            "sample": sample.name,
            "coder": coder,
            "code": code,
            "rule_code": rule_code,
            "rule": rule,
            "judged": right + wrong,
            "right": right,
            "wrong": wrong,
        }
        for (coder, code, rule_code, rule), (right, wrong) in counts.items()
    ]
    rows.sort(key=lambda row: (-row["wrong"], row["right"], row["code"], row["rule"]))
    return table_of("rule-accuracy", rows, RULE_COLUMNS, sample.unit, NOTES[1:])


def missed_table(
    sample: Sample,
    answers: Mapping[str, Answers],
    codes: Sequence[str],
    words: Words,
) -> ResultTable:
    """Units on which a coder sees a code that no rule suggests, or one that is missing.

    Args:
        sample: as drawn.
        answers: coder -> filled rows by row ID.
        codes: which to look at; those without rules have none that could miss.
        words: whose words, and notes on them, may be shown.
    """
    rows: list[dict[str, Any]] = []
    for coder, filled in answers.items():
        for unit in sample.units:
            row = filled.get(unit.row)
            if row is None:
                continue
            found = [code for code in codes if row.answers.get(code) and code not in unit.suggested]
            for code in found or [""] * bool(row.missing_code):
                rows.append(
                    {
                        "sample": sample.name,
                        "row": unit.row,
                        "coder": coder,
                        "code": code or None,
                        "transcript": unit.passage.transcript,
                        "turn": unit.turn,
                        "text": words.of(unit.passage),
                        "missing_code": words.note(row.missing_code, unit.passage) or None,
                        "note": words.note(row.note, unit.passage) or None,
                    }
                )
    quoted = {"text", "note", "missing_code"}
    return table_of("missed", rows, MISSED_COLUMNS, sample.unit, (), quoted)
