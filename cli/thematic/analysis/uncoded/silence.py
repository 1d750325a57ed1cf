"""Who never speaks of a theme, and who carries no code at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from enum import StrEnum

from thematic.analysis.base import bases
from thematic.analysis.decided import with_ancestors
from thematic.analysis.frequency import MANUAL
from thematic.analysis.result import ResultTable, share, table_of
from thematic.analysis.sources import shown_speaker
from thematic.analysis.uncoded.extracts import STATUS, status
from thematic.analysis.uncoded.talk import Talk, answering
from thematic.model.codebook import Code
from thematic.model.coding import TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Turn

THEME_COLUMNS = ["kind", "code", "by", "without", "N", "share", "who", "unread", "coded_by"]
THEME_COLUMNS += STATUS
CASE_COLUMNS = ["kind", "by", "who", "transcripts", "turns", "words", *STATUS]


class By(StrEnum):
    """Who is asked whether he or she speaks of a theme."""

    CASE = "case"
    TRANSCRIPT = "transcript"
    SPEAKER = "speaker"


@dataclass
class _Voice:
    """One case, transcript or speaker of one kind: what it said, and its codes."""

    name: str
    transcripts: set[str] = field(default_factory=set)
    turns: int = 0
    words: int = 0
    codes: set[str] = field(default_factory=set)


def silent_by_theme(talk: Talk, by: By) -> ResultTable:
    """For each theme (or code asked about) and kind: who never speaks of it, n of N.

    N are the cases, transcripts or speakers with at least one counted word.
    """
    voices = _voices(talk, by)
    unread = _unread(talk)
    rows = []
    for kind in dict.fromkeys([*(kind for kind, _ in voices), *unread]):
        here = [voice for (of, _), voice in voices.items() if of == kind]
        for code in _asked(talk):
            without = [voice.name for voice in here if code.path not in voice.codes]
            row = {
                "kind": kind,
                "code": code.path,
                "by": by.value,
                "without": len(without),
                "N": len(here),
                "share": share(len(without), len(here)),
                "who": "; ".join(without),
                "unread": unread.get(kind, 0),
                "coded_by": _coded_by(code),
                **status(talk),
            }
            rows.append(row)
    notes = [
        f"Without: {_plural(by)} on whose words the code and those below it stand nowhere, "
        "suggested or decided, of those with at least one counted word. Not found is not the "
        "same as not said: nobody may have asked, or the rules may not know the words."
    ]
    if number := sum(unread.values()):
        notes.append(f"Declared in study.yaml and not read, so in no N: {number} transcripts.")
    return table_of("uncoded-themes", rows, THEME_COLUMNS, by.value, tuple(notes))


def silent_altogether(talk: Talk, by: By) -> ResultTable:
    """Who carries no code asked about anywhere, with how much was said."""
    voices = _voices(talk, by)
    silent = {key: voice for key, voice in voices.items() if not _any(talk, voice)}
    rows = [
        {
            "kind": kind,
            "by": by.value,
            "who": voice.name,
            "transcripts": "; ".join(sorted(voice.transcripts)),
            "turns": voice.turns,
            "words": voice.words,
            **status(talk),
        }
        for (kind, _), voice in silent.items()
    ]
    notes = [
        f"{len(silent)} of {len(voices)} {_plural(by)} with at least one counted word carry "
        f"{'no code at all' if not talk.wanted.roots else 'no ' + talk.wanted.said}, "
        "suggested or decided."
    ]
    wordless = [one.transcript.id for one in talk.sources if not one.words]
    notes += [f"Without a counted word: {', '.join(wordless)}."] if wordless else []
    return table_of("uncoded-cases", rows, CASE_COLUMNS, by.value, tuple(notes))


def _plural(by: By) -> str:
    return f"{by.value}s"


def _asked(talk: Talk) -> list[Code]:
    """The codes asked about, or every theme."""
    codes = talk.codings.codebook.codes()
    roots = talk.wanted.roots
    return [code for code in codes if (code.path in roots if roots else not code.depth)]


def _coded_by(code: Code) -> str:
    below = list(code.walk())
    if any(one.rules for one in below):
        return "rules"
    return MANUAL if any(one.manual for one in below) else ""


def _any(talk: Talk, voice: _Voice) -> set[str]:
    return talk.wanted.among(voice.codes)


def _voices(talk: Talk, by: By) -> dict[tuple[str, str], _Voice]:
    """All that said a counted word, by kind and name, in the order of the transcripts."""
    found: dict[tuple[str, str], _Voice] = {}
    for source in talk.sources:
        held = talk.held[source.transcript.id]
        for turn in answering(source):
            key, name = _who(talk, source, turn, by)
            voice = found.setdefault((source.transcript.kind, key), _Voice(name))
            voice.transcripts.add(source.transcript.id)
            voice.turns += 1
            voice.words += source.turn_words[turn.number]
            voice.codes |= set(_with_all_above(held.codes_on(turn.span)))
    return found


def _with_all_above(codes: Iterable[str]) -> Iterable[str]:
    return (path for code in codes for path in with_ancestors(code))


def _who(talk: Talk, source: TranscriptCoding, turn: Turn, by: By) -> tuple[str, str]:
    """By what a voice is told apart, and how it is called."""
    transcript = source.transcript
    match by:
        case By.CASE:
            return transcript.case, transcript.case
        case By.TRANSCRIPT:
            return transcript.id, transcript.id
        case _:
            shown = shown_speaker(transcript, turn, talk.study)
            name = f"{transcript.case}: {shown}" if shown else transcript.case
            return f"{transcript.case}\0{turn.speaker.casefold()}", name


def _unread(talk: Talk) -> dict[str, int]:
    """Transcripts that study.yaml declares and nobody gave, by kind."""
    kinds: Sequence[str] = [source.transcript.kind for source in talk.sources]
    return {
        base.kind: base.transcripts_n - base.with_words
        for base in bases(talk.codings, talk.study)
        if base.transcripts_n > base.with_words and (base.kind in kinds)
    }
