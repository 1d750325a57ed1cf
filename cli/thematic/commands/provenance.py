"""Where a result comes from: the files as they lie on the disk, versions, the command line."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.coding.language import library_versions
from thematic.commands.codebooks import codebook_named, find_codebook
from thematic.commands.command_line import CommandLine, told_path
from thematic.commands.reading import Inputs, limits_of
from thematic.commands.request import Request
from thematic.errors import CodebookUnusable
from thematic.report.folder import sha256

if TYPE_CHECKING:
    from thematic.model.coding import Codings
    from thematic.report.manifest import Provenance

_ALWAYS = ("thematic", "PyYAML", "ahocorasick-rs")  # beside those that coding names


def provenance(
    request: Request,
    inputs: Inputs,
    codings: Codings,
    called: CommandLine,
    *,
    stamp: bool = False,
) -> Provenance:
    """What a manifest says of the inputs.

    Args:
        request: what was asked to be read.
        inputs: what was read.
        codings: made of it.
        called: the command line.
        stamp: say when this is.
    """
    from thematic.report.manifest import Provenance

    base = inputs.base if inputs.study_file else None
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Provenance(
        command={
            "name": called.command,
            "options": called.told(base),
            "paths": _paths(request, inputs),
        },
        versions=dict(_versions(inputs, codings)),
        bytes_sha256=dict(_bytes_of_sources(request, inputs)),
        study_sha256=_hash_of(inputs.study_file),
        attributes_sha256=_hash_of(inputs.attributes_file),
        codebook_sha256=_hash_of(_codebook_file(request, inputs)),
        people=_people(inputs),
        stamp=now if stamp else "",
    )


def _paths(request: Request, inputs: Inputs) -> list[str]:
    """The transcripts that were named; none where the whole study was read."""
    if inputs.is_whole_study(request):
        return []
    base = inputs.base if inputs.study_file else None
    return [told_path(path, base) for path in request.paths]


def _versions(inputs: Inputs, codings: Codings) -> Iterator[tuple[str, str]]:
    """Of everything that can change a number; libraries of formats only where they were read."""
    from thematic.readers import READERS

    yield from library_versions().items()
    yield "python", ".".join(platform.python_version_tuple()[:2])
    formats = {transcript.format for transcript in inputs.transcripts}
    readers = [READERS[f".{one}"] for one in formats if f".{one}" in READERS]
    model = codings.codebook.model
    names = {*_ALWAYS, *(reader.library for reader in readers if reader.library)}
    for name in (*names, *([model] if model else [])):
        yield name, _version(name)


def _version(name: str) -> str:
    try:
        return version_of(name)
    except PackageNotFoundError:
        return "unknown"


def _bytes_of_sources(request: Request, inputs: Inputs) -> Iterator[tuple[str, str]]:
    from thematic.readers.packed import Refused, read_file

    limits = limits_of(request)
    hashes: dict[Any, str] = {}
    for id, source in inputs.sources.items():
        if source not in hashes:
            try:
                hashes[source] = sha256(read_file(source.file, source.members, limits))
            except (OSError, Refused):  # it went away since it was read
                hashes[source] = ""
        if hashes[source]:
            yield id, hashes[source]


def _codebook_file(request: Request, inputs: Inputs) -> Path | None:
    name = codebook_named(request)
    try:
        return find_codebook(name, Path() if request.codebook else inputs.base)[0]
    except CodebookUnusable:
        return None


def _hash_of(file: Path | None) -> str:
    try:
        return sha256(file.read_bytes()) if file else ""
    except OSError:
        return ""


def _people(inputs: Inputs) -> tuple[int, str] | None:
    """The people's log as its text is exported; None where there is none."""
    from thematic.store.place import may_have_store

    if inputs.study_file is None or not may_have_store(inputs.base):
        return None
    from thematic.store.database import open_store
    from thematic.store.plain_text import text_of

    store = open_store(inputs.base)
    if not store.is_there():
        return None
    entries = store.entries()
    return len(entries), sha256(text_of(entries))
