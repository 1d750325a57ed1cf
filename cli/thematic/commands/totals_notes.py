"""What `thematic reproduce` says of rows and columns of totals: how they were read, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from shlex import quote
from typing import TYPE_CHECKING

from thematic.analysis.reproduction.names import IN_ALL, Sameness

if TYPE_CHECKING:
    from thematic.analysis.reproduction.comparison import Comparison
    from thematic.analysis.reproduction.understanding import Understood
    from thematic.model.tally import PrintedCell

_SAID = {
    Sameness.SUM: ("sum", "the sum of the codes printed"),
    Sameness.ANY: ("any", "those with any of the codes printed, each once"),
    Sameness.BASE: ("base", "all there are, with a code or without"),
}


def notes_on_totals(found: Understood) -> Iterator[str]:
    """How each column and row of totals was read; of rows that differ, what else they may be."""
    compared = found.comparison
    whole = list(dict.fromkeys(cell.group for cell in compared.cells if cell.is_whole))
    if whole and any(not cell.is_whole for cell in compared.cells):
        names = ", ".join(repr(name) for name in whole)
        yield f"The total over groups ({names}) was read as {_whole(found, whole[0])}."
    rows: dict[str, list[PrintedCell]] = {}
    for cell in compared.cells:
        if compared.codes[cell.code].how in IN_ALL:
            rows.setdefault(cell.code, []).append(cell)
    for name, cells in rows.items():
        yield _row(name, cells, compared)


def _whole(found: Understood, name: str) -> str:
    together = found.comparison.table.together
    if together is None:
        return "all that was read, each transcript, person and passage once"
    given = quote(f"{name}=all")
    return (
        f"the {len(together)} groups printed together; others were read and are not printed. "
        f"Of all that was read (--name {given}), {found.fitting_all} of its cells would agree"
    )


def _row(name: str, cells: Sequence[PrintedCell], compared: Comparison) -> str:
    way = compared.declared
    read = compared.how(cells[0], cells[0].under(way))
    fitting = {how: _agreeing(cells, compared, how) for how in _SAID}
    said = f"The total of codes ({name!r}) was read as {_SAID[read][1]}"
    others = [
        f"as {_SAID[how][1]} {number} (--name {quote(f'{name}={_SAID[how][0]}')})"
        for how, number in fitting.items()
        if how is not read and number > fitting[read]
    ]
    if not others:
        return f"{said}."
    return (
        f"{said}: {fitting[read]} of {len(cells)} cells agree; {'; '.join(others)}. "
        "What fits better is exploratory."
    )


def _agreeing(cells: Sequence[PrintedCell], compared: Comparison, how: Sameness) -> int:
    values = [(cell.printed, compared.value(cell, compared.declared, how)) for cell in cells]
    return sum(value is not None and printed.agrees(value) for printed, value in values)
