"""All places of many literals in one pass over a string: the one door to the matcher.

`ahocorasick-rs` where it is installed, a trie-shaped regular expression otherwise; another
matcher can take its place behind `occurrences`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

# A DFA is the fastest; above so many literals its table is large and slow to build.
DFA_UP_TO = 10_000

Occurrence = tuple[int, int, int]  # index of the literal, start, end
Occurrences = Callable[[str], Iterable[Occurrence]]
InBytes = Callable[[bytes], Iterable[Occurrence]]


def occurrences(literals: Sequence[str]) -> Occurrences:
    """A function that gives every occurrence of every literal in a string.

    Args:
        literals: different from one another, none empty.

    Returns:
        A function of a string; occurrences may overlap and come in no set order.
    """
    if not literals:
        return lambda _: ()
    try:
        import ahocorasick_rs
    except ImportError:
        return _by_expression(literals)
    kinds = ahocorasick_rs.Implementation
    kind = kinds.DFA if len(literals) <= DFA_UP_TO else kinds.ContiguousNFA
    automaton = ahocorasick_rs.AhoCorasick(literals, implementation=kind)

    def found(string: str) -> Iterable[Occurrence]:
        result: list[Occurrence] = automaton.find_matches_as_indexes(string, overlapping=True)
        return result

    return found


def occurrences_in_bytes(literals: Sequence[str]) -> InBytes:
    """The same for texts as UTF-8, which is quicker; the places are places of bytes."""
    if not literals:
        return lambda _: ()
    spelled = [literal.encode("utf-8", "surrogatepass") for literal in literals]
    try:
        import ahocorasick_rs
    except ImportError:
        in_text = _by_expression([word.decode("latin-1") for word in spelled])
        return lambda string: in_text(string.decode("latin-1"))
    kinds = ahocorasick_rs.Implementation
    kind = kinds.DFA if len(literals) <= DFA_UP_TO else kinds.ContiguousNFA
    automaton = ahocorasick_rs.BytesAhoCorasick(spelled, implementation=kind)

    def found(string: bytes) -> Iterable[Occurrence]:
        result: list[Occurrence] = automaton.find_matches_as_indexes(string, overlapping=True)
        return result

    return found


def _by_expression(literals: Sequence[str]) -> Occurrences:
    """The same with `re`: at each place the longest literal, and those that it begins with."""
    numbers = {literal: number for number, literal in enumerate(literals)}
    expression = re.compile(f"(?=({_expression(literals)}))", re.DOTALL)
    within: dict[str, list[tuple[int, int]]] = {}

    def found(string: str) -> Iterable[Occurrence]:
        for match in expression.finditer(string):
            longest = match[1]
            if longest not in within:
                starts = (longest[:size] for size in range(1, len(longest) + 1))
                within[longest] = [(numbers[s], len(s)) for s in starts if s in numbers]
            for number, size in within[longest]:
                yield number, match.start(), match.start() + size

    return found


def _expression(literals: Sequence[str]) -> str:
    """A trie of the literals as an expression that prefers the longest."""
    trie: dict[str, Any] = {}
    for literal in literals:
        node = trie
        for char in literal:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(trie)


def _branches(node: dict[str, Any]) -> str:
    """One node of the trie; runs without a fork are written out, not nested."""
    branches = []
    for char in sorted(set(node) - {""}):
        text, below = char, node[char]
        while len(below) == 1 and "" not in below:
            (char,) = below
            text, below = text + char, below[char]
        branches.append(re.escape(text) + _branches(below))
    if not branches:
        return ""
    inner = f"(?:{'|'.join(branches)})"
    return f"{inner}?" if "" in node else inner
