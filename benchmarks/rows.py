"""The rows of the table, each with the yardsticks that it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.bench import Bench, Corpus, Slow
from benchmarks.cluster import cluster
from benchmarks.corpora import Shape
from benchmarks.goals import Goal, Row, cost
from benchmarks.made_rules import MadeRule, rules_in, write_codebook
from benchmarks.measuring import ROOT, Side, run, side_by_side
from benchmarks.wordlists import COMMON
from benchmarks.yardsticks import python, yardstick

PASS = "pass"
BLANK = "import spacy; spacy.blank('en')"


@dataclass(frozen=True)
class Entry:
    """How one row is measured, and the yardstick that runs beside the program for it."""

    measure: Callable[[Bench], Row]
    yardstick: str = ""


def _missing(number: str, subject: str, goal: Goal | None, why: str) -> Row:
    return Row(number, subject, goal=goal, note=why)


def _beside(number: str, subject: str, name: str, goal: Goal | None, note: str = "") -> Entry:
    """A row of one yardstick over the main corpus: CPU seconds of whole processes."""

    def measure(bench: Bench) -> Row:
        ours, other = bench.together["thematic"], bench.together[name]
        if isinstance(other, str) or not isinstance(ours, Side):
            return _missing(number, subject, goal, str(other))
        size = bench.main.size
        if isinstance(other, Slow):
            whole = other.whole(size)
            theirs = (
                f"{other.start:.3g} s + {other.rate * 1e6:.3g} s/MB (on {other.size / 1e6:.2g} MB) "
                f"= {whole:,.0f} s, {other.memory / 1e6:.0f} MB"
            )
        else:
            whole, theirs = other.cpu, cost(other, size)
        value = ours.cpu / whole if goal and goal.below else whole / ours.cpu
        return Row(number, subject, cost(ours, size), theirs, value, goal, note=note)

    return Entry(measure, name)


def _memory_of_quanteda(bench: Bench) -> Row:
    goal = Goal(True, 1 / 25, 1 / 35)
    subject = "the same, peak memory"
    ours, other = bench.together["thematic"], bench.together["quanteda"]
    if isinstance(other, str) or not (isinstance(ours, Side) and isinstance(other, Side)):
        return _missing("6b", subject, goal, str(other))
    value = ours.memory / other.memory
    return Row("6b", subject, cost(ours), cost(other), value, goal)


def _jobs(bench: Bench) -> Row:
    goal = Goal(False, 1.6, 1.85)
    subject = "`--jobs 1` beside `--jobs 2`, elapsed time"
    if not bench.ours.can("--jobs"):
        return _missing("7", subject, goal, "`thematic code` has no --jobs")
    two, one = bench.in_processes["two"], bench.in_processes["one"]
    return Row("7", subject, _elapsed(two), _elapsed(one), one.wall / two.wall, goal)


def _runs_apart(bench: Bench) -> Row:
    subject = "the same beside two runs at once, each of one process and half of the files"
    note = "What this machine gives to two processes that wait for nothing"
    apart, one = bench.in_processes["apart"], bench.in_processes["one"]
    return Row("7b", subject, _elapsed(apart), _elapsed(one), one.wall / apart.wall, note=note)


def _elapsed(side: Side) -> str:
    return f"{side.wall:.3g} s elapsed, {cost(side)}"


def _help(bench: Bench) -> Row:
    commands = [bench.ours.help(), python(PASS)]
    ours, other = side_by_side(commands, max(bench.pairs * 2, 1))
    subject = "`--help` beside `python -c pass`"
    return Row("8", subject, cost(ours), cost(other), ours.cpu / other.cpu, Goal(True, 13, 7))


def _start(number: str, first: bool, goal: Goal) -> Entry:
    which = "first run, no cache" if first else "second run"
    subject = f"`freq` of 20 transcripts of 6,000 words, {which}, beside a blank spaCy pipeline"

    def measure(bench: Bench) -> Row:
        # Of 34 kB, for such a transcript has 6,000 words.
        corpus = bench.made(Shape(20 * 34_000 // bench.smaller, file_size=34_000, seed=2))
        command = bench.ours.table(corpus.transcripts, corpus.codebook, first=first)
        run(command)
        ours, other = side_by_side([command, python(BLANK)], bench.pairs)
        return Row(number, subject, cost(ours), cost(other), ours.cpu / other.cpu, goal)

    return Entry(measure)


def _report(bench: Bench) -> Row:
    command = bench.ours.report(ROOT / "transcripts" / "jihad-networks")
    run(command)
    ours, other = side_by_side([command, python(BLANK)], bench.pairs)
    subject = "`report` of the sample study, second run, beside a blank spaCy pipeline"
    ratio = ours.cpu / other.cpu
    return Row("9b", subject, cost(ours), cost(other), ratio, Goal(True, 0.35, 0.17))


def _growing_memory(bench: Bench) -> Row:
    corpus = bench.main
    tenth = bench.part(corpus, corpus.size // 10)
    large, small = side_by_side([bench.code(one) for one in (corpus, tenth)], min(bench.pairs, 3))
    subject = "peak memory for the main corpus beside a tenth of it"
    ratio = large.memory / small.memory
    cells = (cost(large, corpus.size), cost(small, tenth.size))
    return Row("11", subject, *cells, ratio, Goal(True, 1.25, 1.1))


def _codebooks(
    number: str, subject: str, bench: Bench, one: Corpus, other: Corpus, goal: Goal
) -> Row:
    """How fast one corpus or codebook is beside another, in bytes a second."""
    pairs = [bench.code(corpus) for corpus in (one, other)]
    ours, theirs = side_by_side(pairs, min(bench.pairs, 3))
    ratio = (one.size / ours.cpu) / (other.size / theirs.cpu)
    return Row(number, subject, cost(ours, one.size), cost(theirs, other.size), ratio, goal)


def _many_rules(bench: Bench) -> Row:
    subject = "10,000 rules beside 400, MB/s, as many mentions in 1,000 words"
    many, few = bench.side(10_000), bench.side(400)
    return _codebooks("12", subject, bench, many, few, Goal(False, 0.35, 0.7))


def _common_words(bench: Bench) -> Row:
    few = bench.side(400)
    folder = bench.work / "common-words"
    folder.mkdir(exist_ok=True)
    rules = [
        MadeRule("common/words", n, "phrase", word.lower(), (word.lower(),))
        for n, word in enumerate(COMMON[:50])
    ]
    write_codebook(folder, rules)
    common = Corpus(few.transcripts, folder, few.size)
    subject = "the 50 commonest words as rules beside 400 rules, MB/s"
    return _codebooks("13", subject, bench, common, few, Goal(False, 0.08, 0.3))


def _huge_codebook(bench: Bench) -> Row:
    corpus = bench.made(Shape(min(bench.side_size, 20_000_000), rules=100_000))
    times = min(bench.pairs, 3)
    part = bench.part(corpus, 2_000_000)
    tiny = bench.part(corpus, 1)
    commands = [bench.code(corpus), bench.code(tiny)]
    commands.append(yardstick("spacy-phrases", part.transcripts, corpus.rules))
    runs = []
    for _ in range(times):
        runs.append([run(command) for command in commands])
    ours, start = (Side.of([used[place] for used in runs]) for place in (0, 1))
    other = Slow.of([used[2] for used in runs])
    whole = other.whole(corpus.size)
    note = f"Reading and compiling the codebook: {start.cpu:.3g} s, {start.memory / 1e6:.0f} MB"
    theirs = f"{other.start:.3g} s + {other.rate * 1e6:.3g} s/MB = {whole:.3g} s"
    return Row(
        "14",
        "100,000 rules beside spaCy's PhraseMatcher with them",
        cost(ours, corpus.size),
        f"{theirs}, {other.memory / 1e6:.0f} MB",
        whole / ours.cpu,
        Goal(False, 2, 20),
        note=note,
    )


def _dask(bench: Bench) -> Row:
    goal = Goal(True, 1.7, 1.25)
    subject = "a Dask cluster of two workers beside `--jobs 2`, elapsed time"
    if find_spec("distributed") is None:
        return _missing("15", subject, goal, "Dask (distributed) is not installed")
    if not bench.ours.can("--scheduler"):
        return _missing("15", subject, goal, "`thematic code` has no --scheduler")
    with cluster() as address:
        commands = [bench.code(bench.main, more=f"--scheduler {address}")]
        commands.append(bench.code(bench.main, jobs=2))
        dask, processes = side_by_side(commands, min(bench.pairs, 3))
    ours, other = (f"{side.wall:.3g} s elapsed" for side in (dask, processes))
    note = "The cluster runs already; the memory and CPU of its workers are not in the figures"
    ratio = dask.wall / processes.wall
    return Row("15", subject, ours, other, ratio, goal, note=note)


def _units(bench: Bench) -> Row:
    few = bench.side(400)
    sides = []
    for unit in ("sentence", "turn"):
        folder = bench.work / f"by-{unit}"
        folder.mkdir(exist_ok=True)
        write_codebook(folder, rules_in(few.rules), scope=unit, unit=unit)
        sides.append(Corpus(few.transcripts, folder, few.size))
    commands = [bench.code(corpus) for corpus in sides]
    sentence, turn = side_by_side(commands, bench.pairs)
    subject = "scope and unit `sentence` beside `turn`"
    cells = (cost(sentence, few.size), cost(turn, few.size))
    return Row("16", subject, *cells, sentence.cpu / turn.cpu, Goal(True, 1.6, 1.2))


def _bytes_a_mention(bench: Bench) -> Row:
    subject, goal = "bytes of Parquet a mention", Goal(True, 10, 7.5)
    ours, mentions = bench.together["thematic"], bench.mentions
    if not mentions:
        return _missing("17", subject, goal, ours if isinstance(ours, str) else "no mentions")
    cell = f"{bench.written:,} bytes, {mentions:,} mentions"
    return Row("17", subject, cell, "", bench.written / mentions, goal, " bytes")


NO_LEMMAS = (
    ""
    if find_spec("spacy_lookups_data")
    else "Without spacy-lookups-data: lemmas are given as phrases, which is cheaper for spaCy"
)
EQUAL = "`rg -j1 -F -i -w -o -b -f`: every whole-word match with its place"
SPACY = "spaCy: tokenizer and PhraseMatcher LOWER"
SPACY_ALL = "spaCy: the whole codebook, stems by REGEX"
LINES = "lines counted"
CASED = "lines counted, case matters"
ROWS: dict[str, Entry] = {
    "1": _beside("1", SPACY, "spacy-phrases", Goal(False, 12, 60)),
    "2": _beside("2", SPACY_ALL, "spacy-codebook", Goal(False, 250, 1000), NO_LEMMAS),
    "3": _beside("3", EQUAL, "equal work", Goal(True, 2, 0.5)),
    "4": _beside("4", "`rg -j1 -F -i -c -f`: lines only", LINES, Goal(True, 5, 1.25)),
    "5": _beside("5", "`rg -j1 -F -c -f`: lines, case matters", CASED, Goal(True, None, 3.5)),
    "6": _beside("6", "quanteda: tokens, tokens_lookup, dfm", "quanteda", Goal(False, 12, 60)),
    "6b": Entry(_memory_of_quanteda, "quanteda"),
    "7": Entry(_jobs),
    "7b": Entry(_runs_apart),
    "8": Entry(_help),
    "9": _start("9", False, Goal(True, 0.35, 0.17)),
    "9b": Entry(_report),
    "10": _start("10", True, Goal(True, 1.6, 1.1)),
    "11": Entry(_growing_memory),
    "12": Entry(_many_rules),
    "13": Entry(_common_words),
    "14": Entry(_huge_codebook),
    "15": Entry(_dask),
    "16": Entry(_units),
    "17": Entry(_bytes_a_mention),
    "q": _beside("q", "QualCoder's way of coding by itself", "qualcoder", None, "Exact text only"),
}
