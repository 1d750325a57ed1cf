"""Running heads and feet, and page numbers: what stands at the edge of page after page.

What is left out is shown to be furniture by its place and by repetition: at the edge of the
page, at the same height, with the same words or with numbers that count the pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from thematic.model.nouns import dataclass
from thematic.readers.formats.pdf.pages import Page, Piece, Row

_EDGE = 0.18  # of the page's height: where heads and feet stand
_MOST_ROWS = 5  # at one edge
_SAME_HEIGHT = 12  # points by which a head may move from page to page
_APART = 1.3  # of a wide distance of two rows in the text: what stands so far off is no text
_WIDE = 0.9  # share of the distances that a wide one is not smaller than
_LOOKED_AHEAD = 6  # sightings: heads of odd and even pages, pages without one
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"(?=[ivxl])(?:xl|x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|pages|seite|página|pagina|стр|side|sida|strona|p|s|[-–—|/(\[])[. ]*)?#"
    r"(?: ?(?:/|of|von|de|di|av|af|sur|van|z|из|\|) ?#)?(?: ?[-–—|/)\]])?"
)


@dataclass(slots=True)
class _Sighting:
    """A piece near an edge of its page."""

    page: int
    pattern: str  # its words in small letters, `#` for each number
    numbers: tuple[int, ...]
    at_top: bool
    distance: float  # of its baseline from the edge, in points
    is_apart: bool  # a wide distance parts it from the text
    pages: int = 0  # on how many pages it was found to be furniture; 0 = it is none
    counts: bool = False  # it has a number that counts the pages

    @property
    def is_number(self) -> bool:
        """Whether it is a page number and nothing else."""
        return _PAGE_NUMBER.fullmatch(self.pattern) is not None

    @property
    def is_lone_number(self) -> bool:
        """Whether it is a page number that does not tell how many pages there are."""
        return self.is_number and len(self.numbers) == 1


_Edge = list[tuple[Row, list[_Sighting]]]


def without_heads(
    pages: Sequence[Page], rows: Sequence[Sequence[Row]]
) -> tuple[list[list[Row]], Counter[str]]:
    """The rows of each page without heads, feet and page numbers; those with words, counted."""
    wide = _wide_distance(rows)
    everywhere = Counter(_pattern(row.text)[0] for ones in rows for row in ones)
    gone: set[int] = set()
    heads: Counter[str] = Counter()
    edges = [
        _edge(page, ones, wide, from_top)
        for from_top in (True, False)
        for page, ones in zip(pages, rows, strict=True)
    ]
    _judge([one for edge in edges for _, ones in edge for one in ones], everywhere, len(pages))
    for row, seen in (found for edge in edges for found in _peeled(edge)):
        gone.add(id(row))
        if not all(one.is_number for one in seen):
            counts = any(one.counts for one in seen)
            heads[_DIGITS.sub("#", row.text) if counts else row.text] += 1
    return [[row for row in ones if id(row) not in gone] for ones in rows], heads


def _wide_distance(rows: Sequence[Sequence[Row]]) -> float:
    """How far two rows of the text lie apart where a paragraph ends."""
    found = sorted(
        after - before
        for ones in rows
        for before, after in pairwise([row.base for row in ones])
        if after > before + 1
    )
    return found[int(_WIDE * (len(found) - 1))] if found else 0.0


def _pattern(text: str) -> tuple[str, tuple[int, ...]]:
    """The words without their numbers, and the numbers."""
    text = " ".join(text.casefold().split())
    if _ROMAN.fullmatch(text):
        return "#", (_roman(text),)
    return _DIGITS.sub("#", text), tuple(int(found[:9]) for found in _DIGITS.findall(text))


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _edge(page: Page, rows: Sequence[Row], wide: float, from_top: bool) -> _Edge:
    """The rows near one edge of a page, from the edge inwards."""
    inwards = sorted(rows, key=lambda row: row.base, reverse=not from_top)[: _MOST_ROWS + 1]
    distances = [abs(after.base - before.base) for before, after in pairwise(inwards)]
    edge: _Edge = []
    for number, row in enumerate(inwards[:_MOST_ROWS]):
        distance = row.base if from_top else page.height - row.base
        if distance > _EDGE * page.height:
            break
        # A page with nothing but its foot parts the foot from everything.
        is_apart = len(inwards) <= number + 1 or max(distances[number:]) > _APART * wide
        seen = [
            _Sighting(page.number, *_pattern(piece.text), from_top, distance, is_apart)
            for piece in _parts(row)
        ]
        edge.append((row, seen))
    return edge


def _parts(row: Row) -> list[Piece]:
    """The pieces of a row; words of one place are one piece."""
    parts: list[list[Piece]] = []
    for piece in row.pieces:
        if parts and piece.left - parts[-1][-1].right < piece.size:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return [
        Piece(Row(row.page, tuple(ones)).text, ones[0].left, ones[-1].right, row.base, row.size)
        for ones in parts
    ]


def _judge(seen: Sequence[_Sighting], everywhere: Counter[str], count: int) -> None:
    """Say of each sighting on how many pages it is furniture."""
    groups: dict[tuple[str, bool], list[_Sighting]] = defaultdict(list)
    for one in seen:
        groups[one.pattern, one.at_top].append(one)
    for (pattern, _), ones in groups.items():
        for chain in _chains(ones):
            pages = len({one.page for one in chain})
            elsewhere = everywhere[pattern] - len(chain)
            if _is_furniture(chain, pages, elsewhere, count):
                for one in chain:
                    one.pages = pages
    counting = [one for one in seen if one.pages and one.counts and one.is_lone_number]
    found = {one.page - one.numbers[0] for one in counting}
    for one in seen:
        if one.pages or not one.is_number:
            continue
        goes_on = one.is_lone_number and one.is_apart and one.page - one.numbers[0] in found
        if goes_on or _tells_its_page(one, count):
            one.pages, one.counts = 1, True


def _chains(seen: Sequence[_Sighting]) -> list[list[_Sighting]]:
    """Sightings of one pattern that go together, in the order of the pages."""
    chain_of = list(range(len(seen)))
    for here, one in enumerate(seen):
        for there in range(here + 1, min(here + 1 + _LOOKED_AHEAD, len(seen))):
            other = seen[there]
            if not _go_together(one, other):
                continue
            one.counts = other.counts = one.counts or one.numbers != other.numbers
            chain_of[there] = chain_of[here]
            break
    chains: dict[int, list[_Sighting]] = defaultdict(list)
    for number, one in zip(chain_of, seen, strict=True):
        chains[number].append(one)
    return list(chains.values())


def _go_together(one: _Sighting, other: _Sighting) -> bool:
    """Whether the numbers grow with the pages, or there are words too, at the same height."""
    further = other.page - one.page
    if further <= 0 or abs(one.distance - other.distance) > _SAME_HEIGHT:
        return False
    steps = [b - a for a, b in zip(one.numbers, other.numbers, strict=True)]
    return all(step in (0, further) for step in steps) and (any(steps) or not one.is_number)


def _is_furniture(chain: Sequence[_Sighting], pages: int, elsewhere: int, count: int) -> bool:
    """Whether what stands on so many pages of `count` is furniture."""
    if pages < 2:
        return False
    apart = sum(one.is_apart for one in chain) >= 0.6 * len(chain)
    if chain[0].is_number:
        return pages >= 3 or apart
    if elsewhere > max(1, 0.1 * pages):
        return False
    if apart:
        return pages >= 3 or pages * 3 >= count
    return pages >= 3 and pages >= 0.6 * count


def _tells_its_page(one: _Sighting, count: int) -> bool:
    """Whether `3/12` stands on page 3 of 12, or `1` far from the text on the only page."""
    if len(one.numbers) == 2:
        return one.numbers == (one.page + 1, count)
    return count == 1 and one.is_apart and one.numbers == (1,)


def _peeled(edge: _Edge) -> _Edge:
    """The rows from the edge inwards that are furniture.

    What stands beside a number that counts three pages or more, off the text, is a head
    that changes from chapter to chapter; an address beside `1/1` is a browser's.
    """
    peeled: _Edge = []
    for row, seen in edge:
        counting = [one for one in seen if one.counts and one.is_apart]
        chapters = any(one.pages >= 3 for one in counting)
        others = [one for one in seen if not one.pages]
        if others and not chapters and not (counting and all(map(_is_address, others))):
            break
        peeled.append((row, seen))
    return peeled


def _is_address(one: _Sighting) -> bool:
    return re.match(r"(?:https?|file)://\S+\Z|about:", one.pattern) is not None
