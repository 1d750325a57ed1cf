"""`thematic speakers`: the listing, the proposals, and answers written to study.yaml."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from conftest import Run

STUDY = """\
# The study of the valley.
study: valley
transcripts: talks

speakers:
  other: [Break]      # nobody

unit: turn
"""
E01 = """\
[00:00:05] Speaker 1: Who pays?

[00:00:09] Speaker 2: The Taliban, (laughter) they said.

[00:00:20] SPEAKER 1: And now?

[00:00:29] Speaker 2: Nobody.
"""
E02 = "Q: Who?\n\nParticipant: The elders.\n\nQ: Why?\n\nParticipant: So.\n"
E03 = "Q: Who?\n\nParticpant: The elders do.\n\nQ: Why?\n\nParticpant: So.\n\nBreak:\n\nQ: And?\n"


@pytest.fixture
def valley(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "talks").mkdir()
    for name, text in {"E01": E01, "E02": E02, "E03": E03}.items():
        (tmp_path / "talks" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(run: Run, *arguments: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("speakers", *arguments, "-f", "json").out)[
        "rows"
    ]
    return found


def test_speakers_are_listed_by_transcript(run: Run, valley: Path) -> None:
    found = [
        (row["transcript"], row["speaker"], row["written"], row["role"], row["turns"], row["words"])
        for row in rows(run)
    ]
    assert found == [
        ("E01", "Speaker 1", "SPEAKER 1", "respondent", 2, 4),
        ("E01", "Speaker 2", "", "respondent", 2, 5),
        ("E02", "Q", "", "interviewer", 2, 2),
        ("E02", "Participant", "", "respondent", 2, 3),
        ("E03", "Q", "", "interviewer", 3, 3),
        ("E03", "Particpant", "", "respondent", 2, 4),
        ("E03", "Break", "", "other", 1, 0),
    ]
    first = rows(run)[1]
    assert (first["line"], first["time"]) == (3, 9.0)


def test_words_are_those_of_the_reports(run: Run, valley: Path) -> None:
    (valley / "book.yaml").write_text("elders: [elders]\n")
    said = run("freq", "--by", "speaker", "-c", "book.yaml", "-f", "json", "-q").out
    counted = {(r["case"], r["speaker"]): r["words_N"] for r in json.loads(said)["rows"]}
    listed = {(r["transcript"], r["speaker"]): r["words"] for r in rows(run)}
    assert counted
    assert {key: listed[key] for key in counted} == counted  # type: ignore[index]


def test_labels_are_listed_over_all_transcripts(run: Run, valley: Path) -> None:
    found = {row["speaker"]: row for row in rows(run, "--by", "label")}
    assert found["Q"]["transcripts"] == 2
    assert (found["Q"]["turns"], found["Q"]["where"]) == (5, "E02; E03")
    assert found["Speaker 1"]["written"] == "SPEAKER 1"


def test_proposals_are_listed(run: Run, valley: Path) -> None:
    found = rows(run, "--by", "proposal")
    assert [(row["speaker"], row["into"], row["confidence"]) for row in found] == [
        ("Particpant", "Participant", "sure")
    ]
    assert (found[0]["where"], found[0]["turns"], found[0]["words"]) == ("E03", 2, 4)
    assert rows(run, "--by", "proposal", "--transcript", "E02") == []


def test_the_terminal_shows_speakers_and_proposals(run: Run, valley: Path) -> None:
    result = run("speakers")
    assert result.code == 0
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert "E01 Speaker 1 respondent SPEAKER 1 2 4 00:00:05" in lines
    assert "Particpant Participant sure mistyped E03 2 4" in lines
    assert any("Nothing is merged unless you say so" in line for line in lines)
    assert max(map(len, result.out.splitlines())) <= 80
    assert (valley / "study.yaml").read_text() == STUDY


def test_many_transcripts_stay_readable(run: Run, valley: Path) -> None:
    spellings = ["Interviewer", "INTERVIEWER", "Intervewer", "Int", "Interviewer1", "interviewer "]
    for n in range(36):
        asks = spellings[n % 6]
        text = "".join(f"{asks}: Why?\n\nBSR{n:02}: Because of {k}.\n\n" for k in range(3))
        (valley / "talks" / f"BSR{n:02}.txt").write_text(text)
    out = run("speakers", "--by", "label").out
    assert max(map(len, out.splitlines())) <= 80
    assert "Intervewer Interviewer sure" in " ".join(out.split())
    assert "BSR02, BSR08 +4" in out


ANSWERS = [
    pytest.param(
        ["--merge", "Particpant=Participant"], "    Participant: [Particpant]\n", id="merge"
    ),
    pytest.param(["--accept", "typos"], "    Participant: [Particpant]\n", id="accept"),
    pytest.param(["--role", "Speaker 1=interviewer"], "  interviewer: [Speaker 1]\n", id="role"),
    pytest.param(
        ["--role", "speaker 1=interviewer", "--transcript", "E01"],
        "  transcripts:\n    E01:\n      interviewer: [speaker 1]\n",
        id="role-in-one",
    ),
    pytest.param(
        ["--merge", "Particpant=P", "--transcript", "E03"],
        "  transcripts:\n    E03:\n      merge:\n        P: [Particpant]\n",
        id="merge-in-one",
    ),
]


@pytest.mark.parametrize(("options", "lines"), ANSWERS)
def test_answers_are_shown_and_written_only_when_asked(
    run: Run, valley: Path, options: list[str], lines: str
) -> None:
    shown = run("speakers", *options)
    assert shown.code == 0
    assert all(f"+{line}" in shown.out for line in lines.splitlines())
    assert "add --write" in shown.err
    assert (valley / "study.yaml").read_text() == STUDY
    (valley / "study.yaml").chmod(0o600)
    written = run("speakers", *options, "--write")
    assert written.out == shown.out
    text = (valley / "study.yaml").read_text()
    assert lines in text
    assert text.replace(lines, "").replace("  merge:\n", "") == STUDY
    assert stat.S_IMODE((valley / "study.yaml").stat().st_mode) == 0o600
    again = run("speakers", *options, "--write")
    assert (again.code, again.out) == (0, "")
    assert "nothing to write" in again.err


def test_what_is_written_holds(run: Run, valley: Path) -> None:
    run("speakers", "--accept", "all", "--role", "Speaker 1=interviewer", "--write")
    found = {(row["transcript"], row["speaker"]): row for row in rows(run)}
    assert found["E03", "Participant"]["written"] == "Particpant"
    assert found["E01", "Speaker 1"]["role"] == "interviewer"
    assert rows(run, "--by", "proposal") == []
    assert "no transcript has a speaker" not in run("speakers").err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--merge", "Particpant"], 'write --merge "Particpant=', id="no-equals"),
        pytest.param(["--merge", "Partcipants=P"], "did you mean 'Partic", id="unknown-label"),
        pytest.param(["--role", "Q=asker"], "the roles are", id="no-such-role"),
        pytest.param(["--role", "Break=respondent"], "declared other already", id="another-role"),
        pytest.param(["--merge", "Q=Q"], "into itself", id="itself"),
        pytest.param(["--transcript", "E09"], "there is no transcript 'E09'", id="no-transcript"),
        pytest.param(
            ["--merge", "Q=A", "--transcript", "E01"], "nobody is labelled", id="not-there"
        ),
        pytest.param(["--ask"], "--ask needs a terminal", id="no-terminal"),
    ],
)
def test_slips_in_the_options_are_said(
    run: Run, valley: Path, options: list[str], said: str
) -> None:
    result = run("speakers", *options, "--write")
    assert result.code == 2
    assert said in result.err
    assert (valley / "study.yaml").read_text() == STUDY


def test_asking(run: Run, valley: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def confirm(question: str, **_settings: object) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)
    run("speakers", "--ask", "--write")
    assert asked == ["'Particpant' in E03 (mistyped): read as 'Participant'?"]
    assert "Participant: [Particpant]" in (valley / "study.yaml").read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("study: x\ntranscripts: talks\n...\n", "not edited safely", id="an-end-mark"),
        pytest.param(None, "there is no study.yaml", id="none"),
    ],
)
def test_lines_to_paste(run: Run, valley: Path, text: str | None, said: str) -> None:
    if text is None:
        (valley / "study.yaml").unlink()
    else:
        (valley / "study.yaml").write_text(text)
    result = run("speakers", "talks", "--accept", "typos", "--write")
    assert result.code in (2, 6)
    assert said in result.err
    assert "    Participant: [Particpant]" in result.err
    assert not (valley / "study.yaml").exists() or (valley / "study.yaml").read_text() == text


def test_settings_of_transcripts_that_are_not_here_are_said(run: Run, valley: Path) -> None:
    with (valley / "study.yaml").open("a") as file:
        file.write("  \n")
    text = STUDY.replace(
        "  other: [Break]",
        "  merge: {A: [Bb]}\n  transcripts: {E1: {other: [x]}, E02: {other: [Zed]}}\n"
        "  other: [Break]",
    )
    (valley / "study.yaml").write_text(text)
    said = run("speakers").err
    assert "no transcript has the ID 'E1'" in said
    assert "E02 has no speaker 'Zed'" in said
    assert "no transcript has a speaker 'Bb'" in said
    assert "Zed" not in run("speakers", "talks/E01.txt").err


def test_an_option_wins_over_a_transcripts_settings(run: Run, valley: Path) -> None:
    text = STUDY.replace("speakers:", "speakers:\n  transcripts: {E01: {other: [Speaker 1]}}")
    (valley / "study.yaml").write_text(text)
    roles = {row["speaker"]: row["role"] for row in rows(run, "--interviewer", "Speaker 1")}
    assert roles["Speaker 1"] == "interviewer"


def test_check_lints_the_transcripts(run: Run, valley: Path) -> None:
    result = run("check", "-f", "csv")
    assert result.code == 0
    line = next(line for line in result.out.splitlines() if "Particpant" in line)
    assert line.startswith("warning,talks/E03.txt,3,'Particpant' is probably 'Participant'")
    assert "only the transcripts are checked" in run("check").out
    (valley / "talks" / "E03.txt").write_text(E02.replace("So", "donâ€™t"))
    assert "donâ€™t" in run("check").out


def test_check_with_nothing_to_check(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check").code == 3
