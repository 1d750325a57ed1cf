"""study.yaml: what it means, its faults with their lines, and the file `init` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.errors import Severity
from thematic.model.study import Consent, Speakers, Status, Study
from thematic.store.study import read_study, read_study_file, write_study

DEMONSTRATION = """\
study: jihad-networks
title: Relations of the Taliban
status: invented
codebook: jihad-networks
transcripts: .
attributes: attributes.csv
expected: {interview: 20, publication: 4}
speakers: {interviewer: ["id1", "SPEAKER_00", "Speaker 1"]}
show_attributes: [profession]
"""


def read(text: str) -> Study:
    study, problems = read_study(text, "folder")
    assert problems == []
    assert study is not None
    return study


def test_a_study_is_read() -> None:
    assert read(DEMONSTRATION) == Study(
        name="jihad-networks",
        title="Relations of the Taliban",
        status=Status.INVENTED,
        codebook="jihad-networks",
        transcripts=(".",),
        attributes="attributes.csv",
        expected={"interview": 20, "publication": 4},
        speakers=Speakers(interviewer=("id1", "SPEAKER_00", "Speaker 1")),
        show_attributes=("profession",),
    )


FIELDS = [
    pytest.param("expected: 20", {"expected": {"interview": 20}}, id="a number is interviews"),
    pytest.param("expected: {interview: 0}", {"expected": {"interview": 0}}, id="none expected"),
    pytest.param("transcripts: [a, b/c.txt]", {"transcripts": ("a", "b/c.txt")}, id="paths"),
    pytest.param("unit: turn", {"unit": "turn"}, id="unit"),
    pytest.param("consent: role only", {"consent": Consent.ROLE_ONLY}, id="consent"),
    pytest.param("consent: no quotation", {"consent": Consent.NO_QUOTATION}, id="no quotation"),
    pytest.param("status: real", {"status": Status.REAL}, id="status"),
    pytest.param("show_attributes: region", {"show_attributes": ("region",)}, id="one attribute"),
    pytest.param("title: 007", {"title": "007"}, id="as written"),
    pytest.param("study: no", {"name": "no"}, id="a study called no"),
    pytest.param("note: {any: [thing]}", {}, id="a note"),
    pytest.param(
        "speakers: {respondent: R, other: [Interpreter], exclude: []}",
        {"speakers": Speakers(respondent=("R",), other=("Interpreter",), exclude=())},
        id="speakers",
    ),
    pytest.param(
        'speakers: {merge: {Participant: [Particpant, "Participant :"], "MS. P": M. P}}',
        {
            "speakers": Speakers(
                merge=(
                    ("Particpant", "Participant"),
                    ("Participant :", "Participant"),
                    ("M. P", "MS. P"),
                )
            )
        },
        id="merges",
    ),
    pytest.param(
        "speakers:\n  transcripts:\n    E01: {interviewer: Speaker 1, merge: {A: [B]}}\n    02: {}\n",
        {
            "speakers": Speakers(
                transcripts=(
                    ("E01", Speakers(interviewer=("Speaker 1",), merge=(("B", "A"),))),
                    ("02", Speakers()),
                )
            )
        },
        id="settings of single transcripts",
    ),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS)
def test_each_field_is_read(text: str, fields: dict[str, object]) -> None:
    assert read(text) == Study(**{"name": "folder", "expected": {}, **fields})  # type: ignore[arg-type]


FAULTS = [
    pytest.param("titel: x", 1, "unknown field 'titel'", "did you mean 'title'?", id="unknown"),
    pytest.param("study: x\nfoo_bar: y", 2, "unknown field 'foo_bar'", "fields are", id="no guess"),
    pytest.param("study: x\nstatus: fake", 2, "status is 'fake'", "status: real", id="status"),
    pytest.param("unit: word", 1, "unit is 'word'", "unit: sentence", id="unit"),
    pytest.param("consent: anonym", 1, "consent is 'anonym'", "role only", id="consent"),
    pytest.param("consent: role_only", 1, "consent is", "did you mean 'role only'?", id="guess"),
    pytest.param("expected: many", 1, "expected is 'many'", "expected: 20", id="expected"),
    pytest.param("expected: [1]", 1, "expected should be a whole", "expected: 20", id="list"),
    pytest.param("expected:\n  interview: x", 2, "expected interview is 'x'", "20", id="kind"),
    pytest.param("expected: {'': 3}", 1, "a kind of transcript without", "20", id="nameless kind"),
    pytest.param("speakers: [x]", 1, "speakers should hold roles", "Speaker 1", id="speakers"),
    pytest.param("speakers: {host: x}", 1, "unknown field 'host'", "the fields are", id="role"),
    pytest.param(
        "speakers:\n  interviewer: [Q]\n  other: [q]", 3, "'q' is both", "one", id="two roles"
    ),
    pytest.param(
        "speakers:\n  interviewer: [Q1]\n  other: ['q 1 :']", 3, "'q 1 :' is both", "one",
        id="two roles, normalised"
    ),
    pytest.param("speakers: {merge: [a]}", 1, "merge should hold labels", "merge: {", id="merges"),
    pytest.param("speakers: {merge: {a: {b: c}}}", 1, "looks like a text with", "quotes", id="map"),
    pytest.param("speakers: {merge: {'': [a]}}", 1, "without a name", "merge: {", id="no name"),
    pytest.param(
        "speakers:\n  merge:\n    A: [x]\n    B: ['X:']", 4, "merged into 'A' and 'B'", "one of",
        id="into two"
    ),
    pytest.param("speakers: {merge: {A: [A]}}", 1, "merged into itself", "leave", id="itself"),
    pytest.param(
        "speakers:\n  merge:\n    B: [a]\n    C: [b]", 3, "'a' is merged into 'B', which", "'C'",
        id="chain"
    ),
    pytest.param(
        "speakers:\n  transcripts: E01", 2, "transcripts should hold IDs", "E01", id="no IDs"
    ),
    pytest.param(
        "speakers:\n  transcripts:\n    E01: [x]", 3, "the speakers of 'E01' should", "E01",
        id="no roles"
    ),
    pytest.param(
        "speakers:\n  transcripts:\n    E01:\n      exclude: [x]", 4, "unknown field 'exclude'",
        "the fields are", id="exclude for one"
    ),
    pytest.param(
        "speakers:\n  transcripts:\n    E01:\n      merge: {A: [A]}", 4, "into itself", "leave",
        id="itself, in one transcript"
    ),
    pytest.param("title: [x]", 1, "title should be one text", "without brackets", id="a list"),
    pytest.param("transcripts: [{a: b}]", 1, "looks like a text with", "quotes", id="colon"),
    pytest.param("title: Taliban: friends", 1, "a text holds a colon", "quotes", id="colon, bare"),
    pytest.param("study: x\n\ttitle: y", 2, "a tab is used", "blanks", id="tab"),
    pytest.param("title: x\ntitle: y", 2, "'title' stands twice", "join", id="twice"),
    pytest.param("- x", 1, "holds no names with values", "study: name", id="a list for all"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "hint"), FAULTS)
def test_each_fault_has_its_line_and_a_hint(text: str, line: int, message: str, hint: str) -> None:
    problems = read_study(text)[1]

    assert [(problem.line, problem.severity) for problem in problems] == [(line, Severity.ERROR)]
    assert message in problems[0].message
    assert hint in problems[0].hint


def test_all_faults_are_told_in_one_pass() -> None:
    text = "titel: a: b\nstatus: fake\nexpected: x\nspeakers: {hosts: [y]}\nunit: [turn]\n"

    assert [problem.line for problem in read_study(text)[1]] == [1, 2, 3, 4, 5, 5]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("", 1, id="empty"),
        pytest.param("speakers: {exclude: }", 1, id="exclude left out"),
        pytest.param("speakers:\n  merge:\n    A:\n", 3, id="nothing merged"),
    ],
)
def test_what_may_be_meant_otherwise_is_a_warning(text: str, line: int) -> None:
    study, problems = read_study(text)

    assert study is not None
    assert [(problem.line, problem.severity) for problem in problems] == [(line, Severity.WARNING)]


def test_doubtful_consent_is_no_consent() -> None:
    study, _problems = read_study("consent: perhaps")

    assert study is not None
    assert study.consent is Consent.NO_QUOTATION


def test_a_file_is_named_after_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "interviews" / "study.yaml"
    path.parent.mkdir()
    path.write_text("title: x\nstatus: y\n", encoding="utf-8")
    study, problems = read_study_file(path)

    assert study is not None
    assert study.name == "interviews"
    assert [(problem.file, problem.line) for problem in problems] == [(str(path), 2)]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    study, problems = read_study_file(tmp_path / "study.yaml")

    assert study is None
    assert problems[0].message == "there is no such study file"


WRITTEN = [
    pytest.param(Study(name="x"), id="defaults"),
    pytest.param(read_study(DEMONSTRATION)[0], id="the demonstration"),
    pytest.param(
        Study(
            name="a: b",
            title='"quoted" # no remark: {x}',
            status=Status.REAL,
            codebook="C:\\books\\my book.yaml",
            transcripts=("- a", "*b", "[c], d"),
            attributes="@file.csv",
            expected={"focus group": 3, "1": 1},
            unit="turn",
            consent=Consent.BACKGROUND,
            speakers=Speakers(
                ("Q:", "no"),
                (),
                ("\u00c9lise, interpreter",),
                (),
                (("a: b", "[c]"), ("d", "[c]")),
                (("w/E 1", Speakers(respondent=("x",), merge=(("#", "'"),))), ("2", Speakers())),
            ),
            show_attributes=("year of birth",),
        ),
        id="everything, with signs YAML keeps for itself",
    ),
]


@pytest.mark.parametrize("study", WRITTEN)
def test_what_is_written_reads_back_the_same(study: Study) -> None:
    text = write_study(study)

    assert read(text) == study
    assert text.count("#") >= 8, "the file explains itself"


SETTABLE = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufeff"), min_size=1, max_size=20
)
LABELS = st.lists(SETTABLE.filter(lambda text: bool(text.strip())).map(str.strip), max_size=3)


@settings(max_examples=300, deadline=None)
@given(SETTABLE, LABELS)
def test_any_words_can_be_written(title: str, labels: list[str]) -> None:
    study = Study(name="x", title=title.strip(), expected={}, transcripts=tuple(labels))

    assert read(write_study(study)) == study


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_no_text_is_too_much(text: str) -> None:
    study, problems = read_study(text)

    assert study is not None or problems
