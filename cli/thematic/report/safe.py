"""Transcript text is untrusted: how it is shown as its very characters and does nothing."""

from __future__ import annotations

import re

from thematic.model.patterns import expression

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# C0 and DEL have pictures of their own; C1 and direction overrides are written out.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_PICTURES[0x7F] = "\u2421"
_WRITTEN_OUT = [*range(0x80, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]
_VISIBLE = _PICTURES | {code: f"\\u{code:04x}" for code in _WRITTEN_OUT}
_MARKDOWN = expression(r"([\\`*_{}\[\]<>#|~$!&])")
_NOT_IN_XML = expression("[\ud800-\udfff\ufffe\uffff]")
_BLANKS = expression(r"\s+")
_LINE_START = expression(r"^(\s*\d*)([-+=>]|(?<=\d)[.)])", re.MULTILINE)


def visible(text: str) -> str:
    """The text with control characters and direction overrides made visible.

    A terminal escape becomes "␛[31m"; line ends and tabs stay.
    """
    return text.translate(_VISIBLE)


def xml(text: str) -> str:
    """Visible text without what no XML file may hold; such characters become U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", visible(text))


def one_line(text: str) -> str:
    """Visible text with every white-space run one blank, for a line of prose."""
    return " ".join(visible(text).split())


def flat(text: str) -> str:
    """A part of a line: as `one_line`, but a blank at an end stays."""
    return _BLANKS.sub(" ", visible(text))


def cell(value: str) -> str:
    """A CSV cell that no spreadsheet reads as a formula: a ' before = + - @ and tabs."""
    shown = visible(value)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown


def markdown(text: str) -> str:
    """One line of Markdown that renders as these very characters."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text))
    return _LINE_START.sub(r"\1\\\2", escaped)
