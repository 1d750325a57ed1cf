"""Regular expressions that are compiled late are the ones that `re` makes."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import thematic
from thematic.model.patterns import Later, expression

NAMES = [one.name for one in pkgutil.walk_packages(thematic.__path__, "thematic.")]


def test_every_expression_of_a_module_can_be_compiled() -> None:
    found = [
        one
        for name in NAMES
        if not name.endswith("__main__")
        for one in vars(importlib.import_module(name)).values()
        if isinstance(one, Later)
    ]
    assert len(found) > 50
    for one in found:
        assert one.match  # compiled now, at the latest


@pytest.mark.parametrize("source", ["(?P<word>h[ae]+)(l*)", b"(?P<word>h[ae]+)(l*)"])
def test_it_does_what_a_pattern_does(source: str) -> None:
    late, now = expression(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)
    said = "say Hall and heLL" if isinstance(source, str) else b"say Hall and heLL"
    new = said[:1]
    for _ in range(2):  # before it is compiled, and after
        assert late.sub(new, said) == now.sub(new, said)
        assert [one.groups() for one in late.finditer(said, 2)] == [
            one.groups() for one in now.finditer(said, 2)
        ]
        assert late.split(said) == now.split(said)
        assert late.search(said, 5, 9) is now.search(said, 5, 9) is None
        assert (late.pattern, late.flags, late.groupindex) == (
            now.pattern,
            now.flags,
            now.groupindex,
        )
