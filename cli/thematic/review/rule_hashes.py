"""Whether the rules of a code are still those by which units were drawn."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from thematic.model.codebook import Code, Codebook, Nested

_DIGITS = 16  # of SHA-256, in hex
_LIST = re.compile(r"<([^<>]+)>")


def rule_hashes(codebook: Codebook) -> dict[str, str]:
    """By path, a hash of everything that decides what is suggested for a code: 16 hex digits.

    These are the rules of the code and of all below it with their guards, the word lists they
    name, and the settings that hold for the whole codebook. Where a longer match of one code
    swallows those of others, these are the rules of all codes. Line numbers do not matter.
    """
    everything = [_rules(code) for code in codebook.codes()]
    whole = codebook.nested is Nested.CODEBOOK
    settings = [
        codebook.language,
        codebook.model,
        codebook.scope,
        list(codebook.exclude),
        codebook.negation_cues,
        codebook.nested,
        codebook.ignore_accents,
    ]
    found = {}
    for code in codebook.codes():
        rules = everything if whole else [_rules(below) for below in code.walk()]
        text = json.dumps([settings, rules], default=str, sort_keys=True)
        lists = {name: codebook.lists[name] for name in sorted(_lists_in(text, codebook))}
        said = json.dumps([text, lists])
        found[code.path] = hashlib.sha256(said.encode("ascii")).hexdigest()[:_DIGITS]
    return found


def hashes_of_rules(code: Code) -> list[str]:
    """A hash of each of a code's own rules with its guards, in their order: 16 hex digits.

    Neither its line nor the words of the lists it names matter.
    """
    return [short_hash(_without_lines(asdict(rule))) for rule in code.rules]


def short_hash(value: Any) -> str:
    """A hash of plain values, which tells whether they are as they were: 16 hex digits."""
    text = json.dumps(value, default=str, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGITS]


def _rules(code: Code) -> list[Any]:
    return [code.path, [_without_lines(asdict(rule)) for rule in code.rules]]


def _without_lines(value: Any) -> Any:
    match value:
        case dict():
            return {name: _without_lines(one) for name, one in value.items() if name != "line"}
        case list() | tuple():
            return [_without_lines(one) for one in value]
        case _:
            return value


def _lists_in(text: str, codebook: Codebook) -> Iterator[str]:
    """The names of the lists that a text of rules names, and that these name."""
    waiting, seen = [text], set()
    while waiting:
        for name in _LIST.findall(waiting.pop()):
            if name in codebook.lists and name not in seen:
                seen.add(name)
                waiting.extend(codebook.lists[name])
                yield name
