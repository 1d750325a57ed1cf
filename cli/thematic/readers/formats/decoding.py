"""From bytes to text: which encoding a file has, and whether it is text at all."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any

from thematic.errors import Problem, Severity
from thematic.readers.formats.encodings import is_other_script, old_encoding, wide_encoding

compiled: Any
try:
    from thematic.readers.formats import _plain as compiled
except ImportError:  # it was built without a compiler
    compiled = None

_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DISGUISES = {
    b"%PDF-": "a PDF",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a zip archive (DOCX, ODT, XLSX ...)",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"ID3": "a sound file",
    b"\x1f\x8b": "a compressed file",
    b"ooBinaryFile": "a binary Praat file; choose Save as text file in Praat",
}
_SIGNS = (*_BOMS, *_DISGUISES)  # with one of which few files begin: looked for at once
_IN_LETTERS = tuple(sign.decode() for sign in _DISGUISES if sign.isalnum())
_OLD = {"cp1252": "CP1252 (Windows)", "mac-roman": "Mac Roman (old Macs)"}
_CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F))  # as in `_plain.c`
_FEW_CONTROLS = 16  # that a short text may have
_SAVE_AS = "save it as UTF-8 text, or name its encoding with --encoding"

Decoded = tuple[str | None, list[Problem]]


def decode(data: bytes, encoding: str = "") -> Decoded:
    """The text of a file, newlines as `\\n`, without byte-order mark; None where it is no text.

    Args:
        data: the file's bytes.
        encoding: a codec name that wins over what the bytes suggest, or "".
    """
    if not encoding and (plain := _decode_plain(data)):
        return plain, []
    if not data or data.isspace():
        return None, [Problem("", 0, "the file is empty", "remove it, or put the words in")]
    signed = data.startswith(_SIGNS)
    told = encoding or (signed and _by_beginning(data, _BOMS)) or wide_encoding(data)
    text, problems = _decode_as(data, told) if told else _decode_by_bytes(data)
    disguise = signed and _by_beginning(data, _DISGUISES)
    if disguise and not (disguise == "a sound file" and text and text.isprintable()):
        return None, [Problem("", 0, f"the file is no text but {disguise}", "save it as text")]
    if text is None:
        return None, problems
    in_utf8 = data if not told and not problems else None
    text = newlines(text.removeprefix("\ufeff"))
    if is_binary(text, in_utf8):
        return None, [Problem("", 0, "the file is binary, not text", _SAVE_AS)]
    if not text or text.isspace():
        return None, [Problem("", 0, "the file is empty", "remove it, or put the words in")]
    return text, problems


def plain_text_in(file: str, most: int) -> str:
    """What `decode` gives of a file without telling anything; "" for any other, and any fault.

    Only files are taken that begin with a letter, and the whole is one step in C.

    Args:
        file: an ordinary one on the disk, of any name.
        most: bytes that it may have.
    """
    if not hasattr(compiled, "read"):
        return ""
    text: str = compiled.read(file, most) or ""
    return "" if text.startswith(_IN_LETTERS) else text


def _decode_plain(data: bytes) -> str:
    """UTF-8 with nothing in it that is to be looked at, as most files are; "" for others.

    What `decode` asks besides would be told no by these bytes.
    """
    if compiled is None or not compiled.is_plain(data) or data.startswith(_SIGNS):
        return ""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    return "" if text.isspace() else text


def newlines(text: str) -> str:
    """The text with every kind of line end as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_binary(text: str, in_utf8: bytes | None = None) -> bool:
    """Whether NULs, or more control characters than stray terminal codes, are in the text.

    Args:
        text: with any line ends.
        in_utf8: its bytes, where they are at hand; in them no other sign has such bytes.
    """
    data = text.encode("utf-8", "surrogatepass") if in_utf8 is None else in_utf8
    if 0 in data:  # a number is found sooner than bytes are
        return True
    return controls_in(data) > max(_FEW_CONTROLS, len(text) // 20)


def controls_in(data: bytes) -> int:
    """How many control characters are in bytes, but for NULs, tabs and ends of lines and pages."""
    if compiled is None:
        return len(data) - len(data.translate(None, _CONTROLS))
    found: int = compiled.count(data)
    return found


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        return data.decode(encoding), []
    except LookupError:
        hint = "names such as utf-8, cp1252, utf-16, mac-roman are understood"
        return None, [Problem("", 0, f"there is no encoding called {encoding!r}", hint)]
    except ValueError as error:
        line = _line_of(data, getattr(error, "start", 0))
        return None, [Problem("", line, f"the file is not written in {encoding}", _SAVE_AS)]


def _by_beginning(data: bytes, signs: Mapping[bytes, str]) -> str:
    """What is told by the first of the signs with which the bytes begin; "" for none of them."""
    return next((told for sign, told in signs.items() if data.startswith(sign)), "")


def _decode_by_bytes(data: bytes) -> Decoded:
    """UTF-8 without any problem, or else an old encoding with one."""
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _decode_old(data, _line_of(data, error.start))


def _decode_old(data: bytes, line: int) -> Decoded:
    """Not UTF-8: a damaged UTF-8 file where most of it is, else CP1252, Mac Roman or nothing."""
    patched = data.decode("utf-8", "replace")
    damaged = patched.count("\ufffd")
    foreign = sum(1 for sign in patched if ord(sign) > 0x7F) - damaged
    if foreign > 3 * damaged:
        message = f"{damaged} damaged characters in a UTF-8 file are read as U+FFFD"
        return patched, [Problem("", line, message, _SAVE_AS, Severity.WARNING)]
    encoding = old_encoding(data)
    if not encoding:
        message = "the file is neither UTF-8 nor CP1252 text"
        return None, [Problem("", line, message, _SAVE_AS)]
    message = f"read as {_OLD[encoding]}, for it is not UTF-8"
    hint = "if letters look wrong, name the encoding with --encoding"
    text = data.decode(encoding)
    if is_other_script(text):
        message += ", but its letters look like those of another script"
        hint = "name its encoding, such as --encoding cp1251 (Russian), cp1253 (Greek), cp1256"
        return text, [Problem("", line, message, hint, Severity.WARNING)]
    return text, [Problem("", 0, message, hint, Severity.NOTE)]


def _line_of(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
