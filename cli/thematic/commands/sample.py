"""`thematic sample`: sheets of units for people to judge, without what the rules say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.commands.sample_files import (
    RowsOf,
    SheetFormat,
    SheetPlace,
    demand_room,
    write_sheets,
)
from thematic.commands.sample_sizes import say_sizes, sizes_of
from thematic.commands.working import tell_raw
from thematic.errors import OutputRefused, UsageError

if TYPE_CHECKING:
    from thematic.analysis.sampling import Frame, Place
    from thematic.model.codebook import Code, Codebook
    from thematic.model.coding import Codings
    from thematic.model.samples import Sample

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,40}")
_MARGINS = (0.01, 0.5)  # between these


@o.with_options
def sample(
    request: Request,
    coder: Annotated[
        list[str] | None,
        typer.Option("--coder", help="Who judges: one sheet each, with the same units."),
    ] = None,
    size: Annotated[
        int | None, typer.Option("--size", min=1, help="Units in all. Default: 100.")
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option("--precision", help="Take as many as show a share to within ± this: 0.1."),
    ] = None,
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="Ask for this theme or code only.")
    ] = None,
    codes: Annotated[
        bool, typer.Option("--codes", help="Ask for every code, not for themes.")
    ] = False,
    kind: o.KindOpt = "",
    seed: Annotated[
        int | None, typer.Option("--seed", help="Default: 1 for the first sample, then 2 …")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Of the sample. Default: sample-1 …")] = "",
    with_withheld: Annotated[
        bool, typer.Option("--with-withheld", help="Also words that may not be quoted.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Also units that an earlier sample holds.")
    ] = False,
    sizes: Annotated[
        bool, typer.Option("--sizes", help="Only say how many units there are to draw from.")
    ] = False,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help="The folder to write the sheets to; or a file, such as round.docx, for "
            "round-AK.sheet.docx.",
        ),
    ] = Path("."),
    to: Annotated[
        SheetFormat | None,
        typer.Option(
            "-f", "--format", help="How to write sheets. Default: xlsx.", show_default=False
        ),
    ] = None,
    quiet: o.QuietOpt = False,
) -> None:
    """Draw units for people to judge, without saying what the rules suggest: a blind sample.

    Half the units carry no code by the rules, half carry one; they are mixed, drawn by theme
    and spread over the interviews.
    """
    from thematic.analysis.sampling import frame_of
    from thematic.commands.emit import finish
    from thematic.commands.selection import demand_known

    coders = _coders(coder or ())
    _demand_sense(coders, size, precision, sizes=sizes)
    inputs = read_inputs(request, show_progress=not quiet)
    if inputs.study_file is None:
        raise UsageError("there is no study.yaml here", "begin with: thematic init")
    demand_known("kind", kind, inputs)
    codings = code_inputs(request, inputs, show_progress=not quiet)
    asked = _codes(codings.codebook, theme or (), codes=codes)
    place = SheetPlace.of(output, to)
    demand_room(place, asked)
    named = _named(name, inputs.base)
    before = set() if again else _drawn_before(inputs.base)
    frame = frame_of(
        codings, inputs.study, asked, kind=kind, with_withheld=with_withheld, drawn_before=before
    )
    wanted = sizes_of(frame, size, precision)
    say_sizes(frame, wanted, precision)
    if not sizes:
        number = _seed(seed, inputs.base)
        drawn = _draw(frame, wanted, codings, asked, named, number)
        drawn = replace(drawn, coders=tuple(coders))
        rows = RowsOf(codings, None if with_withheld else inputs.study)
        write_sheets(drawn, rows, coders, place, inputs)
        _say_drawn(drawn, coders, quiet=quiet)
        if with_withheld:
            tell_raw(inputs.transcripts, inputs.study, quiet=quiet)
    finish(inputs, quiet=quiet)


def _demand_sense(
    coders: Sequence[str], size: int | None, precision: float | None, *, sizes: bool
) -> None:
    if size is not None and precision is not None:
        raise UsageError("--size and --precision do not go together", "choose one")
    low, high = _MARGINS
    if precision is not None and not low <= precision < high:
        raise UsageError(f"--precision {precision:g} is not understood", "0.1 means ± 0.1")
    if not sizes and not coders:
        raise UsageError("who judges was not said", "one sheet for each: --coder AK --coder BL")


def _coders(written: Sequence[str]) -> list[str]:
    """The names of the coders, as they stand in the sheets.

    Raises:
        UsageError: a name is nobody's, or that of several, or stands twice.
    """
    from thematic.review.coders import coder_named, why_not_alone

    for why in filter(None, map(why_not_alone, written)):
        raise UsageError(why, "one sheet for each person: --coder AK --coder BL")
    names = [coder_named(one) for one in written]
    if len({unicodedata.normalize("NFKC", one).casefold() for one in names}) < len(names):
        raise UsageError("a coder is named twice", "one sheet for each: --coder AK --coder BL")
    return names


def _codes(codebook: Codebook, names: Sequence[str], *, codes: bool) -> list[str]:
    """The codes to ask for: themes, or all codes below them, or those named."""
    from thematic.commands.selection import codes_below, codes_named

    if not codes:
        named = set(codes_named(codebook, names))
        return [one.path for one in codebook.codes() if _asked(one, named)]
    below = set(codes_below(codebook, names))
    roots = {one.path for one in codebook.codes() if one.codes and not one.rules}
    return [path for path in codebook.paths() if path in below - roots]


def _asked(code: Code, named: set[str]) -> bool:
    return code.path in named if named else not code.depth


def _named(name: str, base: Path) -> str:
    from thematic.store.samples import sample_names

    there = sample_names(base)
    if not name:
        numbers = range(1, len(there) + 2)
        return next(f"sample-{n}" for n in numbers if f"sample-{n}" not in there)
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a sample", "letters, digits, - and _")
    if name in there:
        raise OutputRefused(f"there is a sample {name!r} already", "choose another --name")
    return name


def _seed(seed: int | None, base: Path) -> int:
    from thematic.store.samples import sample_names

    return len(sample_names(base)) + 1 if seed is None else seed


def _drawn_before(base: Path) -> set[Place]:
    from thematic.store.samples import load_sample, sample_names

    return {
        (unit.passage.transcript, unit.passage.span.start, unit.passage.span.end)
        for name in sample_names(base)
        for unit in load_sample(base, name).units
    }


def _draw(
    frame: Frame,
    sizes: Mapping[str, int],
    codings: Codings,
    asked: Sequence[str],
    name: str,
    seed: int,
) -> Sample:
    from thematic.analysis.sampling import Naming, draw
    from thematic.review.definitions import definition_hashes
    from thematic.review.rule_hashes import rule_hashes

    definitions, rules = definition_hashes(codings.codebook), rule_hashes(codings.codebook)
    naming = Naming(
        name,
        seed,
        tuple(asked),
        {code: definitions[code] for code in asked},
        {code: rules[code] for code in asked},
    )
    return draw(frame, sizes, naming, codings)


def _say_drawn(drawn: Sample, coders: Sequence[str], *, quiet: bool) -> None:
    from thematic.report.talk import tell

    tell(
        f"{drawn.name}: {len(drawn.units)} of {drawn.frame} {drawn.unit}s, seed {drawn.seed}, "
        f"for {', '.join(coders)}",
        quiet=quiet,
    )
    if drawn.withheld:
        tell(f"left out, for they may not be quoted: {drawn.withheld} {drawn.unit}s", quiet=quiet)
    if drawn.drawn_before:
        what = f"{drawn.drawn_before} {drawn.unit}s of earlier samples"
        tell(f"left out, for rules may have been changed for them: {what}", quiet=quiet)
    tell(
        f"the key, samples/{drawn.name}.sample.json, tells what the rules suggest: keep it from "
        "those who judge",
        quiet=quiet,
    )
