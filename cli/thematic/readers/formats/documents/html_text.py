"""The text of an HTML page, from the tags and words of its parser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import field

from thematic.model.nouns import dataclass
from thematic.readers.formats.documents.blocks import Block, DocumentBuilder, collapsed
from thematic.readers.speakers.vocabulary import in_order

_BLOCKS = frozenset(
    in_order(
        """address article aside blockquote body center details dialog dir div fieldset figcaption
        figure footer form header hgroup hr html legend li main menu ol p pre section summary ul"""
    )
)
_TITLES = frozenset("h1 h2 h3 h4 h5 h6".split())
_SKIPPED = frozenset(
    in_order(
        """audio button canvas datalist head iframe math nav noembed noframes noscript object
        option rp rt script select style svg template textarea title video"""
    )
)
_INLINE = frozenset("a b em font i o:p s small span strong sub sup u".split())
_BOLD = frozenset("b strong".split())
_SECTIONS = frozenset("article blockquote main section".split())
_WEIGHT = re.compile(r"font-weight\s*:\s*([a-z]+|\d+)")
_CLASS_WEIGHT = re.compile(r"\.([\w-]{1,60})[^{}.]{0,60}\{([^{}]{0,2000})\}")
_HIDES = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all")
_NOTES = re.compile(r"mso-element\s*:\s*(?:footnote|endnote|comment)-list")
_NOTE_MARKS = frozenset(
    "footnote-ref sdfootnoteanc sdendnoteanc msofootnotereference msoendnotereference".split()
)
_NOTE_ROLES = frozenset("doc-noteref doc-footnote doc-endnote doc-endnotes".split())
_NOTE_IDS = re.compile(r"sd(?:foot|end)note\d*")
_MOST_SPANNED = 1_000  # rows that one cell reaches over


@dataclass
class _Rows:
    """The rows of an open table: cells that reach down from rows above are empty cells here."""

    reach: dict[int, int] = field(default_factory=dict)  # column -> rows still to come
    column: int = 0
    in_definition: bool = False  # in the second column of a list of terms


@dataclass(frozen=True, slots=True)
class _Element:
    tag: str
    bold: bool
    pre: bool


class HtmlText:
    """Takes tags and words as the parser finds them; elements are kept on a list.

    The methods `start`, `end`, `data` and `close` are those that lxml calls.
    """

    def __init__(self) -> None:
        self.missing: Counter[str] = Counter()  # what was left out, by kind
        self.deepest = 0  # elements within elements
        self.generator = ""  # the program that wrote the page, as it says
        self._builder = DocumentBuilder()
        self._open = [_Element("", False, False)]
        self._skipping = 0  # open elements, of which the outermost is left out
        self._sheet: list[str] = []  # the page's style sheet
        self._bold_classes: frozenset[str] = frozenset()
        self._tables: list[_Rows] = []
        self._spaced = True  # a blank, or the begin of a paragraph, stands before

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens an element."""
        if tag == "meta" and (attributes.get("name") or "").casefold() == "generator":
            self.generator = attributes.get("content") or ""
        if self._skipping or self._is_left_out(tag, attributes):
            self._skipping += 1
        above = self._open[-1]
        bold = self._is_bold(tag, attributes, above.bold)
        self._open.append(_Element(tag, bold, above.pre or tag == "pre"))
        self.deepest = max(self.deepest, len(self._open) - 1)
        if not self._skipping:
            self._begin(tag, attributes)

    def end(self, tag: str) -> None:
        """A tag, or what follows, closes an element."""
        if len(self._open) > 1:
            self._open.pop()
        if self._skipping:
            self._skipping -= 1
            if tag == "style":
                self._read_sheet()
        elif tag in _BLOCKS or tag in _TITLES or tag in ("dt", "caption"):
            self._end_paragraph()
        elif tag in ("td", "th"):
            self._builder.end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in ("table", "dl") and self._tables:
            self._tables.pop()
            self._builder.end_table()

    def data(self, text: str) -> None:
        """Words between two tags."""
        element = self._open[-1]
        if element.tag == "style":
            self._sheet.append(text)
        if self._skipping:
            return
        words = text if element.pre else collapsed(text, after_space=self._spaced)
        if words:
            self._builder.text(words, element.bold)
            self._spaced = words[-1] in " \n"

    def close(self) -> list[Block]:
        """The blocks of the page."""
        return self._builder.finish()

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self._builder.text("\n")
            self._spaced = True
        elif tag in _BLOCKS or tag in _TITLES or tag == "caption":
            self._builder.begin_paragraph(is_title=tag in _TITLES)
            self._spaced = True
        elif tag in ("table", "dl"):
            self._builder.begin_table()
            self._tables.append(_Rows())
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._begin_cell(_whole(attributes.get("rowspan")))
        elif tag in ("dt", "dd"):
            self._begin_definition(tag)

    def _end_paragraph(self) -> None:
        self._builder.end_paragraph()
        self._spaced = True

    def _begin_cell(self, reach: int = 1) -> None:
        self._spaced = True
        if not self._tables:
            self._builder.begin_paragraph()
            return
        rows = self._tables[-1]
        self._fill(rows)
        self._builder.begin_cell()
        if reach > 1:
            rows.reach[rows.column] = min(reach, _MOST_SPANNED) - 1
        rows.column += 1

    def _fill(self, rows: _Rows) -> None:
        """Put empty cells where cells of rows above reach down."""
        while rows.reach.get(rows.column, 0):
            rows.reach[rows.column] -= 1
            rows.column += 1
            self._builder.begin_cell()
            self._builder.end_cell()

    def _end_row(self) -> None:
        if not self._tables:
            self._end_paragraph()
            return
        rows = self._tables[-1]
        if rows.column:
            self._builder.end_cell()
            self._fill(rows)
        self._builder.end_row()
        rows.column, rows.in_definition = 0, False

    def _begin_definition(self, tag: str) -> None:
        """A list of terms is read as a table: the term, and what is said of it."""
        rows = self._tables[-1] if self._tables else None
        if rows is None or (tag == "dd" and rows.in_definition):
            self._end_paragraph()
            return
        if tag == "dt":
            self._end_row()
        self._begin_cell()
        rows.in_definition = tag == "dd"

    def _is_bold(self, tag: str, attributes: Mapping[str, str], otherwise: bool) -> bool:
        if not attributes:
            return otherwise or tag in _BOLD
        said = _WEIGHT.search((attributes.get("style") or "").casefold())
        if said:
            return _is_heavy(said[1])
        classes = (attributes.get("class") or "").split()
        return otherwise or tag in _BOLD or not self._bold_classes.isdisjoint(classes)

    def _is_left_out(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether nothing in an element is to be read; words that are lost are counted."""
        if tag in _SKIPPED or (tag == "footer" and not self._is_in_section()):
            return True
        if not attributes and tag != "del":
            return False
        if tag == "div" and attributes.get("title") in ("header", "footer"):  # of LibreOffice
            return True
        style = (attributes.get("style") or "").casefold()
        names = {*(attributes.get("class") or "").casefold().split()}
        told = ""
        if tag == "del":
            told = "deleted"
        elif tag in _INLINE and _HIDES.search(style):
            told = "hidden"
        elif names & _NOTE_MARKS or attributes.get("role") in _NOTE_ROLES:
            told = "footnote" if tag == "a" or "reference" in "".join(names) else "notes"
        elif _NOTES.search(style) or (
            tag == "div" and _NOTE_IDS.fullmatch(attributes.get("id") or "")
        ):
            told = "notes"
        if told and told != "notes":  # the notes themselves are counted by their marks
            self.missing[told] += 1
        return bool(told)

    def _is_in_section(self) -> bool:
        return any(element.tag in _SECTIONS for element in self._open)

    def _read_sheet(self) -> None:
        """Which classes make words bold; exports of Google Docs say it only so."""
        heavy = set(self._bold_classes)
        for name, rules in _CLASS_WEIGHT.findall("".join(self._sheet)):
            said = _WEIGHT.search(rules.casefold())
            if said and _is_heavy(said[1]):
                heavy.add(name)
        self._bold_classes = frozenset(heavy)


def _is_heavy(weight: str) -> bool:
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
