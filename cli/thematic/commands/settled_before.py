"""Outcomes that people bring, beside what the study holds of the same disagreements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from thematic.commands.independent import StudyAnswers
from thematic.errors import Problem
from thematic.model.people import Decision, Passage, PersonCoding

if TYPE_CHECKING:
    from thematic.analysis.adjudication import ListedRow
    from thematic.readers.adjudications import Outcome
    from thematic.review.settling import Place


class Before:
    """What single coders answered at each place, and what was settled there."""

    def __init__(self, answers: StudyAnswers) -> None:
        self.problems: list[Problem] = []
        self._settled = answers.settled
        self._said: dict[Place, dict[str, bool]] = defaultdict(dict)
        self._ever: dict[Place, set[str]] = defaultdict(set)  # also what was undone since
        self._ever_coded: set[Place] = set()  # likewise
        for one in answers.judged():
            self._said[_place(one.passage, one.code)][one.coder] = one.yes
        self._coded: dict[Place, set[str]] = defaultdict(set)  # passages that coders chose
        for coding in answers.codings():
            self._coded[_place(coding.passage, coding.code)].add(coding.coder)
        for event in answers.log:
            if isinstance(event.act, Decision):
                self._ever[_place(event.act.passage, event.act.code)].add(event.act.coder)
            elif isinstance(event.act, PersonCoding):
                self._ever_coded.add(_place(event.act.passage, event.act.code))

    def row(self, outcome: Outcome) -> ListedRow:
        """What becomes of one row; where others settled it otherwise, a problem is noted."""
        from thematic.analysis.adjudication import ListedRow, RowStatus

        act = outcome.decision
        place = _place(act.passage, act.code)
        status, why = RowStatus.NEW.value, ""
        before = self._settled.get(place)
        if before is not None and isinstance(before.act, Decision):
            status, why = self._again(outcome, before.act, before.number)
        elif self._is_gone(outcome, place):
            status, why = RowStatus.GONE.value, self._now(place)
        elif place not in self._ever_coded and not set(outcome.said) <= set(self._said[place]):
            why = "answers of the coders are not recorded in the study"
        return ListedRow(outcome.line, RowStatus(status), outcome.said, act, why)

    def _again(self, outcome: Outcome, before: Decision, number: int) -> tuple[str, str]:
        act = outcome.decision
        same = (act.verdict, act.into) == (before.verdict, before.into)
        if same and (act.note == before.note or act.coder != before.coder):
            return "known", f"event {number}"
        if act.coder == before.coder:
            return "new", f"takes the place of event {number}, {before.verdict.value}"
        self.problems.append(
            Problem(
                "",
                outcome.line,
                f"{before.coder} settled {act.code} there as {before.verdict.value} already",
                f"to settle it anew: thematic log --undo {number}",
            )
        )
        return "new", ""

    def _is_gone(self, outcome: Outcome, place: Place) -> bool:
        """Whether coders who differed by the list do so no longer, by what is recorded now."""
        if place in self._ever_coded and not self._ever[place]:
            coded = self._coded[place]
            return not coded or (bool(outcome.said) and set(outcome.said) <= coded)
        names = set(outcome.said) or self._ever[place]
        if not names or not names <= self._ever[place]:
            return False
        said = self._said[place]
        return len({said[name] for name in names if name in said}) < 2

    def _now(self, place: Place) -> str:
        said = self._said[place] | dict.fromkeys(self._coded[place], True)
        now = "; ".join(f"{name}: {'yes' if yes else 'no'}" for name, yes in sorted(said.items()))
        return f"now {now}" if now else "nobody's answer stands"


def _place(passage: Passage, code: str) -> Place:
    return passage.transcript, passage.span, code
