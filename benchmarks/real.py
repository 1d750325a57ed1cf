"""A codebook for a corpus from elsewhere, made of its own words; and parts of a corpus."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.made_rules import KINDS, MadeRule
from benchmarks.wordlists import VERB_ENDINGS

READ = 5_000_000  # bytes of the corpus that words are taken from
FIRST_RANK = 300  # words that are more frequent make no rule


def texts_of(folder: Path) -> list[Path]:
    """The text files of a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))


def size_of(folder: Path) -> int:
    """Bytes of the text files of a folder."""
    return sum(path.stat().st_size for path in texts_of(folder))


def first_part(folder: Path, size: int, to: Path) -> Path:
    """Copy the first text files of a folder, until they hold so many bytes."""
    if to.exists():
        return to
    held = 0
    copies = to.with_name(to.name + "-unfinished")
    for path in texts_of(folder):
        _copy(path, folder, copies)
        held += path.stat().st_size
        if held >= size:
            break
    return copies.rename(to)


def halves(folder: Path, to: Path) -> tuple[Path, Path]:
    """Copy every other text file of a folder, and the others elsewhere."""
    both = to / "a", to / "b"
    if not to.exists():
        copies = to.with_name(to.name + "-unfinished")
        for number, path in enumerate(texts_of(folder)):
            _copy(path, folder, copies / both[number % 2].name)
        copies.rename(to)
    return both


def _copy(path: Path, folder: Path, to: Path) -> None:
    """Copy a file of a folder to the same place in another."""
    copy = to / path.relative_to(folder)
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, copy)


def real_rules(folder: Path, number: int) -> list[MadeRule]:
    """Rules of a corpus's own words: phrases, stems and lemmas in the shares of made ones."""
    words: Counter[str] = Counter()
    neighbours: Counter[tuple[str, str]] = Counter()
    for text in _read(folder):
        found = re.findall(r"[a-z]+", text.lower())
        words.update(found)
        neighbours.update(pairwise(found))
    ranked = [word for word, _ in words.most_common()[FIRST_RANK:] if len(word) > 4]
    usual = {word for word, _ in words.most_common(FIRST_RANK)}
    phrases = [
        f"{one} {other}"
        for (one, other), _ in neighbours.most_common()
        if not {one, other} & usual and min(len(one), len(other)) > 2
    ]
    rules = []
    for place, word in enumerate(ranked[:number]):
        kind = KINDS[place % len(KINDS)]
        if kind == "phrase" and place < len(phrases):
            word = phrases[place]
        code = f"theme{place % 4}/code{place // 4 % 8}"
        written = {"stem": f"{word[:6]}*", "phrase": word, "lemma": word}[kind]
        endings = {"stem": (), "phrase": ("",), "lemma": VERB_ENDINGS}[kind]
        rules.append(MadeRule(code, place // 32, kind, written, tuple(word + e for e in endings)))
    return rules


def _read(folder: Path) -> Iterator[str]:
    read = 0
    for path in texts_of(folder):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield text
        read += len(text)
        if read >= READ:
            return
