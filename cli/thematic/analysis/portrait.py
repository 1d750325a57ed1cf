"""Where in each transcript codes fall: every coded unit by its place among the counted words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.coded_units import basis_note, coded_units, countable, uncountable_note
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.study import Study

COLUMNS = (
    *("kind", "transcript", "case", "theme", "code", "word_from", "word_to", "words_N"),
    *("share_from", "share_to"),
    *SETTINGS,
)


def portrait(
    codings: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    unit: Unit | None = None,
) -> ResultTable:
    """Where in each transcript every coded unit lies, in counted words from its beginning.

    Args:
        codings: from `code_transcripts`.
        study: its status.
        codes: paths, each with all below it; empty = the themes.
        basis: whose codings count.
        unit: what is counted once; None = the codings' unit.

    Returns:
        One row for each coded unit and code: interviews first, transcripts by ID, codes in
        codebook order, units as they are said. A transcript without any has one row, in which
        code and place are None; one without a counted word has none.

    Raises:
        ValueError: the unit is the whole transcript.
    """
    study, unit = study or Study(), unit or codings.unit
    if unit is Unit.TRANSCRIPT:
        raise ValueError("a whole transcript has no place in itself")
    asked = list(codes) or [theme.path for theme in codings.codebook.themes]
    paths = countable(codings, basis, asked)
    settings = settings_of(codings, study, unit, basis)
    found = _places(codings, unit, basis, paths)
    rows = []
    kinds = kinds_in_order([source.transcript.kind for source in codings.transcripts])
    spoken = [source for source in codings.transcripts if source.words]
    for source in sorted(spoken, key=lambda one: kinds.index(one.transcript.kind)):
        transcript = source.transcript
        head = {
            "kind": transcript.kind,
            "transcript": transcript.id,
            "case": transcript.case,
            "words_N": source.words,
        }
        own = found.get(transcript.id, {})
        placed = [_row(path, *one, source.words) for path in paths for one in own.get(path, ())]
        rows += [head | one | settings for one in placed or [{}]]
    notes = (*_notes(unit), *uncountable_note(asked, paths), basis_note(codings, basis))
    return table_of("portrait", rows, COLUMNS, unit.value, notes)


Places = dict[str, list[tuple[int, int]]]  # by code, the words before and after each unit


def _places(codings: Codings, unit: Unit, basis: Basis, paths: Sequence[str]) -> dict[str, Places]:
    found: dict[str, Places] = {}
    before = 0
    for one in coded_units(codings, unit, basis, every=True):
        id = one.source.transcript.id
        if id not in found:
            before = 0
        own = found.setdefault(id, {})
        after = before + one.unit.words
        for path in one.codes.intersection(paths):
            own.setdefault(path, []).append((before, after))
        before = after
    return found


def _row(path: str, before: int, after: int, words: int) -> dict[str, Any]:
    return {
        "theme": path.partition("/")[0],
        "code": path,
        "word_from": min(before + 1, after),
        "word_to": after,
        "share_from": before / words,
        "share_to": after / words,
    }


def _notes(unit: Unit) -> Iterator[str]:
    yield (
        f"Each mark is one {unit.value} that carries the code, at its place among the counted "
        "words of its transcript: 0 % is the first of them, 100 % the last. Transcripts differ in "
        "length."
    )
    yield "Questions of interviewers can bring up a code anywhere: a place is no measure of weight."
