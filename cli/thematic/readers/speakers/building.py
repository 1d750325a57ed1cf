"""One plain text from pieces: for formats whose turns are given, not found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from thematic.model.study import Speakers
from thematic.model.transcript import Cue, Span, Turn
from thematic.readers.formats.decoding import newlines
from thematic.readers.speakers.invisible import visible
from thematic.readers.speakers.roles import key_of, role_of
from thematic.readers.speakers.turns import speech_in


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker says in one go; `time` in seconds."""

    speaker: str
    words: str
    time: float | None = None


@dataclass(frozen=True, slots=True)
class TimedWords:
    """The words of one cue; "" as speaker where the cue names nobody.

    `like` is the label whose role a mistyped one takes, "" for all others.
    """

    begin: float
    end: float | None
    speaker: str
    words: str
    like: str = ""


def clean_words(text: str) -> str:
    """Words from a cell or a string: newlines as `\\n`, no lone surrogates, trimmed."""
    text = newlines(text).removeprefix("\ufeff")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.strip()


def clean_label(text: str) -> str:
    """A speaker's label: white space collapsed, no brackets round it, no colon after it."""
    label = " ".join(visible(clean_words(text)).split()).rstrip(":：").rstrip()
    if len(label) > 2 and (label[0], label[-1]) in (("[", "]"), ("(", ")"), ("<", ">")):
        label = label[1:-1].strip()
    return label


def build_turns(entries: Iterable[Said], speakers: Speakers) -> tuple[str, tuple[Turn, ...]]:
    """The text `Label: words`, turns parted by a blank line, and its turns, one an entry.

    Entries without words are left out.
    """
    parts: list[str] = []
    turns: list[Turn] = []
    position = 0
    for entry in entries:
        words = clean_words(entry.words)
        if not words:
            continue
        label = f"{entry.speaker}: " if entry.speaker else ""
        gap = "\n\n" if parts else ""
        start = position + len(gap) + len(label)
        parts.append(gap + label + words)
        position = start + len(words)
        role = role_of(entry.speaker, speakers)
        turns.append(Turn(len(turns) + 1, Span(start, position), entry.speaker, role, entry.time))
    text = "".join(parts)
    return text, tuple(_without_stamps(text, turn) for turn in turns)


def _without_stamps(text: str, turn: Turn) -> Turn:
    span, gaps, leading = speech_in(text, turn.span)
    return replace(turn, span=span, gaps=gaps, time=leading if turn.time is None else turn.time)


def build_cues(cues: Iterable[TimedWords], speakers: Speakers) -> tuple[str, tuple[Turn, ...]]:
    """The text of timed cues: those of one speaker in a row are one turn, joined by `\\n`.

    A cue that names nobody continues the turn. Cues without words are left out.
    """
    groups: list[list[TimedWords]] = []
    current = ""
    for cue in cues:
        cue = replace(cue, words=clean_words(cue.words))
        if not cue.words:
            continue
        if not groups or (cue.speaker and key_of(cue.speaker) != key_of(current)):
            groups.append([])
            current = cue.speaker
        groups[-1].append(cue)
    parts: list[str] = []
    turns: list[Turn] = []
    position = 0
    for group in groups:
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


def _placed(group: list[TimedWords], start: int) -> tuple[tuple[Cue, ...], str]:
    """The cues of one turn with their positions, and its words."""
    placed: list[Cue] = []
    position = start
    for cue in group:
        placed.append(Cue(position, cue.begin, cue.end, cue.speaker))
        position += len(cue.words) + 1
    return tuple(placed), "\n".join(cue.words for cue in group)
