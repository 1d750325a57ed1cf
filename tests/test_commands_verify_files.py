"""`thematic verify` on every kind of file, edited and removed, and on deposits."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import jsonschema
import pytest
from conftest import Run, write_study
from test_commands_verify import change, findings
from test_report_manifest import SCHEMA

from thematic.app import main
from thematic.report.folder import sha256
from thematic.report.manifest import SEAL, seal_of


def altered(name: str, data: bytes) -> bytes:
    """A file in which one character of what it shows is another."""
    if name.endswith((".docx", ".xlsx")):
        return altered_package(data, "word/document.xml", "xl/worksheets/sheet2.xml")
    if name.endswith(".pdf"):
        return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]
    place = max(data.rfind(digit) for digit in b"1234567")
    return data[:place] + bytes([data[place] + 1]) + data[place + 1 :]


def altered_package(data: bytes, *parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part in parts:
                (one,) = re.findall(rb"<(?:w:t|v|t)(?: [^>]*)?>[^<]*?\d", text)[-1:]
                at = text.rindex(one) + len(one) - 1
                text = text[:at] + (b"1" if text[at : at + 1] != b"1" else b"2") + text[at + 1 :]
            new.writestr(part, text)
    return out.getvalue()


EVERY = [
    "brief.docx", "codings.csv", "codings.json", "frequencies-by-transcript.csv",
    "frequencies-by-transcript.json", "frequencies.csv", "frequencies.json", "manifest.json",
    "mentions.csv", "mentions.json", "method.md", "quotes.csv", "quotes.json", "report.docx",
    "report.html", "report.md", "report.tex", "report.xlsx",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a result folder that holds every kind of file."""
    study = tmp_path_factory.mktemp("made")
    write_study(study)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(study)
        with pytest.raises(SystemExit, match=r"^0$"):
            main(["report", "-q", "-o", "out", "--brief"])
    return study


@pytest.fixture
def out(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its results; the current folder is that of the study."""
    shutil.copytree(whole, tmp_path / "study")
    monkeypatch.chdir(tmp_path / "study")
    return tmp_path / "study" / "out"


@pytest.mark.parametrize("level", ["transcripts", "codings"])
@pytest.mark.parametrize("name", EVERY)
def test_an_edit_in_any_file_is_named(run: Run, out: Path, name: str, level: str) -> None:
    assert sorted(path.name for path in out.iterdir()) == EVERY
    (out / name).write_bytes(altered(name, (out / name).read_bytes()))
    result = run("verify", "out", "-f", "csv", "--from", level)
    rows = findings(result)
    edited = [row["file"] for row in rows if row["finding"] == "output edited"]
    assert (result.code, edited) == (8, [name])
    assert {row["finding"] for row in rows} <= {"output edited", "cell differs", "text differs"}
    if level == "transcripts" and name != "manifest.json":
        places = [row for row in rows if row["finding"] != "output edited"]
        assert {row["why"] for row in places} == {"output edited"}
        assert all(row["row"] for row in places)


@pytest.mark.parametrize("name", EVERY)
def test_any_file_that_is_removed_is_named(run: Run, out: Path, name: str) -> None:
    (out / name).unlink()
    result = run("verify", "out", "-f", "csv")
    assert result.code == 8
    if name == "manifest.json":
        assert "there is no manifest" in result.err
        return
    (row,) = findings(result)
    assert (row["finding"], row["file"]) == ("file missing", name)


def test_a_manifest_may_be_laid_out_otherwise(run: Run, out: Path) -> None:
    file = out / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8"))), encoding="utf-8")
    assert run("verify", "out").code == 0


def test_a_number_that_is_altered_with_its_hash(run: Run, out: Path) -> None:
    """Who alters a cell and its hash is found by counting again; words are not told."""
    for ending in ("csv", "json"):
        file = out / f"frequencies.{ending}"
        file.write_bytes(altered(file.name, file.read_bytes()))
        document = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        document["files"][file.name] = sha256(file.read_bytes())
        document[SEAL] = seal_of(document)
        (out / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
        rows = findings(run("verify", "out", "-f", "csv"))
        assert [row["finding"] for row in rows] == ["recomputed differently", "cell differs"]
        assert rows[0]["why"].startswith("not explained")
        assert run("report", "-q", "-o", "out", "--brief").code == 0


def test_what_was_compared_with_went_in_too(run: Run, out: Path) -> None:
    change(out.parent / "talks" / "E2.txt", "nobody", "somebody")
    assert run("report", "-q", "-o", "out", "--since", "out").code == 0
    assert run("verify", "out").code == 0
    change(out / "before.json", '"words": ', '"words": 1')
    rows = findings(run("verify", "out", "-f", "csv"))
    again = [row["why"] for row in rows if row["finding"] == "recomputed differently"]
    assert set(again) == {"output edited: before.json"}


def test_cells_in_word_and_markdown_show_numbers_only(run: Run, out: Path) -> None:
    change(out / "report.md", "| 1 |", "| 7 |")
    change(out / "report.md", "no safe haven now", "a PLATYPUS now")
    result = run("verify", "out", "-f", "csv")
    (cell,) = [row for row in findings(result) if row["finding"] == "cell differs"]
    assert (cell["file"], cell["was"], cell["now"]) == ("report.md [table 1]", "7", "1")
    assert "PLATYPUS" not in result.out


@pytest.mark.parametrize(
    ("alter", "finding"),
    [
        (None, ""),
        (("talks/E1.txt", "They gave", "Thay gave"), "transcript changed"),
        (("book.yaml", "safe haven*", "safe haven"), "codebook changed"),
        (("dep/frequencies.csv", ",interview,", ",interview,9"), "output edited"),
        (("dep/README.md", "No words", "Words"), "output edited"),
    ],
    ids=["fresh", "letter", "rule", "cell", "page"],
)
def test_a_deposit_is_recomputed(
    run: Run, study: Path, alter: tuple[str, str, str] | None, finding: str
) -> None:
    assert run("deposit", "dep", "-q").code == 0
    if alter is not None:
        change(study / alter[0], *alter[1:])
    result = run("verify", "dep", "-f", "csv")
    rows = findings(result)
    assert (result.code, bool(rows)) == ((8, True) if finding else (0, False))
    assert not rows or rows[0]["finding"] == finding
    assert "not explained" not in result.out
    if alter is None:
        assert run("verify", "dep", "--from", "codings").code == 0


def test_a_deposit_tells_no_hash_of_attributes(run: Run, study: Path) -> None:
    (study / "attributes.csv").write_text("id,kind\nE1,interview\n", encoding="utf-8")
    run("deposit", "dep", "-q")
    document = json.loads((study / "dep" / "manifest.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, SCHEMA)
    assert document["study"]["attributes_sha256"] is None
    assert {one["attributes_sha256"] for one in document["transcripts"]} == {None}
    (study / "attributes.csv").write_text("id,kind\nE1,talk\n", encoding="utf-8")
    rows = findings(run("verify", "dep", "-f", "csv"))
    assert (rows[0]["finding"], rows[0]["why"]) == ("transcript changed", "its kind or case")


def test_where_a_manifest_may_be(run: Run, out: Path) -> None:
    shutil.copytree(out, out.parent / "results" / "one")
    assert "that have one: one" in run("verify", "results").err
    assert "a single file has no manifest" in run("verify", "out/codings.csv").err
