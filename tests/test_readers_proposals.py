"""Which labels are proposed to be one speaker's, and which never are."""

from __future__ import annotations

import pytest

from thematic.model.study import Speakers
from thematic.model.transcript import Role, Span, Transcript, Turn
from thematic.readers import read_text
from thematic.readers.speakers.proposals import proposals

Talk = dict[str, list[str]]  # ID -> labels in order


def transcripts(talk: Talk) -> list[Transcript]:
    return [
        Transcript(
            id,
            "words",
            tuple(Turn(n, Span(0, 5), label, Role.NONE) for n, label in enumerate(labels, 1)),
        )
        for id, labels in talk.items()
    ]


def asked(talk: Talk, speakers: Speakers | None = None) -> dict[str, tuple[str, str]]:
    found = proposals(transcripts(talk), speakers or Speakers())
    return {one.label: (one.into, one.confidence.value) for one in found}


def often(*labels: str, times: int = 10) -> list[str]:
    return [*labels] * times


PROPOSED = [
    pytest.param(
        {"E1": [*often("Jane Doe", "Mark Smith"), "Jane Deo"]},
        {"Jane Deo": ("Jane Doe", "likely")},
        id="a-short-surname-beside-the-same-first-name",
    ),
    pytest.param(
        {"E1": often("Q", "Participant"), "E2": often("Q", "Particpant")},
        {"Particpant": ("Participant", "sure")},
        id="a-role-word-mistyped-in-another-transcript",
    ),
    pytest.param(
        {"E1": often("I", "Particpant 2", "Ben")},
        {"Particpant 2": ("Participant 2", "sure")},
        id="a-role-word-that-nobody-has",
    ),
    pytest.param(
        {"E1": often("Q", "PARTICPANT"), "E2": ["Q", "Participant"]},
        {"PARTICPANT": ("Participant", "sure")},
        id="the-word-though-it-is-rarer",
    ),
    pytest.param(
        {"E1": [*often("Q", "BSR06"), "BSRO6"], "E2": often("Q", "BSR07")},
        {"BSRO6": ("BSR06", "sure")},
        id="o-for-zero",
    ),
    pytest.param(
        {"BSR06": often("Q", "BSRO6"), "w/BSR11_final": often("Q", "BSR1l")},
        {"BSRO6": ("BSR06", "sure"), "BSR1l": ("BSR11", "sure")},
        id="as-the-file-is-called",
    ),
    pytest.param(
        {"E1": [*often("Q", "MS. PSAKI"), "M. PSAKI"]},
        {"M. PSAKI": ("MS. PSAKI", "sure")},
        id="m-for-ms",
    ),
    pytest.param(
        {"E1": [*often("Q", "MR. KIRBY"), "MR KIRBY", "MR.KIRBY"]},
        {"MR KIRBY": ("MR. KIRBY", "sure"), "MR.KIRBY": ("MR. KIRBY", "sure")},
        id="points-and-blanks",
    ),
    pytest.param(
        {"E1": [*often("Q", "GENERAL TAYLOR"), "GEN. TAYLOR"]},
        {"GEN. TAYLOR": ("GENERAL TAYLOR", "likely")},
        id="a-title-shortened",
    ),
    pytest.param(
        {"E1": [*often("Q", "Anna Schmidt"), "Anna Schmitt"]},
        {"Anna Schmitt": ("Anna Schmidt", "sure")},
        id="a-name-mistyped-once",
    ),
    pytest.param(
        {"E1": [*often("Q", "Zoë Ek"), "Zoe Ek"]}, {"Zoe Ek": ("Zoë Ek", "sure")}, id="accents"
    ),
    pytest.param(
        {"E1": [*often("Q", "Anna Schmidt"), "Anna", "Ben Ek"]},
        {"Anna": ("Anna Schmidt", "likely")},
        id="a-first-name",
    ),
    pytest.param(
        {"E1": [*often("Q", "Khan"), "Dr. Khan"]}, {"Dr. Khan": ("Khan", "likely")}, id="a-title"
    ),
    pytest.param(
        {"E1": [*often("Q", "Dr. Khan"), "Ali Khan"]},
        {"Ali Khan": ("Dr. Khan", "likely")},
        id="the-rarer-name-is-proposed",
    ),
    pytest.param(
        {"E1": [*often("Q", "Anna Khan"), "AK"]}, {"AK": ("Anna Khan", "possible")}, id="initials"
    ),
    pytest.param(
        {"E1": often("Interviewer", "Ben"), "E2": ["Int", "Ben"]},
        {"Int": ("Interviewer", "possible")},
        id="a-short-form",
    ),
    pytest.param(
        {"E1": often("Interviewer", "B"), "E2": often("Interviewer", "C"), "E3": ["Interviewer1"]},
        {"Interviewer1": ("Interviewer", "possible")},
        id="the-only-number",
    ),
    pytest.param(
        {"E1": [*often("Interviewer", "Interviewee"), "Interviewe"]},
        {"Interviewe": ("", "")},
        id="a-slip-for-two-is-doubted",
    ),
    pytest.param(
        {"E1": [*often("Q", "Anna"), "Break", "Jingle", "MORE INFO"]},
        {"Break": ("", ""), "Jingle": ("", ""), "MORE INFO": ("", "")},
        id="no-people",
    ),
    pytest.param(
        {"E1": [*often("Q", "Anna"), "Ben went home and then he"]},
        {"Ben went home and then he": ("", "")},
        id="prose",
    ),
    pytest.param(
        {"E1": [*often("Interviewer", "Anna", times=12), "Ludwig"]},
        {"Ludwig": ("", "")},
        id="stands-once",
    ),
]
NEVER = [
    pytest.param({"E1": often("Participant 1", "Participant 2", "Participant 12")}, id="numbered"),
    pytest.param({"E1": often("P1", "P11", "P2")}, id="codes"),
    pytest.param({"E1": often("Speaker 1", "Speaker 2", "Speaker A", "Speaker B")}, id="speakers"),
    pytest.param({"E1": often("SPEAKER_00", "SPEAKER_01")}, id="diarised"),
    pytest.param({"E1": often("Mr. Smith", "Mrs. Smith", "Smith")}, id="two-smiths"),
    pytest.param({"E1": often("MR. PRICE", "MS. PRICE")}, id="titles"),
    pytest.param({"E1": often("M. Dupont", "Mme Dupont", "M. Blanc")}, id="french"),
    pytest.param({"E1": often("Interviewer", "Interviewee")}, id="asks-and-is-asked"),
    pytest.param({"E1": often("Trainer", "Trainee")}, id="trains-and-is-trained"),
    pytest.param({"E1": often("Student", "Students")}, id="plural"),
    pytest.param({"E1": often("Anna", "Anne", "Mark", "Marc", "Marta", "Maria")}, id="first-names"),
    pytest.param({"E1": often("I", "Hansen"), "E2": often("I", "Hanson")}, id="two-interviews"),
    pytest.param({"E1": often("PL1", "PL2", "P11", "P12")}, id="two-series"),
    pytest.param({"E1": often("I", "E1"), "E2": often("I", "E2"), "E11": often("I", "E11")}, id="ids"),
    pytest.param({"E1": often("Anna Khan", "Ali Khan", "Khan", "AK")}, id="two-of-a-name"),
    pytest.param({"E1": often("I", "Anna"), "E2": often("I", "Anna Schmidt")}, id="apart"),
    pytest.param({"E1": often("Man", "Men", "Woman", "Women", "Male", "Female")}, id="short-words"),
]  # fmt: skip


