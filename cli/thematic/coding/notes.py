"""Stretches of talk that are not plain words: transcriber's notes, web and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from thematic.coding.text import MappedText
from thematic.model.transcript import Span

# The words transcribers put in brackets. A note holds nothing but these, little words, and
# times or numbers: "(foreign fighters)" and "[the Taliban]" are talk.
NOTE_WORDS = (
    "laugh laughs laughing laughter chuckle chuckles chuckling giggles inaudible unintelligible "
    "indistinct unclear crosstalk cross-talk cross talk overlapping overtalk simultaneous talking "
    "over applause cheers silence pause pauses long short break sigh sighs sighing cough coughs "
    "coughing clears throat music theme jingle singing sings noise background phone rings ringing "
    "foreign language speaks speaking speech sic phonetic ph redacted interruption interrupts "
    "recording stops paused end technical difficulties gestures nods nodding shrugs smiles smiling "
    "whispers whispering gasps sniffs breathes exhales inhales groans yells shouts shouting crying "
    "cries snorts beep mumbles mumbling bleep blank_audio stammers "
    # German, French, Spanish, Italian, Dutch, Danish, Norwegian and Swedish
    "lacht lachen lachend lachens unverständlich unv hustet husten räuspert seufzt stille weint "
    "rires rire rit soupir soupire incompréhensible silences toux "
    "risas risa ríe inaudibles ininteligible incomprensible suspira suspiro silencio tose "
    "ridono risate incomprensibile sospira silenzio "
    "gelach onverstaanbaar zucht stilte "
    "griner latter utydeligt utydelig uforståeligt skratt skrattar ohörbart otydligt"
).split()
_LITTLE_WORDS = ["and", "in", "of", "the", "a", "to", "at", "on", "with", "seconds", "second"]
_LITTLE_WORDS += ["sec", "secs", "s", "minutes", "minute", "min"]
_WORD = rf"(?:{'|'.join(sorted(NOTE_WORDS, key=len, reverse=True))})"
_FILLER = rf"(?:{'|'.join(_LITTLE_WORDS)}|[\d:.,]+)"
_CONTENT = rf"\s*{_WORD}\b(?:[\s,;./-]+(?:{_WORD}|{_FILLER})\b){{0,8}}[\s.…!?]*"
# ASCII only and bounded: what follows in another script, or a long run, is no address.
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|\bwww\.)[!#-;=?-~]+"
    r"|(?<![\w.+%-])[\w.+%-]{1,64}@[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{1,63}){0,8}\.[A-Z]{2,24}",
    re.IGNORECASE | re.ASCII,
)


@cache
def _note() -> re.Pattern[str]:
    """Matches one note; large, so compiled only where there is a bracket."""
    return re.compile(
        rf"\[{{1,2}}{_CONTENT}\]{{1,2}}|\({{1,2}}{_CONTENT}\){{1,2}}"
        r"|\(\.{1,3}\)|\(…\)|\[\?{1,3}\]|\(\?{1,3}\)",
        re.IGNORECASE,
    )


def notes(reading: MappedText) -> Iterator[Span]:
    """Raw spans of transcriber's notes such as [laughter] and (inaudible)."""
    if "[" not in reading.string and "(" not in reading.string:
        return iter(())
    return (reading.raw(m.start(), m.end()) for m in _note().finditer(reading.string))


def holds_note(text: str) -> bool:
    """Whether a text that reads as it stands, but for blanks, holds a transcriber's note."""
    return ("[" in text or "(" in text) and _note().search(text) is not None


@lru_cache(maxsize=2000)  # for transcripts hold few different ones
def note_length(piece: str) -> int:
    """The characters of the note that a piece begins with; 0 where it begins with none.

    Args:
        piece: from a bracket to the second character behind the first that closes one.
    """
    match = _note().match(piece)
    return match.end() if match else 0


def addresses(reading: MappedText) -> Iterator[Span]:
    """Raw spans of web and mail addresses, without the punctuation after them."""
    return (reading.raw(start, end) for start, end in address_places(reading.string))


def address_places(text: str) -> Iterator[tuple[int, int]]:
    """Where web and mail addresses begin and end in a text as it is read."""
    for match in _ADDRESS.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(".,;:!?)]}'"))
