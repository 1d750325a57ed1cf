"""What is kept between runs never changes a result, and holds nothing of transcripts."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ANNA, BEN, ORGAN, Run

from thematic.coding.fast.engine import FastEngine
from thematic.commands.caching import MOST_FILES, VARIABLE, cache_folder, cached_files, keep_bytes
from thematic.errors import ExitCode
from thematic.model.coding import TranscriptCoding
from thematic.model.transcript import Transcript


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that nobody has used."""
    folder = tmp_path_factory.mktemp("kept") / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def folder_of(run: Run, name: str, *options: str) -> dict[str, bytes]:
    """All files of a report, and what was said on the way."""
    result = run("report", *options, "-o", name)
    assert result.code == 0, result.err
    files = {path.name: path.read_bytes() for path in sorted(Path(name).iterdir())}
    return files | {"said": result.err.replace(name, "").encode()}


UNITS = ("sentence", "paragraph", "turn", "transcript")
TABLES = ("freq", "freq --by speaker", "quotes --context 1", "uncoded", "code")


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_the_same_with_what_was_counted_before(
    cache: Path, run: Run, table: str
) -> None:
    for unit in (*UNITS, *UNITS):  # the second time all of them are known
        asked = (*table.split(), "--unit", unit, "-f", "csv")
        kept = run(*asked)
        assert kept.code == 0
        assert kept == run(*asked, "--no-cache")
    assert cached_files(cache)


