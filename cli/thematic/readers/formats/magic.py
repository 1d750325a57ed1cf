"""What a file is by its first bytes, whatever its name says.

`interview.docx` is often an old Word file, RTF or a web page that somebody gave the new
ending, and `interview.doc` is as often RTF, HTML or DOCX, for Word opens them all.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from thematic.errors import Problem, Severity
from thematic.model.patterns import expression
from thematic.readers.formats.archives import FAULTS, OLE

ZIP = b"PK\x03\x04"
_PDF, _RTF = b"%PDF-", b"{\\rtf"
_SIGNS = (_PDF, _RTF, ZIP, OLE)  # with none of which most files begin
_BOM = b"\xef\xbb\xbf"
_LOOKED_AT = 4_096  # bytes
_HTML = expression(
    r"\ufeff?(?:\s|<!--.*?-->|<\?xml\b[^<>]*>)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_FLAT_ODT = expression(r"\ufeff?(?:\s|<\?xml\b[^<>]*>)*<office:document\b")
_MAIL = expression(r"\s*(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}", re.ASCII)
_WEB_ARCHIVE = expression(r"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_STREAMS = (  # names in an old Office file
    ("EncryptedPackage", ""),  # the reader that its name asks for says what to do
    ("WordDocument", ".doc"),
)
_MIMETYPES = (  # at the begin of the file that names an OpenDocument's type
    (b"application/vnd.oasis.opendocument.text", ".odt"),
    (b"application/vnd.sun.xml.writer", ".sxw"),
)
_PARTS = (("word/", ".docx"), ("xl/", ".xlsx"))
_ALIKE = (  # endings that one reader knows how to tell apart
    frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    frozenset({".odt", ".ott"}),
    frozenset({".xlsx", ".xlsm"}),
    frozenset({".html", ".htm"}),
    frozenset({".mht", ".mhtml"}),
    frozenset({".doc", ".dot", ".wps"}),
)
_MAY_BE_TEXT = frozenset().union(*_ALIKE[:3], {".doc", ".dot", ".rtf"})


def suffix_by_magic(data: bytes) -> str:
    """The ending for bytes that begin as only one format does; "" for all others."""
    if data[:1].isalnum() and not data.startswith(ZIP):
        return ""  # for most files; the others are looked through
    start = data[:_LOOKED_AT].removeprefix(_BOM).lstrip()
    if not start.startswith(_SIGNS):
        return ""
    if start.startswith(_PDF):
        return ".pdf"
    if start.startswith(_RTF):
        return ".rtf"
    if data.startswith(ZIP):
        return _in_zip(data)
    if data.startswith(OLE):
        found = (suffix for name, suffix in _STREAMS if name.encode("utf-16-le") in data)
        return next(found, "")
    return ""


def suffix_by_markup(text: str) -> str:
    """The ending for a web page, a web archive or a flat ODT file; "" for all other text."""
    start = text[:_LOOKED_AT]
    if _HTML.match(start):
        return ".html"
    if _FLAT_ODT.match(start):
        return ".fodt"
    head = _MAIL.match(start)
    return ".mht" if head and _WEB_ARCHIVE.search(head.group()) else ""


def is_meant_for(found: str, suffix: str) -> bool:
    """Whether a file of kind `found` may well have the ending `suffix`."""
    return found == suffix or any(found in alike and suffix in alike for alike in _ALIKE)


def may_be_text(suffix: str) -> bool:
    """Whether people give this ending to plain text and web pages too, by mistake."""
    return suffix in _MAY_BE_TEXT


def renamed(found: str, suffix: str) -> Problem:
    """The note on a file that is something else than its name says."""
    message = f"read as {found}, which it is, although its name ends in {suffix}"
    return Problem("", 0, message, f"give it the ending {found}", Severity.NOTE)


def _in_zip(data: bytes) -> str:
    """What a zip container holds; "" for an archive of other files, or a damaged one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    told = member.read(100)
                return next((suffix for mime, suffix in _MIMETYPES if told.startswith(mime)), "")
    except (*FAULTS, KeyError):
        return ""
    if "[content_types].xml" not in names:
        return ""
    found = (suffix for part, suffix in _PARTS if any(name.startswith(part) for name in names))
    return next(found, "")
