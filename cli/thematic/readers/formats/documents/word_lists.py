"""The labels that Word puts before the paragraphs of a list.

Bullets and bare numbers are furniture; `I:`, `Q1.` or `Speaker 2:` made by a list are
labels that a reader sees and that stand nowhere in the words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import field
from typing import Any

from thematic.model.nouns import dataclass
from thematic.readers.formats.documents.word_styles import Styles, W, value_of

_COUNTED = re.compile(r"%[1-9]")
_MOST_LEVELS = 9
_LONGEST_LABEL = 60  # characters


@dataclass(frozen=True)
class _Level:
    text: str  # with %1 .. %9 for the numbers
    form: str  # how they are written: decimal, lowerLetter ...
    start: int


@dataclass
class ListLabels:
    """The lists of a Word file, counted while its paragraphs are read in order."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)  # by list and level
    counts: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def label_of(self, paragraph: Any, styles: Styles) -> str:
        """What stands before a paragraph and has letters of its own; "" for all else."""
        place = _place(paragraph, styles)
        if place is None or place not in self.levels:
            return ""
        number, at = place
        self.counts[place] += 1
        for below in range(at + 1, _MOST_LEVELS):
            self.counts.pop((number, below), None)
        text = self.levels[place].text
        if not any(sign.isalpha() for sign in _COUNTED.sub("", text)):
            return ""
        return _COUNTED.sub(lambda found: self._number(number, int(found[0][1]) - 1), text)

    def _number(self, number: str, at: int) -> str:
        level = self.levels.get((number, at))
        count = max(self.counts.get((number, at), 0), 1) - 1
        value = (level.start if level else 1) + count
        if level and level.form.endswith("Letter") and 1 <= value <= 26:
            letter = chr(ord("a") + value - 1)
            return letter.upper() if level.form.startswith("upper") else letter
        return str(value)


def lists_in(root: Any) -> ListLabels:
    """The lists of `word/numbering.xml`; `root` may be None."""
    if root is None:
        return ListLabels()
    abstract = {one.get(f"{W}abstractNumId"): one for one in root.iter(f"{W}abstractNum")}
    levels: dict[tuple[str, int], _Level] = {}
    for one in root.iter(f"{W}num"):
        number = one.get(f"{W}numId") or ""
        base = abstract.get(value_of(one.find(f"{W}abstractNumId")))
        for source in (base, *one.findall(f"{W}lvlOverride")):
            for level in source.findall(f"{W}lvl") if source is not None else ():
                levels[number, _whole(level.get(f"{W}ilvl"), 0)] = _level(level)
    return ListLabels(levels)


def _level(level: Any) -> _Level:
    text = value_of(level.find(f"{W}lvlText"))[:_LONGEST_LABEL]
    form = value_of(level.find(f"{W}numFmt"))
    start = _whole(value_of(level.find(f"{W}start")), 1)
    return _Level("" if form == "bullet" and len(text) < 2 else text, form, start)


def _place(paragraph: Any, styles: Styles) -> tuple[str, int] | None:
    """The list and level of a paragraph, by itself or by its style."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return None
    listed = properties.find(f"{W}numPr")
    if listed is None:
        listed = styles.lists.get(value_of(properties.find(f"{W}pStyle")))
    if listed is None:
        return None
    number = value_of(listed.find(f"{W}numId"))
    return number, _whole(value_of(listed.find(f"{W}ilvl")), 0)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
