"""The manifest: its shape, what stands in it, and what never does."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT, Run

from thematic.commands.command_line import told_path, words_of

SCHEMA = json.loads((files("thematic") / "report/schemas/manifest-3.json").read_text("utf-8"))


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def made(run: Run, folder: Path, *arguments: object) -> dict[str, Any]:
    result = run("report", "-q", "-o", folder, *arguments)
    assert result.code == 0, result.err
    return manifest_of(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="study"),
        pytest.param(["talks/E1.txt", "-c", "book.yaml", "--unit", "turn"], id="a-file"),
        pytest.param(["--stamp", "--exclude", "BEN", "--exclude", "X"], id="stamp"),
    ],
)
def test_manifest_has_its_documented_shape(
    run: Run, study: Path, tmp_path: Path, arguments: list[str]
) -> None:
    jsonschema.validate(made(run, tmp_path / "out", *arguments), SCHEMA)


def test_a_manifest_of_another_shape_is_refused(run: Run, study: Path, tmp_path: Path) -> None:
    document = made(run, tmp_path / "out")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for broken in (
        document | {"extra": 1},
        document | {"files": {"a": "no hash"}},
        {name: value for name, value in document.items() if name != "versions"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


def test_every_key_is_documented() -> None:
    page = (ROOT / "docs/reference/manifest.md").read_text(encoding="utf-8")
    cells = " ".join(re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE))
    documented = set(re.findall(r"`(\w+)`", cells))
    parts = SCHEMA["properties"]
    code = parts["codebook"]["properties"]["codes"]["items"]["properties"]
    transcript = parts["transcripts"]["items"]["properties"]
    assert documented == {*parts, *code, *transcript}


def test_options_stand_as_they_were_given(run: Run, study: Path, tmp_path: Path) -> None:
    command = made(
        run, tmp_path / "out", "--codes", "--unit", "turn", "--exclude", "A", "-c",
        study / "book.yaml", study / "talks" / "E1.txt", "--no-cache",
    )["command"]  # fmt: skip
    assert command == {
        "name": "report",
        "options": {
            "--codes": True,
            "--codebook": "book.yaml",
            "--unit": "turn",
            "--exclude": ["A"],
        },
        "paths": ["talks/E1.txt"],
    }
    words = ["--codes", "--codebook=book.yaml", "--unit=turn", "--exclude=A"]
    assert words_of(command["options"]) == words


def test_the_whole_study_is_named_alike_from_everywhere(
    run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = made(run, tmp_path / "out")
    monkeypatch.chdir("/")
    assert made(run, tmp_path / "out", study) == here


@pytest.mark.parametrize(
    ("path", "base", "told"),
    [
        ("/home/maria/study/talks", "/home/maria/study", "talks"),
        ("/home/maria/study", "/home/maria/study", "."),
        ("/home/maria/talks", "/home/maria/study", "talks"),
        ("/home/maria/talks", None, "talks"),
        ("../maria/talks", None, "talks"),
        ("a/talks", None, "a/talks"),
    ],
)
def test_no_path_leads_out(path: str, base: str | None, told: str) -> None:
    assert told_path(Path(path), Path(base) if base else None) == told


def test_no_path_no_user_and_no_clock(
    run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "mariahernandez")
    made(run, tmp_path / "out", study / "talks", "-c", study / "book.yaml")
    text = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert "mariahernandez" not in text
    assert str(tmp_path) not in text
    assert not re.search(r"\d\d:\d\d|20\d\d-", text)


def test_hashes_tell_what_changed(run: Run, study: Path, tmp_path: Path) -> None:
    before = made(run, tmp_path / "one")
    talk, book = study / "talks" / "E1.txt", study / "book.yaml"
    talk.write_text(talk.read_text().replace("ANNA", "HANNA"))
    book.write_text(book.read_text().replace("tax haven]", "tax haven, safe seat]"))
    (study / "attributes.csv").write_text("id,case\nE2,B\n")
    after = made(run, tmp_path / "two")

    def differing(id: str) -> set[str]:
        pairs = zip(before["transcripts"], after["transcripts"], strict=True)
        one, other = next(pair for pair in pairs if pair[0]["id"] == id)
        return {name for name in one if one[name] != other[name]}

    assert differing("E1") == {"bytes_sha256", "text_sha256", "turns_sha256"}
    assert differing("E2") == {"case", "attributes_sha256"}
    assert differing("P1") == set()
    codes = {code["code"]: code["rules"] for code in before["codebook"]["codes"]}
    now = {code["code"]: code["rules"] for code in after["codebook"]["codes"]}
    assert [code for code in codes if codes[code] != now[code]] == ["alliance/safe-haven"]
