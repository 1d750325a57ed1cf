"""The text of an ODT file, from the elements of its body."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from thematic.readers.formats.documents.blocks import Block, DocumentBuilder, collapsed
from thematic.readers.formats.documents.odt_styles import (
    DRAW,
    OFFICE,
    TABLE,
    TEXT,
    OdtStyles,
    whole,
)

_MOST_SPACES = 10_000
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_BOXES = {f"{DRAW}text-box", *(f"{DRAW}{shape}" for shape in "custom-shape rect ellipse".split())}
_SKIPPED = {  # with all that is in them; with how they are told where words are lost
    f"{TEXT}note": "footnote",
    f"{OFFICE}annotation": "comment",
    f"{TEXT}deletion": "deleted",
    f"{TEXT}hidden-text": "hidden",
    **{f"{TEXT}{name}": "" for name in ("insertion", "format-change", "ruby-text", "script")},
    **{f"{TEXT}{name}": "" for name in ("variable-decls", "sequence-decls", "user-field-decls")},
    **{f"{OFFICE}{name}": "" for name in ("forms", "event-listeners", "scripts")},
    **{f"{DRAW}{name}": "" for name in ("object", "object-ole", "image", "plugin")},
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title": "",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc": "",
}
_NUMBER = re.compile(r"%([1-9])%")


class OdtText:
    """Walks through a body once; no element is entered by recursion, however deep it lies."""

    def __init__(self, styles: OdtStyles) -> None:
        self.missing: Counter[str] = Counter()  # what was left out, by kind
        self._styles = styles
        self._builder = DocumentBuilder()
        self._flows = [False]  # of each open element: whether words stand in it, as in paragraphs
        self._bold = [False]  # of each open element
        self._spaced = True  # a blank, or the begin of a paragraph, stands before
        self._lists: list[str] = []  # the styles of the open lists
        self._counts: dict[tuple[str, int], int] = {}
        self._label = ""  # of a list, until words follow
        self._deletions: set[str] = set()  # changes that delete what they enclose
        self._in_deletions = 0
        self._covered = 0  # next cells of the row that lie under the one before them

    def read(self, body: Any) -> list[Block]:
        """The blocks of the `office:text` given."""
        from lxml import etree

        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element)
                self._flows.pop()
                self._bold.pop()
                self._say(element.tail)
                continue
            self._flows.append(self._flows[-1])
            self._bold.append(self._bold[-1])
            if self._is_left_out(element):
                walk.skip_subtree()
            else:
                self._begin(element)
                self._say(element.text)
        return self._builder.finish()

    def _is_left_out(self, element: Any) -> bool:
        tag = element.tag
        told = _SKIPPED.get(tag)
        hides = tag == f"{TEXT}hidden-paragraph" and element.get(f"{TEXT}is-hidden") == "true"
        hides = hides or element.get(f"{TEXT}display") == "none"
        if hides or (tag == f"{TEXT}span" and self._styles.is_hidden(_style_of(element))):
            told = "hidden"
        if tag == f"{TEXT}deletion":  # LibreOffice may leave its words where they were
            self._deletions.add(element.getparent().get(f"{TEXT}id", ""))
        if told:
            self.missing[told] += 1
        return told is not None

    def _begin(self, element: Any) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self._begin_paragraph(element)
        elif tag == f"{TEXT}span":
            bold = self._styles.bold(_style_of(element))
            self._bold[-1] = self._bold[-1] if bold is None else bold
        elif tag == f"{TEXT}s":
            self._put(" " * min(whole(element.get(f"{TEXT}c"), 1), _MOST_SPACES))
        elif tag in (f"{TEXT}change-start", f"{TEXT}change-end"):
            if (element.get(f"{TEXT}change-id") or "") in self._deletions:
                self._in_deletions += 1 if tag.endswith("start") else -1
        elif tag == f"{TEXT}tab":
            self._put("\t")
        elif tag == f"{TEXT}line-break":
            self._put("\n", spaced=True)
        elif tag == f"{TEXT}list":
            self._lists.append(_style_of(element) or (self._lists[-1] if self._lists else ""))
        elif tag == f"{TEXT}list-item":
            self._label = self._list_label()
        elif tag in _BOXES:
            self._builder.begin_box()
            self._flows[-1] = False
        elif tag == f"{TABLE}table":
            self._builder.begin_table()
            self._flows[-1] = False
        elif tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            self._begin_cell(element)

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self._builder.end_paragraph()
            self._spaced = True
        elif tag == f"{TEXT}list":
            self._lists.pop()
        elif tag in _BOXES:
            self._builder.end_box()
        elif tag == f"{TABLE}table":
            self._builder.end_table()
        elif tag == f"{TABLE}table-row":
            self._builder.end_row()
            self._covered = 0
        elif tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            self._builder.end_cell()

    def _begin_paragraph(self, paragraph: Any) -> None:
        style = _style_of(paragraph)
        is_title = paragraph.tag == f"{TEXT}h" or self._styles.is_title(style)
        self._builder.begin_paragraph(is_title, self._styles.is_quote(style))
        self._flows[-1] = True
        self._bold[-1] = self._styles.bold(style) or False
        self._spaced = True

    def _begin_cell(self, cell: Any) -> None:
        """A cell; one that lies under the cell at its left is none, one under a cell above is."""
        if cell.tag == f"{TABLE}covered-table-cell" and self._covered:
            self._covered -= 1
            return
        self._covered = whole(cell.get(f"{TABLE}number-columns-spanned"), 1) - 1
        self._builder.begin_cell()

    def _say(self, text: str | None) -> None:
        """Words between two tags."""
        if text and self._flows[-1]:
            words = collapsed(text, after_space=self._spaced)
            if words:
                self._put(words, spaced=words.endswith(" "))

    def _put(self, words: str, *, spaced: bool = False) -> None:
        if self._in_deletions:
            return
        if self._label and words.strip():
            self._builder.text(f"{self._label}\t")
            self._label = ""
        self._builder.text(words, self._bold[-1])
        self._spaced = spaced

    def _list_label(self) -> str:
        """What the open list puts before its next item; "" for bullets and bare numbers."""
        place = (self._lists[-1], len(self._lists)) if self._lists else ("", 0)
        self._counts[place] = self._counts.get(place, 0) + 1
        for deeper in [key for key in self._counts if key[0] == place[0] and key[1] > place[1]]:
            del self._counts[deeper]
        text = self._styles.levels.get(place, "")
        return _NUMBER.sub(lambda n: str(self._counts.get((place[0], int(n[1])), 1)), text)


def _style_of(element: Any) -> str:
    name: str = element.get(f"{TEXT}style-name") or ""
    return name
