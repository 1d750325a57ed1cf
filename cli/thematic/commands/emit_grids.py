"""Result tables that people read as grids: drawn to the width there is, and in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import IO, TYPE_CHECKING

from thematic.commands.emit import emit

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.options import Output
    from thematic.commands.reading import Inputs
    from thematic.report.grid import Grid

MARKDOWN_WIDTH = 160  # characters; a page of Markdown is no terminal, and yet not endless


def emit_grids(
    table: ResultTable, out: Output, inputs: Inputs, grids: Callable[[int], Sequence[Grid]]
) -> None:
    """Write one result table; people see it as grids.

    Args:
        table: what to write as data; its notes stand below the grids.
        out: where it goes, and in which format.
        inputs: what was read.
        grids: makes them for a width in characters; columns that do not fit go into another.
    """

    def draw(screen_out: IO[str]) -> None:
        from thematic.model.study import Status
        from thematic.report.content import INVENTED
        from thematic.report.terminal import console, draw_banner, draw_grids

        screen = console(screen_out)
        draw_banner(INVENTED if inputs.study.status is Status.INVENTED else "", screen)
        draw_grids(grids(screen.width), table.notes, screen)

    def markdown() -> str:
        from thematic.report.markdown import grids_markdown

        return grids_markdown(grids(MARKDOWN_WIDTH), table.notes)

    emit(table, out, draw, markdown=markdown, inputs=inputs)
