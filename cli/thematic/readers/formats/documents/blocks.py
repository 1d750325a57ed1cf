"""What word processors and web pages have in common: paragraphs of runs, and tables.

A reader turns its file into these blocks, through `DocumentBuilder`; `layout` makes the
plain text and its labels of them. So all these formats read alike.
"""

from __future__ import annotations

import re
from dataclasses import field
from itertools import groupby
from typing import TypeAlias

from thematic.model.nouns import dataclass

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MOST_TABLES = 50  # tables within tables; what lies deeper is text of the cell
_SPACES = re.compile("[ \t\r\n\f]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that look alike."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, which may have several lines; titles and quotations are styled as such."""

    runs: tuple[Run, ...]
    is_title: bool = False
    is_quote: bool = False

    @property
    def text(self) -> str:
        """The words of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; each cell holds blocks."""

    rows: tuple[tuple[Cell, ...], ...]


Block: TypeAlias = Paragraph | Table
Cell: TypeAlias = tuple[Block, ...]


def clean(text: str) -> str:
    """Words from a file: line ends as `\\n`, no control characters, no halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # halves that belong together are joined
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def collapsed(text: str, *, after_space: bool) -> str:
    """Words from XML or HTML, where white space in a row stands for one blank.

    Args:
        text: as it stands between two tags.
        after_space: whether such a blank, or the paragraph's begin, stands before it.
    """
    text = _SPACES.sub(" ", text)
    return text[1:] if after_space and text.startswith(" ") else text


@dataclass
class _Frame:
    """Where blocks are gathered: the file, a cell, or a box beside a paragraph."""

    is_box: bool = False
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)  # of the open paragraph
    is_title: bool = False
    is_quote: bool = False
    beside: list[Block] = field(default_factory=list)  # boxes in the open paragraph


@dataclass
class _OpenTable:
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)  # of the open row

    def end_row(self) -> None:
        if self.cells:
            self.rows.append(tuple(self.cells))
        self.cells = []


class DocumentBuilder:
    """Takes a file in reading order and gives its blocks.

    Damaged files may begin and end things in any order: what is not open is not ended,
    what is left open ends with what it lies in, and words of a table that stand in no cell
    come before the table.
    """

    def __init__(self) -> None:
        self._open: list[_Frame | _OpenTable] = [_Frame()]
        self._tables = 0  # how many of the open ones are tables
        self._flat = 0  # tables too deep to be kept

    @property
    def in_table(self) -> bool:
        """Whether a table is open."""
        return self._tables > 0

    def text(self, words: str, bold: bool = False) -> None:
        """Add words to the open paragraph, or to a new one."""
        if words:
            self._frame().runs.append(Run(words, bold))

    def begin_paragraph(self, is_title: bool = False, is_quote: bool = False) -> None:
        """End the open paragraph and begin another."""
        self.end_paragraph()
        self._frame().is_title = is_title
        self._frame().is_quote = is_quote

    def end_paragraph(self) -> None:
        """End the open paragraph; one without words is dropped, its boxes are not."""
        frame = self._frame()
        runs = _trimmed(frame.runs)
        if runs:
            frame.blocks.append(Paragraph(runs, frame.is_title, frame.is_quote))
        frame.blocks += frame.beside
        frame.runs, frame.beside = [], []
        frame.is_title = frame.is_quote = False

    def begin_box(self) -> None:
        """Begin a text box; it comes behind the paragraph in which it is anchored."""
        self._open.append(_Frame(is_box=True))

    def end_box(self) -> None:
        """End the innermost text box, with all that is open in it."""
        boxes = [n for n, one in enumerate(self._open) if isinstance(one, _Frame) and one.is_box]
        while boxes and len(self._open) > boxes[-1]:
            self._close()

    def begin_table(self) -> None:
        """Begin a table, also within a cell of another."""
        if isinstance(self._open[-1], _OpenTable):
            self.begin_cell()
        self.end_paragraph()
        if self._flat or self._tables == _MOST_TABLES:
            self._flat += 1
            return
        self._open.append(_OpenTable())
        self._tables += 1

    def begin_cell(self) -> None:
        """Begin a cell in the open row; a table is begun where there is none."""
        if not self._tables:
            self.begin_table()
        self.end_cell()
        if not self._flat:
            self._open.append(_Frame())

    def end_cell(self) -> None:
        """End the open cell, with all that is open in it."""
        if self._flat:
            self.end_paragraph()
            return
        while self._tables and not isinstance(self._open[-1], _OpenTable):
            self._close()

    def end_row(self) -> None:
        """End the open row; one without cells is dropped."""
        self.end_cell()
        table = self._open[-1]
        if isinstance(table, _OpenTable):
            table.end_row()

    def end_table(self) -> None:
        """End the open table; one without rows is dropped."""
        self.end_cell()
        if self._flat:
            self._flat -= 1
        elif self._tables:
            self._close()

    def finish(self) -> list[Block]:
        """End all that is open; the blocks of the file, in reading order."""
        while len(self._open) > 1:
            self._close()
        self.end_paragraph()
        return self._frame().blocks

    def _frame(self) -> _Frame:
        """The innermost frame; below an open table there is always one."""
        top = self._open[-1]
        frame = top if isinstance(top, _Frame) else self._open[-2]
        assert isinstance(frame, _Frame)
        return frame

    def _close(self) -> None:
        """End what is open innermost and hand its blocks to what it lies in."""
        top = self._open[-1]
        if isinstance(top, _OpenTable):
            top.end_row()
            self._tables -= 1
            self.end_paragraph()  # words of the table that stood in no cell
            self._open.pop()
            if top.rows:
                self._frame().blocks.append(Table(tuple(top.rows)))
            return
        self.end_paragraph()
        self._open.pop()
        below = self._open[-1]
        if isinstance(below, _OpenTable) and not top.is_box:
            below.cells.append(tuple(top.blocks))
        else:
            self._frame().beside += top.blocks


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs of a paragraph: cleaned, alike ones joined, no white space at the two ends."""
    joined = [
        Run(clean("".join(run.text for run in alike)), bold)
        for bold, alike in groupby(runs, key=lambda run: run.bold)
    ]
    while joined and not joined[0].text.lstrip():
        del joined[0]
    while joined and not joined[-1].text.rstrip():
        del joined[-1]
    if joined:
        joined[0] = Run(joined[0].text.lstrip(), joined[0].bold)
        joined[-1] = Run(joined[-1].text.rstrip(), joined[-1].bold)
    return tuple(joined)
