"""Zip archives and compressed files: what is found in them, and what is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from thematic.errors import Severity
from thematic.readers import Limits, ReadOptions, find_transcripts, read_transcript
from thematic.readers.packed import Refused, _whole, read_file

TALK = b"Anna: How is it paid?\n\nBen: By donors.\n\nAnna: And now?\n\nBen: No more.\n"


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def ids(path: Path) -> list[str]:
    return [source.id for source in find_transcripts([path]).sources]


FOUND: dict[str, tuple[dict[str, bytes], list[str]]] = {
    "flat": ({"E01.txt": TALK, "E02.txt": TALK}, ["E01", "E02"]),
    "folders": ({"a/E01.txt": TALK, "b/E01.txt": TALK}, ["a/E01", "b/E01"]),
    "own folder is left out": ({"study/E01.txt": TALK}, ["E01"]),
    "mac leftovers": ({"E01.txt": TALK, "__MACOSX/._E01.txt": b"\0"}, ["E01"]),
    "hidden": ({"E01.txt": TALK, ".x/E02.txt": TALK}, ["E01"]),
    "no transcripts beside": ({"E01.txt": TALK, "README.md": b"x", "a.png": b"x"}, ["E01"]),
    "backslashes": ({"w\\E01.txt": TALK}, ["w/E01"]),
    "compressed inside": ({"E01.txt.gz": gzip.compress(TALK)}, ["E01"]),
    "archive inside": ({"w.zip": zipped({"E01.txt": TALK})}, ["w/E01"]),
}


@pytest.mark.parametrize(("files", "expected"), FOUND.values(), ids=FOUND)
def test_an_archive_is_searched_like_a_folder(
    tmp_path: Path, files: dict[str, bytes], expected: list[str]
) -> None:
    path = tmp_path / "study.zip"
    path.write_bytes(zipped(files))
    assert ids(path) == expected
    for source in find_transcripts([path]).sources:
        transcript, problems = read_transcript(source)
        assert transcript is not None, problems
        assert [turn.speaker for turn in transcript.turns] == ["Anna", "Ben", "Anna", "Ben"]


def test_in_a_folder_the_archive_stands_in_the_id(tmp_path: Path) -> None:
    (tmp_path / "E01.txt").write_bytes(TALK)
    (tmp_path / "wave2.zip").write_bytes(zipped({"E01.txt": TALK}))
    assert ids(tmp_path) == ["E01", "wave2/E01"]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("E01.txt.gz", gzip.compress), ("E01.txt.bz2", bz2.compress), ("E01.TXT.XZ", lzma.compress)],
)
def test_compressed_text(tmp_path: Path, name: str, pack: object) -> None:
    assert callable(pack)
    (tmp_path / name).write_bytes(pack(TALK))
    (source,) = find_transcripts([tmp_path]).sources
    assert source.id == "E01"
    transcript, _ = read_transcript(source)
    assert transcript is not None
    assert transcript.text.encode() == TALK


BOMB = b"0" * 30_000_000
REFUSED: dict[str, tuple[str, bytes, Limits, str]] = {
    "ratio of a zip": ("x.zip", zipped({"a.txt": BOMB}), Limits(), "--limit ratio="),
    "ratio of gz": ("x.txt.gz", gzip.compress(BOMB), Limits(), "--limit ratio="),
    "ratio of bz2": ("x.txt.bz2", bz2.compress(BOMB), Limits(), "--limit ratio="),
    "ratio of xz": ("x.txt.xz", lzma.compress(BOMB), Limits(), "--limit ratio="),
    "unpacked": ("x.txt.gz", gzip.compress(TALK), Limits(unpacked=9), "--limit unpacked="),
    "members": (
        "x.zip",
        zipped({f"{n}.txt": b"a" for n in range(12)}),
        Limits(members=11),
        "--limit members=12",
    ),
    "size": ("x.txt", TALK, Limits(size=9), "--limit size="),
    "line": ("x.txt", b"a" * 99, Limits(line=98), "--limit line=99"),
    "depth": (
        "x.zip",
        zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": TALK})})}),
        Limits(),
        "--limit depth=3",
    ),
    "damaged zip": ("x.zip", zipped({"a.txt": TALK})[:-30], Limits(), "unpack it first"),
    "no zip": ("x.zip", TALK, Limits(), "unpack it first"),
    "cut gz": ("x.txt.gz", gzip.compress(TALK)[:-9], Limits(), "unpack it first"),
    "cut xz": ("x.txt.xz", lzma.compress(TALK)[:-9], Limits(), "unpack it first"),
    "leads out": ("x.zip", zipped({"../a.txt": TALK}), Limits(), "made to do harm"),
    "absolute": ("x.zip", zipped({"/etc/a.txt": TALK}), Limits(), "made to do harm"),
    "drive": ("x.zip", zipped({"C:\\a.txt": TALK}), Limits(), "made to do harm"),
    "settings": ("x.zip", zipped({"attributes.csv": b"id\n"}), Limits(), "--attributes"),
    "nothing in it": ("x.zip", zipped({"a.png": b"x"}), Limits(), "save it as one of"),
}


@pytest.mark.parametrize(("name", "data", "limits", "hint"), REFUSED.values(), ids=REFUSED)
def test_refused_with_the_way_out(
    tmp_path: Path, name: str, data: bytes, limits: Limits, hint: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = find_transcripts([tmp_path / name], limits=limits)
    problems = list(found.problems)
    for source in found.sources:
        transcript, more = read_transcript(source, ReadOptions(limits=limits))
        assert transcript is None
        problems += more
    assert [p.severity for p in problems] == [Severity.ERROR]
    assert hint in problems[0].hint
    assert problems[0].file.startswith(str(tmp_path / name))


def test_a_raised_limit_lets_the_file_in(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(REFUSED["depth"][1])
    limits = Limits(depth=3)
    (source,) = find_transcripts([tmp_path / "x.zip"], limits=limits).sources
    transcript, _ = read_transcript(source, ReadOptions(limits=limits))
    assert transcript is not None


def test_a_member_with_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TALK}, zipfile.ZIP_STORED))
    data[6] |= 1  # the flag of encryption, in the member's header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    (source,) = find_transcripts([tmp_path / "x.zip"]).sources
    transcript, problems = read_transcript(source)
    assert transcript is None
    assert "password" in problems[0].message
    assert problems[0].file == f"{tmp_path / 'x.zip'} > a.txt"


def test_names_of_a_mac_archive_are_utf8(tmp_path: Path) -> None:
    """A Mac writes UTF-8 names without the flag that says so."""
    data = zipped({"Mxxller.txt": TALK}).replace(b"Mxxller", "Müller".encode())
    (tmp_path / "x.zip").write_bytes(data)
    (source,) = find_transcripts([tmp_path / "x.zip"]).sources
    assert source.id == "Müller"
    assert read_transcript(source)[0] is not None


@pytest.mark.parametrize("size", [0, 1, len(TALK) - 1, len(TALK), len(TALK) + 1, 10_000])
def test_a_file_is_read_whole_also_where_its_size_has_changed(tmp_path: Path, size: int) -> None:
    (tmp_path / "E01.txt").write_bytes(TALK)
    with open(tmp_path / "E01.txt", "rb") as file:
        assert _whole(file.fileno(), size) == TALK


def test_why_a_file_is_not_opened_is_told_as_well_as_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "E01.txt").write_bytes(TALK)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(PermissionError):
        read_file(tmp_path / "E01.txt", (), Limits())
    with pytest.raises(IsADirectoryError, match="no ordinary file"):
        read_file(tmp_path, (), Limits())
    with pytest.raises(Refused, match="bytes"):
        read_file(tmp_path / "E01.txt", (), Limits(size=3))
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "E02.txt", (), Limits())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="no ordinary file"):
        read_file(tmp_path, (), Limits())
