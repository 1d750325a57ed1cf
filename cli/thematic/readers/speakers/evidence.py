"""What the candidates for labels in one text add up to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import field
from functools import cached_property

from thematic.model.labels import INVISIBLE
from thematic.model.nouns import dataclass
from thematic.model.transcript import Role
from thematic.readers.speakers.furniture import page_lines
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.names import is_titled
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.shapes import STYLES, Candidate, Style
from thematic.readers.speakers.stamps import stamp_line

ENDS_TALK = frozenset(".?!…:;\"'”’»)]}#>—–-。？！；：」』؟۔")
PARTNER = re.compile(r"[A-Z]|[A-Za-z]{1,12}[ _-]?\d{1,4}")
_FEWEST_MARKED = 5  # labels in bold or in a speaker's column
_SOME = 0.3  # share of the paragraphs
_FEWEST_HEADINGS = 3  # in bold, before their paragraphs
_MOST_COMPARED = 200  # codes looked at; real files have a dozen
COLON_STYLES = frozenset({Style.COLON, Style.STAMPED, Style.MARKED})


@dataclass
class Evidence:
    """All candidates of a text and what they add up to."""

    lines: Lines
    skipped: frozenset[int]
    candidates: list[Candidate]
    declared: frozenset[str]
    free: set[int] = field(default_factory=set)  # lines where a turn may begin
    totals: Counter[str] = field(default_factory=Counter)  # also where no turn may begin
    first: set[str] = field(default_factory=set)  # keys that begin a paragraph somewhere
    counts: Counter[tuple[str, Style]] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    starts: int = 0  # blocks, or lines where each line is a turn
    turn_per_line: bool = False

    def count(self, key: str) -> int:
        """How often a key stands as a colon label where a turn may begin."""
        return self._coloned[key]

    @cached_property
    def _coloned(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for (key, style), count in self.counts.items():
            if style in COLON_STYLES:
                found[key] += count
        return found

    def keys(self, style: Style) -> set[str]:
        """The keys of the candidates of one style that stand where a turn may begin."""
        return {key for key, found in self.counts if found is style}

    @cached_property
    def enough(self) -> float:
        """How often a plain name with colon must stand: oftener where markup shows labels."""
        return max(3, self._marked / 10) if self.is_marked else 2

    @property
    def is_marked(self) -> bool:
        """Whether the file's markup shows labels."""
        return self._marked >= _FEWEST_MARKED

    @cached_property
    def _marked(self) -> int:
        return sum(count for (_, style), count in self.counts.items() if style is Style.MARKED)

    @cached_property
    def by_style(self) -> dict[Style, list[Candidate]]:
        """The candidates of each style, in text order."""
        found: dict[Style, list[Candidate]] = {style: [] for style in STYLES}
        for one in self.candidates:
            found[one.style].append(one)
        return found

    @cached_property
    def places(self) -> dict[str, list[Candidate]]:
        """The candidates by their keys, in text order."""
        found: dict[str, list[Candidate]] = {}
        for one in self.candidates:
            found.setdefault(one.key, []).append(one)
        return found

    @cached_property
    def paragraph_of(self) -> list[int]:
        """By line number, the line with which its paragraph begins."""
        found: list[int] = []
        for number in range(len(self.lines)):
            starts = begins(self.lines, number, self.skipped)
            found.append(number if starts or not found else found[-1])
        return found

    @cached_property
    def bold_are_people(self) -> bool:
        """Whether bold names are people: one stands twice, is a role word or titled.

        Three and more, each once, are headings (`**Funding:** ...`), and so are a few in a
        long text. A name marked without a colon stands in a table's column of speakers, and
        one with a time is no heading.
        """
        marked = {key: n for (key, style), n in self.counts.items() if style is Style.MARKED}
        people = any(n > 1 or names_a_role(key) or is_titled(key) for key, n in marked.items())
        few = len(marked) < _FEWEST_HEADINGS and self._marked >= _SOME * self.starts
        if people or few:
            return True
        text = self.lines.text
        return any(
            one.time is not None or text[one.end - 1 : one.end] == "\t"
            for one in self.candidates
            if one.style is Style.MARKED
        )

    @cached_property
    def stamped_share(self) -> float:
        """How many of the places where a turn may begin have a name with a stamp: 0..1."""
        stamped = sum(count for (_, style), count in self.counts.items() if style is Style.STAMPED)
        return stamped / self.starts

    @cached_property
    def share(self) -> float:
        """How many of the places where a turn may begin look like one: 0..1."""
        shaped = sum(count for (_, style), count in self.counts.items() if style in COLON_STYLES)
        return shaped / self.starts


