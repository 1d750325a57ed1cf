"""JSON and tables: turns and cues that the file gives itself."""

import json

import pytest

from thematic.errors import Severity
from thematic.model.transcript import Transcript
from thematic.readers import ReadOptions, read_text


def read(text: str, suffix: str, **options: str) -> Transcript:
    transcript, problems = read_text(text, id="x", suffix=suffix, options=ReadOptions(**options))  # type: ignore[arg-type]
    assert transcript is not None, problems
    assert problems == []
    return transcript


def said(transcript: Transcript) -> list[tuple[str, str, float | None]]:
    return [
        (t.speaker, transcript.text[t.span.start : t.span.end], t.time) for t in transcript.turns
    ]


SEGMENTS = [
    {"start": 0.0, "end": 4.2, "text": " One", "speaker": "SPEAKER_00"},
    {"start": 4.2, "end": 5, "text": " two.", "speaker": "SPEAKER_00"},
    {"start": 5, "end": 6, "text": " Three"},
    {"start": 6, "end": 7, "text": "Four", "speaker": "SPEAKER_01"},
]
AS_CUES = [("SPEAKER_00", "One\ntwo.\nThree", 0.0), ("SPEAKER_01", "Four", 6.0)]
JSON = {
    "whisperx": ({"segments": SEGMENTS, "language": "en"}, AS_CUES),
    "bare-segments": (SEGMENTS, AS_CUES),
    "whisper": (
        {"segments": [{"start": 0, "end": 1, "text": " a"}, {"start": 1, "end": 2, "text": " b"}]},
        [("", "a\nb", 0.0)],
    ),
    "turns": (
        [
            {"speaker": "I:", "text": "a", "time": "00:00:05"},
            {"speaker": "I", "text": "b", "start": 7},
        ],
        [("I", "a", 5.0), ("I", "b", 7.0)],
    ),
    "pairs": ([["I", "a"], ["R", "b"]], [("I", "a", None), ("R", "b", None)]),
    "no-speaker": (
        [{"text": "a"}, {"text": "b", "speaker": None}],
        [("", "a", None), ("", "b", None)],
    ),
}


@pytest.mark.parametrize(("data", "expected"), JSON.values(), ids=JSON.keys())
def test_json(data: object, expected: list[tuple[str, str, float | None]]) -> None:
    assert said(read(json.dumps(data), ".json")) == expected


def test_the_text_of_turns_is_labels_and_words() -> None:
    transcript = read(json.dumps([["I", "a\r\nb"], ["", "c"]]), ".json")
    assert transcript.text == "I: a\nb\n\nc"


BROKEN_JSON = {
    "syntax": ('{"segments": [\n}', 2, "no valid JSON"),
    "other-shape": ('{"a": 1}', 0, "neither segments nor a list of turns"),
    "number": ("12", 0, "neither segments nor a list of turns"),
    "no-segments": ("[]", 0, "no segments"),
    "no-words": ('[["I", " "]]', 0, "no words"),
    "deep": ("[" * 100_000, 0, "JSON"),
    "huge-number": ("[" + "9" * 5000 + "]", 0, ""),
}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN_JSON.values(), ids=BROKEN_JSON.keys())
def test_broken_json_is_a_problem(text: str, line: int, message: str) -> None:
    transcript, problems = read_text(text, id="x", suffix=".json")
    assert transcript is None
    assert problems[-1].severity is Severity.ERROR
    assert problems[-1].line == line
    assert message in problems[-1].message


def test_entries_without_text_are_problems_and_the_rest_is_read() -> None:
    text = json.dumps([["I", "a"], 7, {"speaker": "R"}, ["R", "b"]])
    transcript, problems = read_text(text, id="x", suffix=".json")
    assert transcript is not None
    assert [turn.speaker for turn in transcript.turns] == ["I", "R"]
    assert ["turn 2" in problems[0].message, "turn 3" in problems[1].message] == [True, True]
    assert [problem.hint != "" for problem in problems] == [True, False]  # told once a file


def test_lone_surrogates_are_replaced() -> None:
    read('[["I", "a \\ud800 b"]]', ".json").text.encode("utf-8")


