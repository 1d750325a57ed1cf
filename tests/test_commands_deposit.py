"""`thematic deposit`: a folder for an archive, without a word of anybody."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from conftest import BOOK, Run
from consent_study import CANARIES, CONTROL, TALKS, make_consent_study

from thematic.report.folder import sha256

FILES = [
    "README.md",
    "codebook.csv",
    "codings.csv",
    "data-dictionary.csv",
    "decisions.csv",
    "frequencies-by-transcript.csv",
    "frequencies.csv",
    "manifest.json",
    "transcripts.csv",
]


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_consent_study(tmp_path / "study")
    monkeypatch.chdir(folder)
    return folder


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_is_in_it(run: Run, secret: Path) -> None:
    result = run("deposit", "dep")
    assert result.code == 0, result.err
    assert sorted(contents(secret / "dep")) == FILES
    codings = table(secret / "dep" / "codings.csv")
    own = next(row for row in codings if row["transcript"] == "E2" and row["code"] == "help")
    words = TALKS["E2"][int(own["unit_start"]) : int(own["unit_end"])]
    assert words == "They helped the zebrafinch with money."
    decided = table(secret / "dep" / "decisions.csv")
    assert {row["act"] for row in decided} == {"coding", "decision"}
    assert {row["coder"] for row in decided} == {"AK", "BL"}
    assert "INVENTED" in (secret / "dep" / "README.md").read_text(encoding="utf-8")


def test_no_words_of_anybody(run: Run, secret: Path) -> None:
    """No sentence, no label, and of no sentence a part of five words in a row."""
    run("deposit", "dep")
    everything = b"\n".join(contents(secret / "dep").values()).decode("utf-8").casefold()
    assert not [word for word in (*CANARIES, CONTROL, "ANNA") if word.casefold() in everything]
    for text in TALKS.values():
        said = text.casefold().split()
        runs = (" ".join(said[at : at + 5]) for at in range(len(said) - 4))
        assert not [words for words in runs if words in everything]


def test_a_definition_that_quotes_is_left_out(run: Run, secret: Path) -> None:
    book = secret / "book.yaml"
    text = book.read_text(encoding="utf-8")
    quote = "definition: As one said, they helped the zebrafinch with money."
    book.write_text(text.replace("definition: Someone gives help.", quote), encoding="utf-8")
    run("deposit", "dep")
    entry = table(secret / "dep" / "codebook.csv")[0]
    assert entry["definition"] == "[left out: words of a transcript]"
    assert "cells left out: 1" in (secret / "dep" / "README.md").read_text(encoding="utf-8")


def test_every_column_of_every_file_is_explained(run: Run, study: Path) -> None:
    (study / "book.yaml").write_text(BOOK + "marks: {hedge: [perhaps]}\n", encoding="utf-8")
    with (study / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write("show_attributes: [job]\n")
    (study / "attributes.csv").write_text("id,job,secret\nE1,nurse,x\n", encoding="utf-8")
    assert run("deposit", "dep").code == 0
    said = table(study / "dep" / "data-dictionary.csv")
    assert all(row["type"] and row["meaning"] for row in said)
    explained = [(row["file"], row["column"]) for row in said]
    there = [
        (path.name, column)
        for path in (study / "dep").glob("*.csv")
        for column in path.read_text(encoding="utf-8").splitlines()[0].split(",")
    ]
    assert sorted(explained) == sorted(there)
    assert ("frequencies.csv", "hedge") in explained
    assert ("transcripts.csv", "job") in explained
    assert not any(column == "secret" for _, column in explained)


def test_every_table_says_the_status(run: Run, secret: Path) -> None:
    run("deposit", "dep")
    for path in (secret / "dep").glob("*.csv"):
        assert {row["study_status"] for row in table(path)} == {"invented"}, path.name


def test_consent_is_told_and_held(run: Run, secret: Path) -> None:
    run("deposit", "dep")
    rows = {row["transcript"]: row for row in table(secret / "dep" / "transcripts.csv")}
    assert rows["E2"]["consent"] == "no quotation"
    assert rows["E2"]["profession"] == ""
    assert rows["E1"]["profession"] == "nurse"
    assert rows["E1"]["text_sha256"] == sha256(TALKS["E1"])
    assert "| no quotation | 1 |" in (secret / "dep" / "README.md").read_text(encoding="utf-8")


def test_equal_studies_give_equal_bytes(run: Run, secret: Path) -> None:
    run("deposit", "one")
    run("deposit", "deep/two")
    assert contents(secret / "one") == contents(secret / "deep" / "two")
    manifest = json.loads((secret / "one" / "manifest.json").read_text(encoding="utf-8"))
    readme = (secret / "one" / "README.md").read_text(encoding="utf-8")
    assert manifest["files"]["README.md"] == sha256(readme)


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_replaced(run: Run, secret: Path, there: str) -> None:
    place = secret / "dep"
    if there == "folder":
        place.mkdir()
        (place / "mine.txt").write_text("mine", encoding="utf-8")
    else:
        place.write_text("mine", encoding="utf-8")
    result = run("deposit", "dep")
    assert result.code == 6
    assert "is there already" in result.err
    assert not list(secret.glob(".thematic-*"))
    if there == "folder":
        assert sorted(contents(place)) == ["mine.txt"]


def test_whole_or_not_there(run: Run, secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, done = os.replace, []

    def full(source: str, target: str) -> None:
        done.append(target)
        if len(done) > 3:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    result = run("deposit", "dep")
    assert result.code == 6
    assert "No space left" in result.err
    assert not (secret / "dep").exists()
    assert not list(secret.glob(".thematic-*"))


def test_an_empty_folder_is_taken(run: Run, secret: Path) -> None:
    (secret / "dep").mkdir()
    assert run("deposit", "dep").code == 0


def test_a_deposit_is_no_transcript(run: Run, secret: Path) -> None:
    run("deposit", "talks/dep")
    run("deposit", "again")
    assert {row["transcript"] for row in table(secret / "again" / "transcripts.csv")} == set(TALKS)
