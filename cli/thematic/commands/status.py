"""Whether the transcripts are real or invented, in every table that goes to other programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.model.study import Study

STATUS = "study_status"


def with_status_column(table: ResultTable, study: Study) -> ResultTable:
    """The table with `study_status` as its last column, where it has none."""
    if STATUS in table.columns:
        return table
    rows = tuple((*row, study.status.value) for row in table.rows)
    return replace(table, columns=(*table.columns, STATUS), rows=rows)
