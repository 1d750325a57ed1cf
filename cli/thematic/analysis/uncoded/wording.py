"""Words of uncoded text that look like words of a rule, and are none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field

from thematic.analysis.uncoded.gaps import Gaps, Miss, TurnText
from thematic.analysis.uncoded.likeness import Likeness, Lookalikes, stemmer
from thematic.analysis.uncoded.talk import answering
from thematic.model.coding import TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Turn

Phrase = tuple[str, ...]  # folded words; one may end in *


@dataclass(frozen=True, eq=False)
class LookedFor:
    """The phrases that one rule of one code looks for, part by part.

    Args:
        code: its path.
        rule: index into the code's rules.
        parts: the phrases of each part that must stand there; of a part that cannot be
            compared (a regex), none.
    """

    code: str
    rule: int
    parts: tuple[frozenset[Phrase], ...]

    def is_complete(self, part: int, there: AbstractSet[Phrase]) -> bool:
        """Whether phrases that are there make up all parts but one."""
        return all(n == part or not each.isdisjoint(there) for n, each in enumerate(self.parts))


User = tuple[LookedFor, int]  # a rule, and in which of its parts a phrase stands


@dataclass
class Dictionary:
    """All phrases of a codebook, to be found also where one word is a little different."""

    looked_for: Sequence[LookedFor]
    forms: Callable[[str], Iterable[str]]
    language: str
    users: dict[Phrase, list[User]] = field(default_factory=lambda: defaultdict(list))
    # Phrases by their first two words; those of one word under "".
    _beginning: dict[tuple[str, str], list[Phrase]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for rule in self.looked_for:
            for number, part in enumerate(rule.parts):
                for phrase in sorted(part):  # in one order whatever the hash seed
                    self.users[phrase].append((rule, number))
        for phrase in sorted(self.users):
            self._beginning[phrase[0], (*phrase, "")[1]].append(phrase)
        words = [word for phrase in self.users for word in phrase]
        self._alike = Lookalikes(sorted(set(words)), self.forms, stemmer(self.language))

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, Phrase, Likeness, int]]:
        """Phrases that stand in a row of folded words, at most one word a little different.

        Yields:
            The place of its first word, the phrase, how the different word is like it (SAME
            where none is different), and the place of that word.
        """
        alike = [self._alike.like(word) for word in words]
        for at, first in enumerate(alike):
            seconds = alike[at + 1] if at + 1 < len(alike) else {}
            for one in first:
                for two in ("", *seconds):
                    for phrase in self._beginning.get((one, two), ()):
                        found = _compared(phrase, alike[at : at + len(phrase)])
                        if found is not None:
                            yield at, phrase, found[0], at + found[1]


def _compared(phrase: Phrase, alike: Sequence[dict[str, Likeness]]) -> tuple[Likeness, int] | None:
    """How a row of words is like a phrase, and which word differs; None for two or more."""
    if len(alike) < len(phrase):
        return None
    odd: tuple[Likeness, int] = (Likeness.SAME, 0)
    for at, (word, known) in enumerate(zip(phrase, alike, strict=True)):
        likeness = known.get(word)
        if likeness is None:
            return None
        if likeness is not Likeness.SAME:
            if odd[0] is not Likeness.SAME:
                return None
            odd = likeness, at
    return odd


def wording_misses(
    gaps: Gaps, dictionary: Dictionary, read: Callable[[TranscriptCoding, Turn], TurnText]
) -> Iterator[Miss]:
    """Every place in open sentences where words look like a phrase of the codebook.

    A word that the code knows by another phrase is no miss of it.
    """
    for source in gaps.talk.sources:
        for turn in answering(source):
            text: TurnText | None = None
            for sentence in gaps.sentences(source, turn):
                if gaps.is_open(source, sentence):
                    text = text or read(source, turn)
                    yield from _in_sentence(gaps, dictionary, source, sentence, turn, text)


def _in_sentence(
    gaps: Gaps,
    dictionary: Dictionary,
    source: TranscriptCoding,
    sentence: Span,
    turn: Turn,
    text: TurnText,
) -> Iterator[Miss]:
    tokens = text.within(sentence)
    found = list(dictionary.matches([folded for _, folded in tokens]))
    if all(likeness is Likeness.SAME for _, _, likeness, _ in found):
        return
    there = {phrase for _, phrase, likeness, _ in found if likeness is Likeness.SAME}
    known: dict[int, set[str]] = defaultdict(set)
    for at, phrase, likeness, _ in found:
        if likeness is Likeness.SAME:
            codes = {rule.code for rule, _ in dictionary.users[phrase]}
            for place in range(at, at + len(phrase)):
                known[place] |= codes
    for at, phrase, likeness, odd in found:
        users = [
            (rule, part)
            for rule, part in dictionary.users[phrase]
            if rule.code not in known[odd] and gaps.misses(source, sentence, rule.code)
        ]
        if likeness is not Likeness.SAME and users:
            span = Span(tokens[at][0].start, tokens[at + len(phrase) - 1][0].end)
            complete = [rule for rule, part in users if rule.is_complete(part, there)]
            first = complete[0] if complete else users[0][0]
            yield Miss(
                source=source,
                turn=turn,
                span=span,
                sentence=sentence,
                code=first.code,
                rule=first.rule,
                miss=likeness.value,
                looked_for=" ".join(phrase),
                missing=f"looked for: {' '.join(phrase)}",
                words=" ".join(folded for _, folded in tokens[at : at + len(phrase)]),
                rules=len({(rule.code, rule.rule) for rule, _ in users}),
                complete=bool(complete),
            )
