"""`thematic verify`: what it finds in a result folder, and by what name."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Result, Run

from thematic.model.people import Decision, PersonCoding, Verdict
from thematic.model.transcript import Span
from thematic.review.anchoring import passage_at
from thematic.store.database import open_store

BOOK = """\
codebook: small
marks: {reported: [they say, he said]}
themes:
  alliance:
    definition: A group helps another.
    codes:
      safe-haven: {rules: [safe haven*, shelter*], unless: [tax haven]}
      oath: {rules: [swore, pledge*]}
  finance: {rules: [{lemma: tax}, haven]}
"""


@pytest.fixture
def folder(run: Run, study: Path) -> Path:
    (study / "book.yaml").write_text(BOOK, encoding="utf-8")
    assert run("report", "-q", "-o", "out").code == 0
    return study / "out"


def findings(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.out)))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_fresh_folder_is_identical(run: Run, folder: Path) -> None:
    for level in ("transcripts", "codings"):
        result = run("verify", "out", "--from", level)
        assert (result.code, result.err) == (0, "")
        number = len([path for path in folder.iterdir() if path.name != "manifest.json"])
        assert f"identical: {number} files" in " ".join(result.out.split())
        assert "nothing about validity" in " ".join(result.out.split())


def one_letter(study: Path) -> None:
    change(study / "talks" / "E1.txt", "They gave", "Thay gave")


def one_rule(study: Path) -> None:
    change(study / "book.yaml", "safe haven*", "safe haven")


def one_cell(study: Path) -> None:
    change(
        study / "out" / "frequencies.csv",
        "alliance,alliance,interview,2",
        "alliance,alliance,interview,3",
    )


def a_file(study: Path) -> None:
    (study / "out" / "quotes.csv").unlink()


def a_version(study: Path) -> None:
    manifest = json.loads((study / "out" / "manifest.json").read_text())
    manifest["versions"]["spacy"] = "2.0.0"
    (study / "out" / "manifest.json").write_text(json.dumps(manifest))


def a_note(study: Path) -> None:
    (study / "out" / "notes.txt").write_text("mine")


def a_role(study: Path) -> None:
    change(
        study / "study.yaml",
        "transcripts: talks",
        "transcripts: talks\nspeakers: {interviewer: [BEN]}",
    )


def an_attribute(study: Path) -> None:
    (study / "attributes.csv").write_text("id,case\nE1,anna\n")


def a_transcript(study: Path) -> None:
    (study / "talks" / "E3.txt").write_text("CARL: They taxed us.\n")


def a_decision(study: Path) -> None:
    text = (study / "talks" / "E1.txt").read_text()
    start = text.index("They taxed")
    passage = passage_at("E1", text, Span(start, start + 20))
    from datetime import UTC, datetime

    now = datetime(2026, 1, 1, tzinfo=UTC)
    open_store(study).record([PersonCoding(passage, "alliance", "AK")], "AK", now, {})


CHANGES: list[tuple[Callable[[Path], None], str, str]] = [
    (one_letter, "transcript changed", "E1"),
    (one_rule, "codebook changed", "alliance/safe-haven"),
    (one_cell, "output edited", "frequencies.csv"),
    (a_file, "file missing", "quotes.csv"),
    (a_version, "version changed", "spacy"),
    (a_note, "file added", "notes.txt"),
    (a_role, "transcript changed", "E2"),
    (an_attribute, "study changed", "attributes"),
    (a_transcript, "transcript new", "E3"),
    (a_decision, "log of people changed", "people.sqlite"),
]


@pytest.mark.parametrize(
    ("alter", "finding", "about"), CHANGES, ids=[one[0].__name__ for one in CHANGES]
)
def test_each_change_is_named(
    run: Run, folder: Path, alter: Callable[[Path], None], finding: str, about: str
) -> None:
    alter(folder.parent)
    result = run("verify", "out", "-f", "csv")
    assert result.code == 8
    rows = findings(result)
    assert about in [row["file"] or row["row"] for row in rows if row["finding"] == finding]
    assert not [row for row in rows if "not explained" in row["why"]]


def test_the_cell_is_named_with_both_values(run: Run, folder: Path) -> None:
    one_cell(folder.parent)
    for level in ("transcripts", "codings"):
        rows = findings(run("verify", "out", "--from", level, "-f", "csv"))
        (cell,) = [row for row in rows if row["finding"] == "cell differs"]
        assert (cell["row"], cell["column"]) == ("alliance, interview", "transcripts")
        assert (cell["was"], cell["now"]) == ("3", "2")


def test_words_are_never_told(run: Run, folder: Path) -> None:
    change(folder / "quotes.csv", "There is no safe haven now", "There is a PLATYPUS now")
    result = run("verify", "out", "-f", "csv")
    (cell,) = [row for row in findings(result) if row["finding"] == "cell differs"]
    assert cell["column"] == "text"
    assert "PLATYPUS" not in result.out + run("verify", "out").out


def test_passages_that_moved_are_listed(run: Run, folder: Path) -> None:
    change(folder.parent / "talks" / "E1.txt", "ANNA:", "ANNA: Well, it was long ago.")
    out = " ".join(run("verify", "out").out.split())
    assert "Passages that moved" in out
    assert "They taxed the road." in out


def test_versions_are_those_of_now(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pretended() -> dict[str, str]:
        return {"spacy": "9.9", "lemminflect": "1", "google-re2": "1"}

    monkeypatch.setattr("thematic.commands.provenance.library_versions", pretended)
    rows = findings(run("verify", "out", "-f", "csv", "--no-cache"))
    assert ("version changed", "spacy", "9.9") in [
        (row["finding"], row["row"], row["now"]) for row in rows
    ]


def test_inputs_may_lie_elsewhere(
    run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    away = tmp_path_factory.mktemp("away")
    shutil.move(folder, away / "out")
    monkeypatch.chdir(away)
    lost = run("verify", "out")
    assert (lost.code, "name the inputs" in lost.err) == (8, True)
    assert run("verify", "out", folder.parent).code == 0
    assert run("verify", "out", "--from", "codings").code == 0


def test_a_study_below_is_found_by_its_file(
    run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """As after `thematic report studies/mine -o out`."""
    away = tmp_path_factory.mktemp("away")
    shutil.copytree(folder.parent, away / "studies" / "mine")
    shutil.move(away / "studies" / "mine" / "out", away / "out")
    monkeypatch.chdir(away)
    assert run("verify", "out").code == 0
    other = away / "other"
    other.mkdir()
    (other / "study.yaml").write_text("name: another\n")
    assert run("verify", "out").code == 0
    text = next((away / "studies" / "mine" / "talks").iterdir())
    text.write_text(text.read_text() + "\nAnna: And so on.\n")
    assert run("verify", "out").code == 8


def test_files_named_without_a_study(run: Run, study: Path) -> None:
    (study / "study.yaml").unlink()
    made = run("report", "talks/E1.txt", study / "talks" / "E2.txt", "-c", "book.yaml", "-q",
               "--unit", "turn", "--interviewer", "BEN", "-o", "out")  # fmt: skip
    assert made.code == 0, made.err
    assert run("verify", "out").code == 8  # E2.txt was named by a path that nobody else has
    assert run("verify", "out", "talks/E1.txt", "talks/E2.txt").code == 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"schema": "thematic.manifest/3"}', '{"schema": "other/1", "files": {}}',
     '{"schema": "thematic.manifest/1", "files": {}}'],
)  # fmt: skip
def test_a_manifest_that_is_none(run: Run, folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    result = run("verify", "out")
    assert result.code == 8
    assert result.err.startswith("error:")


def test_a_manifest_runs_no_other_command(run: Run, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    for command in ({"name": "cache", "options": {}, "paths": ["clear"]},
                    {"name": "report", "options": {"--output": "x", "--nope": 1}, "paths": []}):  # fmt: skip
        (folder / "manifest.json").write_text(json.dumps(manifest | {"command": command}))
        assert run("verify", "out").code in (0, 8)
    assert not (folder.parent / "x").exists()


def test_files_of_any_kind_do_no_harm(run: Run, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, data in {
        "a.xlsx": b"PK no",
        "b.csv": b"\xff\xfe,",
        "c.json": b"[[",
        "d": b"",
    }.items():
        (folder / name).write_bytes(data)
        manifest["files"][name] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    rows = findings(run("verify", "out", "-f", "csv"))
    assert {row["file"] for row in rows if row["finding"] == "file not recomputed"} == {
        "a.xlsx", "b.csv", "c.json", "d"}  # fmt: skip


def test_frequencies_follow_from_codings_where_people_decided(run: Run, study: Path) -> None:
    """Random studies, with decisions on codes and themes: counted two ways, the same."""
    from datetime import UTC, datetime

    (study / "book.yaml").write_text(BOOK, encoding="utf-8")
    mixed = random.Random(7)
    said = ["They gave a safe haven.", "No shelter, they say.", "He swore it.", "They taxed it.",
            "It rained.", "They pledged and taxed.", "A tax haven it was."]  # fmt: skip
    for number in range(6):
        turns = [f"I: And?\n\nR: {' '.join(mixed.choices(said, k=4))}\n" for _ in range(5)]
        (study / "talks" / f"X{number}.txt").write_text("\n".join(turns))
        text = "\n".join(turns)
        acts = []
        for words in mixed.sample(said, 5):
            if words in text:
                start = text.index(words)
                passage = passage_at(f"X{number}", text, Span(start, start + len(words)))
                code = mixed.choice(["alliance", "alliance/safe-haven", "alliance/oath", "finance"])
                verdict = mixed.choice([Verdict.ACCEPT, Verdict.REJECT, Verdict.ADD])
                acts.append(Decision(passage, code, verdict, "AK"))
        open_store(study).record(acts, "", datetime(2026, 1, 1, tzinfo=UTC), {})
    (study / "attributes.csv").write_text("id,case\nX0,P\nX1,P\n")
    for unit in ("sentence", "turn", "transcript"):
        assert run("report", "-q", "-o", "out", "--unit", unit).code == 0
        result = run("verify", "out", "--from", "codings", "-f", "csv")
        assert (result.code, findings(result)) == (0, [])
