"""A command run again, as a manifest says it was run, into a folder that goes away."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from inspect import signature
from itertools import islice
from pathlib import Path
from typing import Any

import typer

from thematic.commands.command_line import NOT_TOLD, option_names, words_of
from thematic.commands.request import STUDY_FILE, Request, study_file_of
from thematic.commands.since import OPTION
from thematic.errors import NotVerified, UsageError
from thematic.report.earlier import BEFORE
from thematic.report.folder import sha256

# They write result folders; no other command is run for a manifest.
COMMANDS = ("report", "demo", "deposit")
_FILES = ("--codebook", "--attributes")
_BELOW = (f"*/{STUDY_FILE}", f"*/*/{STUDY_FILE}")  # where a study is looked for
_MOST_STUDIES = 50


@contextmanager
def run_again(
    document: Mapping[str, Any], folder: Path, request: Request, given: Mapping[str, Any]
) -> Iterator[Path]:
    """A fresh result folder by the command line of a manifest; it is there within the block.

    Args:
        document: the manifest.
        folder: of the results, near which the inputs may lie.
        request: whose paths, where there are any, take the place of those in the manifest.
        given: options that take the place of those in the manifest.

    Raises:
        NotVerified: the command is unknown, or its inputs are not found.
        ThematicError: as the command itself raises.
    """
    command = document["command"]
    name = command["name"]
    if name not in COMMANDS:
        raise NotVerified(f"results of {name!r} cannot be recomputed", "it is of another version")
    function = getattr(import_module(f"thematic.commands.{name}"), name)
    with tempfile.TemporaryDirectory(prefix="thematic-") as temporary:
        out = Path(temporary) / "out"
        words = [] if name == "demo" else _words(function, document, folder, request, given)
        place_of = [str(out)] if name == "deposit" else [f"--output={out}"]
        _run(function, [*place_of, "--quiet", *words])
        yield out


def _words(
    function: Any, document: Mapping[str, Any], folder: Path, request: Request,
    given: Mapping[str, Any],
) -> list[str]:  # fmt: skip
    command = document["command"]
    known = {one for each in signature(function).parameters.values() for one in option_names(each)}
    recorded = {n: v for n, v in command["options"].items() if n in known - NOT_TOLD}
    base = _base(document, folder, request)
    for option in _FILES:
        if isinstance(recorded.get(option), str):
            found = _found(recorded[option], base, folder)
            if found is None and option == "--attributes":
                raise _not_here(option, recorded[option])
            recorded[option] = str(found or recorded[option])
    recorded.pop("--pdf", None)  # a PDF is known by its hash, and printed from what is compared
    if OPTION in recorded:  # what the results were compared with is kept among them
        recorded[OPTION] = str(folder / BEFORE)
    paths = paths_meant(document, folder, request)
    return [*words_of({**recorded, **given}), "--", *map(str, paths)]


def paths_meant(document: Mapping[str, Any], folder: Path, request: Request) -> list[Path]:
    """The transcripts that a manifest names, where they lie here.

    Raises:
        NotVerified: they are not found.
    """
    if request.paths:
        return list(request.paths)
    base = _base(document, folder, request)
    paths = []
    for written in document["command"]["paths"]:
        found = _found(str(written), base, folder)
        if found is None:
            raise _not_here("transcripts", str(written))
        paths.append(found)
    if not paths and base is None:
        raise _not_here("study", STUDY_FILE)
    return paths or [base or Path()]


def _base(document: Mapping[str, Any], folder: Path, request: Request) -> Path | None:
    """The folder of the study that is meant: of the paths given, here, above the results, below."""
    above = folder.resolve().parent
    for near in (request.paths, [above]):
        file = study_file_of(near)
        if file is not None:
            return file.parent
    known = document.get("study", {}).get("sha256")
    return _study_below([Path(), above], known) if known and not request.paths else None


def _study_below(folders: Sequence[Path], known: str) -> Path | None:
    """A study in one of some folders, or a level deeper: the same one, else the only one."""
    places = (place for folder in folders for depth in _BELOW for place in folder.glob(depth))
    found = {file.resolve(): file.parent for file in islice(places, _MOST_STUDIES)}
    same = [base for file, base in found.items() if _hash_of(file) == known]
    if same:
        return same[0]
    return next(iter(found.values())) if len(found) == 1 else None


def _hash_of(file: Path) -> str:
    try:
        return sha256(file.read_bytes())
    except OSError:
        return ""


def _found(written: str, base: Path | None, folder: Path) -> Path | None:
    """A file or folder by what a manifest says of it."""
    places = [Path(), *([base] if base else []), folder.resolve().parent]
    if any(sign in written for sign in "*?[") or written == "-":
        return Path(written)
    return next((place / written for place in places if (place / written).exists()), None)


def _not_here(what: str, name: str) -> NotVerified:
    return NotVerified(
        f"the {what.lstrip('-')} {name!r} of the manifest cannot be found here",
        "name the inputs: thematic verify FOLDER PATHS -c CODEBOOK; "
        "or compare tables with their codings only: --from codings",
    )


def _run(function: Any, words: list[str]) -> None:
    """One command line, whose talk goes nowhere.

    Raises:
        UsageError: the options do not go together.
    """
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command()(function)
    said = io.StringIO()
    try:
        with redirect_stdout(io.TextIOWrapper(io.BytesIO())), redirect_stderr(said):
            app(words)
    except SystemExit as stop:
        if stop.code == UsageError.exit_code:
            raise NotVerified("its command line is not understood", said.getvalue()) from stop
