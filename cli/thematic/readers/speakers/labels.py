"""Who speaks where: which places that look like a label are one.

A shape alone tells little (`NATO: the alliance ...`), so candidates are collected from the
whole text first and then accepted by evidence: a sure form, a repetition, or a likeness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from thematic.errors import Problem
from thematic.model.study import Speakers
from thematic.readers.speakers.accepting import Accepted, accept
from thematic.readers.speakers.bare import bare_labels
from thematic.readers.speakers.doubts import doubt_notes
from thematic.readers.speakers.evidence import Evidence, begins, weigh
from thematic.readers.speakers.furniture import is_numbered
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.roles import declared_keys, key_of, role_of
from thematic.readers.speakers.shapes import Candidate, Style, candidate_at
from thematic.readers.speakers.slips import slip_note, slips_for
from thematic.readers.speakers.stamps import stamp_line


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label; `start` to `end` holds it with its colon and stamp.

    `like` is the label whose role a mistyped one takes, "" for all others.
    """

    start: int
    end: int
    name: str
    time: float | None = None
    like: str = ""


@dataclass(frozen=True)
class FoundLabels:
    """The labels of a text, in text order, and what the reader should know of them."""

    labels: list[Label] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def find_labels(
    lines: Lines,
    marked: Mapping[int, Candidate],
    skipped: frozenset[int],
    speakers: Speakers,
) -> FoundLabels:
    """The labels of a text, with notes on slips and on names that are read as words.

    Args:
        lines: the text.
        marked: by line number, labels that the file's own markup shows to be such.
        skipped: lines that belong to no turn (front matter, headings, metadata).
        speakers: labels the user named; they need no evidence.
    """
    candidates = list(_candidates(lines, marked, skipped))
    evidence = weigh(lines, skipped, candidates, declared_keys(speakers))
    accepted = accept(evidence)
    found = [one for one in candidates if _stands(one, accepted, evidence)]
    if not found:
        found = bare_labels(lines, skipped, evidence.declared)
    labels = [_label(lines, one) for one in found]
    labels, notes = _with_slips(labels, lines, speakers)
    notes += doubt_notes(accepted.doubtful, {one.key for one in found}, evidence)
    return FoundLabels(labels, notes)


def _candidates(
    lines: Lines, marked: Mapping[int, Candidate], skipped: frozenset[int]
) -> Iterator[Candidate]:
    numbered = is_numbered(lines, skipped)
    for number in range(len(lines)):
        if number in skipped:
            continue
        found = marked.get(number)
        if found is None:
            start, end = lines.start(number), lines.end(number)
            found = candidate_at(lines.text, number, start, end, numbered)
        if found is not None:
            yield found


def _stands(one: Candidate, accepted: Accepted, evidence: Evidence) -> bool:
    """Whether a candidate is a label here, its key being one somewhere."""
    if one.key not in accepted.styles[one.style]:
        return False
    if one.style is Style.FLOOR:
        return begins(evidence.lines, one.line, evidence.skipped)
    if one.line in evidence.free or one.style in (Style.MARKED, Style.TAB):
        return True
    return one.style in (Style.COLON, Style.STAMPED) and evidence.totals[one.key] >= 2


def _label(lines: Lines, one: Candidate) -> Label:
    """The label; a stamp alone on the line above it belongs to it."""
    start, time = one.start, one.time
    if time is None and one.line > 0:
        above = one.line - 1
        time = stamp_line(lines.text, lines.start(above), lines.end(above))
        start = lines.start(above) if time is not None else start
    return Label(start, one.end, " ".join(one.name.split()), time)


def _with_slips(
    labels: list[Label], lines: Lines, speakers: Speakers
) -> tuple[list[Label], list[Problem]]:
    """The labels, those that are slips with the label they are like, and a note on each."""
    names: dict[str, str] = {}
    first: dict[str, Label] = {}
    for label in labels:
        names.setdefault(key_of(label.name), label.name)
        first.setdefault(key_of(label.name), label)
    counts = Counter(key_of(label.name) for label in labels)
    slips = slips_for(names, counts, speakers)
    if not slips:
        return labels, []
    notes = [
        slip_note(
            lines.number_at(first[key].end - 1) + 1, names[key], like, role_of(like, speakers)
        )
        for key, like in slips.items()
    ]
    return [replace(one, like=slips.get(key_of(one.name), "")) for one in labels], sorted(notes)
