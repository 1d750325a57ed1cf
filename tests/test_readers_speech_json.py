"""JSON of speech recognition: the shape of each service, times, speakers, damage."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.model.transcript import Transcript
from thematic.readers import read_text

Cue = tuple[str, float, float | None, str]  # speaker of the turn, begin, end, words


def read(data: object, suffix: str = ".json") -> Transcript:
    transcript, problems = read_text(json.dumps(data), id="x", suffix=suffix)
    assert transcript is not None, problems
    assert problems == []
    return transcript


def cues(transcript: Transcript) -> list[Cue]:
    found: list[Cue] = []
    for turn in transcript.turns:
        ends = [cue.position - 1 for cue in turn.cues[1:]] + [turn.span.end]
        for cue, end in zip(turn.cues, ends, strict=True):
            found.append((turn.speaker, cue.begin, cue.end, transcript.text[cue.position : end]))
    return found


def said(transcript: Transcript) -> list[tuple[str, str, float | None]]:
    return [
        (t.speaker, transcript.text[t.span.start : t.span.end], t.time) for t in transcript.turns
    ]


def item(
    words: str, begin: float | None = None, end: float | None = None, **more: Any
) -> dict[str, Any]:
    """A word of Amazon Transcribe; a mark where it has no times."""
    spoken = {"start_time": f"{begin}", "end_time": f"{end}", "type": "pronunciation"}
    kind = {"type": "punctuation"} if begin is None else spoken
    return {**kind, "alternatives": [{"confidence": "0.9", "content": words}], **more}


AWS_ITEMS = [
    item("Where", 0.5, 0.9),
    item("to", 0.9, 1.1),
    item("?"),
    item("Home", 1.4, 1.9),
    item(","),
    item("yes", 1.9, 2.2),
    item("."),
]
AWS_LABELS = {
    "speakers": 2,
    "segments": [
        {
            "start_time": "0.5",
            "end_time": "1.1",
            "speaker_label": "spk_0",
            "items": [
                {"start_time": "0.5", "end_time": "0.9", "speaker_label": "spk_0"},
                {"start_time": "0.9", "end_time": "1.1", "speaker_label": "spk_0"},
            ],
        },
        {
            "start_time": "1.4",
            "end_time": "2.2",
            "speaker_label": "spk_1",
            "items": [
                {"start_time": "1.4", "end_time": "1.9", "speaker_label": "spk_1"},
                {"start_time": "1.9", "end_time": "2.2", "speaker_label": "spk_1"},
            ],
        },
    ],
}
AWS_CUES = [("spk_0", 0.5, 1.1, "Where to?"), ("spk_1", 1.4, 2.2, "Home, yes.")]


def aws(**results: Any) -> dict[str, Any]:
    whole = {"transcripts": [{"transcript": "Where to? Home, yes."}], **results}
    return {"jobName": "x", "accountId": "1", "status": "COMPLETED", "results": whole}


def deepgram(*channels: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "metadata": {"request_id": "x", "channels": len(channels)},
        "results": {"channels": [{"alternatives": [one]} for one in channels], **more},
    }


DEEPGRAM_WORDS = [
    {"word": "where", "punctuated_word": "Where", "start": 0.5, "end": 0.9, "speaker": 0},
    {"word": "to", "punctuated_word": "to?", "start": 0.9, "end": 1.1, "speaker": 0},
    {"word": "home", "punctuated_word": "Home.", "start": 1.4, "end": 1.9, "speaker": 1},
]
TWO_CUES = [("Speaker 0", 0.5, 1.1, "Where to?"), ("Speaker 1", 1.4, 1.9, "Home.")]


def google_words(tagged: bool) -> list[dict[str, Any]]:
    words = [
        ("Where", "0.500s", "0.900s", 1),
        ("to?", "0.900s", "1.100s", 1),
        ("Home.", "1.400s", "1.900s", 2),
    ]
    return [
        {
            "startTime": begin,
            "endTime": end,
            "word": word,
            **({"speakerTag": tag} if tagged else {}),
        }
        for word, begin, end, tag in words
    ]


def google(*alternatives: dict[str, Any]) -> dict[str, Any]:
    return {"results": [{"alternatives": [one, {"transcript": "worse"}]} for one in alternatives]}


SPEECHMATICS = [
    {
        "type": "word",
        "start_time": 0.5,
        "end_time": 0.9,
        "alternatives": [{"content": "Where", "speaker": "S1"}],
    },
    {
        "type": "punctuation",
        "start_time": 0.9,
        "end_time": 0.9,
        "alternatives": [{"content": "?", "speaker": "S1"}],
    },
    {
        "type": "word",
        "start_time": 1.4,
        "end_time": 1.9,
        "alternatives": [{"content": "Home", "speaker": "UU"}],
    },
]
REV = {
    "monologues": [
        {
            "speaker": 0,
            "elements": [
                {"type": "text", "value": "Where", "ts": 0.5, "end_ts": 0.9, "confidence": 1},
                {"type": "punct", "value": " "},
                {"type": "text", "value": "to", "ts": 0.9, "end_ts": 1.1},
                {"type": "punct", "value": "?"},
            ],
        },
        {
            "speaker": 1,
            "elements": [
                {"type": "text", "value": "Home", "ts": 1.4, "end_ts": 1.9},
                {"type": "punct", "value": "."},
            ],
        },
    ]
}
AZURE = [
    {
        "recognitionStatus": "Success",
        "channel": 0,
        "speaker": 1,
        "offset": "PT0.5S",
        "duration": "PT0.6S",
        "offsetInTicks": 5000000.0,
        "durationInTicks": 6000000.0,
        "nBest": [
            {"confidence": 0.9, "lexical": "where to", "display": "Where to?"},
            {"display": "Wear two?"},
        ],
    },
    {"recognitionStatus": "Failure", "channel": 0, "offset": "PT1.1S", "duration": "PT0.1S"},
    {
        "channel": 0,
        "speaker": 2,
        "offset": "PT1M1.4S",
        "duration": "PT0.5S",
        "nBest": [{"display": "Home."}],
    },
]
UTTERANCES = [
    {
        "speaker": "A",
        "text": "Where to?",
        "start": 500,
        "end": 1100,
        "confidence": 0.9,
        "words": [],
    },
    {"speaker": "B", "text": "Home.", "start": 1400, "end": 1900, "confidence": 0.9, "words": []},
]
SEGMENTS = [
    {
        "id": 0,
        "seek": 0,
        "start": 0.5,
        "end": 1.1,
        "text": " Where to?",
        "tokens": [1],
        "temperature": 0.0,
    },
    {"id": 1, "seek": 0, "start": 1.4, "end": 1.9, "text": " Home."},
]
NOBODY = [("", 0.5, 1.1, "Where to?"), ("", 1.4, 1.9, "Home.")]
SHAPES: dict[str, tuple[object, list[Cue]]] = {
    "whisper": ({"text": " Where to? Home.", "segments": SEGMENTS, "language": "en"}, NOBODY),
    "whisperx": (
        {
            "segments": [
                {**SEGMENTS[0], "speaker": "SPEAKER_00", "words": [{"word": "Where"}]},
                SEGMENTS[1],
            ],
            "word_segments": [{"word": "Where", "start": 0.5, "end": 0.9}],
        },
        [("SPEAKER_00", 0.5, 1.1, "Where to?"), ("SPEAKER_00", 1.4, 1.9, "Home.")],
    ),
    "whisper-cpp": (
        {
            "params": {"language": "en"},
            "transcription": [
                {
                    "timestamps": {"from": "00:00:00,500", "to": "00:00:01,100"},
                    "offsets": {"from": 500, "to": 1100},
                    "text": " Where to?",
                },
                {
                    "timestamps": {"from": "00:00:01,400", "to": "00:00:01,900"},
                    "offsets": {"from": 1400, "to": 1900},
                    "text": " Home.",
                },
            ],
        },
        NOBODY,
    ),
    "hugging-face": (
        {
            "text": "x",
            "chunks": [
                {"timestamp": [0.5, 1.1], "text": " Where to?"},
                {"timestamp": [1.4, None], "text": " Home."},
            ],
        },
        [NOBODY[0], ("", 1.4, None, "Home.")],
    ),
    "aws-labels": (aws(items=AWS_ITEMS, speaker_labels=AWS_LABELS), AWS_CUES),
    "aws-labelled-items": (
        aws(
            items=[
                {**one, "speaker_label": "spk_0" if n < 3 else "spk_1"}
                for n, one in enumerate(AWS_ITEMS)
            ]
        ),
        AWS_CUES,
    ),
    "aws-nobody": (
        aws(items=AWS_ITEMS),
        [("", 0.5, 2.2, "Where to? Home, yes.")],
    ),
    "aws-segments": (
        aws(
            items=AWS_ITEMS,
            audio_segments=[
                {
                    "id": 0,
                    "transcript": "Where to?",
                    "start_time": "0.5",
                    "end_time": "1.1",
                    "speaker_label": "spk_0",
                    "items": [0, 1, 2],
                },
                {
                    "id": 1,
                    "transcript": "Home, yes.",
                    "start_time": "1.4",
                    "end_time": "2.2",
                    "speaker_label": "spk_1",
                    "items": [3],
                },
            ],
        ),
        AWS_CUES,
    ),
    "aws-channels": (
        aws(
            items=AWS_ITEMS,
            channel_labels={
                "channels": [
                    {"channel_label": "ch_0", "items": AWS_ITEMS[3:]},
                    {"channel_label": "ch_1", "items": AWS_ITEMS[:3]},
                ]
            },
        ),
        [("ch_1", 0.5, 1.1, "Where to?"), ("ch_0", 1.4, 2.2, "Home, yes.")],
    ),
    "deepgram-words": (deepgram({"transcript": "x", "words": DEEPGRAM_WORDS}), TWO_CUES),
    "deepgram-utterances": (
        deepgram(
            {"transcript": "x", "words": DEEPGRAM_WORDS},
            utterances=[
                {"start": 0.5, "end": 1.1, "transcript": "Where to?", "speaker": 0, "channel": 0},
                {"start": 1.4, "end": 1.9, "transcript": "Home.", "speaker": 1, "channel": 0},
            ],
        ),
        TWO_CUES,
    ),
    "deepgram-paragraphs": (
        deepgram(
            {
                "transcript": "x",
                "words": DEEPGRAM_WORDS,
                "paragraphs": {
                    "transcript": "x",
                    "paragraphs": [
                        {
                            "sentences": [{"text": "Where to?", "start": 0.5, "end": 1.1}],
                            "speaker": 0,
                            "num_words": 2,
                        },
                        {"sentences": [{"text": "Home.", "start": 1.4, "end": 1.9}], "speaker": 1},
                    ],
                },
            }
        ),
        TWO_CUES,
    ),
    "deepgram-channels": (
        deepgram(
            {"words": [{"word": "home", "start": 1.4, "end": 1.9}]},
            {"words": [{"word": "where", "start": 0.5, "end": 0.9}]},
        ),
        [("Channel 1", 0.5, 0.9, "where"), ("Channel 0", 1.4, 1.9, "home")],
    ),
    "assemblyai": (
        {
            "id": "x",
            "text": "Where to? Home.",
            "utterances": UTTERANCES,
            "words": [],
            "audio_duration": 2,
        },
        [("Speaker A", 0.5, 1.1, "Where to?"), ("Speaker B", 1.4, 1.9, "Home.")],
    ),
    "assemblyai-words": (
        {
            "text": "x",
            "utterances": None,
            "words": [
                {"text": "Where", "start": 500, "end": 900, "confidence": 0.9, "speaker": None},
                {"text": "to?", "start": 900, "end": 1100},
                *({"text": "so", "start": 1100 + 200 * n, "end": 1300 + 200 * n} for n in range(8)),
            ],
        },
        [("", 0.5, 2.7, "Where to? so so so so so so so so")],
    ),
    "google": (
        google({"transcript": "x", "words": google_words(False)}),
        [("", 0.5, 1.9, "Where to? Home.")],
    ),
    "google-speakers": (
        google({"transcript": "x", "words": google_words(False)}, {"words": google_words(True)}),
        [("Speaker 1", 0.5, 1.1, "Where to?"), ("Speaker 2", 1.4, 1.9, "Home.")],
    ),
    "google-v2": (
        {
            "results": [
                {
                    "alternatives": [
                        {
                            "words": [
                                {
                                    "startOffset": "0.5s",
                                    "endOffset": "1.1s",
                                    "word": "Where?",
                                    "speakerLabel": "1",
                                }
                            ]
                        }
                    ],
                    "resultEndOffset": "1.1s",
                }
            ]
        },
        [("Speaker 1", 0.5, 1.1, "Where?")],
    ),
    "google-transcripts": (
        {
            "response": {
                "results": [
                    {"alternatives": [{"transcript": "Where to?"}], "resultEndTime": "1.100s"},
                    {"alternatives": [{"transcript": " Home."}], "resultEndTime": "1.900s"},
                ]
            }
        },
        [("", 0.0, 1.1, "Where to?"), ("", 1.1, 1.9, "Home.")],
    ),
    "speechmatics": (
        {"format": "2.9", "results": SPEECHMATICS},
        [("S1", 0.5, 1.9, "Where? Home")],
    ),
    "watson": (
        {
            "result_index": 0,
            "results": [
                {
                    "final": True,
                    "alternatives": [
                        {
                            "transcript": "where to ",
                            "timestamps": [["where", 0.5, 0.9], ["to", 0.9, 1.1]],
                        }
                    ],
                },
                {
                    "final": True,
                    "alternatives": [{"transcript": "home ", "timestamps": [["home", 1.4, 1.9]]}],
                },
            ],
            "speaker_labels": [
                {"from": 0.5, "to": 0.9, "speaker": 0},
                {"from": 0.9, "to": 1.1, "speaker": 0},
                {"from": 1.4, "to": 1.9, "speaker": 2},
            ],
        },
        [("Speaker 0", 0.5, 1.1, "where to"), ("Speaker 2", 1.4, 1.9, "home")],
    ),
    "azure": (
        {
            "source": "x",
            "combinedRecognizedPhrases": [{"channel": 0, "display": "x"}],
            "recognizedPhrases": AZURE,
        },
        [("Speaker 1", 0.5, 1.1, "Where to?"), ("Speaker 2", 61.4, 61.9, "Home.")],
    ),
    "azure-fast": (
        {
            "durationMilliseconds": 2000,
            "combinedPhrases": [{"text": "x"}],
            "phrases": [
                {
                    "offsetMilliseconds": 500,
                    "durationMilliseconds": 600,
                    "text": "Where to?",
                    "speaker": 1,
                    "words": [],
                },
                {
                    "offsetMilliseconds": 1400,
                    "durationMilliseconds": 500,
                    "text": "Home.",
                    "speaker": 2,
                },
            ],
        },
        [("Speaker 1", 0.5, 1.1, "Where to?"), ("Speaker 2", 1.4, 1.9, "Home.")],
    ),
    "rev": (REV, TWO_CUES),
    "rev-names": (
        {**REV, "speakers": [{"id": 0, "name": "Anna"}, {"id": 1, "name": None}]},
        [("Anna", 0.5, 1.1, "Where to?"), TWO_CUES[1]],
    ),
    "elevenlabs": (
        {
            "language_code": "en",
            "text": "x",
            "words": [
                {
                    "text": "Where",
                    "type": "word",
                    "start": 0.5,
                    "end": 0.9,
                    "speaker_id": "speaker_0",
                },
                {
                    "text": " ",
                    "type": "spacing",
                    "start": 0.9,
                    "end": 0.9,
                    "speaker_id": "speaker_0",
                },
                {
                    "text": "to?",
                    "type": "word",
                    "start": 0.9,
                    "end": 1.1,
                    "speaker_id": "speaker_0",
                },
                {
                    "text": " ",
                    "type": "spacing",
                    "start": 1.1,
                    "end": 1.4,
                    "speaker_id": "speaker_0",
                },
                {
                    "text": "Home.",
                    "type": "word",
                    "start": 1.4,
                    "end": 1.9,
                    "speaker_id": "speaker_1",
                },
            ],
        },
        [("speaker_0", 0.5, 1.1, "Where to?"), ("speaker_1", 1.4, 1.9, "Home.")],
    ),
    "youtube": (
        {
            "wireMagic": "pb3",
            "events": [
                {"tStartMs": 0, "dDurationMs": 9000, "id": 1, "wpWinPosId": 1},
                {
                    "tStartMs": 500,
                    "dDurationMs": 600,
                    "wWinId": 1,
                    "segs": [{"utf8": "Where"}, {"utf8": " to?", "tOffsetMs": 400}],
                },
                {"tStartMs": 1390, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]},
                {"tStartMs": 1400, "dDurationMs": 500, "segs": [{"utf8": "Home."}]},
            ],
        },
        NOBODY,
    ),
    "youtube-transcript": (
        [
            {"text": "Where to?", "start": 0.5, "duration": 0.6},
            {"text": "Home.", "start": 1.4, "duration": 0.5},
        ],
        NOBODY,
    ),
    "wrapped": (
        {
            "result": {
                "transcription": {
                    "utterances": [{"text": "Hi", "start": 0.5, "end": 1, "speaker": 0}]
                }
            }
        },
        [("Speaker 0", 0.5, 1.0, "Hi")],
    ),
    "names-of-speakers": (
        {
            "segments": [
                {"start": 0, "end": 1, "text": "Hi", "speaker": {"id": 4, "name": "Anna Lee"}}
            ]
        },
        [("Anna Lee", 0.0, 1.0, "Hi")],
    ),
    "clock-times": (
        {
            "segments": [
                {"start": "00:01:05.250", "end": "00:01:06,500", "text": "Hi", "speaker": "1"}
            ]
        },
        [("Speaker 1", 65.25, 66.5, "Hi")],
    ),
    "list-of-words": (
        [
            {"word": "Hi", "start": 0.5, "end": 0.7, "speaker": "B"},
            {"word": "there", "start": 2.5, "end": 2.7, "speaker": "B"},
        ],
        [("B", 0.5, 0.7, "Hi"), ("B", 2.5, 2.7, "there")],
    ),
    "no-blanks-in-japanese": (
        aws(
            items=[
                item("今日", 0.1, 0.4),
                item("は", 0.4, 0.5),
                item("。"),
                item("OK", 0.6, 0.9),
                item("です", 0.9, 1.0),
            ]
        ),
        [("", 0.1, 1.0, "今日は。 OK です")],
    ),
}


@pytest.mark.parametrize(("data", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_shapes_with_times(data: object, expected: list[Cue]) -> None:
    transcript = read(data)
    assert cues(transcript) == expected
    assert transcript.format == "json"


WITHOUT_TIMES: dict[str, tuple[object, list[tuple[str, str, float | None]]]] = {
    "openai-text": ({"text": "Where to? Home."}, [("", "Where to? Home.", None)]),
    "aws-transcript": (aws(), [("", "Where to? Home, yes.", None)]),
    "azure-combined": (
        {"combinedRecognizedPhrases": [{"channel": 0, "display": "Where to?"}]},
        [("", "Where to?", None)],
    ),
    "messages": (
        {
            "messages": [
                {"role": "interviewer", "content": "Where?"},
                {"role": "guest", "content": "Home."},
            ]
        },
        [("interviewer", "Where?", None), ("guest", "Home.", None)],
    ),
    "numbers": (
        [[0, "Where?"], [1, "Home."]],
        [("Speaker 0", "Where?", None), ("Speaker 1", "Home.", None)],
    ),
    "numbers-of-pandas": (
        [{"speaker": 1.0, "text": "Where?"}, {"speaker": float("nan"), "text": "Home."}],
        [("Speaker 1", "Where?", None), ("", "Home.", None)],
    ),
    "brackets": (
        [["[Anna]", "Where?"], ["[red]Bob[/]", "Home."], ["(Lee) (Jr)", "So?"]],
        [("Anna", "Where?", None), ("[red]Bob[/]", "Home.", None), ("(Lee) (Jr)", "So?", None)],
    ),
}


@pytest.mark.parametrize(("data", "expected"), WITHOUT_TIMES.values(), ids=WITHOUT_TIMES.keys())
def test_shapes_without_times(data: object, expected: list[tuple[str, str, float | None]]) -> None:
    assert said(read(data)) == expected


def test_phrases_end_at_pauses_and_sentences() -> None:
    spoken = [("They went up there.", 0.0), ("But", 2.0), ("Mr. Khan stayed,", 2.4), ("and", 5.0)]
    words = [
        {"word": word, "start": begin + n * 0.2, "end": begin + n * 0.2 + 0.2}
        for phrase, begin in spoken
        for n, word in enumerate(phrase.split())
    ]
    texts = [words for _, _, _, words in cues(read({"words": words}))]
    assert texts == ["They went up there.", "But Mr. Khan stayed,", "and"]


def test_seconds_stay_seconds_where_a_segment_is_long() -> None:
    data = {
        "segments": [
            {"start": 0.0, "end": 30.0, "text": "you"},
            {"start": 30.0, "end": 60.0, "text": "you"},
        ]
    }
    assert [(begin, end) for _, begin, end, _ in cues(read(data))] == [(0.0, 30.0), (30.0, 60.0)]


def test_a_segment_without_a_start_takes_the_time_before_it() -> None:
    data = {"segments": [{"start": 1.0, "end": 2.0, "text": "a"}, {"text": "b"}]}
    transcript, problems = read_text(json.dumps(data), id="x", suffix=".json")
    assert transcript is not None
    assert cues(transcript) == [("", 1.0, 2.0, "a"), ("", 2.0, None, "b")]
    assert [problem.severity for problem in problems] == ["warning"]


def test_a_slip_takes_the_role_of_the_label_it_is_like() -> None:
    labels = ["Interviewer", "Khan", "Intervewer", "Khan"]
    for data in (
        [[label, "Words."] for label in labels],
        {
            "segments": [
                {"start": n, "end": n + 1, "text": "Words.", "speaker": one}
                for n, one in enumerate(labels)
            ]
        },
    ):
        transcript, notes = read_text(json.dumps(data), id="x", suffix=".json")
        assert transcript is not None
        assert [turn.role for turn in transcript.turns] == ["interviewer", "respondent"] * 2
        assert transcript.turns[2].speaker == "Intervewer"
        assert ["slip for 'Interviewer'" in note.message for note in notes] == [True]


LINES = [{"speaker": "I", "text": "Where?"}, {"speaker": "R", "text": "Home."}]


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_json_lines(suffix: str) -> None:
    text = "\n".join(map(json.dumps, LINES)) + "\n\n"
    transcript, problems = read_text(text, id="x", suffix=suffix)
    assert transcript is not None, problems
    assert [turn.speaker for turn in transcript.turns] == ["I", "R"]
    assert problems == []


def test_a_broken_line_is_told_and_the_others_are_read() -> None:
    text = "\n".join([json.dumps(LINES[0]), '{"speaker": "I", "te', json.dumps(LINES[1])])
    transcript, problems = read_text(text, id="x", suffix=".jsonl")
    assert transcript is not None
    assert [turn.speaker for turn in transcript.turns] == ["I", "R"]
    assert [(problem.line, problem.severity) for problem in problems] == [(2, "error")]


def test_one_line_of_json_lines_may_hold_all() -> None:
    assert cues(read({"segments": SEGMENTS}, ".jsonl")) == NOBODY


NO_TRANSCRIPT = {
    "nothing": ({}, "neither segments nor a list of turns"),
    "other": ({"name": "x", "version": "1.0", "scripts": {"a": "b"}}, "neither segments"),
    "empty": ({"segments": []}, "no segments"),
    "no-words": ({"segments": [{"start": 0, "end": 1}]}, "no words"),
    "aws-failed": (
        {"jobName": "x", "results": {"transcripts": [], "items": []}},
        "neither segments",
    ),
    "null": (None, "neither segments"),
}


@pytest.mark.parametrize(("data", "message"), NO_TRANSCRIPT.values(), ids=NO_TRANSCRIPT.keys())
def test_json_without_words_is_refused(data: object, message: str) -> None:
    transcript, problems = read_text(json.dumps(data), id="x", suffix=".json")
    assert transcript is None
    assert message in problems[-1].message
    assert any(problem.hint for problem in problems)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**20),
    st.floats(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
)


def changed(data: Any, path: list[int], put: Any) -> Any:
    """The JSON with one value, found by going down at random, replaced."""
    if not path or not isinstance(data, dict | list) or not data:
        return put
    if isinstance(data, dict):
        key = list(data)[path[0] % len(data)]
        return {**data, key: changed(data[key], path[1:], put)}
    index = path[0] % len(data)
    return [*data[:index], changed(data[index], path[1:], put), *data[index + 1 :]]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([data for data, _ in SHAPES.values()]),
    st.lists(st.integers(0, 9), min_size=1, max_size=7),
    ANYTHING,
)
def test_changed_json_is_read_or_refused(data: object, path: list[int], put: object) -> None:
    check(json.dumps(changed(data, path, put)))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([data for data, _ in SHAPES.values()]), st.integers(0, 2000))
def test_cut_json_is_read_or_refused(data: object, length: int) -> None:
    check(json.dumps(data)[:length] or "{")


def check(text: str) -> None:
    transcript, problems = read_text(text, id="x", suffix=".json")
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert turn.span.end <= len(transcript.text if transcript else "")
        assert all(turn.span.start <= cue.position <= turn.span.end for cue in turn.cues)
        assert all(0 <= cue.begin < 1e12 for cue in turn.cues)
