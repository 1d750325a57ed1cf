"""Which tiers hold talk, who speaks in them, and their pieces in the order of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.study import Speakers
from thematic.model.transcript import Transcript
from thematic.readers.formats.speech.words import Word, phrases
from thematic.readers.speakers.building import TimedWords, build_cues, clean_label

_LEVELS = frozenset(
    """
    word words utterance utterances utt ut transcript transcription transcripts text txt tx
    talk speech sentence sentences phrase phrases orth ort trn default tier ref turn turns
    """.split()
)
# What tiers are called that hold no talk but what somebody saw in it.
_NO_TALK = frozenset(
    """
    note notes comment comments kommentar kommentare remark remarks bemerkung bemerkungen
    comentario comentarios commentaire commentaires gesture gestures geste gesten gaze blick
    posture handshape movement movements gloss glosses translation translations
    übersetzung traduction traducción traduccion phone phones phoneme phonemes phonetic
    phonetics syllable syllables silben mau kan kas sampa ipa pitch tone tones tobi noise
    noises silence silences event events coding codes pos lemma lemmas
    """.split()
)
_WRITTEN_OUT = frozenset({"ort", "orth", "trn"})  # of the aligner MAUS: ORT-MAU
_PARTS = re.compile(r"[^\W\d_]+")
_ID = re.compile(r"\S*\d\S*")
_FEW_WORDS = 0.1  # share of pieces with several words, up to which a tier holds single words
_ENOUGH = 10  # pieces by which that shows
_ENOUGH_LETTERS = 20  # by which two tiers are known to say the same
_SHOWN = 8  # tiers named in one message


@dataclass(frozen=True, slots=True)
class Piece:
    """One annotation with words; times in seconds, None where the file tells none."""

    begin: float | None
    end: float | None
    words: str


@dataclass(eq=False)
class Tier:
    """A line of annotations; `speaker` is who the file says it belongs to."""

    name: str
    speaker: str = ""
    line: int = 0  # 1-based, in the file
    pieces: list[Piece] = field(default_factory=list)


def transcript_of(
    tiers: Sequence[Tier], kind: str, speakers: Speakers, problems: list[Problem]
) -> Transcript | None:
    """The transcript of all tiers that hold talk; None, with a Problem, where none does."""
    talk = _without_doubles(_without_notes(tiers, problems), problems)
    text, turns = build_cues(_in_order(talk), speakers, problems)
    if not turns:
        hint = "a tier for each speaker holds what is said, in pieces with times"
        problems.append(Problem("", 0, "there is no talk in this file", hint))
        return None
    return Transcript("", text, turns, kind)


def is_talk(tier: Tier) -> bool:
    """Whether most pieces of a tier have words, not numbers or names of annotations."""
    words = [piece.words for piece in tier.pieces if not _ID.fullmatch(piece.words.strip())]
    return len([one for one in words if _PARTS.search(one)]) > 0.5 * len(tier.pieces)


def holds_no_talk_by_name(name: str) -> bool:
    """Whether a tier is called as those with notes, gestures, sounds or translations are."""
    parts = {part.casefold() for part in _PARTS.findall(name)}
    return bool(parts & _NO_TALK) and not parts & _WRITTEN_OUT


def speaker_of(name: str) -> str:
    """Who speaks in a tier of this name: `Anna - words` is Anna's, `words` nobody's."""
    for mark in (" - ", "@", "_"):
        first, found, last = name.partition(mark)
        if found and last.strip().casefold() in _LEVELS:
            name = first
        elif found and first.strip().casefold() in _LEVELS:
            name = last
    parts = [part.casefold() for part in _PARTS.findall(name)]
    is_level = all(part in _LEVELS or part == "mau" for part in parts)
    numbered = any(sign.isdecimal() for sign in name)
    return "" if is_level and not numbered else name.strip()


def left_out(tiers: Sequence[Tier], which: str) -> Problem:
    """A note on tiers that are not read; `which` says what they are: `below others`."""
    names = ", ".join(tier.name for tier in tiers[:_SHOWN])
    more = f" and {len(tiers) - _SHOWN} more" if len(tiers) > _SHOWN else ""
    line = min((tier.line for tier in tiers), default=0)
    hint = "to have a tier read, make it one of its own, named after who speaks"
    return Problem("", line, f"tiers {which} are not read: {names}{more}", hint, Severity.NOTE)


def _without_notes(tiers: Sequence[Tier], problems: list[Problem]) -> list[Tier]:
    """The tiers but those that hold no talk by their name; all where no others have words."""
    filled = [tier for tier in tiers if tier.pieces]
    notes = [tier for tier in filled if holds_no_talk_by_name(tier.name)]
    if not notes or len(notes) == len(filled):
        return filled
    problems.append(left_out(notes, "that by their names hold notes, not talk,"))
    return [tier for tier in filled if not holds_no_talk_by_name(tier.name)]


def _without_doubles(tiers: list[Tier], problems: list[Problem]) -> list[Tier]:
    """The tiers but those whose words stand in another in longer pieces, as words in sentences."""
    alike: dict[tuple[str, int], list[Tier]] = {}
    kept: set[Tier] = set()
    for tier in tiers:
        letters = "".join("".join(_PARTS.findall(piece.words)) for piece in tier.pieces)
        if len(letters) < _ENOUGH_LETTERS:
            kept.add(tier)
        else:
            alike.setdefault((letters, round(tier.pieces[0].begin or 0.0)), []).append(tier)
    kept |= {min(group, key=lambda tier: len(tier.pieces)) for group in alike.values()}
    doubled = [tier for tier in tiers if tier not in kept]
    if doubled:
        problems.append(left_out(doubled, "whose words another holds in longer pieces"))
    return [tier for tier in tiers if tier in kept]


def _in_order(tiers: Sequence[Tier]) -> list[TimedWords]:
    cues = [cue for tier in tiers for cue in _cues(tier)]
    return sorted(cues, key=lambda cue: cue.begin)


def _cues(tier: Tier) -> list[TimedWords]:
    """The pieces of a tier as cues; single words, as aligners write them, as phrases."""
    speaker = clean_label(tier.speaker)
    long = sum(len(piece.words.split()) > 1 for piece in tier.pieces)
    if len(tier.pieces) >= _ENOUGH and long <= _FEW_WORDS * len(tier.pieces):
        return phrases(Word(one.words, one.begin, one.end, speaker) for one in tier.pieces)
    cues: list[TimedWords] = []
    last = 0.0
    for piece in tier.pieces:
        begin = last if piece.begin is None else piece.begin
        last = begin if piece.end is None else piece.end
        cues.append(TimedWords(begin, piece.end, speaker, piece.words))
    return cues
