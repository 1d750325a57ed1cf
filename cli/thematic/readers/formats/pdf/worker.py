"""The process that opens a PDF: what stands where on each page, as lines of JSON.

PDFium is a C++ library: nothing but the end of its process stops it in the middle of a
page, sets its memory free, or survives its faults, and two threads must not use it at once.
So this module is run by `process` as a program of its own and imports nothing of thematic.

Standard input: one line of JSON (`Order`), then the PDF. Standard output: a line of JSON for
each page, then `{"pages": n}`; or, at any place, `{"fault": kind, "found": number}`.
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

SHORTEST_PIECE = 40  # characters that a piece of text counts at least, for the limit
_PASSWORD_ERRORS = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_BOLD = re.compile(r"bold|black|heavy|demi|[CS][MF]BX|-Medi\b", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # a font's flag
_MOST_OBJECTS = 2_000  # drawings and pictures looked at on one page
_GAP = 0.8  # of the font size: a blank this wide between words may part two columns
_TYPED_GAP = 1.5  # the same, where the blank is made of typed spaces
_WIDE_BLANK = 0.7  # the same, where it is more than one blank
_USUAL_BLANK = 0.4
_SMALL_GAP = 0.15  # the same, where the two words are drawn by two commands
_OVERLAP = 0.5  # of the font size: how far a word may reach back over the one before it
_LEFTWARDS = ("R", "AL")  # bidirectional classes of Hebrew and Arabic letters
_BLANKS = frozenset({0x20, 0xA0, 0x09, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000})
_HYPHENS = frozenset({0x02, 0xFFFE})  # what PDFium makes of a hyphen at a line's end
_SOFT_HYPHEN = 0xAD
_NO_SIGN = 0xFEFF  # a mark that shows nothing
_CONTROLS = frozenset(range(0x20)) | frozenset(range(0x7F, 0xA0)) | {0xFFFF, 0xFFFD, _NO_SIGN}
_LINE_ENDS = frozenset({0x0A, 0x0D})
_NOTHING = _CONTROLS - _BLANKS - _HYPHENS - _LINE_ENDS
_PARTING = _BLANKS | _HYPHENS | _NOTHING | _LINE_ENDS


class Fault(Exception):
    """Why a PDF is not read: the kind, and the number that passed a limit."""

    def __init__(self, kind: str, found: int = 0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.found = found


def main() -> None:
    """Read the order and the PDF from standard input, write its pages."""
    order = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = order["path"]
    try:
        _limit_memory(order["memory"])
        for line in _read(sys.stdin.buffer.read(), order["pages"], order["text"]):
            _write(line)
    except Fault as fault:
        _write({"fault": fault.kind, "found": fault.found})
    except MemoryError:
        _write({"fault": "memory", "found": 0})
    except ImportError:
        _write({"fault": "library", "found": 0})


def _write(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n")


def _limit_memory(most: int) -> None:
    """Let the system refuse this process more memory, in bytes; Windows has no such call."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def _read(data: bytes, most_pages: int, most_text: int) -> Iterator[dict[str, Any]]:
    import pypdfium2

    if not hasattr(pypdfium2.raw, "FPDFText_GetTextObject"):  # older than version 5
        raise Fault("library")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in _PASSWORD_ERRORS
        raise Fault("password" if locked else "damaged") from None
    count = len(document)
    if count > most_pages:
        raise Fault("pages", count)
    text = 0
    for number in range(count):
        try:
            found = _page(document[number], number + 1)
        except pypdfium2.PdfiumError:
            yield {"number": number + 1, "unreadable": True}
            continue
        text += sum(max(len(piece[0]), SHORTEST_PIECE) for piece in found["pieces"])
        if text > most_text:
            raise Fault("text", text * count // (number + 1))  # if all pages are like these
        yield found
    yield {"pages": count}


def _page(page: Any, number: int) -> dict[str, Any]:
    textpage = page.get_textpage()
    pieces, unmapped = _Words(textpage).pieces()
    textpage.close()
    box = [round(edge, 1) for edge in page.get_bbox()]  # left, bottom, right, top
    pictures, covered, drawings = _graphics(page, box)
    page.close()
    return {
        "number": number,
        "box": box,
        "pieces": pieces,
        "unmapped": unmapped,
        "pictures": pictures,
        "covered": covered,
        "drawings": drawings,
    }


def _graphics(page: Any, box: list[float]) -> tuple[int, float, int]:
    """How many pictures, the largest share of the page that one covers, how many drawings."""
    from pypdfium2 import raw

    pictures = drawings = 0
    covered = 0.0
    area = max((box[2] - box[0]) * (box[3] - box[1]), 1.0)
    for seen, one in enumerate(page.get_objects(max_depth=3)):
        if seen > _MOST_OBJECTS:
            break
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
            left, bottom, right, top = one.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / area)
        elif one.type == raw.FPDF_PAGEOBJ_PATH:
            drawings += 1
    return pictures, round(min(covered, 1.0), 2), drawings


