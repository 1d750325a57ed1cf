"""From matches on a page to mentions: `fast/plain.py` and `fast/settle.py` on arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

import numpy as np

from thematic.coding.batch.alphabet import Mask, Places
from thematic.coding.batch.cues import Cues, Negations, Reach, cues_of, mask_of
from thematic.coding.batch.finding import Groups, Matches, Numbers
from thematic.coding.batch.longest import clusters, in_order, repeated
from thematic.coding.batch.page import Page
from thematic.coding.compiled import CompiledCodebook, CompiledRule
from thematic.coding.fast.firing import is_plain
from thematic.coding.fast.settle import Candidate, longest_first, without_nested
from thematic.model.codebook import Negation, Nested
from thematic.model.coding import Mention, MentionStatus
from thematic.model.columns import STATUSES
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

SUGGESTED, WITHHELD, SWALLOWED = (STATUSES.index(one) for one in MentionStatus)


@dataclass
class Found:
    """Mentions on a page; `rules` are places in the list of all rules."""

    rules: Numbers
    codes: Numbers
    starts: Places
    ends: Places
    status: Numbers
    guards: dict[int, str] = field(default_factory=dict)  # by row
    marks: dict[int, list[str]] = field(default_factory=dict)  # by row
    negated: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # rows
    cues: Cues = field(default_factory=lambda: Cues(np.zeros(0, np.int64), np.zeros(0, np.int64)))

    def __getitem__(self, chosen: Mask) -> Found:
        """Some of them, before guards, cues and marks are known."""
        rules, codes, starts, ends, status = (column[chosen] for column in self._columns())
        return Found(rules, codes, starts, ends, status)

    def _columns(self) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
        return self.rules, self.codes, self.starts, self.ends, self.status

    def standing(self) -> Numbers:
        """The rows that are not swallowed."""
        return np.flatnonzero(self.status != SWALLOWED)

    def with_more(self, more: Found) -> Found:
        """These and then those, before cues and marks are known."""
        rules, codes, starts, ends, status = (
            np.concatenate(pair) for pair in zip(self._columns(), more._columns(), strict=True)
        )
        guards = {row + len(self.rules): guard for row, guard in more.guards.items()}
        return Found(rules, codes, starts, ends, status, {**self.guards, **guards})


class Rules:
    """The rules of a codebook, and how their matches become mentions."""

    def __init__(self, book: CompiledCodebook) -> None:
        self.book = book
        self.rules: list[CompiledRule] = book.rules
        by_item: list[list[int]] = [[] for _ in book.items]
        for number, rule in enumerate(self.rules):
            if is_plain(rule):
                by_item[rule.items[0]].append(number)
        self._by_item = Groups(by_item)
        self._numbers = {(one.code, one.index): number for number, one in enumerate(self.rules)}
        self._codes = np.array([book.order[rule.code] for rule in self.rules], np.int64)
        self.indices = np.array([rule.index for rule in self.rules], np.int64)
        self._looks = self._with(*(one for one in Negation if one is not Negation.IGNORE))
        self._withholds = self._with(Negation.WITHHOLD)
        self._negations = Negations(book)
        self._marks = {name: mask_of(items, len(book.items)) for name, items in book.marks.items()}

    def _with(self, *negation: Negation) -> Mask:
        return np.array([rule.rule.negation in negation for rule in self.rules], bool)

    def places(self, found: Matches) -> Found:
        """What the plain rules find, sorted by code and place, before anything is settled."""
        rows, rules = self._by_item.spread(found.items)
        starts, ends, codes = found.starts[rows], found.ends[rows], self._codes[rules]
        order = in_order(codes, starts, ends - starts, self.indices[rules])
        rules, codes, starts, ends = rules[order], codes[order], starts[order], ends[order]
        again = repeated(rules, starts, ends)
        if again.any():
            rules, codes, starts, ends = (one[~again] for one in (rules, codes, starts, ends))
        return Found(rules, codes, starts, ends, np.full(len(rules), SUGGESTED, np.int64))

    def settled(self, mentions: Sequence[Mention]) -> Found:
        """Mentions that were settled one scope at a time."""
        rules = np.array([self._numbers[one.code, one.rule] for one in mentions], np.int64)
        return Found(
            rules,
            self._codes[rules],
            np.array([one.span.start for one in mentions], np.int64),
            np.array([one.span.end for one in mentions], np.int64),
            np.array([STATUSES.index(one.status) for one in mentions], np.int64),
            guards={row: one.guard for row, one in enumerate(mentions) if one.guard},
        )

    def take_longest(self, found: Found, page: Page) -> None:
        """Longest match, in raw characters, in one code; of equal matches the first has it.

        Args:
            found: sorted by code and place.
            page: they stand on.
        """
        found.status[repeated(found.codes, found.starts, found.ends)] = SWALLOWED
        rows = found.standing()
        apart = found.codes[rows] * len(page.characters)  # no two codes meet
        for first, last in clusters(apart + found.starts[rows], apart + found.ends[rows]):
            near = rows[first:last]
            turns = page.turns_of(found.starts[near])
            starts = page.raw(found.starts[near], turns).tolist()
            ends = page.raw_ends(found.ends[near], turns).tolist()
            places = dict(zip(map(Span, starts, ends), near.tolist(), strict=True))
            rules = {span: self.rules[found.rules[row]] for span, row in places.items()}
            taken, _ = longest_first([Candidate(span, rule) for span, rule in rules.items()])
            for span in places.keys() - {one.span for one in taken}:
                found.status[places[span]] = SWALLOWED

    def look_around(self, found: Found, page: Page, matches: Matches, reach: Reach) -> None:
        """Negation and marks, and what is nested.

        Args:
            found: mentions after longest match and guards.
            page: they stand on.
            matches: of all items, those of cues and marks too.
            reach: of cues on the page.
        """
        self._negate(found, self._negations.cues_on(page, matches, reach), reach)
        for name, items in self._marks.items():
            self._mark(found, name, cues_of(matches.of(items)), reach)
        if self.book.codebook.nested is Nested.CODEBOOK:
            self._nest(found)

    def _negate(self, found: Found, cues: Cues, reach: Reach) -> None:
        rows = found.standing()
        rows = rows[self._looks[found.rules[rows]]]
        nearest = reach.nearest(cues, found.starts[rows])
        found.negated = rows[nearest >= 0]
        found.cues = Cues(*(column[nearest[nearest >= 0]] for column in (cues.starts, cues.ends)))
        withheld = found.negated[self._withholds[found.rules[found.negated]]]
        found.status[withheld] = WITHHELD

    def _mark(self, found: Found, name: str, cues: Cues, reach: Reach) -> None:
        rows = found.standing()
        reached = rows[reach.nearest(cues, found.starts[rows]) >= 0]
        for row in reached.tolist():
            found.marks.setdefault(row, []).append(name)

    def _nest(self, found: Found) -> None:
        """Swallow what lies strictly inside a longer mention of another code."""
        rows = found.standing()
        rows = rows[np.lexsort((found.ends[rows], found.starts[rows]))]
        for first, last in list(clusters(found.starts[rows], found.ends[rows])):
            held = rows[first:last].tolist()
            mentions = [self._mention(found, row) for row in held]
            for row, settled in zip(held, without_nested(mentions, self.book), strict=True):
                found.status[row] = STATUSES.index(settled.status)

    def _mention(self, found: Found, row: int) -> Mention:
        rule = self.rules[found.rules[row]]
        span = Span(int(found.starts[row]), int(found.ends[row]))
        status = STATUSES[found.status[row]]
        return Mention(0, span, rule.code, rule.index, status=status)
