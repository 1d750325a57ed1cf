"""Which files in a folder or archive are plainly no transcripts, and the note that says so."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path, PurePosixPath

from thematic.errors import Problem, Severity
from thematic.readers.formats.registry import READERS
from thematic.readers.limits import Limits
from thematic.readers.names import ARCHIVE, COMPRESSED, last_part, suffix_of
from thematic.readers.speakers.vocabulary import in_order

SUFFIXES = (*READERS, ARCHIVE)
_OWN_PAGE = b'<meta name="generator" content="thematic">'
_LOOKED_AT = 2_048  # bytes of a page
_LARGE = 20_000_000  # bytes; larger ones are no tables of codings
_PAGES = (".html", ".htm")
_OF_ANY_SIZE = (".jsonl", ".parquet")  # whose heads are found without reading all
_TABLES = (".csv", ".tsv", ".xlsx", ".json", *_OF_ANY_SIZE)
_LOOKED_INTO = (*_PAGES, *_TABLES, *COMPRESSED)
_WHO_OR_WHAT = frozenset({"coder", "decision", "status"})
_OF_RESULTS = frozenset({"codebook_hash", "study_status"})
MANIFEST = "manifest.json"
_OWN_MANIFESTS = ("thematic.manifest/", "thematic.deposit/")

_ABOUT_FOLDERS = (
    r"(?:readme|licen[sc]e|copying|notice|changelog|changes|contributing|authors|citation"
    r"|code_of_conduct)"
)
_NO_TRANSCRIPT_NAME = re.compile(
    rf"{_ABOUT_FOLDERS}(?:[._-].*)?"
    r"|people\.(?:sqlite|jsonl)(?:-journal)?"
    r"|study\.ya?ml|attributes\.(?:csv|tsv|xlsx)|thumbs\.db|desktop\.ini"
    r"|codebook\.(?:docx|md|html?|xlsx)"  # as `thematic codebook` may be told to write it
    # What `thematic sample` writes, as it is or as a mail program renames it.
    r"|.+\.sample\.json|.+\.sheet(?:[ _(-].*)?\.(?:xlsx|csv|docx)|decisions\.(?:csv|xlsx)"
    # And what `thematic extract` writes.
    r"|.+\.extract(?:[ _(-].*)?\.(?:docx|xlsx|csv)",
    re.IGNORECASE,
)
# What no name above is, and no file is looked into for: most names of a large folder.
_PLAIN_NAME = re.compile(rf"(?!~|(?i:{_ABOUT_FOLDERS}))[^/.]+\.(?:txt|vtt|srt)")
_NO_TRANSCRIPT_SUFFIXES = frozenset(
    in_order(".yaml .yml .py .pyc .toml .cfg .ini .lock .bib .sh .css .js .log .tmp .bak")
)
_SETTINGS = re.compile(r"study\.ya?ml|attributes\.(?:csv|tsv|xlsx)", re.IGNORECASE)
_MOST_NAMED = 12  # endings that a hint lists


def is_plain_name(name: str) -> bool:
    """Whether a file of this name is read for sure, if it is an ordinary one; soon told."""
    return _PLAIN_NAME.fullmatch(name) is not None


def why_not(name: str) -> Problem | None:
    """A note why a file in a folder or archive is not read, by its name; else None."""
    last = last_part(name)
    suffix = suffix_of(last)
    if last.startswith("~$"):
        what = "not read: Word left it while the file beside it is open"
    elif _NO_TRANSCRIPT_NAME.fullmatch(last) or suffix in _NO_TRANSCRIPT_SUFFIXES:
        what = "not read: no transcript, by its name"
    elif suffix not in SUFFIXES:
        return no_reader(name, Severity.NOTE)
    else:
        return None
    return Problem(name, 0, what, "", Severity.NOTE)


def settings_elsewhere(name: str) -> Problem | None:
    """The problem of a study's settings in an archive or elsewhere: they may forbid quotation."""
    if not _SETTINGS.fullmatch(PurePosixPath(name).name):
        return None
    message = "not read: settings of a study are not looked for in an archive or at an address"
    hint = "unpack it; or name its table with --attributes, for it may say what not to quote"
    return Problem(name, 0, message, hint)


