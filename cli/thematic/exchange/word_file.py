"""A Word file with comments: its words, what of them is a label, and the comments' places."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Any

from thematic.errors import Problem
from thematic.model.copies import LABEL_STYLE
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span
from thematic.readers.formats.documents.packages import Package
from thematic.readers.formats.documents.word import STRICT, related
from thematic.readers.formats.documents.word_styles import W, value_of
from thematic.readers.limits import Limits
from thematic.readers.packed import Refused

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_SIGNS |= {f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}
_SKIPPED = {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sectPr", "moveFrom", "instrText")}


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; the span is in the file's text, None where only its mark stands there."""

    number: int  # 1-based, in the order of their places
    author: str
    text: str
    span: Span | None
    mark: int  # where in the text its mark stands; -1 = nowhere
    answers: int = 0  # number of the comment to which it is a reply


@dataclass(frozen=True)
class WordFile:
    """The text of a Word file, paragraphs ended by line breaks.

    Args:
        text: of the body, in the order of the file; deleted words are not in it.
        labels: the stretches set in the character style of labels.
        paragraphs: in order; they do not overlap.
        identifier: the core property of that name.
        comments: in the order of their places.
    """

    text: str
    labels: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    identifier: str
    comments: tuple[Comment, ...]


def read_word_file(data: bytes, limits: Limits) -> tuple[WordFile | None, list[Problem]]:
    """A .docx file with its comments; never raises for what the file holds."""
    try:
        package = Package(data, limits)
        main = related(package, "", "officeDocument") or "word/document.xml"
        root = package.xml(main, STRICT)
        if root is None:
            message = "no Word file that can be read: it has no text part"
            return None, [Problem("", 0, message, "save it again as .docx")]
        body = _Body(_label_styles(package.xml(related(package, main, "styles"), STRICT)))
        body.read(root)
        remarks = package.xml(related(package, main, "comments"), STRICT)
        replies = package.xml(related(package, main, "commentsExtended"), STRICT)
        core = package.xml(related(package, "", "core-properties"))
    except Refused as refused:
        return None, [refused.problem]
    identifier = core.findtext(f".//{_IDENTIFIER}") if core is not None else ""
    comments = tuple(_comments(remarks, replies, body)) if remarks is not None else ()
    text = "".join(body.parts)
    return WordFile(text, *body.settled(), identifier or "", comments), []


def is_word_file(name: str) -> bool:
    """Whether a file is one of Word's, by its name."""
    return posixpath.splitext(name)[1].lower() in (".docx", ".docm", ".dotx")


class _Body:
    """Walks through the body once and notes where labels, paragraphs and comments stand."""

    def __init__(self, label_styles: set[str]) -> None:
        self.parts: list[str] = []
        self.starts: dict[str, int] = {}  # by the comment's ID in the file
        self.ends: dict[str, int] = {}
        self.marks: dict[str, int] = {}
        self._label_styles = label_styles
        self._at = 0
        self._labels: list[Span] = []
        self._paragraphs: list[Span] = []
        self._open: list[int] = []
        self._run = 0

    def read(self, root: Any) -> None:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element)
            elif element.tag in _SKIPPED or element.tag == f"{_CHOICES}Fallback":
                walk.skip_subtree()
            else:
                self._begin(element)

    def settled(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The labels and the paragraphs, in order."""
        return tuple(self._labels), tuple(sorted(self._paragraphs))

    def place(self, comment: Any) -> int:
        """Where in the text a comment begins."""
        key = comment.get(f"{W}id") or ""
        return self.starts.get(key, self.marks.get(key, self._at))

    def _say(self, words: str) -> None:
        self.parts.append(words)
        self._at += len(words)

    def _begin(self, element: Any) -> None:
        tag = element.tag
        if tag == f"{W}t":
            self._say(element.text or "")
        elif tag in _SIGNS:
            self._say(_SIGNS[tag])
        elif tag == f"{W}r":
            self._run = self._at
        elif tag == f"{W}p":
            self._open.append(self._at)
        elif tag == f"{W}commentRangeStart":
            self.starts.setdefault(element.get(f"{W}id") or "", self._at)
        elif tag == f"{W}commentRangeEnd":
            self.ends.setdefault(element.get(f"{W}id") or "", self._at)
        elif tag == f"{W}commentReference":
            self.marks.setdefault(element.get(f"{W}id") or "", self._at)

    def _end(self, element: Any) -> None:
        if element.tag == f"{W}r" and self._run < self._at:
            if value_of(element.find(f"{W}rPr/{W}rStyle")) in self._label_styles:
                self._labels.append(Span(self._run, self._at))
            self._run = self._at
        elif element.tag == f"{W}p" and self._open:
            start = self._open.pop()
            if not self._open:  # a text box within a paragraph is a part of it
                self._paragraphs.append(Span(start, self._at))
            self._say("\n")


def _label_styles(styles: Any) -> set[str]:
    """The IDs of the style of labels; programs give it other IDs, and keep its name."""
    found = {LABEL_STYLE}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        if value_of(style.find(f"{W}name")).casefold() == LABEL_STYLE:
            found.add(style.get(f"{W}styleId") or "")
    return found


def _comments(remarks: Any, replies: Any, body: _Body) -> Iterator[Comment]:
    elements = sorted(remarks.iter(f"{W}comment"), key=body.place)
    threads = _threads(elements, replies)
    for number, element in enumerate(elements, start=1):
        key = element.get(f"{W}id") or ""
        start, end = body.starts.get(key), body.ends.get(key)
        mark = body.marks.get(key, -1 if end is None else end)
        span = Span(start, end) if start is not None and end is not None and start < end else None
        author = " ".join((element.get(f"{W}author") or "").split())
        yield Comment(number, author, _text_of(element), span, mark, threads.get(number, 0))


def _threads(comments: Sequence[Any], replies: Any) -> dict[int, int]:
    """For each reply the number of the comment it answers: they name each other's paragraphs."""
    numbers = {
        paragraph.get(f"{_W14}paraId"): number
        for number, element in enumerate(comments, start=1)
        for paragraph in element.iter(f"{W}p")
    }
    threads: dict[int, int] = {}
    for one in replies.iter(f"{_W15}commentEx") if replies is not None else ():
        parent = one.get(f"{_W15}paraIdParent")
        number, answered = numbers.get(one.get(f"{_W15}paraId")), numbers.get(parent)
        if parent and number and answered:
            threads[number] = answered
    return threads


def _text_of(comment: Any) -> str:
    lines = []
    for paragraph in comment.iter(f"{W}p"):
        said = []
        for element in paragraph.iter():
            if element.tag == f"{W}t":
                said.append(element.text or "")
            elif element.tag in _SIGNS:
                said.append(_SIGNS[element.tag])
        lines.append("".join(said))
    return "\n".join(lines).strip()
