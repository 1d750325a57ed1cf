"""The codebook's own examples and counter-examples, run like tests."""

from __future__ import annotations

from collections.abc import Iterator

from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.engine import FastEngine
from thematic.model.codebook import Code, Example
from thematic.model.coding import MentionStatus
from thematic.model.nouns import dataclass
from thematic.model.paragraphs import paragraphs
from thematic.model.transcript import Span, Transcript, Turn


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one example of a code came out.

    passed: an example is coded by its code or one below, a counter-example by none. An
    example marked `expect: missed` passes when it is missed.
    untested: a counter-example that passes only because no rule comes near it.
    """

    code: str
    example: Example
    counter: bool
    passed: bool
    untested: bool = False


def run_examples(book: CompiledCodebook) -> Iterator[ExampleResult]:
    """Code every example of a codebook; codes that only people apply are left out."""
    engine = FastEngine(book)
    for code in book.codebook.codes():
        if code.manual:
            continue
        for example in code.examples:
            coded, _ = _coded(engine, code, example)
            yield ExampleResult(code.path, example, False, coded is not example.expect_missed)
        for example in code.counter_examples:
            coded, near = _coded(engine, code, example)
            yield ExampleResult(code.path, example, True, not coded, not coded and not near)


def _coded(engine: FastEngine, code: Code, example: Example) -> tuple[bool, bool]:
    """Whether the code (or one below) is suggested, and whether any rule came near it."""
    text = example.text
    turns = enumerate(paragraphs(text, Span(0, len(text))), start=1)
    transcript = Transcript("example", text, tuple(Turn(n, span) for n, span in turns))
    below = [
        mention
        for mention in engine.code(transcript).mentions
        if mention.code == code.path or mention.code.startswith(code.path + "/")
    ]
    return any(m.status is MentionStatus.SUGGESTED for m in below), bool(below)
