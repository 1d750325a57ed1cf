"""Krippendorff's alphas for unitizing: agreement on free stretches of text.

The family of Krippendorff, Mathet, Bouvry & Widlöcher 2016 (doi 10.1007/s11135-015-0266-1)
and Krippendorff 2019, section 12.6. Its sums are additive, so several texts are pooled by
adding them up; no unit crosses from one text to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from thematic.analysis.agreement.coincidences import Lengths, alphas, lengths_of
from thematic.analysis.agreement.estimate import Estimate, Resampling
from thematic.analysis.agreement.partitions import OverlappingCodes, partition
from thematic.analysis.agreement.resampling import (
    Clusters,
    distribution,
    interval,
    no_interval,
    rare,
)
from thematic.analysis.agreement.spans import Continuum
from thematic.analysis.agreement.weights import Floats
from thematic.model.nouns import dataclass

SOURCE = "Krippendorff, Mathet, Bouvry & Widlöcher 2016; Krippendorff 2019, 12.6"


@dataclass(frozen=True)
class CodeAgreement:
    """(k)u-alpha of one code: its coding where both marked something."""

    code: str
    estimate: Estimate
    coverage: float | None  # share of the code's length that meets another coder's unit


@dataclass(frozen=True)
class UnitizingAgreement:
    """The four coefficients of the family.

    `units`: u-alpha, where and with which code. `binary`: |u-alpha, where only. `coding`:
    cu-alpha, which code, where both marked. `codes`: the last, code by code.
    """

    units: Estimate
    binary: Estimate
    coding: Estimate
    codes: tuple[CodeAgreement, ...]
    texts: int  # compared: read by at least two coders
    texts_left_out: tuple[str, ...]  # read by fewer


def unitizing_agreement(
    continua: Sequence[Continuum],
    *,
    codes: Sequence[str] = (),
    plan: Resampling | None = None,
) -> UnitizingAgreement:
    """The family of u-alphas on one text or several.

    Args:
        continua: the texts; those that fewer than two coders read are left out and named.
        codes: the codes compared; empty = all that were given.
        plan: how intervals are made, by drawing texts; None = the default.

    Returns:
        The coefficients; undefined ones with the reason. Where one coder gave two codes to
        one place none is defined: use `unitizing_by_code`.
    """
    known = tuple(codes) or _codes(continua)
    read = [one for one in continua if len(one.coders) > 1]
    blank = _blank(read)
    try:
        texts = [partition(one, known) for one in read]
        reason = "" if texts else "no text was read by two coders"
    except OverlappingCodes as overlap:
        texts, reason = [], f"{overlap}: compute each code by itself"
    if reason:
        found = [replace(blank, reason=reason) for _ in range(3 + len(known))]
        coverage: list[float | None] = [None for _ in known]
    else:
        kept = lengths_of(texts, len(known) + 1)
        segments = sum(len(units.values) for text in texts for units in text.coders)
        found = _estimates(kept, replace(blank, units=segments), plan or Resampling())
        coverage = _coverage(kept.total().met[0])
    named = _named(found, known)
    return UnitizingAgreement(
        units=named[0],
        binary=named[1],
        coding=named[2],
        codes=tuple(map(CodeAgreement, known, named[3:], coverage)),
        texts=len(read),
        texts_left_out=tuple(one.id for one in continua if len(one.coders) < 2),
    )


def unitizing_by_code(
    continua: Sequence[Continuum],
    *,
    codes: Sequence[str] = (),
    plan: Resampling | None = None,
) -> dict[str, Estimate]:
    """u-alpha of each code by itself, against all else: codes may overlap one another.

    The same arguments as `unitizing_agreement`. Not (k)u-alpha, which looks at coding only
    where both marked something: this one looks at place and code of one code.
    """
    found = {}
    for code in codes or _codes(continua):
        texts = [one.only([code]) for one in continua]
        estimate = unitizing_agreement(texts, codes=[code], plan=plan).units
        found[code] = replace(estimate, label=f"uα of {code} against all else")
    return found


def _codes(continua: Sequence[Continuum]) -> tuple[str, ...]:
    return tuple(sorted({code for one in continua for code in one.codes}))


def _blank(read: Sequence[Continuum]) -> Estimate:
    coders = len({coder for one in read for coder in one.coders})
    return Estimate(coefficient="", label="", value=None, coders=coders, source=SOURCE)


def _named(found: Sequence[Estimate], codes: Sequence[str]) -> list[Estimate]:
    names = [("u_alpha", "uα"), ("u_alpha_binary", "|uα"), ("cu_alpha", "cuα")]
    names += [("k_u_alpha", f"(k)uα of {code}") for code in codes]
    return [
        replace(one, coefficient=name, label=label)
        for one, (name, label) in zip(found, names, strict=True)
    ]


def _coverage(met: Floats) -> list[float | None]:
    """Of each code, the share of its length that meets another coder's unit."""
    given, coded = met[:, 1:].sum(axis=0), met[1:, 1:].sum(axis=0)
    return [float(part / all_) if all_ else None for part, all_ in zip(coded, given, strict=True)]


def _estimates(kept: Lengths, blank: Estimate, plan: Resampling) -> list[Estimate]:
    """All coefficients of some texts, with their intervals."""
    total = kept.total()
    values = [float(one[0]) for one in alphas(total)]
    clusters = _clusters(kept)
    drawn: list[Floats | None] = [None for _ in values]
    if not no_interval(clusters, plan):
        drawn = distribution(clusters, plan, lambda times: list(alphas(kept.weighted(times))))
    found = []
    for place, (value, sample) in enumerate(zip(values, drawn, strict=True)):
        one = replace(blank, pairable=_pairable(total.met[0], place))
        if np.isnan(value):
            found.append(replace(one, reason=_undefined(total.met[0], place)))
            continue
        made, error, no = interval(sample, clusters, plan)
        one = replace(one, value=value, interval=made, no_interval=no, standard_error=error)
        found.append(replace(one, standard_error_by="" if error is None else "resampling"))
    return found


def _clusters(kept: Lengths) -> Clusters:
    """Texts are drawn; of one code alone, those with it and those without apart."""
    times = np.ones(len(kept.met))
    strata = None
    if kept.met.shape[1] == 2:
        strata = rare(kept.met[:, :, 1].sum(axis=1) > 0, times)
    return Clusters(times, len(times), "interview", strata, kept.met[0].size)


def _pairable(met: Floats, place: int) -> float:
    """The length compared: all of it, what two marked, or what meets the code."""
    if place < 2:
        return float(met.sum())
    return float(met[1:, 1:].sum() if place == 2 else met[1:, place - 2].sum())


def _undefined(met: Floats, place: int) -> str:
    """Why a coefficient of the family divides by nought."""
    if not met[:, 1:].sum():
        return "nobody marked anything"
    if place == 0:
        return "everybody marked everything with one code: there is no variation"
    if place == 1:
        return "everybody marked everything: there are no gaps"
    if not met[1:, 1:].sum():
        return "nowhere did two coders mark the same place"
    if place > 2 and not met[1:, place - 2].sum():
        return "the code meets no other coder's unit"
    return "only one code where two coders marked: nothing to tell apart"
