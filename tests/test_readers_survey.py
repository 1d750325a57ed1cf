"""Survey answers: one respondent a row, as the programs export them and as users say."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.errors import Problem, Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript
from thematic.readers import ReadOptions, read_all, read_bytes

Said = list[tuple[str, str]]


def table(*rows: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def read(
    data: bytes, suffix: str = ".csv", **options: Any
) -> tuple[dict[str, Transcript], list[Problem]]:
    given = ReadOptions(**options)
    transcripts, problems = read_all(data, id="s", suffix=suffix, options=given)
    assert len({one.id for one in transcripts}) == len(transcripts)
    return {one.id: one for one in transcripts}, problems


def said(transcript: Transcript) -> Said:
    return [
        (turn.speaker, transcript.text[turn.span.start : turn.span.end])
        for turn in transcript.turns
    ]


def answers(found: dict[str, Transcript]) -> dict[str, list[str]]:
    return {
        id: [words for speaker, words in said(one) if speaker != "Question"]
        for id, one in found.items()
    }


def messages(problems: Sequence[Problem]) -> list[str]:
    return [f"{p.severity} {p.line} {p.message}" for p in problems]


IMPORTS = ("startDate", "ipAddress", "_recordId", "QID1", "QID2_TEXT", "QID3_4_TEXT")
QUALTRICS = table(
    ["StartDate", "IPAddress", "ResponseId", "Q1", "Q2", "Q3_4_TEXT"],
    ["Start Date", "IP Address", "Response ID", "Age", "What did you like here?", "Which? - Text"],
    [json.dumps({"ImportId": one}, separators=(",", ":")) for one in IMPORTS],
    ["2024-01-01 10:00:00", "1.2.3.4", "R_1", "34", "The tea.\n\nAnd the people.", ""],
    ["2024-01-02 10:00:00", "1.2.3.5", "R_2", "54", "", "Pen"],
    ["2024-01-02 10:00:00", "1.2.3.5", "R_3", "54", " ", ""],
)


def test_one_respondent_as_a_transcript() -> None:
    found, problems = read(QUALTRICS)
    first = found["s/R_1"]
    assert first.text == "Question: What did you like here?\n\nR_1: The tea.\n\nAnd the people."
    assert [turn.role for turn in first.turns] == [Role.INTERVIEWER, Role.RESPONDENT]
    assert (first.kind, first.case, first.format) == ("survey", "s/R_1", "csv")
    assert first.attributes == {
        "startdate": "2024-01-01 10:00:00",
        "ipaddress": "1.2.3.4",
        "q1": "34",
        "kind": "survey",
    }
    assert messages(problems) == [
        "note 1 read as a survey, one respondent a row: answers are in 'Q2', 'Q3_4_TEXT'; the ID "
        "is in 'ResponseId'; other columns are attributes",
        "note 1 columns that tell who somebody is: IPAddress",
        "note 8 respondents without an answer are left out: 1",
    ]


PROGRAMS = {
    "qualtrics": (QUALTRICS, {"s/R_1": ["The tea.\n\nAnd the people."], "s/R_2": ["Pen"]}),
    "qualtrics-excel": (
        table(
            ["StartDate", "EndDate", "ResponseId", "Q1"],
            ["Start Date", "End Date", "Response ID", "What did you think of it?"],
            ["2024-01-01", "2024-01-01", "R_1", "It was all fine with me"],
        ),
        {"s/R_1": ["It was all fine with me"]},
    ),
    "surveymonkey": (
        table(
            [
                "Respondent ID",
                "Collector ID",
                "What did you like?",
                "Which fruit?",
                "",
                "And else?",
            ],
            ["", "", "Open-Ended Response", "Apple", "Pear", "Open-Ended Response"],
            ["118", "9", "Tea", "Apple", "", "No"],
            ["119", "9", "", "", "Pear", "Nothing"],
        ),
        {"s/118": ["Tea", "No"], "s/119": ["Nothing"]},
    ),
    "limesurvey": (
        table(
            ["Response ID", "Date submitted", "Last page", "Why did you come here?", "Age"],
            ["1", "2024-01-01 10:00:00", "2", "Because I wanted to see it", "22"],
            ["2", "2024-01-01 11:00:00", "2", "I was sent, alas, by my boss", "23"],
        ),
        {"s/1": ["Because I wanted to see it"], "s/2": ["I was sent, alas, by my boss"]},
    ),
    "sosci": (
        table(
            ["CASE", "QUESTNNR", "STARTED", "A101_01", "FINISHED"],
            ["Interview-Nummer", "Fragebogen", "Zeitpunkt", "Offene Frage: Warum?", "Fertig"],
            ["12", "base", "2024-01-01 10:00:00", "Weil ich es so wollte und nicht anders", "1"],
            ["13", "base", "2024-01-01 10:00:00", "Das weiß ich leider wirklich nicht", "1"],
        ),
        {
            "s/12": ["Weil ich es so wollte und nicht anders"],
            "s/13": ["Das weiß ich leider wirklich nicht"],
        },
    ),
    "google-forms": (
        table(
            ["Timestamp", "Email Address", "How old are you now?", "What did you like about tea?"],
            ["2024/01/15 3:45:12 PM GMT+1", "a@b.org", "33", "The taste and the smell of it"],
            ["2024/01/16 3:45:12 PM GMT+1", "c@b.org", "43", "Nothing at all, I am afraid"],
        ),
        {
            "s/row 2": ["The taste and the smell of it"],
            "s/row 3": ["Nothing at all, I am afraid"],
        },
    ),
    "microsoft-forms": (
        table(
            ["ID", "Start time", "Completion time", "Email", "Name", "What do you think of it?"],
            ["1", "1/15/24 10:00:00", "1/15/24 10:05:00", "anonymous", "", "It was good for me"],
            ["2", "1/15/24 10:00:00", "1/15/24 10:05:00", "anonymous", "", "Bad, and too slow"],
        ),
        {"s/1": ["It was good for me"], "s/2": ["Bad, and too slow"]},
    ),
    "own-table": (
        table(
            ["Participant ID", "Age", "Response"],
            ["P1", "33", "Yes, we did that"],
            ["P2", "34", "No"],
        ),
        {"s/P1": ["Yes, we did that"], "s/P2": ["No"]},
    ),
    "a-whole-interview-in-each-row": (
        table(
            ["id", "transcript"],
            ["A", "Interviewer: Hello?\nParticipant: Hi.\nInterviewer: So?\nParticipant: Well."],
            ["B", "Interviewer: Hello?\nParticipant: No."],
        ),
        {"s/A": ["Hello?", "Hi.", "So?", "Well."], "s/B": ["Hello?", "No."]},
    ),
}


@pytest.mark.parametrize(("data", "expected"), PROGRAMS.values(), ids=PROGRAMS.keys())
def test_programs(data: bytes, expected: dict[str, list[str]]) -> None:
    found, problems = read(data)
    assert answers(found) == expected
    assert {problem.severity for problem in problems} == {Severity.NOTE}
    assert "read as a survey" in problems[0].message


CONVERSATIONS = {
    "speakers": table(["participant id", "speaker", "text"], ["1", "I", "Hello"], ["2", "R", "Hi"]),
    "times": table(["respondent", "time", "text"], ["A", "0:01", "Hello"], ["B", "0:05", "Hi"]),
    "numbered-rows": table(["id", "text"], ["1", "Hello there"], ["2", "Hi to you"]),
    "an-interviewer": table(["participant", "text"], ["Interviewer", "So?"], ["P1", "Hi"]),
    "people-who-speak-again": table(["participant", "text"], ["A", "x"], ["B", "y"], ["A", "z"]),
    "codes": table(["id", "code", "text"], ["7", "tea", "Hello"], ["9", "tea", "Hi"]),
}


@pytest.mark.parametrize("data", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
def test_tables_of_turns_are_no_surveys(data: bytes) -> None:
    found, _ = read(data)
    assert list(found) == ["s"]


CHOSEN = table(
    ["Nr", "Name", "What did you like, and why?", "short", "kind", ""],
    ["7", "Anna", "Tea", "Yes", "", "x"],
    ["9", "Ben", "", "No", "letter", ""],
)


def test_columns_that_the_user_names() -> None:
    found, problems = read(
        CHOSEN, text_columns=("SHORT", "What did you like, and why?"), id_column="nr"
    )
    assert said(found["s/7"]) == [
        ("7", "Yes"),
        ("Question", "What did you like, and why?"),
        ("7", "Tea"),
    ]
    assert found["s/7"].attributes == {"name": "Anna", "kind": "survey", "column 6": "x"}
    assert (found["s/9"].kind, said(found["s/9"])) == ("letter", [("9", "No")])
    assert messages(problems) == ["note 1 columns that tell who somebody is: Name"]


def test_questions_that_are_not_taken_are_told() -> None:
    found, problems = read(
        table(
            ["Participant ID", "Why did you come?", "And what else?"],
            ["A", "I came for the tea and cake", "No"],
            ["B", "I do not remember that now", "Yes"],
        )
    )
    assert found["s/A"].attributes["and what else?"] == "No"
    assert (
        messages(problems)[1]
        == "note 1 questions with short answers are attributes: 'And what else?'"
    )


def test_one_column_called_like_a_question_makes_a_survey() -> None:
    data = table(["Age", "Why so?"], ["33", "Tea"], ["44", "Fun"])
    found, problems = read(data)
    assert found == {}
    assert '--column text="Why so?"' in problems[0].hint
    found, _ = read(data, text_columns=("Why so?",))
    assert answers(found) == {"s/row 2": ["Tea"], "s/row 3": ["Fun"]}


def test_a_question_below_the_header_names_its_column_too() -> None:
    found, _ = read(QUALTRICS, text_columns=("What did you like here?",))
    assert answers(found) == {"s/R_1": ["The tea.\n\nAnd the people."]}


def test_without_an_id_column_the_rows_are_numbered() -> None:
    data = b"Tea survey\n\na,b\nx,y\n,\nz,\n"
    found, problems = read(data, text_columns=("a", "b"))
    assert answers(found) == {"s/row 3": ["x", "y"], "s/row 4": ["z"]}
    assert messages(problems) == [
        "note 3 the header is this row; the row above it is left out: Tea survey"
    ]


IDS = {
    "plain": ("R12", "s/R12"),
    "composed": ("Zoe\u0308", "s/Zoë"),
    "path": ("../../etc/x", "s/..-..-etc-x"),
    "windows-path": ("a\\b", "s/a-b"),
    "lines-and-controls": ("a\nb\x07\u200b c", "s/a b c"),
    "empty": (" ", "s/row 2"),
    "only-dots": ("..", "s/row 2"),
    "interviewer": ("I", "s/I"),
    "address": ("a@b.org", "s/a@b.org"),
}


@pytest.mark.parametrize(("written", "id"), IDS.values(), ids=IDS.keys())
def test_ids(written: str, id: str) -> None:
    found, _ = read(table(["id", "a"], [written, "x"]), id_column="id", text_columns=("a",))
    assert list(found) == [id]
    assert [turn.role for turn in found[id].turns] == [Role.RESPONDENT]


def test_an_id_that_stands_twice_gets_its_row() -> None:
    data = table(["id", "a"], ["A", "x"], ["A", "y"], ["A (row 3)", "z"])
    found, problems = read(data, id_column="id", text_columns=("a",))
    assert list(found) == ["s/A", "s/A (row 3)", "s/A (row 3) (row 4)"]
    assert [problem.severity for problem in problems] == [Severity.WARNING]


def test_roles_that_the_user_gave_win() -> None:
    speakers = Speakers(interviewer=("A",))
    data = table(["id", "a"], ["A", "x"])
    found, _ = read(data, id_column="id", text_columns=("a",), speakers=speakers)
    assert [turn.role for turn in found["s/A"].turns] == [Role.INTERVIEWER]


UNCLEAR = {
    "no-talk": (
        table(["ResponseId", "Q1", "Q2"], ["R1", "yes", "4"], ["R2", "no", "5"]),
        {},
        "not clear which columns",
        '--column text="Q1" --column text="Q2" --column id="ResponseId"',
    ),
    "multiple-choice": (
        table(
            ["Response ID", "Date submitted", "Which of these tools do you use?"],
            ["1", "2024-01-01", "pen, paper, board"],
            ["2", "2024-01-01", "pen, paper"],
            ["3", "2024-01-01", "paper, board"],
        ),
        {},
        "not clear which columns",
        '--column text="Which of these tools do you use?" --column id="Response ID"',
    ),
    "no-such-id": (CHOSEN, {"id_column": "ID"}, "no column 'ID'", "the columns are: 'Nr'"),
    "no-such-text": (CHOSEN, {"text_columns": ("a", "b")}, "no column 'a'", "the columns are"),
    "no-answers": (
        table(["id", "a"], ["A", ""]),
        {"id_column": "id", "text_columns": ("a",)},
        "nobody answered in these columns: 'a'",
        "--column text=",
    ),
    "an-attribute-table": (
        table(["id", "age", "notes"], ["A", "3", "She came late and left again early"]),
        {},
        "no column holds the text",
        "--column text=NAME --column id=NAME",
    ),
}


@pytest.mark.parametrize(
    ("data", "options", "message", "hint"), UNCLEAR.values(), ids=UNCLEAR.keys()
)
def test_what_is_unclear_says_what_to_write(
    data: bytes, options: dict[str, Any], message: str, hint: str
) -> None:
    found, problems = read(data, **options)
    assert found == {}
    error = next(problem for problem in problems if problem.severity is Severity.ERROR)
    assert message in error.message
    assert hint in error.hint


def test_rows_with_too_many_cells_are_told() -> None:
    found, problems = read(b"id,a\nA,x, y\nB,z\n", id_column="id", text_columns=("a",))
    assert answers(found) == {"s/A": ["x"], "s/B": ["z"]}
    assert messages(problems) == [
        "error 2 rows with more cells than the header: 1; the last are left out"
    ]


def test_several_are_a_problem_where_one_is_asked_for() -> None:
    transcript, problems = read_bytes(QUALTRICS, id="s", suffix=".csv")
    assert transcript is None
    assert problems[-1].message == "this table holds 2 transcripts, and one is asked for"


CELLS = st.text(alphabet=st.sampled_from('ab Zé,;"\n\t?&</\\.I1\u200b'), max_size=12)
NAMES = st.sampled_from(["id", "text", "ResponseId", "Why did you come here?", "a", "", "speaker"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(NAMES, min_size=1, max_size=5),
    st.lists(st.lists(CELLS, max_size=6), max_size=6),
    st.booleans(),
)
def test_any_table_gives_transcripts_or_problems(
    names: list[str], rows: list[list[str]], chosen: bool
) -> None:
    options: dict[str, Any] = {"id_column": "id", "text_columns": ("a",)} if chosen else {}
    found, problems = read(table(names, *rows), **options)
    assert found or problems
    for one in found.values():
        for turn in one.turns:
            words = one.text[turn.span.start : turn.span.end]
            assert words == words.strip()
            assert len(turn.span) == len(words)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_answers_are_the_cells_trimmed(rows: list[tuple[str, str, str]]) -> None:
    rows = [tuple(cell.replace("&", "").replace("<", "") for cell in row) for row in rows]  # type: ignore[misc]
    data = table(["id", "a", "b"], *rows)
    found, _ = read(data, id_column="id", text_columns=("a", "b"))
    expected = [[cell.strip() for cell in row[1:] if cell.strip()] for row in rows]
    assert list(answers(found).values()) == [cells for cells in expected if cells]
