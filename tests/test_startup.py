"""How little a second run loads, and that what is loaded late is what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thematic.app import app_of
from thematic.coding.characters import (
    _WITHOUT_MARKS,
    ANY_LETTERS,
    ONE_LETTER,
    mark_class,
    word_pattern,
    words_of,
)
from thematic.coding.text import _PLAIN_RULE, _fold_mapped, _fold_plain, fold
from thematic.commands.listed import COMMANDS
from thematic.errors import ExitCode, Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.registry import READERS, Later, Read, Reader, Several
from thematic.readers.options import ReadOptions

LOADED = (
    "import sys\n"
    "from thematic.app import main\n"
    "try:\n    main(sys.argv[1:])\n"
    "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
    "print('loaded', *sorted(sys.modules))\n"
)


def loaded_by(*arguments: str) -> set[str]:
    """The modules that one command line loads, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "command",
    [
        *(["report"], ["freq"], ["quotes"], ["code", "-q"]),
        *(["kwic", "finance"], ["cooccur"], ["matrix"], ["crosstab"], ["trend"]),
    ],
    ids=" ".join,
)
def test_a_second_run_loads_nothing_heavy(
    study: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("THEMATIC_CACHE", str(study / "kept"))
    first = loaded_by(*command)
    assert "lemminflect.core" in first  # else the test below shows nothing
    heavy = {"spacy", "lemminflect", "pandas", "numpy", "pyarrow", "docx", "openpyxl", "lxml"}
    heavy |= {"jinja2", "ftfy", "pypdfium2", "sqlite3", "multiprocessing", "distributed"}
    assert not sorted(heavy & loaded_by(*command))


@pytest.mark.parametrize("command", ["report", "freq"])
def test_a_second_run_loads_nothing_that_reads_codes_or_counts(
    study: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("THEMATIC_CACHE", str(study / "kept"))
    first, second = loaded_by(command), loaded_by(command)
    engine = ("coding.compile", "coding.engine", "coding.talk", "coding.text", "coding.units")
    readers = ("readers.transcripts", "readers.formats.plain", "readers.speakers.turns")
    unused = {f"thematic.{name}" for name in (*engine, *readers)}
    assert unused <= first
    unused |= {"thematic.readers.codebook", "thematic.store.database", "thematic.store.study"}
    unused |= {"yaml", "importlib.metadata"}
    assert not unused & second
    assert not [name for name in second if name.startswith("thematic.coding.fast")]


def test_what_only_tables_ask_of_spacy_is_kept_too(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEMATIC_CACHE", str(study / "kept"))
    # No rule here looks for sentences; the table counts them.
    # And nothing is recorded of this language.
    (study / "book.yaml").write_text("themes: {haven: [haven]}\nscope: turn\nlanguage: tlh\n")
    assert "spacy" in loaded_by("freq")
    assert "spacy" not in loaded_by("freq")


def test_plain_text_loads_no_other_reader(study: Path) -> None:
    loaded = loaded_by("report", str(study / "talks" / "E1.txt"))
    others = ("captions", "speech", "tiers", "documents", "pdf")
    names = tuple(f"thematic.readers.formats.{other}." for other in others)
    assert not [name for name in loaded if name.startswith(names)]


@pytest.mark.usefixtures("study")
def test_one_command_loads_no_other() -> None:
    others = {f"thematic.commands.{name}" for name in ("agree", "sample", "deposit", "log")}
    assert not others & loaded_by("cache", "info")
    assert not others & loaded_by("--help")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there(name: str) -> None:
    made = {one.name: one.callback for one in app_of([name]).registered_commands}
    assert list(made) == [name]
    assert made[name].__module__ == f"thematic.commands.{name if name != 'import' else 'import_'}"


def test_a_slip_shows_a_command_that_was_not_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "thematic", "reprot"], capture_output=True, text=True, check=False
    )
    assert done.returncode == ExitCode.USAGE
    assert "No such command 'reprot'. Did you mean 'report', " in " ".join(done.stderr.split())


Always = tuple[Transcript, list[Problem]]  # of readers that can read any text
FUNCTIONS = {
    "from_text": (str, (Read, Always)),
    "from_bytes": (bytes, (Read, Always)),
    "several_from_text": (str, (Several,)),
    "several_from_bytes": (bytes, (Several,)),
}


def functions(reader: Reader) -> list[tuple[str, Callable[..., Any]]]:
    """Which of the four functions a reader has, and the function itself."""
    found = [(name, getattr(reader, name)) for name in FUNCTIONS]
    return [(name, one.function if isinstance(one, Later) else one) for name, one in found if one]


@pytest.mark.parametrize("suffix", READERS)
def test_every_reader_is_a_function_of_its_kind(suffix: str) -> None:
    ((name, function),) = functions(READERS[suffix])
    hints = get_type_hints(function)
    result = hints.pop("return")
    given_type, expected = FUNCTIONS[name]
    assert list(hints.values()) == [given_type, ReadOptions]
    assert result in expected


RULES = st.text(
    st.one_of(st.characters(max_codepoint=127), st.sampled_from(f"{ANY_LETTERS}{ONE_LETTER}-- `a1"))
)


@given(RULES, st.booleans(), st.booleans())
def test_plain_rules_are_folded_as_all_others(text: str, case: bool, accents: bool) -> None:
    assert _PLAIN_RULE.fullmatch(text)
    assert _fold_plain(text, case=case) == _fold_mapped(text, case=case, accents=accents)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Al-Qaeda's  `camp` ", "al qaeda's 'camp'"),
        ("al- Qaeda", "al qaeda"),
        ("-x- -y", "-x- -y"),
        ("9-11", "9 11"),
        ("a_-b", "a_-b"),
        (f"co-{ANY_LETTERS}", f"co {ANY_LETTERS}"),
        ("Straße", "strasse"),
    ],
)
def test_rules_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


LETTERS = st.characters(max_codepoint=0x20FF) | st.sampled_from("aé’'-‐‑_ 1ǅ…")


@given(st.text(LETTERS))
def test_words_without_marks_are_found_as_all_others(text: str) -> None:
    found = [match.span() for match in words_of(text)]
    assert found == [match.span() for match in word_pattern().finditer(text)]


def test_no_mark_is_where_none_is_looked_for() -> None:
    marks = [char for char in map(chr, range(0x110000)) if is_mark(char)]
    assert not [char for char in marks if _WITHOUT_MARKS.fullmatch(char)]


def is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def test_all_marks_are_listed() -> None:
    marks = re.compile(f"[{mark_class()}]")
    every = [char for char in map(chr, range(0x20000)) if is_mark(char)]
    assert all(marks.match(char) for char in every)


def test_mentions_in_a_file_load_neither_pandas_nor_spacy(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setenv("THEMATIC_CACHE", str(study / "kept"))
    made = str(study.parent / "m.parquet")
    command = ("code", "-q", "-o", made, "--jobs", "1", "-f", "csv")
    loaded_by(*command)
    assert not {"pandas", "spacy", "lemminflect"} & loaded_by(*command)


def test_the_package_is_run_as_the_command() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-m", name, "freq", "--help"], capture_output=True, check=True
        ).stdout
        for name in ("thematic", "thematic.app")
    ]
    usage, *rest = said[0].splitlines()
    assert usage.startswith(b"Usage: python -m thematic freq ")
    assert rest
    assert rest == said[1].splitlines()[1:]
