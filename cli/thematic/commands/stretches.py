"""Which stretches of talk a command line means: a turn, a range, a quote, a whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from thematic.commands.reading import Inputs
from thematic.errors import UsageError
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.why_not import Stretch
    from thematic.model.transcript import Span, Transcript

_RANGE = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")
MOST = 200  # stretches that are looked at


@dataclass(frozen=True)
class Wanted:
    """What narrows the talk: each may be empty; `whole` = all of a text given."""

    transcript: str = ""
    turn: int | None = None
    quote: str = ""
    span: str = ""
    whole: bool = False


def stretches_of(wanted: Wanted, inputs: Inputs) -> list[Stretch]:
    """The sentences that are meant, in the order of the transcripts.

    A quote is looked for in all transcripts: its very words, then the same but for blanks,
    quotation marks and dashes, then the stretch most alike. Where the very words stand
    anywhere, only those places are taken.

    Raises:
        UsageError: nothing is meant, or it is not there.
    """
    places = list(_places(wanted, inputs))
    if not places:
        missing = f"{wanted.quote!r} is not in the transcripts, nor anything like it"
        raise UsageError(missing, "copy a few words as they stand there; see: thematic show ID")
    assert inputs.book is not None
    short = inputs.book.lexicon.abbreviations
    found: dict[tuple[str, Span], Stretch] = {}
    for transcript, span in places[:MOST]:
        for one in _sentences(transcript, span, short):
            found.setdefault((transcript.id, one.span), one)
    return list(found.values())[:MOST]


def _places(wanted: Wanted, inputs: Inputs) -> Iterator[tuple[Transcript, Span]]:
    from thematic.model.transcript import Span

    among = [t for t in inputs.transcripts if wanted.transcript in ("", t.id)]
    if wanted.quote:
        yield from _quoted(wanted.quote, among)
    elif wanted.span:
        found = _RANGE.fullmatch(wanted.span.strip())
        if not found or not wanted.transcript:
            raise UsageError("--span is not understood", "write --transcript E01 --span 402-433")
        start, end = int(found[1]), int(found[2])
        if not start < end <= len(among[0].text):
            hint = f"the text of {among[0].id} has {len(among[0].text):,} characters"
            raise UsageError(f"there is no stretch {wanted.span}", hint)
        yield among[0], Span(start, end)
    elif wanted.whole or wanted.transcript:
        for transcript in among:
            for turn in transcript.turns:
                if wanted.turn in (None, turn.number):
                    yield transcript, turn.span
    else:
        hint = "add --text, --quote, or --transcript with --turn or --span"
        raise UsageError("--why-not needs to know where", hint)


def _quoted(quote: str, among: list[Transcript]) -> list[tuple[Transcript, Span]]:
    """Where the words of a quote stand; near it only where they stand nowhere."""
    from thematic.model.people import Passage
    from thematic.model.transcript import Span
    from thematic.review.anchoring import How, anchored

    exact = [
        (one, Span(found.start(), found.end()))
        for one in among
        for found in re.finditer(re.escape(quote), one.text)
    ]
    if exact:
        return exact
    near: list[tuple[How, Transcript, Span]] = []
    for one in among:
        span, how = anchored(Passage(one.id, Span(0, len(quote)), quote), one.text)
        if span is not None:
            near.append((how, one, span))
    same = [(one, span) for how, one, span in near if how is not How.CHANGED]
    return same or [(one, span) for _, one, span in near]


def _sentences(
    transcript: Transcript, span: Span, abbreviations: frozenset[str]
) -> Iterator[Stretch]:
    """The sentences that share a character with a span, whoever says them."""
    from thematic.analysis.why_not import Stretch
    from thematic.coding.units import unit_spans
    from thematic.model.codebook import Unit

    for turn in transcript.turns:
        if turn.span.overlaps(span):
            for sentence, _ in unit_spans(transcript, [turn], Unit.SENTENCE, abbreviations):
                if sentence.overlaps(span):
                    yield Stretch(transcript, turn, sentence)
