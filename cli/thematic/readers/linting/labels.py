"""Labels that are probably slips, or that one transcript has beside those all others share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from thematic.errors import Problem, Severity
from thematic.model.labels import key_of
from thematic.model.proposals import Confidence, Proposal
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript
from thematic.readers.linting.telling import argument, quoted
from thematic.readers.speakers.merging import speakers_of
from thematic.readers.speakers.proposals import proposals
from thematic.readers.speakers.roles import declared_keys

_MOST_NAMED = 3  # transcripts named in a message
_ENOUGH = 4  # transcripts that show what is usual
_SLIPS = ("mistyped", "letter for a number")  # told even where they are only possible
_MACHINE_MADE = re.compile(
    r"(?:unknown|unidentified)(?:[ _-]?\w+)?|(?:speaker|spk|sprecher)[ _-]?\w{1,3}", re.IGNORECASE
)
_USUAL = 0.75  # share of transcripts in which a label stands that all share
_SEVERITY = {Confidence.SURE: Severity.WARNING}  # of others a note
_HOW_SURE = {Confidence.POSSIBLE: "perhaps"}  # else probably


def doubtful_labels(transcripts: Sequence[Transcript], speakers: Speakers) -> Iterator[Problem]:
    """Labels that are probably another's, and labels of one transcript only."""
    by_id = {transcript.id: transcript for transcript in transcripts}
    told: set[tuple[str, str]] = set()
    for one in proposals(transcripts, speakers):
        if one.confidence is Confidence.POSSIBLE and one.why not in _SLIPS:
            continue  # short forms and parts of names are no faults
        told.update((id, key_of(one.label)) for id in one.transcripts)
        if one.into:
            yield _slip(one, by_id)
        elif not _is_other(one, by_id):
            yield _doubt(one, by_id)
    for transcript in transcripts:
        for label in _unknown(transcript, speakers):
            if (transcript.id, key_of(label)) not in told:
                told.add((transcript.id, key_of(label)))
                message = f"{quoted(label)} is nobody's name, and the others have names"
                hint = "find out who it is, and merge it: thematic speakers"
                line = _first_line(transcript, label)
                yield Problem(transcript.id, line, message, hint, Severity.NOTE)
    for transcript, label in _strangers(transcripts, speakers):
        if (transcript.id, key_of(label)) not in told:
            message = f"{quoted(label)} speaks in no other transcript, and the others share theirs"
            hint = "correct the label, or say who it is: thematic speakers"
            line = _first_line(transcript, label)
            yield Problem(transcript.id, line, message, hint, Severity.NOTE)


def _unknown(transcript: Transcript, speakers: Speakers) -> list[str]:
    """`Unknown Speaker` and `Speaker 1` where others have names: the program did not know."""
    labels = {turn.speaker: None for turn in transcript.turns if turn.speaker}
    declared = declared_keys(speakers_of(speakers, transcript.id))
    unknown = [
        one for one in labels if _MACHINE_MADE.fullmatch(one) and key_of(one) not in declared
    ]
    return unknown if len(labels) - len(unknown) >= 2 else []


def _is_other(one: Proposal, by_id: dict[str, Transcript]) -> bool:
    """Whether a label is known for no person's already, such as Break."""
    key = key_of(one.label)
    turns = (turn for id in one.transcripts for turn in by_id[id].turns)
    return all(turn.role is Role.OTHER for turn in turns if key_of(turn.speaker) == key)


def _slip(one: Proposal, by_id: dict[str, Transcript]) -> Problem:
    first = by_id[one.transcripts[0]]
    turns = sum(
        key_of(turn.speaker) == key_of(one.label)
        for id in one.transcripts
        for turn in by_id[id].turns
    )
    where = ", ".join(one.transcripts[:_MOST_NAMED])
    more = len(one.transcripts) - _MOST_NAMED
    where += f" and {more} more" if more > 0 else ""
    how = _HOW_SURE.get(one.confidence, "probably")
    message = f"{quoted(one.label)} is {how} {quoted(one.into)} ({one.why}): {turns} turn"
    message += f"{'' if turns == 1 else 's'} in {where}"
    only = f" --transcript {argument(first.id, 'ID')}" if one.within else ""
    merge = argument(f"{one.label}={one.into}", '"WRITTEN=LABEL"')
    hint = f"correct it, or: thematic speakers --merge {merge}{only} --write"
    severity = _SEVERITY.get(one.confidence, Severity.NOTE)
    return Problem(first.id, _first_line(first, one.label), message, hint, severity)


def _doubt(one: Proposal, by_id: dict[str, Transcript]) -> Problem:
    first = by_id[one.transcripts[0]]
    message = f"{quoted(one.label)} is doubtful as a speaker: {one.why}"
    hint = "if nobody is called so, change the text; else say who it is: thematic speakers"
    return Problem(first.id, _first_line(first, one.label), message, hint, Severity.NOTE)


def _first_line(transcript: Transcript, label: str) -> int:
    key = key_of(label)
    starts = (turn.span.start for turn in transcript.turns if key_of(turn.speaker) == key)
    return transcript.line(next(starts, 0))


def _strangers(
    transcripts: Sequence[Transcript], speakers: Speakers
) -> Iterator[tuple[Transcript, str]]:
    """Labels of one transcript, in a study where nearly all have the very same ones.

    Where each respondent has a label of their own, nothing is shared, and nobody a stranger.
    """
    with_labels = [transcript for transcript in transcripts if transcript.has_speakers]
    if len(with_labels) < _ENOUGH:
        return
    labels = {one.id: {key_of(turn.speaker): turn.speaker for turn in one.turns if turn.speaker}
              for one in with_labels}  # fmt: skip
    standing = Counter(key for found in labels.values() for key in found)
    shared = {key for key, n in standing.items() if n >= _USUAL * len(with_labels)}
    alike = [one for one in with_labels if labels[one.id].keys() <= shared]
    if len(shared) < 2 or len(alike) < _USUAL * len(with_labels):
        return
    for transcript in with_labels:
        declared = declared_keys(speakers_of(speakers, transcript.id))
        for key, label in labels[transcript.id].items():
            if standing[key] == 1 and key not in declared:
                yield transcript, label
