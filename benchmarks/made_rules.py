"""Codebooks of any size whose rules cannot meet in one place, and the literals they stand for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.wordlists import (
    COMMON,
    LONE_VERBS,
    PAIRED_VERBS,
    STEM_ENDINGS,
    VERB_ENDINGS,
    owned_stem,
)

# Of nine rules four are phrases, three stems, two lemmas: near what real codebooks hold.
KINDS = ("phrase", "stem", "phrase", "lemma", "stem", "phrase", "stem", "lemma", "phrase")


@dataclass(frozen=True)
class MadeRule:
    """One rule, where it stands in the codebook, and how it may be written in a text."""

    code: str  # path
    index: int  # into the code's rules
    kind: str
    words: str
    forms: tuple[str, ...]

    def literals(self) -> tuple[str, ...]:
        """What a search for fixed strings is given: a stem stands for itself."""
        return (self.words.removesuffix("*"),) if self.kind == "stem" else self.forms


def made_rules(number: int) -> list[MadeRule]:
    """The rules of a made codebook, each with a word that no other rule and no text shares."""
    stems = _stems(number)
    codes = 32 if number <= 1000 else 256
    met: dict[str, int] = {}
    rules = []
    for place, stem in enumerate(stems):
        code = f"theme{place % 4}/code{place // 4 % (codes // 4)}"
        index = met.get(code, 0)
        met[code] = index + 1
        kind = KINDS[place % len(KINDS)]
        words, forms = _written(kind, place, stem)
        rules.append(MadeRule(code, index, kind, words, forms))
    return rules


def _stems(number: int) -> list[str]:
    stems: list[str] = []
    place = 1
    while len(stems) < number:
        stem = owned_stem(place)
        place += 1
        if not any(word.startswith(stem) for word in (*COMMON, *LONE_VERBS, *PAIRED_VERBS)):
            stems.append(stem)
    return stems


def _written(kind: str, place: int, stem: str) -> tuple[str, tuple[str, ...]]:
    if kind == "stem":
        return f"{stem}*", tuple(stem + ending for ending in STEM_ENDINGS)
    turn = place // len(KINDS)
    if kind == "lemma":
        seen = turn * 2 + (place % len(KINDS) == 7)
        if seen < len(LONE_VERBS):
            verb, rest = LONE_VERBS[seen], ""
        else:
            verb, rest = PAIRED_VERBS[seen % len(PAIRED_VERBS)], f" {stem}"
        return verb + rest, tuple(verb + ending + rest for ending in VERB_ENDINGS)
    partners = COMMON[60:]
    one, two = partners[place % len(partners)], partners[place * 7 % len(partners)]
    shapes = (stem, f"{stem} {one}", f"{one} {stem}", f"{one} {stem} {two}", f"{stem}'s {one}")
    words = shapes[turn % len(shapes)]
    return words, (words,)


def codebook_of(rules: Sequence[MadeRule]) -> dict[str, Any]:
    """The codebook as it is written to a file (JSON is YAML). Everybody's words count."""
    themes: dict[str, Any] = {}
    for rule in rules:
        theme, _, code = rule.code.partition("/")
        codes = themes.setdefault(theme, {"codes": {}})["codes"]
        entry = {"lemma": rule.words} if rule.kind == "lemma" else rule.words
        codes.setdefault(code, {"rules": []})["rules"].append(entry)
    return {"codebook": "made", "speakers": {"exclude": []}, "themes": themes}


def write_codebook(folder: Path, rules: Sequence[MadeRule], **fields: str) -> None:
    """Write `codebook.json`, `literals.txt` (one a line) and `rules.json` into a folder.

    Args:
        folder: it must exist.
        rules: in the order of the codebook.
        fields: further fields at the top of the codebook.
    """
    book = json.dumps({**codebook_of(rules), **fields}, ensure_ascii=False, indent=1)
    (folder / "codebook.json").write_text(book, encoding="utf-8")
    literals = sorted({literal for rule in rules for literal in rule.literals()})
    (folder / "literals.txt").write_text("\n".join(literals) + "\n", encoding="utf-8")
    (folder / "rules.json").write_text(json.dumps([asdict(r) for r in rules]), encoding="utf-8")


def rules_in(folder: Path) -> list[MadeRule]:
    """The rules that `write_codebook` wrote there."""
    read = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    return [MadeRule(**{**fields, "forms": tuple(fields["forms"])}) for fields in read]
