"""One command: corpora, the gate, every ratio, the growth. See README.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from compileall import compile_dir
from contextlib import ExitStack
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from subprocess import run as start

from benchmarks.bench import Bench
from benchmarks.corpora import FORMS, Shape
from benchmarks.goals import Row, table
from benchmarks.growth import growth
from benchmarks.measuring import Command, Failed, bytes_of, machine, run
from benchmarks.real import texts_of
from benchmarks.rows import ROWS

PACKAGES = ("spacy", "ahocorasick-rs", "pandas", "pyarrow", "google-re2", "lemminflect")
GATES = {40: 2_000_000, 400: 2_000_000, 10_000: 1_000_000}  # rules -> bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 1 where the gate does not hold, and then nothing is measured."""
    options = _options(arguments)
    _write_bytecode()
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bench = Bench(
            work=work.resolve(),
            size=options.size,
            pairs=options.pairs,
            real=options.real.resolve() if options.real else None,
            wanted={ROWS[row].yardstick for row in options.rows if row in ROWS} - {""},
            say=lambda what: print(what, file=sys.stderr, flush=True),
            smaller=10 if options.quick else 1,
        )
        report = [f"Machine: {machine()}", _versions()]
        held, said = gate(bench, quick=options.quick)
        report.append(said)
        if held:
            report += _measured(bench, options.rows)
        report.append(f"Load average at the end: {machine().rpartition(' ')[2]}")
    text = "\n\n".join(report) + "\n"
    print(text, end="")
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return 0 if held else 1


def _write_bytecode() -> None:
    """As pip does for what it installs, and so for the yardsticks, but not for a checkout.

    Python may be told to write none (PYTHONDONTWRITEBYTECODE).
    """
    found = find_spec("thematic")
    for folder in (found and found.submodule_search_locations) or ():
        compile_dir(folder, quiet=2)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [*ROWS, "growth"]
    parser.add_argument("--size", type=bytes_of, help="of the main corpus; default 200MB")
    parser.add_argument("--rows", help=f"of {','.join(names)}; default: all")
    parser.add_argument(
        "--real", type=Path, metavar="FOLDER", help="text files instead of made ones"
    )
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="keep the corpora here")
    parser.add_argument("--pairs", type=int, help="how often each side runs; default 5")
    parser.add_argument("--quick", action="store_true", help="1 MB, each side once: a trial")
    parser.add_argument("--out", type=Path, metavar="FILE.md", help="also write it here")
    options = parser.parse_args(arguments)
    if options.real and not texts_of(options.real):
        parser.error(f"{options.real} holds no .txt or .md file")
    options.size = options.size or (1_000_000 if options.quick else 200_000_000)
    options.pairs = options.pairs or (1 if options.quick else 5)
    options.rows = options.rows.split(",") if options.rows is not None else names
    if unknown := [row for row in options.rows if row and row not in names]:
        parser.error(f"there is no row {', '.join(unknown)}; there are {', '.join(names)}")
    return options


def gate(bench: Bench, *, quick: bool) -> tuple[bool, str]:
    """Whether both engines agree and find what was planted, and what was compared, in words."""
    lines = ["## The gate", ""]
    held = True
    for rules, size in GATES.items():
        if quick and rules > 400:
            continue
        shape = Shape(min(size, bench.size), rules=rules, forms=FORMS, places=True, fresh=0.02)
        corpus = bench.made(shape)
        arguments = (str(corpus.rules), "--compared", str(min(size, bench.size) // 2))
        good, said = _judged(bench, f"{rules:,} rules", arguments)
        held, lines = held and good, [*lines, said]
    if bench.real:
        corpus = bench.main
        arguments = (str(corpus.transcripts), "--codebook", str(corpus.codebook))
        good, said = _judged(bench, "The real corpus, 400 rules", arguments)
        held, lines = held and good, [*lines, said]
    lines.append("" if held else "\nThe gate does not hold: nothing was measured.")
    return held, "\n".join(lines).rstrip()


def _judged(bench: Bench, name: str, arguments: Sequence[str]) -> tuple[bool, str]:
    bench.say(f"gate: {name}")
    command = Command((sys.executable, "-m", "benchmarks.gate", *arguments), fine=(0, 3))
    said = run(command).said.strip().split("\n")
    return said[-1] == "the gate holds", f"- {name}: {'; '.join(said)}."


def _measured(bench: Bench, wanted: Sequence[str]) -> list[str]:
    rows = []
    for number in wanted:
        if number not in ROWS:
            continue
        bench.say(f"row {number}")
        rows.append(_row(bench, number).cells())
    parts = []
    if rows:
        size = f"Main corpus: {bench.main.size / 1e6:.3g} MB, {'real' if bench.real else 'made'}."
        parts += ["## The ratios", size, table(rows)]
    if "growth" in wanted:
        parts += ["## Growth", growth(bench)]
    return parts


def _row(bench: Bench, number: str) -> Row:
    """One row; where a side fails, the reason stands in the table and the others go on."""
    try:
        return ROWS[number].measure(bench)
    except Failed as failed:
        bench.say(str(failed))
        return Row(number, "failed", note=str(failed))


def _versions() -> str:
    found = []
    for name in ("thematic", *PACKAGES):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} is not installed")
    if program := which("rg"):
        said = start([program, "--version"], capture_output=True, text=True, check=True).stdout
        found.append(said.splitlines()[0])
    return f"Versions: {', '.join(found)}; {_compiled()}"


def _compiled() -> str:
    """Whether the optional parts in C are there, which long runs are much faster with."""
    pages = [f"coding.batch._{name}" for name in ("forming", "matcher", "settling", "writing")]
    reading = [
        f"readers.{name}" for name in ("formats._plain", "speakers._lines", "speakers._marks")
    ]
    found = [name for name in (*pages, *reading) if find_spec(f"thematic.{name}")]
    return f"compiled: {', '.join(found) or 'nothing'}"


if __name__ == "__main__":
    sys.exit(main())
