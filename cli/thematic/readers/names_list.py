"""A list of names to be replaced: CSV, TSV or XLSX with name, pseudonym, kind and variants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.errors import Problem, Severity
from thematic.model.pseudonyms import KEEP, NAMED_KINDS, PERSON, Named, Origin
from thematic.readers.limits import Limits

if TYPE_CHECKING:
    from thematic.readers.formats.tables.rows import Row

COLUMNS = ("name", "pseudonym", "kind", "variants")
_LONGEST = 60  # characters of a pseudonym, which is also a label
_UNFIT = re.compile(r"[\x00-\x1f\x7f:<>*_\[\]\\/|\"]")
_PARTS = re.compile(r"\s*[;|]\s*")


def read_names(path: Path) -> tuple[list[Named], list[Problem]]:
    """The names of a list, and every fault in it by line. No message holds a name.

    Names without a pseudonym have an empty one, for a number to be given to them.
    """
    from thematic.readers.formats.tables.files import TABLE_FILES, rows_of

    suffix = path.suffix.lower()
    if suffix not in TABLE_FILES:
        known = ", ".join(TABLE_FILES)
        return [], [Problem(str(path), 0, "a list of names is a table", f"save it as {known}")]
    try:
        data = path.read_bytes()
    except OSError as error:
        return [], [Problem(str(path), 0, f"cannot be read: {error.strerror or error}")]
    rows, problems = rows_of(data, suffix, Limits())
    names = _names(rows, problems) if rows else []
    if not rows and not problems:
        problems = [Problem("", 0, "there is nothing in it", "its first line: name,pseudonym,kind")]
    return names, [problem.within(str(path)) for problem in problems]


def _names(rows: Sequence[Row], problems: list[Problem]) -> list[Named]:
    heads = [cell.strip().lower() for cell in rows[0].cells]
    if "name" not in heads:
        message = "no column is called name"
        problems.append(Problem("", rows[0].line, message, f"columns are {', '.join(COLUMNS)}"))
        return []
    unknown = [str(n) for n, head in enumerate(heads, 1) if head and head not in COLUMNS]
    if unknown:
        message = f"columns that are not known, by number: {', '.join(unknown)}"
        hint = f"columns are {', '.join(COLUMNS)}"
        problems.append(Problem("", rows[0].line, message, hint, Severity.WARNING))
    names: list[Named] = []
    seen: dict[str, int] = {}
    pseudonyms: dict[str, int] = {}
    for row in rows[1:]:
        cells = dict(zip(heads, (cell.strip() for cell in row.cells), strict=False))
        if any(cells.values()):
            named = _name(cells, row.line, problems)
            if named is not None and _is_new(named, row.line, seen, pseudonyms, problems):
                names.append(named)
    _refuse_real(pseudonyms, seen, problems)
    return names


def _name(cells: Mapping[str, str], line: int, problems: list[Problem]) -> Named | None:
    name, pseudonym = cells.get("name", ""), cells.get("pseudonym", "")
    kind = cells.get("kind", "").casefold() or PERSON
    if not any(sign.isalpha() for sign in name):
        problems.append(Problem("", line, "this row has no name", "fill its column name"))
        return None
    if kind not in (*NAMED_KINDS, KEEP):
        hint = f"kinds are {', '.join(NAMED_KINDS)}, and {KEEP} for what stays as it is"
        problems.append(Problem("", line, "the kind is not known", hint))
        return None
    if _UNFIT.search(pseudonym) or len(pseudonym) > _LONGEST:
        hint = f"letters, digits, blanks, - . and ', at most {_LONGEST} characters"
        problems.append(Problem("", line, "the pseudonym cannot be used as a label", hint))
        return None
    variants = tuple(one for one in _PARTS.split(cells.get("variants", "")) if one)
    pseudonym = "" if kind == KEEP else " ".join(pseudonym.split())
    return Named(name, pseudonym, kind, variants, Origin.LIST, chosen=bool(pseudonym))


def _is_new(
    named: Named,
    line: int,
    seen: dict[str, int],
    pseudonyms: dict[str, int],
    problems: list[Problem],
) -> bool:
    for written in (named.name, *named.variants):
        key = " ".join(written.casefold().split())
        first = seen.setdefault(key, line)
        if first != line:
            message = f"a name of this row stands in line {first} too"
            problems.append(Problem("", line, message, "leave it in one of them"))
            return False
    if not named.pseudonym:
        return True
    first = pseudonyms.setdefault(named.pseudonym.casefold(), line)
    if first != line:
        message = f"the pseudonym of this row is that of line {first} too"
        hint = "two names of one person go into one row: the second one into variants"
        problems.append(Problem("", line, message, hint))
    return first == line


def _refuse_real(
    pseudonyms: Mapping[str, int], seen: Mapping[str, int], problems: list[Problem]
) -> None:
    """No pseudonym is one of the names, for nobody could tell one from the other."""
    parts = {part: line for name, line in seen.items() for part in (name, *name.split())}
    for pseudonym, line in pseudonyms.items():
        other = next((parts[one] for one in (pseudonym, *pseudonym.split()) if one in parts), 0)
        if other:
            message = f"the pseudonym of this row is a name, or a part of one, in line {other}"
            problems.append(Problem("", line, message, "choose another pseudonym"))
