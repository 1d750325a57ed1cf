"""One figure of agreement: its value or why there is none, how sure it is, on how much."""

from __future__ import annotations

from enum import StrEnum

from thematic.model.nouns import dataclass

MIN_CLUSTERS = 10  # fewer interviews have too few different resamples for an interval


class Coefficient(StrEnum):
    """The figures of agreement on units."""

    PERCENT = "percent"
    COHEN = "cohen_kappa"
    FLEISS = "fleiss_kappa"
    CONGER = "conger_kappa"
    BRENNAN_PREDIGER = "brennan_prediger"
    GWET = "gwet_ac"
    ALPHA = "krippendorff_alpha"
    POSITIVE = "positive_agreement"
    NEGATIVE = "negative_agreement"
    PREVALENCE = "prevalence_index"
    BIAS = "bias_index"


# Figures that compare what was observed with what chance would give.
CHANCE_CORRECTED = (
    Coefficient.COHEN,
    Coefficient.FLEISS,
    Coefficient.CONGER,
    Coefficient.BRENNAN_PREDIGER,
    Coefficient.GWET,
    Coefficient.ALPHA,
)

SOURCES = {
    Coefficient.PERCENT: "Gwet 2014: mean over units of the share of agreeing pairs of coders",
    Coefficient.COHEN: "Cohen 1960; weighted: Cohen 1968",
    Coefficient.FLEISS: "Scott 1955, Fleiss 1971; missing ratings: Gwet 2014",
    Coefficient.CONGER: "Conger 1980; missing ratings: Gwet 2014",
    Coefficient.BRENNAN_PREDIGER: "Brennan & Prediger 1981",
    Coefficient.GWET: "Gwet 2008; weighted: Gwet 2014",
    Coefficient.ALPHA: "Krippendorff 2011, 2019",
    Coefficient.POSITIVE: "Cicchetti & Feinstein 1990; = Dice, F1",
    Coefficient.NEGATIVE: "Cicchetti & Feinstein 1990",
    Coefficient.PREVALENCE: "Byrt, Bishop & Carlin 1993",
    Coefficient.BIAS: "Byrt, Bishop & Carlin 1993",
}


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are made: percentile bootstrap (Efron 1979) of whole interviews.

    Units are drawn only where no interviews are named. `resamples` = 0 makes none.
    """

    resamples: int = 2000
    confidence: float = 0.95
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile bootstrap interval and how it was made."""

    low: float
    high: float
    confidence: float
    drawn: str  # what was drawn with replacement: interview or unit
    clusters: int  # how many of them there are
    resamples: int
    defined: int  # resamples in which the coefficient is defined
    seed: int
    stratified: bool = False  # those with the code and those without were drawn apart


@dataclass(frozen=True, slots=True)
class Estimate:
    """One coefficient. `value` is None where it is undefined, and `reason` says why.

    `observed` and `expected` are agreements between 0 and 1; for alpha they are the
    disagreements D_o and D_e. `units` are those with at least two ratings, `pairable` their
    ratings. Of unitizing, `units` are coded segments and `pairable` is their compared length.
    """

    coefficient: str
    label: str
    value: float | None
    reason: str = ""
    observed: float | None = None
    expected: float | None = None
    weights: str = ""
    units: int = 0
    coders: int = 0
    pairable: float = 0
    standard_error: float | None = None
    standard_error_by: str = ""  # analytic, or resampling
    interval: Interval | None = None
    no_interval: str = ""  # why there is no interval
    source: str = ""


def few(clusters: int, drawn: str) -> str:
    """Why so few interviews or units give no interval; empty where they are enough."""
    if clusters >= MIN_CLUSTERS:
        return ""
    return f"too few {drawn}s for an interval: {clusters}, not {MIN_CLUSTERS}"
