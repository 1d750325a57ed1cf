"""The appendix of a report: every code with its definition, n/N and one quote."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.analysis.evidence import Evidence, one_each
from thematic.analysis.result import ResultTable
from thematic.analysis.sources import citation, words_at
from thematic.model.codebook import Codebook
from thematic.model.nouns import dataclass
from thematic.model.study import Study
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


def appendix(
    table: ResultTable, found: Sequence[Evidence], codebook: Codebook, study: Study
) -> Appendix:
    """Every code of the codebook, in its order.

    Args:
        table: from `frequencies(by="kind")`.
        found: from `evidence`.
        codebook: for definitions.
        study: consent, and what citations may show.
    """
    heads, bases = base_columns(table)
    chosen = one_each(found, codebook.paths(), study)
    nothing = ("",) * len(heads)
    return Appendix(
        heads,
        tuple(
            AppendixRow(
                code.theme,
                code.path.partition("/")[2],
                code.brief or code.definition,
                bases.get(code.path, nothing),
                *(_quoted(chosen[code.path], study) if code.path in chosen else ("", "")),
            )
            for code in codebook.codes()
        ),
    )


def _quoted(one: Evidence, study: Study) -> tuple[str, str]:
    """The words, or a remark in their place, and the citation."""
    transcript = one.source.transcript
    turn = transcript.turns[one.turn - 1]
    words = words_at(transcript, one.span, study)
    return words, citation(transcript, turn, one.span.start, study)
