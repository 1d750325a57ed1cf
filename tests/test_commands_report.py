"""`thematic report` and `thematic freq` as a user sees them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Golden = Callable[[str, str], None]


def test_report_on_the_terminal(run: Run, study: Path, golden: Golden) -> None:
    result = run("report", "--codes")
    assert (result.code, result.err) == (0, "")
    assert max(map(len, result.out.splitlines())) <= 80
    golden(result.out, "report.txt")


@pytest.mark.parametrize("name", ["report.md", "report.html", "frequencies.csv", "mentions.csv",
                                  "codings.csv", "quotes.json", "manifest.json"])  # fmt: skip
def test_result_folder(run: Run, study: Path, golden: Golden, name: str) -> None:
    assert run("report", "-q", "-o", "out").code == 0
    text = (study / "out" / name).read_text(encoding="utf-8")
    if name == "manifest.json":  # versions of packages differ between machines
        manifest = json.loads(text)
        named = {"thematic", "python", "spacy", "lemminflect", "google-re2", "PyYAML"}
        assert set(manifest.pop("versions")) == named | {"ahocorasick-rs"}
        for told in ("method.md", "report.html", "report.docx", "report.xlsx"):
            assert manifest["files"].pop(told)  # they tell versions, or packages write them
        assert manifest.pop("manifest_sha256")  # of versions too
        text = json.dumps(manifest, indent=2) + "\n"
    if name == "report.html":
        text = re.sub(r'<section id="method".*?</section>', "", text, flags=re.DOTALL)
    golden(text, name)


def test_same_bytes_twice_and_elsewhere(
    run: Run, study: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(study, elsewhere)
    run("report", "-q", "-o", "one")
    run("report", "-q", "-o", "two")
    monkeypatch.chdir(elsewhere)
    run("report", "-q", "-o", "three")
    folders = [study / "one", study / "two", elsewhere / "three"]
    contents = [{p.name: p.read_bytes() for p in sorted(f.iterdir())} for f in folders]
    assert contents[0] == contents[1] == contents[2]
    assert len(contents[0]) == 17


def test_a_folder_of_somebody_else_is_left_alone(run: Run, study: Path) -> None:
    (study / "out").mkdir()
    (study / "out" / "quotes.csv").write_text("mine")
    result = run("report", "-o", "out")
    assert result.code == 6
    assert "did not write" in result.err
    assert [path.name for path in (study / "out").iterdir()] == ["quotes.csv"]
    assert (study / "out" / "quotes.csv").read_text() == "mine"


def test_interviewers_count_only_when_asked(run: Run, study: Path) -> None:
    without = run("report")
    asked = run("report", "--include-interviewer")
    assert "Left out: interviewer 11 words in 3 turns" in " ".join(without.out.split())
    assert "Interviewers' words are counted in." in " ".join(asked.out.split())

    def units(*options: str) -> int:
        rows = json.loads(run("freq", "-f", "json", *options).out)["rows"]
        return next(r["units"] for r in rows if r["code"] == "alliance/safe-haven")

    assert (units(), units("--include-interviewer")) == (3, 4)


def test_declared_transcripts_are_the_base(run: Run, study: Path) -> None:
    rows = json.loads(run("freq", "-f", "json").out)["rows"]
    bases = {row["kind"]: (row["transcripts_N"], row["N_declared"]) for row in rows}
    assert bases == {"interview": (3, 3), "publication": (1, 1)}
    assert "2 of 3 interviews" in run("report").out


@pytest.mark.parametrize(
    ("unit", "units"),
    [
        pytest.param("sentence", 2, id="two-sentences"),
        pytest.param("turn", 1, id="one-turn"),
        pytest.param("transcript", 1, id="one-transcript"),
    ],
)
def test_unit_changes_counts_not_mentions(run: Run, study: Path, unit: str, units: int) -> None:
    rows = json.loads(run("freq", "talks/E1.txt", "-f", "json", "--unit", unit).out)["rows"]
    row = next(r for r in rows if r["code"] == "alliance" and r["kind"] == "interview")
    assert (row["units"], row["mentions"], row["unit"]) == (units, 2, unit)


def test_theme_row_counts_a_unit_once(run: Run, study: Path) -> None:
    (study / "two.yaml").write_text("themes: {t: {codes: {a: [taxed], b: [road]}}}")
    rows = json.loads(run("freq", "talks/E1.txt", "-c", "two.yaml", "-f", "json").out)["rows"]
    counts = {r["code"]: (r["units"], r["mentions"]) for r in rows if r["kind"] == "interview"}
    assert counts == {"t": (1, 2), "t/a": (1, 1), "t/b": (1, 1)}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["--by", "profesion"], "no transcript has an attribute", id="unknown-attribute"),
        pytest.param(["--code", "aliance"], "did you mean 'alliance'", id="unknown-code"),
        pytest.param(["-o", "x"], "drawn on the terminal only", id="table-to-a-file"),
    ],
)  # fmt: skip
def test_freq_says_what_it_does_not_understand(
    run: Run, study: Path, options: list[str], message: str
) -> None:
    result = run("freq", *options)
    assert result.code == 2
    assert message in result.err


def test_zero_rows_stay_unless_asked(run: Run, study: Path) -> None:
    def codes(*options: str) -> list[str]:
        rows = json.loads(run("freq", "talks/E2.txt", "-f", "json", *options).out)["rows"]
        return [row["code"] for row in rows if row["kind"] == "interview"]

    assert codes() == ["alliance", "alliance/safe-haven", "alliance/control", "finance"]
    assert codes("--no-zero") == ["alliance", "alliance/safe-haven"]


def test_by_speaker_and_attribute(run: Run, study: Path) -> None:
    (study / "a.csv").write_text("id,case,job\nE1,X1,judge\nE2,X2,\n")
    rows = json.loads(run("freq", "--attributes", "a.csv", "--by", "job", "-f", "json").out)["rows"]
    jobs = {(r["kind"], r["job"]): r["units"] for r in rows if r["code"] == "alliance"}
    assert jobs == {("interview", "judge"): 2, ("interview", ""): 1, ("publication", ""): 1}
    table = run("freq", "--by", "speaker").out
    assert "ANNA" in table
    assert "INTERVIEWER" not in table
