"""A printed table beside the one reproduced, for reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.markdown import grids_markdown
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_banner, draw_grid, draw_notes

_ABREAST = 7  # groups that stand side by side
_WAYS = 8  # ways of counting shown beside the declared one


def draw_reproduction(tables: Mapping[str, ResultTable], banner: str, out: IO[str]) -> None:
    """All sections: cells, ways of counting, names, and quotes behind what differs."""
    screen = console(out)
    draw_banner(banner, screen)
    for grid in _grids(tables):
        draw_grid(grid, screen, vertical="top")
        screen.print()
        draw_notes(grid.notes, screen)
    draw_notes(tables["cells"].notes, screen)


def reproduction_markdown(tables: Mapping[str, ResultTable]) -> str:
    """The same as Markdown."""
    return grids_markdown(_grids(tables), tables["cells"].notes)


def _grids(tables: Mapping[str, ResultTable]) -> list[Grid]:
    cells = tables["cells"].records()
    grids = [_wide(part, cells) for part in _parts(cells)]
    if cells:
        grids.append(_ways(tables["measures"]))
    if names := _names(tables["names"]):
        grids.append(names)
    if behind := tables["behind"].records():
        rows = tuple(
            (one["code"], one["group"] or "all", _quoted(one), one["citation"]) for one in behind
        )
        heads = ("Code", "Group", "Words", "Where")
        grids.append(Grid("Behind the cells that differ", heads, rows, labels=4))
    return grids


def _quoted(record: Mapping[str, Any]) -> str:
    return ("negated: " if record["negated"] else "") + one_line(record["text"])


def _parts(cells: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The groups as printed, few enough side by side."""
    groups = list(dict.fromkeys(_column(one) for one in cells))
    return [groups[start : start + _ABREAST] for start in range(0, len(groups), _ABREAST)]


def _column(cell: Mapping[str, Any]) -> str:
    return str(cell["printed_group"])


def _wide(groups: Sequence[str], cells: Sequence[Mapping[str, Any]]) -> Grid:
    """Codes by groups; where they differ, what is printed and what was reproduced."""
    by_place: dict[tuple[str, str], list[str]] = {}
    for one in cells:
        place = str(one["printed_code"]), _column(one)
        by_place.setdefault(place, []).append(_cell(one))
    codes = list(dict.fromkeys(one["printed_code"] for one in cells))
    shown = {place: _together(told) for place, told in by_place.items()}
    rows = tuple((code, *(shown.get((code, group), "") for group in groups)) for code in codes)
    agreeing = sum(bool(one["agrees"]) for one in cells)
    title = f"Printed and reproduced: {agreeing} of {len(cells)} cells compared agree"
    note = "≠: printed, then reproduced." if agreeing < len(cells) else ""
    return Grid(title, ("As printed", *groups), rows, notes=(note,) if note else ())


def _together(told: Sequence[str]) -> str:
    """The numbers of one cell; one that agrees stands in the cell's text already."""
    first, *others = dict.fromkeys(told)
    return " · ".join([first, *(one for one in others if one not in first)])


def _cell(cell: Mapping[str, Any]) -> str:
    if cell["agrees"]:
        return str(cell["printed"])
    bases = cell["printed_base"] not in (None, cell["base"])
    again = "–" if cell["reproduced"] is None else _as_printed(cell)
    return f"{cell['printed']} ≠ {again}" + (f"/{cell['base']}" if bases else "")


def _as_printed(cell: Mapping[str, Any]) -> str:
    """The number reproduced with as many digits as are printed, and a percent sign if it has one.

    Two of one cell are told apart by it: `3 (15%) ≠ 2 · 3 (15%) ≠ 10%`.
    """
    share = any(word in cell["measure"] for word in ("percent", "share"))
    sign = "%" if share and "%" in cell["printed"] else ""
    return f"{cell['reproduced']:,.{cell['printed_digits']}f}{sign}"


def _ways(table: ResultTable) -> Grid:
    """The declared way of counting, and those under which most cells agree."""
    declared, *others = table.records()
    alike = declared["measure"].partition(" ")[2]  # on the same scale first
    likely = sorted(
        others, key=lambda one: (-one["agree"], one["measure"].partition(" ")[2] != alike)
    )[:_WAYS]
    rows = tuple(_way(one) for one in [declared, *(one for one in likely if one["agree"])])
    heads = ("Counted as", "Cells that agree", "Mean difference")
    return Grid("Other ways of counting", heads, rows, notes=table.notes)


def _way(record: Mapping[str, Any]) -> tuple[str, str, str]:
    kind = "declared" if record["declared"] else "exploratory"
    mean = record["mean_difference"]
    return (
        f"{record['measure']} ({kind})",
        f"{record['agree']} of {record['cells']}",
        "–" if mean is None else f"{mean:.4g}",
    )


def _names(table: ResultTable) -> Grid | None:
    """Names that are not the same as those they mean."""
    rows = tuple(
        (one["printed"], one["meaning"] or "not known", one["how"], one["proposed"])
        for one in table.records()
        if one["how"] != "same"
    )
    heads = ("Printed", "Means", "By", "Alike")
    return Grid("Names", heads, rows, labels=4) if rows else None
