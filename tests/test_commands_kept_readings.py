"""What reading a file gave is kept between runs: the same again, and without a word of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import SAID, SAMPLES

import thematic
from thematic.commands.caching import VARIABLE, cached_files
from thematic.commands.kept_readings import CODE, KeptReadings
from thematic.commands.kept_study import study_at
from thematic.commands.wordless import Own, with_words, without_words
from thematic.model.study import Speakers
from thematic.readers import ReadOptions, Source, read_source
from thematic.store.study import read_study_file

NOT_KEPT = {".pdf", ".parquet"}  # they hold no characters as such
OTHER_PROGRAMS = {".doc", ".dot", ".wpd", ".wps", ".sxw", ".pages", ".abw"}
WORDS = {word for who, _, _, said in SAID for word in re.findall(r"\w{3,}", f"{who} {said}")}
NO_WORDS = {"interviewer", "And"}  # a role; and too short to be sought in bytes


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that nobody has used."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(place: Path, options: ReadOptions | None = None) -> KeptReadings:
    return KeptReadings(options or ReadOptions(), place)


def source(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return Source(str(path), "E1")


@pytest.fixture
def nothing_read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From here on nothing may be read by a reader."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("read a second time")

    return lambda: monkeypatch.setattr("thematic.readers.transcripts.read_all", refused)


@pytest.mark.parametrize("suffix", sorted(set(SAMPLES) - NOT_KEPT - OTHER_PROGRAMS))
def test_every_format_is_the_same_again(
    tmp_path: Path, cache: Path, suffix: str, nothing_read: Callable[[], None]
) -> None:
    one = source(tmp_path, f"E1{suffix}", SAMPLES[suffix]())
    transcripts, problems = read_source(one)
    first = kept(tmp_path)
    assert first.read(one) == (transcripts, problems)
    first.keep()
    nothing_read()
    assert kept(tmp_path).read(one) == (transcripts, problems)
    (file,) = cached_files(cache)
    held = file.read_bytes().decode("latin-1")
    assert not [word for word in WORDS - NO_WORDS if word in held]


@pytest.mark.parametrize("suffix", sorted(NOT_KEPT & set(SAMPLES)))
def test_what_holds_no_characters_is_read_anew(tmp_path: Path, cache: Path, suffix: str) -> None:
    one = source(tmp_path, f"E1{suffix}", SAMPLES[suffix]())
    first = kept(tmp_path)
    assert first.read(one) == read_source(one)
    first.keep()
    assert not cached_files(cache)


SAID_OF_A_FILE = {
    "old letters": "Interviewer: Caf\xe9?\n\nOmar: N\xe3o, s\xf3 ch\xe1.\n".encode("cp1252"),
    "a doubt": b"Interviewer: And Anna?\n\nOmar: No.\n\nNote: he laughed.\n\nOmmar: Yes.\n",
    "nothing": b"",
    "binary": b"\x00\x01\x02" * 40,
}


@pytest.mark.parametrize("data", SAID_OF_A_FILE.values(), ids=SAID_OF_A_FILE)
def test_problems_are_told_every_time(tmp_path: Path, data: bytes) -> None:
    one = source(tmp_path, "E1.txt", data)
    expected = read_source(one)
    first = kept(tmp_path)
    assert first.read(one) == expected
    first.keep()
    assert kept(tmp_path).read(one) == expected
    (tmp_path / "other").mkdir()
    moved = replace(one, file=str(one.path.rename(tmp_path / "other" / "E1.txt")))
    assert kept(tmp_path).read(moved) == read_source(moved)  # the name of the file is another


ASKED = {
    "roles": ReadOptions(speakers=Speakers(interviewer=("Omar Khan",))),
    "merged": ReadOptions(speakers=Speakers(merge=(("Omar Khan", "O. Kahn"),))),
    "encoding": ReadOptions(encoding="cp1252"),
}


@pytest.mark.parametrize("options", ASKED.values(), ids=ASKED)
def test_other_options_read_otherwise(
    tmp_path: Path, options: ReadOptions, nothing_read: Callable[[], None]
) -> None:
    one = source(tmp_path, "E1.txt", SAMPLES[".txt"]())
    for asked in (ReadOptions(), options):
        readings = kept(tmp_path, asked)
        assert readings.read(one) == read_source(one, asked)
        readings.keep()
    expected = read_source(one, options)
    assert expected != read_source(one)
    nothing_read()
    assert kept(tmp_path, options).read(one) == expected


def test_a_file_that_went_away_is_told(tmp_path: Path) -> None:
    gone = Source(str(tmp_path / "gone.txt"), "gone")
    assert kept(tmp_path).read(gone) == read_source(gone)


def test_a_reading_depends_on_all_code_that_reads() -> None:
    readers = Path(thematic.__file__).parent / "readers"
    folders = {path.parent for path in readers.rglob("*.py")}
    named = {path.relative_to(readers.parent).as_posix() for path in folders}
    assert named - set(CODE) == {"readers/codebook", "readers/linting"}


def test_a_study_is_the_same_again(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "study.yaml"
    file.write_text(
        "title: Talks of Zarmina\nstatus: real\nconsent: role only\nexpected: 3\nunnit: turn\n"
        "speakers: {interviewer: [Mirwais], merge: {Zarmeena: Zarmina}, exclude: []}\n"
    )
    study, problems = study_at(file)
    assert (study, problems) == read_study_file(file)
    assert study is not None
    assert study.speakers.interviewer == ("Mirwais",)
    assert [problem.file for problem in problems] == [str(file)]
    monkeypatch.setattr("thematic.store.study.read_study_file", None)
    assert study_at(file) == (study, problems)
    held = b"".join(path.read_bytes() for path in cached_files(cache))
    words = ("Zarm", "Mirwais", "Talks", tmp_path.name)
    assert not [word for word in words if word.encode() in held]


def test_a_study_that_changed_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "study.yaml"
    for title in ("One", "Two"):
        file.write_text(f"title: {title}\n")
        study, _ = study_at(file)
        assert study is not None
        assert study.title == title


def test_a_study_of_another_folder_has_its_name(tmp_path: Path) -> None:
    names = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "study.yaml").write_text("title: Talks\n")
        study, _ = study_at(tmp_path / name / "study.yaml")
        names.append(study.name if study else "")
    assert names == ["one", "two"]


TEXTS = st.text(st.sampled_from("abAB éÉß_1 .,\n’\U0001f600\ud800ÅÅ"), max_size=60)


@given(TEXTS, st.lists(TEXTS, max_size=4), st.booleans())
def test_words_come_back_and_none_is_written(text: str, words: list[str], told: bool) -> None:
    own = Own(messages=words if told else ())
    data = without_words(words, text, own)
    if data is None:  # letters that the text does not hold
        assert set("".join(words)) - set(text)
        return
    assert with_words(data, text, {}) == words
    held = data.decode("utf-8", "replace").casefold()
    of_the_file = text if told else f"{text} {' '.join(words)}"
    assert not [one for one in re.findall(r"[^\W_]{4,}", of_the_file) if one.casefold() in held]


ESCAPED = {
    "Herr Küster": "Herr K&uuml;ster",
    "Çelik": "\\u00c7elik",
    "Иван": "\\u0418\\u0432\\u0430\\u043d",
    "VTT": "WEBVTT",
    "Vtt": "WEBVTT",
}


@pytest.mark.parametrize(("word", "written"), ESCAPED.items(), ids=ESCAPED)
def test_what_the_file_writes_otherwise_is_not_written(word: str, written: str) -> None:
    message = f"is {word} a name?"
    data = without_words([word, message], written, Own(messages={message}, beside=word))
    if data is not None:
        assert with_words(data, written, {}) == [word, message]
        assert word.encode() not in data
    assert (data is None) == (word in ("Иван", "Vtt"))


def test_without_the_file_nothing_comes_back() -> None:
    secret = "Zarmina spoke of Kunduz."
    data = without_words([secret, "spoke of Zarmina"], secret, Own())
    assert data is not None
    assert with_words(data, secret, {}) == [secret, "spoke of Zarmina"]
    assert with_words(data, "x" * len(secret), {}) == ["x" * 24, "x" * 16]
