"""The codings of single transcripts as those of a whole study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thematic.coding.characters import WITHOUT_BLANKS
from thematic.coding.language import primary
from thematic.model.codebook import Codebook, Unit
from thematic.model.coding import Codings, TranscriptCoding


def together(
    coded: Iterable[TranscriptCoding],
    codebook: Codebook,
    unit: Unit | None,
    exclude: Sequence[str],
) -> Codings:
    """The codings of a study, by transcript ID in code-point order.

    Args:
        coded: of each transcript, in any order.
        codebook: by which they were coded.
        unit: what is counted once; None = as the codebook says.
        exclude: roles or labels that did not count.
    """
    return Codings(
        codebook=codebook,
        transcripts=tuple(sorted(coded, key=lambda coding: coding.transcript.id)),
        unit=unit or codebook.unit,
        exclude=tuple(exclude),
        counted_in="characters" if primary(codebook.language) in WITHOUT_BLANKS else "words",
    )
