"""Frequencies by transcript, person, speaker, role or attribute: groups down, codes across."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from thematic.analysis.evidence import UNITS, Asked
from thematic.analysis.result import ResultTable
from thematic.report.across import across_grids
from thematic.report.grid import Grid, count, judged_in, plural, units_said
from thematic.report.names import short_names

_OF_ONE = ("transcript", "speaker", "case")  # groups in which "n of N transcripts" tells nothing
_WHICH = {False: "suggested by rules", True: "suggested by rules | decided by people"}
_IN_BRACKETS = "In brackets: transcripts with the code, of all of the group with a counted word."
_Group = tuple[str, ...]  # the kind, then what groups are by
_Found = dict[_Group, dict[str, dict[str, Any]]]  # records by group and code


def group_grid(table: ResultTable, by: str) -> Grid:
    """One grid with all codes, and what stands behind its numbers.

    Args:
        table: from `frequencies(by=...)`.
        by: what the groups are.
    """
    groups, codes = _groups(table, by)
    labels, columns = _labels(groups, by), _columns(groups, codes, by)
    cells = (column for _, column in [*labels, *columns])
    return Grid(
        title=_title(table, by),
        heads=tuple(head for head, _ in [*labels, *columns]),
        rows=tuple(zip(*cells, strict=True)),
        labels=len(labels) - 1,
        asked=tuple(_asked(group, codes, by) for group in groups),
    )


def group_grids(table: ResultTable, by: str, width: int) -> list[Grid]:
    """The same as grids that fit a width in characters, codes under their short names."""
    groups, codes = _groups(table, by)
    labels, names = _labels(groups, by), short_names(codes)
    columns = [(names[code], cells) for code, cells in _columns(groups, codes, by)]
    title, texts = _title(table, by), len(labels) - 1
    notes = () if by in _OF_ONE else (_IN_BRACKETS,)
    return across_grids(title, labels, columns, width, texts=texts, notes=notes)


def _title(table: ResultTable, by: str) -> str:
    return f"{plural(table.unit)} by {by}, {_WHICH[judged_in(table.records())]}"


def _names(by: str) -> list[str]:
    return ["case", "speaker"] if by == "speaker" else [by]


def _groups(table: ResultTable, by: str) -> tuple[_Found, list[str]]:
    records = table.records()
    groups: _Found = {}
    for record in records:
        group = (record["kind"], *(str(record[name]) for name in _names(by)))
        groups.setdefault(group, {})[record["code"]] = record
    return groups, list(dict.fromkeys(record["code"] for record in records))


def _labels(groups: _Found, by: str) -> list[tuple[str, list[str]]]:
    heads = ("Kind", *(name.capitalize() for name in _names(by)))
    texts = [(head, [group[place] for group in groups]) for place, head in enumerate(heads)]
    words = [count(next(iter(found.values()))["words_N"]) for found in groups.values()]
    return [*texts, ("Words", words)]


def _columns(groups: _Found, codes: Sequence[str], by: str) -> list[tuple[str, list[str]]]:
    return [(code, [_cell(found.get(code), by) for found in groups.values()]) for code in codes]


def _asked(group: _Group, codes: Sequence[str], by: str) -> tuple[Asked | None, ...]:
    """What stands behind the cells of one row; labels and words ask nothing."""
    if by not in ("transcript", "case"):
        return ()
    transcript, case = (group[1], "") if by == "transcript" else ("", group[1])
    nothing = (None,) * (len(group) + 1)
    return (*nothing, *(Asked(code, UNITS, group[0], transcript, case) for code in codes))


def _cell(record: Mapping[str, Any] | None, by: str) -> str:
    if record is None:
        return "0"
    units = units_said(record)
    if record["decided_units"] is not None:
        units += f" | {count(record['decided_units'])}"
    if by in _OF_ONE:
        return units
    return f"{units} ({record['transcripts']}/{record['transcripts_N']})"
