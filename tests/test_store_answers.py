"""Answers about labels: what follows from them, and how they come into a study.yaml."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.errors import UsageError
from thematic.model.study import Speakers, Study
from thematic.store.answers import Answer, answers_yaml, settled, with_answers
from thematic.store.study import read_study, write_study
from thematic.store.study_text import study_text_with


def merge(label: str, into: str, id: str = "") -> Answer:
    return Answer(label, into=into, transcript=id)


def role(label: str, role: str, id: str = "") -> Answer:
    return Answer(label, role=role, transcript=id)


DECLARED = Speakers(interviewer=("Int",), merge=(("Particpant", "Participant"),))

SETTLED = [
    pytest.param([merge("a", "B")], [merge("a", "B")], id="new"),
    pytest.param([role("INT:", "interviewer")], [], id="a-role-it-has"),
    pytest.param([merge("particpant", "PARTICIPANT")], [], id="a-merge-that-stands"),
    pytest.param([merge("a", "participant")], [merge("a", "Participant")], id="spelt-as-declared"),
    pytest.param([merge("a", "Particpant")], [merge("a", "Participant")], id="led-on"),
    pytest.param(
        [merge("Ana", "Anna"), merge("Anna", "Anna K")],
        [merge("Ana", "Anna K"), merge("Anna", "Anna K")],
        id="led-on-by-a-later-one",
    ),
    pytest.param(
        [merge("a", "B"), merge("a", "B"), merge("a", "C", "E1")],
        [merge("a", "B"), merge("a", "C", "E1")],
        id="each-once-and-transcripts-apart",
    ),
    pytest.param([merge("B :", "b")], [merge("B :", "b")], id="a-spelling"),
]


@pytest.mark.parametrize(("given", "kept"), SETTLED)
def test_answers_are_settled(given: list[Answer], kept: list[Answer]) -> None:
    assert settled(given, DECLARED) == kept


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param([role("int", "other")], "declared interviewer already", id="another-role"),
        pytest.param([merge("Particpant", "P")], "merged into 'Participant' already", id="merged"),
        pytest.param([merge("Participant", "P")], "other labels are merged into", id="a-target"),
        pytest.param([merge("a", "a")], "into itself", id="itself"),
        pytest.param([role("x", "other"), role("X", "respondent")], "declared other", id="both"),
    ],
)
def test_answers_that_contradict_are_refused(given: list[Answer], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        settled(given, DECLARED)


ANSWERS = [
    merge("Particpant", "Participant"),
    role("Speaker 1", "interviewer", "E01"),
    merge("M. P:", "MS. P", "w/E 2"),
    role("no", "other"),
    merge("Partcipant", "Participant"),
]
TEXTS = [
    pytest.param("", id="empty"),
    pytest.param("# a remark\n", id="a-remark"),
    pytest.param("study: x\n# the end\n", id="no-speakers"),
    pytest.param("study: x", id="no-last-line-end"),
    pytest.param(write_study(Study("x", codebook="b.yaml")), id="as-init-writes-it"),
    pytest.param(write_study(Study("x", speakers=Speakers(("S 9",)))), id="as-init-with-roles"),
    pytest.param("study: x\nspeakers: {other: [A, B]}   # who\nunit: turn\n", id="braces"),
    pytest.param("speakers: {}\nstudy: y\n", id="empty-braces"),
    pytest.param("speakers:   # who\n  # nothing yet\nstudy: y\n", id="blank"),
    pytest.param(
        "speakers:\n  interviewer:   # me\n    - A  # a\n    - B\n  other: C\n  merge:\n"
        "    Participant: Pp   # old\n\n  # remark\n  transcripts:\n    E01:\n"
        "      merge: {X: [y]}\n\n# end\nunit: turn\n",
        id="blocks",
    ),
    pytest.param("speakers:\n  interviewer:\n  - A\n  other: [C,]\nunit: turn\n", id="flush-list"),
    pytest.param("speakers:\n  other:\n  merge:\n    Participant:\nunit: turn\n", id="blank-lists"),
    pytest.param("study: x\r\nspeakers:\r\n  other: [C]\r\nunit: turn\r\n", id="windows"),
    pytest.param('{"study": "x", "speakers": {"interviewer": ["A"]}}\n', id="json"),
    pytest.param("\ufeffstudy: x\nspeakers: {other: [C]}\n", id="byte-order-mark"),
    pytest.param("speakers: {interviewer: [A,\n    B], # ok\n  other: [C]\n  }\n", id="over-lines"),
    pytest.param("note: |\n  hello\n  speakers: no\n\n", id="a-text-that-looks-so"),
    pytest.param("note: |\n  hello\n# speakers: {}\nstudy: x\n", id="below-the-remark"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_answers_are_put_into_the_text(text: str) -> None:
    before = read_study(text)[0]
    assert before is not None
    changed = study_text_with(text, settled(ANSWERS, before.speakers))
    assert changed is not None
    after, problems = read_study(changed)
    assert after is not None
    assert [p for p in problems if p not in read_study(text)[1]] == []
    merges = dict(after.speakers.merge)
    assert merges["Particpant"] == merges["Partcipant"] == "Participant"
    assert "no" in after.speakers.other
    own = dict(after.speakers.transcripts)
    assert "Speaker 1" in own["E01"].interviewer
    assert ("M. P:", "MS. P") in own["w/E 2"].merge


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_else_changes(text: str) -> None:
    """What the user wrote is there still, sign by sign and in order."""
    before = read_study(text)[0]
    assert before is not None
    changed = study_text_with(text, settled(ANSWERS, before.speakers)) or ""
    signs = iter(changed)
    assert all(sign in signs for sign in text)
    assert changed.count("\r\n") == (changed.count("\n") if "\r\n" in text else 0)
    remarks = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in changed.splitlines() if line in remarks] == remarks


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("study: x\n...\n", id="an-end-mark"),
        pytest.param("speakers: ~\n", id="a-null"),
        pytest.param("speakers: &s {other: [C]}\nconsent: *s\n", id="faults"),
        pytest.param(
            "show_attributes: &a [C]\nspeakers: {interviewer: *a}\n", id="a-list-used-elsewhere"
        ),
    ],
)
def test_what_is_not_edited_safely_is_not_edited(text: str) -> None:
    assert study_text_with(text, [role("a", "interviewer")]) is None


LABEL = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(LABEL.map(str.strip).filter(bool), min_size=1, max_size=3), st.booleans())
def test_any_label_can_be_written(labels: list[str], braces: bool) -> None:
    text = "speakers: {other: [C]}\n" if braces else "speakers:\n  other: [C]\n"
    before = read_study(text)[0]
    assert before is not None
    try:
        kept = settled([role(f"x{label}", "interviewer") for label in labels], before.speakers)
        kept += settled([merge(f"y{label}", f"z{label}", label) for label in labels], Speakers())
    except UsageError:
        return
    changed = study_text_with(text, kept)
    assert changed is not None
    after = read_study(changed)[0]
    assert after is not None
    wanted = with_answers(before.speakers, kept)
    assert set(after.speakers.interviewer) == set(wanted.interviewer)
    assert dict(after.speakers.transcripts) == dict(wanted.transcripts)


def test_lines_to_paste_are_a_study() -> None:
    study, problems = read_study(answers_yaml(ANSWERS))
    assert problems == []
    assert study is not None
    assert study.speakers == with_answers(Speakers(), ANSWERS)
