"""How a codebook and transcripts become codings, whichever engine does the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.engine import FastEngine
from thematic.coding.together import together
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.transcript import Transcript


class Engine(Protocol):
    """What every engine offers: one pure function of one transcript."""

    def code(self, transcript: Transcript) -> TranscriptCoding:
        """All mentions of one transcript and the units they are counted in."""


def code_transcripts(
    transcripts: Iterable[Transcript],
    book: CompiledCodebook,
    *,
    unit: Unit | None = None,
    exclude: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Codings:
    """Code transcripts by a compiled codebook.

    Args:
        transcripts: in any order; the result is sorted by ID.
        book: from `compile_codebook`, without faults.
        unit: what is counted once; None = as the codebook says.
        exclude: roles or labels that do not count; None = as the codebook says.
        progress: called with each ID before it is coded.
    """
    left_out = tuple(book.codebook.exclude if exclude is None else exclude)
    engine: Engine = FastEngine(book, left_out)
    coded: list[TranscriptCoding] = []
    for transcript in sorted(transcripts, key=lambda t: t.id):
        if progress is not None:
            progress(transcript.id)
        coded.append(engine.code(transcript))
    return together(coded, book.codebook, unit, left_out)
