"""What the wheel will hold: the package list is written by hand, so it is guarded here."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_package_is_listed(setup: configparser.ConfigParser) -> None:
    listed = set(setup["options"]["packages"].split())
    there = {
        ".".join(path.parent.relative_to(ROOT / "cli").parts)
        for path in (ROOT / "cli" / "thematic").rglob("*.py")
    }
    data = {"thematic.shipped.codebooks", "thematic.shipped.transcripts"}
    assert listed == there | data


def test_shipped_files_lie_in_the_listed_folders(setup: configparser.ConfigParser) -> None:
    folders = dict(
        line.replace(" ", "").split("=")
        for line in setup["options"]["package_dir"].strip().splitlines()
    )
    assert folders == {
        "": "cli",
        "thematic.shipped.codebooks": "codebooks",
        "thematic.shipped.transcripts": "transcripts",
    }
    assert (ROOT / "codebooks" / "jihad-networks.yaml").is_file()
    assert not list((ROOT / "codebooks").glob("*.py"))
    assert not list((ROOT / "transcripts").rglob("*.py"))


def test_the_top_level_is_the_users(setup: configparser.ConfigParser) -> None:
    for name in ("cli", "codebooks", "transcripts", "tests", "setup.cfg", "README.md"):
        assert (ROOT / name).exists()
