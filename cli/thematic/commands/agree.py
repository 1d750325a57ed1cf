"""`thematic agree`: how far two or more coders agree, and where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.filled import study_folder
from thematic.commands.request import Request
from thematic.commands.span_options import Continuum, Lengths, Program, SpanOptions
from thematic.errors import OutputRefused, UsageError
from thematic.model.nouns import dataclass


class By(StrEnum):
    """What one set of figures is of."""

    CODE = "code"
    TRANSCRIPT = "transcript"
    PAIR = "pair"


@dataclass(frozen=True)
class _Asked:
    """What is compared, whatever it is."""

    files: Sequence[Path]
    request: Request
    by: By
    coders: Sequence[str]
    seed: int
    quiet: bool
    empty_is_no: bool = False


@o.with_options
def agree(
    sheets: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Filled sheets of two or more coders; with --spans, Word files with comments or "
            "tables of codings. Default: what is recorded in the study.",
            show_default=False,
        ),
    ] = None,
    folder: Annotated[Path, typer.Option("--folder", help="The study folder.")] = Path("."),
    by: Annotated[
        By, typer.Option("--by", help="Figures by code; by interview or pair of coders, too.")
    ] = By.CODE,
    coder: Annotated[
        list[str] | None, typer.Option("--coder", help="Only this coder and others named so.")
    ] = None,
    differences: Annotated[
        bool,
        typer.Option("--disagreements", help="List where they differ, with what each said."),
    ] = False,
    paragraph: Annotated[
        bool, typer.Option("--paragraph", help="A paragraph for the methods section instead.")
    ] = False,
    spans: Annotated[
        bool, typer.Option("--spans", help="Compare passages that coders chose freely.")
    ] = False,
    continuum: Annotated[
        Continuum | None,
        typer.Option(
            "--continuum",
            help="With --spans: what coders could code: text (all of it), turns (no labels and "
            "stamps) or answers (no interviewers' turns). Default: text.",
            show_default=False,
        ),
    ] = None,
    lengths: Annotated[
        Lengths | None,
        typer.Option(
            "--lengths",
            help="With --spans: measure in this. Default: characters.",
            show_default=False,
        ),
    ] = None,
    themes: Annotated[
        bool, typer.Option("--themes", help="With --spans: take codes for the themes above them.")
    ] = False,
    read: Annotated[
        list[str] | None,
        typer.Option(
            "--read",
            metavar="CODER=ID",
            help="With --spans: who read a transcript and marked nothing in it: AK=E07; AK alone "
            "read all.",
        ),
    ] = None,
    alpha_2004: Annotated[
        bool,
        typer.Option("--alpha-2004", help="With --spans: also the earlier alpha of 2004."),
    ] = False,
    compatible: Annotated[
        Program | None,
        typer.Option(
            "--compatible",
            help="Passages as NVivo or MAXQDA compares them, for reports that cite such figures.",
            show_default=False,
        ),
    ] = None,
    overlap: Annotated[
        float | None,
        typer.Option(
            "--overlap",
            help="Of MAXQDA: share of a segment that must be shared. Default: 0.9.",
            show_default=False,
        ),
    ] = None,
    empty_is_no: Annotated[
        bool,
        typer.Option("--empty-is-no", help="Take empty cells for no: the coder only made ticks."),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of the intervals by interview.")] = 1,
    out: o.Output = o.SCREEN,
) -> None:
    """Measure how far coders agree: on the same units, or on passages that they chose freely.

    On units: percent, Cohen, Fleiss, Conger, Brennan-Prediger (PABAK), Gwet's AC1,
    Krippendorff's alpha, positive and negative agreement, prevalence and bias index. On
    passages (--spans): Krippendorff's unitizing family, character by character. What coders
    settled together later (thematic adjudicate) is in no figure.
    """
    from thematic.store.place import STORE_FILE

    options = SpanOptions(
        continuum, lengths, themes, tuple(read or ()), alpha_2004, compatible, overlap
    )
    on_spans = spans or compatible is not None
    if differences and paragraph:
        raise UsageError("these go one at a time", "choose --disagreements or --paragraph")
    if not on_spans and options.named():
        raise UsageError(f"{options.named()[0]} is for passages", "add --spans")
    base = study_folder(folder)
    given = sheets or []
    _refuse(out.file, [*given, base / STORE_FILE])
    asked = _Asked(given, Request(paths=[base]), by, coder or [], seed, out.quiet, empty_is_no)
    if not on_spans:
        _on_units(asked, out, differences=differences, paragraph=paragraph)
    elif paragraph:
        raise UsageError("the paragraph is on units", "leave out --spans")
    else:
        _on_spans(asked, options, out, differences=differences)


def _refuse(output: Path | None, files: Iterable[Path]) -> None:
    if output is not None and output.resolve() in {path.resolve() for path in files}:
        raise OutputRefused(f"{str(output)!r} holds what people did", "choose another with -o")


def _on_units(
    asked: _Asked,
    out: o.Output,
    *,
    differences: bool,
    paragraph: bool,
) -> None:
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.commands import agree_units

    answers = agree_units.unit_answers(
        asked.files,
        asked.request,
        asked.coders,
        empty_is_no=asked.empty_is_no,
        quiet=asked.quiet,
    )
    plan = Resampling(seed=asked.seed)
    if differences:
        agree_units.show_disagreements(answers, out)
    elif paragraph:
        agree_units.show_paragraph(answers, plan, out.file)
    else:
        table = agree_units.figures(answers, plan, asked.by.value)
        agree_units.show_figures(table, out)


def _on_spans(
    asked: _Asked,
    options: SpanOptions,
    out: o.Output,
    *,
    differences: bool,
) -> None:
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.analysis.span_tables import Asked
    from thematic.commands import agree_spans
    from thematic.commands.listing_out import put_list

    if differences:
        table = agree_spans.differing_passages(
            asked.files, asked.request, options, asked.coders, quiet=asked.quiet
        )
        put_list(table, out)
        return
    figures = Asked(
        Resampling(seed=asked.seed),
        by_transcript=asked.by is By.TRANSCRIPT,
        by_pair=asked.by is By.PAIR,
        earlier=options.earlier,
    )
    table, grids = agree_spans.span_agreement(
        asked.files, asked.request, options, asked.coders, figures, quiet=asked.quiet
    )
    agree_spans.show_spans(table, grids, out)
