"""Recomputing a result folder, and what is not the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.commands.request import Request

if TYPE_CHECKING:
    from thematic.analysis.causes import Changed
    from thematic.analysis.comparing import Cells
    from thematic.analysis.result import ResultTable

COLUMNS = ["finding", "file", "row", "column", "was", "now", "why"]
UNEXPLAINED = "not explained: the same inputs and versions gave something else"
TABLES = {"frequencies.csv": "kind", "frequencies-by-transcript.csv": "transcript"}


class Level(StrEnum):
    """From where tables are recomputed."""

    TRANSCRIPTS = "transcripts"
    CODINGS = "codings"


@dataclass
class Verification:
    """What was recomputed, and every difference that was found."""

    level: Level | None = None  # None = two folders were compared, and nothing recomputed
    files: int = 0  # that are as the manifest lists them, and as they were recomputed
    tables: int = 0
    cells: int = 0  # compared
    rows: list[dict[str, Any]] = field(default_factory=list)
    moved: ResultTable | None = None  # coded passages of changed transcripts, where any moved

    @property
    def is_identical(self) -> bool:
        """Whether nothing differs."""
        return not self.rows

    @property
    def table(self) -> ResultTable:
        """One row a difference: first what went in, then files, then cells."""
        from thematic.analysis.result import table_of

        return table_of("verification", self.rows, COLUMNS, "difference", self.notes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the word of the result means."""
        if self.level is None:
            return (
                "Old and new are compared file by file, and tables cell by cell. Words of "
                "transcripts and labels of speakers are not shown.",
            )
        counted = f"{self.files:,} files, {self.cells:,} cells of {self.tables:,} tables"
        whence = "from codings" if self.level is Level.CODINGS else "from the transcripts"
        said = (
            f"Recomputed {whence}, identical: {counted}."
            if self.is_identical
            else f"Not identical. Recomputed {whence}; compared: {counted}."
        )
        only = "Other files were compared with their hashes only. " * (self.level is Level.CODINGS)
        return (said, f"{only}This says nothing about validity: whether codes fit what was meant.")

    def add(self, finding: str, **told: str | None) -> None:
        """Take up one difference."""
        self.rows.append({"finding": finding, **told})


def verify_folder(
    folder: Path,
    request: Request | None = None,
    given: Mapping[str, Any] | None = None,
    *,
    level: Level = Level.TRANSCRIPTS,
) -> Verification:
    """Recompute the tables of a result folder, and compare every file and cell.

    Args:
        folder: with a manifest.
        request: whose paths name the transcripts, where they lie elsewhere now.
        given: options by long name that take the place of those in the manifest.
        level: from the transcripts, or from the folder's own codings (no transcript is read).

    Raises:
        NotVerified: there is no manifest, or the inputs are not found.
        ThematicError: the inputs cannot be used.
    """
    from thematic.report.manifest_reading import read_manifest

    document = read_manifest(folder)
    found = Verification(level)
    if level is Level.CODINGS:
        _listed(folder, document, found)
        _recount(folder, document, found)
        return found
    from thematic.analysis.causes import Cause
    from thematic.commands.rerunning import paths_meant, run_again

    with run_again(document["command"], folder, request or Request(), given or {}) as fresh:
        _compare(folder, fresh, document, found)
    changed = {row["row"] for row in found.rows if row["finding"] == Cause.TRANSCRIPT}
    if changed:
        from thematic.commands.moved_passages import moved_since

        paths = paths_meant(document["command"], folder, request or Request())
        found.moved = moved_since(folder, changed, Request(paths=paths))
    return found


def _listed(folder: Path, document: Mapping[str, Any], found: Verification) -> dict[str, bytes]:
    """The files that the manifest lists and that are there; others are told."""
    from thematic.report.folder import MANIFEST, files_in, sha256

    held: dict[str, bytes] = {}
    there = files_in(folder)
    for name, hash in document["files"].items():
        if name not in there:
            found.add("file missing", file=name, why="the manifest lists it")
            continue
        held[name] = (folder / name).read_bytes()
        if sha256(held[name]) == hash:
            found.files += 1
        else:
            found.add("output edited", file=name, why="it is not the file that was written")
    for name in sorted(there - document["files"].keys() - {MANIFEST}):
        found.add("file added", file=name, why="the manifest does not list it")
    return held


