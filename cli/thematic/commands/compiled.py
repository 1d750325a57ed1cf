"""Compiled codebooks kept between runs: what reading and compiling gave, as plain data.

Reading YAML, checking it and spelling out its phrases takes longer than coding a small
study. A kept codebook depends on the bytes of its file, the versions of Python and of the
libraries, and this program's own code; with any of these changed it is made anew. It holds
what stands in the codebook, nothing of transcripts.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from thematic.coding.compiled import CompiledCodebook
from thematic.coding.lexicon import Lexicon
from thematic.commands.caching import (
    LIBRARIES,
    cached_lexicon,
    file_of,
    installed,
    keep_bytes,
    kept_bytes,
    own_code,
)
from thematic.commands.pickles import pickled, unpickled
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
    kept = unpickled(data, _CLASSES)
    if kept is None:
        return None
    book, read, found = kept
    return replace(book, lexicon=cached_lexicon(book.codebook)), list(read), list(found)


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
    data = pickled((bare, _bare(read), _bare(found)))
    if data is not None:
        keep_bytes(file, data)


def _bare(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems without the path of their file, which may be another one the next time."""
    return tuple(replace(problem, file="") for problem in problems)


def _file(path: Path, model: str) -> Path | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    told = [FORMAT, path.name, hashlib.sha256(data).hexdigest(), model, sys.version]
    return file_of(json.dumps([*told, installed(*LIBRARIES, "yaml"), own_code(_CODE)]), SUFFIX)
