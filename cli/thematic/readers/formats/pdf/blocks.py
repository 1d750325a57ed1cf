"""From the rows of a PDF to the paragraphs and tables of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from thematic.readers.formats.documents.blocks import Block, Cell, Paragraph, Run, Table
from thematic.readers.formats.pdf.hyphens import Hyphens, Line
from thematic.readers.formats.pdf.pages import Row, joined
from thematic.readers.formats.pdf.paragraphs import Starts
from thematic.readers.formats.pdf.tables import Columns, TableRows, tables_in

_TITLE = 1.15  # of the usual font size: larger letters are titles


def blocks_of(rows: Sequence[Row]) -> list[Block]:
    """The blocks of a document, in the order of its rows; they keep their lines."""
    return list(_Blocks(rows).all())


class _Blocks:
    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._columns = Columns(rows)
        self._starts = Starts(rows)
        self._hyphens = Hyphens([row.text for row in rows])
        self._size = _usual_size(rows)

    def all(self) -> Iterator[Block]:
        """All blocks: tables, and between them paragraphs."""
        done = 0
        for first, table in self._tables():
            yield from self._paragraphs(done, first)
            yield self._table(table)
            done = first + table.lines
        yield from self._paragraphs(done, len(self._rows))

    def _tables(self) -> list[tuple[int, TableRows]]:
        """The tables; what goes on below them at the left margin is text with tabs in it."""
        found = list(tables_in(self._rows, self._columns))
        closed = [one for one in found if self._is_closed(one[0] + one[1].lines)]
        return closed if len(closed) * 2 > len(found) else []

    def _is_closed(self, end: int) -> bool:
        return end == len(self._rows) or self._starts.at(end)

    def _paragraphs(self, first: int, end: int) -> Iterator[Paragraph]:
        paragraph: list[Row] = []
        for number in range(first, end):
            if paragraph and self._starts.at(number):
                yield self._paragraph(paragraph)
                paragraph = []
            paragraph.append(self._rows[number])
        if paragraph:
            yield self._paragraph(paragraph)

    def _paragraph(self, rows: Sequence[Row]) -> Paragraph:
        is_title = all(row.size > _TITLE * self._size for row in rows)
        return Paragraph(tuple(self._runs(rows)), is_title)

    def _table(self, table: TableRows) -> Table:
        return Table(tuple(tuple(self._cell(rows) for rows in cells) for cells in table.cells()))

    def _cell(self, rows: Sequence[Row]) -> Cell:
        return (Paragraph(tuple(self._runs(rows))),) if rows else ()

    def _runs(self, rows: Iterable[Row]) -> Iterator[Run]:
        """The words of lines, parted by `\\n`, each line with its bold start."""
        for number, line in enumerate(self._hyphens.join(map(self._line, rows))):
            start = "\n" if number else ""
            yield Run(start + line.text[: line.bold], bold=True)
            yield Run(line.text[line.bold :])

    def _line(self, row: Row) -> Line:
        """A row's words, a tab where a column begins."""
        text = ""
        bold = 0
        for part in self._columns.parts(row):
            words, length = joined(part.pieces)
            if bold == len(text.rstrip()) and length:
                bold = len(text) + length + bool(text)
            text += ("\t" if text else "") + words
        return Line(text, bold)


def _usual_size(rows: Sequence[Row]) -> float:
    """The font size in which most letters are set."""
    letters: Counter[float] = Counter()
    for row in rows:
        letters[row.size] += len(row.text)
    return max(letters, key=lambda size: (letters[size], -size))
