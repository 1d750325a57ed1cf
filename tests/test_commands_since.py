"""`thematic report --since`: what changed since earlier results, and the brief."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Run
from docx import Document

AGAIN = ("report", "-q", "-o", "out", "--since", "out", "--brief")


@pytest.fixture
def folder(run: Run, study: Path) -> Path:
    assert run(*AGAIN).code == 0
    return study / "out"


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "changes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def brief(folder: Path) -> str:
    document = Document(BytesIO((folder / "brief.docx").read_bytes()))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_first_run_compares_nothing(folder: Path) -> None:
    assert not (folder / "before.json").exists()
    assert "no earlier results" in brief(folder)


def test_equal_input_gives_equal_bytes(run: Run, folder: Path) -> None:
    before = held(folder)
    assert run(*AGAIN).code == 0
    assert held(folder) == before


def new_transcript(study: Path) -> None:
    text = "INTERVIEWER: You?\n\nCLEO: It was a safe haven.\n"
    (study / "talks" / "E3.txt").write_text(text, encoding="utf-8")


def new_rule(study: Path) -> None:
    book = study / "book.yaml"
    text = book.read_text(encoding="utf-8").replace("haven]\n", "haven, road]\n")
    book.write_text(text.replace('version: "1"', 'version: "2"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "expected", "said"),
    [
        (new_transcript, ("transcript new", "E3", "", "", ""), "1 new (E3)"),
        (new_transcript, ("total", "transcripts", "2", "3", ""), "transcripts 2 → 3"),
        (new_rule, ("codebook changed", "finance", "", "", "1 rule new"), "finance: 1 rule new"),
        (new_rule, ("codebook changed", "version", "", "", ""), "version 1 → 2"),
        (new_transcript, ("theme", "alliance", "2", "3", ""), "alliance (interviews) 2/3 → 3/3"),
    ],
    ids=["transcript", "total", "rule", "version", "theme"],
)
def test_changes_are_told(
    run: Run,
    folder: Path,
    change: Callable[[Path], None],
    expected: tuple[str, ...],
    said: str,
) -> None:
    change(folder.parent)
    assert run(*AGAIN).code == 0
    found = [
        tuple(row[name] for name in ("change", "about", "before", "now", "detail"))
        for row in rows(folder)
    ]
    assert expected in found
    for name in ("report.md", "report.html"):
        text = (folder / name).read_text(encoding="utf-8").replace("\\", "")
        assert said in text, name


def test_a_change_is_told_until_the_next_one_and_is_verified(run: Run, folder: Path) -> None:
    new_transcript(folder.parent)
    assert run(*AGAIN).code == 0
    before = held(folder)
    assert "1 new (E3)" in brief(folder)
    assert run(*AGAIN).code == 0
    assert held(folder) == before
    result = run("verify", "out")
    assert result.code == 0, result.out


def test_a_drop_by_half_is_an_alarm_once(run: Run, folder: Path) -> None:
    (folder.parent / "talks" / "E1.txt").unlink()
    result = run(*AGAIN)
    assert result.code == 1
    assert "ALARM: since these results interviews fell by half or more" in result.err
    assert "transcripts 2 → 1" in brief(folder)
    again = run(*AGAIN)
    assert (again.code, again.err) == (0, "")
    assert "ALARM" in brief(folder)


def test_an_edited_before_is_found(run: Run, folder: Path) -> None:
    new_transcript(folder.parent)
    run(*AGAIN)
    path = folder / "before.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["themes"][0]["cases"] += 1
    path.write_text(json.dumps(document), encoding="utf-8")
    assert run("verify", "out").code == 8


@pytest.mark.parametrize("name", ["manifest.json", "frequencies.csv"])
def test_earlier_results_that_are_damaged_end_in_a_message(
    run: Run, folder: Path, name: str
) -> None:
    (folder / name).write_text("{", encoding="utf-8")
    result = run("report", "-q", "--since", "out")
    assert result.code == 8
    assert "damaged" in result.err


@pytest.mark.parametrize("words", [["--brief"], ["--brief", "-o", "r.html"]])
def test_a_brief_needs_a_folder(run: Run, study: Path, words: list[str]) -> None:
    assert run("report", *words).code == 2


def test_a_brief_of_many_themes_and_long_answers_is_cut(run: Run, study: Path) -> None:
    names = [f"theme{number}" for number in range(30)]
    book = "".join(f"{name}: [{name}]\n" for name in names)
    (study / "book.yaml").write_text(book, encoding="utf-8")
    talk = "".join(f"{'well ' * 200}{name} {'so ' * 200}<b>.\n\n" for name in names)
    (study / "talks" / "E1.txt").write_text(f"ANNA: {talk}", encoding="utf-8")
    assert run(*AGAIN).code == 0
    text = brief(study / "out")
    assert len(text) < 6000
    assert "[…] well" in text
    assert "theme0 so" in text
    assert "And of 23 more themes in the report." in text
