"""What programs print round the words: page numbers, numbers before lines, closing lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.model.transcript import Span
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.roles import is_border, is_nobody
from thematic.readers.speakers.stamps import BRACKETED

_PAGE = expression(
    r"(?i:page|seite|página|pagina|стр\.?|p\.)[ ]?(\d{1,4})"
    r"(?:[ ]?(?:of|von|de|di|sur|/)[ ]?\d{1,4})?"
    r"|(\d{1,4})[ ]?(?:/|of|von)[ ]?\d{1,4}|[-–—][ ]?(\d{1,4})[ ]?[-–—]|(\d{1,4})"
)
_LONGEST_PAGE = 24  # characters
_FEWEST_PAGES = 2  # with a word or a total, such as `Page 2` or `2/6`
_FEWEST_PLAIN_PAGES = 3  # numbers alone
_NUMBERED = expression(r"[ \t]*(\d{1,5})[.)]?[ \t]+[^\W\d_]")
_DIGIT = expression(r"\d")
_LIST_SIGN = expression("[-–—•*‣▪·>]")
LIST_MARK = rf"{_LIST_SIGN.pattern}[ \t\u00a0]+"
_ITEM = expression(rf"[ \t]*{LIST_MARK}")
_LINE_NUMBER = expression(r"[ \t]*(\d{1,5})(?:[ \t\u00a0]+(?=\S)|[ \t\u00a0]*$)")
_FEWEST_LINES = 5  # with numbers; fewer are a list
_ALL_LINES = 0.8  # share of the lines with a number where lines are numbered through
_EVERY = (5, 10)  # some number each fifth or tenth line only
_YEARS = range(1800, 2101)
_MARKER = expression(
    rf"[\[(<*_#]{{0,3}}(?P<name>[^\W\d_][^\[\]()<>*_#:\n]{{1,40}}?)[ ]?:?"
    rf"(?P<stamp>[ ](?:{BRACKETED}|\d[\d:.,]*))?[\])>*_#]{{0,3}}[.:]?"
)
LONGEST_MARKER = 60  # characters
_LONGEST_SIGNATURE = 240
_SIGNATURE_SIGN = expression("[Tt(]")  # with which each signature begins
_SIGNATURE = expression(
    r"(?i:transcribed by https?://otter\.ai/?|transcript(?:ion)? (?:provided )?by rev\.com"
    r"|\(?transcribed by turboscribe.*|this file is longer than 30 minutes\. .*turboscribe.*"
    r"|this transcript was (?:exported|generated) .*)"
)


def page_lines(lines: Lines, skipped: frozenset[int]) -> frozenset[int]:
    """Numbers of the lines such as `3/12` that stand alone between blank lines."""
    return frozenset(number for number, _, _ in _pages(lines, skipped))


def _pages(lines: Lines, skipped: frozenset[int]) -> list[tuple[int, int, bool]]:
    """Line, page, and whether it is a number alone, of what looks like a page's number."""
    found = []
    for line in lines.lone(skipped, _LONGEST_PAGE):
        page = _page_in(lines.text_of(line))
        if page:
            found.append((line, int(next(filter(None, page.groups()))), bool(page[4])))
    return found


def is_page(line: str) -> bool:
    """Whether a line has the form of a page's number."""
    return _page_in(line) is not None


def _page_in(line: str) -> re.Match[str] | None:
    return _PAGE.fullmatch(line.strip()) if len(line) <= _LONGEST_PAGE else None


def counted_pages(lines: Lines, skipped: frozenset[int]) -> frozenset[int]:
    """The lines of `page_lines` that count the pages up through the file: they are no words."""
    pages = _pages(lines, skipped)
    found: set[int] = set()
    for plain, fewest in ((False, _FEWEST_PAGES), (True, _FEWEST_PLAIN_PAGES)):
        alike = [(line, page) for line, page, is_plain in pages if is_plain is plain]
        steps = all(after[1] - before[1] == 1 for before, after in pairwise(alike))
        if len(alike) >= fewest and steps:
            found.update(line for line, _ in alike)
    return frozenset(found)


def is_listed(lines: Lines, skipped: frozenset[int]) -> bool:
    """Whether nearly every paragraph, or every other line, is an item of a list."""
    begun = lines.opened_by(_LIST_SIGN, skipped)
    items = {n for n in begun if _ITEM.match(lines.text, lines.start(n), lines.end(n))}
    if not items:
        return False
    if 2 * len(items) > len(lines.filled(skipped)):
        return True
    firsts = [block[0] in items for block in lines.blocks(skipped)]
    return sum(firsts) >= 0.8 * len(firsts) > 0


