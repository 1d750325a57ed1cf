"""Forms of `thematic extract` that came back: Word, XLSX or CSV, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from thematic.errors import Problem
from thematic.exchange.word_file import is_word_file
from thematic.model.extracts import FilledQuote
from thematic.readers.formats.documents.packages import Package
from thematic.readers.formats.documents.word import STRICT, related
from thematic.readers.formats.documents.word_styles import W
from thematic.readers.limits import Limits
from thematic.readers.packed import Refused
from thematic.readers.sheets import read_table, unguarded

HEADS = ("quote", "answer", "wording", "remarks", "reference")  # of columns, and of rows in Word
_NEEDED = ("reference", "answer")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_MOVED = (f"{W}moveFrom", f"{W}del")


def read_extract(
    path: Path, data: bytes, limits: Limits
) -> tuple[list[FilledQuote], list[Problem]]:
    """Every passage of a form, with an answer or without, and what is wrong with the file.

    Never raises for what the file holds.
    """
    filled, problems = _of_word(data, limits) if is_word_file(path.name) else _of_table(path)
    if not filled and not problems:
        hint = "name a file that thematic extract wrote, filled in"
        problems.append(Problem("", 0, "it holds no quotes to answer", hint))
    return filled, problems


def _of_table(path: Path) -> tuple[list[FilledQuote], list[Problem]]:
    rows, problems = read_table(path)
    if not rows:
        return [], problems
    heads = [unguarded(cell).strip().casefold() for cell in rows[0].cells]
    missing = [name for name in _NEEDED if name not in heads]
    if missing:
        hint = "keep the heads of the form as they were"
        told = Problem("", rows[0].line, f"no column is called {missing[0]!r}", hint)
        return [], [*problems, told]
    filled = []
    for row in rows[1:]:
        cells = [unguarded(cell).strip() for cell in row.cells]
        if any(cells):
            named = dict(zip(heads, cells, strict=False))
            filled.append(_filled(f"line {row.line}", named))
    return filled, problems


def _of_word(data: bytes, limits: Limits) -> tuple[list[FilledQuote], list[Problem]]:
    try:
        package = Package(data, limits)
        main = related(package, "", "officeDocument") or "word/document.xml"
        root = package.xml(main, STRICT)
    except Refused as refused:
        return [], [refused.problem]
    if root is None:
        message = "no Word file that can be read: it has no text part"
        return [], [Problem("", 0, message, "save it again as .docx")]
    forms = [cells for cells in map(_cells, root.iter(f"{W}tbl")) if "reference" in cells]
    return [_filled(f"quote {n}", cells) for n, cells in enumerate(forms, start=1)], []


def _filled(place: str, cells: Mapping[str, str]) -> FilledQuote:
    said = {name: cells.get(name, "") for name in HEADS}
    return FilledQuote(
        place,
        said["reference"],
        said["quote"],
        said["answer"],
        said["wording"],
        said["remarks"],
    )


def _cells(table: Any) -> dict[str, str]:
    """The right cells of a table by what the left ones begin with; other rows are left aside."""
    found: dict[str, str] = {}
    for row in table.iterfind(f"{W}tr"):
        cells = [_text(cell) for cell in row.iter(f"{W}tc")]
        if len(cells) < 2:
            continue
        words = cells[0].casefold().split()
        name = words[0].rstrip(":,") if words else ""
        if name in HEADS:
            found.setdefault(name, "\n".join(cells[1:]).strip())
    return found


def _text(cell: Any) -> str:
    return "\n".join("".join(_said(one)) for one in cell.iter(f"{W}p")).strip()


def _said(paragraph: Any) -> Iterator[str]:
    """The words of a paragraph that stand: those that were deleted or moved away do not."""
    for element in paragraph.iter():
        if any(above.tag in _MOVED for above in element.iterancestors()):
            continue
        if element.tag == f"{W}t":
            yield element.text or ""
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
