"""Markdown: attributes, marks that go, lines that stay."""

import pytest

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers import read_text


def read(text: str) -> tuple[Transcript, list[Problem]]:
    transcript, problems = read_text(text, id="x", suffix=".md")
    assert transcript is not None
    return transcript, problems


def said(text: str) -> list[tuple[str, str]]:
    transcript, _ = read(text)
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


INLINE = {
    "bold": ("a **b** c", "a b c"),
    "bold-italic": ("a ***b*** c", "a b c"),
    "nested": ("*a **b** c*", "a b c"),
    "low-lines": ("a __b__ _c_", "a b c"),
    "code": ("a `b*c*` d", "a b*c* d"),
    "over-two-lines": ("*a\nb* c", "a\nb c"),
    "entities": ("&quot;I&#39;m&quot; R&amp;D", '"I\'m" R&D'),
    "no-entity": ("R&D; AT&T", "R&D; AT&T"),
    "escapes": (r"\[laughs\] \*a\* \_b\_", "[laughs] *a* _b_"),
    "product": ("2 * 3 * 4 and 2*3*4", "2 * 3 * 4 and 2*3*4"),
    "snake": ("the snake_case_name here", "the snake_case_name here"),
    "lone-marks": ("5* and _ and ** here", "5* and _ and ** here"),
    "name-in-low-lines": ("the _Taliban_ said", "the Taliban said"),
}


@pytest.mark.parametrize(("text", "expected"), INLINE.values(), ids=INLINE.keys())
def test_inline_marks(text: str, expected: str) -> None:
    assert read(text)[0].text == expected


def test_the_number_of_lines_stays() -> None:
    text = (
        "---\nkind: interview\n---\n# Title\n\n**A:** *x\ny*\n\n***\n\n**B:** `z\nz` &amp;\n\n> q\n"
    )
    transcript, _ = read(text)
    assert transcript.text.count("\n") == text.count("\n")
    assert [transcript.line(turn.span.start) for turn in transcript.turns] == [6, 11]


LABELS = {
    "colon-in-bold": ("**Anna:** Hello.\n\n**Ben:** Hi.", [("Anna", "Hello."), ("Ben", "Hi.")]),
    "colon-after-bold": ("**Anna**: Hello.\n\n**Ben**: Hi.", [("Anna", "Hello."), ("Ben", "Hi.")]),
    "with-digits": ("**Person_121:** Hello.", [("Person_121", "Hello.")]),
    "plain": (
        "Interviewer: Hello.\n\nE09: Hi.\n\nE09: So.",
        [("Interviewer", "Hello."), ("E09", "Hi."), ("E09", "So.")],
    ),
    "italic-needs-evidence": ("*Anna:* Hello.", [("", "Anna: Hello.")]),
    "bold-note-is-none": ("**Note:** Hello.", [("", "Note: Hello.")]),
    "bold-word-in-prose": (
        "It was **not this: that** at all.",
        [("", "It was not this: that at all.")],
    ),
    "two-paragraphs": (
        "**Anna:** One.\n\nTwo.\n\n**Ben:** Hi.",
        [("Anna", "One.\n\nTwo."), ("Ben", "Hi.")],
    ),
    "text-at-once": ("**Anna:**...well.\n\n**Ben:** Hi.", [("Anna", "...well."), ("Ben", "Hi.")]),
    "rule-at-the-end": (
        "**Anna:** One.\n\n---\n\n## Part 2\n\n**Ben:** Hi.",
        [("Anna", "One."), ("Ben", "Hi.")],
    ),
    "headings-and-code-above": (
        "# Title\n## `0af`\n`Mr. X — 2010`\n\n---\n\nMr. KIRK. Mr. Speaker, yes.",
        [("Mr. KIRK", "Mr. Speaker, yes.")],
    ),
    "headings-without-labels": (
        "# Title\n\nKabul, May 2020\n\nIt was a long day for us.\n\nEnd",
        [("", "Kabul, May 2020"), ("", "It was a long day for us."), ("", "End")],
    ),
    "short-lines-below-a-heading": (
        "# Title\n\nDonors paid us in Kabul\n\nMore donors here.",
        [("", "Donors paid us in Kabul"), ("", "More donors here.")],
    ),
    "code-and-pairs-without-labels": (
        "# Title\n## `0af`\n`Mr. X — 2010`\n\n---\n\nDate: 3 May\nPlace: Kabul\n\nDonors paid",
        [("", "Donors paid")],
    ),
    "short-lines-above-the-first-label": (
        "# Title\n\nKabul, May 2020\n\n**Anna:** One.\n\n**Ben:** Hi.",
        [("Anna", "One."), ("Ben", "Hi.")],
    ),
    "metadata": (
        "**Date:** 3 May\n**Interviewer:** Jane Doe\n\n**I:** Hello.\n\n**R:** Hi.",
        [("I", "Hello."), ("R", "Hi.")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LABELS.values(), ids=LABELS.keys())
def test_labels(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_a_heading_inside_a_turn_is_a_gap() -> None:
    transcript, _ = read("**Anna:** One.\n\n## Part 2\n\nTwo.\n\n**Ben:** Hi.")
    gaps = transcript.turns[0].gaps
    assert [transcript.text[gap.start : gap.end] for gap in gaps] == ["## Part 2"]


def test_front_matter() -> None:
    text = (
        "---\nKind: interview\ncase: no\ndate: 2021-07-08\n"
        "id: 007\ntags: [a, b]\nempty:\n---\nHello."
    )
    transcript, problems = read(text)
    assert problems == []
    assert transcript.attributes == {
        "kind": "interview",
        "case": "no",
        "date": "2021-07-08",
        "id": "007",
        "tags": "a; b",
        "empty": "",
    }
    assert said(text) == [("", "Hello.")]
    assert transcript.line(transcript.turns[0].span.start) == 9


@pytest.mark.parametrize(
    ("front", "line", "severity"),
    [
        ("a: b\nc: [", 3, Severity.ERROR),
        ("a: b: c", 2, Severity.ERROR),
        ("a: 1\na: 2", 3, Severity.WARNING),
        ("a: {b: c}", 2, Severity.WARNING),
    ],
    ids=["open-list", "two-colons", "twice", "nested"],
)
def test_faulty_front_matter_is_a_problem_with_its_line(
    front: str, line: int, severity: Severity
) -> None:
    transcript, problems = read(f"---\n{front}\n---\n\n**A:** Hello.")
    assert [(p.line, p.severity) for p in problems] == [(line, severity)]
    assert [turn.speaker for turn in transcript.turns] == ["A"]


@pytest.mark.parametrize("text", ["---\nHello there.\n---\nMore.", "---\nHello there."])
def test_rules_are_no_front_matter(text: str) -> None:
    transcript, problems = read(text)
    assert problems == []
    assert transcript.attributes == {}
    assert said(text)[0] == ("", "Hello there.")
