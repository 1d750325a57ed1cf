"""Names inside cues (`Yuki Wang: it's really.`), accepted by the same evidence as in text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from thematic.errors import Problem
from thematic.model.study import Speakers
from thematic.readers.speakers.building import TimedWords
from thematic.readers.speakers.labels import find_labels
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.shapes import Label


def named_cues(
    cues: Sequence[TimedWords], speakers: Speakers, notes: list[Problem] | None = None
) -> list[TimedWords]:
    """The cues with the names in their words taken for speakers; two names make two pieces.

    Args:
        cues: such as name nobody.
        speakers: labels the user named.
        notes: gets what `find_labels` notes, with the lines of the cues.
    """
    text = "\n\n".join(cue.words for cue in cues)
    found = find_labels(Lines(text), {}, frozenset(), speakers)
    if notes is not None:
        notes += _with_lines(found.notes, cues)
    labels = found.labels
    named: list[TimedWords] = []
    start = index = 0
    for cue in cues:
        end = start + len(cue.words)
        following = index
        while following < len(labels) and labels[following].start < end:
            following += 1
        named.extend(_split(cue, text, (start, end), labels[index:following]))
        start, index = end + 2, following
    return named


def _with_lines(notes: Sequence[Problem], cues: Sequence[TimedWords]) -> Iterator[Problem]:
    """The notes with lines of the file instead of lines of the joined words."""
    firsts = list(accumulate((cue.words.count("\n") + 2 for cue in cues), initial=1))
    for note in notes:
        index = bisect_right(firsts, note.line) - 1
        known = note.line and index < len(cues)
        yield replace(note, line=cues[index].line) if known else note


def _split(
    cue: TimedWords, text: str, place: tuple[int, int], labels: Sequence[Label]
) -> Iterator[TimedWords]:
    start, end = place
    first = labels[0].start if labels else end
    if text[start:first].strip() or not labels:
        yield replace(cue, words=text[start:first])
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        stop = following.start if following else end
        yield replace(cue, speaker=label.name, like=label.like, words=text[label.end : stop])
