"""What the heads of printed tables say of their columns."""

from __future__ import annotations

from thematic.analysis.reproduction.names import plain
from thematic.model.tally import Counts, Measure, Scale

CODE = frozenset(
    "code codes theme themes category categories topic topics construct dimension "
    "dictionary node nodes label sub theme subtheme subcode variable".split()
)
VALUE = frozenset(
    "value values count counts n frequency frequencies freq f number total "
    "percent percentage share rate".split()
)
TOTAL = frozenset(
    ("total", "totals", "all", "overall", "sum", "whole corpus", "corpus", "all sources")
)
_COUNTS = {
    Counts.TRANSCRIPTS: "interviews files sources documents transcripts texts speeches articles",
    Counts.CASES: "cases participants respondents interviewees informants experts persons people",
    Counts.MENTIONS: "mentions occurrences matches tokens hits instances",
    Counts.SENTENCES: "sentences",
    Counts.PARAGRAPHS: "paragraphs",
    Counts.TURNS: "turns utterances answers",
    Counts.SPEAKERS: "speakers",
    Counts.WORDS: "words",
}
CODINGS = frozenset(
    (
        "codings",
        "references",
        "coded segments",
        "segments",
        "coding references",
        "quotations",
        "excerpts",
    )
)
_BY_NAME = {name: counts for counts, names in _COUNTS.items() for name in names.split()}
_SCALES = {"percent": Scale.PERCENT, "share": Scale.PERCENT, "of": Scale.PERCENT}


def counts_named(name: str, unit: Counts) -> Counts | None:
    """What a word such as `interviews` counts; codings are counted in the study's unit."""
    words = plain(name)
    if words in CODINGS:
        return unit
    return _BY_NAME.get(words) or _BY_NAME.get(f"{words}s")


def measure_of_head(head: str, unit: Counts) -> Measure | None:
    """What a column's head says that it counts: `Interviews (n)`, `% of sentences`; or None."""
    words = [word for word in plain(head).split() if word not in ("n", "no", "number", "the")]
    percent = "%" in head or any(word in _SCALES for word in words)
    words = [word for word in words if word not in _SCALES]
    found = counts_named(" ".join(words), unit)
    if found is None:
        return None
    return Measure(found, Scale.PERCENT if percent else Scale.COUNT)
