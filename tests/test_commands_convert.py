"""`thematic convert`: what is written can be read again, and nothing is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from thematic.model.transcript import Role, Span, Transcript, Turn
from thematic.readers import read_text
from thematic.report.converted import WRITERS
from thematic.report.file_names import file_names

TALK = """\
[00:00:05] Interviewer: How are they <financed>?

[00:00:12] Omar: Mostly *donors* & taxes, [00:00:20] I think.

They pay.

[00:01:00] Interviewer: Thanks.
"""
SAID = [
    ("Interviewer", 5.0, "How are they <financed>?"),
    ("Omar", 12.0, "Mostly *donors* & taxes, I think.\n\nThey pay."),
    ("Interviewer", 60.0, "Thanks."),
]


def said(transcript: Transcript) -> list[tuple[str, float | None, str]]:
    text = transcript.text
    return [(t.speaker, t.time, text[t.span.start : t.span.end]) for t in transcript.turns]


@pytest.mark.parametrize("to", sorted(WRITERS))
def test_what_is_written_can_be_read_again(run: Run, tmp_path: Path, to: str) -> None:
    (tmp_path / "E01.txt").write_text(TALK, encoding="utf-8")
    out = tmp_path / f"E01.{to}"
    if to == "txt":
        out = tmp_path / "again.txt"
    done = run("convert", tmp_path / "E01.txt", "-o", out)
    assert done.code == 0, done.err
    again, problems = read_text(out.read_text(encoding="utf-8"), id="E01", suffix=out.suffix)
    assert again is not None, problems
    expected = [
        (
            who,
            time,
            "\n".join(line for line in words.split("\n") if line or to not in ("vtt", "srt")),
        )
        for who, time, words in SAID
    ]
    assert said(again) == expected
    assert [turn.role for turn in again.turns][:2] == [Role.INTERVIEWER, Role.RESPONDENT]


def test_ends_of_cues_are_kept_or_the_next_begin(run: Run, tmp_path: Path) -> None:
    (tmp_path / "E01.txt").write_text(TALK, encoding="utf-8")
    done = run("convert", tmp_path / "E01.txt", "--to", "vtt")
    times = [line for line in done.out.split("\n") if "-->" in line]
    assert times == [
        "00:00:05.000 --> 00:00:12.000",
        "00:00:12.000 --> 00:01:00.000",
        "00:01:00.000 --> 00:01:01.000",
    ]


@pytest.mark.parametrize("to", ["md", "json"])
def test_attributes_come_back(run: Run, tmp_path: Path, to: str) -> None:
    attributes = 'id,kind,note\nE01,publication,"a: ""b"" # c"\n'
    (tmp_path / "attributes.csv").write_text(attributes, encoding="utf-8")
    (tmp_path / "E01.txt").write_text(TALK, encoding="utf-8")
    done = run("convert", tmp_path / "E01.txt", "--to", to)
    again, _ = read_text(done.out, id="E01", suffix=f".{to}")
    assert again is not None
    assert again.attributes == {"kind": "publication", "note": 'a: "b" # c'}


def test_a_folder_of_files_named_by_id(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "w1").mkdir(parents=True)
    for name in ("E01.txt", "w1/E01.txt"):
        (tmp_path / "in" / name).write_text(TALK, encoding="utf-8")
    command = ("convert", tmp_path / "in", "--to", "json", "-o", tmp_path / "out")
    assert run(*command).code == 0
    written = sorted(
        p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.json")
    )
    assert written == ["E01.json", "w1/E01.json"]
    document = json.loads((tmp_path / "out" / "w1" / "E01.json").read_text(encoding="utf-8"))
    assert document["schema"] == "thematic.transcript/1"
    assert document["text"] == TALK
    turn = document["turns"][1]
    assert document["text"][turn["start"] : turn["end"]].startswith("Mostly")
    again = run(*command)
    assert again.code == 6
    assert "already holds" in again.err
    assert run(*command, "--overwrite").code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    {
        "several to one place": (["--to", "txt"], "name a folder with -o"),
        "several to a file": (["-o", "x.txt"], "name a folder with -o"),
        "no times": (["--to", "vtt", "-o", "out"], "none in E01, E02"),
        "no such format": (["-o", "x.pdf"], "say which with --to"),
    }.values(),
    ids=str,
)
def test_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("E01.txt", "E02.txt"):
        (tmp_path / name).write_text("Anna: One.\n\nAnna: Two.\n", encoding="utf-8")
    done = run("convert", tmp_path / "E01.txt", tmp_path / "E02.txt", *arguments)
    assert done.code == 2
    assert told in done.err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["E01.txt", "E02.txt"]


def test_never_over_what_was_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "E01.txt").write_text(TALK, encoding="utf-8")
    done = run("convert", tmp_path / "E01.txt", "-o", tmp_path / "E01.txt")
    assert done.code == 6
    assert (tmp_path / "E01.txt").read_text(encoding="utf-8") == TALK


@pytest.mark.parametrize(
    ("ids", "names"),
    {
        "plain": (["E01"], ["E01.md"]),
        "folders": (["w1/E01"], ["w1/E01.md"]),
        "climbs out": (["../../E01"], ["_/_/E01.md"]),
        "absolute": (["/etc/passwd"], ["etc/passwd.md"]),
        "Windows": (['C:\\a?"b'], ["C__a__b.md"]),
        "reserved": (["con", "Nul.x"], ["_con.md", "_Nul.x.md"]),
        "case": (["a", "A"], ["a.md", "A-2.md"]),
        "hidden": ([".x"], ["_.x.md"]),
    }.values(),
    ids=str,
)
def test_file_names(ids: list[str], names: list[str]) -> None:
    assert list(file_names(ids, "md").values()) == names


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp", "Cf"]), min_size=1)


@given(st.lists(st.tuples(st.sampled_from(["", "Anna", "I"]), _WORDS), min_size=1, max_size=5))
def test_json_holds_every_word(entries: list[tuple[str, str]]) -> None:
    text, turns = "", []
    for speaker, words in entries:
        turns.append(Turn(len(turns) + 1, Span(len(text), len(text) + len(words)), speaker))
        text += f"{words}\n\n"
    document = json.loads(WRITERS["json"](Transcript("x", text, tuple(turns))))
    assert document["text"] == text
    assert [one["text"] for one in document["turns"]] == [words.strip() for _, words in entries]
