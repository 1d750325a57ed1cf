"""Which chart shows which table."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.report.charts.page import Drawing, Look

# By the name of the table, the module here and its function.
CHARTS = {
    "frequencies": ("frequencies", "frequency_charts"),
    "matrix": ("heat_map", "heat_maps"),
    "cooccurrence": ("cooccurrence", "cooccurrence_charts"),
    "portrait": ("portrait", "portraits"),
    "comparison": ("comparison", "comparison_charts"),
    "appearance": ("appearance", "appearance_charts"),
}


def drawings(table: ResultTable, look: Look) -> Iterator[Drawing]:
    """The pages of the chart that shows a table; none where the table has no rows.

    Args:
        table: of one of the names in CHARTS.
        look: colours and banner.
    """
    module, function = CHARTS[table.name]
    if table.rows:
        draw = getattr(import_module(f"thematic.report.charts.{module}"), function)
        yield from draw(table, look)
