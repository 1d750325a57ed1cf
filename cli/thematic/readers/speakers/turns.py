"""From a text and what is known of its lines to turns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

from thematic.errors import Problem
from thematic.model.nouns import dataclass
from thematic.model.paragraphs import paragraphs, trim
from thematic.model.study import Speakers
from thematic.model.transcript import Span, Turn
from thematic.readers.speakers.clean import clean_turns
from thematic.readers.speakers.clocks import counting_clocks
from thematic.readers.speakers.furniture import (
    blanked,
    borders,
    counted_pages,
    line_numbers,
    signatures,
)
from thematic.readers.speakers.header import metadata_lines, preamble
from thematic.readers.speakers.labels import find_labels
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.roles import role_of
from thematic.readers.speakers.shapes import Candidate, Label
from thematic.readers.speakers.stamps import stamps_in


@dataclass(frozen=True)
class Markup:
    """What a file's own markup says about the lines (0-based) of its plain text.

    Args:
        marked: labels shown as such, by line.
        outside: lines that belong to no turn, wherever they stand.
        header: lines that belong to no turn where they stand above the first label.
        bold: lines that are bold from end to end, so that a name there may be a label.
    """

    marked: Mapping[int, Candidate] = field(default_factory=lambda: MappingProxyType({}))
    outside: frozenset[int] = frozenset()
    header: frozenset[int] = frozenset()
    bold: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hole:
    """Text inside a turn that is not speech; a stamp has a time, a heading none.

    What `parts` divides paragraphs: a heading does, a stamp or a line's number does not.
    """

    span: Span
    seconds: float | None = None
    parts: bool = False


def turns_of(
    text: str, speakers: Speakers, markup: Markup | None = None
) -> tuple[Sequence[Turn], list[Problem]]:
    """The turns of a running text, from one label to the next, with notes on its labels.

    Where nobody is named each paragraph is a turn. Speech above the first label is one
    turn of nobody; short lines there are a header and belong to no turn.
    """
    clean = clean_turns(text, speakers) if markup is None else None
    if clean is not None:
        return clean, []
    markup = markup or Markup()
    lines = Lines(text)
    numbers = line_numbers(lines, markup.outside)
    if numbers:  # they are blanks from here on, and positions stay
        text = blanked(text, numbers)
        lines = Lines(text)
    metadata = metadata_lines(lines, markup.outside)
    outside = markup.outside | metadata
    marked = _without(markup.marked, metadata)
    found = find_labels(lines, marked, outside, speakers, markup.bold)
    labels = found.labels
    outside |= counted_pages(lines, outside) | signatures(lines, outside)
    if not labels:
        holes = _holes(lines, outside | markup.header, numbers)
        return tuple(_paragraph_turns(text, holes)), found.notes
    first = labels[0].start
    header = frozenset(n for n in markup.header if lines.start(n) < first)
    labelled = lines.numbers_at([max(one.end - 1, one.start) for one in labels])
    outside |= header | borders(lines, outside, labelled)
    holes = _holes(lines, outside, numbers)
    above = preamble(lines, first, outside)
    if above:
        labels = [Label(above.start, above.start, ""), *labels]
    return tuple(_labelled_turns(text, labels, holes, speakers)), found.notes


def speech_in(text: str, region: Span) -> tuple[Span, tuple[Span, ...], float | None]:
    """The words of a region of built text: their span, the stamps in it, a leading stamp's time."""
    holes = [
        _Hole(Span(region.start + one.span.start, region.start + one.span.end), one.seconds)
        for one in stamps_in(text[region.start : region.end])
    ]
    span, inner, leading, _ = _strip(text, trim(text, region), holes)
    return span, tuple(one.span for one in inner), leading


def _without(marked: Mapping[int, Candidate], lines: frozenset[int]) -> Mapping[int, Candidate]:
    return {number: one for number, one in marked.items() if number not in lines}


