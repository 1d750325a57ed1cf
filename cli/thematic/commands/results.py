"""All tables of one run, as the report and its files take them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.evidence import Evidence
    from thematic.analysis.overview import Overview
    from thematic.analysis.result import ResultTable
    from thematic.commands.since import Since
    from thematic.model.coding import Codings
    from thematic.model.study import Study
    from thematic.report.content import Report

PER_CODE = 3


@dataclass(frozen=True)
class Results:
    """All tables of one run."""

    codings: Codings
    study: Study
    overview: Overview
    frequencies: ResultTable
    quotes: ResultTable
    since: Since | None = None

    @cached_property
    def by_transcript(self) -> ResultTable:
        """How often each code was applied in each transcript; files have it."""
        return self._by_transcript(())

    @cached_property
    def mentions(self) -> ResultTable:
        """Every mention; only a folder of results has it."""
        from thematic.analysis.listing import mentions

        return mentions(self.codings, self.study, every=True)

    @cached_property
    def coding_rows(self) -> ResultTable:
        """Every coding; only a folder of results has it."""
        from thematic.analysis.listing import coding_rows

        return coding_rows(self.codings, self.study)

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The units behind the numbers; only files that quote more than the screen have it."""
        from thematic.analysis.evidence import evidence

        return evidence(self.codings)

    def _by_transcript(self, codes: Sequence[str]) -> ResultTable:
        from thematic.analysis.frequency import frequencies

        return frequencies(self.codings, self.study, by="transcript", codes=codes)

    def content(self, *, codes: bool) -> Report:
        """The report's content in reading order."""
        from thematic.report.content import report_content

        since = self.since
        if since:
            from thematic.report.changed import changed_facts
        quoted = tuple(dict.fromkeys(self.quotes.column("code")))
        return report_content(
            self.overview,
            self.frequencies,
            self._by_transcript(quoted),
            self.quotes,
            self.codings.codebook,
            codes=codes,
            changed=changed_facts(since.changes, since.earlier) if since else (),
        )


def results(
    codings: Codings, study: Study, *, quoted: tuple[str, ...] = (), faulty: int = 0
) -> Results:
    """Every table of the default report.

    Args:
        codings: the coded study.
        study: what is declared about it.
        quoted: codes to quote; empty = every theme.
        faulty: files that could not be read.
    """
    from thematic.analysis.frequency import frequencies
    from thematic.analysis.overview import overview
    from thematic.analysis.quotes import quotes

    return Results(
        codings=codings,
        study=study,
        overview=overview(codings, study, faulty=faulty),
        frequencies=frequencies(codings, study),
        quotes=quotes(codings, study, codes=quoted, per_code=PER_CODE),
    )
