"""What people do, made for tests: short builders, and strategies for any act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from thematic.model.people import (
    About,
    Act,
    Decision,
    Event,
    Memo,
    Passage,
    PersonCoding,
    Reply,
    Verdict,
    Wish,
)
from thematic.model.transcript import Span

NOON = datetime(2026, 8, 1, 12, 0, 0, tzinfo=UTC)


def at(seconds: int) -> datetime:
    """A moment after NOON."""
    return NOON + timedelta(seconds=seconds)


def passage(quote: str = "They paid.", start: int = 0, transcript: str = "E01") -> Passage:
    return Passage(transcript, Span(start, start + len(quote)), quote)


def coding(code: str = "help", coder: str = "AK", start: int = 0, note: str = "") -> PersonCoding:
    return PersonCoding(passage(start=start), code, coder, note)


def decision(
    verdict: Verdict = Verdict.ACCEPT,
    code: str = "help",
    coder: str = "AK",
    start: int = 0,
    into: str = "",
) -> Decision:
    return Decision(passage(start=start), code, verdict, coder, into)


def event(number: int, act: Act | None, seconds: int | None = None, undoes: int = 0) -> Event:
    moment = at(number if seconds is None else seconds).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Event(number, moment, act.coder if act else "AK", act, undoes)


# Any character that a file can hold, with those that end lines in some programs more often.
texts = st.text(st.one_of(st.characters(), st.sampled_from("\n\r\x00\x85\u2028\u202e'\"\\é")))
words = st.text(min_size=1, max_size=12)
coders = st.sampled_from(["AK", "BT", "Ö. ibn X"])


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    start = draw(st.integers(0, 10**7))
    span = Span(start, start + draw(st.integers(0, 10**5)))
    return Passage(draw(words), span, draw(texts), draw(texts), draw(texts))


acts: st.SearchStrategy[Act] = st.one_of(
    st.builds(PersonCoding, passages(), words, coders, texts),
    st.builds(
        Decision,
        passages(),
        words,
        st.sampled_from(Verdict),
        coders,
        texts,
        st.one_of(st.none(), passages()),
        texts,
    ),
    st.builds(Reply, passages(), st.sampled_from(Wish), coders, texts, texts),
    st.builds(Memo, texts, coders, st.sampled_from(About), texts, st.one_of(st.none(), passages())),
)
