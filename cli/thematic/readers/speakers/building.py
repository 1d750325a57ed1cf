"""One plain text from pieces: for formats whose turns are given, not found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from thematic.errors import Problem
from thematic.model.labels import key_of, visible
from thematic.model.nouns import noun
from thematic.model.study import Speakers
from thematic.model.transcript import Cue, Span, Turn
from thematic.readers.formats.decoding import newlines
from thematic.readers.speakers.roles import role_of
from thematic.readers.speakers.slips import slip_note, slips_for
from thematic.readers.speakers.turns import speech_in


@noun(frozen=True, slots=True)
class Said:
    """What one speaker says in one go; `time` in seconds, `line` 1-based or 0.

    `like` is the label whose role a mistyped one takes; it is found out here.
    """

    speaker: str
    words: str
    time: float | None = None
    line: int = 0
    like: str = ""


@noun(frozen=True, slots=True)
class TimedWords:
    """The words of one cue; "" as speaker where the cue names nobody.

    `like` is the label whose role a mistyped one takes, "" for all others. `opens` says
    that another person begins to speak here, also where nobody tells who. `line` is the
    cue's in the file, 1-based, or 0.
    """

    begin: float
    end: float | None
    speaker: str
    words: str
    like: str = ""
    opens: bool = False
    line: int = 0


_SURROGATE = re.compile("[\ud800-\udfff]")
_Piece = TypeVar("_Piece", Said, TimedWords)


def clean_words(text: str) -> str:
    """Words from a cell or a string: newlines as `\\n`, no lone surrogates, trimmed."""
    text = newlines(text).removeprefix("\ufeff")
    if not text.isascii() and _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.strip()


@lru_cache(maxsize=4096)
def clean_label(text: str) -> str:
    """A speaker's label: white space collapsed, no brackets round it, no colon after it.

    Only brackets that enclose the whole label go: `[red]Bob[/]` stays as it is.
    """
    label = " ".join(visible(clean_words(text)).split()).rstrip(":：").rstrip()
    if len(label) > 2 and label[0] + label[-1] in ("[]", "()", "<>"):
        inner = label[1:-1]
        if label[0] not in inner and label[-1] not in inner:
            label = inner.strip()
    return label


def build_turns(
    entries: Iterable[Said], speakers: Speakers, notes: list[Problem] | None = None
) -> tuple[str, tuple[Turn, ...]]:
    """The text `Label: words`, turns parted by a blank line, and its turns, one an entry.

    Entries without words are left out. A label that is a slip for another takes the role
    of that one, as in running text; `notes` gets a Problem of severity NOTE for each.
    """
    parts: list[str] = []
    turns: list[Turn] = []
    position = 0
    said = [_with_words(entry, clean_words(entry.words)) for entry in entries]
    said = _told_apart([entry for entry in said if entry.words], speakers, notes)
    for entry in said:
        label = f"{entry.speaker}: " if entry.speaker else ""
        gap = "\n\n" if parts else ""
        start = position + len(gap) + len(label)
        parts.append(gap + label + entry.words)
        position = start + len(entry.words)
        role = role_of(entry.like or entry.speaker, speakers)
        turns.append(Turn(len(turns) + 1, Span(start, position), entry.speaker, role, entry.time))
    text = "".join(parts)
    return text, tuple(_without_stamps(text, turn) for turn in turns)


def _with_words(piece: _Piece, words: str) -> _Piece:
    return piece if words == piece.words else replace(piece, words=words)


def _without_stamps(text: str, turn: Turn) -> Turn:
    span, gaps, leading = speech_in(text, turn.span)
    if leading is None and not gaps and span == turn.span:  # as nearly always
        return turn
    return replace(turn, span=span, gaps=gaps, time=leading if turn.time is None else turn.time)


def _told_apart(
    pieces: list[_Piece], speakers: Speakers, notes: list[Problem] | None
) -> list[_Piece]:
    """The pieces, those with a mistyped label with the label whose role it takes."""
    first: dict[str, _Piece] = {}
    seen = {""}
    for piece in pieces:
        if piece.speaker not in seen and not piece.like:
            seen.add(piece.speaker)
            first.setdefault(key_of(piece.speaker), piece)
    names = {key: piece.speaker for key, piece in first.items()}
    counts: Counter[str] = Counter()
    for speaker, count in Counter([piece.speaker for piece in pieces]).items():
        counts[key_of(speaker)] += count
    slips = slips_for(names, counts, speakers)
    if not slips:
        return pieces
    if notes is not None:
        notes += [
            slip_note(first[key].line, names[key], like, role_of(like, speakers))
            for key, like in slips.items()
        ]
    return [replace(one, like=one.like or slips.get(key_of(one.speaker), "")) for one in pieces]


def build_cues(
    cues: Iterable[TimedWords], speakers: Speakers, notes: list[Problem] | None = None
) -> tuple[str, tuple[Turn, ...]]:
    """The text of timed cues: those of one speaker in a row are one turn, joined by `\n`.

    A cue that names nobody continues the turn unless it opens one. Cues without words are
    left out. A label that is a slip takes the role of the one it is like, see
    `build_turns`.
    """
    spoken = [_with_words(cue, clean_words(cue.words)) for cue in cues]
    spoken = _told_apart([cue for cue in spoken if cue.words], speakers, notes)
    parts: list[str] = []
    turns: list[Turn] = []
    position = 0
    for group in _grouped(spoken):
        gap = "\n\n" if parts else ""
        named = next((cue for cue in group if cue.speaker), group[0])
        speaker = named.speaker
        label = f"{speaker}: " if speaker else ""
        start = position + len(gap) + len(label)
        kept, words = _placed(group, start)
        position = start + len(words)
        parts.append(gap + label + words)
        role = role_of(named.like or speaker, speakers)
        span = Span(start, position)
        turns.append(Turn(len(turns) + 1, span, speaker, role, group[0].begin, (), kept))
    return "".join(parts), tuple(turns)


def _grouped(cues: Sequence[TimedWords]) -> list[list[TimedWords]]:
    """The cues of each turn."""
    groups: list[list[TimedWords]] = []
    current = ""
    for cue in cues:
        speaker = cue.speaker
        other = bool(speaker) and speaker != current and key_of(speaker) != key_of(current)
        if not groups or other or (cue.opens and not cue.speaker):
            groups.append([])
            current = cue.speaker
        groups[-1].append(cue)
    return groups


def _placed(group: list[TimedWords], start: int) -> tuple[tuple[Cue, ...], str]:
    """The cues of one turn with their positions, and its words."""
    placed: list[Cue] = []
    position = start
    for cue in group:
        placed.append(Cue(position, cue.begin, cue.end, cue.speaker))
        position += len(cue.words) + 1
    return tuple(placed), "\n".join(cue.words for cue in group)
