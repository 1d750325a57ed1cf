"""The rows of a sheet: the words of drawn units, with what stands before and after them."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.analysis.sampling import random_for
from thematic.analysis.sources import words_at
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.samples import DrawnUnit, Sample, SheetRow
from thematic.model.study import Study

MOST_CONTEXT = 300  # characters of a neighbouring turn that a sheet shows


def in_own_order(sample: Sample, coder: str) -> list[DrawnUnit]:
    """The units in the random order of one coder's sheet."""
    units = list(sample.units)
    random_for(sample.seed, f"order/{coder}").shuffle(units)
    return units


def sheet_rows(
    units: Sequence[DrawnUnit], codings: Codings, study: Study | None = None
) -> list[SheetRow]:
    """The rows of a sheet: the words of each unit, with what stands before and after it.

    Args:
        units: in the order of the sheet.
        codings: the coded study.
        study: whose words may stand before and after; None = all.
    """
    sources = {source.transcript.id: source for source in codings.transcripts}
    study = study or Study()
    return [_row(unit, sources[unit.passage.transcript], codings.unit, study) for unit in units]


def _row(drawn: DrawnUnit, source: TranscriptCoding, kind: Unit, study: Study) -> SheetRow:
    turns = source.transcript.turns
    turn = turns[drawn.turn - 1]
    same = [unit for unit in source.units[kind] if unit.turn == drawn.turn]
    place = next(n for n, unit in enumerate(same) if unit.span == drawn.passage.span)
    before = words_at(source.transcript, same[place - 1].span, study) if place else ""
    after = ""
    if place + 1 < len(same):
        after = words_at(source.transcript, same[place + 1].span, study)
    if not before and drawn.turn > 1:
        before = _end_of(turns[drawn.turn - 2].role.value, _words(source, drawn.turn - 1, study))
    if not after and drawn.turn < len(turns):
        after = _start_of(turns[drawn.turn].role.value, _words(source, drawn.turn + 1, study))
    return SheetRow(
        drawn.row,
        source.transcript.id,
        drawn.turn,
        turn.role.value,
        before,
        drawn.passage.quote,
        after,
    )


def _words(source: TranscriptCoding, number: int, study: Study) -> str:
    return words_at(source.transcript, source.transcript.turns[number - 1].span, study)


def _end_of(role: str, words: str) -> str:
    cut = words if len(words) <= MOST_CONTEXT else f"[…] {words[-MOST_CONTEXT:]}"
    return f"[{role}] {cut}" if role else cut


def _start_of(role: str, words: str) -> str:
    cut = words if len(words) <= MOST_CONTEXT else f"{words[:MOST_CONTEXT]} […]"
    return f"[{role}] {cut}" if role else cut
