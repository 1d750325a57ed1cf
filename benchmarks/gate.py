"""The gate before any ratio: both engines find the same, and exactly what was planted.

    python -m benchmarks.gate CORPUS [--codebook FILE] [--compared 1MB]

CORPUS is a folder of `benchmarks.corpora`, or with --codebook any folder of transcripts.
Exits with 3 where anything differs; the first differences are printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import thematic
from benchmarks.corpora import Truth, read_truth
from benchmarks.measuring import bytes_of
from thematic.coding.compile import compile_codebook
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.engine import FastEngine
from thematic.coding.reference.engine import ReferenceEngine

SHOWN = 5  # differences of one sort that are printed
DOES_NOT_HOLD = 3  # the exit code; 1 is Python's own for a fault of the program


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was compared; 0 where nothing differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--codebook", type=Path)
    parser.add_argument("--compared", type=bytes_of, default=1_000_000)
    options = parser.parse_args(arguments)
    made = options.codebook is None
    folder = options.corpus / "transcripts" if made else options.corpus
    # One broken file of a corpus from elsewhere is no reason not to compare the others.
    transcripts = thematic.load_transcripts(folder, strict=made)
    codebook = thematic.load_codebook(options.codebook or options.corpus / "codebook.json")
    book, problems = compile_codebook(codebook)
    assert not problems, problems
    faults = list(engines_differ(transcripts, book, options.compared))
    if made:
        faults += planted_and_found(transcripts, book, read_truth(options.corpus))
    print("\n".join(faults) if faults else "the gate holds")
    return DOES_NOT_HOLD if faults else 0


def engines_differ(
    transcripts: Sequence[thematic.Transcript], book: CompiledCodebook, size: int
) -> Iterator[str]:
    """Every mention that one engine gives and the other does not, with all that is said of it.

    Args:
        transcripts: compared in their order.
        book: the rules.
        size: the first so many characters of the transcripts are compared.
    """
    # The codebook says who is left out; nobody in a made one.
    left_out = tuple(book.codebook.exclude)
    fast, reference = FastEngine(book, left_out), ReferenceEngine(book, left_out)
    seen, files, mentions, shown = 0, 0, 0, 0
    for transcript in transcripts:
        one, other = (set(engine.code(transcript).mentions) for engine in (fast, reference))
        seen, files = seen + len(transcript.text), files + 1
        mentions += len(other)
        for mention in sorted(one ^ other, key=lambda m: m.span):
            if (shown := shown + 1) <= SHOWN:
                who = "fast" if mention in one else "reference"
                yield f"{transcript.id}: only the {who} engine has {mention}"
        if seen >= size:
            break
    print(f"engines compared: {files:,} transcripts, {seen:,} characters, {mentions:,} mentions")
    if shown > SHOWN:
        yield f"... {shown} differences of the engines in all"


def planted_and_found(
    transcripts: Sequence[thematic.Transcript], book: CompiledCodebook, truth: Truth
) -> list[str]:
    """Where the fast engine's counted mentions are not exactly the planted ones."""
    engine = FastEngine(book, tuple(book.codebook.exclude))
    found: set[tuple[str, int, int, str]] = set()
    for transcript in transcripts:
        name = transcript.id.rpartition("/")[2]
        for m in engine.code(transcript).counted():
            found.add((name, m.span.start, m.span.end, f"{m.code}#{m.rule}"))
    planted = {(name, start, end, rule) for name, start, end, rule in truth.places}
    counts = Counter(rule for *_, rule in found)
    wrong = [rule for rule in counts.keys() | truth.counts if counts[rule] != truth.counts[rule]]
    decoys = ", ".join(f"{kind} {number}" for kind, number in sorted(truth.decoys.items()))
    forms = ", ".join(f"{form} {number}" for form, number in sorted(truth.forms.items()))
    print(f"planted: {len(planted):,} mentions ({forms}); decoys: {decoys}")
    print(f"found: {len(found):,}; rules whose count is not the planted one: {len(wrong)}")
    faults = [f"not found: {place}" for place in sorted(planted - found)[:SHOWN]]
    faults += [f"found, not planted: {place}" for place in sorted(found - planted)[:SHOWN]]
    return faults + [f"count of {rule}: {counts[rule]}" for rule in sorted(wrong)[:SHOWN]]


if __name__ == "__main__":
    sys.exit(main())
