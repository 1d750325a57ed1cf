"""What the page of the report holds: the report, the quotes behind its numbers, transcripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thematic.analysis.evidence import Asked, Evidence
from thematic.analysis.result import ResultTable
from thematic.model.coding import Codings
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.report.coded_transcripts import CodedTranscript, coded_transcripts
from thematic.report.content import QuotedCode, Report
from thematic.report.entries import ROOM, Entry, Finder, entries, that_fit
from thematic.report.frequency_groups import group_grid
from thematic.report.grid import Grid, plural
from thematic.report.method import MethodNote


@dataclass(frozen=True)
class Link:
    """What a number leads to: `find` for the script, and the first quote where it does not run."""

    find: str
    first: str


@dataclass(frozen=True)
class PageTable:
    """A table; `links` has one row for each of the grid's, None where a cell has no quotes."""

    grid: Grid
    links: tuple[tuple[Link | None, ...], ...]


@dataclass(frozen=True)
class PageTheme:
    """One theme: the quotes chosen for the report, then all of them.

    Args:
        number: place in the codebook, which its colour is known by.
        left_out: units that the page has no room for.
        first: of each code in each transcript so many are there, where some are left out.
    """

    path: str
    number: int
    quoted: QuotedCode | None
    entries: tuple[Entry, ...]
    withheld: tuple[Entry, ...]
    left_out: int


@dataclass(frozen=True)
class Page:
    """All that stands on the page."""

    report: Report
    note: MethodNote
    language: str
    unit: str  # in the plural
    tables: tuple[PageTable, ...]
    themes: tuple[PageTheme, ...]
    colors: tuple[str, ...]  # of the themes, as the codebook has them
    codes: tuple[tuple[int, str], ...]  # number and path, for the form
    kinds: tuple[str, ...]
    transcripts: tuple[tuple[str, int, int], ...]  # ID, number of its kind, of its case
    counted: tuple[tuple[str, int], ...]  # what can be counted, and the number of that column
    most: int  # units of each code and transcript that are there; 0 = all
    whole: tuple[CodedTranscript, ...]  # none unless asked for
    targets: Mapping[tuple[str, int], str]  # by transcript ID and start, elements of passages


def page_of(
    report: Report,
    note: MethodNote,
    by_transcript: ResultTable,
    found: Sequence[Evidence],
    codings: Codings,
    study: Study,
    *,
    with_transcripts: bool = False,
) -> Page:
    """The page of a report.

    Args:
        report: from `report_content`, with its codes.
        note: on what was done in the run.
        by_transcript: from `frequencies(by="transcript")`.
        found: from `evidence`.
        codings: the coded study.
        study: consent, and what citations may show.
        with_transcripts: whole transcripts too, as far as consent allows.
    """
    finder = Finder(codings, found)
    fitting, most = that_fit(found, ROOM)
    whole = tuple(coded_transcripts(codings, found, study)) if with_transcripts else ()
    targets = _targets(whole)
    judged = codings.judgements is not None
    listed = entries(fitting, finder, study, targets, judged=judged)
    pairs = list(zip(fitting, listed, strict=True))
    firsts = _firsts(pairs)
    themes_only = by_transcript.only(lambda row: row["code"] == row["theme"])
    grids = [*report.grids, group_grid(themes_only, "transcript")]
    book = codings.codebook
    return Page(
        report=report,
        note=note,
        language=book.language,
        unit=plural(codings.unit.value).lower(),
        tables=tuple(_table(grid, finder, firsts) for grid in grids),
        themes=tuple(_themes(report, codings, found, pairs)),
        colors=tuple(theme.color for theme in book.themes),
        codes=tuple((place, path) for path, place in finder.codes.items()),
        kinds=tuple(finder.kinds),
        transcripts=tuple(
            (one.id, finder.kinds[one.kind], finder.cases[one.case])
            for one in (source.transcript for source in codings.transcripts)
        ),
        counted=tuple(finder.columns.items()),
        most=most,
        whole=whole,
        targets=targets,
    )


def _targets(whole: Sequence[CodedTranscript]) -> dict[tuple[str, int], str]:
    return {
        (one.id, stretch.passage.start): f"u{place}-{stretch.passage.start}"
        for place, one in enumerate(whole)
        for turn in one.turns
        for stretch in turn.stretches
        if stretch.passage
    }


def _firsts(pairs: Sequence[tuple[Evidence, Entry]]) -> dict[Asked, str]:
    """For every number that has quotes on the page, the first of them."""
    firsts: dict[Asked, str] = {}
    for one, entry in pairs:
        transcript = one.source.transcript
        kind = transcript.kind
        for column, paths in one.counts.items():
            for path in paths:
                firsts.setdefault(Asked(path, column, kind), entry.id)
                firsts.setdefault(Asked(path, column, kind, transcript=transcript.id), entry.id)
                firsts.setdefault(Asked(path, column, kind, case=transcript.case), entry.id)
    return firsts


def _table(grid: Grid, finder: Finder, firsts: Mapping[Asked, str]) -> PageTable:
    """The table with a link on every number that has quotes on the page."""

    def link(asked: Asked | None) -> Link | None:
        if asked is None:
            return None
        one = finder.settled(asked)
        return Link(finder.query(one), firsts[one]) if one in firsts else None

    nothing = (None,) * len(grid.heads)
    asked = grid.asked or ((),) * len(grid.rows)
    return PageTable(grid, tuple(tuple(map(link, row)) or nothing for row in asked))


def _themes(
    report: Report,
    codings: Codings,
    found: Sequence[Evidence],
    pairs: Sequence[tuple[Evidence, Entry]],
) -> list[PageTheme]:
    quoted = {code.path: code for code in report.quoted}
    made = []
    for number, theme in enumerate(codings.codebook.themes):
        here = [(one, entry) for one, entry in pairs if one.theme == theme.path]
        every = sum(one.theme == theme.path for one in found)
        made.append(
            PageTheme(
                path=theme.path,
                number=number,
                quoted=quoted.get(theme.path),
                entries=tuple(entry for one, entry in here if one.is_counted),
                withheld=tuple(entry for one, entry in here if not one.is_counted),
                left_out=every - len(here),
            )
        )
    return made
