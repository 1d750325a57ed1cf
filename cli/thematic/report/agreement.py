"""Agreement of coders for reading: a grid of figures, and what they disagree on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_grid, draw_notes

_SHOWN = (
    ("percent", "Percent"),
    ("cohen_kappa", "Cohen κ"),
    ("fleiss_kappa", "Fleiss κ"),
    ("krippendorff_alpha", "Alpha"),
    ("gwet_ac", "AC1"),
    ("brennan_prediger", "PABAK"),
    ("positive_agreement", "Pos."),
    ("negative_agreement", "Neg."),
)
_CHIEF = "krippendorff_alpha"
_MOST = 160  # characters of a unit that are shown


def agreement_grid(table: ResultTable) -> Grid:
    """One row per code and interview, with alpha's interval; – where a figure is undefined."""
    groups: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = {}
    for record in table.records():
        part = record["transcript"] or record["pair"] or ""
        key = (part, record["code"], record["pooled"] or "")
        groups.setdefault(key, {})[record["coefficient"]] = {str(n): v for n, v in record.items()}
    by_transcript = any(record["transcript"] for record in table.records())
    in_parts = any(part for part, _, _ in groups)
    coders = max((one["coders"] for found in groups.values() for one in found.values()), default=0)
    left_out = "fleiss_kappa" if coders == 2 else "cohen_kappa"
    shown = [(name, head) for name, head in _SHOWN if name != left_out]
    rows = tuple(
        (
            f"{code}, {pooled}" if pooled else code,
            *([part] if in_parts else []),
            str(found[_CHIEF]["units"]),
            *(_figure(found, name) for name, _ in shown),
            *([] if by_transcript else [_interval(found[_CHIEF])]),
        )
        for (part, code, pooled), found in groups.items()
    )
    part_head = "Transcript" if by_transcript else "Coders"
    heads = ("Code", *([part_head] if in_parts else []), "n")
    heads += tuple(head for _, head in shown) + (() if by_transcript else ("Alpha, 95 %",))
    notes = () if by_transcript else _remarks(groups)
    labels = 2 if in_parts else 1
    whole = tuple(range(labels, len(heads)))
    return Grid("Agreement", heads, rows, labels=labels, notes=notes, whole=whole)


def _figure(found: dict[str, dict[str, Any]], name: str) -> str:
    value = found[name]["value"] if name in found else None
    if value is None:
        return "–"
    return f"{value:.0%}" if name == "percent" else f"{value:.2f}"


def _interval(record: dict[str, Any]) -> str:
    return "–" if record["low"] is None else f"{record['low']:.2f}, {record['high']:.2f}"


def _remarks(groups: dict[tuple[str, str, str], dict[str, dict[str, Any]]]) -> tuple[str, ...]:
    found = []
    for (part, code, pooled), records in groups.items():
        chief = records[_CHIEF]
        name = ", ".join(one for one in (code, pooled, part) if one)
        if chief["value"] is None:
            found.append(f"{name}: no alpha: {chief['reason']}.")
        elif chief["low"] is None:
            found.append(f"{name}: no interval of alpha: {chief['interval']}.")
    return tuple(found)


def disagreement_grid(table: ResultTable) -> Grid:
    """One row per unit and code, what each coder said side by side."""
    coders = [name for name in table.columns if name.startswith("says ")]
    rows = tuple(
        (
            str(record["code"]),
            *(str(record[name] or "–") for name in coders),
            f"{record['transcript']}, {_place(record)}",
            _short(" ".join(part for part in (record["text"], _note(record)) if part)),
        )
        for record in table.records()
    )
    heads = ("Code", *(name.removeprefix("says ") for name in coders), "Where", "Words")
    return Grid("Disagreements", heads, rows, labels=len(heads))


def _place(record: Any) -> str:
    if record["turn"] is not None:
        return f"turn {record['turn']}"
    return f"{record['start']}–{record['end']}"


def _note(record: Any) -> str:
    return f"({record['notes']})" if record["notes"] else ""


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"


def draw_agreement(grid: Grid, notes: tuple[str, ...], out: IO[str]) -> None:
    """One grid with its caveats."""
    draw_grids([grid] if grid.rows else [], notes, out)


def draw_grids(grids: Sequence[Grid], notes: tuple[str, ...], out: IO[str]) -> None:
    """Grids with their caveats, then those of all."""
    screen = console(out)
    for number, grid in enumerate(grids):
        if number:
            screen.print()
        draw_grid(grid, screen, vertical="top")
        draw_notes(grid.notes, screen)
    draw_notes([*notes, *([] if grids else ["Nothing to list."])], screen)
