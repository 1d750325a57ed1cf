"""What programs print round the words: page numbers, and numbers before each line."""

from __future__ import annotations

import re
from itertools import pairwise

from thematic.readers.speakers.lines import Lines

_PAGE = re.compile(
    r"(?i:page|seite|página|pagina|стр\.?|p\.)[ ]?\d{1,4}(?:[ ]?(?:of|von|de|di|sur|/)[ ]?\d{1,4})?"
    r"|\d{1,4}[ ]?(?:/|of|von)[ ]?\d{1,4}|[-–—][ ]?\d{1,4}[ ]?[-–—]|\d{1,4}"
)
_LONGEST_PAGE = 24  # characters
_NUMBERED = re.compile(r"[ \t]*(\d{1,5})[.)]?[ \t]+[^\W\d_]")


def page_lines(lines: Lines, skipped: frozenset[int]) -> frozenset[int]:
    """Numbers of the lines such as `3/12` that stand alone between blank lines."""
    return frozenset(
        block[0]
        for block in lines.blocks(skipped)
        if len(block) == 1
        and lines.end(block[0]) - lines.start(block[0]) <= _LONGEST_PAGE
        and _PAGE.fullmatch(lines.text_of(block[0]).strip())
    )


def is_numbered(lines: Lines, skipped: frozenset[int]) -> bool:
    """Whether a number stands before each line, or before most paragraphs, and counts up."""
    filled = [n for n in range(len(lines)) if n not in skipped and not lines.is_blank(n)]
    found = [_NUMBERED.match(lines.text, lines.start(n), lines.end(n)) for n in filled]
    counts = [int(one[1]) for one in found if one]
    if len(counts) < 2:
        return False
    steps = sum(after - before == 1 for before, after in pairwise(counts))
    blocks = sum(1 for _ in lines.blocks(skipped))
    most = 2 * len(counts) > len(filled) or (blocks >= 3 and len(counts) >= 0.8 * blocks)
    return most and steps >= 0.8 * (len(counts) - 1)
