"""From matches on a page to mentions: the plain rules of `fast/plain.py`, on arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from thematic.coding.batch.cues import Cues, Negations, Reach, cues_of, mask_of
from thematic.coding.batch.finding import Groups, Matches, Numbers
from thematic.coding.batch.longest import clusters, repeated
from thematic.coding.batch.page import Mask, Page, Places
from thematic.coding.compiled import CompiledCodebook, CompiledRule
from thematic.coding.fast.firing import is_plain
from thematic.coding.fast.settle import Candidate, longest_first, without_nested
from thematic.model.codebook import Negation, Nested
from thematic.model.coding import Mention, MentionStatus
from thematic.model.columns import STATUSES
from thematic.model.transcript import Span

SUGGESTED, WITHHELD, SWALLOWED = (STATUSES.index(one) for one in MentionStatus)


@dataclass
class Found:
    """Mentions on a page, sorted by code, start, end and rule; `rules` are places in a list."""

    rules: Numbers
    codes: Numbers
    starts: Places
    ends: Places
    status: Numbers
    negated: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # rows
    cues: Cues = field(default_factory=lambda: Cues(np.zeros(0, np.int64), np.zeros(0, np.int64)))
    marks: dict[int, list[str]] = field(default_factory=dict)  # by row

    def __getitem__(self, chosen: Mask) -> Found:
        rules, codes, starts, ends, status = (
            column[chosen]
            for column in (self.rules, self.codes, self.starts, self.ends, self.status)
        )
        return Found(rules, codes, starts, ends, status)

    def standing(self) -> Numbers:
        """The rows that are not swallowed."""
        return np.flatnonzero(self.status != SWALLOWED)


class PlainRules:
    """The rules of a codebook that fire wherever their one item stands."""

    def __init__(self, book: CompiledCodebook) -> None:
        self.book = book
        self.rules: list[CompiledRule] = [rule for rule in book.rules if is_plain(rule)]
        by_item: list[list[int]] = [[] for _ in book.items]
        for number, rule in enumerate(self.rules):
            by_item[rule.items[0]].append(number)
        self._by_item = Groups(by_item)
        self._codes = np.array([book.order[rule.code] for rule in self.rules], np.int64)
        self.indices = np.array([rule.index for rule in self.rules], np.int64)
        self._looks = self._with(*(one for one in Negation if one is not Negation.IGNORE))
        self._withholds = self._with(Negation.WITHHOLD)
        self._negations = Negations(book)
        self._marks = {name: mask_of(items, len(book.items)) for name, items in book.marks.items()}

    def _with(self, *negation: Negation) -> Mask:
        return np.array([rule.rule.negation in negation for rule in self.rules], bool)

    def places(self, found: Matches) -> Found:
        """What the rules find, before anything is settled."""
        rows, rules = self._by_item.spread(found.items)
        starts, ends, codes = found.starts[rows], found.ends[rows], self._codes[rules]
        order = np.lexsort((self.indices[rules], ends, starts, codes))
        rules, codes, starts, ends = rules[order], codes[order], starts[order], ends[order]
        new = ~repeated(rules, starts, ends)
        rules, codes, starts, ends = rules[new], codes[new], starts[new], ends[new]
        return Found(rules, codes, starts, ends, np.full(len(rules), SUGGESTED, np.int64))

    def settle(self, found: Found, page: Page, matches: Matches, reach: Reach) -> None:
        """Longest match, negation and marks, and what is nested."""
        self._longest(found, len(page.characters))
        self._negate(found, self._negations.cues_on(page, matches, reach), reach)
        for name, items in self._marks.items():
            self._mark(found, name, cues_of(matches.of(items)), reach)
        if self.book.codebook.nested is Nested.CODEBOOK:
            self._nest(found)

    def _longest(self, found: Found, size: int) -> None:
        """Longest match within one code; of rules that match the same the first has it."""
        found.status[repeated(found.codes, found.starts, found.ends)] = SWALLOWED
        rows = found.standing()
        apart = found.codes[rows] * size  # no two codes meet
        for first, last in clusters(apart + found.starts[rows], apart + found.ends[rows]):
            places = {
                (Span(int(found.starts[row]), int(found.ends[row]))): row
                for row in rows[first:last].tolist()
            }
            rules = {span: self.rules[found.rules[row]] for span, row in places.items()}
            taken, _ = longest_first([Candidate(span, rule) for span, rule in rules.items()])
            for span in places.keys() - {one.span for one in taken}:
                found.status[places[span]] = SWALLOWED

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
