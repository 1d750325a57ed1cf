"""Decisions that people wrote into a table: one row each, every fault by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping

from thematic.errors import Problem, Severity, did_you_mean
from thematic.model.nouns import dataclass
from thematic.model.people import CONTEXT, Decision, Passage, Verdict
from thematic.model.transcript import Span
from thematic.readers.formats.tables.rows import Row
from thematic.readers.sheets import unguarded

NEEDED = ("transcript", "code", "decision", "coder")
_LONGEST = 60  # characters of a quote that a message shows


@dataclass(frozen=True)
class Known:
    """What the rows may name.

    Args:
        texts: transcript ID -> its text.
        codes: paths of the codebook.
        coder: who decides where a row names nobody; "" = each row must.
    """

    texts: Mapping[str, str]
    codes: Collection[str]
    coder: str = ""


def decisions_in(rows: list[Row], known: Known) -> tuple[list[Decision], list[Problem]]:
    """The decisions of a table and every problem with it, by line. Never raises.

    Columns, in any order: `transcript`; `start` and `end` (code points) or `quote` or both;
    `code`; `decision` (accept, reject, recode, extend or add); `into` for a recode;
    `onto_start` and `onto_end` or `onto_quote` for an extend; `coder`; `note`. Others are left
    aside, and so are rows without a decision.
    """
    if not rows:
        return [], [Problem("", 0, "the table is empty")]
    heads = [cell.strip().casefold() for cell in rows[0].cells]
    missing = [
        name for name in NEEDED if name not in heads and not (name == "coder" and known.coder)
    ]
    if not {"quote", "start"} & set(heads):
        missing.append("quote")
    if missing:
        hint = f"the columns are {', '.join(NEEDED)}, start and end or quote, into, note"
        return [], [Problem("", rows[0].line, f"no column is called {missing[0]!r}", hint)]
    decisions: list[Decision] = []
    problems: list[Problem] = []
    idle = 0
    for row in rows[1:]:
        cells = dict(zip(heads, (cell.strip() for cell in row.cells), strict=False))
        if not cells.get("decision"):
            idle += any(cells.values())
            continue
        reading = _Reading(cells, row.line, known, problems)
        decision = reading.decision()
        if decision is not None:
            decisions.append(decision)
    if idle:
        message = f"{idle} row{'' if idle == 1 else 's'} without a decision left aside"
        problems.append(Problem("", 0, message, "", Severity.NOTE))
    return decisions, problems


class _Reading:
    """One row; each fault goes to the list of problems."""

    def __init__(
        self, cells: Mapping[str, str], line: int, known: Known, problems: list[Problem]
    ) -> None:
        self.cells, self.line, self.known, self.problems = cells, line, known, problems
        self.faults = 0

    def decision(self) -> Decision | None:
        verdict = self._verdict()
        passage = self._passage("")
        code = self._code("code")
        into = self._code("into") if verdict is Verdict.RECODE else ""
        onto = self._passage("onto_") if verdict is Verdict.EXTEND else None
        coder = self.cells.get("coder") or self.known.coder
        if not coder:
            self._fault("nobody is named as coder", "fill the column, or name one with --coder")
        if verdict is Verdict.RECODE and into and into == code:
            self._fault(f"a recode of {code!r} into itself", "name another code in `into`")
        if verdict is not Verdict.RECODE and self.cells.get("into"):
            self._fault(
                "`into` is filled, but the decision is no recode", "write recode, or empty it"
            )
        if self.faults or verdict is None or passage is None:
            return None
        note = self.cells.get("note", "")
        return Decision(passage, code, verdict, coder, into, onto, note)

    def _fault(self, message: str, hint: str = "") -> None:
        self.faults += 1
        self.problems.append(Problem("", self.line, message, hint))

    def _verdict(self) -> Verdict | None:
        written = self.cells["decision"].casefold()
        if written in set(Verdict):
            return Verdict(written)
        names = [verdict.value for verdict in Verdict]
        hint = did_you_mean(written, names) or f"write one of {', '.join(names)}"
        self._fault(f"there is no decision {self.cells['decision']!r}", hint)
        return None

    def _code(self, column: str) -> str:
        written = self.cells.get(column, "")
        if written in self.known.codes:
            return written
        if not written:
            self._fault(f"no code in the column {column!r}", "write its whole path, such as a/b")
        else:
            self._fault(
                f"the codebook has no code {written!r}", did_you_mean(written, self.known.codes)
            )
        return ""

    def _passage(self, prefix: str) -> Passage | None:
        id = unicodedata.normalize("NFC", self.cells.get("transcript", ""))
        text = self.known.texts.get(id)
        if text is None:
            if not prefix:
                hint = did_you_mean(id, self.known.texts)
                self._fault(f"there is no transcript {id!r}", hint)
            return None
        span = self._span(prefix, text)
        if span is None:
            return None
        return Passage(
            id,
            span,
            text[span.start : span.end],
            before=text[max(0, span.start - CONTEXT) : span.start],
            after=text[span.end : span.end + CONTEXT],
        )

    def _span(self, prefix: str, text: str) -> Span | None:
        start, end = self.cells.get(f"{prefix}start", ""), self.cells.get(f"{prefix}end", "")
        quote = unguarded(self.cells.get(f"{prefix}quote", ""))
        if start or end:
            return self._span_at(prefix, text, start, end, quote)
        if not quote:
            self._fault(f"no passage: {prefix}start and {prefix}end, or {prefix}quote, are empty")
            return None
        places = text.count(quote)
        if places == 1:
            return Span(text.index(quote), text.index(quote) + len(quote))
        shown = quote if len(quote) <= _LONGEST else quote[:_LONGEST] + "…"
        if places:
            hint = "quote more words, or give start and end"
            self._fault(f"{shown!r} stands {places} times in the transcript", hint)
        else:
            self._fault(f"{shown!r} does not stand in the transcript", "copy the words exactly")
        return None

    def _span_at(self, prefix: str, text: str, start: str, end: str, quote: str) -> Span | None:
        if not (start.isdecimal() and end.isdecimal() and len(start + end) < 30):
            self._fault(f"{prefix}start {start!r} and {prefix}end {end!r} are no positions")
            return None
        if not int(start) < int(end) <= len(text):
            self._fault(
                f"{prefix}start {start} and {prefix}end {end} are no passage of the transcript",
                f"it has {len(text):,} characters, counted from 0",
            )
            return None
        span = Span(int(start), int(end))
        if quote and " ".join(quote.split()) != " ".join(text[span.start : span.end].split()):
            self._fault(
                f"other words stand at {start}-{end} than are quoted",
                "empty start and end to look for the words",
            )
            return None
        return span
