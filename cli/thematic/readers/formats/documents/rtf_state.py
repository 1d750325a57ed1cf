"""What holds where we are in an RTF file: in its groups, and in its paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass

from thematic.readers.formats.documents.blocks import DocumentBuilder
from thematic.readers.formats.documents.rtf_words import Group


@dataclass(slots=True)
class State:
    """What holds in a group, and in the groups within it until they say otherwise."""

    group: Group = Group.TEXT
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    style: int = -1
    in_table: bool = False  # the paragraph is said to lie in one
    skips: int = 1  # signs behind a \u that older programs read in its place
    begins: bool = True  # no control word stands in the group yet
    starred: bool = False  # it begins with \*
    gathered: list[str] | None = None  # words that go nowhere but here

    def inner(self) -> State:
        """What holds at the begin of a group in this one."""
        flags = (self.bold, self.hidden, self.deleted, self.font, self.style, self.in_table)
        return State(self.group, *flags, self.skips, gathered=self.gathered)


@dataclass
class Place:
    """Where in paragraph and table we are, in the file or in a box of it.

    Rows are not nested in RTF: `\\trowd` begins one, `\\cell` ends a cell, `\\row` the row,
    and a paragraph that does not say to lie in a table ends the table.
    """

    builder: DocumentBuilder
    in_paragraph: bool = False
    in_table: bool = False
    in_row: bool = False
    in_cell: bool = False

    def begin_paragraph(self, state: State, is_title: bool) -> None:
        """Begin a paragraph where its properties say."""
        if (state.in_table or self.in_row) and not self.in_cell:
            self._begin_cell()
        elif self.in_table and not self.in_cell:
            self.builder.end_table()
            self.in_table = False
        self.builder.begin_paragraph(is_title)
        self.in_paragraph = True

    def end_paragraph(self) -> None:
        """End the paragraph, if one is open."""
        self.builder.end_paragraph()
        self.in_paragraph = False

    def end_cell(self) -> None:
        """End the cell; one without words is there all the same."""
        if not self.in_cell:
            self._begin_cell()
        self.builder.end_cell()
        self.in_cell = self.in_paragraph = False

    def end_row(self) -> None:
        """End the row; without one, the paragraph."""
        self.end_paragraph()
        if self.in_table:
            self.builder.end_row()
        self.in_row = self.in_cell = False

    def _begin_cell(self) -> None:
        if not self.in_table:
            self.builder.begin_table()
        self.builder.begin_cell()
        self.in_table = self.in_cell = True
