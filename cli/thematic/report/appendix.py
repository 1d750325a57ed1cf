"""The appendix of a report: every code with its definition, n/N and one quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.model.codebook import Codebook
from thematic.report.grid import base_columns

TITLE = "Themes and codes, with their definitions and one quote each"


@dataclass(frozen=True)
class AppendixRow:
    """One code; theme, codes and quotes as they are written, "" where there is none."""

    theme: str
    code: str  # "" for a theme itself
    definition: str
    bases: tuple[str, ...]  # n/N of each kind
    quote: str
    citation: str


@dataclass(frozen=True)
class Appendix:
    """The table; `heads` name the kinds of `bases`."""

    heads: tuple[str, ...]
    rows: tuple[AppendixRow, ...]


def appendix(table: ResultTable, quotes: ResultTable, codebook: Codebook) -> Appendix:
    """Every code of the codebook, in its order.

    Args:
        table: from `frequencies(by="kind")`.
        quotes: from `quotes`, of all codes, at least one of each; the first of each is taken.
        codebook: for definitions.
    """
    heads, bases = base_columns(table)
    first: dict[str, dict[str, Any]] = {}
    for quote in quotes.records():
        first.setdefault(quote["code"], quote)
    return Appendix(
        heads,
        tuple(
            AppendixRow(
                theme=code.theme,
                code=code.path.partition("/")[2],
                definition=code.brief or code.definition,
                bases=bases.get(code.path, ("",) * len(heads)),
                quote=first[code.path]["text"] if code.path in first else "",
                citation=first[code.path]["citation"] if code.path in first else "",
            )
            for code in codebook.codes()
        ),
    )
