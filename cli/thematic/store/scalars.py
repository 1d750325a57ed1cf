"""Texts and lists of texts as YAML that reads back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

_YAML_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
_BARE = re.compile(r"[A-Za-z][\w./-]*( [\w./-]+)*", re.ASCII)


def scalar(text: str) -> str:
    """A text as a YAML scalar: bare where that is safe, else in double quotes."""
    if _BARE.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    dumped: str = yaml.safe_dump(text, default_style='"', width=10**9, allow_unicode=True)
    return dumped.rstrip("\n")


def flow(values: Iterable[str]) -> str:
    """Texts as a list in brackets; empty where there are none."""
    texts = [scalar(value) for value in values]
    return f"[{', '.join(texts)}]" if texts else ""
