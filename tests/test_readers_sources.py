"""Finding transcripts, their IDs, and files that cannot be read."""

import os
from pathlib import Path

import pytest

from thematic.errors import Severity
from thematic.readers import READERS, Source, find_transcripts, read_transcript
from thematic.readers.sources import SUFFIXES


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("I: Hello.\nR: Hi.\n", encoding="utf-8")


def ids(*paths: Path | str) -> list[str]:
    found = find_transcripts(paths)
    assert found.problems == ()
    return [source.id for source in found.sources]


def test_every_suffix_has_a_reader() -> None:
    assert set(SUFFIXES) - set(READERS) == {".zip"}


def test_a_folder_and_all_below_it_in_code_point_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "B.TXT", "a/c.md", "a/.hidden.txt", ".git/x.txt", "é.txt", "🙂.txt")
    assert ids(tmp_path) == ["B", "a/c", "b", "é", "🙂"]


def test_ids_are_nfc_and_keep_the_suffix_where_two_would_be_equal(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "a.md", "b.c.txt", "e\u0301.txt")
    assert ids(tmp_path) == ["a.md", "a.txt", "b.c", "\u00e9"]


def test_equal_names_in_two_folders_have_two_ids(tmp_path: Path) -> None:
    make(tmp_path, "one/a.txt", "two/a.txt")
    found = ids(tmp_path / "one", tmp_path / "two")
    assert len(set(found)) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    assert ids(tmp_path, tmp_path / "a.txt", str(tmp_path / "*.txt")) == ["a", "b"]


def test_patterns(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt", "b/y.txt", "b/z.md", "b/[odd].txt")
    assert ids(f"{tmp_path}/*/*.txt") == ["a/x", "b/[odd]", "b/y"]
    assert ids(f"{tmp_path}/b/[odd].txt") == ["[odd]"]


def test_what_is_skipped_is_said(tmp_path: Path) -> None:
    names = ["README.md", "LICENSE.CC0.txt", "LICENCE", "CHANGELOG.md", "study.yaml", "x.yml"]
    names += ["attributes.csv", "attributes.xlsx", "x.py", "~$a.docx", "x.mp3", "nosuffix"]
    make(tmp_path, "a.txt", "licensed-nurse.txt", "readmes.txt", *names)
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["a", "licensed-nurse", "readmes"]
    assert sorted(Path(note.file).name for note in found.skipped) == sorted(names)
    assert {note.severity for note in found.skipped} == {Severity.NOTE}
    sound = next(note for note in found.skipped if note.file.endswith(".mp3"))
    assert sound.message == "not read: no reader for .mp3"


def test_a_file_given_by_name_is_always_read(tmp_path: Path) -> None:
    make(tmp_path, "README.md")
    assert ids(tmp_path / "README.md") == ["README"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "no such file"),
        ("missing/*.txt", "nothing matches"),
        ("x.mp3", "no reader for .mp3"),
        ("empty", "no transcripts in this folder"),
        ("nul\0.txt", ""),
    ],
)
def test_paths_that_cannot_be_taken(tmp_path: Path, name: str, message: str) -> None:
    make(tmp_path, "x.mp3")
    (tmp_path / "empty").mkdir()
    found = find_transcripts([tmp_path / name])
    assert found.sources == ()
    assert [(p.severity, message in p.message) for p in found.problems] == [(Severity.ERROR, True)]


def test_links_in_a_circle(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    found = find_transcripts([tmp_path])
    assert [source.path.name for source in found.sources] == ["x.txt"]
    assert [Path(note.file).name for note in found.skipped] == ["self.txt"]


def test_a_folder_with_a_transcripts_name(tmp_path: Path) -> None:
    make(tmp_path, "x.txt/a.txt")
    assert ids(tmp_path) == ["x.txt/a"]
    transcript, problems = read_transcript(Source(tmp_path / "x.txt", "x"))
    assert transcript is None
    assert problems[0].file == str(tmp_path / "x.txt")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.txt", None, "cannot be read"),
        ("x.mp3", b"ID3", "no reader for .mp3"),
        ("x.txt", b"", "empty"),
        ("x.TXT", b"a\0b", "binary"),
        ("x.docx", b"hello", "damaged"),
        ("x.json", b"{", "no valid JSON"),
        ("x.csv", b"a,b\n1,2", "no column holds the text"),
        ("x.vtt", b"WEBVTT", "no cues"),
    ],
)
def test_unreadable_files_are_errors_with_file_and_hint(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    transcript, problems = read_transcript(Source(tmp_path / name, "x"))
    assert transcript is None
    assert problems[-1].severity is Severity.ERROR
    assert message in problems[-1].message
    assert problems[-1].file == str(tmp_path / name)
    assert problems[-1].hint


def test_capital_suffixes_are_read(tmp_path: Path) -> None:
    make(tmp_path, "A.TXT")
    (source,) = find_transcripts([tmp_path]).sources
    transcript, problems = read_transcript(source)
    assert problems == []
    assert transcript is not None
    assert (transcript.id, transcript.format, len(transcript.turns)) == ("A", "txt", 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.txt")
    assert find_transcripts([tmp_path / "x.txt"]).problems
    assert read_transcript(Source(tmp_path / "x.txt", "x"))[0] is None


def test_memos_are_no_transcripts(tmp_path: Path) -> None:
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "m.md").write_text("A thought.", encoding="utf-8")
    (tmp_path / "E01.txt").write_text("Anna: Yes.", encoding="utf-8")
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["E01"]
    assert any("memos" in note.file for note in found.skipped)
