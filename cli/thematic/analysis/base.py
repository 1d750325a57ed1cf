"""What was read and what counts: the N beside every number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import INTERVIEW


@dataclass(frozen=True)
class KindBase:
    """The base of one kind of transcript (interview, publication …)."""

    kind: str
    read: int  # transcripts read
    with_words: int  # of these, with at least one counted word
    declared: int | None  # what study.yaml expects
    cases: int  # persons with at least one counted word
    words: int  # counted words
    empty: tuple[str, ...]  # IDs of transcripts without a counted word

    @property
    def transcripts_n(self) -> int:
        """N of transcripts: what the study declares, else those with a counted word."""
        return self.with_words if self.declared is None else max(self.declared, self.with_words)

    @property
    def cases_n(self) -> int:
        """N of persons; a declared transcript that was not read stands for one person."""
        return self.cases + self.transcripts_n - self.with_words


def kinds_in_order(kinds: Sequence[str]) -> list[str]:
    """Kinds as tables list them: interviews first, the others by name."""
    return sorted(set(kinds), key=lambda kind: (kind != INTERVIEW, kind))


def bases(codings: Codings, study: Study) -> list[KindBase]:
    """The base of every kind that was read or is declared, interviews first."""
    by_kind: dict[str, list[TranscriptCoding]] = defaultdict(list)
    for coding in codings.transcripts:
        by_kind[coding.transcript.kind].append(coding)
    kinds = kinds_in_order([*by_kind, *study.expected])
    return [_base(kind, by_kind.get(kind, []), study) for kind in kinds]


def _base(kind: str, coded: Sequence[TranscriptCoding], study: Study) -> KindBase:
    spoken = [coding for coding in coded if coding.words]
    return KindBase(
        kind=kind,
        read=len(coded),
        with_words=len(spoken),
        declared=study.expected.get(kind),
        cases=len({coding.transcript.case for coding in spoken}),
        words=sum(coding.words for coding in coded),
        empty=tuple(coding.transcript.id for coding in coded if not coding.words),
    )


@dataclass(frozen=True)
class LeftOut:
    """Words that are in the transcripts and in no count."""

    speaker: str  # the role or label excluded
    turns: int
    words: int


def left_out(codings: Codings) -> list[LeftOut]:
    """Turns and words left out, by the role or label that the settings exclude."""
    tally = {name: [0, 0] for name in codings.exclude}
    names = {name.casefold(): name for name in codings.exclude}
    for coding in codings.transcripts:
        for turn in coding.transcript.turns:
            if turn.number not in coding.counted_turns:
                name = names.get(turn.role.casefold()) or names.get(
                    turn.speaker.casefold(), turn.speaker
                )
                counts = tally.setdefault(name, [0, 0])
                counts[0] += 1
                counts[1] += coding.turn_words[turn.number]
    return [LeftOut(name, turns, words) for name, (turns, words) in tally.items()]


def without_speakers(codings: Codings) -> list[str]:
    """IDs of transcripts in which nobody is named: their paragraphs are their turns."""
    return [c.transcript.id for c in codings.transcripts if not c.transcript.has_speakers]
