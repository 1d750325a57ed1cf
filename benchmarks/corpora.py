"""Corpora of talk in which the place of every mention is known.

`python -m benchmarks.corpora FOLDER SHAPE` (SHAPE as JSON) makes one in a process of its own.

Why the counts are exact: every rule has a word that no other rule and no filler has. At most
one mention stands in a sentence, inside one turn, so none overlap. Decoys look like mentions
and are none.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random

from benchmarks.made_rules import MadeRule, made_rules, write_codebook
from benchmarks.wordlists import BEYOND_ASCII, COMMON, passing_word

PLAIN_FORMS = ("exact", "title", "upper", "punct")
FORMS = (*PLAIN_FORMS, "linebreak", "spaces", "hyphen", "curly", "zerowidth")
DECOYS = ("inside", "broken", "dash", "address", "border")
FORMAT = 1  # of what is written; raised when it changes, for corpora may be kept
PASSING_WORDS = 8000  # made words of the vocabulary, beside the common ones
PUNCTUATION = (("", ","), ("(", ")"), ('"', '"'), ("", ";"), ("“", "”"), ("", "?"), ('"', ',"'))


@dataclass(frozen=True)
class Shape:
    """What a corpus is like; equal shapes give equal bytes."""

    size: int  # bytes, roughly
    rules: int = 400
    file_size: int = 9000  # bytes a transcript, roughly
    forms: tuple[str, ...] = PLAIN_FORMS
    per_thousand: float = 20.0  # mentions in 1,000 words
    fresh: float = 0.01  # share of words that stand once in the corpus
    beyond_ascii: float = 0.1  # share of transcripts with other letters
    places: bool = False  # keep the place of every mention and decoy
    seed: int = 1


@dataclass
class Truth:
    """What was planted."""

    files: int = 0
    bytes: int = 0
    words: int = 0
    counts: Counter[str] = field(default_factory=Counter)  # "code#rule" -> mentions
    forms: Counter[str] = field(default_factory=Counter)
    decoys: Counter[str] = field(default_factory=Counter)
    places: list[tuple[str, int, int, str]] = field(default_factory=list)  # the last "code#rule"
    decoy_places: list[tuple[str, int, int, str]] = field(default_factory=list)


def make_corpus(folder: Path, shape: Shape) -> Truth:
    """Write transcripts, their codebook (`write_codebook`) and `truth.json` into a new folder."""
    rules = made_rules(shape.rules)
    writer = _Writer(shape, rules)
    while writer.truth.bytes < shape.size:
        name = f"i{writer.truth.files:06d}"
        inside = folder / "transcripts" / f"d{writer.truth.files // 1000:03d}"
        inside.mkdir(parents=True, exist_ok=True)
        text = writer.transcript(name).encode()
        (inside / f"{name}.txt").write_bytes(text)
        writer.truth.files += 1
        writer.truth.bytes += len(text)
    write_codebook(folder, rules)
    (folder / "truth.json").write_text(json.dumps(vars(writer.truth)), encoding="utf-8")
    return writer.truth


def read_truth(folder: Path) -> Truth:
    """The truth that a corpus was made with."""
    fields = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for name in ("counts", "forms", "decoys"):
        fields[name] = Counter(fields[name])
    return Truth(**fields)


class _Writer:
    """Draws transcripts, and keeps what was planted."""

    def __init__(self, shape: Shape, rules: list[MadeRule]) -> None:
        self.shape = shape
        self.rules = rules
        self.truth = Truth()
        self.random = Random(shape.seed)
        self.words = COMMON + [passing_word(n * 7919) for n in range(PASSING_WORDS)]
        zipf = (1 / (rank + 2.7) ** 1.2 for rank in range(1, len(self.words) + 1))
        self.weights = list(accumulate(zipf))
        self.fresh = 0
        self.singles = [r.words for r in rules if r.kind == "phrase" and " " not in r.words]
        self.phrases = [
            r.words for r in rules if r.kind == "phrase" and " " in r.words and "'" not in r.words
        ]

    def transcript(self, name: str) -> str:
        """One transcript: an interviewer and a participant by turns."""
        self.name, self.at = name, 0
        self.parts: list[str] = []
        self.strange = self.random.random() < self.shape.beyond_ascii
        person = f"Participant {1 + self._below(60)}: "
        turn, rest = 0, ""
        while self.at < self.shape.file_size or rest:
            asks = turn % 2 == 0
            self._put(("\n\n" if turn else "") + ("Interviewer: " if asks else person))
            if rest:  # what a turn's border parts is no mention
                self._put(f"{rest} it was. ")
            rest = self._turn(1 + self._below(2) if asks else 2 + self._below(9))
            turn += 1
        return "".join(self.parts).rstrip() + "\n"

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def _turn(self, sentences: int) -> str:
        """Write one turn; what it gives is the rest of a phrase that the next turn begins with."""
        for number in range(sentences):
            words = self._sentence()
            self.truth.words += len(words)
            chance = self.random.random() * 1000 / len(words)
            if chance < self.shape.per_thousand:
                self._plant(words)
            elif number and chance < self.shape.per_thousand * 1.1:
                if rest := self._decoy(words):
                    return rest
            else:
                self._put(_capital(" ".join(words)) + self.random.choice(("? ", ". ", ". ")))
        return ""

    def _sentence(self) -> list[str]:
        size = 7 + self._below(16)
        words = self.random.choices(self.words, cum_weights=self.weights, k=size)
        if self.random.random() < self.shape.fresh * size:
            self.fresh += 1
            words.insert(1 + self._below(size - 1), passing_word(self.fresh * 7_919_777, 10))
        if self.strange and self.random.random() < 0.15:
            words.insert(1 + self._below(size - 1), self.random.choice(BEYOND_ASCII))
        if self.random.random() < 0.3:
            words[2] += ","
        return words

    def _plant(self, words: list[str]) -> None:
        """A sentence with one mention, whose place is kept."""
        rule = self.rules[int(len(self.rules) * self.random.random() ** 1.8)]
        form, before, written, after = self._dressed(self.random.choice(rule.forms))
        place = 1 + self._below(len(words) - 1)
        lead = _capital(" ".join(words[:place])) + " " + before
        start = self.at + len(lead)
        self._put(f"{lead}{written}{after} {' '.join(words[place:])}. ")
        key = f"{rule.code}#{rule.index}"
        self.truth.counts[key] += 1
        self.truth.forms[form] += 1
        if self.shape.places:
            self.truth.places.append((self.name, start, start + len(written), key))

    def _dressed(self, text: str) -> tuple[str, str, str, str]:
        """The form, what stands before, the words as written, what stands after."""
        form = self.random.choice(self.shape.forms)
        match form:
            case "title":
                return form, "", _capital(text), ""
            case "upper":
                return form, "", text.upper(), ""
            case "punct":
                before, after = self.random.choice(PUNCTUATION)
                return form, before, text, after
            case "linebreak" if " " in text:
                return form, "", text.replace(" ", "\n", 1), ""
            case "spaces" if " " in text:
                return form, "", text.replace(" ", self.random.choice(("  ", "\u00a0"))), ""
            case "hyphen" if " " in text:
                return form, "", text.replace(" ", "-"), ""
            case "curly" if "'" in text:
                return form, "", text.replace("'", "\u2019"), ""
            case "zerowidth":
                return form, "", text[:2] + self.random.choice("\u200b\u00ad") + text[2:], ""
        return "exact", "", text, ""

    def _decoy(self, words: list[str]) -> str:
        """A sentence with what is no mention; of `border`, the rest for the next turn."""
        kind = DECOYS[self._below(len(DECOYS))]
        if not self.singles or not self.phrases:
            return ""
        first, *others = self.random.choice(self.phrases).split()
        rest = ""
        match kind:
            case "inside":
                decoy = "fore" + self.random.choice(self.singles)
            case "broken":
                decoy = " ".join([first, passing_word(self._below(5000)), *others])
            case "dash":
                decoy = " — ".join([first, *others])
            case "address":
                decoy = f"https://example.org/{self.random.choice(self.singles)}"
            case _:
                decoy, rest = first, " ".join(others)
        lead = _capital(" ".join(words[:4])) + " "
        start = self.at + len(lead)
        self._put(lead + decoy + ("" if rest else f" {' '.join(words[4:])}. "))
        self.truth.decoys[kind] += 1
        if self.shape.places:
            self.truth.decoy_places.append((self.name, start, start + len(decoy), kind))
        return _capital(rest)

    def _below(self, number: int) -> int:
        return int(self.random.random() * number)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentences(seed: int) -> Iterator[str]:
    """Sentences of talk with mentions of the 400-rule codebook, without end."""
    writer = _Writer(Shape(0, seed=seed), made_rules(400))
    writer.name, writer.strange = "", False
    while True:
        writer.parts, writer.at = [], 0
        writer._turn(1)
        yield "".join(writer.parts)


if __name__ == "__main__":
    _shape = json.loads(sys.argv[2])
    _shape["forms"] = tuple(_shape["forms"])
    make_corpus(Path(sys.argv[1]), Shape(**_shape))
