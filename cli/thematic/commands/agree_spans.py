"""`thematic agree --spans`: how far coders agree on passages that they chose freely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from thematic.commands import options as o
from thematic.commands.filled import with_status
from thematic.commands.independent import study_answers
from thematic.commands.request import Request
from thematic.commands.span_options import Continuum, Lengths, Program, SpanOptions, demand_sense
from thematic.errors import UsageError, did_you_mean
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.analysis.span_tables import Asked
    from thematic.analysis.span_texts import Reading, SpanTexts
    from thematic.commands.reading import Inputs
    from thematic.model.people import PersonCoding
    from thematic.report.grid import Grid


@dataclass(frozen=True)
class _Found:
    """The codings that are compared, and the transcripts they are on."""

    inputs: Inputs
    codings: Sequence[PersonCoding]
    also_read: dict[str, list[str]]
    coders: frozenset[str]


def span_agreement(
    files: Sequence[Path],
    request: Request,
    options: SpanOptions,
    coders: Sequence[str],
    asked: Asked,
    *,
    quiet: bool,
) -> tuple[ResultTable, Callable[[], list[Grid]]]:
    """The table that was asked for, and how it is drawn.

    Args:
        files: Word files with comments or tables of codings; none = the study's codings.
        request: names the study.
        options: how passages are compared.
        coders: only these; none = all.
        asked: which figures.
        quiet: say nothing.

    Raises:
        UsageError: options do not go together, or fewer than two coders coded a transcript.
    """
    demand_sense(options)
    found = _found(files, request, options, coders, quiet=quiet)
    texts, reading = _texts(found, options)
    _demand_two(texts, found.coders)
    table, draw = _computed(texts, reading, options, asked)
    table = with_status(table, found.inputs.study)
    return table, lambda: draw(table)


def _computed(
    texts: SpanTexts, reading: Reading, options: SpanOptions, asked: Asked
) -> tuple[ResultTable, Callable[[ResultTable], list[Grid]]]:
    from thematic.analysis.compatible_tables import maxqda_table, nvivo_table
    from thematic.analysis.span_tables import span_table
    from thematic.report.span_agreement import maxqda_grid, nvivo_grid, span_grids

    if options.compatible is Program.NVIVO:
        return nvivo_table(texts), lambda table: [nvivo_grid(table)]
    if options.compatible is Program.MAXQDA:
        from thematic.analysis.agreement.compatible import OVERLAP

        overlap = OVERLAP if options.overlap is None else options.overlap
        table = maxqda_table(texts, overlap=overlap, by_transcript=asked.by_transcript)
        return table, lambda table: [maxqda_grid(table)]
    return span_table(texts, reading, asked), span_grids


def _found(
    files: Sequence[Path],
    request: Request,
    options: SpanOptions,
    coders: Sequence[str],
    *,
    quiet: bool,
) -> _Found:
    from thematic.commands.coded_files import codings_in
    from thematic.commands.inputs import read_inputs
    from thematic.report.talk import tell
    from thematic.review.settling import settles

    inputs = read_inputs(request, need_codebook=False)
    if files:
        codings = codings_in(files, request, inputs, quiet=quiet)
    else:
        answers = study_answers(request)
        codings = answers.codings()
        if answers.lost:
            tell(
                f"not compared: {answers.lost} codings whose words are not in the transcripts "
                "any more: thematic reanchor",
                quiet=quiet,
            )
    wanted = frozenset(coders)
    known = {one.coder for one in codings if not settles(one.coder)}
    also_read = _also_read(options.read, known | wanted, inputs)
    kept = [
        one for one in codings if not settles(one.coder) and (not wanted or one.coder in wanted)
    ]
    if wanted:
        also_read = {name: ids for name, ids in also_read.items() if name in wanted}
    return _Found(inputs, kept, also_read, frozenset(wanted))


def _also_read(written: Sequence[str], coders: set[str], inputs: Inputs) -> dict[str, list[str]]:
    """Coder -> transcripts read: `AK` stands for all transcripts, `AK=E07` for one.

    Raises:
        UsageError: there is no such transcript.
    """
    ids = [one.id for one in inputs.transcripts]
    found: dict[str, list[str]] = {}
    for one in written:
        # A coder's name may hold a sign =, an ID may not follow two of them.
        name, sign, id = (one, "", "") if one in coders else one.rpartition("=")
        if not sign:
            found[one] = ids
            continue
        if id not in ids:
            hint = did_you_mean(id, ids) or f"there are: {', '.join(ids[:8])}"
            raise UsageError(f"there is no transcript {id!r}", hint)
        found.setdefault(name, []).append(id)
    return found


def _texts(found: _Found, options: SpanOptions) -> tuple[SpanTexts, Reading]:
    from thematic.analysis.span_texts import Measure, Part, Reading, span_texts

    reading = Reading(
        Part(options.continuum or Continuum.TEXT),
        Measure(options.lengths or Lengths.CHARACTERS),
        options.themes,
    )
    texts = span_texts(found.inputs.transcripts, found.codings, found.also_read, reading)
    return texts, reading


def _demand_two(texts: SpanTexts, wanted: frozenset[str]) -> None:
    missing = sorted(wanted - set(texts.coders))
    if missing:
        there = ", ".join(texts.coders) or "nobody"
        raise UsageError(f"{missing[0]!r} coded no passage", f"there are: {there}")
    if any(len(one.coders) > 1 for one in texts.texts):
        return
    if len(texts.coders) > 1:
        raise UsageError(
            "no transcript was coded by two coders",
            "where one read it and marked nothing, say so: --read AK=E07",
        )
    there = f"only {texts.coders[0]} did" if texts.coders else "nobody did"
    raise UsageError(
        f"agreement needs two coders who coded passages; {there}",
        "take in their codings first: thematic import FILE; or name the files of both",
    )


def open_passages(
    request: Request, inputs: Inputs, codings: Sequence[PersonCoding], also_read: Sequence[str]
) -> ResultTable:
    """The passages on which coders differ, as a list to fill in.

    Args:
        request: names the study.
        inputs: its transcripts.
        codings: of single coders, where they stand now.
        also_read: as `--read` has it.
    """
    from thematic.analysis.span_disagreements import span_disagreements
    from thematic.commands.filled import words_of

    read = _also_read(also_read, {one.coder for one in codings}, inputs)
    readers: dict[str, set[str]] = {}
    for one in codings:
        readers.setdefault(one.passage.transcript, set()).add(one.coder)
    for name, ids in read.items():
        for id in ids:
            readers.setdefault(id, set()).add(name)
    return span_disagreements(inputs.transcripts, codings, readers, words_of(request))


def differing_passages(
    files: Sequence[Path],
    request: Request,
    options: SpanOptions,
    coders: Sequence[str],
    *,
    quiet: bool,
) -> ResultTable:
    """The same of what `--spans` compares: of files, or of the study, also where it is settled."""
    found = _found(files, request, options, coders, quiet=quiet)
    _demand_two(_texts(found, options)[0], found.coders)
    table = open_passages(request, found.inputs, found.codings, options.read)
    return with_status(table, found.inputs.study)


def show_spans(
    table: ResultTable,
    grids: Callable[[], list[Grid]],
    out: o.Output,
) -> None:
    """Write the table, or draw its grids."""
    from thematic.commands.emit import emit
    from thematic.report.agreement import draw_grids
    from thematic.report.markdown import grids_markdown

    def draw(screen: IO[str]) -> None:
        draw_grids(grids(), table.notes, screen)

    emit(
        table,
        out,
        draw,
        markdown=lambda: grids_markdown(grids(), table.notes),
    )
