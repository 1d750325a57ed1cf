"""Two codebooks, codings or result folders compared: from options to tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.commands.request import Request, study_file_of
from thematic.model.codebook import Unit
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.reading import Inputs
    from thematic.model.coding import Codings
    from thematic.model.transcript import Span, Transcript


@dataclass(frozen=True)
class Diff:
    """What differs: tables in reading order, and what was read of transcripts."""

    tables: list[ResultTable]
    inputs: Inputs | None = None

    @property
    def is_same(self) -> bool:
        """Whether no table has a row."""
        return not any(len(table) for table in self.tables)


def diff_codebooks(
    old: str, new: str, request: Request, before: Path | None = None, *, quiet: bool = True
) -> Diff:
    """What differs between two codebooks, and what follows for the transcripts.

    Args:
        old, new: files, or names of shipped codebooks.
        request: names the transcripts; without any, and outside a study, only the codebooks
            are compared.
        before: earlier versions of the transcripts, which the old codebook is applied to.
        quiet: show no progress.

    Raises:
        CodebookUnusable: one of them has faults.
        NoTranscripts, TranscriptsUnusable: as every command that reads.
    """
    from thematic.analysis.codebook_changes import codebook_changes
    from thematic.analysis.codebook_pairs import paired
    from thematic.commands.codebooks import usable_codebook

    books = [usable_codebook(replace(request, codebook=name))[0] for name in (old, new)]
    pairs = paired(books[0].codebook, books[1].codebook)
    changes = codebook_changes(pairs)
    if not request.paths and study_file_of([]) is None:
        return Diff([changes])
    from thematic.analysis.consequence_tables import cell_changes, coding_changes, rule_changes
    from thematic.analysis.consequences import consequences
    from thematic.commands.inputs import code_inputs, read_inputs

    inputs = read_inputs(replace(request, codebook=new))
    unit = request.unit or Unit(inputs.study.unit or books[1].codebook.unit)
    earlier = inputs
    if before is not None:
        earlier = read_inputs(replace(request, paths=[before], codebook=old))
        earlier.study = replace(inputs.study, restrictions=earlier.study.restrictions)
    was = _coded(replace(earlier, book=books[0]), request, unit, quiet=quiet)
    now = code_inputs(replace(request, unit=unit), inputs, show_progress=not quiet)
    moved = _moved(was, now, unit) if before is not None else {}
    found = consequences(was, now, pairs, unit, moved)
    study = inputs.study
    tables = [changes, coding_changes(found, study, unit)]
    tables += [cell_changes(was, now, found, study, unit), rule_changes(was, now, found)]
    tables += [_moved_table(was, inputs, unit)] if before is not None else []
    return Diff(tables, inputs)


def _coded(inputs: Inputs, request: Request, unit: Unit, *, quiet: bool) -> Codings:
    from thematic.commands.inputs import code_inputs

    return code_inputs(replace(request, unit=unit), inputs, show_progress=not quiet)


def _followed(old: Codings, texts: Mapping[str, str], unit: Unit) -> Any:
    from thematic.review.anchoring import passage_at
    from thematic.review.following import followed

    coded = []
    for source in old.transcripts:
        transcript = source.transcript
        for mention in source.counted():
            span = source.unit_of(mention, unit).span
            coded.append((passage_at(transcript.id, transcript.text, span), mention.code))
    return followed(coded, texts)


def _moved(old: Codings, new: Codings, unit: Unit) -> dict[tuple[str, Span], Span | None]:
    """Where the units that were coded in earlier versions stand in the present ones."""
    texts = {source.transcript.id: source.transcript.text for source in new.transcripts}
    return {
        (one.was.transcript, one.was.span): one.found.span
        for one in _followed(old, texts, unit).values()
    }


def _moved_table(old: Codings, inputs: Inputs, unit: Unit) -> ResultTable:
    """Coded passages that stand elsewhere now, or nowhere."""
    from thematic.analysis.history import Words
    from thematic.analysis.moved import moved_table
    from thematic.commands.moved_passages import moved_ones

    by_id: dict[str, Transcript] = {one.id: one for one in inputs.transcripts}
    found = _followed(old, {id: one.text for id, one in by_id.items()}, unit)
    words = Words(inputs.transcripts, inputs.study)
    return moved_table(list(moved_ones(found.values())), by_id, words.of)


def diff_folders(old: Path, new: Path, request: Request) -> Diff:
    """What differs between two result folders: what went in, and all tables cell by cell.

    Where transcripts have changed and are there as they are now, it is also told what became
    of the passages coded in the old folder.

    Raises:
        NotVerified: one has no manifest.
    """
    from thematic.commands.compared_files import compare_folders
    from thematic.commands.verifying import Verification

    found = Verification()
    changed = compare_folders(old, new, found)
    tables = [found.table]
    if changed and (request.paths or study_file_of([]) is not None):
        from thematic.commands.moved_passages import moved_since

        moved = moved_since(old, changed, request)
        tables += [moved] if moved is not None else []
    return Diff(tables)
