"""Whole transcripts as consent allows: for outputs that somebody asked to hold them."""

from __future__ import annotations

from collections.abc import Iterator

from thematic.analysis.sources import (
    clock,
    masked,
    may_quote,
    restrictions_on,
    shown_speaker,
    words_at,
)
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Role, Span, Transcript, Turn


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Words of a turn as they stand at `span`; or, without a span, what is shown instead."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn: who speaks as far as it may be told, and the words that may be shown."""

    number: int
    speaker: str
    role: str
    time: str
    parts: tuple[ShownPart, ...]


def shown_turns(transcript: Transcript, study: Study) -> tuple[ShownTurn, ...]:
    """All turns of a transcript; none where its person may not be quoted.

    Words that a person withdrew, or wants changed, are replaced by a remark. Where a person is
    shown by role only, interviewers' turns that hold the person's label are shown with a mask,
    and have no positions then. Stamps inside turns are left out.
    """
    if not may_quote(transcript, study):
        return ()
    return tuple(
        ShownTurn(
            turn.number,
            shown_speaker(transcript, turn, study),
            turn.role.value,
            clock(turn.time) if turn.time is not None else "",
            tuple(_parts(transcript, turn, study)),
        )
        for turn in transcript.turns
    )


def _parts(transcript: Transcript, turn: Turn, study: Study) -> Iterator[ShownPart]:
    parts = list(_without_restricted(transcript, turn, study))
    if turn.role is Role.INTERVIEWER:
        whole = "".join(part.text for part in parts)
        hidden = masked(whole, transcript, study)
        if hidden != whole:
            yield ShownPart(hidden, None)
            return
    yield from parts


def _without_restricted(transcript: Transcript, turn: Turn, study: Study) -> Iterator[ShownPart]:
    """The words of a turn without its stamps, with a remark for each stretch that is held back."""
    position = turn.span.start
    for span, is_gap in _left_out(transcript, turn, study):
        if span.start > position:
            yield _words(transcript, Span(position, span.start))
        if not is_gap:
            yield ShownPart(words_at(transcript, span, study), None)
        position = max(position, span.end)
    if position < turn.span.end:
        yield _words(transcript, Span(position, turn.span.end))


def _left_out(transcript: Transcript, turn: Turn, study: Study) -> list[tuple[Span, bool]]:
    """Stretches of a turn that are not shown, in text order, and whether each is but a stamp."""
    held: list[Span] = []
    for one in sorted(restrictions_on(transcript, turn.span, study), key=lambda one: one.span):
        if held and one.span.start < held[-1].end:
            held[-1] = Span(held[-1].start, max(held[-1].end, one.span.end))
        else:
            held.append(one.span)
    gaps = [gap for gap in turn.gaps if not any(span.overlaps(gap) for span in held)]
    return sorted([*((span, False) for span in held), *((gap, True) for gap in gaps)])


def _words(transcript: Transcript, span: Span) -> ShownPart:
    return ShownPart(transcript.text[span.start : span.end], span)
