"""Finding transcripts, their IDs, and files that cannot be read."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thematic.errors import Severity
from thematic.readers import (
    READERS,
    SUFFIXES,
    Found,
    Source,
    find_transcripts,
    read_transcript,
)
from thematic.readers.names import is_archive, without_suffix
from thematic.readers.passed_over import is_plain_name, why_not, why_not_inside

PIECES = ["readme", "Licence", "codebook", "E01", "é", "~$", "~", ".", "..", "-", " ", "_", "/"]
ENDINGS = [".txt", ".TXT", ".vtt", ".srt", ".md", ".gz", ".zip", ".csv", ".xlsx", ".sample", ".1a"]
NAMES = st.lists(st.sampled_from(PIECES + ENDINGS), min_size=1, max_size=5).map("".join)


@given(NAMES)
def test_what_is_told_soon_of_a_name_is_what_is_told_of_it(name: str) -> None:
    if is_plain_name(name):
        assert (why_not(name), why_not_inside(name), is_archive(name)) == (None, None, False)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("a/E01.txt", "a/E01"),
        ("E01.TXT.gz", "E01"),
        ("E01.gz", "E01"),
        ("E01.v2.md", "E01.v2"),
        ("E01.1a", "E01"),
        ("a..txt", "a."),
        ("x.y/file", "x.y/file"),
        ("x/.txt", "x/.txt"),
        ("é.txt", "é"),
        ("a .txt", "a "),
    ],
)
def test_an_id_is_the_path_without_its_endings(name: str, id: str) -> None:
    assert without_suffix(name) == id


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
    transcript, problems = read_transcript(Source(str(tmp_path / "x.txt"), "x"))
    assert transcript is None
    assert problems[0].file == str(tmp_path / "x.txt")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.txt", None, "cannot be read"),
        ("a\0.txt", None, "cannot be read"),
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
    transcript, problems = read_transcript(Source(str(tmp_path / name), "x"))
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
    assert read_transcript(Source(str(tmp_path / "x.txt"), "x"))[0] is None


def test_memos_are_no_transcripts(tmp_path: Path) -> None:
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "m.md").write_text("A thought.", encoding="utf-8")
    (tmp_path / "E01.txt").write_text("Anna: Yes.", encoding="utf-8")
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["E01"]
    assert any("memos" in note.file for note in found.skipped)


def notes(found: Found) -> dict[str, str]:
    return {Path(note.file).name: note.message for note in found.skipped}


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target, target_is_directory=target.is_dir())


def test_a_folder_is_entered_once_under_the_name_that_is_met_first(tmp_path: Path) -> None:
    make(tmp_path, "b/x.txt", "b/deep/y.txt")
    link(tmp_path / "a", tmp_path / "b")
    link(tmp_path / "c.txt", tmp_path / "b")
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["a/deep/y", "a/x"]
    assert found.skipped == found.problems == ()


def test_a_link_and_its_file_are_read_once(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "no.py")
    link(tmp_path / "a.txt", tmp_path / "b.txt")
    link(tmp_path / "nowhere.txt", tmp_path / "gone.txt")
    link(tmp_path / "script.txt", tmp_path / "no.py")
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["a", "script"]
    assert "leads nowhere" in notes(found)["nowhere.txt"]
    assert {source.real for source in found.sources} == {
        os.path.realpath(tmp_path / "b.txt"),
        os.path.realpath(tmp_path / "no.py"),
    }


def test_files_know_where_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "deep/folder/x.txt")
    link(tmp_path / "door", tmp_path / "deep")
    monkeypatch.chdir(tmp_path)
    for named in ("door", "door/folder/x.txt", "door/*/*.txt", "door/folder/../folder"):
        (source,) = find_transcripts([named]).sources
        assert source.real == os.path.realpath(tmp_path / "deep" / "folder" / "x.txt")
    assert find_transcripts(["door"]).sources == (Source("door/folder/x.txt", "folder/x"),)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_in_a_folder_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "x.txt")
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["a"]
    assert "no ordinary file" in notes(found)["x.txt"]


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="names are UTF-8 here")
def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    for name in (b"a\xff.txt", b"b\xfe.txt", b"b\xfd.txt", b"d\xff/c.txt"):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"I: Hello.\n")
    names = ids(tmp_path)
    assert names[0] == "a\ufffd"
    assert len(set(names)) == 4
    assert "d\ufffd/c" in names


def test_hidden_folders_and_memos_are_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "a/MEMOS/m.txt", "a/Memos.txt", ".b/c.txt", "a/.d/e.txt", "a/memos.d/f.txt")
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["a/Memos", "a/memos.d/f"]
    assert notes(found) == {"MEMOS": "not read: a folder of memos"}


def test_results_of_thematic_are_no_transcripts(tmp_path: Path) -> None:
    make(tmp_path, "E01.txt", "out/E02.txt", "out/printed.md", "out/mine.txt", "other/E03.txt")
    manifest = '{"schema": "thematic.manifest/1", "files": {"E02.txt": {}}, "printed": '
    (tmp_path / "out" / "manifest.json").write_text(manifest + '["printed.md"]}', "utf-8")
    (tmp_path / "other" / "manifest.json").write_text('{"schema": "x"}', "utf-8")
    (tmp_path / "page.htm").write_text('<meta name="generator" content="thematic">', "utf-8")
    (tmp_path / "table.csv").write_text("transcript,code,coder\n", "utf-8")
    (tmp_path / "counts.tsv").write_text("codebook_hash\tstudy_status\n", "utf-8")
    (tmp_path / "sums.json").write_text('{"schema": "thematic.sums/1"}', "utf-8")
    (tmp_path / "talk.csv").write_text("speaker,text\n", "utf-8")
    found = find_transcripts([tmp_path])
    expected = ["E01", "other/E03", "other/manifest", "out/mine", "talk"]
    assert [source.id for source in found.sources] == expected
    result, table = "not read: a result of thematic", "not read: a table of codings or decisions"
    said = {name: message.partition(",")[0] for name, message in notes(found).items()}
    assert said == {
        **dict.fromkeys(("E02.txt", "manifest.json", "printed.md", "page.htm"), result),
        **dict.fromkeys(("table.csv", "counts.tsv", "sums.json"), table),
    }


def test_patterns_that_match_folders_and_climb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a/x.txt", "b/deep/y.txt", "z.txt", "README.md")
    assert ids(f"{tmp_path}/[ab]") == ["a/x", "b/deep/y"]
    monkeypatch.chdir(tmp_path / "a")
    assert ids("../b/*") == ["deep/y"]
    assert ids("../*") == ["a/x", "b/deep/y", "z"]
    assert ids("..") == ["a/x", "b/deep/y", "z"]


def test_equal_ids_are_told_apart_from_the_study_folder(tmp_path: Path) -> None:
    make(tmp_path, "one/a.txt", "two/a.txt", "two/b.txt", "two/b.md", "x/y.txt")
    found = find_transcripts([tmp_path / "one", tmp_path / "two", tmp_path / "x"], tmp_path)
    names = [source.id for source in found.sources]
    assert names == ["one/a", "two/a", "two/b.md", "two/b.txt", "x/y"]
    alone = find_transcripts([tmp_path / "x"], tmp_path)
    assert [source.id for source in alone.sources] == ["y"]


def test_compressed_files_and_their_names(tmp_path: Path) -> None:
    make(tmp_path, "a.txt.gz", "b.TXT.GZ", "b.txt", "c.gz", "..gz", ".txt.gz", "d.txt.gz.gz")
    found = find_transcripts([tmp_path])
    assert [source.id for source in found.sources] == ["a", "b.TXT.GZ", "b.txt"]
    assert {source.suffix for source in found.sources} == {".txt"}
    assert sorted(notes(found)) == ["c.gz", "d.txt.gz.gz"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not count")
@pytest.mark.parametrize("rights", [0o400, 0o300])
def test_a_folder_that_may_not_be_searched_is_told(tmp_path: Path, rights: int) -> None:
    make(tmp_path, "locked/a.txt")
    (tmp_path / "locked").chmod(rights)
    try:
        found = find_transcripts([tmp_path])
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert found.sources == ()
    assert "Permission denied" in found.problems[0].message
