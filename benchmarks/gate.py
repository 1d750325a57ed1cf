"""The gate before any ratio: all engines find the same, and exactly what was planted.

    python -m benchmarks.gate CORPUS [--codebook FILE] [--compared 1MB]

CORPUS is a folder of `benchmarks.corpora`, or with --codebook any folder of transcripts.
Exits with 3 where anything differs; the first differences are printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import thematic
from benchmarks.corpora import Truth, read_truth
from benchmarks.measuring import bytes_of
from thematic.coding.batch.engine import BatchEngine
from thematic.coding.compile import compile_codebook
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.engine import Engine
from thematic.coding.fast.engine import FastEngine
from thematic.coding.reference.engine import ReferenceEngine
from thematic.errors import Severity
from thematic.model.codebook import Codebook, Unit
from thematic.model.coding import Mention
from thematic.model.columns import STATUSES
from thematic.model.transcript import Span

Found = tuple[str, Mention]  # after the transcript's ID
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
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert not errors, errors
    faults = list(engines_differ(transcripts, codebook, options.compared))
    if made:
        faults += planted_and_found(transcripts, book, read_truth(options.corpus))
    print("\n".join(faults) if faults else "the gate holds")
    return DOES_NOT_HOLD if faults else 0


def engines_differ(
    transcripts: Sequence[thematic.Transcript], codebook: Codebook, size: int
) -> Iterator[str]:
    """Every mention that one engine gives and the other does not, with all that is said of it.

    The reference is compared with the fast engine, one transcript at a time, and with the one
    that codes many at once; by sentences, paragraphs, turns and transcripts.

    Args:
        transcripts: compared in their order.
        codebook: the rules; of its scope no use is made.
        size: the first so many characters of the transcripts are compared.
    """
    part = list(_first(transcripts, size))
    seen = sum(len(transcript.text) for transcript in part)
    for scope in Unit:
        book, _ = compile_codebook(replace(codebook, scope=scope))
        # The codebook says who is left out; nobody in a made one.
        left_out = tuple(codebook.exclude)
        fast = FastEngine(book, left_out)
        reference = _one_by_one(ReferenceEngine(book, left_out), part)
        in_columns = {(id, _as_in_columns(mention)) for id, mention in reference}
        compared = {
            "fast": (_one_by_one(fast, part), reference),
            "batch": (_at_once(fast, scope, part), in_columns),
        }
        print(
            f"engines compared by {scope}: {len(part):,} transcripts, {seen:,} characters, "
            f"{len(reference):,} mentions"
        )
        for name, (found, wanted) in compared.items():
            wrong = sorted(found ^ wanted, key=lambda one: (one[0], one[1].span))
            for id, mention in wrong[:SHOWN]:
                who = name if (id, mention) in found else "reference"
                yield f"{id}, by {scope}: only the {who} engine has {mention}"
            if len(wrong) > SHOWN:
                yield f"... {len(wrong)} differences of the {name} engine by {scope} in all"


def _first(transcripts: Sequence[thematic.Transcript], size: int) -> Iterator[thematic.Transcript]:
    seen = 0
    for transcript in transcripts:
        if seen >= size:
            return
        yield transcript
        seen += len(transcript.text)


def _one_by_one(engine: Engine, transcripts: Sequence[thematic.Transcript]) -> set[Found]:
    return {(one.id, mention) for one in transcripts for mention in engine.code(one).mentions}


def _as_in_columns(mention: Mention) -> Mention:
    """A mention with what columns tell of it."""
    return replace(mention, guard_span=None, swallowed_by=None, swallowed_code="", parts=())


def _at_once(
    engine: FastEngine, scope: Unit, transcripts: Sequence[thematic.Transcript]
) -> set[Found]:
    columns = BatchEngine(engine, scope).code(transcripts)
    paths, said = engine.book.codebook.paths(), columns.said
    names = ("transcript", "turn", "start", "end", "code", "rule", "status")
    rows = (getattr(columns, name).tolist() for name in (*names, "guard", "negation", "marks"))
    return {
        (
            columns.transcripts[transcript],
            Mention(
                code=paths[code],
                rule=rule,
                span=Span(start, end),
                turn=turn,
                status=STATUSES[status],
                guard=said[guard],
                negation=said[negation],
                marks=tuple(filter(None, said[marks].split("; "))),
            ),
        )
        for transcript, turn, start, end, code, rule, status, guard, negation, marks in zip(
            *rows, strict=True
        )
    }


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
