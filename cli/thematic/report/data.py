"""Result tables as data for other programs: CSV and JSON, equal input giving equal bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.safe import cell

SCHEMA_VERSION = 1
_UNSEEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def as_csv(table: ResultTable, *, raw: bool = False) -> str:
    """The table as CSV (RFC 4180, "\\n", no byte-order mark).

    Args:
        table: what to write.
        raw: leave cells that begin like a formula, and control characters, as they are.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(name, raw=raw) for name in table.columns])
    for record in table.rows:
        writer.writerow([_cell(value, raw=raw) for value in record])
    return out.getvalue()


def _cell(value: Any, *, raw: bool) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return "" if value != value else f"{round(value, 6):.6f}".rstrip("0").rstrip(".")
        case str():
            return value if raw else cell(value)
        case _:
            return value


def as_json(table: ResultTable) -> str:
    """The table as one JSON object; its shape is named and versioned by `schema`."""
    return dump_json(_document(table))


def tables_as_json(name: str, tables: Sequence[ResultTable]) -> str:
    """Several tables as one JSON object, each under its name and in its own shape."""
    document: dict[str, Any] = {"schema": f"thematic.{name}/{SCHEMA_VERSION}"}
    return dump_json(document | {table.name: _document(table) for table in tables})


def _document(table: ResultTable) -> dict[str, Any]:
    return {
        "schema": f"thematic.{table.name}/{SCHEMA_VERSION}",
        "unit": table.unit,
        "notes": list(table.notes),
        "rows": [
            {name: _plain(value) for name, value in record.items()} for record in table.records()
        ],
    }


def dump_json(document: Any) -> str:
    """JSON that a terminal can show: control characters and direction overrides escaped."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _UNSEEN.sub(lambda m: f"\\u{ord(m.group()):04x}", text) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if value != value else round(value, 6)
    return value
