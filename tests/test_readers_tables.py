"""Tables of turns, cues and coded segments as programs export them and people make them."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers import Limits, ReadOptions, read_all

Said = list[tuple[str, str, float | None]]


def read(
    data: str | bytes, suffix: str = ".csv", **options: Any
) -> tuple[tuple[Transcript, ...], list[Problem]]:
    data = data.encode() if isinstance(data, str) else data
    return read_all(data, id="x", suffix=suffix, options=ReadOptions(**options))


def said(transcript: Transcript) -> Said:
    return [
        (t.speaker, transcript.text[t.span.start : t.span.end], t.time) for t in transcript.turns
    ]


def cues(transcript: Transcript) -> list[tuple[float, float | None]]:
    return [(cue.begin, cue.end) for turn in transcript.turns for cue in turn.cues]


def messages(problems: list[Problem]) -> list[str]:
    return [f"{p.severity} {p.line} {p.message}" for p in problems]


AB: Said = [("Anna", "Hello there", 1.0), ("Ben", "Hi", 2.5), ("Anna", "Bye now", 4.0)]
AB_CUES = [(1.0, 2.5), (2.5, 4.0), (4.0, 5.0)]
TIMED = {
    "nvivo": (
        "Timespan,Content,Speaker\n0:01.0 - 0:02.5,Hello there,Anna\n"
        "0:02.5 - 0:04.0,Hi,Ben\n0:04.0 - 0:05.0,Bye now,Anna\n",
        ".csv",
    ),
    "premiere": (
        "Speaker Name,Start Time,End Time,Text\nAnna,00:00:01.0,00:00:02.5,Hello there\n"
        "Ben,00:00:02.5,00:00:04.0,Hi\nAnna,00:00:04.0,00:00:05.0,Bye now\n",
        ".csv",
    ),
    "thousandths-by-name": (
        "start_ms;end_ms;speaker;text\n1000;2500;Anna;Hello there\n2500;4000;Ben;Hi\n"
        "4000;5000;Anna;Bye now\n",
        ".csv",
    ),
    "decimal-commas": (
        "Beginn;Ende;Sprecherin;Redebeitrag\n1,0;2,5;Anna;Hello there\n2,5;4,0;Ben;Hi\n"
        "4,0;5,0;Anna;Bye now\n",
        ".csv",
    ),
    "units-in-brackets": (
        "Start (s)\tEnd [s]\tSpeaker:\tText\n1\t2.5\tAnna\tHello there\n2.5\t4\tBen\tHi\n"
        "4\t5\tAnna\tBye now\n",
        ".tsv",
    ),
    "elan-with-header": (
        "Tier\tBegin Time - hh:mm:ss.ms\tBegin Time - ss.msec\tEnd Time - hh:mm:ss.ms\t"
        "End Time - ss.msec\tDuration - ss.msec\tAnnotation\n"
        "Anna\t00:00:01.000\t1.0\t00:00:02.500\t2.5\t1.5\tHello there\n"
        "Ben\t00:00:02.500\t2.5\t00:00:04.000\t4.0\t1.5\tHi\n"
        "Anna\t00:00:04.000\t4.0\t00:00:05.000\t5.0\t1.0\tBye now\n",
        ".txt",
    ),
}


@pytest.mark.parametrize(("text", "suffix"), TIMED.values(), ids=TIMED.keys())
def test_rows_with_begin_and_end_are_cues(text: str, suffix: str) -> None:
    (transcript,), problems = read(text, suffix)
    assert problems == []
    assert said(transcript) == AB
    assert cues(transcript) == AB_CUES


ELAN = (
    "Anna\t\t00:00:01.000\t1.0\t1000\t00:00:02.500\t2.5\t2500\t00:00:01.500\t1.5\tHello there\n"
    "Anna\t\t00:00:04.000\t4.0\t4000\t00:00:05.000\t5.0\t5000\t00:00:01.000\t1.0\tBye now\n"
    "Ben\t\t00:00:02.500\t2.5\t2500\t00:00:04.000\t4.0\t4000\t00:00:01.500\t1.5\tHi\n"
)
HEADERLESS = {
    "elan": (ELAN, ".tsv"),
    "elan-as-text": (ELAN, ".txt"),
    "elan-in-seconds": (
        "Anna\t1.0\t2.5\tHello there\nAnna\t4\t5\tBye now\nBen\t2.5\t4\tHi\n",
        ".txt",
    ),
}


@pytest.mark.parametrize(("text", "suffix"), HEADERLESS.values(), ids=HEADERLESS.keys())
def test_tiers_without_a_header(text: str, suffix: str) -> None:
    (transcript,), problems = read(text, suffix)
    assert said(transcript) == AB
    assert cues(transcript) == AB_CUES
    told = messages(problems)
    assert told[0].startswith("note 1 there is no header row; taken are times in column ")
    assert told[1].startswith("note 1 the rows stand speaker by speaker")


def test_label_tracks_of_audacity() -> None:
    (transcript,), _ = read("0.0\t1.5\tHello there\n1.5\t3\tHi\n3\t4\tBye\n", ".txt")
    assert cues(transcript) == [(0.0, 1.5), (1.5, 3.0), (3.0, 4.0)]
    assert transcript.text == "Hello there\nHi\nBye"


def test_whole_numbers_far_apart_are_thousandths() -> None:
    """Whisper writes them so, with no unit in the header."""
    (transcript,), problems = read("start\tend\ttext\n0\t4200\tOne.\n4200\t9000\tTwo.\n", ".tsv")
    assert cues(transcript) == [(0.0, 4.2), (4.2, 9.0)]
    assert "thousandths" in problems[0].message


HI: Said = [("I", "Hello, you", None), ("R", "Hi", None)]
LAYOUTS = {
    "excel-says-sep": ("sep=;\nspeaker;text\nI;Hello, you\nR;Hi\n", HI, []),
    "excel-unicode-text": ("speaker\ttext\nI\tHello, you\nR\tHi\n".encode("utf-16"), HI, []),
    "byte-order-mark": ('\ufeffspeaker,text\nI,"Hello, you"\nR,Hi\n', HI, []),
    "bars": ("speaker|text\nI|Hello, you\nR|Hi\n", HI, []),
    "one-column": ("text\nHello, you\nHi\n", [("", "Hello, you", None), ("", "Hi", None)], []),
    "words-with-labels-in-one-column": (
        "I: Hello, you\nR: Hi, I am, well, fine\nI: So?\nR: Yes, so.\n",
        [
            ("I", "Hello, you", None),
            ("R", "Hi, I am, well, fine", None),
            ("I", "So?", None),
            ("R", "Yes, so.", None),
        ],
        ["note 0 this is no table but text with labels, and read so"],
    ),
    "titles-above": (
        "Interview with Dr. Khan, Kabul\nDate;2021\n\nTime;Speaker;Text\n0:01;I;Hello, you\n",
        [("I", "Hello, you", 1.0)],
        [
            "note 4 the header is this row; the 2 rows above it are left out: Interview with Dr. "
            "Khan, Kabul; Date 2021"
        ],
    ),
    "formulas-are-words": (
        "speaker,text\nI,=cmd()|' /C calc'!A0\nR,-1 +2 @x\n",
        [("I", "=cmd()|' /C calc'!A0", None), ("R", "-1 +2 @x", None)],
        [],
    ),
    "same-name-twice": (
        "speaker,text,text\nI,Hello to you,Hallo zu dir\n",
        [("I", "Hello to you", None)],
        ["note 0 columns with words that are not read: text"],
    ),
    "many-columns": (
        ",".join(f"c{n}" for n in range(199)) + ",text\n" + "1," * 199 + "Hello\n",
        [("", "Hello", None)],
        [],
    ),
    "line-numbers-are-no-text": (
        "line,speaker,quote\n1,I,Hello\n2,R,Hi\n",
        [("I", "Hello", None), ("R", "Hi", None)],
        [],
    ),
    "nobody-named-below-somebody": (
        "speaker,text\nI,Hello\n,How are you?\nR,Hi\n",
        [("I", "Hello", None), ("I", "How are you?", None), ("R", "Hi", None)],
        ["note 3 a row names no speaker and is read as talk of the speaker above"],
    ),
    "names-in-the-words": (
        "time,text\n0:01,ANNA LEE: Hello\n0:03,BEN OK: Hi\n0:04,ANNA LEE: Bye\n",
        [("ANNA LEE", "Hello", 1.0), ("BEN OK", "Hi", 3.0), ("ANNA LEE", "Bye", 4.0)],
        [],
    ),
    "questions-and-answers": (
        "Question,Answer\nWhy?,Tea\nWhy?,And cake\nWhat else?,Nothing\n",
        [
            ("Question", "Why?", None),
            ("Answer", "Tea", None),
            ("Answer", "And cake", None),
            ("Question", "What else?", None),
            ("Answer", "Nothing", None),
        ],
        [],
    ),
    "dates-are-no-times": (
        "time,from,message\n2024-01-01 10:00:00,Anna,Hello\n2024-01-01 10:00:05,Ben,Hi\n",
        [("Anna", "Hello", None), ("Ben", "Hi", None)],
        ["note 0 dates are no times of a recording; those in the column time are left out"],
    ),
    "no-header-but-times-and-speakers": (
        "00:01,I,Hello\n00:02,R,Hi\n00:03,I,So\n00:05,R,Well\n",
        [("I", "Hello", 1.0), ("R", "Hi", 2.0), ("I", "So", 3.0), ("R", "Well", 5.0)],
        [
            "note 1 there is no header row; taken are times in column 1, speakers in column 2, "
            "words in 3"
        ],
    ),
    "text-as-tabs": ("speaker\ttext\nI\tHello, you\nR\tHi\n", HI, []),
}


@pytest.mark.parametrize(("data", "expected", "told"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(data: str | bytes, expected: Said, told: list[str]) -> None:
    (transcript,), problems = read(data)
    assert said(transcript) == expected
    assert messages(problems) == told


CODED = {
    "maxqda": (
        "Color,Document group,Document name,Code,Begin,End,Weight score,Segment\n"
        "●,G,I1,A\\B,12,12,0,We said so\n●,G,I2,A,3,4,0,They said so\n",
        {"x/I1": ["We said so"], "x/I2": ["They said so"]},
    ),
    "maxqda-german": (
        "Farbe;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment\n"
        "●;G;I1;A;12;12;0;We said so\n●;G;I2;A;3;4;0;They said so\n",
        {"x/I1": ["We said so"], "x/I2": ["They said so"]},
    ),
    "atlas": (
        "ID,Quotation Name,Document,Quotation Content,Comment,Codes,Reference\n"
        '1:1,We,D1,We said so,,"A\nB",¶ 1\n2:1,They,D2,They said so,,A,¶ 2\n',
        {"x/D1": ["We said so"], "x/D2": ["They said so"]},
    ),
    "taguette": (
        "id,document,tag,content\n1,a/b.txt,x.y,Hello there\n2,c.txt,x,Hi\n",
        {"x/a-b.txt": ["Hello there"], "x/c.txt": ["Hi"]},
    ),
    "nvivo": (
        "Name,Source,Reference,Coded Text\nTea,I1,1,We said so\nTea,I2,1,They said so\n",
        {"x/I1": ["We said so"], "x/I2": ["They said so"]},
    ),
    "dedoose": (
        "Media Title,Excerpt Copy,Excerpt Creator,Excerpt Date,Codes Applied Combined\n"
        "I1,We said so,anna,2024-01-01,A; B\nI2,They said so,anna,2024-01-01,A\n",
        {"x/I1": ["We said so"], "x/I2": ["They said so"]},
    ),
    "rqda": (
        "rowid,codename,filename,index1,index2,coding\n1,A,I1,10,20,We said so\n"
        "2,A,I2,11,33,They said so\n",
        {"x/I1": ["We said so"], "x/I2": ["They said so"]},
    ),
    "one-document": ("file,code,text\nA,x,Hello\n,y,Hi\n", {"x": ["Hello", "Hi"]}),
    "no-document": (
        "label,text\ngood,I like tea\nbad,I do not\n",
        {"x": ["I like tea", "I do not"]},
    ),
    "coded-twice": (
        "document,code,segment\nA,x,We had tea with them\nA,y,We had tea with them\nA,x,Yes\n"
        "A,y,Yes\nB,x,We had tea with them\n",
        {"x/A": ["We had tea with them", "Yes", "Yes"], "x/B": ["We had tea with them"]},
    ),
}


@pytest.mark.parametrize(("text", "expected"), CODED.values(), ids=CODED.keys())
def test_coded_segments(text: str, expected: dict[str, list[str]]) -> None:
    transcripts, problems = read(text)
    assert {one.id: [words for _, words, _ in said(one)] for one in transcripts} == expected
    assert all(turn.speaker == "" for one in transcripts for turn in one.turns)
    assert all(turn.time is None for one in transcripts for turn in one.turns)
    assert "are not imported" in problems[0].message
    assert all(problem.severity is Severity.NOTE for problem in problems)


def test_a_column_of_documents_parts_a_table_of_turns() -> None:
    transcripts, problems = read("interview,speaker,text\nA,I,Hello\nB,I,So?\nA,R,Hi\n")
    assert problems == []
    assert [(one.id, one.text, one.attributes) for one in transcripts] == [
        ("x/A", "I: Hello\n\nR: Hi", {"document": "A"}),
        ("x/B", "I: So?", {"document": "B"}),
    ]


def test_a_speaker_is_not_carried_into_the_next_document() -> None:
    transcripts, problems = read("file,speaker,text\na,I,x\na,,y\nb,,z\nb,R,w\n")
    assert [[speaker for speaker, _, _ in said(one)] for one in transcripts] == [
        ["I", "I"],
        ["", "R"],
    ]
    assert [problem.line for problem in problems] == [3]


def test_answers_of_respondents_below_one_another() -> None:
    transcripts, _ = read(
        "ResponseId,question,answer\nR_1,Why?,Tea\nR_1,What else?,Cake\nR_2,Why?,\n"
        "R_2,What else?,Fun\n"
    )
    assert [(one.id, one.text) for one in transcripts] == [
        ("x/R_1", "Question: Why?\n\nR_1: Tea\n\nQuestion: What else?\n\nR_1: Cake"),
        ("x/R_2", "Question: Why?\n\nQuestion: What else?\n\nR_2: Fun"),
    ]


LABELS = {
    "roles": ("label,text\nInterviewer,a\nP1,b\n", ["Interviewer", "P1"]),
    "beside-times": ("start,end,label,text\n0,1.5,Anna,a\n1.5,2,Ben,b\n", ["Anna", "Ben"]),
    "codes": ("label,text\npositive,a\nnegative,b\n", ["", ""]),
}


@pytest.mark.parametrize(("text", "speakers"), LABELS.values(), ids=LABELS.keys())
def test_labels_of_speakers_and_of_sentences(text: str, speakers: list[str]) -> None:
    (transcript,), _ = read(text)
    assert [turn.speaker for turn in transcript.turns] == speakers


ESCAPED = {
    "entities": ("&quot;We&quot; don&#39;t &amp; can&#x27;t", "\"We\" don't & can't", True),
    "twice": ("Tom &amp;amp; Ann &amp;#39;s", "Tom & Ann 's", True),
    "breaks": ("one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour", True),
    "paragraphs": ('<p class="a">one</p><p>two <b>bold</b></p>', "one\n\ntwo bold", True),
    "bare-ampersands": ("R&D at A&B, so &amp; no", "R&D at A&B, so &amp; no", False),
    "no-entity": ("Q&A; &nothing;", "Q&A; &nothing;", False),
    "words-in-angle-brackets": ("it is <3 and <laughs> 1<2", "it is <3 and <laughs> 1<2", False),
}


@pytest.mark.parametrize(("written", "words", "told"), ESCAPED.values(), ids=ESCAPED.keys())
def test_text_that_was_escaped_for_the_web(written: str, words: str, told: bool) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["speaker", "text"], ["I", written]])
    (transcript,), problems = read(out.getvalue())
    assert said(transcript) == [("I", words, None)]
    assert messages(problems) == ["note 0 " + _DECODED] * told


_DECODED = "the cells hold text escaped for the web (such as &amp; or <br>); it is decoded"


FAULTS = {
    "cells-beyond": (
        "text,speaker\nHello, you,I\n",
        ["error 2 this row has more cells than the header; the last are left out"],
    ),
    "times-missing": (
        "start,end,text\n0,1.5,a\n,,b\n2,3.5,c\n",
        ["warning 3 rows without a time that can be read: 1; the one before is taken"],
    ),
    "many-short-rows": (
        "speaker,text\nR,a\n" + "I\n" * 7,
        ["error 3 this row has no cell for the text and is left out"]
        + [f"error {n} this row has no cell for the text and is left out" for n in (4, 5, 6, 7)]
        + [
            "error 8 2 more rows have this fault: this row has no cell for the text and is left out"
        ],
    ),
}


@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_of_rows(text: str, told: list[str]) -> None:
    transcripts, problems = read(text)
    assert len(transcripts) == 1
    assert messages(problems) == told


@pytest.mark.parametrize(
    "text", ["," * 300_000 + "x", "speaker,text\n" + "I,\n" * 100_000], ids=len
)
def test_more_cells_than_allowed_are_refused(text: str) -> None:
    transcripts, problems = read(text, limits=Limits(cells=100_000))
    assert transcripts == ()
    assert problems[-1].hint == "if you trust this file: --limit cells=1000000"


STANDARD_INPUT = {
    "csv": ("speaker,text\nI,Hello\n", "csv"),
    "semicolons": ("Sprecher;Zeit;Text\nI;0:01;Hallo\n", "csv"),
    "tsv": ("time\tspeaker\ttext\n0:01\tI\tHello\n", "tsv"),
    "sep": ("sep=;\nspeaker;text\nI;Hello\n", "csv"),
    "survey": ("Respondent ID,Collector ID,Say\n,,Open-Ended Response\n1,2,Hello\n", "csv"),
    "elan": (ELAN, "tsv"),
    "words": ("Text, speaker and time\n\nAnna: So, I say, hello.\n", "txt"),
    "a-tab-after-labels": ("Anna:\tHello.\nBen:\tHi.\n", "txt"),
    "zoom": ("00:00:01\tAnna:\tHello.\n00:00:03\tBen:\tHi.\n00:00:05\tAnna:\tBye.\n", "txt"),
    "a-lone-word": ("text\nHello\n", "txt"),
}


@pytest.mark.parametrize(("text", "kind"), STANDARD_INPUT.values(), ids=STANDARD_INPUT.keys())
def test_tables_on_standard_input(text: str, kind: str) -> None:
    transcripts, problems = read(text, "")
    assert [one.format for one in transcripts] == [kind], problems


LONG = {
    "digits": "1" * 50_000 + "x",
    "addresses": "a@" * 25_000,
    "addresses-with-dots": "a@a." * 12_000 + "!",
    "brackets": "(" * 50_000,
    "tags": "<b " * 20_000,
    "entities": "&#" * 25_000,
    "ampersands": "&amp;" * 4_000,
    "clocks": "0:01-" * 10_000,
    "blanks": "1" + " " * 50_000 + "x",
}


@pytest.mark.parametrize("cell", LONG.values(), ids=LONG.keys())
def test_long_cells_are_read_in_time(cell: str) -> None:
    """A pattern that looks at each character again and again would take minutes here."""
    for header in ("time,speaker,text", "start,end,text", "ResponseId,a,Why did you come?"):
        read(f"{header}\n{cell},{cell},{cell}\n{cell},{cell},{cell}\n" * 2)
    read(f"{cell},{cell}\n")


WORDS = st.text(alphabet=st.sampled_from("ab Zé,;|\"\n\t'=+-@.?!#()"), max_size=20)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["I", "R", "Anna"]), WORDS), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_turns_are_the_cells_trimmed(rows: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("speaker", "text"), *rows])
    transcripts, problems = read(out.getvalue())
    expected = [(speaker, words.strip(), None) for speaker, words in rows if words.strip()]
    assert [one for t in transcripts for one in said(t)] == expected, problems


NAMES = "time start end speaker text document code id ResponseId label question Answer".split()
SIGNS = [",", ";", "\t", "|", "\n", '"', '""', "sep=;\n", "0:01", "1,5", "2024-01-01", "I", "R"]
CELLS = ["&amp;", "<br>", "Hello there, you.", '{"ImportId":"QID1_TEXT"}', "x"]
PIECES = st.sampled_from([*NAMES, *SIGNS, *CELLS])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([".csv", ".tsv", ".txt", ""]))
def test_any_table_gives_transcripts_or_problems(text: str, suffix: str) -> None:
    transcripts, problems = read(text, suffix)
    assert transcripts or problems
    assert len({one.id for one in transcripts}) == len(transcripts)
    for one in transcripts:
        end = 0
        for turn in one.turns:
            assert end <= turn.span.start <= turn.span.end <= len(one.text)
            end = turn.span.end
    assert read(text, suffix) == (transcripts, problems)
