"""oTranscribe's files: JSON that holds the transcript as HTML, with time stamps in spans."""

from __future__ import annotations

import json
import re

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.html import read_html_text
from thematic.readers.options import ReadOptions

_STAMP = re.compile(
    r"<span\b(?=[^<>]{0,300}\bclass=[\"']?timestamp)(?P<attributes>[^<>]{0,400})>(?P<shown>[^<>]{0,40})</span>"
)
_SECONDS = re.compile(r"\bdata-timestamp=[\"']?(\d{1,6}(?:\.\d{1,20})?)")


def read_otr(text: str, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from oTranscribe: stamps as `[0:08.1]`, with the fraction that it keeps."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"no valid JSON: {error.msg}"
        return None, [Problem("", error.lineno, message, "export it from oTranscribe again")]
    except (ValueError, RecursionError) as error:
        return None, [Problem("", 0, f"no JSON that can be read: {error}", "export it again")]
    html = data.get("text") if isinstance(data, dict) else None
    if not isinstance(html, str) or not html.strip():
        message = "no file of oTranscribe with words: it has no text"
        return None, [Problem("", 0, message, "export it from oTranscribe again")]
    return read_html_text(_STAMP.sub(_stamp, html), options, "otr", "oTranscribe file")


def _stamp(found: re.Match[str]) -> str:
    seconds = _SECONDS.search(found["attributes"])
    shown = _clock(float(seconds[1])) if seconds else found["shown"].strip()
    return f"[{shown}]" if shown else ""


def _clock(seconds: float) -> str:
    """1:02:03.5 or 2:03.5, without a fraction where there is none."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    second = f"{rest // 1000:02}" + f".{rest % 1000:03}".rstrip("0").rstrip(".")
    return f"{hours}:{minutes:02}:{second}" if hours else f"{minutes}:{second}"