@pytest.mark.parametrize(("talk", "wanted"), PROPOSED)
def test_is_proposed(talk: Talk, wanted: dict[str, tuple[str, str]]) -> None:
    assert asked(talk) == wanted


@pytest.mark.parametrize("talk", NEVER)
def test_is_never_proposed(talk: Talk) -> None:
    assert asked(talk) == {}


def test_a_proposal_says_where_it_holds() -> None:
    talk = {
        "E2": often("I", "Particpant"),
        "E1": often("I", "Particpant"),
        "E3": often("I", "Anna K"),
    }
    talk["E3"].append("Anna")
    found = {one.label: one for one in proposals(transcripts(talk), Speakers())}
    assert found["Particpant"].transcripts == ("E1", "E2")
    assert not found["Particpant"].within
    assert (found["Anna"].transcripts, found["Anna"].within) == (("E3",), True)


@pytest.mark.parametrize(
    "speakers",
    [
        pytest.param(Speakers(other=("break",)), id="for-all"),
        pytest.param(Speakers(transcripts=(("E1", Speakers(other=("Break",))),)), id="for-one"),
    ],
)
def test_a_label_with_a_role_is_not_doubted(speakers: Speakers) -> None:
    assert asked({"E1": [*often("Q", "Anna"), "Break"]}, speakers) == {}


def test_equal_input_in_any_order_gives_equal_proposals() -> None:
    talk = {"E1": often("Q", "Participant"), "E2": [*often("Q", "Particpant"), "Partcipant"]}
    there = proposals(transcripts(talk), Speakers())
    back = proposals(list(reversed(transcripts(talk))), Speakers())
    assert there == back
    assert len(there) == 2


@pytest.mark.parametrize("slip", ["BSRO6", "BSR0G", "BSR 06"])
def test_a_code_that_is_mistyped_once_is_a_label_still(slip: str) -> None:
    rows = [
        f"{'Interviewer' if n % 2 else slip if n == 8 else 'BSR06'}: Well, {n}." for n in range(24)
    ]
    transcript, _ = read_text("\n\n".join(rows), id="E1")
    assert transcript is not None
    assert len(transcript.turns) == 24
