"""Agreement on passages that coders chose, for reading: the unitizing family, and others'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid

_FAMILY = (
    ("u_alpha", "uα"),
    ("u_alpha_binary", "|uα"),
    ("cu_alpha", "cuα"),
    ("k_u_alpha", "(k)uα"),
)
_EARLIER = "alpha_u_2004"
_Key = tuple[str, str, str]  # code, part, pooling
_Record = Mapping[Any, Any]


def span_grids(table: ResultTable) -> list[Grid]:
    """One row per code, and a second grid of the alpha of 2004 where it was asked for."""
    records = table.records()
    family = [one for one in records if one["coefficient"] != _EARLIER]
    earlier = [one for one in records if one["coefficient"] == _EARLIER]
    grids = [_family(family, table.unit)] if family else []
    return grids + ([_earlier(earlier, table.unit)] if earlier else [])


def _family(records: list[dict[Any, Any]], measure: str) -> Grid:
    groups: dict[_Key, dict[str, _Record]] = {}
    for one in records:
        key = (one["code"], one["transcript"] or one["pair"] or "", one["pooled"] or "")
        groups.setdefault(key, {})[one["coefficient"]] = one
    by_transcript = any(one["transcript"] for one in records)
    in_parts = by_transcript or any(one["pair"] for one in records)
    rows = []
    for (code, part, pooled), found in groups.items():
        first = next(iter(found.values()))
        rows.append(
            (
                f"{code}, {pooled}" if pooled else code,
                *([part] if in_parts else []),
                str(first["segments"]),
                str(first["length"]),
                *(_figure(found.get(name)) for name, _ in _FAMILY),
                *([] if by_transcript else [_interval(found.get("u_alpha"))]),
            )
        )
    heads = ["Code", *([("Transcript" if by_transcript else "Coders")] if in_parts else [])]
    heads += ["Segments", measure.capitalize(), *(head for _, head in _FAMILY)]
    heads += [] if by_transcript else ["uα, 95 %"]
    return Grid(
        "Agreement on passages",
        tuple(heads),
        tuple(rows),
        labels=2 if in_parts else 1,
        notes=_remarks(groups, intervals=not by_transcript),
        whole=tuple(range(2 if in_parts else 1, len(heads))),
    )


def _earlier(records: list[dict[Any, Any]], measure: str) -> Grid:
    rows = tuple(
        (one["code"], one["transcript"], str(one["segments"]), str(one["length"]), _figure(one))
        for one in records
    )
    heads = ("Code", "Transcript", "Segments", measure.capitalize(), "αU")
    notes = tuple(
        dict.fromkeys(f"{one['code']}: no αU: {one['reason']}." for one in records if one["reason"])
    )
    return Grid("The earlier αU (2004)", heads, rows, labels=2, notes=notes)


def _figure(record: _Record | None) -> str:
    return "–" if record is None or record["value"] is None else f"{record['value']:.2f}"


def _interval(record: _Record | None) -> str:
    if record is None or record["low"] is None:
        return "–"
    return f"{record['low']:.2f}, {record['high']:.2f}"


def _remarks(groups: Mapping[_Key, Mapping[str, _Record]], *, intervals: bool) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for (code, part, _), records in groups.items():
        where = f"{code}, {part}" if part else code
        for name, head in _FAMILY:
            one = records.get(name)
            if one is not None and one["value"] is None:
                found[f"{where}: no {head}: {one['reason']}."] = None
    if intervals:
        every = (one for records in groups.values() for one in records.values())
        why = {
            one["interval"]
            for one in every
            if one["value"] is not None and one["low"] is None and not one["pooled"]
        }
        found |= dict.fromkeys(f"No interval: {one}." for one in sorted(map(str, why)))
    return tuple(found)


def nvivo_grid(table: ResultTable) -> Grid:
    """One row per code and transcript, and the mean of each code."""
    rows = tuple(
        (
            one["code"],
            one["pair"],
            one["transcript"] or one["pooled"],
            str(one["length"]),
            str(one["both"]),
            str(one["first_only"]),
            str(one["second_only"]),
            _percent(one["agreement"]),
            f"{one['kappa_shown']:.2f}" + ("*" if one["kappa"] is None else ""),
        )
        for one in table.records()
    )
    heads = ("Code", "Coders", "Transcript", "Characters", "Both", "1st only", "2nd only")
    starred = ("* kappa is undefined (0/0); NVivo shows 1.",)
    notes = starred if any(row[-1].endswith("*") for row in rows) else ()
    return Grid(
        "Agreement as NVivo shows it", (*heads, "Agreement", "Kappa"), rows, labels=3, notes=notes
    )


def maxqda_grid(table: ResultTable) -> Grid:
    """One row per code, and all together with kappa."""
    records = table.records()
    by_transcript = any(one["transcript"] for one in records)
    rows = tuple(
        (
            one["code"],
            one["pair"],
            *([one["transcript"] or ""] if by_transcript else []),
            str(one["segments"]),
            str(one["agreeing"]),
            str(one["first_only"]),
            str(one["second_only"]),
            _percent(one["agreement"]),
            "–" if one["kappa"] is None else f"{one['kappa']:.2f}",
        )
        for one in records
    )
    heads = ("Code", "Coders", *(["Transcript"] if by_transcript else []), "Segments")
    heads += ("Agreeing", "1st only", "2nd only", "Agreement", "Kappa")
    overlaps = {one["overlap"] for one in records}
    notes = [f"A segment agrees where {one:.0%} of the longer one is shared." for one in overlaps]
    notes += [f"{one['code']}: no kappa: {one['reason']}." for one in records if one["reason"]]
    labels = 3 if by_transcript else 2
    return Grid(
        "Agreement as MAXQDA shows it",
        heads,
        rows,
        labels=labels,
        notes=tuple(dict.fromkeys(notes)),
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
