"""The characters that a file holds, before anything is made of them."""

from __future__ import annotations

from io import BytesIO

from thematic.readers.formats.decoding import decode

_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
_OTHERS = (b"%PDF-", b"\xd0\xcf\x11\xe0", b"PAR1")  # PDF, old Word files, Parquet
_MOST = 8_000_000  # bytes of all parts of a container


def characters_of(data: bytes, encoding: str = "") -> str | None:
    """All characters of a file: of an office file those of its XML parts, markup and all.

    None where it holds none as such, as PDFs do, or too many. Equal bytes give equal text.

    Args:
        data: the file's bytes.
        encoding: a codec name, or "" to find out.
    """
    if data.startswith(_OTHERS):
        return None
    if data.startswith(_ZIP):
        return _of_parts(data)
    if data.startswith(_RTF):
        return data.decode("latin-1")
    return decode(data, encoding)[0]


def _of_parts(data: bytes) -> str | None:
    import zipfile

    from thematic.readers.formats.archives import FAULTS

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [one for one in archive.infolist() if one.filename.lower().endswith(".xml")]
            if sum(part.file_size for part in parts) > _MOST:
                return None
            return "".join([archive.read(part).decode() for part in parts])
    except FAULTS:  # a wrong encoding is a ValueError
        return None
