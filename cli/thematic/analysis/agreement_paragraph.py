"""A paragraph on agreement for the methods section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from thematic.analysis.agreement.estimate import Coefficient
from thematic.analysis.agreement_answers import Judgements
from thematic.analysis.result import ResultTable
from thematic.model.nouns import dataclass

_Found = dict[tuple[Any, Any, Any], Mapping[Any, Any]]  # by code, pooling and coefficient


@dataclass(frozen=True)
class Setting:
    """What a report on agreement has to say beside the figures.

    Args:
        unit: what was judged: sentence, paragraph or turn.
        frame: units from which those judged were drawn; 0 = not known.
        sampling: how they were drawn, as the end of a sentence; "" = not known.
        version: of thematic.
    """

    unit: str
    frame: int
    sampling: str
    version: str


_BLIND = (
    "Each coder answered yes or no for each code in a sheet of his or her own, in an own random "
    "order, without the rules' suggestions and [say whether independently of the others]."
)


def paragraph(table: ResultTable, judged: Judgements, setting: Setting) -> str:
    """A paragraph in the form that O'Connor & Joffe (2020) ask for; what only people know is
    left in brackets.
    """
    units = len(judged.units)
    share = f" ({units / setting.frame:.1%} of {setting.frame:,})" if setting.frame else ""
    drawn = f", drawn {setting.sampling}" if setting.sampling else " [say how they were drawn]"
    found: _Found = {
        (row["code"], row["pooled"], row["coefficient"]): row for row in table.records()
    }
    each = "; ".join(_said(code, found) for code in judged.codes)
    differ = sum(len({o.yes for o in one.values()}) > 1 for one in judged.by_place.values())
    compared = sum(len(one) > 1 for one in judged.by_place.values())
    kind = f"{setting.unit}s" if setting.unit else "units"
    how = _BLIND if setting.sampling else "[Say how they judged, and what they saw of the rules.]"
    return (
        f"{_number(len(judged.coders))} coders ({', '.join(judged.coders)}) judged {units:,} "
        f"{kind}{share}{drawn}. The {kind} were cut by thematic {setting.version} before anyone "
        "coded, so that the figures are on the coding and not on the cutting. "
        f"{how} Krippendorff's alpha is given because it takes missing answers "
        "and corrects for chance; Gwet's AC1 because alpha and kappa are low where a code is rare. "
        "Per code: "
        f"{each}. The coders differed in {differ} of {compared} decisions, which [say what was "
        "done: discussed until agreed, decided by a third person, left standing]. "
        f"{_intervals(list(found.values()))}"
    )


def _said(code: str, found: _Found) -> str:
    parts = [
        _figure(name, found[code, None, one.value])
        for name, one in (
            ("agreement", Coefficient.PERCENT),
            ("alpha", Coefficient.ALPHA),
            ("AC1", Coefficient.GWET),
        )
    ]
    return f"{code}: {', '.join(parts)}, n = {found[code, None, 'percent']['units']}"


def _figure(name: str, row: Mapping[Any, Any]) -> str:
    if row["value"] is None:
        return f"{name} undefined ({row['reason']})"
    value = f"{row['value']:.0%}" if name == "agreement" else f"{row['value']:.2f}"
    if row["low"] is None:
        return f"{name} {value}"
    low, high = row["low"], row["high"]
    if name == "agreement":
        return f"{name} {value} [{low:.0%}, {high:.0%}]"
    return f"{name} {value} [{low:.2f}, {high:.2f}]"


def _intervals(rows: Sequence[Mapping[Any, Any]]) -> str:
    """How intervals were made, and why some are missing."""
    defined = [row for row in rows if row["value"] is not None and row["pooled"] is None]
    why = dict.fromkeys(row["interval"] for row in defined if row["low"] is None)
    said = []
    if any(row["low"] is not None for row in defined):
        said.append("Intervals are 95 % percentile bootstraps of whole interviews.")
    if why:
        said.append(f"Where no interval is given: {'; '.join(why)}.")
    return " ".join(said)


def _number(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six")
    return words[number] if number < len(words) else str(number)
