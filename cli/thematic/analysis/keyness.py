"""Words that stand more often in coded talk than elsewhere, without the rules' own words.

Log-likelihood: Dunning 1993 (Computational Linguistics 19(1)), G2 over the four cells word /
other word x target / reference. Effect: log ratio (Hardie 2014). Spread: DP, the deviation of
proportions (Gries 2008, doi 10.1075/ijcl.13.4.02gri), 0 where a word is spread as the talk is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from math import log
from typing import Any

from thematic.analysis.coded_units import basis_note, coded_units, countable, uncountable_note
from thematic.analysis.groups import BY_KIND, Group, groups_of, two_groups
from thematic.analysis.ratios import log_ratio
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.analysis.sources import hidden_names, may_quote, restrictions_on
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.comparing import Against, Fewest
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Span

COLUMNS = (
    *("theme", "code", "target", "reference", "word", "count", "words_N", "per_1000_words"),
    *("reference_count", "reference_words_N", "reference_per_1000_words"),
    *("log_likelihood", "log_ratio", "zero", "persons", "persons_N", "dp"),
    *("min_count", "min_persons", "min_log_likelihood"),
    *SETTINGS,
)
Word = tuple[Span, str]  # its place, and how it is spelled without regard to case
Words = Mapping[str, Sequence[Word]]  # by transcript, those of counted turns in text order
THE_REST = "all else"
_PARTS = re.compile(r"[\W_]+")  # what stands between the parts of "miller's"


@dataclass
class _Side:
    """The words of one side, by who says them."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sizes: Counter[str] = field(default_factory=Counter)  # words by person

    def add(self, person: str, word: str) -> None:
        """Take up one word."""
        self.counts[word][person] += 1
        self.sizes[person] += 1

    def count(self, word: str) -> int:
        """How often a word is said."""
        return sum(self.counts[word].values()) if word in self.counts else 0

    @property
    def size(self) -> int:
        """All words."""
        return sum(self.sizes.values())

    def dp(self, word: str) -> float:
        """Deviation of proportions over persons: 0 even, towards 1 uneven."""
        size, count = self.size, self.count(word)
        counts = self.counts[word]
        return sum(abs(counts[p] / count - n / size) for p, n in self.sizes.items()) / 2


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """Dunning's G2 of a word found a times in c words and b times in d words; c and d > 0."""
    found, words = a + b, c + d
    cells = (
        (a, found * c / words),
        (b, found * d / words),
        (c - a, (words - found) * c / words),
        (d - b, (words - found) * d / words),
    )
    return 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen)


def keyness(
    codings: Codings,
    words: Words,
    study: Study | None = None,
    *,
    against: Against = Against.REST,
    by: str = BY_KIND,
    groups: Sequence[str] = (),
    kind: str = "",
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    unit: Unit | None = None,
    fewest: Fewest | None = None,
    most: int = 15,
) -> ResultTable:
    """Words that mark the talk with a code, the most telling first.

    Words that the code's own rules match anywhere are left out, and so are, on both sides,
    words that may not be quoted. No p: words of one person are not independent.

    Args:
        codings: from `code_transcripts`.
        words: of the counted turns, by transcript.
        study: consent.
        against: the rest of the talk, or the talk with the code in another group.
        by: what groups are: `kind` or an attribute.
        groups: two of them, in the order wanted; empty = those that there are.
        kind: whose talk; "" = the first kind (with an attribute, the first that has it).
        codes: paths; empty = the themes.
        basis: whose codings count.
        unit: what is coded as a whole; None = the codings' unit.
        fewest: what a word needs to be listed; None = 5 times, by 2 persons, 3.84.
        most: words of each code and direction; 0 = all.

    Returns:
        Columns COLUMNS; by code in codebook order, then by log-likelihood.
    """
    study, unit, fewest = study or Study(), unit or codings.unit, fewest or Fewest()
    asked = list(codes) or [theme.path for theme in codings.codebook.themes]
    paths = countable(codings, basis, asked)
    talk = _Talk(codings, words, study, unit, basis)
    settings = settings_of(codings, study, unit, basis)
    settings |= {
        "min_count": fewest.count,
        "min_persons": fewest.persons,
        "min_log_likelihood": fewest.likelihood,
    }
    rows = []
    pairs = _pairs(codings, study, against, by, groups, kind)
    for path in paths:
        own = _own_words(codings, words, path)
        for target, reference in pairs:
            sides = talk.sides(path, target, reference)
            names = {"target": target.name, "reference": reference.name if reference else THE_REST}
            head = {"theme": path.partition("/")[0], "code": path} | names
            found = _key_words(*sides, own, fewest)
            kept = [row for row in found if not talk.is_hidden(row["word"])]
            rows += [head | row | settings for row in kept[: most or None]]
    notes = (
        *_notes(fewest, most),
        *_nothing(rows, paths, [target.name for target, _ in pairs]),
        *talk.notes(),
        *uncountable_note(asked, paths),
        basis_note(codings, basis),
    )
    return table_of("keyness", rows, COLUMNS, unit.value, notes, {"word"})


_Pair = tuple[Group, Group | None]


def _pairs(
    codings: Codings, study: Study, against: Against, by: str, groups: Sequence[str], kind: str
) -> list[_Pair]:
    """Target and reference; None as reference is the rest of the target's talk."""
    if against is Against.GROUPS:
        one, other = two_groups(codings, study, by, groups, kind)
        return [(one, other), (other, one)]
    named = groups or ([kind] if kind and by == BY_KIND else [])
    every = groups_of(codings, study, by, named, kind)
    return [(group, None) for group in (every if groups or by != BY_KIND else every[:1])]


