"""Recomputing results by their manifest, and what is not the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.commands.compared_files import EDITED, Found
from thematic.commands.request import Request
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.comparing import Cells
    from thematic.analysis.result import ResultTable

COLUMNS = ["finding", "file", "row", "column", "was", "now", "why"]
TABLES = {"frequencies": "kind", "frequencies-by-transcript": "transcript"}
_AS_DATA = (".csv", ".json")
_PRINTED = "Files that a browser printed were compared with their hashes only."
_MANIFEST_EDITED = "it is not the manifest that was written"


class Level(StrEnum):
    """From where tables are recomputed."""

    TRANSCRIPTS = "transcripts"
    CODINGS = "codings"


@dataclass
class Verification(Found):
    """What was recomputed, and every difference that was found."""

    level: Level | None = None  # None = two folders were compared, and nothing recomputed
    printed: bool = False  # there are files that a browser printed
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
        only = [_PRINTED] if self.printed else []
        if self.level is Level.CODINGS:
            only = ["Other files were compared with their hashes only."]
        only.append("This says nothing about validity: whether codes fit what was meant.")
        return (said, " ".join(only))


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
    from thematic.report.folder import MANIFEST, files_in
    from thematic.report.manifest_reading import is_as_written, read_manifest

    document = read_manifest(folder)
    held = {name: (folder / name).read_bytes() for name in files_in(folder) - {MANIFEST}}
    found = Verification(level=level, printed=bool(document.get("printed")))
    if level is Level.CODINGS:
        _take_files(held, document, found, is_sound=is_as_written(document))
        _recount(held, document, found)
        return found
    from thematic.analysis.causes import Cause
    from thematic.commands.rerunning import paths_meant, run_again

    with run_again(document, folder, request or Request(), given or {}) as fresh:
        _compare(held, fresh, document, found)
    changed = {row["row"] for row in found.rows if row["finding"] == Cause.TRANSCRIPT}
    if changed:
        from thematic.commands.moved_passages import moved_since

        paths = paths_meant(document, folder, request or Request())
        found.moved = moved_since(folder, changed, Request(paths=paths))
    return found


def _take_files(
    held: Mapping[str, bytes], document: Mapping[str, Any], found: Found, *, is_sound: bool
) -> None:
    """Which files, the manifest among them, are not as they were written."""
    from thematic.commands.compared_files import take_listed
    from thematic.report.folder import MANIFEST

    if not is_sound:
        found.add(EDITED, file=MANIFEST, why=_MANIFEST_EDITED)
    take_listed(held, {**document["files"], **document.get("printed", {})}, found)


def _compare(
    held: Mapping[str, bytes], fresh: Path, document: Mapping[str, Any], found: Found
) -> None:
    from thematic.analysis.causes import causes
    from thematic.commands.compared_files import take_causes, take_recomputed, without_cause
    from thematic.report.manifest_reading import is_as_written, read_manifest

    now = read_manifest(fresh)
    because = take_causes(causes(document, now), found)
    is_sound = is_as_written(document)
    _take_files(held, document, found, is_sound=is_sound)
    edited = {row["file"] for row in found.rows if row["finding"] == EDITED}
    because = because or without_cause(document, edited)
    take_recomputed(
        held,
        document["files"],
        now["files"],
        lambda name: (fresh / name).read_bytes(),
        because,
        found,
    )


def _recount(held: Mapping[str, bytes], document: Mapping[str, Any], found: Found) -> None:
    """Compare frequencies with what the folder's own codings give.

    Raises:
        NotVerified: the folder holds no codings.
    """
    from thematic.analysis.recounting import Bases
    from thematic.errors import NotVerified

    book = document["codebook"]
    bases = Bases(
        [one["code"] for one in book["codes"]],
        list(book["marks"]),
        document["transcripts"],
        document["study"]["expected"],
    )
    counted = [_recount_as(ending, held, bases, found) for ending in _AS_DATA]
    if not any(counted):
        raise NotVerified(
            "there is no table codings.csv that can be read in the folder",
            "recompute it from the transcripts instead: thematic verify FOLDER",
        )


def _recount_as(ending: str, held: Mapping[str, bytes], bases: Any, found: Found) -> bool:
    """Count again what stands in files of one format; whether there were codings to count."""
    from thematic.analysis.recounting import recounted
    from thematic.commands.compared_files import take_differences
    from thematic.report.cells import records, tables_in
    from thematic.report.data import as_csv, as_json

    codings = _rows(f"codings{ending}", held)
    if codings is None:
        return False
    mentions = _rows(f"mentions{ending}", held)
    for stem, by in TABLES.items():
        name = stem + ending
        table = tables_in(name, held.get(name, b"")).get("")
        if table is None:
            continue
        fresh = recounted(codings, mentions, bases, by=by)
        text = as_csv(fresh) if ending == ".csv" else as_json(fresh)
        again = tables_in(name, text.encode())[""]
        columns = [column for column in again.columns if column in table.columns]
        old, new = (_only(records(one), columns) for one in (table, again))
        found.tables += 1
        found.cells += len(old)
        why = f"not what codings{ending} and mentions{ending} give"
        take_differences(name, old, new, why, found)
    return True


def _rows(name: str, held: Mapping[str, bytes]) -> list[dict[str, str]] | None:
    from thematic.report.cells import records, tables_in

    cells = tables_in(name, held.get(name, b"")).get("")
    return None if cells is None else records(cells)


def _only(rows: Iterable[Mapping[str, str]], columns: list[str]) -> Cells:
    from thematic.analysis.comparing import Cells

    return Cells(tuple(columns), tuple(tuple(row[name] for name in columns) for row in rows))
