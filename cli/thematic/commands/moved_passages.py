"""What became of the coded passages of a result folder in transcripts that have changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.request import Request

if TYPE_CHECKING:
    from thematic.analysis.moved import MovedPassage
    from thematic.analysis.result import ResultTable
    from thematic.model.people import Passage
    from thematic.review.following import Followed


def moved_since(folder: Path, ids: Collection[str], request: Request) -> ResultTable | None:
    """The passages coded in a result folder that stand elsewhere now; None where none does.

    Args:
        folder: with a table codings.csv.
        ids: of the transcripts that have changed.
        request: names the transcripts as they are now.
    """
    from thematic.analysis.history import Words
    from thematic.analysis.moved import moved_table
    from thematic.commands.inputs import read_inputs
    from thematic.review.following import followed

    inputs = read_inputs(request, need_codebook=False)
    by_id = {one.id: one for one in inputs.transcripts if one.id in ids}
    coded = [one for one in coded_passages(folder) if one[0].transcript in ids]
    found = followed(coded, {id: one.text for id, one in by_id.items()})
    moved = list(moved_ones(found.values()))
    if not moved:
        return None
    words = Words(inputs.transcripts, inputs.study)
    return moved_table(moved, by_id, words.of)


def coded_passages(folder: Path) -> Iterator[tuple[Passage, str]]:
    """The units of a folder's codings with their words and codes; those withheld are left out."""
    from thematic.analysis.sources import is_remark
    from thematic.model.people import Passage
    from thematic.model.transcript import Span
    from thematic.report.cells import records, tables_in

    path = folder / "codings.csv"
    cells = tables_in(path.name, path.read_bytes()).get("") if path.is_file() else None
    for row in records(cells) if cells else ():
        text = row.get("text", "")
        try:
            span = Span(int(row["unit_start"]), int(row["unit_end"]))
        except (KeyError, ValueError):
            continue
        if text and not is_remark(text) and len(text) == len(span):
            yield Passage(row["transcript"], span, text), row["code"]


def moved_ones(found: Collection[Followed]) -> Iterator[MovedPassage]:
    """Those that do not stand where they stood, as a table of moved passages takes them."""
    from thematic.analysis.moved import MovedPassage
    from thematic.review.anchoring import How

    for one in found:
        if one.found.how is not How.SAME:
            yield MovedPassage(
                one.was, one.now, one.found.how.value, one.codes, ["rules"], [], recorded=False
            )
