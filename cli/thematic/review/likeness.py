"""Where in a text a passage stands with few changes: edit distance, in bounded time."""

from __future__ import annotations

from collections.abc import Iterator

from thematic.model.nouns import dataclass


@dataclass(frozen=True, slots=True)
class Likely:
    """A stretch [start, end) of a text, and how many characters differ from what was sought."""

    start: int
    end: int
    changes: int


def likely_places(
    sought: str, text: str, most_changes: int, before: str = "", after: str = ""
) -> list[Likely]:
    """The stretches of a text that differ from what is sought by few characters.

    A change is one character put in, left out or replaced. The text is read once, whatever
    the length of what is sought.

    Args:
        sought: not empty.
        text: where to look.
        most_changes: less than the length of `sought`.
        before, after: what stood round it. Of equally good edges that is taken which these
            touch, else the outermost: a letter that was replaced belongs to the passage.

    Returns:
        In order of the text; of stretches that end side by side only the best.
    """
    found: list[Likely] = []
    for ends, changes in _ends(sought, text, most_changes):
        end = max(ends, key=lambda end: (common_start(after, text[end : end + len(after)]), end))
        start = _start(sought, text, end, changes, before)
        found.append(Likely(start, end, changes))
    return found


def _ends(sought: str, text: str, most_changes: int) -> Iterator[tuple[list[int], int]]:
    """Where the best of each unbroken run of near stretches end, with their changes."""
    best: list[int] = []
    fewest = most_changes
    for end, changes in enumerate(_changes_at(sought, text, from_start=False), start=1):
        if changes > most_changes:
            if best:
                yield best, fewest
            best, fewest = [], most_changes
        elif changes < fewest or not best:
            best, fewest = [end], changes
        elif changes == fewest:
            best.append(end)
    if best:
        yield best, fewest


def _start(sought: str, text: str, end: int, changes: int, before: str) -> int:
    """Where the stretch that ends at a place and has so many changes begins."""
    first = max(0, end - len(sought) - changes)
    back = _changes_at(sought[::-1], text[first:end][::-1], from_start=True)
    starts = [end - length for length, number in enumerate(back, start=1) if number == changes]
    left, known = text[max(0, first - len(before)) : end][::-1], before[::-1]
    return max(starts, key=lambda start: (common_start(known, left[end - start :]), -start))


def common_start(one: str, other: str) -> int:
    """With how many of the same characters two texts begin."""
    differing = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def _changes_at(sought: str, text: str, *, from_start: bool) -> Iterator[int]:
    """For each character of a text the fewest changes of a stretch that ends with it.

    Myers, "A fast bit-vector algorithm for approximate string matching" (1999): one column
    of the table of distances is held in the bits of two numbers.

    Args:
        sought: not empty.
        text: where to look.
        from_start: the stretch begins where the text begins; else anywhere.
    """
    where: dict[str, int] = {}
    for bit, character in enumerate(sought):
        where[character] = where.get(character, 0) | 1 << bit
    every = (1 << len(sought)) - 1
    top = 1 << (len(sought) - 1)
    more, fewer, changes = every, 0, len(sought)
    for character in text:
        same = where.get(character, 0)
        down = same | fewer
        across = (((same & more) + more) ^ more) | same
        up_more = fewer | (every & ~(across | more))
        up_fewer = more & across
        if up_more & top:
            changes += 1
        elif up_fewer & top:
            changes -= 1
        up_more = ((up_more << 1) | from_start) & every
        up_fewer = (up_fewer << 1) & every
        more = up_fewer | (every & ~(down | up_more))
        fewer = up_more & down
        yield changes
