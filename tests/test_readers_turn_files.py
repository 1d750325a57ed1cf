"""Files of turns: Parquet and JSON Lines with many transcripts, whole and in pieces."""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import thematic
from thematic.commands import streaming
from thematic.errors import ExitCode, Problem, Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript
from thematic.readers import Limits, ReadOptions, Source, pieces_of, read_all, read_piece

pyarrow = pytest.importorskip("pyarrow")
Run = Any
Row = dict[str, Any]

TALK: list[Row] = [
    {"transcript_id": f"T{n // 3}", "n": n, "text": words, "speaker": who, "party": "D"}
    for n, (who, words) in enumerate(
        [("Host", "Why?"), ("Ann", "She helped me."), ("Bo", "No help came.")] * 4
    )
]


def lines(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def parquet(rows: Sequence[Row], **how: Any) -> bytes:
    from pyarrow import parquet as files

    out = io.BytesIO()
    files.write_table(pyarrow.Table.from_pylist(list(rows)), out, **how)
    return out.getvalue()


MAKE: dict[str, Callable[[Sequence[Row]], bytes]] = {".jsonl": lines, ".parquet": parquet}
both = pytest.mark.parametrize("suffix", MAKE)


def read(
    rows: Sequence[Row], suffix: str, **options: Any
) -> tuple[tuple[Transcript, ...], list[Problem]]:
    data = MAKE[suffix](rows)
    return read_all(data, id="talk", suffix=suffix, options=ReadOptions(**options))


def turns(transcript: Transcript) -> list[tuple[str, Role, str]]:
    text = transcript.text
    return [(t.speaker, t.role, text[t.span.start : t.span.end]) for t in transcript.turns]


@both
def test_rows_are_turns_of_many_transcripts(suffix: str) -> None:
    found, problems = read(TALK, suffix)
    assert [one.id for one in found] == ["talk/T0", "talk/T1", "talk/T2", "talk/T3"]
    assert turns(found[1]) == [
        ("Host", Role.INTERVIEWER, "Why?"),
        ("Ann", Role.RESPONDENT, "She helped me."),
        ("Bo", Role.RESPONDENT, "No help came."),
    ]
    assert dict(found[0].attributes) == {"party": "D"}
    assert [p.message for p in problems] == [
        "columns that change within a transcript are left out: n"
    ]


@both
def test_a_transcript_that_comes_back_is_an_error(suffix: str) -> None:
    found, problems = read([*TALK, TALK[3]], suffix)
    assert not found
    assert [(p.line, p.severity) for p in problems] == [(13, Severity.ERROR)]
    assert "'T1', which begins in row 4, comes back in row 13" in problems[0].message
    assert "sort the file" in problems[0].hint


COLUMNS: dict[str, tuple[Row, dict[str, Any], tuple[str, Role, float | None]]] = {
    "role-of-a-name": (
        {"speaker": "Zoe", "role": "interviewer"},
        {},
        ("Zoe", Role.INTERVIEWER, None),
    ),
    "role-is-a-word": (
        {"speaker": "Zoe", "role": "moderator"},
        {},
        ("Zoe", Role.INTERVIEWER, None),
    ),
    "role-other": ({"speaker": "Zoe", "role": "other"}, {}, ("Zoe", Role.OTHER, None)),
    "role-unknown": ({"speaker": "Zoe", "role": "guest"}, {}, ("Zoe", Role.RESPONDENT, None)),
    "role-alone": ({"role": "interviewer"}, {}, ("interviewer", Role.INTERVIEWER, None)),
    "role-declared-wins": (
        {"speaker": "Zoe", "role": "interviewer"},
        {"speakers": Speakers(respondent=("Zoe",))},
        ("Zoe", Role.RESPONDENT, None),
    ),
    "role-named": (
        {"speaker": "Zoe", "what": "interviewer"},
        {"role_column": "what"},
        ("Zoe", Role.INTERVIEWER, None),
    ),
    "speaker-named": ({"x": "Zoe"}, {"speaker_column": "x"}, ("Zoe", Role.RESPONDENT, None)),
    "number": ({"speaker": 3}, {}, ("Speaker 3", Role.RESPONDENT, None)),
    "seconds": ({"speaker": "Zoe", "start": 61.5}, {}, ("Zoe", Role.RESPONDENT, 61.5)),
    "clock": ({"speaker": "Zoe", "time": "0:01:02"}, {}, ("Zoe", Role.RESPONDENT, 62.0)),
    "thousandths": ({"speaker": "Zoe", "start_ms": 1500}, {}, ("Zoe", Role.RESPONDENT, 1.5)),
    "date": ({"speaker": "Zoe", "time": "2024-01-02 10:00"}, {}, ("Zoe", Role.RESPONDENT, None)),
    "begin-end": ({"speaker": "Zoe", "start": 1, "end": 2}, {}, ("Zoe", Role.RESPONDENT, 1.0)),
}


@both
@pytest.mark.parametrize("case", COLUMNS)
def test_columns(suffix: str, case: str) -> None:
    cells, options, (who, role, time) = COLUMNS[case]
    found, _ = read([{"document_id": "a", "text": "So it was.", **cells}], suffix, **options)
    turn = found[0].turns[0]
    assert (turn.speaker, turn.role, turn.time) == (who, role, time)


@both
def test_columns_may_have_any_name(suffix: str) -> None:
    rows = [{"key": "a", "x": "Yes indeed.", "text": "not this"}]
    found, _ = read(rows, suffix, id_column="key", text_columns=("x",))
    assert (found[0].id, turns(found[0])[0][2]) == ("talk/a", "Yes indeed.")
    _, problems = read(rows, suffix, id_column="key", text_columns=("y",))
    assert problems[0].message == "there is no column 'y'"


ATTRIBUTES = {
    "consent-kept": (["no quotation"] * 2, "no quotation", 0),
    "consent-that-changes-forbids": (["named", "role only"], "named / role only", 1),
    "an-empty-cell-says-nothing": (["named", None], "named", 0),
}


@both
@pytest.mark.parametrize("case", ATTRIBUTES)
def test_consent_is_never_lost(suffix: str, case: str) -> None:
    cells, kept, warnings = ATTRIBUTES[case]
    rows = [{"transcript_id": "a", "text": "Well, yes.", "consent": cell} for cell in cells]
    found, problems = read(rows, suffix)
    assert found[0].attributes["consent"] == kept
    assert [p.severity for p in problems].count(Severity.WARNING) == warnings


FAULTY = {
    "no-id": ({"transcript_id": None, "text": "Lost."}, "names no transcript"),
    "no-words": ({"transcript_id": "T3", "text": 7}, "the words of this row are none"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_row_is_told_and_left_out(case: str) -> None:
    row, said = FAULTY[case]
    found, problems = read([*TALK, row], ".jsonl")
    assert len(found) == 4
    assert [(p.line, p.severity) for p in problems if said in p.message] == [(13, Severity.ERROR)]


BROKEN = {
    "json": (b"{no json\n", "no valid JSON"),
    "object": (b"[1, 2]\n", "no JSON object"),
    "bytes": (b'{"transcript_id": "\xff"}\n', "no UTF-8"),
    "deep": (b"[" * 100_000 + b"\n", "no valid JSON"),
    "long": (b'{"text": "' + b"a" * 5_000 + b'"}\n', "more than 2,000 bytes"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_line_is_told_and_left_out(tmp_path: Path, case: str) -> None:
    line, said = BROKEN[case]
    path = tmp_path / "talk.jsonl"
    path.write_bytes(lines(TALK[:3]) + line + lines(TALK[3:]))
    options = ReadOptions(limits=Limits(line=200_000 if case == "deep" else 2_000))
    ids, problems = in_pieces(path, 1, options)
    assert ids == ["talk/T0", "talk/T1", "talk/T2", "talk/T3"]
    assert any(p.line == 4 and said in p.message for p in problems)


def in_pieces(
    path: Path, size: int, options: ReadOptions | None = None
) -> tuple[list[str], list[Problem]]:
    options = options or ReadOptions()
    source = Source(str(path), "talk")
    problems: list[Problem] = []
    parts = pieces_of(source, size, problems, options)
    assert parts is not None
    found = [one for part in parts for one in read_piece(source, part, problems, options)]
    return [one.id for one in found], problems


@both
@pytest.mark.parametrize("size", [1, 200, 10**9])
@pytest.mark.parametrize("rows", [1, 5, 100])
def test_pieces_are_the_whole(tmp_path: Path, suffix: str, size: int, rows: int) -> None:
    """Whatever the size of pieces and row groups, each transcript is read once and whole."""
    data = parquet(TALK, row_group_size=rows) if suffix == ".parquet" else lines(TALK)
    path = tmp_path / f"talk{suffix}"
    path.write_bytes(data)
    source = Source(str(path), "talk")
    parts = pieces_of(source, size, [])
    assert parts is not None
    assert len(parts) == (4 if size == 1 else 1) or size == 200
    found = [one for part in parts for one in read_piece(source, part, [])]
    whole, _ = read_all(data, id="talk", suffix=suffix)
    assert [(one.id, one.text, one.turns) for one in found] == [
        (one.id, one.text, one.turns) for one in whole
    ]


LIMITED = {
    "long-transcript": (Limits(text=20), "'T0', which begins in row 1: not read: it has"),
    "large-row-group": (Limits(unpacked=10), "one of its row groups unpacks to"),
    "many-cells": (Limits(cells=10), "its table has"),
}


@pytest.mark.parametrize("case", LIMITED)
def test_limits(case: str) -> None:
    limits, said = LIMITED[case]
    found, problems = read(TALK, ".parquet", limits=limits)
    assert not found
    assert said in problems[0].message
    assert "--limit" in problems[0].hint


def test_a_text_that_a_hostile_file_repeats_is_held_once() -> None:
    """A million characters, in 2,000 rows, in 40 kB: at most the limit is put together."""
    rows = [{"transcript_id": "a", "text": "ab " * 300_000}] * 2_000
    data = parquet(rows, compression="zstd")
    found, problems = read_all(data, id="x", suffix=".parquet")
    assert not found
    assert "it has 1,800,000,000 characters" in problems[0].message


ODD = {
    "integers": ([7, 7], "talk/7"),
    "floats": ([7.0, 7.0], "talk/7"),
    "bytes": ([b"a\xff", b"a\xff"], "talk/a�"),
    "dates": ([datetime.date(2024, 5, 1)] * 2, "talk/2024-05-01"),
    "slashes": (["a/b", "a/b"], "talk/a-b"),
    "escapes": (["\x1b[31ma", "\x1b[31ma"], "talk/[31ma"),
}


@pytest.mark.parametrize("case", ODD)
def test_ids_of_any_kind(case: str) -> None:
    ids, expected = ODD[case]
    rows = [{"transcript_id": id, "text": "Well, yes."} for id in ids]
    found, _ = read(rows, ".parquet")
    assert [one.id for one in found] == [expected]


def test_long_ids_stay_different() -> None:
    rows = [{"transcript_id": "x" * 300 + end, "text": "Yes."} for end in "ab"]
    found, problems = read(rows, ".jsonl")
    assert len({one.id for one in found}) == 2
    assert not problems


def test_lists_and_objects_are_not_read() -> None:
    row = {"transcript_id": "a", "text": "Yes.", "tags": ["b"], "more": {"c": 1}, "when": None}
    for suffix in MAKE:
        found, problems = read([row], suffix)
        assert dict(found[0].attributes) == {}
        assert not problems


ONE = {
    "segments": [{"start": 0, "end": 2, "text": "Well, yes.", "file": "a"}],
    "words-called-transcript": [{"transcript": "Well, yes.", "start": 0, "end": 2}],
}


@pytest.mark.parametrize("case", ONE)
def test_json_lines_of_one_transcript_stay_one(case: str) -> None:
    found, problems = read(ONE[case], ".jsonl")
    assert [one.id for one in found] == ["talk"]
    assert turns(found[0])[0][2] == "Well, yes."
    assert not problems


def test_without_pyarrow_a_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = parquet(TALK)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    found, problems = read_all(data, id="x", suffix=".parquet")
    assert not found
    assert "thematic[parquet]" in problems[0].hint


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for suffix, make in MAKE.items():
        (tmp_path / f"talk{suffix}").write_bytes(make(TALK))
    (tmp_path / "book.yaml").write_text("help: [help*]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(streaming, "PART_SIZE", 200)
    return tmp_path


@both
@pytest.mark.parametrize("jobs", [1, 2])
def test_coded_in_pieces_as_whole(folder: Path, run: Run, suffix: str, jobs: int) -> None:
    told = run(*("code", f"talk{suffix}", "-c", "book.yaml", "-o", "m.jsonl", "--jobs", str(jobs)))
    assert told.code == 0, told.err
    assert told.err.count("columns that change within a transcript") == 1
    table = thematic.mentions(
        thematic.code(
            thematic.load_transcripts(f"talk{suffix}"), thematic.load_codebook("book.yaml")
        )
    ).to_pandas()
    found = [json.loads(line) for line in Path("m.jsonl").read_text().splitlines()]
    assert [(one["transcript"], one["start"]) for one in found] == list(
        zip(table["transcript"], table["start"], strict=True)
    )


def test_compressed_files_are_read_whole(folder: Path, run: Run) -> None:
    import gzip

    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(lines(TALK)))
    assert run("code", "packed.jsonl.gz", "-c", "book.yaml", "-o", "m.jsonl").code == 0
    assert len(Path("m.jsonl").read_text().splitlines()) == 8


def test_a_folder_with_its_own_mentions_is_coded_again(folder: Path, run: Run) -> None:
    """What an earlier run wrote beside the transcripts is no transcript."""
    for name in ("m.parquet", "m.jsonl", "m.parquet"):
        told = run("code", ".", "-c", "book.yaml", "-o", name)
        assert told.code == 0, told.err


def test_a_file_that_cannot_be_read_costs_the_others_nothing(folder: Path, run: Run) -> None:
    (folder / "bad.jsonl").write_bytes(lines([*TALK, TALK[0]]))
    told = run("code", "bad.jsonl", "talk.jsonl", "-c", "book.yaml", "-o", "m.jsonl")
    assert told.code == ExitCode.PROBLEMS
    assert "comes back in row 13" in told.err
    assert len(Path("m.jsonl").read_text().splitlines()) == 8
    told = run("code", "bad.jsonl", "-c", "book.yaml", "-o", "n.jsonl")
    assert told.code == ExitCode.TRANSCRIPTS
    assert not Path("n.jsonl").exists()


def test_attributes_of_a_table_reach_single_transcripts(folder: Path, run: Run) -> None:
    (folder / "people.csv").write_text("id,kind\nT1,hearing\ntalk/T2,hearing\n", encoding="utf-8")
    arguments = ("code", "talk.parquet", "-c", "book.yaml", "--attributes", "people.csv")
    told = run(*arguments, "-o", "m.jsonl", "-f", "json")
    rows = json.loads(told.out)["rows"]
    assert {row["kind"]: row["transcripts_N"] for row in rows} == {"interview": 2, "hearing": 2}
