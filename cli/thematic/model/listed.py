"""A study in a list of studies that are reported on in one run."""

from __future__ import annotations

from thematic.model.nouns import dataclass


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """One entry; paths as they are written there.

    Args:
        folder: of the study, or of its transcripts.
        name: by which the summary calls it.
        codebook: a file, or the name of a shipped one; "" = as the study says.
        output: the folder of its results; "" = one of its name in the folder of all results.
        line: where it stands, 0 where it was found by looking.
    """

    folder: str
    name: str
    codebook: str = ""
    output: str = ""
    line: int = 0
