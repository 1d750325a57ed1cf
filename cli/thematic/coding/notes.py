"""Stretches of talk that are not plain words: transcriber's notes, web and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thematic.coding.text import MappedText
from thematic.model.transcript import Span

# The words transcribers put in brackets; an editor's insertion ("[the Taliban]") is no note.
_NOTE_WORDS = (
    "laugh|laughs|laughing|laughter|chuckle|chuckles|chuckling|giggles|inaudible|unintelligible|"
    "indistinct|unclear|crosstalk|cross-talk|cross talk|overlapping|overtalk|simultaneous|"
    "talking over|applause|cheers|silence|pause|pauses|long pause|short pause|break|sigh|sighs|"
    "cough|coughs|coughing|clears throat|music|theme music|jingle|singing|sings|noise|"
    "background noise|phone rings|phone ringing|foreign|foreign language|speaks|speaking|sic|"
    "phonetic|ph|redacted|interruption|interrupts|recording stops|recording paused|"
    "end of recording|technical|technical difficulties|gestures|nods|shrugs|smiles|whispers|"
    "whispering|gasps|sniffs|breathes|exhales|inhales|groans|yells|shouts|crying|cries|snorts|beep"
)
_NOTE = re.compile(
    rf"\[(?:{_NOTE_WORDS})\b[^\[\]]{{0,60}}\]|\((?:{_NOTE_WORDS})\b[^()]{{0,60}}\)|\(\.{{1,3}}\)|\(…\)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"]+|[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+\.[^\W\d_]{2,}",
    re.IGNORECASE,
)


def notes(reading: MappedText) -> Iterator[Span]:
    """Raw spans of transcriber's notes such as [laughter] and (inaudible)."""
    return (reading.raw(m.start(), m.end()) for m in _NOTE.finditer(reading.string))


def addresses(reading: MappedText) -> Iterator[Span]:
    """Raw spans of web and mail addresses, without the punctuation after them."""
    for match in _ADDRESS.finditer(reading.string):
        end = match.start() + len(match.group().rstrip(".,;:!?)]}'"))
        yield reading.raw(match.start(), end)
