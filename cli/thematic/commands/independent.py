"""What single coders answered in the study's store, and what was settled afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from thematic.commands.filled import inputs_of
from thematic.commands.request import Request
from thematic.model.nouns import dataclass
from thematic.model.people import Decision, Event, Passage, PersonCoding, Verdict

if TYPE_CHECKING:
    from thematic.analysis.agreement_answers import Judged
    from thematic.commands.reading import Inputs
    from thematic.model.transcript import Transcript
    from thematic.review.settling import Place


@dataclass(frozen=True)
class StudyAnswers:
    """The log of a study, every passage where it stands now.

    Args:
        log: all events.
        alone: the acts that hold of single coders, as they were before anybody settled them.
        settled: what was recorded together, by passage and code.
        gone: numbers of events whose words are no longer in their transcript.
        marked: all events, their passages as they were recorded.
        inputs: the transcripts; None where they cannot be read.
    """

    log: Sequence[Event]
    alone: Sequence[Event]
    settled: dict[Place, Event] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    marked: Sequence[Event] = ()
    inputs: Inputs | None = None

    @property
    def transcripts(self) -> Sequence[Transcript]:
        """Of the study."""
        return self.inputs.transcripts if self.inputs else ()

    def judged(self) -> Iterator[Judged]:
        """Each yes or no to a code on a passage that was given to the coder."""
        turns = {one.id: one.turns for one in self.transcripts}
        for event in self.alone:
            act = event.act
            if not isinstance(act, Decision):
                continue
            place = act.passage
            spans = turns.get(place.transcript, ())
            turn = next((one.number for one in spans if one.span.end > place.span.start), None)
            yes = act.verdict not in (Verdict.REJECT, Verdict.RECODE)
            yield _judged(place, act.coder, act.code, turn, act.note, yes=yes)
            if act.verdict is Verdict.RECODE:
                yield _judged(place, act.coder, act.into, turn, act.note, yes=True)

    def codings(self) -> list[PersonCoding]:
        """The passages that single coders chose and coded, where they stand now."""
        there = (event.act for event in self.alone if event.number not in self.gone)
        return [act for act in there if isinstance(act, PersonCoding)]

    def passages(self) -> Iterator[tuple[Passage, Passage]]:
        """What coders judged or coded, as it was recorded and as it stands now."""
        for was, now in zip(self.marked, self.log, strict=True):
            act, moved = was.act, now.act
            if now.number in self.gone or not isinstance(act, Decision | PersonCoding):
                continue
            if isinstance(moved, Decision | PersonCoding):
                yield act.passage, moved.passage

    def is_settled(self, passage: Passage, code: str) -> bool:
        """Whether coders decided together on a code there."""
        return (passage.transcript, passage.span, code) in self.settled

    @property
    def units_gone(self) -> frozenset[str]:
        """The units, as `judged` names them, that are no longer in the transcripts."""
        gone = (event.act for event in self.alone if event.number in self.gone)
        return frozenset(_unit(act.passage) for act in gone if isinstance(act, Decision))

    @property
    def lost(self) -> int:
        """How many such codings stand nowhere now."""
        lost = (event for event in self.alone if event.number in self.gone)
        return sum(isinstance(event.act, PersonCoding) for event in lost)


def _judged(
    place: Passage, coder: str, code: str, turn: int | None, note: str, *, yes: bool
) -> Judged:
    from thematic.analysis.agreement_answers import Judged

    return Judged(_unit(place), place, coder, code, yes, turn, note)


def _unit(place: Passage) -> str:
    return f"{place.transcript} {place.span.start}-{place.span.end}"


def study_answers(request: Request) -> StudyAnswers:
    """What is recorded in the study that the request names by its folder."""
    from thematic.review.anchoring import How
    from thematic.review.moving import moved_events
    from thematic.review.settling import independent, settlements
    from thematic.store.database import open_store

    inputs = inputs_of(request)
    texts = {one.id: one.text for one in inputs.transcripts} if inputs else {}
    marked = open_store(request.paths[0]).events()
    log, moves = moved_events(marked, texts)
    gone = frozenset(log[one.act].number for one in moves.that(How.LOST, How.ABSENT))
    return StudyAnswers(log, independent(log), settlements(log), gone, marked, inputs)
