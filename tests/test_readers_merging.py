"""One name for each speaker: equal labels, merged labels, and settings of single transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from thematic.model.labels import key_of
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript
from thematic.readers import ReadOptions, read_text


def read(
    text: str, speakers: Speakers | None = None, *, id: str = "E01", suffix: str = ".txt"
) -> Transcript:
    options = ReadOptions(speakers=speakers or Speakers())
    transcript, problems = read_text(text, id=id, suffix=suffix, options=options)
    assert transcript is not None, problems
    return transcript


def spoken(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.label) for turn in transcript.turns]


SAME = [
    pytest.param("Interviewer1 :", "INTERVIEWER 1", id="case-blanks-colon"),
    pytest.param("Interviewer #1", "Interviewer_1:", id="joints-before-a-number"),
    pytest.param("MS.\u00a0PSAKI", "Ms.  Psaki", id="no-break-space"),
    pytest.param("\u200bAnna\u200e", "anna", id="invisible-marks"),
    pytest.param("Zoe\u0308", "Zoë", id="letters-put-together"),
    pytest.param("Ｑ", "Q：", id="wide-letters-and-colon"),
]
OTHER = [
    pytest.param("P1", "P11", id="numbers"),
    pytest.param("Speaker 1", "Speaker 2", id="numbered"),
    pytest.param("Mr. Smith", "Mrs. Smith", id="titles"),
    pytest.param("P 01", "P 1", id="zeros"),
    pytest.param("Jose", "José", id="accents"),
    pytest.param("Q", "Q.", id="points"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_labels_with_one_key_are_one_speakers(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_labels_with_two_keys_are_two_speakers(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_the_spelling_written_most_often_stands_for_all() -> None:
    text = "INTERVIEWER: A?\n\nAnna: B.\n\nInterviewer : C?\n\nAnna: D.\n\nInterviewer: E?\n"
    transcript = read(text)
    assert spoken(transcript) == [
        ("Interviewer", "INTERVIEWER"),
        ("Anna", "Anna"),
        ("Interviewer", "Interviewer"),
        ("Anna", "Anna"),
        ("Interviewer", "Interviewer"),
    ]
    assert transcript.text == text


def test_of_spellings_as_frequent_the_first_stands() -> None:
    transcript = read("Interviewer1: A?\n\nAnna: B.\n\nInterviewer 1: C?\n\nAnna: D.\n")
    assert [turn.speaker for turn in transcript.turns] == ["Interviewer1", "Anna"] * 2


MERGED = Speakers(merge=(("Particpant", "Participant"), ("participant :", "Participant")))
TALK = "I: A?\n\nParticipant: B.\n\nI: C?\n\nParticpant: D.\n\nI: E?\n\nPARTICIPANT: F.\n"


def test_a_merge_changes_the_speaker_and_not_the_text() -> None:
    plain, merged = read(TALK), read(TALK, MERGED)
    assert [turn.speaker for turn in merged.turns] == ["I", "Participant"] * 3
    assert [turn.label for turn in merged.turns][1::2] == [
        "Participant",
        "Particpant",
        "PARTICIPANT",
    ]
    assert merged.text == plain.text
    assert [turn.span for turn in merged.turns] == [turn.span for turn in plain.turns]


def test_a_merged_label_is_a_label_even_if_it_stands_once() -> None:
    text = "Q: A?\n\nBoris Tal: B.\n\nQ: C?\n\nBoris Tal: Well, we said this.\nand B. Tal: no.\n"
    names = Speakers(merge=(("B. Tall", "Boris Tal"),))
    more = text + "\nQ: And?\n\nB. Tall: yes, we did.\n"
    assert [turn.speaker for turn in read(more, names).turns][-1] == "Boris Tal"


@pytest.mark.parametrize(
    ("speakers", "role"),
    [
        pytest.param(Speakers(merge=(("Kim", "Moderator"),)), Role.INTERVIEWER, id="of-the-word"),
        pytest.param(
            Speakers(other=("Lee",), merge=(("Kim", "Lee"),)),
            Role.OTHER,
            id="of-what-it-is-read-as",
        ),
        pytest.param(
            Speakers(interviewer=("Kim",), merge=(("Kim", "Lee"),)), Role.INTERVIEWER, id="its-own"
        ),
        pytest.param(
            Speakers(merge=(("Kim", "Lee"),)), Role.RESPONDENT, id="of-nobody-in-particular"
        ),
    ],
)
def test_a_merged_label_has_one_role(speakers: Speakers, role: Role) -> None:
    transcript = read("Kim: A?\n\nAnna: B.\n\nKim: C?\n\nAnna: D.\n", speakers)
    assert [turn.role for turn in transcript.turns] == [role, Role.RESPONDENT] * 2


def test_cues_are_called_like_their_turns() -> None:
    vtt = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Anna Khan>Hello.\n\n"
        "00:00:03.000 --> 00:00:04.000\n<v ANNA KHAN>Again.\n\n"
        "00:00:05.000 --> 00:00:06.000\n<v A. Khan>And again.\n"
    )
    transcript = read(vtt, Speakers(merge=(("A. Khan", "Anna Khan"),)), suffix=".vtt")
    cues = [cue.speaker for turn in transcript.turns for cue in turn.cues]
    assert cues == ["Anna Khan"] * 3


OTTER = "Speaker 1: Who?\n\nSpeaker 2: We.\n\nSpeaker 1: Why?\n\nSpeaker 2: So.\n"


@pytest.mark.parametrize(
    ("id", "suffix", "asks"),
    [
        pytest.param("E01", ".txt", "Speaker 1", id="own-settings"),
        pytest.param("E02", ".txt", "Speaker 2", id="own-settings-win"),
        pytest.param("E03", ".txt", "Speaker 2", id="named-with-its-suffix"),
        pytest.param("E04", ".txt", "Speaker 1", id="those-for-all"),
    ],
)
def test_settings_of_one_transcript_win(id: str, suffix: str, asks: str) -> None:
    speakers = Speakers(
        interviewer=("Speaker 1",),
        transcripts=(
            ("E01", Speakers(interviewer=("Speaker 1",))),
            ("E02", Speakers(interviewer=("Speaker 2",), respondent=("Speaker 1",))),
            ("E03.txt", Speakers(interviewer=("speaker2:",), respondent=("Speaker 1",))),
        ),
    )
    transcript = read(OTTER, speakers, id=id, suffix=suffix)
    asking = {turn.speaker for turn in transcript.turns if turn.role is Role.INTERVIEWER}
    assert asking == {asks}


@pytest.mark.parametrize(
    ("general", "own", "names"),
    [
        pytest.param((("S1", "Anna"),), (("S1", "Ben"),), ["Ben", "S2"], id="its-own"),
        pytest.param((("S1", "Anna"),), (("Anna", "Ann"),), ["Ann", "S2"], id="led-on"),
        pytest.param((("S1", "Anna"),), (("S2", "Ben"),), ["Anna", "Ben"], id="both"),
    ],
)
def test_merges_of_one_transcript_win(
    general: tuple[tuple[str, str], ...], own: tuple[tuple[str, str], ...], names: list[str]
) -> None:
    speakers = Speakers(merge=general, transcripts=(("E01", Speakers(merge=own)),))
    transcript = read("S1: Who?\n\nS2: We.\n\nS1: Why?\n\nS2: So.\n", speakers)
    assert [turn.speaker for turn in transcript.turns] == names * 2


def test_settings_are_a_key_of_what_is_remembered() -> None:
    speakers = Speakers(merge=(("a", "b"),), transcripts=(("E01", Speakers(merge=(("c", "d"),))),))
    assert hash(speakers) == hash(
        Speakers(merge=(("a", "b"),), transcripts=(("E01", Speakers(merge=(("c", "d"),))),))
    )


def test_one_person_in_two_spellings_is_one_row(run: Run, study: Path) -> None:
    Path("talks/E2.txt").write_text("Interviewer: And?\n\nAnna: The haven. The haven.\n")
    Path("attributes.csv").write_text("id,case\nE1,A\nE2,A\n")
    rows = run("freq", "--by", "speaker", "--themes", "-f", "csv", "-q").out.splitlines()
    names = {line.split(",")[4] for line in rows[1:] if ",A," in line}
    assert names == {"ANNA"}


def test_an_excluded_label_stays_excluded_when_it_is_merged(run: Run, study: Path) -> None:
    with Path("study.yaml").open("a") as file:
        file.write("speakers: {exclude: [interviewer, BEN], merge: {ANNA: [BEN]}}\n")
    said = run("code", "-f", "csv", "-q").out
    assert "E1" in said
    assert "E2" not in said