def weigh(
    lines: Lines, skipped: frozenset[int], candidates: list[Candidate], declared: frozenset[str]
) -> Evidence:
    """The evidence of a text, from its candidates in text order."""
    evidence = Evidence(lines, skipped, candidates, declared)
    passed = skipped | page_lines(lines, skipped)
    filled = len(lines.filled(passed))
    shaped = sum(one.style not in (Style.FLOOR, Style.TAB) for one in candidates)
    blocks = len(lines.blocks(passed))
    turn_per_line = shaped * 2 >= filled and shaped >= blocks * 2
    every_line = turn_per_line and shaped >= filled * 0.9
    evidence.turn_per_line = turn_per_line
    evidence.starts = max(filled, 1) if turn_per_line else max(blocks, 1)
    evidence.totals.update([one.key for one in candidates])
    leading = [one for one in candidates if begins(lines, one.line, skipped)]
    evidence.first.update([one.key for one in (candidates if every_line else leading)])
    leads = {one.line for one in leading}
    _add(
        evidence,
        [
            one
            for one in candidates
            if turn_per_line or one.line in leads or is_free(lines, one.line)
        ],
    )
    _free_partners(evidence)
    return evidence


def _add(evidence: Evidence, free: list[Candidate]) -> None:
    evidence.free.update([one.line for one in free])
    evidence.counts.update([(one.key, one.style) for one in free])
    for one in free:
        evidence.names.setdefault(one.key, one.name)


def begins(lines: Lines, number: int, skipped: frozenset[int]) -> bool:
    """Whether the line is the first of its paragraph; a stamp on a line of its own is no text."""
    above = number - 1
    if above < 0 or lines.is_blank(above) or above in skipped:
        return True
    return stamp_line(lines.text, lines.start(above), lines.end(above)) is not None


def is_free(lines: Lines, number: int) -> bool:
    """Whether a turn may begin below the line above: not in the middle of a wrapped sentence."""
    if not number:
        return True
    text, start, end = lines.text, lines.start(number - 1), lines.end(number - 1)
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return end > start and text[end - 1] in ENDS_TALK


def _free_partners(evidence: Evidence) -> None:
    """R, where I begins turns: such a code needs no full stop above it."""
    waiting = [
        one
        for one in evidence.candidates
        if one.line not in evidence.free
        and one.style in COLON_STYLES
        and PARTNER.fullmatch(one.name)
    ]
    if not waiting:
        return
    standing = [name for name in evidence.names.values() if PARTNER.fullmatch(name)]
    names = sorted({one.name for one in waiting})[:_MOST_COMPARED]
    partners = {
        name
        for name in names
        if any(are_partners(name, other) for other in standing[:_MOST_COMPARED])
    }
    _add(evidence, [one for one in waiting if one.name in partners])


def are_partners(one: str, other: str) -> bool:
    """I and R, Q and A, P1 and P2: one asks and the other answers, or they are numbered alike."""
    if one == other:
        return False
    asks = [told_by(name) is Role.INTERVIEWER for name in (one, other)]
    return any(asks) != all(asks) or one.rstrip("0123456789") == other.rstrip("0123456789")
