"""`tokens` rules: spaCy's Matcher, on the turns only that hold a word a pattern demands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thematic.coding.compiled import CompiledCodebook
from thematic.coding.demands import required_words
from thematic.coding.text import MappedText
from thematic.model.transcript import Span

AT_ONCE = 100_000  # characters of a turn that spaCy's own tokenizer gets at once


class TokenFinder:
    """Finds the matches of `tokens` rules in reading texts."""

    def __init__(self, book: CompiledCodebook) -> None:
        self._rules = book.token_rules
        patterns = [rule.rule.tokens for rule in book.rules_with_tokens]
        found = [required_words(pattern) for pattern in patterns]
        self._demanded = [words for words in found if words]
        self._filters = len(self._demanded) == len(found)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def find(self, reading: MappedText, scopes: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
        """(rule, start, end) of every match, as places in the reading text of one turn."""
        string = reading.string
        if self._filters and string.isascii() and not self._may_match(string.lower()):
            return
        for begin, end in _stretches(reading, scopes):
            for key, start, stop in self._rules.find(string[begin:end]):
                yield key, begin + start, begin + stop

    def _may_match(self, lowered: str) -> bool:
        return any(any(word in lowered for word in words) for words in self._demanded)


def _stretches(reading: MappedText, scopes: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """A turn as spaCy gets it: whole, or cut at scope borders where it is very long."""
    begin, end = 0, 0
    for scope in scopes:
        start, stop = reading.slice_of(scope)
        if stop - begin > AT_ONCE and end > begin:
            yield begin, end
            begin = start
        end = stop
    if end > begin:
        yield begin, end
