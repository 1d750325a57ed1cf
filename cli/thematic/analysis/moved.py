"""Passages that stand elsewhere, or nowhere, since their transcripts were corrected."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.model.nouns import dataclass
from thematic.model.people import Passage
from thematic.model.transcript import Transcript

MOVED_COLUMNS = ["found", "transcript", "start", "end", "new_transcript", "new_start", "new_end"]
MOVED_COLUMNS += ["turn", "codes", "coders", "events", "text", "new_text", "difference", "recorded"]
MOVED_NOTES = (
    "moved: the same words elsewhere; respaced: other blanks, quotation marks or dashes; "
    "changed: some words are others; renamed: in a transcript that has another ID now; unsure: "
    "the words stand at several places, or nothing round them is as it was; lost: not found; "
    "absent: the transcript is not there.",
    "What is lost or absent stays in the log and is in no count of codings; agreement on "
    "units includes what was judged then. What is unsure counts at the place shown.",
)
_QUOTED = frozenset({"text", "new_text", "difference"})


@dataclass(frozen=True)
class MovedPassage:
    """One passage and what people did with it.

    Args:
        was: where it stood last.
        now: where it stands; None where it stands nowhere.
        found: how it was found, in a word.
        codes: given, refused or decided there, each once.
        coders: who did something there, each once.
        events: their numbers.
        recorded: whether the new place is recorded by this run.
    """

    was: Passage
    now: Passage | None
    found: str
    codes: Sequence[str]
    coders: Sequence[str]
    events: Sequence[int]
    recorded: bool


def moved_table(
    found: Iterable[MovedPassage],
    transcripts: Mapping[str, Transcript],
    words: Callable[[Passage], str],
) -> ResultTable:
    """One row per passage, by transcript and place; columns MOVED_COLUMNS.

    Args:
        found: those that do not stand where they stood.
        transcripts: by ID.
        words: of a passage, where they may be quoted.
    """
    rows = [_row(one, transcripts, words) for one in found]
    rows.sort(key=lambda row: (row["transcript"], row["start"], row["end"]))
    return table_of("moved", rows, MOVED_COLUMNS, "passage", MOVED_NOTES, _QUOTED)


def _row(
    one: MovedPassage, transcripts: Mapping[str, Transcript], words: Callable[[Passage], str]
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "found": one.found,
        "transcript": one.was.transcript,
        "start": one.was.span.start,
        "end": one.was.span.end,
        "codes": "; ".join(one.codes) or None,
        "coders": "; ".join(one.coders),
        "events": ranges(one.events),
        "text": words(one.was),
        "recorded": one.recorded,
    }
    if one.now is None:
        return row
    span = one.now.span
    transcript = transcripts.get(one.now.transcript)
    turns = transcript.turns if transcript else ()
    row["new_transcript"] = one.now.transcript
    row |= {"new_start": span.start, "new_end": span.end, "new_text": words(one.now)}
    row["turn"] = next((turn.number for turn in turns if turn.span.end > span.start), None)
    if one.was.quote != one.now.quote:
        quoted = row["text"] == one.was.quote and row["new_text"] == one.now.quote
        row["difference"] = difference(one.was.quote, one.now.quote) if quoted else row["text"]
    return row


def difference(old: str, new: str) -> str:
    """Both texts in one: [-words that are gone-] and {+words that came+}."""
    before, after = old.split(), new.split()
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            parts.append(" ".join(before[a:b]))
            continue
        parts += [f"[-{' '.join(before[a:b])}-]"] if a < b else []
        parts += [f"{{+{' '.join(after[c:d])}+}}"] if c < d else []
    return " ".join(parts)


def ranges(numbers: Sequence[int]) -> str:
    """3, 4, 5 and 9 as `3-5, 9`, as `thematic log --undo` takes them."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
