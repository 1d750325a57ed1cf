"""Names inside cues (`Yuki Wang: it's really.`), accepted by the same evidence as in text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thematic.model.study import Speakers
from thematic.readers.speakers.building import TimedWords
from thematic.readers.speakers.labels import Label, find_labels
from thematic.readers.speakers.lines import Lines


def named_cues(cues: Sequence[TimedWords], speakers: Speakers) -> list[TimedWords]:
    """The cues with the names in their words taken for speakers; two names make two pieces."""
    text = "\n\n".join(cue.words for cue in cues)
    labels = find_labels(Lines(text), {}, frozenset(), speakers).labels
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
