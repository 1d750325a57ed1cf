"""How far coders agree, by code and pooled, what they disagree on, and a paragraph on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from thematic.analysis.agreement.building import ratings_from_records, stacked
from thematic.analysis.agreement.estimate import Coefficient, Estimate, Resampling
from thematic.analysis.agreement.pooling import agreement_by_code
from thematic.analysis.agreement.ratings import Rating, Ratings
from thematic.analysis.agreement.units import agreement_by_interview
from thematic.analysis.result import ResultTable
from thematic.model.people import Passage

AGREEMENT_COLUMNS = ["transcript", "code", "pooled", "coefficient", "label", "value"]
AGREEMENT_COLUMNS += ["low", "high", "interval", "reason", "observed", "expected", "units"]
AGREEMENT_COLUMNS += ["coders", "yes", "standard_error", "standard_error_by", "source", "seed"]
DISAGREEMENT_COLUMNS = ["row", "transcript", "turn", "start", "end", "code"]
TO_FILL_IN = ["decision", "into", "coder", "note"]  # so that `thematic decide` takes it back
POOLED = "all codes"
_Found = dict[tuple[Any, Any, Any], Mapping[Any, Any]]  # by code, pooling and coefficient
NOTES = (
    "Agreement of coders who judged the same units. An empty value is undefined, and its "
    "reason is given. Bands such as 'substantial' are labels, no verdicts.",
    "Units drawn by `thematic sample` hold more of each code than the study does: figures that "
    "correct for chance are of these units.",
    "For reflexive thematic analysis no coefficient is expected: leave it out by design.",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One coder's yes or no to one code on one unit."""

    unit: str
    passage: Passage
    coder: str
    code: str
    yes: bool
    turn: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Judgements:
    """All that coders judged, by unit; each coder once per unit and code."""

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    by_place: Mapping[tuple[str, str], Mapping[str, Judged]]  # (unit, code) -> coder -> it
    units: Mapping[str, Judged] = field(default_factory=dict)  # any judgement of each unit


def judgements(found: Iterable[Judged]) -> Judgements:
    """Judgements in order: coders, codes and units as they first appear."""
    by_place: dict[tuple[str, str], dict[str, Judged]] = {}
    coders: dict[str, None] = {}
    codes: dict[str, None] = {}
    units: dict[str, Judged] = {}
    for one in found:
        by_place.setdefault((one.unit, one.code), {})[one.coder] = one
        coders[one.coder] = codes[one.code] = None
        units.setdefault(one.unit, one)
    return Judgements(tuple(coders), tuple(codes), by_place, units)


def yes_no_tables(judged: Judgements) -> dict[str, Ratings]:
    """Units by coders for each code; units are kept apart by interview."""
    return {
        code: ratings_from_records(
            (
                Rating(unit, coder, _answer(judged, unit, code, coder), one.passage.transcript)
                for unit, one in judged.units.items()
                if (unit, code) in judged.by_place
                for coder in judged.coders
            ),
            categories=(False, True),
        )
        for code in judged.codes
    }


def _answer(judged: Judgements, unit: str, code: str, coder: str) -> bool | None:
    found = judged.by_place[unit, code].get(coder)
    return None if found is None else found.yes


def agreement_table(
    tables: Mapping[str, Ratings], plan: Resampling, *, by_transcript: bool = False
) -> ResultTable:
    """Every coefficient of each code and pooled, one row each.

    Args:
        tables: code -> units by coders, from `yes_no_tables`; at least one.
        plan: how intervals by interview are made.
        by_transcript: one set of rows for each interview instead.

    Returns:
        Columns AGREEMENT_COLUMNS; `value` is None where it is undefined, with the `reason`.
    """
    rows = list(_by_transcript(tables) if by_transcript else _by_code(tables, plan))
    return ResultTable("agreement", _frame(rows, AGREEMENT_COLUMNS), "unit", NOTES)


