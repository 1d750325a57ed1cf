"""Transcripts at addresses (s3://, https://, memory:// …), through fsspec."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from thematic.errors import ExitCode
from thematic.readers import find_transcripts, read_source
from thematic.readers.remote import address_of, contacted, local, name_of, shown

fsspec = pytest.importorskip("fsspec")
Run = Any
BOOK = "help: [help*]\n"
TALK = "I: Why?\n\nANNA: She helped me.\n"


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A service that lies in this process, with a folder of interviews."""
    service = fsspec.filesystem("memory")
    service.store.clear()
    service.pseudo_dirs[:] = [""]
    for name in ("a.txt", "wave2/b.txt"):
        service.pipe(f"/talks/{name}", TALK.encode())
    rows = [{"transcript_id": f"T{n // 2}", "speaker": "A", "text": f"Help {n}."} for n in range(8)]
    service.pipe("/turns.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield service
    service.store.clear()


ADDRESSES = {
    "s3": ("s3://bucket/talks/a.txt", "s3://bucket/talks/a.txt", "a.txt", ["s3://bucket"]),
    "query": ("https://h.org/a.txt?key=1/2", "https://h.org/a.txt", "a.txt", ["https://h.org"]),
    "password": ("sftp://me:pw@h.org/a.txt", "sftp://h.org/a.txt", "a.txt", ["sftp://h.org"]),
    "capitals": ("HTTPS://h.org/a.txt", "https://h.org/a.txt", "a.txt", ["https://h.org"]),
    "memory": ("memory://talks/a.txt", "memory://talks/a.txt", "a.txt", []),
    "file": ("file:///tmp/a.txt", "file:/tmp/a.txt", "a.txt", []),
    "path": ("talks/a.txt", "talks/a.txt", "a.txt", []),
    "drive": ("C:/talks/a.txt", "C:/talks/a.txt", "a.txt", []),
    "colon": ("talks/I: a.txt", "talks/I: a.txt", "I: a.txt", []),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_addresses_are_told_from_paths(case: str) -> None:
    written, seen, name, hosts = ADDRESSES[case]
    path = Path(written)
    assert (shown(path), name_of(path), contacted([path])) == (seen, name, hosts)
    assert bool(address_of(path)) is (case in list(ADDRESSES)[:5])
    assert local(path) == (Path("/tmp/a.txt") if case == "file" else path)


def test_a_folder_that_looks_like_an_address_is_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s3:/talks").mkdir(parents=True)
    Path("s3:/talks/a.txt").write_text(TALK, encoding="utf-8")
    assert [one.id for one in find_transcripts([Path("s3:/talks")]).sources] == ["a"]


FOUND = {
    "folder": ("memory://talks", ["a", "wave2/b"]),
    "file": ("memory://talks/a.txt", ["a"]),
    "pattern": ("memory://talks/*/*.txt", ["wave2/b"]),
}


@pytest.mark.parametrize("case", FOUND)
def test_transcripts_at_an_address(memory: Any, case: str) -> None:
    address, ids = FOUND[case]
    found = find_transcripts([address])
    assert [one.id for one in found.sources] == ids
    assert not found.problems
    transcripts, problems = read_source(found.sources[0])
    assert transcripts[0].text == TALK
    assert not problems


def test_archives_and_compressed_files(memory: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("c.txt", TALK)
        archive.writestr("study.yaml", "study: x")
    memory.pipe("/all.zip", out.getvalue())
    found = find_transcripts(["memory://all.zip"])
    assert [one.id for one in found.sources] == ["c"]
    assert read_source(found.sources[0])[0][0].text == TALK
    assert "settings of a study" in found.problems[0].message


def test_settings_at_an_address_are_an_error(memory: Any) -> None:
    """They may say what must not be quoted."""
    memory.pipe("/talks/attributes.csv", b"id,consent\na,no quotation\n")
    found = find_transcripts(["memory://talks"])
    assert "settings of a study" in found.problems[0].message
    assert found.problems[0].file == "memory://talks/attributes.csv"


MISSING = {
    "file": ("memory://talks/no.txt", "there is no such file"),
    "ending": ("memory://talks/no.xyz", "there is no such file"),
    "pattern": ("memory://talks/*.vtt", "no transcripts at this address"),
    "chain": ("zip://a.txt::memory://all.zip", "addresses within addresses"),
    "protocol": ("nonsense://x/a.txt", "nonsense"),
}


@pytest.mark.parametrize("case", MISSING)
def test_what_is_not_there(memory: Any, case: str) -> None:
    address, said = MISSING[case]
    found = find_transcripts([address])
    assert not found.sources
    assert said in found.problems[0].message


def test_the_command_line_reads_addresses(memory: Any, run: Run) -> None:
    told = run("code", "memory://talks", "memory://turns.jsonl", "-c", "book.yaml", "-o", "m.jsonl")
    assert told.code == 0, told.err
    assert "contacts" not in told.err
    rows = [json.loads(line) for line in Path("m.jsonl").read_text().splitlines()]
    assert [one["transcript"] for one in rows] == [
        *("a", *(f"turns/T{n // 2}" for n in range(8))),
        "wave2/b",
    ]
    assert run("freq", "memory://talks", "-c", "book.yaml").code == 0


def test_who_is_contacted_is_said_before(
    memory: Any, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fsspec.core

    def refuses(address: str) -> Any:
        raise RuntimeError(f"403 for {address}")

    monkeypatch.setattr(fsspec.core, "url_to_fs", refuses)
    address = "https://me:pw@host.org/turns.jsonl?key=secret"
    told = run("code", address, "-c", "book.yaml", "-o", "m.jsonl", "-q")
    assert told.code == ExitCode.NO_INPUT
    first, rest = told.err.split("\n", 1)
    assert first == "transcripts are read from https://host.org, which this computer contacts"
    assert "403 for https://host.org/turns.jsonl" in rest
    assert "pw" not in told.err
    assert "secret" not in told.err


def test_without_fsspec(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for module in [name for name in sys.modules if name.partition(".")[0] == "fsspec"]:
        monkeypatch.setitem(sys.modules, module, None)
    told = run("code", "s3://bucket2/a.txt", "-c", "book.yaml", "-o", "m.jsonl")
    assert told.code == ExitCode.MISSING
    assert "thematic[remote]" in told.err


def test_without_the_package_of_a_service(memory: Any, run: Run) -> None:
    if "s3fs" in sys.modules:
        pytest.skip("s3fs is installed")
    told = run("code", "s3://bucket/a.txt", "-c", "book.yaml", "-o", "m.jsonl")
    assert told.code == ExitCode.MISSING
    assert "s3fs" in told.err
