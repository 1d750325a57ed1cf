"""The floors of CONTRIBUTING.md: what may import what."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cli" / "thematic"
FLOORS = {
    "errors": 1,
    "model": 1,
    "readers": 2,
    "coding": 2,
    "analysis": 2,
    "shipped": 2,
    "review": 2,
    "pseudonyms": 2,
    "backends": 2,
    "store": 3,
    "exchange": 3,
    "report": 3,
    "commands": 4,
    "library": 4,
    "app": 5,
    "__main__": 6,
}
# Which room may load which heavy package.
DOORS = {
    "typer": {"commands", "app"},
    "rich": {"report", "app"},
    "spacy": {"coding"},
    "lemminflect": {"coding"},
    "re2": {"coding", "review"},
    "pandas": {"analysis", "report"},
    "yaml": {"readers", "store"},
    "jinja2": {"report"},
    "docx": {"report"},
    "lxml": {"readers", "exchange", "report"},
    "pypdfium2": {"readers"},
    "ftfy": {"readers"},
    "numpy": {"analysis", "coding", "report"},
    "snowballstemmer": {"analysis"},
    "openpyxl": {"readers", "report"},
    "ahocorasick_rs": {"coding"},
    "pyarrow": {"report", "readers"},
    "distributed": {"backends"},
    "fsspec": {"readers"},
    "platformdirs": {"commands"},
}
FORBIDDEN = {"click"}


def imports(path: Path) -> set[str]:
    """Full names of all modules that a file imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {path}"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in FILES} == set(FLOORS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_file_keeps_its_floor(path: Path) -> None:
    here = room(path)
    for name in imports(path):
        first, _, rest = name.partition(".")
        assert first not in FORBIDDEN
        if first in DOORS:
            assert here in DOORS[first], f"{here} must not import {first}"
        there = rest.partition(".")[0] if first == "thematic" else ""
        if there in FLOORS and there != here:
            lower = FLOORS[there] < FLOORS[here]
            beside = FLOORS[there] == FLOORS[here] and FLOORS[here] in (1, 4)
            assert lower or beside, f"{here} must not import {there}"


def test_spacy_has_one_door() -> None:
    users = {p.name for p in FILES if any(n.split(".")[0] == "spacy" for n in imports(p))}
    assert users == {"language.py"}


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from thematic.app import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'pandas', 'spacy', 'numpy', 'yaml', 'rich', 'lemminflect', 'docx', 'openpyxl'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_is_left_open() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert not any(mark in text for mark in ("TODO", "FIXME", "XXX")), path
