"""Which format bytes without a file name hold, such as those of standard input."""

from __future__ import annotations

import json
import re

from thematic.readers.formats.decoding import decode
from thematic.readers.formats.front_matter import read_front_matter

_ZIP = b"PK\x03\x04"
_LOOKED_AT = 20_000  # characters in which Markdown must show itself
_SUBTITLE_TIMES = re.compile(
    r"\s*(?:\d{1,9}[ \t]*\n)?[ \t]*(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?[ \t]*-->"
)
_BOLD_LABEL = re.compile(r"(?m:^)[ \t]*(?:\*\*|__)[^*_\n:]{1,70}(?::(?:\*\*|__)|(?:\*\*|__):)")
_BROKEN_JSON = re.compile(r'(?:\{|\[\s*[\[{])\s*"')


def suffix_for(data: bytes, encoding: str = "") -> str:
    """The file ending whose reader suits the bytes; `.txt` where nothing tells more.

    Args:
        data: what was read.
        encoding: a codec name, or "" to find out.
    """
    if data.startswith(_ZIP):
        return ".docx"
    text, _ = decode(data, encoding)
    if text is None:
        return ".txt"
    start = text.lstrip()
    if start.startswith("WEBVTT"):
        return ".vtt"
    if _SUBTITLE_TIMES.match(text):
        return ".srt"
    if start[0] in "{[" and _is_json(start):
        return ".json"
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