class _Words:
    """The words of one page, put together to pieces of lines.

    A piece is `[text, left, right, baseline, size, direction, bold]`: words on one line
    without a wide gap. Left, right and baseline are in points as seen by who reads the
    piece upright (upwards grows), `size` is the font's, `direction` is 0, 90, 180 or 270
    degrees or -1 for any other, `bold` counts the bold characters at the start.
    """

    def __init__(self, textpage: Any) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = textpage.raw
        self._count = textpage.count_chars()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._first, self._last = raw.FS_RECTF(), raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._fonts: dict[bytes, bool] = {}
        self._pieces: list[list[Any]] = []
        self._open = False  # whether a word may continue the last piece
        self._unmapped = 0

    def pieces(self) -> tuple[list[list[Any]], int]:
        """All pieces, in the order of the file, and how many signs have no known letter."""
        sign_at, page = self._raw.FPDFText_GetUnicode, self._page
        start = 0
        signs: list[int] = []
        blanks = ""
        for index in range(self._count):
            sign = sign_at(page, index)
            sign = self._soft_hyphen(index) if sign == _SOFT_HYPHEN else sign
            start = start if signs else index
            if sign not in _PARTING:
                signs.append(sign)
                continue
            if sign in _HYPHENS:
                signs.append(0x2D)
            elif sign in _NOTHING:
                self._unmapped += sign != _NO_SIGN
                continue
            if signs:
                self._add(start, index - (sign not in _HYPHENS), signs, blanks)
                signs, blanks = [], ""
            if sign in _BLANKS:
                made = self._raw.FPDFText_IsGenerated(page, index) == 1
                blanks += "" if made else chr(sign)
            else:
                self._open, blanks = False, ""
        if signs:
            self._add(start, self._count - 1, signs, blanks)
        return self._pieces, self._unmapped

    def _add(self, start: int, end: int, signs: list[int], blanks: str) -> None:
        """Put the word of the signs `start` to `end` (included) where it belongs."""
        self._raw.FPDFText_GetLooseCharBox(self._page, start, self._first)
        self._raw.FPDFText_GetLooseCharBox(self._page, end, self._last)
        text = _text(signs)
        leftwards = unicodedata.bidirectional(text[0]) in _LEFTWARDS
        if leftwards and self._first.left < self._last.left:  # PDFium left it as it is seen
            text = _text(signs[::-1])
        last = self._pieces[-1] if self._open else None
        if last and self._continues(last, blanks, start, leftwards):
            left, right = self._edges(last[5])
            between = self._between(blanks, start, (left - last[2]) / last[4])
            if last[6] == len(last[0]) and self._is_bold(start):
                last[6] += len(between) + len(text)
            last[0] += between + text
            last[1], last[2] = min(last[1], round(left, 1)), max(last[2], round(right, 1))
            return
        direction = _direction(self._raw.FPDFText_GetCharAngle(self._page, start))
        left, right = self._edges(direction)
        base, size = self._base_and_size(start, direction)
        bold = len(text) if self._is_bold(start) else 0
        piece = [text, round(left, 1), round(right, 1), base, size, direction, bold]
        self._pieces.append(piece)
        self._open = True
        if self._raw.FPDFText_HasUnicodeMapError(self._page, start) == 1:
            self._unmapped += len(text)

    def _continues(self, last: list[Any], blanks: str, start: int, leftwards: bool) -> bool:
        """Whether the word in the two boxes stands behind a piece without a wide gap."""
        left, right = self._edges(last[5])
        gap: float = (left - last[2]) / last[4]
        if leftwards or unicodedata.bidirectional(last[0][0]) in _LEFTWARDS:
            gap = min(gap, (last[1] - right) / last[4], key=abs)
        elif right <= left:
            return False
        if blanks:
            return -_OVERLAP < gap < _TYPED_GAP
        return -_OVERLAP < gap < _GAP and (gap < _SMALL_GAP or self._is_one_object(start))

    def _between(self, blanks: str, start: int, gap: float) -> str:
        """What parts two words; PDFium makes one blank of many, so the gap tells."""
        widest = _WIDE_BLANK
        if blanks and gap > _USUAL_BLANK:
            self._raw.FPDFText_GetLooseCharBox(self._page, start - 1, self._first)
            blank = (self._first.right - self._first.left) / self._pieces[-1][4]
            widest = 1.7 * blank if blank > 0.1 else _WIDE_BLANK
        return (blanks or " ") + (" " if gap > widest else "")

    def _is_one_object(self, start: int) -> bool:
        """Whether one command draws the word at `start` and the word before it."""
        before = start - 1
        while before > 0 and self._raw.FPDFText_IsGenerated(self._page, before) == 1:
            before -= 1
        one, other = (
            ctypes.cast(self._raw.FPDFText_GetTextObject(self._page, index), ctypes.c_void_p)
            for index in (before, start)
        )
        return bool(one.value == other.value)

    def _soft_hyphen(self, index: int) -> int:
        """A soft hyphen that can be seen is a hyphen: many fonts have one shape for both."""
        self._raw.FPDFText_GetLooseCharBox(self._page, index, self._first)
        return 0x2D if self._first.right - self._first.left > 0.5 else _NO_SIGN

    def _edges(self, direction: int) -> tuple[float, float]:
        """Left and right edge of the word in the two boxes."""
        one, other = self._first, self._last
        if direction == 90:
            return min(one.bottom, other.bottom), max(one.top, other.top)
        if direction == 180:
            return -max(one.right, other.right), -min(one.left, other.left)
        if direction == 270:
            return -max(one.top, other.top), -min(one.bottom, other.bottom)
        return min(one.left, other.left), max(one.right, other.right)

    def _base_and_size(self, index: int, direction: int) -> tuple[float, float]:
        raw, page = self._raw, self._page
        raw.FPDFText_GetCharOrigin(page, index, self._x, self._y)
        x, y = self._x.value, self._y.value
        base = {90: -x, 180: -y, 270: x}.get(direction, y)
        raw.FPDFText_GetMatrix(page, index, self._matrix)
        size = raw.FPDFText_GetFontSize(page, index) * math.hypot(self._matrix.c, self._matrix.d)
        return round(base, 1), round(size, 1) if 0.1 < size < 10_000 else 10.0

    def _is_bold(self, index: int) -> bool:
        length = self._raw.FPDFText_GetFontInfo(self._page, index, self._name, 128, self._flags)
        name = self._name.value if 0 < length <= 128 else b""
        if name not in self._fonts:
            self._fonts[name] = _BOLD.search(name.decode("ascii", "replace")) is not None
        return self._fonts[name] or bool(self._flags.value & _FORCE_BOLD)


def _text(signs: list[int]) -> str:
    """The text of UTF-16 units or code points."""
    return "".join(map(chr, signs)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _direction(angle: float) -> int:
    """The angle of a sign, in radians clockwise, as one of four directions or -1."""
    degrees = math.degrees(-angle) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) < 3 else -1


if __name__ == "__main__":
    main()
