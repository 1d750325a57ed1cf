"""Who speaks, how often and how much: by transcript, by label, and what is to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from thematic.analysis.result import ResultTable
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.proposals import Proposal
from thematic.model.transcript import Role, Transcript, Turn

# By transcript ID: how many words each turn has, by its number.
Words = Mapping[str, Mapping[int, int]]

SPEAKER_COLUMNS = "transcript kind case speaker written role turns words line time".split()
LABEL_COLUMNS = "speaker written role transcripts turns words where".split()
PROPOSAL_COLUMNS = "speaker into why confidence transcripts turns words where".split()
_NOTE = "Words of notes such as [laughter] are not counted."


@dataclass
class _Tally:
    """What one speaker says, in one transcript or in all."""

    first: Turn
    names: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    roles: Counter[Role] = field(default_factory=Counter)
    transcripts: dict[str, None] = field(default_factory=dict)
    words: int = 0

    @property
    def turns(self) -> int:
        """Turns, also those without words."""
        return self.names.total()

    @property
    def name(self) -> str:
        """What the speaker is called most often."""
        return self.names.most_common(1)[0][0]

    @property
    def others(self) -> str:
        """How the label is written besides, the most frequent first."""
        return "; ".join(label for label, _ in self.written.most_common() if label != self.name)

    def add(self, transcript: Transcript, turn: Turn, words: int) -> None:
        """Take up one turn."""
        self.names[turn.speaker] += 1
        self.written[turn.label] += 1
        self.roles[turn.role] += 1
        self.transcripts[transcript.id] = None
        self.words += words


def speakers(transcripts: Sequence[Transcript], words: Words) -> ResultTable:
    """One row per speaker of each transcript, in the order in which they first speak.

    Args:
        transcripts: in any order; the rows are sorted by ID.
        words: of every turn, as coding counts them.

    Returns:
        Columns SPEAKER_COLUMNS; turns that name nobody are a row with an empty speaker.
    """
    rows = [
        (
            *(transcript.id, transcript.kind, transcript.case, tally.name, tally.others),
            *(tally.roles.most_common(1)[0][0].value, tally.turns, tally.words),
            *(transcript.line(tally.first.span.start), tally.first.time),
        )
        for transcript in _in_order(transcripts)
        for tally in _tallies([transcript], words).values()
    ]
    return ResultTable("speakers", tuple(SPEAKER_COLUMNS), tuple(rows), "turn", (_NOTE,))


def labels(transcripts: Sequence[Transcript], words: Words) -> ResultTable:
    """One row per label over all transcripts, those in most transcripts first.

    Args, and what counts as one label: as `speakers`.
    """
    tallies = sorted(
        _tallies(transcripts, words).values(),
        key=lambda one: (-len(one.transcripts), -one.turns, one.name),
    )
    rows = [
        (
            *(tally.name, tally.others, "; ".join(role.value for role in tally.roles)),
            *(len(tally.transcripts), tally.turns, tally.words, "; ".join(tally.transcripts)),
        )
        for tally in tallies
    ]
    return ResultTable("labels", tuple(LABEL_COLUMNS), tuple(rows), "turn", (_NOTE,))


def proposals(
    asked: Sequence[Proposal], transcripts: Sequence[Transcript], words: Words
) -> ResultTable:
    """One row per question about a label, in the order given; `into` is empty for a doubt."""
    tallies = {
        transcript.id: _tallies([transcript], words) for transcript in _in_order(transcripts)
    }
    rows = []
    for one in asked:
        here = [tallies[id][key_of(one.label)] for id in one.transcripts]
        rows.append(
            (
                *(one.label, one.into, one.why, one.confidence.value, len(one.transcripts)),
                *(sum(tally.turns for tally in here), sum(tally.words for tally in here)),
                "; ".join(one.transcripts),
            )
        )
    return ResultTable("proposals", tuple(PROPOSAL_COLUMNS), tuple(rows), "turn", (_NOTE,))


def _in_order(transcripts: Sequence[Transcript]) -> list[Transcript]:
    return sorted(transcripts, key=lambda transcript: transcript.id)


def _tallies(transcripts: Sequence[Transcript], words: Words) -> dict[str, _Tally]:
    """What each speaker says, by the key of the label."""
    found: dict[str, _Tally] = {}
    for transcript in _in_order(transcripts):
        for turn in transcript.turns:
            tally = found.setdefault(key_of(turn.speaker), _Tally(turn))
            tally.add(transcript, turn, words[transcript.id][turn.number])
    return found
