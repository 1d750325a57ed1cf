"""Agreement on units that may carry several codes: code by code, and pooled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from thematic.analysis.agreement.building import stacked
from thematic.analysis.agreement.estimate import (
    CHANCE_CORRECTED,
    Coefficient,
    Estimate,
    Resampling,
)
from thematic.analysis.agreement.ratings import Ratings
from thematic.analysis.agreement.units import Agreement, agreement
from thematic.model.nouns import dataclass


@dataclass(frozen=True)
class AgreementByCode:
    """Figures of units that may carry several codes.

    The pooled figures differ by construction; each says which it is. `mean`: of the codes'
    values that are defined. `stacked`: one table of all yes/no decisions. `averaged`: from
    the codes' mean observed and mean expected agreement (de Vries et al. 2008).
    """

    codes: Mapping[str, Agreement]
    mean: tuple[Estimate, ...]
    stacked: Agreement
    averaged: tuple[Estimate, ...]


def agreement_by_code(
    tables: Mapping[str, Ratings], *, plan: Resampling | None = None
) -> AgreementByCode:
    """The coefficients of each code's yes/no table, and pooled in three ways.

    Args:
        tables: from `code_tables`; at least one.
        plan: how intervals are made; None = the default.
    """
    codes = {code: agreement(table, plan=plan) for code, table in tables.items()}
    return AgreementByCode(
        codes=codes,
        mean=tuple(_mean(codes, one) for one in Coefficient),
        stacked=agreement(stacked(tables), plan=plan),
        averaged=tuple(_averaged(codes, one) for one in CHANCE_CORRECTED),
    )


def _mean(codes: Mapping[str, Agreement], coefficient: Coefficient) -> Estimate:
    each = [found[coefficient] for found in codes.values()]
    values = [one.value for one in each if one.value is not None]
    return _pooled(
        each,
        f"{each[0].label}, mean of {len(values)} of {len(each)} codes",
        fmean(values) if values else None,
        reason="" if values else "undefined for every code",
    )


def _averaged(codes: Mapping[str, Agreement], coefficient: Coefficient) -> Estimate:
    each = [found[coefficient] for found in codes.values()]
    known = [(one.observed, one.expected) for one in each]
    sums = [(o, e) for o, e in known if o is not None and e is not None]
    label = f"{each[0].label}, from mean observed and expected of {len(sums)} codes"
    if not sums:
        return _pooled(each, label, None, reason="undefined for every code")
    observed, expected = (fmean(column) for column in zip(*sums, strict=True))
    # Alpha is made of disagreement, the others of agreement; without variation none is defined.
    is_alpha = coefficient is Coefficient.ALPHA
    if expected == (0 if is_alpha else 1):
        return _pooled(each, label, None, reason="every code is judged the same throughout")
    corrected = (observed - expected) / (1 - expected) if not is_alpha else 1 - observed / expected
    found = _pooled(each, label, corrected, reason="")
    return replace(found, observed=observed, expected=expected)


def _pooled(each: Sequence[Estimate], label: str, value: float | None, *, reason: str) -> Estimate:
    return replace(
        each[0],
        label=label,
        value=value,
        reason=reason,
        observed=None,
        expected=None,
        units=sum(one.units for one in each),
        coders=max(one.coders for one in each),
        pairable=sum(one.pairable for one in each),
        standard_error=None,
        standard_error_by="",
        interval=None,
        no_interval="pooled over codes; see the stacked table",
    )
