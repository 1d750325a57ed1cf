"""Small PDF files for the tests, written by hand: words at places."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842  # points
LEFT, TOP, LEADING = 72, 770, 14


@dataclass(frozen=True)
class At:
    """Words that begin at a place in points from the lower left; `turn` in degrees."""

    x: float
    y: float
    text: str
    bold: bool = False
    size: float = 12
    turn: int = 0

    def command(self) -> bytes:
        cosine, sine = {0: (1, 0), 90: (0, 1), 45: (0.7071, 0.7071)}[self.turn]
        matrix = f"{cosine} {sine} {-sine} {cosine} {self.x} {self.y}"
        text = self.text.encode("cp1252")
        for sign in (b"\\", b"(", b")"):
            text = text.replace(sign, b"\\" + sign)
        font = f"/{'B' if self.bold else 'F'} {self.size} Tf"
        return f"BT {font} {matrix} Tm (".encode() + text + b") Tj ET"


def lines(*texts: str, x: float = LEFT, y: float = TOP, leading: float = LEADING) -> list[At]:
    """Lines below each other; an empty one leaves a gap."""
    return [At(x, y - leading * n, text) for n, text in enumerate(texts) if text]


@dataclass
class Page:
    """What stands on one page; `raw` are commands before it."""

    words: Iterable[At] = ()
    raw: bytes = b""
    entries: bytes = b""
    more: Sequence[bytes] = field(default_factory=list)


PICTURE = b"q 595 0 0 842 0 0 cm /I Do Q"


def pdf(*pages: Page | Iterable[At], trailer: bytes = b"") -> bytes:
    """A PDF of pages; each may use the fonts F (regular), B (bold), L (fi at 1), picture I."""
    kids = b" ".join(b"%d 0 R" % (7 + 2 * n) for n in range(len(pages)))
    encoding = b"/Encoding /WinAnsiEncoding"
    ligatures = b"/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>" % encoding,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold %s >>" % encoding,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>" % ligatures,
        stream(
            b"\0",
            b"/Type /XObject /Subtype /Image /Width 1 /Height 1 "
            b"/ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
    ]
    for number, page in enumerate(pages):
        page = page if isinstance(page, Page) else Page(page)
        content = b"\n".join([page.raw, *(one.command() for one in page.words)])
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R %s /Resources "
            b"<< /Font << /F 3 0 R /B 4 0 R /L 5 0 R >> /XObject << /I 6 0 R >> >> >>"
            % (WIDTH, HEIGHT, 8 + 2 * number, page.entries),
            stream(content),
        ]
    return joined(objects, trailer)


def stream(content: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object; packed, its content lies compressed."""
    if packed:
        content = zlib.compress(content, 9)
        entries += b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def joined(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """The file of some objects, of which the first is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    return out + end + b"startxref\n%d\n%%%%EOF\n" % len(out)
