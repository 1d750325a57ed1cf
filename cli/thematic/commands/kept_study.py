"""A study's settings kept between runs: what reading study.yaml gave, without a word of it.

Reading YAML with the lines of its faults takes as long as drawing a table. As in
`kept_readings.py`, words are told by their places in the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from itertools import chain
from pathlib import Path

from thematic.commands.caching import file_of, installed, keep_bytes, kept_bytes, own_code
from thematic.commands.wordless import Own, with_words, without_words
from thematic.errors import Problem, Severity
from thematic.model.codebook import Unit
from thematic.model.study import Consent, Status, Study

FORMAT = 1  # of the files; raised whenever their meaning changes
SUFFIX = ".study"
_LARGEST = 1_000_000  # bytes of a file, and of a study.yaml that is kept
_CODE = (".", "model", "readers/formats", "readers/lined_yaml", "store")
_CLASSES = {
    "thematic.errors": ("Problem", "Severity"),
    "thematic.model.study": ("Consent", "Speakers", "Status", "Study"),
}
_NAMES = frozenset(("", *_CLASSES, *chain(*_CLASSES.values()), *Consent, *Severity, *Status, *Unit))

Read = tuple[Study | None, list[Problem]]


def study_at(path: Path) -> Read:
    """As `store.study.read_study_file`; taken from an earlier run where it read the same."""
    try:
        data = path.read_bytes()
        text = data.decode()
    except (OSError, ValueError):
        data, text = b"", ""
    if not text or len(data) > _LARGEST:
        return _read(path)
    name = path.resolve().parent.name
    told = [FORMAT, name, hashlib.sha256(data).hexdigest(), installed("yaml"), own_code(_CODE)]
    file = file_of(json.dumps(told), SUFFIX)
    text = f"{text}\n{name}"  # a study without a name is called as its folder
    return _kept(file, text, path) or _new(file, text, path)


def _read(path: Path) -> Read:
    from thematic.store.study import read_study_file

    return read_study_file(path)


def _kept(file: Path, text: str, path: Path) -> Read | None:
    data = kept_bytes(file, _LARGEST)
    found = with_words(data, text, _CLASSES) if data else None
    if found is None:
        return None
    study, problems = found
    return study, [problem.within(str(path)) for problem in problems]


def _new(file: Path, text: str, path: Path) -> Read:
    study, problems = _read(path)
    bare = (study, [replace(problem, file="") for problem in problems])
    said = {said for one in problems for said in (one.message, one.hint)}
    data = without_words(bare, text, Own(_NAMES, said, repr(study)))
    if data is not None and with_words(data, text, _CLASSES) == bare:
        keep_bytes(file, data)
    return study, problems
