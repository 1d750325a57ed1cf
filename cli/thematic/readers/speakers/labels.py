"""Who speaks where: which places that look like a label are one.

A shape alone tells little (`NATO: the alliance ...`), so candidates are collected from the
whole text first and then accepted by evidence: a sure form, a repetition, or a likeness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from thematic.errors import Problem
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Speakers
from thematic.readers.speakers.accepting import Accepted, accept
from thematic.readers.speakers.asking import with_asking_letters
from thematic.readers.speakers.bare import bare_labels, bare_names, segment_labels
from thematic.readers.speakers.beside import beside_labels, late_labels
from thematic.readers.speakers.by_sign import labels_by_sign
from thematic.readers.speakers.doubt_notes import doubt_notes
from thematic.readers.speakers.evidence import Evidence, begins, weigh
from thematic.readers.speakers.furniture import is_listed, is_numbered
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.places import candidate_at
from thematic.readers.speakers.roles import declared_keys, role_of
from thematic.readers.speakers.shapes import Candidate, Label, Style
from thematic.readers.speakers.slips import slip_note, slips_for
from thematic.readers.speakers.stamps import stamp_line

_ANYWHERE = (Style.COLON, Style.STAMPED, Style.LOOSE)  # at any line's beginning, once known


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
    bold: frozenset[int] = frozenset(),
) -> FoundLabels:
    """The labels of a text, with notes on slips and on names that are read as words.

    Args:
        lines: the text.
        marked: by line number, labels that the file's own markup shows to be such.
        skipped: lines that belong to no turn (front matter, headings, metadata).
        speakers: labels the user named; they need no evidence.
        bold: lines that the file's markup shows to be bold from end to end.
    """
    places = list(_candidates(lines, marked, skipped))
    signed = [one for one in places if one.style is Style.SIGNED]
    candidates = [one for one in places if one.style is not Style.SIGNED]
    evidence = weigh(lines, skipped, candidates, declared_keys(speakers))
    accepted = accept(evidence)
    found = [one for one in candidates if _stands(one, accepted, evidence)]
    found, notes = _with_other_forms(found, signed, evidence, bold)
    found = _together(found, late_labels(found, accepted.doubtful, evidence))
    labels = _labels(found, lines)
    labels, more = _with_slips(labels, lines, speakers)
    labels, told = with_asking_letters(labels, lines, speakers)
    notes += [*more, *told]
    notes += doubt_notes(accepted.doubtful, {one.key for one in found}, evidence)
    return FoundLabels(labels, notes)


def _with_other_forms(
    found: list[Candidate], signed: list[Candidate], evidence: Evidence, bold: frozenset[int]
) -> tuple[list[Candidate], list[Problem]]:
    """The labels with those that have another sign than a colon, or stand alone on a line."""
    lines, skipped = evidence.lines, evidence.skipped
    names = bare_names(lines, skipped, bold)
    found = _together(found, labels_by_sign(signed, found, evidence))
    keys = {one.key for one in found}
    if keys <= {one.key for one in names}:
        bare = bare_labels(names, lines, skipped, evidence.declared)
        found = _together(found, bare if len(bare) > len(found) else [])
    variants = beside_labels(_together(signed, names), found, evidence)
    found = _together(found, variants.labels)
    if found:
        found = _together(found, segment_labels(found, lines, skipped))
    return found, variants.notes


def _together(some: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Both in text order, one a line; `some` is so already."""
    if not more:
        return some
    by_line = {one.line: one for one in (*more, *some)}
    return [by_line[line] for line in sorted(by_line)]


def _candidates(
    lines: Lines, marked: Mapping[int, Candidate], skipped: frozenset[int]
) -> Iterator[Candidate]:
    numbered, listed = is_numbered(lines, skipped), is_listed(lines, skipped)
    for number in lines.filled(skipped):
        found = marked.get(number) if marked else None
        if found is None:
            start, end = lines.start(number), lines.end(number)
            found = candidate_at(lines.text, number, start, end, numbered, listed)
        if found is not None:
            yield found


def _stands(one: Candidate, accepted: Accepted, evidence: Evidence) -> bool:
    """Whether a candidate is a label here, its key being one somewhere."""
    if one.key not in accepted.styles[one.style] or _counts_points(one, evidence):
        return False
    if one.style is Style.FLOOR:
        return begins(evidence.lines, one.line, evidence.skipped)
    if one.line in evidence.free or one.style in (Style.MARKED, Style.TAB):
        return True
    return one.style in _ANYWHERE and evidence.totals[one.key] >= 2


def _counts_points(one: Candidate, evidence: Evidence) -> bool:
    """Whether `i:` or `a:` in small letters is followed by `ii:` or `b:`: a list, no label."""
    return evidence.totals["ii" if one.name == "i" else "b"] > 0 and one.name in ("i", "a")


def _labels(found: Sequence[Candidate], lines: Lines) -> list[Label]:
    """The labels; a stamp alone on the line above one belongs to it."""
    taken = {one.line for one in found}
    labels = []
    for one in found:
        start, time, above = one.start, one.time, one.line - 1
        if time is None and above >= 0 and above not in taken and not lines.is_blank(above):
            time = stamp_line(lines.text, lines.start(above), lines.end(above))
            start = lines.start(above) if time is not None else start
        labels.append(Label(start, one.end, " ".join(one.name.split()), time))
    return labels


def _with_slips(
    labels: list[Label], lines: Lines, speakers: Speakers
) -> tuple[list[Label], list[Problem]]:
    """The labels, those that are slips with the label they are like, and a note on each."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name, count in Counter([label.name for label in labels]).items():
        names.setdefault(key_of(name), name)
        counts[key_of(name)] += count
    slips = slips_for(names, counts, speakers)
    if not slips:
        return labels, []
    first = {key_of(label.name): label for label in reversed(labels)}
    notes = [
        slip_note(
            lines.number_at(first[key].end - 1) + 1, names[key], like, role_of(like, speakers)
        )
        for key, like in slips.items()
    ]
    return [one._replace(like=slips.get(key_of(one.name), "")) for one in labels], sorted(notes)
