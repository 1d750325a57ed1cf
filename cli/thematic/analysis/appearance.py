"""First appearance of codes: how many are new in each interview, in a stated order.

Base size, run length and new information threshold follow Guest, Namey and Chen 2020 (doi
10.1371/journal.pone.0232076), who made them for codes found in the talk; a codebook that was
there before the interviews can only appear, so nothing here is called saturation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.coded_units import basis_note, coded_units, countable, uncountable_note
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.errors import UsageError, did_you_mean
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.comparing import Runs
from thematic.model.judged import Basis
from thematic.model.period import date_parts
from thematic.model.study import Study

COLUMNS = (
    *("position", "transcript", "kind", "order", "order_value", "new", "which", "codes"),
    *("codes_N", "transcripts_N", "base_codes", "run_new", "run_ratio", "reached"),
    *("random_low", "random_median", "random_high", "random_ratio_median"),
    *("base", "run", "threshold", "orders", "seed"),
    *SETTINGS,
)
BY_ID, GIVEN = "id", "given"
_TAIL = 0.05  # of random orders, below and above what is shown


def appearance(
    codings: Codings,
    study: Study | None = None,
    *,
    order: str = BY_ID,
    given: Sequence[str] = (),
    kind: str = "",
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    runs: Runs | None = None,
) -> ResultTable:
    """When each code first appears, transcript by transcript.

    At position n, the base is what the first `base` transcripts hold; the run are the `run`
    transcripts after n; the ratio is the codes new in the run by those of the base. `reached`
    is written n+run at the first n, from the base on, whose ratio is at most the threshold.

    Args:
        codings: from `code_transcripts`.
        study: its status.
        order: id, given, or an attribute: dates by time where all values are clear dates,
            as `date_parts` reads them; else numbers by size, then texts by letters.
        given: with `given`, IDs in their order.
        kind: only transcripts of this kind; "" = the first kind.
        codes: paths; empty = every code that has none below it.
        basis: whose codings count.
        runs: base, run, threshold, random orders, seed; None = 4, 2, 5 %, 1,000, 1.

    Returns:
        One row per transcript in the order, columns COLUMNS.

    Raises:
        UsageError: no such attribute or ID, or a transcript without a place in the order.
    """
    study, runs = study or Study(), runs or Runs()
    kind = kind or kinds_in_order([one.transcript.kind for one in codings.transcripts])[0]
    places = _ordered(codings, kind, order, given)
    asked = list(codes) or [code.path for code in codings.codebook.codes() if not code.codes]
    paths = countable(codings, basis, asked)
    held = _held(codings, basis, paths)
    sets = [held.get(id, frozenset()) for id, _ in places]
    cumulative, ratios = _course(sets, runs)
    settings = settings_of(codings, study, Unit.TRANSCRIPT, basis) | {
        "kind": kind,
        "order": order,
        "codes_N": len(paths),
        "transcripts_N": len(places),
        "base_codes": cumulative[runs.base - 1] if len(sets) >= runs.base else None,
        "base": runs.base,
        "run": runs.run,
        "threshold": runs.threshold,
        "orders": runs.orders,
        "seed": runs.seed,
    }
    spread = _spread(sets, runs)
    reached = first_reached(ratios, runs)
    rows = []
    seen: set[str] = set()
    for place, ((id, value), found) in enumerate(zip(places, sets, strict=True)):
        new = [path for path in paths if path in found and path not in seen]
        seen |= found
        rows.append(
            {
                "position": place + 1,
                "transcript": id,
                "order_value": value,
                "new": len(new),
                "which": "; ".join(new),
                "codes": len(seen),
                **_run(place, cumulative, ratios, runs),
                "reached": f"{place + 1}+{runs.run}" if place + 1 == reached else "",
            }
            | spread[place]
            | settings
        )
    notes = (
        *_notes(rows, reached, kind, order, runs),
        *uncountable_note(asked, paths),
        basis_note(codings, basis),
    )
    return table_of("appearance", rows, COLUMNS, Unit.TRANSCRIPT.value, notes)


def _ordered(
    codings: Codings, kind: str, order: str, given: Sequence[str]
) -> list[tuple[str, str]]:
    """IDs of transcripts with a counted word, each with what gives its place."""
    spoken = [s.transcript for s in codings.transcripts if s.words and s.transcript.kind == kind]
    ids = [one.id for one in spoken]
    if order == BY_ID:
        return [(id, id) for id in sorted(ids)]
    if order == GIVEN:
        for id in given:
            if id not in ids:
                hint = did_you_mean(id, ids) or f"there are: {', '.join(ids[:12])}"
                raise UsageError(f"no {kind} has the ID {id!r}", hint)
        if missing := sorted(set(ids) - set(given)):
            raise UsageError(f"the order leaves out {', '.join(missing[:8])}", "name every one")
        return [(id, str(place)) for place, id in enumerate(dict.fromkeys(given), start=1)]
    known = sorted({name for one in spoken for name in one.attributes})
    if order not in known:
        hint = did_you_mean(order, known) or f"there are: {', '.join([BY_ID, *known])}"
        raise UsageError(f"no {kind} has an attribute {order!r}", hint)
    without = [one.id for one in spoken if not one.attributes.get(order)]
    if without:
        raise UsageError(f"no {order} is known of {', '.join(without[:8])}", "fill it in")
    values = {one.id: one.attributes[order] for one in spoken}
    dated = all(date_parts(value) for value in values.values())
    return [
        (id, values[id]) for id in sorted(ids, key=lambda id: (_key(values[id], dated=dated), id))
    ]


def _key(value: str, *, dated: bool) -> tuple[int, float, tuple[int, ...], str]:
    """Dates by time where all are; else numbers by size before texts by letters."""
    if dated:
        return (0, 0, date_parts(value), "")
    try:
        return (0, float(value), (), "")
    except ValueError:
        return (1, 0, (), value)


def _held(codings: Codings, basis: Basis, paths: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """By transcript, the codes that it holds."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in coded_units(codings, Unit.SENTENCE, basis):
        found[one.source.transcript.id] |= one.codes & set(paths)
    return {id: frozenset(codes) for id, codes in found.items()}


