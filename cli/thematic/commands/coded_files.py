"""Codings of passages in files that people give: read for a comparison, not recorded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.given_files import bytes_of
from thematic.commands.request import Request, faults, listing
from thematic.errors import Severity, UsageError
from thematic.model.people import PersonCoding

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.exchange.incoming import Incoming, Known
    from thematic.readers import Limits


def codings_in(
    files: Sequence[Path], request: Request, inputs: Inputs, *, quiet: bool
) -> list[PersonCoding]:
    """The codings in Word files with comments and in tables, at their places.

    Raises:
        SheetsFaulty: something in them is not understood; all of it is listed.
        UsageError: a file is none of these, or is named twice.
    """
    from thematic.commands.codebooks import codebook_of
    from thematic.commands.filled import SheetsFaulty, demand_once
    from thematic.commands.reading import limits_of
    from thematic.exchange.incoming import Known, merged
    from thematic.exchange.naming import Codes
    from thematic.report.talk import tell_problems

    demand_once(files)
    known = Known(inputs.transcripts, Codes(codebook_of(request).paths()))
    came, problems = [], []
    for file in files:
        found = _read(file, known, limits_of(request)).within(str(file))
        came += found.came
        problems += found.problems
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if errors:
        raise SheetsFaulty(f"the codings have {faults(errors)}", listing(errors))
    tell_problems(problems, quiet=quiet)
    return [one.act for one in merged(came) if isinstance(one.act, PersonCoding)]


def _read(file: Path, known: Known, limits: Limits) -> Incoming:
    from thematic.exchange.coding_table import is_table_file, read_coding_table
    from thematic.exchange.word_comments import read_comments
    from thematic.exchange.word_file import is_word_file

    suffix = file.suffix.lower()
    if is_word_file(file.name):
        return read_comments(bytes_of(file), known, limits)
    if is_table_file(suffix):
        return read_coding_table(bytes_of(file), suffix, known, limits)
    hint = "name Word files with comments, or tables with transcript, start, end, code, coder"
    raise UsageError(f"{str(file)!r} holds no codings of passages", hint)