def no_reader(name: str, severity: Severity) -> Problem:
    """The problem of a file whose suffix no reader knows."""
    kind = suffix_of(name) or "files without a suffix"
    return Problem(name, 0, f"not read: no reader for {kind}", known_suffixes(), severity)


def known_suffixes() -> str:
    """What can be read, for a hint."""
    first = " ".join(SUFFIXES[:_MOST_NAMED])
    more = ", and more: see the reference on transcripts" if len(SUFFIXES) > _MOST_NAMED else ""
    return f"save it as one of {first}{more}"


def why_not_inside(file: str) -> Problem | None:
    """A note why a file in a folder is not read, by what is in it; else None.

    Opened are only pages and tables, which thematic writes too.
    """
    if not file.lower().endswith(_LOOKED_INTO):
        return None
    path = Path(file)
    suffix = suffix_of(path.name)
    if suffix in _PAGES and _is_own_page(path):
        return Problem("", 0, "not read: a result of thematic", "", Severity.NOTE)
    if suffix in _TABLES and _is_table_of_codings(path, suffix):
        what = "not read: a table of codings or decisions, no transcript"
        hint = "to take it in: thematic import, decide or adjudicate"
        return Problem("", 0, what, hint, Severity.NOTE)
    return None


def _is_own_page(path: Path) -> bool:
    """Whether a web page is one that thematic wrote, such as a report."""
    try:
        with path.open("rb") as file:
            return _OWN_PAGE in file.read(_LOOKED_AT)
    except OSError:  # which is told when it is read
        return False


def _is_table_of_codings(path: Path, suffix: str) -> bool:
    """Whether a table holds codings, decisions or results of thematic, by the head of it.

    Such tables name a transcript and a code in each row, and who coded or what was decided:
    lists that were written into the study's folder, or are to be taken in from there. Tables
    of results name the codebook by which they were counted.
    """
    try:
        if suffix not in _OF_ANY_SIZE and path.stat().st_size > _LARGE:
            return False
        match suffix:
            case ".csv" | ".tsv":
                heads = _heads(path)
            case ".xlsx":
                from thematic.readers.formats.tables.excel import read_sheet

                rows, _ = read_sheet(path.read_bytes(), "", Limits())
                heads = rows[0].cells if rows else []
            case ".json":
                head = _beginning(path)
                return '"schema": "thematic.' in head and "thematic.transcript/" not in head
            case ".jsonl":
                heads = _keys(path)
            case ".parquet":
                heads = _columns(path)
            case _:
                return False
    except OSError:  # which is told when it is read
        return False
    names = {head.strip().casefold() for head in heads}
    coded = {"transcript", "code"} <= names and not names.isdisjoint(_WHO_OR_WHAT)
    return coded or names >= _OF_RESULTS


def _heads(path: Path) -> list[str]:
    line = _beginning(path).partition("\n")[0]
    delimiter = max(",;\t", key=line.count)
    return next(csv.reader([line], delimiter=delimiter), [])


def _keys(path: Path) -> list[str]:
    try:
        first = json.loads(_beginning(path).partition("\n")[0])
    except (ValueError, RecursionError):
        return []
    return [*first] if isinstance(first, dict) else []


def _columns(path: Path) -> list[str]:
    """The columns of a Parquet file; none where it cannot be read, which is told later."""
    try:
        from pyarrow import parquet

        found: list[str] = parquet.read_schema(path).names
    except (ImportError, ValueError):
        found = []
    return found


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_LOOKED_AT).decode("utf-8-sig", "replace")


def results_in(folder: Path) -> frozenset[str]:
    """The files of a result folder that thematic wrote; none where the manifest is another's."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if str(manifest["schema"]).startswith(_OWN_MANIFESTS):
            names = [*manifest["files"], *manifest.get("printed", ())]
            return frozenset({MANIFEST, *map(str, names)})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return frozenset()
