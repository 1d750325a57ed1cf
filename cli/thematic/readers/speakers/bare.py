"""Names alone on their line, above what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from thematic.readers.speakers.accepting import SPEAKER_NUMBER
from thematic.readers.speakers.evidence import begins
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.roles import names_a_role
from thematic.readers.speakers.shapes import Candidate, bare_name
from thematic.readers.speakers.stamps import stamp_line

_LONGEST_LINE = 60  # characters
_MOST_NAMES = 0.6  # share of the paragraphs that may be names: each needs words below it


def bare_labels(lines: Lines, skipped: frozenset[int], declared: frozenset[str]) -> list[Candidate]:
    """The names above their words, in text order.

    A name counts if it stands so three times, or twice in capitals beside a role word; a
    role word if such words stand twice; `Speaker 1` and what the user declared always; a
    name below a stamp if one stands below (nearly) all of them.
    """
    found = list(_names(lines, skipped))
    direct = [one for one in found if not lines.is_blank(one.line + 1)]
    apart = [one for one in found if lines.is_blank(one.line + 1)]
    kept = _sure(direct, declared) | _below_stamps(direct, lines, skipped)
    labels = [one for one in direct if one.key in kept]
    if not labels:
        labels = _alone(apart, lines, skipped)
    return labels


def _names(lines: Lines, skipped: frozenset[int]) -> Iterator[Candidate]:
    for number in range(len(lines) - 1):
        start, end = lines.start(number), lines.end(number)
        if number in skipped or end - start > _LONGEST_LINE or lines.is_blank(number):
            continue
        one = bare_name(lines.text, number, start, end)
        if one and (begins(lines, number, skipped) or names_a_role(one.name)):
            yield one


def _sure(found: list[Candidate], declared: frozenset[str]) -> set[str]:
    counts = Counter(one.key for one in found)
    roles = {one.key for one in found if names_a_role(one.name)}
    several = sum(counts[key] for key in roles) >= 2
    return {
        one.key
        for one in found
        if one.key in declared
        or (SPEAKER_NUMBER.fullmatch(one.name) and one.name[-1].isdigit())
        or (several and one.key in roles)
        or counts[one.key] >= (2 if several and one.name.isupper() else 3)
    }


def _below_stamps(found: list[Candidate], lines: Lines, skipped: frozenset[int]) -> set[str]:
    """The keys below stamps that stand on lines of their own, if nearly all have a name."""
    stamps = sum(
        stamp_line(lines.text, lines.start(number), lines.end(number)) is not None
        for number in range(len(lines))
        if number not in skipped
    )
    named = [one for one in found if one.line and _is_stamp(lines, one.line - 1)]
    return {one.key for one in named} if len(named) >= 2 and len(named) >= 0.8 * stamps else set()


def _is_stamp(lines: Lines, number: int) -> bool:
    return stamp_line(lines.text, lines.start(number), lines.end(number)) is not None


def _alone(found: list[Candidate], lines: Lines, skipped: frozenset[int]) -> list[Candidate]:
    """Names that are a paragraph of their own, with a blank line below."""
    found = [one for one in found if begins(lines, one.line, skipped)]
    counts = Counter(one.key for one in found)
    kept = [
        one
        for one in found
        if counts[one.key] >= (2 if one.name.isupper() or names_a_role(one.name) else 3)
    ]
    blocks = sum(1 for _ in lines.blocks(skipped))
    alike = 0.3 * blocks <= len(kept) <= max(_MOST_NAMES * blocks, 1)
    return kept if len(kept) >= 4 and alike else []
