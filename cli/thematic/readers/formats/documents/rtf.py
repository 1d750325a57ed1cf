"""RTF files.

striprtf was weighed and tried. It gives plain text only: no bold labels, and tables whose
cell ends cannot be told from the sign `|`. It shows hidden and deleted words, loses those
of text boxes and of Unicode pairs (`\\upr`), adds addresses behind links, stops at braces
in binary data, and raises on `\\uc` without a number, on `\\u` beyond Unicode, on fonts of
old Macs and on half a Japanese sign. None of this can be mended before or after it, so the
tokens are read here; groups are kept on a list, and no depth of them ends in recursion.
"""

from __future__ import annotations

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.layout import transcript_of
from thematic.readers.formats.documents.left_out import left_out
from thematic.readers.formats.documents.rtf_charsets import Charsets
from thematic.readers.formats.documents.rtf_text import RtfText
from thematic.readers.formats.documents.rtf_tokens import depth_of
from thematic.readers.limits import passed
from thematic.readers.options import ReadOptions

_BEGIN = "{\\rtf"


def read_rtf(data: bytes, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from an RTF file: what a reader sees in its body, without its notes."""
    text, charsets = _opened(data, options)
    at = text.find(_BEGIN, 0, 1_000)
    if at < 0:
        hint = "open it in a word processor and save it again as .rtf or .docx"
        return None, [Problem("", 0, f"no RTF file: it does not begin with {_BEGIN}", hint)]
    fault = passed("nesting", depth_of(text), options.limits)
    if fault:
        return None, [fault]
    reader = RtfText(charsets)
    blocks = reader.read(text[at:])
    transcript, problems = transcript_of(blocks, options, "rtf", "RTF file")
    return transcript, problems + left_out(reader.page.missing) + _damage(reader)


def _opened(data: bytes, options: ReadOptions) -> tuple[str, Charsets]:
    """The file as text, one sign a byte; some programs write UTF-8, which is decoded."""
    charsets = Charsets(given=options.encoding)
    if not data.isascii():
        try:
            charsets.decoded = True
            return data.decode("utf-8"), charsets
        except UnicodeDecodeError:
            charsets.decoded = False
    return data.decode("latin-1"), charsets


def _damage(reader: RtfText) -> list[Problem]:
    told: list[tuple[str, str]] = []
    look = "open it in a word processor, look at its end, and save it again"
    if reader.damaged:
        message = f"{reader.damaged:,} damaged characters are read as U+FFFD"
        told.append((message, "if they are letters, name the encoding with --encoding"))
    if reader.is_cut_off:
        told.append(("the file ends too early; its last words may be missing", look))
    elif reader.goes_on:
        told.append(("words stand behind the end of the file; they are read too", look))
    return [Problem("", 0, message, hint, Severity.WARNING) for message, hint in told]
