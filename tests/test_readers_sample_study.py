"""The shipped demonstration study: every file is read with the speakers it has."""

from collections import Counter
from pathlib import Path

import pytest

from thematic.errors import Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Role
from thematic.readers import (
    ReadOptions,
    attributes_of,
    find_transcripts,
    read_attributes,
    read_transcript,
)

STUDY = Path(__file__).parents[1] / "transcripts" / "jihad-networks"
OPTIONS = ReadOptions(speakers=Speakers(interviewer=("id1", "SPEAKER_00", "Speaker 1")))

INTERVIEWS = {
    "E01": ("INTERVIEWER", "EXPERT"),
    "E02": ("I", "R"),
    "E03": ("Q", "MS. E03"),
    "E04": ("Interviewer", "Daud"),
    "E05": ("Interviewer", "Marta"),
    "E06": ("Interviewer", "Expert"),
    "E07": ("Interviewer", "Expert"),
    "E08": ("Interviewer", "Ingrid"),
    "E09": ("Interviewer", "E09"),
    "E10": ("id1", "id2"),
    "E11": ("SPEAKER_00", "SPEAKER_01"),
    "E12": ("INTERVIEWER", "INTERPRETER", "EXPERT"),
    "E13": ("Moderator", "Respondent"),
    "E14": ("Researcher", "P14"),
    "E15": ("Interviewer", "Participant"),
    "E16": ("Interviewer", "E16"),
    "E17": ("Interviewer", "E09"),
    "E18": ("Interviewer", "E18"),
    "E19": ("Speaker 1", "Speaker 2"),
    "E20": ("Interviewer", "Ratna"),
}
PUBLICATIONS = ("P01", "P02", "P03", "P04")
TIMED = {"E05", "E06", "E07", "E08", "E09", "E11", "E12", "E16", "E18", "E19", "E20"}

SOURCES = {source.id: source for source in find_transcripts([STUDY]).sources}


def test_all_files_are_found() -> None:
    assert tuple(SOURCES) == (*INTERVIEWS, *PUBLICATIONS)


@pytest.mark.parametrize(("name", "speakers"), INTERVIEWS.items(), ids=INTERVIEWS.keys())
def test_interviews(name: str, speakers: tuple[str, ...]) -> None:
    transcript, problems = read_transcript(SOURCES[name], OPTIONS)
    assert transcript is not None
    assert [p for p in problems if p.severity is not Severity.NOTE] == []
    assert tuple(dict.fromkeys(turn.speaker for turn in transcript.turns)) == speakers
    roles = {turn.speaker: turn.role for turn in transcript.turns}
    assert Counter(roles.values())[Role.INTERVIEWER] == 1
    assert roles[speakers[0]] is Role.INTERVIEWER
    assert roles.get("INTERPRETER", Role.OTHER) is Role.OTHER
    # Where stamps end turns (f4), the first turn has none.
    assert all(turn.time is not None for turn in transcript.turns[1:]) == (name in TIMED)
    assert all(len(turn.span) for turn in transcript.turns)


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_publications(name: str) -> None:
    transcript, problems = read_transcript(SOURCES[name], OPTIONS)
    assert transcript is not None
    assert problems == []
    assert not transcript.has_speakers
    assert len(transcript.turns) >= 5


def test_every_transcript_has_attributes() -> None:
    table, problems = read_attributes(STUDY / "attributes.csv")
    assert problems == []
    for source in SOURCES.values():
        assert attributes_of(source, table)
