"""One name for each speaker: labels that differ in writing only, and those the user merged.

Only the speaker and the role of turns and cues change here, never the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Speakers
from thematic.model.transcript import Cue, Role, Transcript, Turn
from thematic.model.turns import labels_in
from thematic.readers.speakers.roles import declared_role, role_of


def speakers_of(speakers: Speakers, *names: str) -> Speakers:
    """The settings that hold for one transcript: its own win over those for all.

    Args:
        speakers: as declared for the study.
        names: the transcript's ID, and the same with its suffix.
    """
    if not speakers.transcripts:
        return speakers
    own = next((found for id, found in speakers.transcripts if id in names), Speakers())
    given = frozenset(map(key_of, (*own.interviewer, *own.respondent, *own.other)))

    def besides(labels: Iterable[str]) -> tuple[str, ...]:
        return tuple(label for label in labels if key_of(label) not in given)

    return replace(
        speakers,
        interviewer=(*own.interviewer, *besides(speakers.interviewer)),
        respondent=(*own.respondent, *besides(speakers.respondent)),
        other=(*own.other, *besides(speakers.other)),
        merge=_joined(own.merge, speakers.merge),
        transcripts=(),
    )


def _joined(
    own: tuple[tuple[str, str], ...], general: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Own merges, then the general ones; those lead on to where an own one leads."""
    final = {key_of(written): meant for written, meant in own}
    led_on = ((written, final.get(key_of(meant), meant)) for written, meant in general)
    return (*own, *(pair for pair in led_on if key_of(pair[0]) not in final))


def with_merged_speakers(transcript: Transcript, speakers: Speakers) -> Transcript:
    """The transcript with one name for each speaker.

    Labels with one key are one speaker's, called as is written most often (as first, where
    equally often); a label that the user merged is called, and has the role, as it is read.

    Args:
        transcript: as a reader gives it.
        speakers: the settings of this transcript, from `speakers_of`.
    """
    written = labels_in(transcript.turns)
    if len({*map(key_of, written)}) == len(written) and not speakers.merge:
        return transcript
    labels = Counter(_labels(transcript.turns))
    names = _Names.of(transcript.turns, labels, speakers)
    return replace(transcript, turns=tuple(names.turn(turn) for turn in transcript.turns))


def _labels(turns: Iterable[Turn]) -> Iterable[str]:
    for turn in turns:
        yield turn.speaker
        if turn.cues:
            yield from (cue.speaker for cue in turn.cues)


def _by_meaning(speakers: Speakers) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for written, meant in speakers.merge:
        found.setdefault(meant, []).append(written)
    return found


@dataclass(frozen=True)
class _Names:
    """By the key of a label: what its speaker is called, and the speaker's role."""

    names: Mapping[str, str]
    roles: Mapping[str, Role]

    @classmethod
    def of(cls, turns: Iterable[Turn], labels: Counter[str], speakers: Speakers) -> _Names:
        names: dict[str, str] = {}
        for label, _ in labels.most_common():
            names.setdefault(key_of(label), label)
        found = {turn.speaker: turn.role for turn in reversed(tuple(turns))}
        roles = {key: found[name] for key, name in names.items() if name in found}
        for meant, written in _by_meaning(speakers).items():
            key = key_of(meant)
            told = (declared_role(label, speakers) for label in (meant, *written))
            role = next(filter(None, told), None) or roles.get(key) or role_of(meant, speakers)
            for one in (key, *map(key_of, written)):
                names[one], roles[one] = meant, role
        return cls(names, roles)

    def turn(self, turn: Turn) -> Turn:
        """The turn, and its cues, under the speaker's name."""
        name = self.names.get(key_of(turn.speaker), turn.speaker)
        return replace(
            turn,
            speaker=name,
            role=self.roles.get(key_of(turn.speaker), turn.role),
            cues=tuple(self.cue(cue) for cue in turn.cues),
            written=turn.speaker if name != turn.speaker else "",
        )

    def cue(self, cue: Cue) -> Cue:
        """The cue under the speaker's name."""
        return replace(cue, speaker=self.names.get(key_of(cue.speaker), cue.speaker))
