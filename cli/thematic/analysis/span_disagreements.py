"""Passages that one coder gave a code, and another gave none, or drew otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from thematic.analysis.disagreements import DISAGREEMENT_COLUMNS, SAYS, TO_FILL_IN
from thematic.analysis.history import Words
from thematic.analysis.result import ResultTable, table_of
from thematic.model.people import Passage, PersonCoding
from thematic.model.transcript import Span, Transcript

_QUOTED = frozenset({"text", "notes"})
_Marked = Mapping[tuple[str, str, str], Sequence[Span]]  # transcript, code, coder


def span_disagreements(
    transcripts: Sequence[Transcript],
    codings: Sequence[PersonCoding],
    readers: Mapping[str, Collection[str]],
    words: Words,
) -> ResultTable:
    """Every coded passage that not all who read its transcript coded just so.

    Args:
        transcripts: of the study.
        codings: of single coders, where they stand now.
        readers: transcript ID -> who read it; with fewer than two nothing is listed.
        words: whose words, and notes on them, may be shown.

    Returns:
        The columns of `disagreements`. A coder says yes where the passage is coded from the
        same character to the same, `partly` with the share of it that is coded, or no.
    """
    by_id = {one.id: one for one in transcripts}
    marked: dict[tuple[str, str, str], list[Span]] = {}
    passages: dict[tuple[str, Span, str], list[PersonCoding]] = {}
    for coding in sorted(codings, key=lambda one: one.coder):
        place = coding.passage
        marked.setdefault((place.transcript, coding.code, coding.coder), []).append(place.span)
        passages.setdefault((place.transcript, place.span, coding.code), []).append(coding)
    rows = []
    for (id, _, code), same in passages.items():
        passage, coders = same[0].passage, sorted(readers.get(id, ()))
        said = {name: _says(passage, code, name, marked) for name in coders}
        if id in by_id and len(coders) > 1 and set(said.values()) != {"yes"}:
            rows.append(_row(by_id[id], passage, code, said, _notes(same, words)))
            rows[-1]["text"] = words.of(passage)
    rows.sort(key=lambda row: (row["code"], row["transcript"], row["start"], row["end"]))
    everybody = sorted({name for names in readers.values() for name in names})
    columns = [*DISAGREEMENT_COLUMNS, *(f"{SAYS}{name}" for name in everybody), "notes", "text"]
    return table_of("disagreements", rows, [*columns, *TO_FILL_IN], "passage", quoted=_QUOTED)


def _says(passage: Passage, code: str, coder: str, marked: _Marked) -> str:
    span = passage.span
    spans = marked.get((passage.transcript, code, coder), ())
    if span in spans:
        return "yes"
    covered: set[int] = set()
    for one in spans:
        covered |= set(range(max(span.start, one.start), min(span.end, one.end)))
    return f"partly ({len(covered) / len(span):.0%})" if covered else "no"


def _row(
    transcript: Transcript,
    passage: Passage,
    code: str,
    said: Mapping[str, str],
    notes: str,
) -> dict[str, Any]:
    span = passage.span
    turn = next((one.number for one in transcript.turns if one.span.end > span.start), None)
    return {
        "row": f"{transcript.id} {span.start}-{span.end}",
        "transcript": transcript.id,
        "turn": turn,
        "start": span.start,
        "end": span.end,
        "code": code,
        "notes": notes or None,
    } | {f"{SAYS}{name}": answer for name, answer in said.items()}


def _notes(same: Sequence[PersonCoding], words: Words) -> str:
    noted = (one for one in same if one.note)
    said = (f"{one.coder}: {words.note(one.note, one.passage)}" for one in noted)
    return "; ".join(dict.fromkeys(said))
