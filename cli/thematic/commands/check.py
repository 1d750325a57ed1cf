"""`thematic check`: what is wrong or doubtful with codebook and transcripts, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.codebooks import codebook_named, compiled_codebook
from thematic.commands.doubts import quoted_examples
from thematic.commands.inputs import read_inputs
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.commands.working import raw_notice
from thematic.errors import ExitCode, NoTranscripts, Problem, Severity

if TYPE_CHECKING:
    from thematic.analysis.checks import Checked
    from thematic.coding.compiled import CompiledCodebook


@o.with_options
def check(
    request: Request,
    rules: Annotated[
        bool,
        typer.Option(
            "--rules",
            help="Instead: doubts about the codebook's rules with these transcripts at hand.",
        ),
    ] = False,
    out: o.Output = o.SCREEN,
) -> None:
    """Lint codebook and transcripts, and run the codebook's examples and counter-examples.

    Without a codebook only the transcripts are checked. With --rules: rules that never fire,
    fire everywhere or are swallowed, the words that globs and lemmas caught, words in several
    codes, near misses, codes without definition.
    """
    from thematic.commands.emit import emit

    if rules:
        _check_rules(request, out)
        return

    checked = run_check(request)
    table = checked.table(errors_only=out.quiet)
    emit(table, out, lambda screen: _draw(checked, screen, quiet=out.quiet))
    if checked.has_errors:
        raise typer.Exit(ExitCode.PROBLEMS)


def _check_rules(request: Request, out: o.Output) -> None:
    from thematic.analysis.rule_linting import rule_doubts
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.inputs import code_inputs
    from thematic.commands.spoken_words import spoken_words
    from thematic.report.rule_linting import doubt_grids

    inputs = read_inputs(request, show_progress=not out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    words = spoken_words(codings) if codings.counted_in == "words" else None
    table = rule_doubts(codings, inputs.study, words)
    emit_grids(table, out, inputs, lambda _: doubt_grids(table))
    finish(inputs, quiet=out.quiet)


def run_check(request: Request) -> Checked:
    """Everything that can be said against codebook and transcripts, as far as they are there.

    Raises:
        NoTranscripts: neither a codebook nor a transcript is named or found.
    """
    from thematic.analysis.checks import Checked

    book, problems, facts = _checked_codebook(request)
    try:
        inputs = read_inputs(request, need_codebook=False)
    except NoTranscripts as none:
        if not codebook_named(request):
            raise
        facts.append(f"transcripts: {none.message}")
    else:
        problems += [*inputs.problems, *inputs.skipped, *_doubts(inputs)]
        facts.append(_transcripts_fact(inputs))
        facts += filter(None, [raw_notice(inputs.transcripts, inputs.study)])
        if book is not None:
            inputs.book = book
            file = codebook_named(request)
            said = inputs.transcripts, inputs.study
            problems += quoted_examples(book.codebook, file, *said)
            facts += _caught(request, inputs)
    return Checked(tuple(sorted(problems)), tuple(facts))


def _checked_codebook(
    request: Request,
) -> tuple[CompiledCodebook | None, list[Problem], list[str]]:
    """The codebook if it can be used, and what is to be said of it."""
    if not codebook_named(request):
        return None, [], ["codebook: none is named (-c), so only the transcripts are checked"]
    read = compiled_codebook(request)
    if read.errors or read.book is None:
        return None, list(read.problems), []
    ran, found = _examples(read.book, read.file)
    return read.book, [*read.problems, *found], [_codebook_fact(read.book), ran]


def _doubts(inputs: Inputs) -> Iterator[Problem]:
    """What is doubtful in the transcripts, under the names of their files."""
    from thematic.readers.linting import lint

    for problem in lint(inputs.transcripts, inputs.study.speakers):
        yield problem.within(inputs.files.get(problem.file, problem.file))


def _codebook_fact(book: CompiledCodebook) -> str:
    codes = list(book.codebook.codes())
    by_hand = sum(code.manual for code in codes)
    return (
        f"codebook {book.codebook.name}: themes {len(book.codebook.themes)}, codes with their "
        f"themes {len(codes)} (coded by people only {by_hand}), rules {len(book.rules)}"
    )


def _examples(book: CompiledCodebook, file: str) -> tuple[str, list[Problem]]:
    from thematic.coding.examples import run_examples

    problems: list[Problem] = []
    results = list(run_examples(book))
    for result in results:
        kind = "counter-example" if result.counter else "example"
        said = f"{kind} of {result.code}: {result.example.text!r}"
        if not result.passed:
            wrong = "is coded" if result.counter or result.example.expect_missed else "is missed"
            book_file = f" -c {file}" if Path(file).exists() else ""
            hint = f"see why: thematic explain{book_file} --text {result.example.text!r}"
            problem = Problem("", result.example.line, f"{said} {wrong}", hint)
            problems.append(problem.within(file))
        elif result.untested:
            message = f"{said} passes only because no rule comes near it"
            note = Problem("", result.example.line, message, severity=Severity.NOTE)
            problems.append(note.within(file))
    passed = sum(result.passed for result in results)
    missed = sum(r.example.expect_missed and r.passed for r in results)
    known = f", known misses {missed}" if missed else ""
    return f"examples and counter-examples: {passed} of {len(results)} pass{known}", problems


def _transcripts_fact(inputs: Inputs) -> str:
    read = inputs.transcripts
    without = sum(not transcript.has_speakers for transcript in read)
    turns = sum(len(transcript.turns) for transcript in read)
    nameless = f", {without} without speakers" if without else ""
    return f"transcripts: {len(read)} read ({turns:,} turns{nameless}), {inputs.faulty} not read"


def _caught(request: Request, inputs: Inputs) -> Iterator[str]:
    from thematic.analysis.checks import lemma_catches, silent_rules
    from thematic.commands.inputs import code_inputs

    codings = code_inputs(request, inputs, show_progress=False)
    silent = silent_rules(codings)
    if silent:
        more = f"; and {len(silent) - 5} more" if len(silent) > 5 else ""
        listed = f"{'; '.join(silent[:5])}{more}"
        yield f"rules that found nothing here {len(silent)}: {listed} (all: thematic check --rules)"
    for code, rule, words in lemma_catches(codings, inputs.study):
        caught = ", ".join(f"{word} {count}" for word, count in words)
        yield f"{code}, {rule}: caught {caught}"


def _draw(checked: Checked, out: IO[str], *, quiet: bool) -> None:
    from thematic.report.checks import draw_checked

    draw_checked(checked, out, errors_only=quiet)
