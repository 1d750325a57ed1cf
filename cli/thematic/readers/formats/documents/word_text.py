"""The text of a Word file, from the elements of its body."""

from __future__ import annotations

from collections import Counter
from typing import Any

from thematic.readers.formats.documents.blocks import Block, DocumentBuilder
from thematic.readers.formats.documents.symbols import symbol
from thematic.readers.formats.documents.word_lists import ListLabels
from thematic.readers.formats.documents.word_styles import Styles, W, value_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SET_IN = 280  # twentieths of a point, half a centimetre
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_SIGNS |= {f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}
_SKIPPED = {  # with all that is in them; with how they are told where words are lost
    **{f"{W}{name}": "" for name in ("instrText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "rt")},
    **{f"{W}{name}": "" for name in ("sdtPr", "sectPr", "fldData", "delInstrText", "rPrChange")},
    **{f"{W}{name}": "deleted" for name in ("del", "moveFrom", "delText")},
    f"{W}altChunk": "inserted",
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "footnote",
    f"{W}commentReference": "comment",
}


class WordText:
    """Walks through a body once; no element is entered by recursion, however deep it lies."""

    def __init__(self, styles: Styles, lists: ListLabels) -> None:
        self.missing: Counter[str] = Counter()  # what was left out, by kind
        self._styles = styles
        self._lists = lists
        self._builder = DocumentBuilder()
        self._paragraphs: list[str] = []  # the styles of those that are open, innermost last
        self._bold: list[bool] = []  # of the runs that are open
        self._label = ""  # of a list, until words follow
        self._goes_on = False  # the end of the paragraph above was deleted

    def read(self, root: Any) -> list[Block]:
        """The blocks of the document whose root element is given."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element)
            elif self._is_left_out(element) or not self._begin(element):
                walk.skip_subtree()
        return self._builder.finish()

    def _is_left_out(self, element: Any) -> bool:
        tag = element.tag
        told = _SKIPPED.get(tag)
        if tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is not None:
            told = "deleted"
        elif tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            told = ""  # a prompt such as `Click here`
        elif tag == f"{_CHOICES}Fallback" and element.getprevious() is not None:
            told = ""  # the same again, for older programs
        if told:
            self.missing[told] += 1
        return told is not None

    def _begin(self, element: Any) -> bool:
        """Take an element; False where nothing in it is shown."""
        tag = element.tag
        if tag in (f"{W}t", f"{_MATH}t"):
            self._say(element.text or "")
        elif tag in _SIGNS:
            self._say(_SIGNS[tag])
        elif tag == f"{W}sym":
            self._say(_sign(element))
        elif tag == f"{W}r":
            return self._begin_run(element)
        elif tag == f"{W}p":
            self._begin_paragraph(element)
        elif tag == f"{W}tbl":
            self._builder.begin_table()
        elif tag == f"{W}tc":
            self._builder.begin_cell()
        elif tag == f"{W}txbxContent":
            self._builder.begin_box()
        return True

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag == f"{W}r":
            self._bold.pop()
        elif tag == f"{W}p":
            self._end_paragraph(element)
        elif tag == f"{W}tbl":
            self._builder.end_table()
        elif tag == f"{W}tr":
            self._builder.end_row()
        elif tag == f"{W}tc":
            self._builder.end_cell()
        elif tag == f"{W}txbxContent":
            self._builder.end_box()

    def _say(self, words: str) -> None:
        if self._label and words.strip():
            self._builder.text(f"{self._label}\t")
            self._label = ""
        self._builder.text(words, bool(self._bold) and self._bold[-1])

    def _begin_run(self, run: Any) -> bool:
        style = self._paragraphs[-1] if self._paragraphs else ""
        styles = self._styles
        bold = styles.shows(run, "b", styles.bold, otherwise=style in styles.bold)
        self._bold.append(bold)
        if not styles.shows(run, "vanish", styles.hidden, otherwise=style in styles.hidden):
            return True
        self.missing["hidden"] += run.find(f"{W}t") is not None
        return False

    def _begin_paragraph(self, paragraph: Any) -> None:
        style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
        self._paragraphs.append(style)
        if not self._goes_on:
            self._builder.begin_paragraph(
                style in self._styles.titles,
                style in self._styles.quotes or _is_indented(paragraph),
            )
            self._label = self._lists.label_of(paragraph, self._styles)
        self._goes_on = False

    def _end_paragraph(self, paragraph: Any) -> None:
        self._paragraphs.pop()
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        gone = ("del", "moveFrom") if mark is not None else ()
        self._goes_on = any(mark.find(f"{W}{name}") is not None for name in gone)
        if not self._goes_on:
            self._builder.end_paragraph()
        self._label = ""


def _is_indented(paragraph: Any) -> bool:
    """Whether a paragraph that is no item of a list is set in, as block quotations are."""
    if paragraph.find(f"{W}pPr/{W}numPr") is not None:
        return False
    indent = paragraph.find(f"{W}pPr/{W}ind")
    if indent is None:
        return False
    left = indent.get(f"{W}left") or indent.get(f"{W}start") or ""
    return left.isdecimal() and int(left[:6]) >= _SET_IN


def _sign(element: Any) -> str:
    """The sign of `<w:sym w:font="Wingdings" w:char="F04A"/>`."""
    code = element.get(f"{W}char") or ""
    try:
        return symbol(element.get(f"{W}font") or "", int(code, 16))
    except ValueError:
        return "\ufffd"
