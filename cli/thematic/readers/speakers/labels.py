"""Who speaks where: which places that look like a label are one.

A shape alone tells little (`NATO: the alliance ...`), so candidates are collected from the
whole text first and then accepted by evidence: a sure form, a repetition, or a likeness.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from thematic.model.study import Speakers
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.roles import declared_keys, names_a_role
from thematic.readers.speakers.shapes import (
    Candidate,
    Style,
    bare_name,
    candidate_at,
    is_name_shaped,
    is_stop,
    is_titled,
)
from thematic.readers.speakers.stamps import stamp_line

_ENDS_TALK = frozenset(".?!…:;\"'”’»)]}#>—–-")
_SPEAKER_NUMBER = re.compile(
    r"(?i:speaker|sprecher|unknown speaker|spk|participant)[ _]?[\dA-Z]{1,3}"
)
_SHORT_CODE = re.compile(r"[A-Z]{1,2}[a-z]?|[A-Za-z]{1,12}[ _-]?\d{1,4}[a-z]?")
_BRACKET_ID = re.compile(r"[^\W\d_]{1,12}[ _-]?\d{1,5}[a-z]?")
_FLOOR_OFFICE = "the "
_NEAR = 0.8  # likeness of a mistyped label to one that repeats
_MOST_COMPARED = 200  # labels looked at for likeness; real files have a dozen
_COLON_STYLES = frozenset({Style.COLON, Style.STAMPED, Style.MARKED})


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label; `start` to `end` holds it with its colon and stamp."""

    start: int
    end: int
    name: str
    time: float | None = None


@dataclass
class _Evidence:
    """All candidates of a text and what they add up to."""

    lines: Lines
    skipped: frozenset[int]
    candidates: list[Candidate]
    declared: frozenset[str]
    free: set[int] = field(default_factory=set)  # lines where a turn may begin
    totals: Counter[str] = field(default_factory=Counter)  # also where no turn may begin
    first: set[str] = field(default_factory=set)  # keys that begin a paragraph somewhere
    counts: Counter[tuple[str, Style]] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    starts: int = 0  # blocks, or lines where each line is a turn

    def count(self, key: str) -> int:
        """How often a key stands as a colon label where a turn may begin."""
        return sum(self.counts[key, style] for style in _COLON_STYLES)

    @cached_property
    def enough(self) -> float:
        """How often a plain name with colon must stand: oftener where markup shows labels."""
        marked = sum(count for (_, style), count in self.counts.items() if style is Style.MARKED)
        return max(3, marked / 10) if marked >= 5 else 2

    @cached_property
    def share(self) -> float:
        """How many of the places where a turn may begin look like one: 0..1."""
        shaped = sum(count for (_, style), count in self.counts.items() if style in _COLON_STYLES)
        return shaped / self.starts


def find_labels(
    lines: Lines,
    marked: Mapping[int, Candidate],
    skipped: frozenset[int],
    speakers: Speakers,
) -> list[Label]:
    """The labels of a text, in text order.

    Args:
        lines: the text.
        marked: by line number, labels that the file's own markup shows to be such.
        skipped: lines that belong to no turn (front matter, headings, metadata).
        speakers: labels the user named; they need no evidence.
    """
    candidates = list(_candidates(lines, marked, skipped))
    evidence = _weigh(lines, skipped, candidates, declared_keys(speakers))
    accepted = _accept(evidence)
    found = [one for one in candidates if _stands(one, accepted, evidence)]
    if not found:
        found = _bare_names(lines, skipped, evidence.declared)
    return [_label(lines, one) for one in found]


def _candidates(
    lines: Lines, marked: Mapping[int, Candidate], skipped: frozenset[int]
) -> Iterable[Candidate]:
    for number in range(len(lines)):
        if number in skipped:
            continue
        found = marked.get(number)
        if found is None:
            found = candidate_at(lines.text, number, lines.start(number), lines.end(number))
        if found is not None:
            yield found


