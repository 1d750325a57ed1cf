"""In which encoding an HTML file is written: it says so itself, not always truly."""

from __future__ import annotations

import re

from thematic.readers.formats.decoding import Decoded, decode

_LOOKED_AT = 4_096  # bytes in which a page names its encoding
_NAMED = re.compile(
    rb"<(?:meta\b[^>]{0,500}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*[\"']?\s*([\w.:+-]{1,40})",
    re.IGNORECASE,
)
_MEANT = {  # what browsers take these names for
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "l1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("shift_jis", "x-sjis", "sjis"), "cp932"),
    **dict.fromkeys(("macintosh", "x-mac-roman"), "mac_roman"),
    **dict.fromkeys(("unicode", "utf-16", "utf-16le", "utf-16be"), "utf-8"),
}


def decode_html(data: bytes, encoding: str = "") -> Decoded:
    """As `decode`, but what the page says of its encoding comes before what we guess.

    UTF-8 that holds without a fault is UTF-8, whatever the page says.
    """
    if encoding or data.isascii():
        named = _named(data) if not encoding else ""
        return decode(data, encoding or named)
    text, problems = decode(data)
    if text is not None and not problems:
        return text, problems
    named = _named(data)
    if named:
        text_as_named, more = decode(data, named)
        if text_as_named is not None:
            return text_as_named, more
    return text, problems


def _named(data: bytes) -> str:
    """The encoding that the page names, as a codec; "" where it names none that we know."""
    found = _NAMED.search(data, 0, _LOOKED_AT)
    if not found:
        return ""
    name = found[1].decode("ascii", "replace").lower()
    name = _MEANT.get(name, name)
    try:
        b"a".decode(name)  # which fails for codecs that are no encodings of text
    except (LookupError, ValueError):
        return ""
    return name