@pytest.mark.usefixtures("study")
def test_nothing_is_counted_a_second_time(
    cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run("report")

    def refused(*_: object) -> None:
        raise AssertionError("counted a second time")

    monkeypatch.setattr("thematic.coding.talk.CountedTalk", refused)
    assert run("report") == first
    assert run("freq", "--unit", "turn").code == ExitCode.INTERNAL
    assert cached_files(cache)


@pytest.mark.usefixtures("study")
def test_a_run_gives_the_same_with_and_without(cache: Path, run: Run) -> None:
    without = folder_of(run, "without", "--no-cache")
    assert not cache.exists()
    assert folder_of(run, "first") == without
    assert cached_files(cache)
    assert folder_of(run, "second") == without


def test_the_second_run_reads_it_and_codes_nothing(
    study: Path, cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("freq", "-f", "csv").code == 0

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("done a second time")

    monkeypatch.setattr("thematic.coding.engine.code_transcripts", refused)
    monkeypatch.setattr("thematic.readers.codebook.read_codebook_file", refused)
    monkeypatch.setattr("thematic.coding.compile.compile_codebook", refused)
    assert run("freq", "-f", "csv").code == 0
    assert run("freq", "-f", "csv", "--no-cache").code == ExitCode.INTERNAL
    assert cached_files(cache)


def test_only_what_changed_is_coded_again(
    study: Path, cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded: list[str] = []
    real = FastEngine.code

    def code(self: FastEngine, transcript: Transcript) -> TranscriptCoding:
        coded.append(transcript.id)
        return real(self, transcript)

    monkeypatch.setattr(FastEngine, "code", code)
    run("freq")
    assert coded == ["E1", "E2", "P1"]
    (study / "talks" / "E2.txt").write_text(BEN + "\nBEN: A safe haven.\n", encoding="utf-8")
    run("freq")
    run("freq", "--unit", "turn")  # a unit changes what is counted, not what is found
    run("freq", str(study / "talks" / "E1.txt"))
    assert coded == ["E1", "E2", "P1", "E2"]
    assert cached_files(cache)


def change_transcript(study: Path) -> None:
    text = ANNA.replace("INTERVIEWER: And", "ANNA: They sheltered the Taliban.\n\nINTERVIEWER: And")
    (study / "talks" / "E1.txt").write_text(text, encoding="utf-8")


def change_rule(study: Path) -> None:
    book = study / "book.yaml"
    book.write_text(book.read_text().replace("safe haven*,", "road,"), encoding="utf-8")


def change_role(study: Path) -> None:
    with (study / "study.yaml").open("a") as file:
        file.write("speakers: {interviewer: [ANNA]}\n")


def change_exclude(study: Path) -> None:
    with (study / "study.yaml").open("a") as file:
        file.write("speakers: {exclude: [BEN]}\n")


@pytest.mark.parametrize("change", [change_transcript, change_rule, change_role, change_exclude])
def test_a_change_is_seen(
    study: Path, cache: Path, run: Run, change: Callable[[Path], None]
) -> None:
    before = folder_of(run, "before")
    change(study)
    after = folder_of(run, "after")
    assert cached_files(cache)
    assert after["mentions.csv"] != before["mentions.csv"]
    assert after == folder_of(run, "without", "--no-cache")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def writable_by_all(path: Path) -> None:
    path.chmod(0o666)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize("damage", [cut, flip, empty, writable_by_all, a_folder])
def test_what_is_damaged_is_as_good_as_none(
    cache: Path, run: Run, damage: Callable[[Path], None]
) -> None:
    first = folder_of(run, "first")
    for path in cached_files(cache):
        damage(path)
    assert folder_of(run, "second") == first


@pytest.mark.usefixtures("study")
@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_what_is_somebody_elses_is_not_read(
    cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = folder_of(run, "first")
    called = []
    other = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: other)
    monkeypatch.setattr("thematic.commands.caching.keep_bytes", lambda *given: called.append(given))
    assert folder_of(run, "second") == first
    assert called  # made anew
    assert cached_files(cache)


def test_a_pickle_from_elsewhere_runs_nothing(study: Path, cache: Path, run: Run) -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {study / 'harmed'}",)

    import pickle

    first = folder_of(run, "first")
    (book,) = cache.glob("*.codebook")
    keep_bytes(book, pickle.dumps((Harm(), (), ())))
    assert folder_of(run, "second") == first
    assert not (study / "harmed").exists()


@pytest.mark.usefixtures("study")
def test_a_folder_that_cannot_be_written_is_no_fault(
    cache: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = folder_of(run, "first", "--no-cache")
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("a file where the folder should be")
    monkeypatch.setenv(VARIABLE, str(cache / "below"))
    assert folder_of(run, "second") == first


def test_it_stays_small(cache: Path) -> None:
    for number in range(MOST_FILES + 5):
        keep_bytes(cache / f"kept-{number:04}.codebook", b"")
    assert len(cached_files(cache)) == MOST_FILES


def test_it_stays_small_in_bytes(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thematic.commands.caching.MOST_BYTES", 1000)
    for number in range(5):
        keep_bytes(cache / f"kept-{number}.codebook", b"x" * 400)
        os.utime(cache / f"kept-{number}.codebook", (number, number))
    assert [path.name for path in cached_files(cache)] == ["kept-3.codebook", "kept-4.codebook"]


@pytest.mark.usefixtures("study")
def test_only_its_owner_can_read_it(cache: Path, run: Run) -> None:
    run("freq")
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in cached_files(cache)} == {0o600}


def test_it_holds_no_words_of_transcripts_no_ids_and_no_paths(
    study: Path, cache: Path, run: Run
) -> None:
    secret = "Ich war in Kunduz; the Taliban did not offer a safe haven, said Sher."
    (study / "talks" / "E1.txt").write_text(f"INTERVIEWER: So?\n\nZARMINA: {secret}\n")
    assert "E1" in run("quotes", "-f", "csv").out
    held = b"".join(path.read_bytes() for path in cached_files(cache))
    held += "".join(path.name for path in cached_files(cache)).encode()
    words = {"Kunduz", "ZARMINA", "Zarmina", "Sher", "did not", "offer", "E1", "talks"}
    words |= {str(study), study.name, *ORGAN.split("\n")[-2:-1]}
    assert not [word for word in words if word.encode() in held]
    assert b"safe" in held  # the codebook's own words


@pytest.mark.usefixtures("study")
def test_two_processes_at_once(cache: Path, run: Run) -> None:
    expected = run("freq", "-f", "csv", "--no-cache").out
    command = [sys.executable, "-m", "thematic.app", "freq", "-f", "csv"]
    given: list[str] = []

    def one() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        given.append(done.stdout)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [expected, expected]
    assert not list(cache.glob("*.tmp"))


@pytest.mark.usefixtures("study")
def test_info_and_clear(cache: Path, run: Run) -> None:
    assert "0 files, 0 bytes" in run("cache", "info").out
    run("freq")
    count = len(cached_files(cache))
    assert count
    assert f"{cache}: {count} files, " in run("cache", "info").out
    other = cache / "mine.txt"
    other.write_text("not of the cache")
    assert f"{count} files removed" in run("cache", "clear").out
    assert list(cache.iterdir()) == [other]
    assert cache_folder() == cache


def test_a_codebook_with_problems_tells_them_every_time(study: Path, cache: Path, run: Run) -> None:
    book = study / "book.yaml"
    book.write_text(book.read_text() + "  talk: {rules: [{regex: 'ha\\b'}]}\n", encoding="utf-8")
    first, second = run("check"), run("check")
    assert cached_files(cache)
    assert "ASCII only" in first.out + first.err
    assert (first.out, first.err) == (second.out, second.err)
