"""Whether time grows with the input, and no faster: each input is doubled three times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmarks.bench import Bench, Corpus
from benchmarks.corpora import Shape, sentences
from benchmarks.goals import table
from benchmarks.measuring import Side, side_by_side

DOUBLINGS = 4  # sizes: 1, 2, 4, 8
# Time a unit may be so many times that of the step before, start left out. Twice is quadratic.
SUSPECT = 1.5
NOISE = 0.3  # of the start: what is less than this above it is not judged


@dataclass(frozen=True)
class Growing:
    """One sort of input that grows."""

    name: str
    unit: str
    step: Callable[[Bench, int], tuple[Corpus, float]]  # number of the size -> input, units


def _talk(size: int) -> Iterator[str]:
    held = 0
    for sentence in sentences(seed=3):
        yield sentence
        held += len(sentence)
        if held >= size:
            return


def _one_file(bench: Bench, name: str, size: int, joint: str) -> Corpus:
    """A transcript of one participant: sentences with something between each two."""
    folder = bench.work / f"{name}-{size}" / "transcripts"
    if not folder.exists():
        folder.mkdir(parents=True)
        text = "Participant 1: " + joint.join(_talk(size)) + "\n"
        (folder / "one.txt").write_text(text, encoding="utf-8")
    return Corpus(folder, bench.side(400).rules, (folder / "one.txt").stat().st_size)


def _long_transcript(bench: Bench, step: int) -> tuple[Corpus, float]:
    size = bench.growth_base * 2**step
    corpus = _one_file(bench, "long-transcript", size, "\n\nParticipant 1: ")
    return corpus, corpus.size / 1e6


def _long_line(bench: Bench, step: int) -> tuple[Corpus, float]:
    corpus = _one_file(bench, "long-line", bench.growth_base * 2**step, "")
    return corpus, corpus.size / 1e6


def _many_files(bench: Bench, step: int) -> tuple[Corpus, float]:
    """Files of one line each, of about 80 bytes."""
    number = bench.growth_base * 2**step // 400
    folder = bench.work / f"one-line-files-{number}" / "transcripts"
    if not folder.exists():
        for place, sentence in enumerate(islice(sentences(seed=4), number)):
            path = folder / f"d{place // 1000:03d}" / f"i{place:06d}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"Participant 1: {sentence}\n", encoding="utf-8")
    return Corpus(folder, bench.side(400).rules, 0), number / 1000


def _rules(bench: Bench, step: int) -> tuple[Corpus, float]:
    """The same transcripts, twice the rules."""
    number = bench.growth_base * 2**step // 800
    made = bench.made(Shape(100_000, rules=number))
    text = bench.part(bench.side(400), 100_000).transcripts
    return Corpus(text, made.rules, 0), number / 1000


GROWING = (
    Growing("one long transcript", "MB", _long_transcript),
    Growing("one long line", "MB", _long_line),
    Growing("files of one line", "1,000 files", _many_files),
    Growing("rules", "1,000 rules", _rules),
)


def growth(bench: Bench) -> str:
    """A table for each sort of input: seconds a unit at each size, and what looks quadratic."""
    start = _start(bench)
    lines = [_lines(bench, growing, start.cpu) for growing in GROWING]
    head = ("input", "size", "CPU s", "start left out, CPU s a unit", "peak memory", "")
    note = f"The start ({start.cpu:.3g} s, one short file) is left out of the seconds a unit.\n\n"
    return note + table([line for some in lines for line in some], head)


def _start(bench: Bench) -> Side:
    tiny = bench.part(bench.side(400), 1)
    return side_by_side([bench.code(tiny)], min(bench.pairs, 3))[0]


def _lines(bench: Bench, growing: Growing, start: float) -> Iterator[list[str]]:
    bench.say(f"growth: {growing.name}")
    steps = [growing.step(bench, step) for step in range(DOUBLINGS)]
    sides = side_by_side([bench.code(corpus) for corpus, _ in steps], min(bench.pairs, 3))
    measured = [(units, side.cpu) for (_, units), side in zip(steps, sides, strict=True)]
    judged = judge_growth(measured, start)
    for (units, cpu), (a_unit, suspect), side in zip(measured, judged, sides, strict=True):
        flag = "**grows faster than its input**" if suspect else ""
        cells = [growing.name, f"{units:.3g} × {growing.unit}", f"{cpu:.3g}", f"{a_unit:.3g}"]
        yield [*cells, f"{side.memory / 1e6:.0f} MB", flag]


def judge_growth(measured: Sequence[tuple[float, float]], start: float) -> list[tuple[float, bool]]:
    """Seconds a unit at each size, and whether they grew suspiciously since the size before.

    Args:
        measured: units and CPU seconds of each size, the smallest first.
        start: CPU seconds that a run takes whatever its input.
    """
    judged = []
    before = 0.0
    for units, cpu in measured:
        work = max(cpu - start, 0)
        a_unit = work / units
        judged.append((a_unit, bool(before) and a_unit > SUSPECT * before))
        before = a_unit if work > NOISE * start else 0.0
    return judged
