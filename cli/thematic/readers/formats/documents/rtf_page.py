"""Where the words of an RTF file go: paragraphs, cells, boxes; or nowhere, which is counted."""

from __future__ import annotations

import re
from collections import Counter

from thematic.model.nouns import dataclass
from thematic.readers.formats.documents.blocks import Block, DocumentBuilder
from thematic.readers.formats.documents.rtf_state import State
from thematic.readers.formats.documents.rtf_words import Group

_BARE_NUMBER = re.compile(r"\(?(?:[A-Za-z]|[ivxlcdmIVXLCDM]+|[\d.]+)[.)]?")
_LONGEST_LABEL = 60  # characters that a list puts before a paragraph
_SHOWN = (Group.TEXT, Group.BOX)


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


class RtfPage:
    """Takes words with the state in which they stand."""

    def __init__(self) -> None:
        self.missing: Counter[str] = Counter()  # what was left out, by kind
        self.titles: set[int] = set()  # numbers of styles for titles
        self._builder = DocumentBuilder()
        self._places = [Place(self._builder)]
        self._label = ""  # of a list, until words follow
        self._shown = True  # whether the words before were

    def say(self, text: str, state: State) -> bool:
        """Take words; whether they are shown."""
        if state.gathered is not None:
            state.gathered.append(text)
        if state.gathered is not None or state.group not in _SHOWN:
            return False
        if state.hidden or state.deleted:
            if self._shown and not text.isspace():
                self.missing["hidden" if state.hidden else "deleted"] += 1
                self._shown = False
            return False
        if not self._places[-1].in_paragraph:
            if text.isspace():
                return False
            self._places[-1].begin_paragraph(state, state.style in self.titles)
        if self._label:
            self._builder.text(f"{self._label}\t")
            self._label = ""
        self._shown = True
        self._builder.text(text, state.bold)
        return True

    def end_paragraph(self, state: State) -> None:
        """End the paragraph, unless its end is deleted."""
        if state.group in _SHOWN and not state.deleted:
            self._places[-1].end_paragraph()
            self._label = ""

    def take_table_word(self, word: str, state: State) -> None:
        """`trowd` begins a row, `cell` ends a cell, `row` ends a row."""
        place = self._places[-1]
        if state.group not in _SHOWN:
            return
        if word == "trowd":
            place.in_row = True
        elif word == "cell":
            place.end_cell()
        else:
            place.end_row()

    def take_label(self, text: str) -> None:
        """What a list puts before the words that follow; bullets and bare numbers are dropped."""
        label = text.strip()
        has_letters = any(sign.isalpha() for sign in label)
        is_label = has_letters and not _BARE_NUMBER.fullmatch(label)
        self._label = label if is_label and len(label) <= _LONGEST_LABEL else ""

    def begin_box(self) -> None:
        """Begin a text box."""
        self._builder.begin_box()
        self._places.append(Place(self._builder))

    def end_box(self) -> None:
        """End a text box."""
        self._builder.end_box()
        self._places.pop()

    def finish(self) -> list[Block]:
        """The blocks of the file."""
        return self._builder.finish()