def is_numbered(lines: Lines, skipped: frozenset[int]) -> bool:
    """Whether a number stands before each line, or before most paragraphs, and counts up."""
    begun = lines.opened_by(_DIGIT, skipped)
    found = [_NUMBERED.match(lines.text, lines.start(n), lines.end(n)) for n in begun]
    counts = [int(one[1]) for one in found if one]
    if len(counts) < 2:
        return False
    steps = sum(after - before == 1 for before, after in pairwise(counts))
    blocks = len(lines.blocks(skipped))
    most = 2 * len(counts) > len(lines.filled(skipped)) or (
        blocks >= 3 and len(counts) >= 0.8 * blocks
    )
    return most and steps >= 0.8 * (len(counts) - 1)


def line_numbers(lines: Lines, skipped: frozenset[int]) -> list[Span]:
    """The numbers before the lines of a file that is numbered through, in text order.

    Each line or each paragraph has one, which counts up or begins again at 1 on a new page;
    or each fifth or tenth line has one. Years and the numbers of a list are none.
    """
    if len(lines.opened_by(_DIGIT, skipped)) < _FEWEST_LINES:
        return []
    filled = lines.filled(skipped)
    found: list[tuple[int, int, Span]] = []  # place among the filled lines, number, where
    for place, line in enumerate(filled):
        match = _LINE_NUMBER.match(lines.text, lines.start(line), lines.end(line))
        if match:
            found.append((place, int(match[1]), Span(*match.span())))
    if len(found) < _FEWEST_LINES:
        return []
    if len(found) >= _ALL_LINES * len(filled) and _counts_up([one[1] for one in found]):
        return [where for _, _, where in found]
    firsts = {block[0] for block in lines.blocks(skipped)}
    some = [one for one in found if filled[one[0]] in firsts]
    if len(some) >= max(_ALL_LINES * len(firsts), _FEWEST_LINES) and _counts_up(
        [one[1] for one in some]
    ):
        return [where for _, _, where in some]
    return _at_intervals(filled, found)


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with a blank for each sign of the spans, which are in order and do not overlap."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], " " * len(span)]
        position = span.end
    return "".join([*pieces, text[position:]])


def _counts_up(numbers: Sequence[int]) -> bool:
    if all(number in _YEARS for number in numbers):
        return False
    steps = sum(after - before == 1 or after == 1 for before, after in pairwise(numbers))
    return steps >= 0.95 * (len(numbers) - 1)


def _at_intervals(filled: Sequence[int], found: Sequence[tuple[int, int, Span]]) -> list[Span]:
    """The numbers where each fifth or tenth line has one, counted with or without blank lines."""
    for every in _EVERY:
        some = [one for one in found if one[1] % every == 0]
        if len(some) < _FEWEST_LINES or len(some) < 0.8 * len(found):
            continue
        for place_of in (lambda place: place, lambda place: filled[place]):
            apart = {one[1] - place_of(one[0]) for one in some}
            if len(apart) == 1:
                return [where for _, _, where in some]
    return []


def borders(
    lines: Lines, skipped: frozenset[int], labelled: Collection[int] = frozenset()
) -> frozenset[int]:
    """Lines alone that tell where a recording or a part of it begins or ends.

    Such are `END`, `[MUSIC]`, `Tape ends:`, `Break: [16:40]`; lines with a label are none.
    """
    return frozenset(
        line
        for line in lines.lone(skipped, LONGEST_MARKER)
        if line not in labelled and _is_border_line(lines.text_of(line))
    )


def _is_border_line(line: str) -> bool:
    marker = marker_in(line)
    clear = marker.is_clear or marker.stamped or " " in marker.name
    return clear and (is_border(marker.name) or (marker.stamped and is_nobody(marker.name)))


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line alone says; it is clear in capitals or brackets, and may bear a time."""

    name: str = ""
    is_clear: bool = False
    stamped: bool = False


def marker_in(line: str) -> Marker:
    """The few words, without sentence, that a line consists of; an empty marker for others."""
    line = line.strip()
    found = _MARKER.fullmatch(line) if len(line) <= LONGEST_MARKER else None
    if not found:
        return Marker()
    return Marker(found["name"], found["name"].isupper() or line[0] in "[(<", bool(found["stamp"]))


def signatures(lines: Lines, skipped: frozenset[int]) -> frozenset[int]:
    """Lines by which a program says that it wrote the transcript (Otter, Rev, TurboScribe)."""
    return frozenset(
        number
        for number in lines.opened_by(_SIGNATURE_SIGN, skipped)
        if is_signature(lines.text_of(number))
    )


def is_signature(line: str) -> bool:
    """Whether a line says which program wrote the transcript."""
    return len(line) <= _LONGEST_SIGNATURE and _SIGNATURE.fullmatch(line.strip()) is not None