def _compare(folder: Path, fresh: Path, document: Mapping[str, Any], found: Verification) -> None:
    from thematic.analysis.causes import causes
    from thematic.report.manifest_reading import read_manifest

    now = read_manifest(fresh)
    changed = list(causes(document, now))
    for one in changed:
        found.add(
            one.cause.value, row=one.about, was=one.was or None, now=one.now or None,
            why=one.detail,
        )  # fmt: skip
    held = _listed(folder, document, found)
    because = _because(changed)
    for name, hash in document["files"].items():
        recomputed = now["files"].get(name)
        if recomputed == hash:
            why = ""
        elif recomputed is None:
            found.add("file not recomputed", file=name, why=because or UNEXPLAINED)
            continue
        else:
            why = because or UNEXPLAINED
            found.add("recomputed differently", file=name, why=why)
        if name in held:
            _cells(name, held[name], (fresh / name).read_bytes(), why or "output edited", found)
    for name in sorted(now["files"].keys() - document["files"].keys()):
        found.add("file not there before", file=name, why=because or UNEXPLAINED)


def compare_folders(old: Path, new: Path, found: Verification) -> set[str]:
    """Take up what differs between two result folders; the IDs of transcripts that changed.

    Raises:
        NotVerified: one has no manifest.
    """
    from thematic.analysis.causes import Cause, causes
    from thematic.report.folder import files_in
    from thematic.report.manifest_reading import read_manifest

    changed = list(causes(read_manifest(old), read_manifest(new)))
    for one in changed:
        found.add(
            one.cause.value, row=one.about, was=one.was or None, now=one.now or None,
            why=one.detail,
        )  # fmt: skip
    before, after = files_in(old) - {"manifest.json"}, files_in(new) - {"manifest.json"}
    for name in sorted(before | after):
        if name not in after or name not in before:
            found.add(f"file {'gone' if name in before else 'new'}", file=name)
        else:
            was, now = (folder / name for folder in (old, new))
            rows = len(found.rows)
            _cells(name, was.read_bytes(), now.read_bytes(), "", found)
            if len(found.rows) == rows and was.read_bytes() != now.read_bytes():
                found.add("file differs", file=name)
    return {one.about for one in changed if one.cause is Cause.TRANSCRIPT}


def _because(changed: Iterable[Changed]) -> str:
    """The causes in a few words."""
    named: dict[str, list[str]] = {}
    for one in changed:
        named.setdefault(one.cause.value, []).append(one.about)
    return "; ".join(
        f"{cause}: {', '.join(about[:3])}{' …' * (len(about) > 3)}"
        for cause, about in named.items()
    )


def _cells(name: str, old: bytes, new: bytes, why: str, found: Verification) -> None:
    """Compare the tables of one file cell by cell."""
    from thematic.report.cells import tables_in

    before = tables_in(name, old)
    found.tables += len(before)
    found.cells += sum(map(len, before.values()))
    if old == new:
        return
    after = tables_in(name, new)
    for sheet in {**before, **after}:
        place = f"{name} [{sheet}]" if sheet else name
        if sheet in before and sheet in after:
            _told(place, before[sheet], after[sheet], why, found)
        else:
            found.add("table missing" if sheet in after else "table added", file=place, why=why)


def _told(place: str, old: Cells, new: Cells, why: str, found: Verification) -> None:
    from thematic.analysis.comparing import differences

    for one in differences(old, new):
        found.add(
            "cell differs", file=place, row=one.row, column=one.column, was=one.was,
            now=one.now, why=why,
        )  # fmt: skip


def _recount(folder: Path, document: Mapping[str, Any], found: Verification) -> None:
    """Compare frequencies with what the folder's own codings give."""
    from thematic.analysis.recounting import Bases, recounted
    from thematic.errors import NotVerified
    from thematic.report.cells import records, tables_in
    from thematic.report.data import as_csv

    codings = _rows(folder / "codings.csv")
    if codings is None:
        raise NotVerified(
            "there is no table codings.csv that can be read in the folder",
            "recompute it from the transcripts instead: thematic verify FOLDER",
        )
    book = document["codebook"]
    bases = Bases(
        [one["code"] for one in book["codes"]],
        list(book["marks"]),
        document["transcripts"],
        document["study"]["expected"],
    )
    mentions = _rows(folder / "mentions.csv")
    for name, by in TABLES.items():
        path = folder / name
        table = tables_in(name, path.read_bytes()).get("") if path.is_file() else None
        if table is None:
            continue
        again = tables_in(name, as_csv(recounted(codings, mentions, bases, by=by)).encode())[""]
        columns = [column for column in again.columns if column in table.columns]
        old, new = (_only(records(one), columns) for one in (table, again))
        found.tables += 1
        found.cells += len(old)
        _told(name, old, new, "not what codings.csv and mentions.csv give", found)


def _rows(path: Path) -> list[dict[str, str]] | None:
    from thematic.report.cells import records, tables_in

    if not path.is_file():
        return None
    cells = tables_in(path.name, path.read_bytes()).get("")
    return None if cells is None else records(cells)


def _only(rows: Iterable[Mapping[str, str]], columns: list[str]) -> Cells:
    from thematic.analysis.comparing import Cells

    return Cells(tuple(columns), tuple(tuple(row[name] for name in columns) for row in rows))