def _course(sets: Sequence[frozenset[str]], runs: Runs) -> tuple[list[int], list[float | None]]:
    """Codes so far after each transcript, and the ratio of the run that follows it."""
    seen: set[str] = set()
    cumulative = []
    for found in sets:
        seen |= found
        cumulative.append(len(seen))
    return cumulative, run_ratios(cumulative, runs)


def run_ratios(cumulative: Sequence[int], runs: Runs) -> list[float | None]:
    """For each position, new codes of the run after it by codes of the base; None without both.

    Args:
        cumulative: different codes so far, after each transcript.
        runs: base and run.
    """
    last = len(cumulative) - runs.run
    base = cumulative[runs.base - 1] if len(cumulative) >= runs.base else 0
    return [
        (cumulative[place + runs.run] - cumulative[place]) / base
        if runs.base - 1 <= place < last and base
        else None
        for place in range(len(cumulative))
    ]


def first_reached(ratios: Sequence[float | None], runs: Runs) -> int | None:
    """The first position (from 1) after which a run brings at most the threshold of new codes."""
    each = enumerate(ratios, start=1)
    return next((n for n, r in each if r is not None and r <= runs.threshold), None)


def _run(
    place: int, cumulative: Sequence[int], ratios: Sequence[float | None], runs: Runs
) -> dict[str, Any]:
    ratio = ratios[place]
    new = None if ratio is None else cumulative[place + runs.run] - cumulative[place]
    return {"run_new": new, "run_ratio": ratio}


def _spread(sets: Sequence[frozenset[str]], runs: Runs) -> list[dict[str, Any]]:
    """Codes so far over random orders: median and the middle 90 %; the run's median ratio."""
    import numpy as np

    if not sets or not runs.orders:
        return [{} for _ in sets]
    generator = np.random.default_rng(runs.seed)
    paths = sorted(frozenset().union(*sets))
    held = np.array([[path in found for path in paths] for found in sets], dtype=bool)
    courses = np.empty((runs.orders, len(sets)), dtype=int)
    for number in range(runs.orders):
        drawn = held[generator.permutation(len(sets))]
        courses[number] = np.logical_or.accumulate(drawn, axis=0).sum(axis=1)
    low, middle, high = np.quantile(courses, [_TAIL, 0.5, 1 - _TAIL], axis=0)
    ratios = [run_ratios(course.tolist(), runs) for course in courses]
    rows = []
    for place in range(len(sets)):
        known = [one[place] for one in ratios if one[place] is not None]
        rows.append(
            {
                "random_low": float(low[place]),
                "random_median": float(middle[place]),
                "random_high": float(high[place]),
                "random_ratio_median": float(np.median(np.array(known))) if known else None,
            }
        )
    return rows


def _notes(
    rows: Sequence[Mapping[str, Any]], reached: int | None, kind: str, order: str, runs: Runs
) -> Iterator[str]:
    by = {BY_ID: "transcript ID", GIVEN: "the order given"}.get(order) or _by(order, rows)
    yield (
        f"First appearance of codes in {len(rows)} transcripts of kind {kind}, ordered by {by}. "
        f"Base: the first {runs.base}; run: the {runs.run} that follow; new in the run by codes "
        "of the base (Guest, Namey and Chen 2020)."
    )
    where = f"first at {reached}+{runs.run}" if reached else "nowhere"
    yield f"At most {runs.threshold:.0%} new: {where}, in this order; another order gives another."
    yield (
        "A codebook that was there before can only appear: this tells nothing of ideas that it "
        "has no code for, and is no saturation. Reflexive thematic analysis does not ask for it."
    )
    if runs.orders:
        yield (
            f"Random: median and middle 90 % of {runs.orders:,} random orders, seed {runs.seed}."
        )


def _by(order: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """What an attribute was taken for."""
    values = [str(row["order_value"]) for row in rows]
    unclear = [value for value in values if not date_parts(value)]
    if not unclear:
        return f"the attribute {order}, as dates"
    if len(unclear) < len(values):
        return f"the attribute {order}, by its letters, for {unclear[0]!r} is no clear date"
    return f"the attribute {order}"
