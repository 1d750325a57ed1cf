"""Opens a PDF in a process of its own, with limits, and takes its pages from there."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from thematic.errors import Problem
from thematic.readers.formats.pdf import worker
from thematic.readers.formats.pdf.pages import GAP, Page, Piece, joined, readable
from thematic.readers.limits import Limits, passed

_MIB = 1024 * 1024
_BASE_MEMORY = 256 * _MIB  # Python and PDFium themselves
_WORD_BY_WORD = 3  # pieces in a row that belong together
_MANY_DRAWINGS = 50  # on a page without text: its letters may be drawn as shapes


class Refused(Exception):
    """A PDF that is not read, with the Problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def open_pdf(data: bytes, limits: Limits) -> tuple[list[Page], list[int]]:
    """The pages of a PDF, and the 0-based numbers of those that cannot be read.

    Raises:
        Refused: where nothing of the file can be read, or a limit is passed.
    """
    pages: list[Page] = []
    unreadable: list[int] = []
    for line in _lines(data, limits):
        if "fault" in line:
            raise Refused(_fault(line["fault"], line["found"], limits))
        if "unreadable" in line:
            unreadable.append(line["number"] - 1)
            pages.append(Page(line["number"] - 1))
        elif "pieces" in line:
            pages.append(_page(line))
    if not pages or len(unreadable) == len(pages):
        raise Refused(_damaged())
    return pages, unreadable


def _lines(data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """What the process says, line by line."""
    order = {
        "path": sys.path,
        "memory": _memory(len(data), limits),
        "pages": limits.pages,
        "text": limits.text,
    }
    # -I and -S: neither the environment nor the current folder says what is imported.
    command = [sys.executable or "python3", "-I", "-S", "-c", inspect.getsource(worker)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(order).encode("ascii") + b"\n" + data,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise Refused(_too_slow(limits)) from None
    except OSError as error:
        message = f"the PDF reader could not be started: {error.strerror}"
        raise Refused(Problem("", 0, message, "free some memory and try again")) from None
    if done.returncode:
        raise Refused(_broken_down(len(data), limits))
    for line in done.stdout.splitlines():
        yield json.loads(line)


def _too_slow(limits: Limits) -> Problem:
    message = f"not read: it takes more than {limits.seconds:,} seconds"
    hint = f"if you trust this file: --limit seconds={5 * limits.seconds}"
    return Problem("", 0, message, hint)


def _memory(size: int, limits: Limits) -> int:
    """Bytes that the process may have: the file is held three times, what it unpacks to twice."""
    return _BASE_MEMORY + 3 * size + 2 * limits.unpacked


def _fault(kind: str, found: int, limits: Limits) -> Problem:
    if kind in ("pages", "text"):
        problem = passed(kind, found, limits)
        assert problem is not None
        return problem
    if kind == "password":
        hint = "open it with its password and save or print it to a PDF without one"
        return Problem("", 0, "the PDF is protected by a password", hint)
    if kind == "library":
        hint = "install it with: pip install 'pypdfium2>=5'"
        return Problem("", 0, "PDF files need the package pypdfium2, version 5 or later", hint)
    return _broken_down(0, limits) if kind == "memory" else _damaged()


def _damaged() -> Problem:
    hint = "open it in a PDF viewer and print it to a new PDF; or get the file again"
    return Problem("", 0, "the PDF is damaged, or no PDF: it cannot be opened", hint)


def _broken_down(size: int, limits: Limits) -> Problem:
    most = _memory(size, limits) // _MIB
    message = f"not read: the PDF is damaged, or needs more than {most:,} MiB of memory"
    hint = (
        "open it in a PDF viewer and print it to a new PDF; "
        f"if you trust this file: --limit unpacked={2 * limits.unpacked}"
    )
    return Problem("", 0, message, hint)


def _page(line: dict[str, Any]) -> Page:
    """A page turned so that most of its text is upright, without what lies beyond its edges."""
    letters: Counter[int] = Counter()
    for text, *_, direction, _ in line["pieces"]:
        letters[direction] += len(text)
    upright = max((0, 90, 180, 270), key=lambda direction: letters[direction])
    left, bottom, right, top = _turned(line["box"], upright)
    page = Page(
        line["number"] - 1,
        right - left,
        top - bottom,
        pictures=line["pictures"] > 0 or line["drawings"] >= _MANY_DRAWINGS,
        covered=line["covered"],
        unmapped=line["unmapped"],
    )
    for text, start, end, base, size, direction, bold in line["pieces"]:
        piece = Piece(
            readable(_single_blanks(text)), start - left, end - left, top - base, size, bold
        )
        if direction != upright:
            page.aside.append(piece)
        elif _is_seen(piece, page):
            page.pieces.append(piece)
        else:
            page.outside.append(text)
    page.pieces = _whole(page.pieces)
    return page


def _single_blanks(text: str) -> str:
    """The words of a line; where most blanks are wide it is justified, and none means more."""
    wide = text.count("  ")
    return text.replace("  ", " ") if wide > 1 and wide * 2 >= text.count(" ") - wide else text


def _whole(pieces: list[Piece]) -> list[Piece]:
    """The pieces, put together where a program draws (nearly) each word by itself."""
    whole: list[Piece] = []
    for piece in pieces:
        last = whole[-1] if whole else None
        if last and last.base == piece.base and -0.5 < (piece.left - last.right) / last.size < GAP:
            text, bold = joined((last, piece))
            whole[-1] = replace(last, text=text, right=piece.right, bold=bold)
        else:
            whole.append(piece)
    return whole if len(pieces) > _WORD_BY_WORD * len(whole) else pieces


def _turned(box: list[float], direction: int) -> tuple[float, float, float, float]:
    """The edges of a page as seen by who reads text of this direction upright."""
    left, bottom, right, top = box
    if direction == 90:
        return bottom, -right, top, -left
    if direction == 180:
        return -right, -top, -left, -bottom
    if direction == 270:
        return -top, left, -bottom, right
    return left, bottom, right, top


def _is_seen(piece: Piece, page: Page) -> bool:
    """Whether the middle of a piece lies on the page."""
    across = 0 <= (piece.left + piece.right) / 2 <= page.width
    return across and 0 <= piece.base - 0.3 * piece.size <= page.height
