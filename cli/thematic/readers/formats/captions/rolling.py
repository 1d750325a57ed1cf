"""Rolling captions, in which every word stands in two or three cues.

YouTube and live captioners show each line again above the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thematic.readers.speakers.building import TimedWords

_SHARE = 0.5  # of the cues that repeat the one before
_ENOUGH = 4  # of them in a file whose words have no stamps
_ENOUGH_STAMPED = 2


def unrolled(cues: Sequence[TimedWords], stamped: bool) -> tuple[list[TimedWords], int]:
    """The cues with each line once, and how many cues repeated lines; as given if none roll.

    Args:
        cues: in file order.
        stamped: whether words within cues have times, as in automatic captions.
    """
    spoken = [cue for cue in cues if cue.words]
    lines = [cue.words.split("\n") for cue in spoken]
    fresh = [_fresh(above, here) for above, here in zip([[], *lines], lines, strict=False)]
    repeats = sum(new != ("", here) for new, here in zip(fresh, lines, strict=True))
    enough = _ENOUGH_STAMPED if stamped else _ENOUGH
    if repeats < enough or repeats < _SHARE * (len(spoken) - 1):
        return list(cues), 0
    kept: list[TimedWords] = []
    for cue, (grown, new) in zip(spoken, fresh, strict=True):
        if grown:
            kept[-1] = replace(kept[-1], words=f"{kept[-1].words} {grown}", end=cue.end)
        if new:
            kept.append(replace(cue, words="\n".join(new)))
    return kept, repeats


def _fresh(above: list[str], here: list[str]) -> tuple[str, list[str]]:
    """What a cue adds to the one above: words at the end of its last line, and new lines.

    `so we` and then `so we went` is a line that grows by a word.
    """
    for count in range(min(len(above), len(here)), 0, -1):
        *whole, last = above[-count:]
        shown = here[count - 1]
        if whole == here[: count - 1] and (shown == last or shown.startswith(f"{last} ")):
            return shown[len(last) :].strip(), here[count:]
    return "", here
