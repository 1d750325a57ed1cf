"""What the rows share: where corpora are, how large, how often each side runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from statistics import median

from benchmarks.corpora import FORMAT, Shape
from benchmarks.made_rules import write_codebook
from benchmarks.measuring import Command, Failed, Side, Used, in_turn, run, run_at_once
from benchmarks.ours import Ours
from benchmarks.real import first_part, halves, real_rules, size_of
from benchmarks.yardsticks import quanteda, ripgrep, yardstick


@dataclass(frozen=True)
class Corpus:
    """Transcripts, a codebook with its literals and rules, and how many bytes there are."""

    transcripts: Path
    rules: Path  # the folder of codebook.json, literals.txt and rules.json
    size: int

    @property
    def codebook(self) -> Path:
        """The codebook's file."""
        return self.rules / "codebook.json"


@dataclass(frozen=True)
class Slow:
    """A yardstick run on a part of the corpus, for it would take hours on the whole."""

    start: float  # CPU seconds before the first text
    rate: float  # CPU seconds a byte of text
    size: int  # bytes it was run on
    memory: int

    @classmethod
    def of(cls, runs: Sequence[Used]) -> Slow:
        """The medians of some runs."""
        told = [json.loads(used.said) for used in runs]
        return cls(
            median(one["start"] for one in told),
            median(one["work"] / one["bytes"] for one in told),
            told[0]["bytes"],
            max(used.memory for used in runs),
        )

    def whole(self, size: int) -> float:
        """CPU seconds that it would take for so many bytes."""
        return self.start + self.rate * size


# Bytes of the part that a slow yardstick is run on.
PARTS = {"spacy-phrases": 2_000_000, "spacy-codebook": 200_000, "qualcoder": 500_000}


@dataclass
class Bench:
    """One run of the benchmark.

    Args:
        work: a folder for corpora (kept and used again) and outputs.
        size: bytes of the main corpus.
        pairs: how often both sides of a row run.
        real: a folder of text files to use as the main corpus; None = a made one.
        wanted: names of the yardsticks that run beside the program on the main corpus.
        say: called with what is being done.
    """

    work: Path
    size: int
    pairs: int
    real: Path | None
    wanted: set[str]
    say: Callable[[str], None]
    smaller: int = 1  # slow yardsticks run on so much less text
    mentions: int = 0  # of the main corpus, once the program has coded it
    written: int = 0  # bytes of their file

    @cached_property
    def ours(self) -> Ours:
        """The program's command lines."""
        # 1: some file of a corpus from elsewhere could not be read, and was left out.
        return Ours(self.work / "run", fine=(0, 1) if self.real else (0,))

    def made(self, shape: Shape) -> Corpus:
        """A made corpus; made now where an earlier run has not."""
        text = json.dumps(asdict(shape))
        name = sha256(f"{FORMAT} {text}".encode()).hexdigest()[:12]
        folder = self.work / f"made-{name}"
        if not (folder / "truth.json").exists():
            self.say(f"making {shape.size / 1e6:g} MB for {shape.rules} rules")
            run(Command((sys.executable, "-m", "benchmarks.corpora", str(folder), text)))
        return Corpus(folder / "transcripts", folder, size_of(folder / "transcripts"))

    @cached_property
    def main(self) -> Corpus:
        """The corpus of most rows, 400 rules."""
        if self.real is None:
            return self.made(Shape(self.size))
        rules = self.work / f"real-{sha256(str(self.real).encode()).hexdigest()[:12]}"
        rules.mkdir(parents=True, exist_ok=True)
        write_codebook(rules, real_rules(self.real, 400))
        return Corpus(self.real, rules, size_of(self.real))

    @property
    def side_size(self) -> int:
        """Bytes of the corpora of rows that compare codebooks."""
        return min(self.size // 2, 40_000_000)

    def side(self, rules: int) -> Corpus:
        """A made corpus for the rows that compare codebooks."""
        return self.made(Shape(self.side_size, rules=rules))

    @property
    def growth_base(self) -> int:
        """Bytes of the smallest input of the growth benchmark."""
        return 1_000_000 // self.smaller

    def part(self, corpus: Corpus, size: int) -> Corpus:
        """The first part of a corpus, with the same rules."""
        if size >= corpus.size:
            return corpus
        to = self.work / f"part-{corpus.rules.name}-{size}"
        part = first_part(corpus.transcripts, size, to)
        return replace(corpus, transcripts=part, size=size_of(part))

    def code(self, corpus: Corpus, *, jobs: int = 1, more: str = "") -> Command:
        """The program over a corpus, mentions to a file."""
        return self.ours.code(corpus.transcripts, corpus.codebook, jobs=jobs, more=more)

    @cached_property
    def together(self) -> dict[str, Side | Slow | str]:
        """The program and the wanted yardsticks over the main corpus, run in turn.

        By name; a sentence in place of what could not be run.
        """
        corpus = self.main
        given = {name: self._yardstick(name) for name in sorted(self.wanted)}
        commands = {"thematic": self.code(corpus)}
        commands |= {name: one for name, one in given.items() if isinstance(one, Command)}
        self.say(f"{', '.join(commands)} on {corpus.size / 1e6:g} MB, {self.pairs} times each")
        try:
            runs = in_turn(list(commands.values()), self.pairs)
        except Failed as failed:  # told in every row that needs it, and not tried again
            return dict.fromkeys([*given, "thematic"], str(failed))
        self.mentions, self.written = self.ours.mentions(), self.ours.output.stat().st_size
        sides = {
            name: Slow.of(used) if name in PARTS else Side.of(used)
            for name, used in zip(commands, runs, strict=True)
        }
        return {**{name: one for name, one in given.items() if isinstance(one, str)}, **sides}

    @cached_property
    def in_processes(self) -> dict[str, Side]:
        """The main corpus by one process, by two, and by two runs at once, half each; in turn.

        Twice as often as other rows: elapsed time hangs on what else a shared machine does.
        """
        corpus = self.main
        first, second = halves(corpus.transcripts, self.work / f"halves-{corpus.rules.name}")
        beside = replace(self.ours, folder=self.work / "run-beside")
        both = [self.ours.code(first, corpus.codebook), beside.code(second, corpus.codebook)]
        runs: dict[str, list[Used]] = {"two": [], "one": [], "apart": []}
        for _ in range(2 * self.pairs):
            runs["two"].append(run(self.code(corpus, jobs=2)))
            runs["one"].append(run(self.code(corpus)))
            runs["apart"].append(run_at_once(both))
        return {name: Side.of(used) for name, used in runs.items()}

    def _yardstick(self, name: str) -> Command | str:
        corpus = self.main
        literals = corpus.rules / "literals.txt"
        if name in PARTS:
            part = self.part(corpus, PARTS[name] // self.smaller)
            return yardstick(name, part.transcripts, corpus.rules)
        if name == "quanteda":
            return quanteda(corpus.transcripts, literals)
        return ripgrep(name, corpus.transcripts, literals, self.work / "ripgrep.txt")
