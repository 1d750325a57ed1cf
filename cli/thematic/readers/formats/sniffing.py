"""Which format bytes without a file name hold, such as those of standard input."""

from __future__ import annotations

import json

from thematic.model.patterns import expression
from thematic.readers.formats.archives import OLE
from thematic.readers.formats.decoding import decode
from thematic.readers.formats.front_matter import read_front_matter
from thematic.readers.formats.magic import (
    ZIP,
    is_meant_for,
    may_be_text,
    suffix_by_magic,
    suffix_by_markup,
)
from thematic.readers.formats.tables.sniff import table_suffix

_LOOKED_AT = 20_000  # characters in which Markdown must show itself
_LEAST_TEXT = 40  # characters that a text under a wrong name has; less is a damaged file
_SUBTITLE_TIMES = expression(
    r"\s*(?:\d{1,9}[ \t]*\n)?[ \t]*(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?[ \t]*-->"
)
_SBV_TIMES = expression(r"\s*\d{1,3}:\d\d:\d\d\.\d{3},\d{1,3}:\d\d:\d\d\.\d{3}[ \t]*\n")
_ELAN = expression(r"\s*(?:<[?!][^<>]*>\s*)*<ANNOTATION_DOCUMENT[\s>]")
_TEXTGRID = expression(
    r'\s*(?:File type[ ]=[ ])?"ooTextFile[^\n]*\s+(?:Object class[ ]=[ ])?"TextGrid"'
)
_BOLD_LABEL = expression(r"(?m:^)[ \t]*(?:\*\*|__)[^*_\n:]{1,70}(?::(?:\*\*|__)|(?:\*\*|__):)")
_OTRANSCRIBE = expression(r'"media-(?:time|source)"\s*:|class=\\"timestamp\\"')
_BROKEN_JSON = expression(r'(?:\{|\[\s*[\[{])\s*"')


def suffix_for(data: bytes, encoding: str = "") -> str:
    """The file ending whose reader suits the bytes; `.txt` where nothing tells more.

    Args:
        data: what was read.
        encoding: a codec name, or "" to find out.
    """
    found = suffix_by_magic(data)
    if found or data.startswith(ZIP):
        return found or ".docx"  # whose reader says what a damaged or other archive is
    text, _ = decode(data, encoding)
    if text is None:
        return ".txt"
    return suffix_by_markup(text) or suffix_of_text(text)


def true_suffix(data: bytes, suffix: str, encoding: str = "") -> str:
    """The ending of what the bytes are, where they are surely something else than `suffix`.

    Args:
        data: of a file.
        suffix: the ending of its name, in small letters.
        encoding: a codec name, or "" to find out.
    """
    found = suffix_by_magic(data)
    if not found and may_be_text(suffix) and not data.startswith((ZIP, OLE)):
        text, _ = decode(data, encoding)
        if text and len(text.strip()) >= _LEAST_TEXT:
            found = suffix_by_markup(text) or suffix_of_text(text)
    return suffix if not found or is_meant_for(found, suffix) else found


def suffix_of_text(text: str) -> str:
    """The file ending whose reader suits a text that is no web page."""
    start = text.lstrip()
    if start.startswith("WEBVTT"):
        return ".vtt"
    if _SUBTITLE_TIMES.match(text):
        return ".srt"
    for shape, suffix in ((_SBV_TIMES, ".sbv"), (_ELAN, ".eaf"), (_TEXTGRID, ".textgrid")):
        if shape.match(text):
            return suffix
    if start[0] in "{[" and _is_json(start):
        return ".otr" if _OTRANSCRIBE.search(start) else ".json"
    table = table_suffix(text)
    if table:
        return table
    is_markdown = read_front_matter(text).lines or _BOLD_LABEL.search(text[:_LOOKED_AT])
    return ".md" if is_markdown else ".txt"


def _is_json(text: str) -> bool:
    """Whether the text is JSON with objects or lists in it, or was meant to be."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        return _BROKEN_JSON.match(text) is not None
    except (ValueError, RecursionError):
        return True
    return isinstance(data, dict) or any(isinstance(one, dict | list) for one in data)
