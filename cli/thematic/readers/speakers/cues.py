"""Names inside cues (`Yuki Wang: it's really.`), accepted by the same evidence as in text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from thematic.errors import Problem
from thematic.model.labels import key_of, visible
from thematic.model.study import Speakers
from thematic.readers.speakers.building import TimedWords
from thematic.readers.speakers.labels import find_labels
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.roles import declared_keys, names_a_role, told_by
from thematic.readers.speakers.shapes import Label

_NAME = re.compile(r"([^\n:<>\[\]]{1,63}):[ \t]+\S")
_NEARLY_ALL = 0.66  # share of cues that begin with a name
_SHORT = 40  # cues; in longer files names stand often enough to show themselves


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
    found = find_labels(Lines(text), {}, frozenset(), _with_names(cues, speakers))
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


def _with_names(cues: Sequence[TimedWords], speakers: Speakers) -> Speakers:
    """The speakers named, and the names with which nearly all cues of a short file begin.

    There a name stands once, and yet nobody writes `Jane Doe: ` at the head of each cue
    unless she speaks.
    """
    found = [_NAME.match(cue.words) for cue in cues]
    names = [visible(one[1]) for one in found if one]
    if len(names) < 2 or len(names) < _NEARLY_ALL * len(cues) or len(cues) > _SHORT:
        return speakers
    plain = [name for name in names if is_name_shaped(name) and not is_stop(key_of(name))]
    new = dict.fromkeys(name for name in plain if not told_by(name) and not names_a_role(name))
    known = declared_keys(speakers)
    added = tuple(name for name in new if key_of(name) not in known)
    return replace(speakers, respondent=(*speakers.respondent, *added))


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
    if not labels:
        yield cue
        return
    start, end = place
    first = labels[0].start
    if text[start:first].strip():
        yield replace(cue, words=text[start:first])
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        stop = following.start if following else end
        yield replace(cue, speaker=label.name, like=label.like, words=text[label.end : stop])
