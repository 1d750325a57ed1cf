"""How codes are called where there is little room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def short_names(paths: Iterable[str]) -> dict[str, str]:
    """By path, the last part of it where no other path ends so, else the path."""
    every = list(dict.fromkeys(paths))
    ends = Counter(path.rpartition("/")[2] for path in every)
    return {
        path: end if ends[end := path.rpartition("/")[2]] == 1 else path.replace("/", " / ")
        for path in every
    }