def _by_code(tables: Mapping[str, Ratings], plan: Resampling) -> Iterator[dict[str, Any]]:
    found = agreement_by_code(tables, plan=plan)
    for code, one in found.codes.items():
        yield from _rows("", code, "", one.estimates, _yes(tables[code]), plan)
    if len(tables) > 1:
        yes = sum(_yes(table) for table in tables.values())
        yield from _rows("", POOLED, "stacked", found.stacked.estimates, yes, plan)
        yield from _rows("", POOLED, "mean", found.mean, yes, plan)
        yield from _rows("", POOLED, "averaged", found.averaged, yes, plan)


def _by_transcript(tables: Mapping[str, Ratings]) -> Iterator[dict[str, Any]]:
    plan = Resampling(resamples=0)
    pooled = {POOLED: stacked(tables)} if len(tables) > 1 else {}
    for code, table in [*tables.items(), *pooled.items()]:
        for name, one in agreement_by_interview(table).items():
            places = [n for n, group in enumerate(table.groups) if group == name]
            how = "stacked" if code == POOLED else ""
            yield from _rows(name, code, how, one.estimates, _yes(table.rows(places)), plan)


def _yes(table: Ratings) -> int:
    return int((table.matrix == 1).sum())


def _rows(
    transcript: str,
    code: str,
    pooled: str,
    estimates: Sequence[Estimate],
    yes: int,
    plan: Resampling,
) -> Iterator[dict[str, Any]]:
    for one in estimates:
        made = one.interval
        how = f"{made.resamples} resamples of {made.drawn}s" if made else one.no_interval
        yield {
            "transcript": transcript or None,
            "code": code,
            "pooled": pooled or None,
            "coefficient": one.coefficient,
            "label": one.label,
            "value": one.value,
            "low": made.low if made else None,
            "high": made.high if made else None,
            "interval": how or None,
            "reason": one.reason or None,
            "observed": one.observed,
            "expected": one.expected,
            "units": one.units,
            "coders": one.coders,
            "yes": yes,
            "standard_error": one.standard_error,
            "standard_error_by": one.standard_error_by or None,
            "source": one.source,
            "seed": plan.seed if made else None,
        }


def disagreements(judged: Judgements, words: Callable[[Passage], str]) -> ResultTable:
    """Every unit and code on which coders differ, with what each said, and room for an outcome.

    Args:
        judged: what the coders said.
        words: of a passage, where they may be quoted.

    Returns:
        Columns DISAGREEMENT_COLUMNS, one column per coder, notes, text, and TO_FILL_IN.
    """
    rows = []
    for (unit, code), answers in judged.by_place.items():
        if len({one.yes for one in answers.values()}) < 2:
            continue
        passage, turn = judged.units[unit].passage, judged.units[unit].turn
        notes = dict.fromkeys(f"{o.coder}: {o.note}" for o in answers.values() if o.note)
        rows.append(
            {
                "row": unit,
                "transcript": passage.transcript,
                "turn": turn,
                "start": passage.span.start,
                "end": passage.span.end,
                "code": code,
                "notes": "; ".join(notes) or None,
                "text": words(passage),
            }
            | {_column(name): "yes" if one.yes else "no" for name, one in answers.items()}
        )
    rows.sort(key=lambda row: (judged.codes.index(row["code"]), row["transcript"], row["start"]))
    coders = [_column(name) for name in judged.coders]
    columns = [*DISAGREEMENT_COLUMNS, *coders, "notes", "text", *TO_FILL_IN]
    quoted = frozenset({"text", "notes"})
    return ResultTable("disagreements", _frame(rows, columns), "unit", (), quoted)


def _column(coder: str) -> str:
    return f"says {coder}"


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
        (row["code"], row["pooled"], row["coefficient"]): row
        for row in table.frame.to_dict("records")
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


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    import pandas as pd

    cells = [tuple(row.get(column) for column in columns) for row in rows]
    return pd.DataFrame(cells, columns=list(columns), dtype=object)