def _holes(lines: Lines, outside: frozenset[int], numbers: Sequence[Span]) -> list[_Hole]:
    """Stamps, numbers of lines and outside lines, in text order, without overlaps."""
    whole = [_Hole(Span(lines.start(n), lines.end(n)), parts=True) for n in sorted(outside)]
    stamps = [_Hole(one.span, one.seconds) for one in stamps_in(lines.text)]
    stamps += [_Hole(one.span, one.seconds) for one in counting_clocks(lines, outside)]
    stamps = [one for one in stamps if lines.number_at(one.span.start) not in outside]
    holes: list[_Hole] = []
    for hole in sorted([*whole, *map(_Hole, numbers), *stamps], key=_place):
        if not holes or hole.span.start >= holes[-1].span.end:
            holes.append(hole)
    return holes


def _place(hole: _Hole) -> tuple[int, int]:
    return hole.span.start, hole.span.end


def _paragraph_turns(text: str, holes: Sequence[_Hole]) -> Iterator[Turn]:
    """Each paragraph a turn; headings and the like part the text, stamps do not."""
    start = number = 0
    borders = [one for one in holes if one.parts]
    starts = [hole.span.start for hole in holes]
    for border in (*borders, None):
        end = border.span.start if border else len(text)
        for paragraph in paragraphs(text, Span(start, end)) if end > start else ():
            within = _within(holes, starts, paragraph.start, paragraph.end)
            span, inner, leading, trailing = _strip(text, paragraph, within)
            time = _first_time(leading, None, inner, trailing)
            if len(span):
                number += 1
                yield Turn(number, span, time=time, gaps=tuple(one.span for one in inner))
        start = border.span.end if border else end


def _labelled_turns(
    text: str, labels: Sequence[Label], holes: Sequence[_Hole], speakers: Speakers
) -> Iterator[Turn]:
    """A turn for every label, also where it has no words.

    A stamp at a turn's end tells when it ended (f4), so it times the next turn. The order
    in which a turn's time is sought: its label, a stamp before its words, the stamp that
    ended the turn before, the first stamp inside it.
    """
    ended: float | None = None
    number = 0
    starts = [hole.span.start for hole in holes]
    roles = {name: role_of(name, speakers) for name in {one.like or one.name for one in labels}}
    ends = [*(one.start for one in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        within = _within(holes, starts, label.end, end)
        span, inner, leading, trailing = _strip(text, _words(text, label.end, end), within)
        time = label.time
        if time is None:
            time = _first_time(leading, ended, inner, None)
        ended = trailing
        if not label.name and not len(span):
            continue
        number += 1
        role = roles[label.like or label.name]
        yield Turn(number, span, label.name, role, time, tuple([one.span for one in inner]))


def _first_time(
    leading: float | None, ended: float | None, inner: Sequence[_Hole], trailing: float | None
) -> float | None:
    if leading is not None:
        return leading
    if ended is not None:
        return ended
    if not inner:
        return trailing
    return next((one.seconds for one in inner if one.seconds is not None), trailing)


def _within(holes: Sequence[_Hole], starts: Sequence[int], start: int, end: int) -> Sequence[_Hole]:
    """The holes that lie wholly in a region; `starts` are those of the holes."""
    if not holes:
        return ()
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    return [hole for hole in holes[first:last] if hole.span.end <= end]


def _words(text: str, start: int, end: int) -> Span:
    """The region without the white space at its two ends; at its start where nothing is left."""
    words = text[start:end]
    length = len(words.strip())
    first = start + len(words) - len(words.lstrip()) if length else start
    return Span(first, first + length)


def _strip(
    text: str, span: Span, holes: Sequence[_Hole]
) -> tuple[Span, Sequence[_Hole], float | None, float | None]:
    """The words of a region, without white space at its two ends, and without holes there.

    Returns the span, the holes left inside, the time of the last stamp before the words
    and of the last stamp after them.
    """
    if not holes:
        return span, (), None, None
    first, last = 0, len(holes)
    leading = trailing = None
    while first < last and holes[first].span.start <= span.start and len(span):
        leading = holes[first].seconds if holes[first].seconds is not None else leading
        # A hole may end in blanks that were trimmed off already.
        span = trim(text, Span(min(holes[first].span.end, span.end), span.end))
        first += 1
    while last > first and holes[last - 1].span.end >= span.end and len(span):
        trailing = trailing if trailing is not None else holes[last - 1].seconds
        span = trim(text, Span(span.start, max(holes[last - 1].span.start, span.start)))
        last -= 1
    return span, holes[first:last], leading, trailing
