"""Agreement on passages that coders chose freely: the unitizing family, code by code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import fmean
from typing import Any

from thematic.analysis.agreement.estimate import Estimate, Resampling
from thematic.analysis.agreement.spans import Continuum
from thematic.analysis.agreement.unitizing import unitizing_agreement, unitizing_by_code
from thematic.analysis.agreement.unitizing_2004 import earlier_unitizing
from thematic.analysis.agreement_tables import POOLED, figures_of
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.span_texts import Reading, SpanTexts
from thematic.model.nouns import dataclass

SPAN_COLUMNS = ["transcript", "pair", "code", "pooled", "coefficient", "label", "value", "low"]
SPAN_COLUMNS += ["high", "interval", "reason", "observed", "expected", "coverage", "segments"]
SPAN_COLUMNS += ["compared", "length", "measure", "continuum", "texts", "coders"]
SPAN_COLUMNS += ["standard_error", "standard_error_by", "source", "seed"]
_FAMILY = (
    "uα: where and with which code. |uα: where only, whatever the code. cuα: which code, where "
    "two marked. (k)uα: the same for one code. uα of a code: its place against all else; it is "
    "defined also where codes overlap.",
)
_READ = "A coder has read a transcript in which he or she marked something; others: --read."
_REFLEXIVE = "For reflexive thematic analysis no coefficient is expected: leave it out by design."


@dataclass(frozen=True)
class Asked:
    """Which figures are wanted.

    Args:
        plan: how intervals are made, by drawing transcripts.
        by_transcript: for each transcript instead of all together.
        by_pair: for every two coders instead of all.
        earlier: also alpha_U of 2004, which has a figure for each transcript only.
    """

    plan: Resampling
    by_transcript: bool = False
    by_pair: bool = False
    earlier: bool = False


@dataclass(frozen=True)
class _Set:
    """Texts that make one set of figures."""

    texts: Sequence[Continuum]
    transcript: str = ""
    pair: str = ""

    @property
    def read(self) -> list[Continuum]:
        """Those that at least two coders read."""
        return [one for one in self.texts if len(one.coders) > 1]


def span_table(texts: SpanTexts, reading: Reading, asked: Asked) -> ResultTable:
    """Every coefficient of the unitizing family, overall and per code, one row each.

    Args:
        texts: what coders marked.
        reading: how the texts were made.
        asked: which figures.

    Returns:
        Columns SPAN_COLUMNS; `value` is None where it is undefined, with the `reason`.
        Lengths are in `measure`, of what `continuum` says.
    """
    rows = [
        row | {"measure": reading.measure.value, "continuum": reading.part.value}
        for one in _sets(texts, asked)
        for row in _rows(one, asked)
    ]
    notes = (f"Continuum: {reading.said()}.", *_FAMILY, *_told(texts), _READ, _REFLEXIVE)
    return table_of("span-agreement", rows, SPAN_COLUMNS, reading.measure.value, notes)


def _told(texts: SpanTexts) -> list[str]:
    told = []
    if texts.alone:
        told.append(f"Read by one coder only, and left out: {', '.join(texts.alone)}.")
    if texts.outside:
        told.append(f"Codings that lie outside the continuum, and left out: {texts.outside}.")
    return told


def _sets(texts: SpanTexts, asked: Asked) -> Iterator[_Set]:
    if asked.by_pair:
        for pair in combinations(texts.coders, 2):
            yield _Set(texts.of(pair), pair=" and ".join(pair))
    elif asked.by_transcript:
        for one in texts.texts:
            if len(one.coders) > 1:
                yield _Set([one], transcript=one.id)
    else:
        yield _Set(texts.texts)


def _rows(one: _Set, asked: Asked) -> Iterator[dict[str, Any]]:
    plan = Resampling(resamples=0) if asked.by_transcript else asked.plan
    read = one.read
    base = {
        "transcript": one.transcript or None,
        "pair": one.pair or None,
        "texts": len(read),
        "length": sum(text.length for text in read),
    }
    for row in _family(one, plan):
        yield base | row
    if asked.earlier:
        for text in read:
            earlier = earlier_unitizing(text)
            base = base | {"transcript": text.id, "texts": 1, "length": text.length}
            yield base | _row(POOLED, earlier.overall, plan)
            for code, estimate in earlier.codes.items():
                yield base | _row(code, estimate, plan)


def _family(one: _Set, plan: Resampling) -> Iterator[dict[str, Any]]:
    found = unitizing_agreement(one.texts, plan=plan)
    by_code = unitizing_by_code(one.texts, plan=plan)
    coverage = {code.code: code for code in found.codes}
    for estimate in (found.units, found.binary, found.coding):
        yield _row(POOLED, estimate, plan)
    if by_code:
        yield _mean(by_code)
    for code, estimate in by_code.items():
        yield _row(code, estimate, plan)
        if code in coverage:
            own = _row(code, coverage[code].estimate, plan)
            yield own | {"coverage": coverage[code].coverage}


def _mean(by_code: dict[str, Estimate]) -> dict[str, Any]:
    """uα of each code against all else, averaged over the codes that have one."""
    values = [one.value for one in by_code.values() if one.value is not None]
    first = next(iter(by_code.values()))
    return {
        "code": POOLED,
        "pooled": "mean",
        "coefficient": "u_alpha",
        "label": f"uα of a code against all else, mean of {len(values)} of {len(by_code)} codes",
        "value": fmean(values) if values else None,
        "reason": None if values else "undefined for every code",
        "interval": "pooled over codes" if values else None,
        "segments": sum(one.units for one in by_code.values()),
        "coders": first.coders,
        "source": first.source,
    }


def _row(code: str, one: Estimate, plan: Resampling) -> dict[str, Any]:
    row = figures_of(one, plan)
    segments = row.pop("units")
    return row | {"code": code, "segments": segments, "compared": _plain(one.pairable)}


def _plain(length: float) -> float | int:
    return int(length) if float(length).is_integer() else length