@dataclass
class _Talk:
    """Words that may be printed, by the codes of the unit they stand in."""

    codings: Codings
    words: Words
    study: Study
    unit: Unit
    basis: Basis
    held: set[str] = field(default_factory=set)  # transcripts whose words may not be quoted
    hidden: set[str] = field(default_factory=set)  # names that somebody's consent hides
    _placed: dict[str, list[tuple[str, frozenset[str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        units: dict[str, list[tuple[Span, frozenset[str]]]] = defaultdict(list)
        for one in coded_units(self.codings, self.unit, self.basis, every=True):
            units[one.source.transcript.id].append((one.unit.span, one.codes))
        for source in self.codings.transcripts:
            names = hidden_names(source.transcript, self.study)
            self.hidden |= {name.casefold() for name in names}
            if may_quote(source.transcript, self.study):
                found = _placed(self.words.get(source.transcript.id, ()), units, source, self.study)
                self._placed[source.transcript.id] = list(found)
            else:
                self.held.add(source.transcript.id)

    def sides(self, path: str, target: Group, reference: Group | None) -> tuple[_Side, _Side]:
        """The words with the code in the target, and those they are compared with."""
        inside, outside = _Side(), _Side()
        for source in target.sources:
            for word, codes in self._placed.get(source.transcript.id, ()):
                if path in codes:
                    inside.add(source.transcript.case, word)
                elif reference is None:
                    outside.add(source.transcript.case, word)
        for source in reference.sources if reference else ():
            for word, codes in self._placed.get(source.transcript.id, ()):
                if path in codes:
                    outside.add(source.transcript.case, word)
        return inside, outside

    def is_hidden(self, word: str) -> bool:
        """Whether a word is a name that somebody's consent hides."""
        return word in self.hidden or not self.hidden.isdisjoint(_PARTS.split(word))

    def notes(self) -> Iterator[str]:
        """Whose words are on neither side."""
        if self.held:
            are = "transcript" if len(self.held) == 1 else "transcripts"
            yield f"On neither side: words of {len(self.held)} {are}, without consent to quotation."


def _placed(
    words: Iterable[Word],
    units: Mapping[str, list[tuple[Span, frozenset[str]]]],
    source: TranscriptCoding,
    study: Study,
) -> Iterator[tuple[str, frozenset[str]]]:
    """Each word with the codes of its unit; words that are withdrawn are left out."""
    there = units.get(source.transcript.id, [])
    starts = [span.start for span, _ in there]
    for span, word in words:
        at = bisect_right(starts, span.start) - 1
        within = at >= 0 and there[at][0].contains(span)
        held = restrictions_on(source.transcript, span, study)
        if within and not held and any(map(str.isalpha, word)):
            yield word, there[at][1]


def _own_words(codings: Codings, words: Words, path: str) -> set[str]:
    """Every word that rules of the code, or of one below it, match anywhere."""
    found: set[str] = set()
    for source in codings.transcripts:
        spoken = words.get(source.transcript.id, ())
        starts = [span.start for span, _ in spoken]
        for mention in source.mentions:
            if f"{mention.code}/".startswith(f"{path}/"):
                for part in mention.parts or (mention.span,):
                    at = max(0, bisect_right(starts, part.start) - 1)
                    while at < len(spoken) and spoken[at][0].start < part.end:
                        if spoken[at][0].overlaps(part):
                            found.add(spoken[at][1])
                        at += 1
    return found


def _key_words(
    inside: _Side, outside: _Side, own: set[str], fewest: Fewest
) -> list[dict[str, Any]]:
    c, d = inside.size, outside.size
    rows: list[dict[str, Any]] = []
    for word, by_person in inside.counts.items() if d else ():
        a, b = inside.count(word), outside.count(word)
        if word in own or a < fewest.count or len(by_person) < fewest.persons or a * d <= b * c:
            continue
        rows.append(
            {
                "word": word,
                "count": a,
                "words_N": c,
                "per_1000_words": 1000 * a / c,
                "reference_count": b,
                "reference_words_N": d,
                "reference_per_1000_words": 1000 * b / d,
                "log_likelihood": log_likelihood(a, b, c, d),
                "log_ratio": log_ratio(a, c, b, d),
                "zero": "" if b else "reference",
                "persons": len(by_person),
                "persons_N": len(inside.sizes),
                "dp": inside.dp(word),
            }
        )
    kept = [row for row in rows if row["log_likelihood"] >= fewest.likelihood]
    return sorted(kept, key=lambda row: (-row["log_likelihood"], row["word"]))


def _notes(fewest: Fewest, most: int) -> Iterator[str]:
    yield (
        "Words that the code's own rules match anywhere are left out. Listed are words said at "
        f"least {fewest.count} times, by {fewest.persons} persons or more, with a log-likelihood "
        f"of {fewest.likelihood:g} or more" + (f"; the first {most} of each." if most else ".")
    )
    yield (
        "Log-likelihood says how sure it is that a word is more frequent, the log ratio how much "
        "(+1 is twice; *: 0.5 stands for none), DP how unevenly persons use it (0 to 1). No p: "
        "words of one person are not independent. Read them in context: thematic kwic --word."
    )


def _nothing(
    rows: Sequence[Mapping[str, Any]], paths: Sequence[str], targets: Sequence[str]
) -> Iterator[str]:
    """Of which codes and whose talk no word is listed."""
    listed = {(row["code"], row["target"]) for row in rows}
    for target in targets:
        if missing := [path for path in paths if (path, target) not in listed]:
            yield f"No word reaches these limits in the talk of {target} with {', '.join(missing)}."
