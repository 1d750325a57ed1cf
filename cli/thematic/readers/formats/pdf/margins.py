"""Numbers of paragraphs or lines that a program prints beside the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from thematic.readers.formats.pdf.pages import Page, Piece

_NUMBER = re.compile(r"\d{1,5}")
_FEWEST = 3  # numbers that count up
_IN_ORDER = 0.8  # share of the steps from number to number that are alike
_BESIDE = 0.05  # share of the text that may reach into the margin of the numbers
_LINES = 0.85  # share of the lines with a number, from which on they number lines
_STEPS = (1, 2, 5, 10, 20)


class Side(Enum):
    """The margin in which numbers stand."""

    LEFT = auto()
    RIGHT = auto()


def take_margin_numbers(pages: Sequence[Page]) -> None:
    """Take the numbers that count up in the left or right margin out of the pages.

    Where they number paragraphs, the page keeps the places, as `begins`.
    """
    for side in (Side.LEFT, Side.RIGHT):
        found = [(page.number, piece) for page in pages for piece in _beside_text(page, side)]
        step = _step([(page, int(piece.text)) for page, piece in found])
        if not step:
            continue
        counting = _counting(found, step)
        paragraphs = step == 1 and not _number_lines(len(counting), pages)
        gone = {id(piece) for _, piece in counting}
        for number, piece in counting:
            pages[number].begins += [piece.base] if paragraphs else []
        for number in {number for number, _ in counting}:
            pages[number].pieces = [one for one in pages[number].pieces if id(one) not in gone]


def _beside_text(page: Page, side: Side) -> list[Piece]:
    """The numbers that stand alone where hardly any words reach, from top to bottom."""
    numbers = [piece for piece in page.pieces if _NUMBER.fullmatch(piece.text)]
    words = [piece for piece in page.pieces if not _NUMBER.fullmatch(piece.text)]
    lefts = sorted(piece.left for piece in words)
    rights = sorted(piece.right for piece in words)
    most = _BESIDE * len(words) + 1
    found = []
    for number in numbers:
        if side is Side.LEFT:
            reaching = bisect_left(lefts, number.right)
        else:
            reaching = len(rights) - bisect_right(rights, number.left)
        if reaching <= most:
            found.append(number)
    return sorted(found, key=lambda number: number.base)


def _step(numbers: Sequence[tuple[int, int]]) -> int:
    """By how much (page, number) grow, from page to page or anew on each; 0 = they do not.

    One number on each page is a page number, and none of these.
    """
    within = sum(page == other for (page, _), (other, _) in pairwise(numbers))
    steps = [
        after - before
        for (page, before), (other, after) in pairwise(numbers)
        if page == other or after > before
    ]
    step = max(_STEPS, key=steps.count)
    in_order = steps.count(step) >= _IN_ORDER * len(steps)
    return step if in_order and within >= _FEWEST - 1 else 0


def _counting(found: Sequence[tuple[int, Piece]], step: int) -> list[tuple[int, Piece]]:
    """The numbers with a neighbour, before or after, that the step leads to or from."""
    good = [
        int(after.text) - int(before.text) == step for (_, before), (_, after) in pairwise(found)
    ]
    return [
        one
        for one, before, after in zip(found, [False, *good], [*good, False], strict=True)
        if before or after
    ]


def _number_lines(numbers: int, pages: Sequence[Page]) -> bool:
    """Whether (nearly) every line has its number."""
    lines = {
        (page.number, round(piece.base))
        for page in pages
        for piece in page.pieces
        if not _NUMBER.fullmatch(piece.text)
    }
    return numbers >= _LINES * len(lines)
