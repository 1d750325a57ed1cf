"""Small coded studies for tests of tables: one sentence a line of letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import thematic
from thematic.model.judged import Judged, Judgements, Standing
from thematic.model.transcript import Span

BOOK = """\
codebook: letters
themes:
  a: {definition: A., codes: {aa: {definition: AA., rules: [apple]}}, rules: [anise]}
  b: {definition: B., rules: [banana, apple pie]}
  c: {definition: C., rules: [cherry]}
  d: {definition: D., codes: {hand: {definition: By hand., rules: manual}}}
"""


def study_of(
    talks: Mapping[str, str],
    attributes: Mapping[str, Mapping[str, str]] | None = None,
    *,
    book: str = BOOK,
    unit: str | None = None,
) -> thematic.Codings:
    """Transcripts by ID, each a text with labels, coded by a codebook."""
    codebook, problems = thematic.read_codebook(book, "book")
    assert codebook is not None, problems
    transcripts = []
    for id, text in talks.items():
        transcript, _ = thematic.read_text(text, id=id)
        assert transcript is not None
        transcripts.append(replace(transcript, attributes=dict((attributes or {}).get(id, {}))))
    return thematic.code(transcripts, codebook, unit=unit)


def sentences(words: Sequence[str], speaker: str = "ANNA") -> str:
    """A question, and one turn with a sentence for each entry."""
    return f"I: And then?\n\n{speaker}: " + " ".join(f"The {entry} here." for entry in words) + "\n"


def judged(codings: thematic.Codings, *said: tuple[str, str, str, bool]) -> thematic.Codings:
    """With judgements of AK: transcript, words, code, whether it holds."""
    texts = {one.transcript.id: one.transcript.text for one in codings.transcripts}
    found: dict[str, tuple[Judged, ...]] = {}
    for id, words, code, holds in said:
        start = texts[id].index(words)
        how = Standing.ACCEPTED if holds else Standing.REJECTED
        one = Judged(Span(start, start + len(words)), code, holds, ("AK",), how)
        found[id] = (*found.get(id, ()), one)
    return replace(codings, judgements=Judgements(found))