def _weigh(
    lines: Lines, skipped: frozenset[int], candidates: list[Candidate], declared: frozenset[str]
) -> _Evidence:
    evidence = _Evidence(lines, skipped, candidates, declared)
    filled = sum(1 for number in range(len(lines)) if not lines.is_blank(number))
    shaped = sum(1 for one in candidates if one.style is not Style.FLOOR)
    blocks = sum(1 for _ in lines.blocks(skipped))
    turn_per_line = shaped * 2 >= filled - len(skipped) and shaped >= blocks * 2
    evidence.starts = max(filled - len(skipped), 1) if turn_per_line else max(blocks, 1)
    for one in candidates:
        evidence.totals[one.key] += 1
        if turn_per_line or _is_free(lines, one.line, skipped):
            evidence.free.add(one.line)
            evidence.counts[one.key, one.style] += 1
            evidence.names.setdefault(one.key, one.name)
            if turn_per_line or _begins(lines, one.line, skipped):
                evidence.first.add(one.key)
    return evidence


def _begins(lines: Lines, number: int, skipped: frozenset[int]) -> bool:
    """Whether the line is the first of its paragraph; a stamp on a line of its own is no text."""
    above = number - 1
    if above < 0 or above in skipped or lines.is_blank(above):
        return True
    return stamp_line(lines.text, lines.start(above), lines.end(above)) is not None


def _is_free(lines: Lines, number: int, skipped: frozenset[int]) -> bool:
    """Whether a turn may begin here: not in the middle of a wrapped sentence."""
    if _begins(lines, number, skipped):
        return True
    above = lines.text_of(number - 1).rstrip()
    return above[-1] in _ENDS_TALK


def _accept(evidence: _Evidence) -> dict[Style, set[str]]:
    """The keys that are labels, by the style in which they are."""
    colon = _accept_colon(evidence)
    accepted: dict[Style, set[str]] = {style: set() for style in Style}
    for style in _COLON_STYLES:
        accepted[style] = colon
    accepted[Style.MARKED] = colon | _keys(evidence, Style.MARKED)
    accepted[Style.LOOSE] = colon | _accept_loose(evidence)
    accepted[Style.FLOOR] = _accept_floor(evidence)
    accepted[Style.GAP] = _accept_questions(evidence, Style.GAP, bool(colon))
    accepted[Style.COURT] = _accept_questions(evidence, Style.COURT, False)
    if set().union(*accepted.values()) <= evidence.declared:  # no other label stands here
        accepted[Style.BRACKET] = _accept_brackets(evidence)
    accepted[Style.BRACKET] |= _keys(evidence, Style.BRACKET) & (evidence.declared | colon)
    return accepted


def _keys(evidence: _Evidence, style: Style) -> set[str]:
    return {key for key, found in evidence.counts if found is style and not is_stop(key)} | (
        {one.key for one in evidence.candidates if one.style is style} & evidence.declared
    )


def _accept_colon(evidence: _Evidence) -> set[str]:
    keys = {key for key, style in evidence.counts if style in _COLON_STYLES}
    sure = {key for key in keys if key in evidence.declared or _is_sure(key, evidence)}
    sure |= _short_codes(keys, evidence)
    rest = {k for k in keys - sure if not is_stop(k) and is_name_shaped(evidence.names[k])}
    if any(evidence.names[key].isupper() for key in sure if len(key) > 2):
        sure |= {key for key in rest if evidence.names[key].isupper() and len(key) > 2}
    sure |= _resembling(rest - sure, sure, evidence)
    return sure | _single_voices(keys - sure, sure, evidence)


def _is_sure(key: str, evidence: _Evidence) -> bool:
    """Whether a key is a label by its own evidence, without looking at the others."""
    name, count = evidence.names[key], evidence.count(key)
    if is_stop(key):
        return False
    if names_a_role(name) or _SPEAKER_NUMBER.fullmatch(name) or evidence.counts[key, Style.MARKED]:
        return True
    if not is_name_shaped(name):
        return count >= 3 and evidence.share >= 0.5
    if count >= evidence.enough or evidence.counts[key, Style.STAMPED]:
        return True
    return is_titled(name) or (name.isupper() and " " in name)


def _short_codes(keys: set[str], evidence: _Evidence) -> set[str]:
    """I and R, P1 and P2: sure as a pair where most paragraphs begin with one.

    One alone (`I:` and then `Rosa:`) is sure beside a name where nearly all begin so.
    """
    codes = {key for key in keys if _SHORT_CODE.fullmatch(evidence.names[key])}
    named = any(is_name_shaped(evidence.names[k]) and not is_stop(k) for k in keys - codes)
    if len(codes) >= 2:
        return codes if evidence.share >= 0.5 else set()
    return codes if named and evidence.share >= 0.9 else set()


