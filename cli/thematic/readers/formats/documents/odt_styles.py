"""What the styles of an ODT file say: titles, bold and hidden words, labels of lists."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from thematic.model.nouns import dataclass
from thematic.readers.formats.documents.titles import is_quote_style, is_title_style

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = f"{{{_OASIS}:text:1.0}}"
TABLE = f"{{{_OASIS}:table:1.0}}"
OFFICE = f"{{{_OASIS}:office:1.0}}"
DRAW = f"{{{_OASIS}:drawing:1.0}}"
_STYLE = f"{{{_OASIS}:style:1.0}}"
_WEIGHT = f"{{{_OASIS}:xsl-fo-compatible:1.0}}font-weight"
_LIST_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_BOLD = re.compile(r"bold|[6-9]00")
_SPACE = "_20_"  # a blank in the name of a style
_NUMBER = re.compile(r"%[1-9]%")
_MOST_PARENTS = 20  # of a style; more would be a circle


@dataclass
class OdtStyles:
    """The styles of an ODT file, its own and those made for single places."""

    styles: dict[str, Any] = field(default_factory=dict)
    levels: dict[tuple[str, int], str] = field(default_factory=dict)  # list and level -> label

    def add(self, root: Any) -> None:
        """Take in the styles of `content.xml` or `styles.xml`; `root` may be None."""
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            self.styles[style.get(f"{_STYLE}name") or ""] = style
        for style in root.iter(f"{TEXT}list-style") if root is not None else ():
            for level in style.iter(f"{TEXT}list-level-style-number"):
                place = style.get(f"{_STYLE}name") or "", whole(level.get(f"{TEXT}level"), 1)
                self.levels[place] = _label(level)

    def is_title(self, name: str) -> bool:
        """Whether a paragraph's style is, or comes from, one for titles; names are English."""
        return any(is_title_style(key.replace(_SPACE, " ")) for key, _ in self._line(name))

    def is_quote(self, name: str) -> bool:
        """Whether a paragraph's style is, or comes from, one for quotations."""
        return any(is_quote_style(key.replace(_SPACE, " ")) for key, _ in self._line(name))

    def bold(self, name: str) -> bool | None:
        """Whether a style makes words bold; None where it says nothing of it."""
        said = self._said(name, _WEIGHT)
        return None if said is None else _BOLD.fullmatch(said) is not None

    def is_hidden(self, name: str) -> bool:
        """Whether words in this style are not shown."""
        return self._said(name, f"{TEXT}display") == "none"

    def _line(self, name: str) -> list[tuple[str, Any]]:
        """The style and those it comes from."""
        found: list[tuple[str, Any]] = []
        while name and len(found) < _MOST_PARENTS:
            style = self.styles.get(name)
            found.append((name, style))
            name = (style.get(f"{_STYLE}parent-style-name") or "") if style is not None else ""
        return found

    def _said(self, name: str, attribute: str) -> str | None:
        for _, style in self._line(name):
            for properties in style.iter(f"{_STYLE}text-properties") if style is not None else ():
                if properties.get(attribute) is not None:
                    return str(properties.get(attribute))
        return None


def whole(text: str | None, otherwise: int) -> int:
    """A whole number of at most six digits, else the other one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _label(level: Any) -> str:
    """What a list puts before its items, with %1% for the number; "" without letters of its own."""
    text = level.get(f"{_LIST_FORMAT}num-list-format")
    if text is None:
        at = level.get(f"{TEXT}level") or "1"
        number = f"%{at}%" if level.get(f"{_STYLE}num-format") else ""
        prefix, suffix = (level.get(f"{_STYLE}num-{side}") or "" for side in ("prefix", "suffix"))
        text = f"{prefix}{number}{suffix}"
    return text if any(sign.isalpha() for sign in _NUMBER.sub("", text)) else ""
