"""Files of results beside the same files recomputed, or beside those of other results."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.causes import Changed
    from thematic.analysis.comparing import CellDifference, Cells

UNEXPLAINED = "not explained: the same inputs and versions gave something else"
EDITED = "output edited"
_UNTOLD = "not explained: attributes, of which this manifest keeps no hash, may have changed"
# Made for reading: under their heads stand words of transcripts too.
_FOR_READING = (".md", ".docx")
_NUMBERS = re.compile(r"[\d\s.,:/%()+–-]*")


@dataclass
class Found:
    """What was compared, and every difference that was found."""

    files: int = 0  # that are as the manifest lists them
    tables: int = 0
    cells: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, finding: str, **told: str | None) -> None:
        """Take up one difference."""
        self.rows.append({"finding": finding, **told})


def take_causes(changed: Iterable[Changed], found: Found) -> str:
    """Take up what is another among the inputs; the causes in a few words."""
    named: dict[str, list[str]] = {}
    for one in changed:
        found.add(
            one.cause.value, row=one.about, was=one.was or None, now=one.now or None,
            why=one.detail,
        )  # fmt: skip
        named.setdefault(one.cause.value, []).append(one.about)
    return "; ".join(
        f"{cause}: {', '.join(about[:3])}{' …' * (len(about) > 3)}"
        for cause, about in named.items()
    )


def without_cause(document: Mapping[str, Any], edited: Collection[str]) -> str:
    """Why something comes out otherwise, where no input is another by its manifest.

    Args:
        document: the manifest.
        edited: files of the results that are not as they were written.
    """
    from thematic.report.earlier import BEFORE

    if BEFORE in edited:  # what was compared with went in, too
        return f"{EDITED}: {BEFORE}"
    known = all(one["attributes_sha256"] for one in document["transcripts"])
    return UNEXPLAINED if known else _UNTOLD


def take_listed(held: Mapping[str, bytes], hashes: Mapping[str, str], found: Found) -> None:
    """Take up which files are not those that a manifest lists.

    Args:
        held: the files that are there.
        hashes: by name, as the manifest lists them.
        found: takes them up.
    """
    from thematic.report.folder import sha256

    for name, hash in hashes.items():
        if name not in held:
            found.add("file missing", file=name, why="the manifest lists it")
        elif sha256(held[name]) == hash:
            found.files += 1
        else:
            found.add(EDITED, file=name, why="it is not the file that was written")
    for name in sorted(held.keys() - hashes.keys()):
        found.add("file added", file=name, why="the manifest does not list it")


def take_recomputed(
    held: Mapping[str, bytes], hashes: Mapping[str, str], now: Mapping[str, str],
    read: Callable[[str], bytes], because: str, found: Found,
) -> None:  # fmt: skip
    """Take up which files come out otherwise, and which of their cells.

    Args:
        held: the files that are there.
        hashes: by name, as the manifest lists them; `now`: as they were recomputed.
        read: a recomputed file by its name.
        because: what is another among the inputs, or that nothing explains it.
        found: takes it up.
    """
    for name, hash in hashes.items():
        again = now.get(name)
        if again == hash:
            why = EDITED
        elif again is None:
            found.add("file not recomputed", file=name, why=because)
            continue
        else:
            why = because
            found.add("recomputed differently", file=name, why=why)
        if name in held:
            take_cells(name, held[name], read(name), why, found)
    for name in sorted(now.keys() - hashes.keys()):
        found.add("file not there before", file=name, why=because)


def compare_folders(old: Path, new: Path, found: Found) -> set[str]:
    """Take up what differs between two result folders; the IDs of transcripts that changed.

    Raises:
        NotVerified: one has no manifest.
    """
    from thematic.analysis.causes import Cause, causes
    from thematic.report.folder import MANIFEST, files_in
    from thematic.report.manifest_reading import read_manifest

    changed = list(causes(read_manifest(old), read_manifest(new)))
    take_causes(changed, found)
    before, after = (files_in(folder) - {MANIFEST} for folder in (old, new))
    for name in sorted(before | after):
        if name not in after or name not in before:
            found.add(f"file {'gone' if name in before else 'new'}", file=name)
            continue
        was, now = ((folder / name).read_bytes() for folder in (old, new))
        rows = len(found.rows)
        take_cells(name, was, now, "", found)
        if len(found.rows) == rows and was != now:
            found.add("file differs", file=name)
    return {one.about for one in changed if one.cause is Cause.TRANSCRIPT}


def take_cells(name: str, old: bytes, new: bytes, why: str, found: Found) -> None:
    """Compare the tables of one file cell by cell; where no cell differs, name the line."""
    from thematic.report.cells import first_line_that_differs, tables_in

    before = tables_in(name, old)
    found.tables += len(before)
    found.cells += sum(map(len, before.values()))
    if old == new:
        return
    rows = len(found.rows)
    after = tables_in(name, new)
    for sheet in {**before, **after}:
        place = f"{name} [{sheet}]" if sheet else name
        if sheet in before and sheet in after:
            take_differences(place, before[sheet], after[sheet], why, found)
        else:
            found.add("table missing" if sheet in after else "table added", file=place, why=why)
    line = first_line_that_differs(name, old, new) if len(found.rows) == rows else ""
    if line:
        found.add("text differs", file=name, row=f"from {line} on", why=why)


def take_differences(place: str, old: Cells, new: Cells, why: str, found: Found) -> None:
    """Take up the cells that differ between two tables."""
    from thematic.analysis.comparing import differences

    told = PurePosixPath(place.partition(" [")[0]).suffix not in _FOR_READING
    for one in differences(old, new):
        was, now = (one.was, one.now) if told or _is_number(one) else (None, None)
        found.add(
            "cell differs", file=place, row=one.row, column=one.column, was=was, now=now, why=why
        )


def _is_number(one: CellDifference) -> bool:
    return all(_NUMBERS.fullmatch(value or "") for value in (one.was, one.now))
