"""Compiled codebooks kept between runs: what reading and compiling gave, as plain data.

Reading YAML, checking it and spelling out its phrases takes longer than coding a small
study. A kept codebook depends on the bytes of its file, the versions of Python and of the
libraries, and this program's own code; with any of these changed it is made anew. It holds
what stands in the codebook, nothing of transcripts.

Files are pickles of a few known classes and are read as such: no other name in them is
followed, so that a file from elsewhere can run nothing.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from thematic.coding.compiled import CompiledCodebook
from thematic.coding.lexicon import Lexicon
from thematic.commands.caching import (
    cached_lexicon,
    file_of,
    keep_bytes,
    kept_bytes,
    own_code,
    versions,
)
from thematic.errors import Problem

FORMAT = 2  # of the files; raised whenever their meaning changes
SUFFIX = ".codebook"
_WORKBOOKS = (".xlsx", ".xlsm")  # the lines of their rules know their sheets
_LARGEST = 20_000_000  # bytes of a file
_CLASSES = {
    "thematic.coding.compiled": {"CompiledCodebook", "CompiledItem", "CompiledRule"},
    "thematic.coding.language": {"TokenRules"},
    "thematic.coding.lexicon": {"Lexicon"},
    "thematic.errors": {"Problem", "Severity"},
    "thematic.model.codebook": {
        *("Unit", "ItemKind", "RuleKind", "Negation", "Nested", "Item", "Guard", "Rule"),
        *("Example", "Code", "Codebook"),
    },
}
# The code on which a compiled codebook depends; a version number need not change with it.
_CODE = (".", "readers/codebook", "readers/lined_yaml", "readers/formats", "coding", "model")

Compiled = tuple[CompiledCodebook, list[Problem], list[Problem]]


def cached_book(path: Path, model: str) -> Compiled | None:
    """A codebook compiled by an earlier run, and the problems of reading and compiling it."""
    file = _file(path, model)
    data = kept_bytes(file, _LARGEST) if file else None
    if data is None:
        return None
    try:
        book, read, found = _Unpickler(io.BytesIO(data)).load()
        return replace(book, lexicon=cached_lexicon(book.codebook)), list(read), list(found)
    except Exception:  # a damaged pickle raises nearly anything
        return None


def keep_book(
    path: Path,
    model: str,
    book: CompiledCodebook,
    read: Sequence[Problem],
    found: Sequence[Problem],
) -> None:
    """Keep a compiled codebook, unless it needs spaCy anyway or is a workbook."""
    file = _file(path, model)
    if file is None or book.rules_with_tokens or path.suffix.lower() in _WORKBOOKS:
        return
    bare = replace(book, lexicon=Lexicon(book.codebook.language), _numbers={})
    out = io.BytesIO()
    with suppress(pickle.PicklingError, TypeError, AttributeError, RecursionError):
        _Pickler(out).dump((bare, _bare(read), _bare(found)))
        keep_bytes(file, out.getvalue())


def _bare(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems without the path of their file, which may be another one the next time."""
    return tuple(replace(problem, file="") for problem in problems)


def _file(path: Path, model: str) -> Path | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    told = [FORMAT, path.name, hashlib.sha256(data).hexdigest(), model, sys.version]
    return file_of(json.dumps([*told, *versions(), own_code(_CODE)]), SUFFIX)


class _Pickler(pickle.Pickler):
    """Writes instances of dataclasses as calls of their class, which are quick to read."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__(out, protocol=5)
        self._fields: dict[type, tuple[str, ...]] = {}  # what a class is called with

    def reducer_override(self, obj: Any) -> Any:
        kind = type(obj)
        if kind not in self._fields:
            known = fields(obj) if is_dataclass(obj) and not isinstance(obj, type) else ()
            self._fields[kind] = tuple([each.name for each in known if each.init])
        names = self._fields[kind]
        return (kind, tuple([getattr(obj, name) for name in names])) if names else NotImplemented


class _Unpickler(pickle.Unpickler):
    """Reads instances of the known classes, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if name in _CLASSES.get(module, ()):
            return getattr(import_module(module), name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a codebook")
