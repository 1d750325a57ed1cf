"""Names alone on their line, above what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thematic.model.transcript import Role
from thematic.readers.speakers.accepting import SPEAKER_NUMBER
from thematic.readers.speakers.evidence import begins, is_free
from thematic.readers.speakers.furniture import LONGEST_MARKER, marker_in
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.names import is_name_shaped
from thematic.readers.speakers.roles import is_nobody, is_segment, names_a_role, told_by
from thematic.readers.speakers.shapes import Candidate, Style
from thematic.readers.speakers.signs import BOLD, bare_name
from thematic.readers.speakers.stamps import stamp_line

_LONGEST_LINE = 60  # characters
_NEARLY_ALL = 0.8  # share of the paragraphs, or of the lines below a name, that are as they should
_MOST_NAMES = 0.6  # share of the paragraphs that may be names: each needs words below it
_FEWEST_NAMES = 0.3


def bare_names(
    lines: Lines, skipped: frozenset[int], bold: frozenset[int] = frozenset()
) -> list[Candidate]:
    """The names that stand alone on a line where a turn may begin, in text order.

    Args:
        lines: the text.
        skipped: lines that belong to no turn.
        bold: lines that the file's markup shows to be bold from end to end.
    """
    return [replace(one, sign=BOLD) if one.line in bold else one for one in _names(lines, skipped)]


def _names(lines: Lines, skipped: frozenset[int]) -> Iterator[Candidate]:
    for number in lines.filled(skipped):
        if lines.lengths[number] > _LONGEST_LINE or number == len(lines) - 1:
            continue
        start, end = lines.start(number), lines.end(number)
        if end - start > _LONGEST_LINE:
            continue
        one = bare_name(lines.text, number, start, end)
        if one and (begins(lines, number, skipped) or is_free(lines, number) or _is_known(one)):
            yield one


def _is_known(one: Candidate) -> bool:
    return names_a_role(one.name)


def bare_labels(
    found: Sequence[Candidate], lines: Lines, skipped: frozenset[int], declared: frozenset[str]
) -> list[Candidate]:
    """The names that are labels in a text without other labels.

    Names count where nearly every paragraph begins with one and one of them asks, or where
    they are bold; else a name that stands so three times, or twice in capitals beside a role
    word, a role word if such words stand twice, `Speaker 1` and what the user declared, and
    a name below a stamp if one stands below (nearly) all of them.

    Args:
        found: names alone on their lines, from `bare_names`.
        lines, skipped: as there.
        declared: keys of the labels that the user named.
    """
    names = [one for one in found if not is_nobody(one.name)]
    direct = [one for one in names if not lines.is_blank(one.line + 1)]
    apart = [one for one in names if lines.is_blank(one.line + 1)]
    leading = [one for one in direct if begins(lines, one.line, skipped) or _is_known(one)]
    kept = _sure(leading, declared) | _below_stamps(leading, lines, skipped)
    kept |= _in_company(direct, lines, skipped)
    labels = [one for one in direct if one.key in kept]
    return labels or _alone(apart, lines, skipped)


def _sure(found: Sequence[Candidate], declared: frozenset[str]) -> set[str]:
    found = [one for one in found if len(one.key) > 1 and is_name_shaped(one.name)]
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


def _in_company(found: Sequence[Candidate], lines: Lines, skipped: frozenset[int]) -> set[str]:
    """The keys where nearly every paragraph begins with a name, or every other line is one.

    One of them must ask, or be bold like the others; and a name follows no name.
    """
    starts = {one.line for one in found}
    found = [one for one in found if one.line + 1 not in starts]
    keys = {one.key for one in found}
    asks = any(told_by(one.name) is Role.INTERVIEWER for one in found)
    bold = [one for one in found if one.sign == BOLD]
    if not asks and len(bold) < max(2, len(found)):
        return set()
    if len(keys) < 2 or (bold and not asks and len(keys) == len(found)):
        return set()
    leads = sum(begins(lines, one.line, skipped) for one in found)
    blocks = len(lines.blocks(skipped))
    filled = len(lines.filled(skipped))
    every_paragraph = leads == len(found) and leads >= _NEARLY_ALL * blocks
    every_other = len(found) >= _FEWEST_NAMES * filled and len(keys) <= len(found) / 2
    return keys if every_paragraph or every_other else set()


def _below_stamps(found: Sequence[Candidate], lines: Lines, skipped: frozenset[int]) -> set[str]:
    """The keys below stamps that stand on lines of their own, if nearly all have a name."""
    stamps = sum(_is_stamp(lines, n) for n in range(len(lines)) if n not in skipped)
    named = [one for one in found if one.line and _is_stamp(lines, one.line - 1)]
    enough = len(named) >= 2 and len(named) >= _NEARLY_ALL * stamps
    return {one.key for one in named} if enough else set()


def _is_stamp(lines: Lines, number: int) -> bool:
    return stamp_line(lines.text, lines.start(number), lines.end(number)) is not None


def _alone(found: Sequence[Candidate], lines: Lines, skipped: frozenset[int]) -> list[Candidate]:
    """Names that are a paragraph of their own, with a blank line below.

    A name must stand three times, or twice in capitals, as a role word, in bold, or beside
    a role word that stands twice.
    """
    found = [one for one in found if begins(lines, one.line, skipped) and len(one.key) > 1]
    counts = Counter(one.key for one in found)
    roles = sum(names_a_role(one.name) for one in found)
    kept = [
        one
        for one in found
        if counts[one.key] > 2
        or (
            counts[one.key] == 2
            and (one.name.isupper() or names_a_role(one.name) or one.sign == BOLD or roles >= 2)
        )
    ]
    blocks = len(lines.blocks(skipped))
    alike = _FEWEST_NAMES * blocks <= len(kept) <= max(_MOST_NAMES * blocks, 1)
    return kept if len(kept) >= 4 and alike else []


def segment_labels(
    found: Sequence[Candidate], lines: Lines, skipped: frozenset[int]
) -> list[Candidate]:
    """`AD BREAK`, `[Jingle]`, `Outro` alone in a paragraph: what follows is no interview.

    In small letters and without brackets it counts only where a label follows.
    """
    taken = {one.line for one in found}
    labels: list[Candidate] = []
    blocks = lines.blocks(skipped)
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        line = block[0]
        if len(block) > 1 or line in taken or lines.lengths[line] > LONGEST_MARKER:
            continue
        marker = marker_in(lines.text_of(line))
        before_label = following is None or following[0] in taken
        if is_segment(marker.name) and not marker.stamped and (before_label or marker.is_clear):
            start, end = lines.start(line), lines.end(line)
            labels.append(Candidate(line, start, end, marker.name, Style.BARE))
    return labels
