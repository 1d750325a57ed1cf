"""Codings by people that stand on words which do not count."""

from __future__ import annotations

from itertools import chain

from thematic.analysis.decided import overlapped
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Standing


def uncounted(codings: Codings) -> int:
    """How many codings of people, disputed ones too, are on no word that counts in this run.

    They are in no table: whose words count is said by study.yaml, the codebook and options.
    """
    found = codings.judgements
    if found is None:
        return 0
    number = 0
    for source in codings.transcripts:
        id = source.transcript.id
        for judged in chain(found.by_transcript.get(id, ()), found.disputes.get(id, ())):
            says_so = judged.holds or judged.how is Standing.DISPUTED
            sentences = source.units[Unit.SENTENCE] if says_so else ()
            number += says_so and not any(overlapped(sentences, judged.span))
    return number