def _resembling(rest: set[str], sure: set[str], evidence: _Evidence) -> set[str]:
    """Keys that are slips for a label that repeats (`Particpant`, `M. PSAKI`)."""
    repeated = [key for key in sure if evidence.count(key) >= 2]
    repeated = sorted(repeated, key=lambda key: (-evidence.count(key), key))[:_MOST_COMPARED]
    return {
        key
        for key in sorted(rest)[:_MOST_COMPARED]
        if len(key) >= 4
        and any(
            SequenceMatcher(None, key, other, autojunk=False).ratio() >= _NEAR
            for other in repeated
            if abs(len(other) - len(key)) <= 3
        )
    }


def _single_voices(rest: set[str], sure: set[str], evidence: _Evidence) -> set[str]:
    """Names that stand once, in a text where nearly every turn begins with a label."""
    if not sure or evidence.share < 0.6:
        return set()
    names = {key: evidence.names[key] for key in rest & evidence.first}
    return {
        key
        for key, name in names.items()
        if is_name_shaped(name) and not is_stop(key) and len(name.split()) <= 4
    }


def _accept_loose(evidence: _Evidence) -> set[str]:
    """Stamped names without a colon: twice, or where most paragraphs look so."""
    keys = {key for key, style in evidence.counts if style is Style.LOOSE and not is_stop(key)}
    total = sum(evidence.counts[key, Style.LOOSE] for key in keys)
    if total >= 2 and total >= 0.5 * evidence.starts:
        return {key for key in keys if is_name_shaped(evidence.names[key])}
    return {key for key in keys if evidence.counts[key, Style.LOOSE] >= 2}


def _accept_floor(evidence: _Evidence) -> set[str]:
    """`Mr. KIRK.` once; `The PRESIDING OFFICER.` beside another or twice."""
    counts = {key: n for (key, style), n in evidence.counts.items() if style is Style.FLOOR}
    return {
        key
        for key, count in counts.items()
        if not key.startswith(_FLOOR_OFFICE) or count > 1 or len(counts) > 1
    }


def _accept_questions(evidence: _Evidence, style: Style, others: bool) -> set[str]:
    """Q and A without a colon: never A alone, which begins lists and sentences too."""
    questions = evidence.counts["q", style]
    answers = evidence.counts["a", style]
    if not questions or (questions < 2 and not answers and not others):
        return set()
    return {"q", "a"}


def _accept_brackets(evidence: _Evidence) -> set[str]:
    """[id1] beside another or twice; [Anna] twice; a bare number is a footnote."""
    counts = {key: n for (key, style), n in evidence.counts.items() if style is Style.BRACKET}
    names = {key: n for key, n in counts.items() if not key.strip(" .").isdigit()}
    with_digit = {key for key in names if _BRACKET_ID.fullmatch(key)}
    twice = {key for key, count in names.items() if count >= 2 and not is_stop(key)}
    return twice | with_digit if len(with_digit) >= 2 else twice


def _stands(one: Candidate, accepted: Mapping[Style, set[str]], evidence: _Evidence) -> bool:
    """Whether a candidate is a label here, its key being one somewhere."""
    if one.key not in accepted[one.style]:
        return False
    if one.style is Style.FLOOR:
        return _begins(evidence.lines, one.line, evidence.skipped)
    if one.line in evidence.free or one.style is Style.MARKED:
        return True
    return one.style in (Style.COLON, Style.STAMPED) and evidence.totals[one.key] >= 2


def _bare_names(lines: Lines, skipped: frozenset[int], declared: frozenset[str]) -> list[Candidate]:
    """Names alone on their line above what they say: three times, `Speaker 1` always."""
    found = [
        one
        for number in range(len(lines) - 1)
        if number not in skipped
        and lines.end(number) - lines.start(number) <= 60
        and _begins(lines, number, skipped)
        and (one := bare_name(lines.text, number, lines.start(number), lines.end(number)))
        and not lines.is_blank(number + 1)
    ]
    counts = Counter(one.key for one in found)
    return [
        one
        for one in found
        if counts[one.key] >= 3
        or one.key in declared
        or (_SPEAKER_NUMBER.fullmatch(one.name) and one.name[-1].isdigit())
    ]


def _label(lines: Lines, one: Candidate) -> Label:
    """The label; a stamp alone on the line above it belongs to it."""
    start, time = one.start, one.time
    if time is None and one.line > 0:
        above = one.line - 1
        time = stamp_line(lines.text, lines.start(above), lines.end(above))
        start = lines.start(above) if time is not None else start
    return Label(start, one.end, " ".join(one.name.split()), time)