TABLES = {
    "comma": (
        'time,speaker,text\n00:01,I,Hello\n00:02,R,"Hi, you"\n',
        ".csv",
        {},
        [("I", "Hello", 1.0), ("R", "Hi, you", 2.0)],
    ),
    "semicolon": (
        "Speaker;Text\nI;Hello, you\nR;Hi\n",
        ".csv",
        {},
        [("I", "Hello, you", None), ("R", "Hi", None)],
    ),
    "nvivo": (
        "Timespan\tContent\tSpeaker\n0:00:01.5 - 0:00:03.0\tHello\tI\n",
        ".tsv",
        {},
        [("I", "Hello", 1.5)],
    ),
    "name-and-utterance": ("NAME,Utterance\nI,Hello\n", ".csv", {}, [("I", "Hello", None)]),
    "german": (
        "Zeit;Sprecher;Aussage\n00:01;I;Hallo\n",
        ".csv",
        {},
        [("I", "Hallo", 1.0)],
    ),
    "who-said-when": ("when,who,said\n00:01,I,Hello\n", ".csv", {}, [("I", "Hello", 1.0)]),
    "answer": ("Participant,Answer\nP1,Hello\n", ".csv", {}, [("P1", "Hello", None)]),
    "text-alone": ("text\nHello\nHi\n", ".csv", {}, [("", "Hello", None), ("", "Hi", None)]),
    "options": (
        "a,b,c\n5,I,Hello\n",
        ".csv",
        {"speaker_column": "B", "time_column": "a", "text_columns": ("c",)},
        [("I", "Hello", 5.0)],
    ),
    "options-win": (
        "speaker,text,Note\nI,Hello,Hi\n",
        ".csv",
        {"text_columns": ("note",)},
        [("I", "Hi", None)],
    ),
    "lines-in-a-cell": (
        'speaker,text\nI,"a\n\nb"\nR,c\n',
        ".csv",
        {},
        [("I", "a\n\nb", None), ("R", "c", None)],
    ),
    "empty-rows": (
        "speaker,text\n\nI,a\n,\nR,\nI,b\n",
        ".csv",
        {},
        [("I", "a", None), ("I", "b", None)],
    ),
    "quotes-that-are-words": (
        'speaker\ttext\nI\t"Well," he said\nR\t"No\n',
        ".tsv",
        {},
        [("I", '"Well," he said', None), ("R", '"No', None)],
    ),
    "stamp-in-text": ("speaker,text\nI,[00:00:05] a\n", ".csv", {}, [("I", "a", 5.0)]),
}


@pytest.mark.parametrize(
    ("text", "suffix", "options", "expected"), TABLES.values(), ids=TABLES.keys()
)
def test_tables(
    text: str,
    suffix: str,
    options: dict[str, str],
    expected: list[tuple[str, str, float | None]],
) -> None:
    assert said(read(text, suffix, **options)) == expected


FAULTY_TABLES = {
    "no-text-column": ("a,b\n1,2\n", {}, 1, "the columns are: a, b", False),
    "no-header-row": ("00:01,I,Hello\n00:02,R,Hi\n", {}, 1, "no header row", False),
    "no-header-row-and-no-times": ("Khan,Hello\nZoe,Hi\nKhan,So\n", {}, 1, "no header row", False),
    "no-header-row-and-a-code": ("I,Hello\nR,Hi\n", {}, 1, "no header row", False),
    "role-words-as-columns": ("Interviewer,Host\nAnna,Ben\n", {}, 1, "the columns are", False),
    "no-such-column": (
        "speaker,text\nI,a\n",
        {"text_columns": ("txt",)},
        1,
        "no column 'txt'",
        False,
    ),
    "header-only": ("speaker,text\n", {}, 0, "no words", False),
    "short-row": ("speaker,text\nI\nR,b\n", {}, 2, "no cell for the text", True),
    "long-row": ("speaker,text\nI,a, b\n", {}, 2, "more cells than the header", True),
    "broken-quotes": ('speaker,text\nI,a\nR,"b" c\n', {}, 3, "quotes in this table", True),
}


@pytest.mark.parametrize(
    ("text", "options", "line", "message", "is_read"),
    FAULTY_TABLES.values(),
    ids=FAULTY_TABLES.keys(),
)
def test_faulty_tables(
    text: str, options: dict[str, str], line: int, message: str, is_read: bool
) -> None:
    transcript, problems = read_text(
        text,
        id="x",
        suffix=".csv",
        options=ReadOptions(**options),  # type: ignore[arg-type]
    )
    assert (transcript is not None) == is_read
    assert [(problem.line, message in problem.message) for problem in problems] == [(line, True)]


def test_a_very_large_cell() -> None:
    transcript = read("speaker,text\nI," + "word " * 60_000 + "\n", ".csv")
    assert len(transcript.text) > 200_000
