"""The method note: what was really done in one run, for a methods section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from thematic.analysis.method_facts import method_facts
from thematic.analysis.overview import overview
from thematic.analysis.result import ResultTable, table_of
from thematic.coding.language import library_versions
from thematic.model.coding import Codings
from thematic.model.nouns import dataclass
from thematic.model.study import Status, Study
from thematic.report.content import INVENTED
from thematic.report.method_answers import NO, Answer, answers
from thematic.report.method_run import Run
from thematic.report.method_text import fact_rows, paragraphs
from thematic.report.safe import markdown, one_line
from thematic.report.terminal import console, draw_banner, draw_facts

COLUMNS = ("part", "item", "name", "question", "supported", "text", "left")
SOURCES = (
    "COREQ: Tong, Sainsbury and Craig 2007, doi 10.1093/intqhc/mzm042. SRQR: O'Brien and others "
    "2014, doi 10.1097/ACM.0000000000000388. Items in their words; the answers are of this run."
)


@dataclass(frozen=True)
class MethodNote:
    """What was done in one run, as text, as facts and as answers to two checklists.

    Args:
        heading: `study NAME`, or `codebook NAME` where there is no study.
        banner: that the transcripts are invented, or "".
        paragraphs: text to paste; what only the researcher knows is in brackets.
        facts: topic and value.
        answers: one for each item of COREQ and SRQR.
    """

    heading: str
    banner: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]

    @property
    def supported(self) -> list[Answer]:
        """Items that the run answers, wholly or in part."""
        return [answer for answer in self.answers if answer.supported != NO]

    @property
    def left(self) -> list[Answer]:
        """Items of which the run knows nothing."""
        return [answer for answer in self.answers if answer.supported == NO]

    @property
    def table(self) -> ResultTable:
        """All of it as one table, columns COLUMNS."""
        return table_of("method", list(self._rows()), COLUMNS, notes=(SOURCES,))

    def _rows(self) -> Iterator[dict[str, str]]:
        for number, text in enumerate(self.paragraphs, start=1):
            yield {"part": "paragraph", "item": str(number), "text": text}
        for name, value in self.facts:
            yield {"part": "fact", "name": name, "text": value}
        for one in self.answers:
            yield {
                "part": one.item.standard,
                "item": one.item.number,
                "name": one.item.name,
                "question": one.item.question,
                "supported": one.supported,
                "text": one.text,
                "left": one.left,
            }


def method_note(
    codings: Codings,
    study: Study | None = None,
    *,
    version: str,
    faulty: int = 0,
    agreement: Sequence[str] = (),
) -> MethodNote:
    """The note of one run.

    Args:
        codings: the coded study.
        study: what is declared about it.
        version: of thematic.
        faulty: files that could not be read.
        agreement: paragraphs on agreement of coders, where it was computed.
    """
    study = study or Study()
    found = overview(codings, study, faulty=faulty)
    run = Run(
        found,
        method_facts(codings, study),
        codings.codebook,
        codings.exclude,
        version,
        library_versions(),
        agreement,
    )
    return MethodNote(
        heading=f"study {found.study}" if found.study else f"codebook {found.codebook}",
        banner=INVENTED if found.status is Status.INVENTED else "",
        paragraphs=tuple(paragraphs(run)),
        facts=tuple(fact_rows(run)),
        answers=tuple(answers(run)),
    )


def method_markdown(note: MethodNote) -> str:
    """The note in Markdown: text, facts, answered items, and those left to the researcher."""
    lines = [f"# Method note: {markdown(note.heading)}", ""]
    lines += [f"> **{markdown(note.banner)}**", ""] if note.banner else []
    for text in note.paragraphs:
        lines += [markdown(text), ""]
    lines += ["## Facts", "", *_rows(("Topic", "Value"), note.facts), ""]
    lines += ["## Items of reporting checklists that this run supports", ""]
    heads = ("Item", "Name", "Question", "Supported", "Answer", "Left to you")
    lines += [*_rows(heads, [_cells(one) for one in note.supported]), ""]
    lines += ["## Items left to you", ""]
    lines += [*_rows(heads[:3], [_cells(one)[:3] for one in note.left]), "", markdown(SOURCES)]
    return "\n".join(lines) + "\n"


def _cells(one: Answer) -> tuple[str, ...]:
    label = f"{one.item.standard} {one.item.number}"
    return (label, one.item.name, one.item.question, one.supported, one.text, one.left)


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", "|" + " :-- |" * len(heads)]
    return [*lines, *(f"| {' | '.join(markdown(cell) for cell in row)} |" for row in rows)]


def draw_method(note: MethodNote, out: IO[str]) -> None:
    """The note on a terminal."""
    screen = console(out)
    screen.print(Text(f"Method note  {one_line(note.heading)}", style="bold"))
    draw_banner(note.banner, screen)
    for text in note.paragraphs:
        screen.print()
        screen.print(Text(one_line(text)))
    screen.print()
    draw_facts([(name, one_line(value)) for name, value in note.facts], screen)
    for standard in ("COREQ", "SRQR"):
        screen.print()
        screen.print(Text(f"{standard}: items that this run supports", style="bold"))
        for one in note.supported:
            if one.item.standard == standard:
                _draw_answer(one, screen)
        open_items = (one.item for one in note.left if one.item.standard == standard)
        names = "; ".join(f"{item.number} {item.name}" for item in open_items)
        screen.print(Text("Left to you: ", style="bold").append(f"{names}.", style="dim"))
    screen.print()
    screen.print(Text(SOURCES, style="dim"))


def _draw_answer(one: Answer, screen: Console) -> None:
    """One item: its words, the answer, and what is left."""
    text = Text(f"{one.item.number} {one.item.name}: ", style="bold")
    text.append(f"{one.item.question}\n", style="dim")
    text.append(f"{one.supported}: {one_line(one.text)}")
    text.append(f" Left to you: {one.left}" if one.left else "", style="italic")
    screen.print(Padding(text, (0, 0, 0, 2)))
