"""Words before a colon that are rare and sooner prose than a speaker (`NATO: they ...`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from thematic.model.labels import key_of
from thematic.model.transcript import Role
from thematic.readers.speakers.evidence import Evidence, begins
from thematic.readers.speakers.likeness import looks_alike
from thematic.readers.speakers.names import is_loud, is_titled
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.shapes import Candidate, Style

_MOST_ACRONYMS = 2  # more capitals that stand once are people: a list of speakers
_MOST_RARE = 3  # times
_MOST_COMPARED = 200  # codes looked at; real files have a dozen
_MOST_LEAD = 0.8  # share of labels that begin a paragraph where that is usual
_EVERY_TURN = 0.99  # share of paragraphs with a label where no turn has two of them
_FULLY_LABELLED = 0.9  # share of paragraphs with a label
_CODE = re.compile(r"[a-z]{2,6}[ _-]?\d{2,4}")
_TWO_LETTERS = "XX"
_LETTERS = frozenset("iqrpab0123456789")  # of those who ask and answer, and numbered people
_STEMS = frozenset(("p", "r", "i", "ip", "id", "sp", "tn", "resp", "e"))  # of codes for people
_MOST_LOWER = 0.3  # share of turns that begin with a small letter where that is unusual


def doubtful_keys(accepted: set[str], slips: set[str], evidence: Evidence) -> set[str]:
    """Those accepted keys that are rare and look like the middle of somebody's words.

    A wrong speaker in a well labelled text is worse than a voice that is missed, so it is
    enough that the key stands below running words, or stands once and begins with `the`, is
    in capitals like an acronym, numbers a point, or is followed by a small letter or a digit
    where turns begin with a capital.
    """
    codes = _misread(accepted, evidence) | _people_by_code(accepted, evidence)
    possible = accepted - slips - evidence.declared - codes
    stems = Counter(_stem(evidence.names[key]) for key in accepted)
    points = _points(accepted, evidence)
    rare = {
        one.key: one
        for key in possible
        if evidence.totals[key] <= _MOST_RARE
        for one in evidence.places[key]
        if key in points or _is_rare(one, stems, evidence)
    }
    if not rare:
        return set()
    once = {key: one for key, one in rare.items() if evidence.totals[key] == 1}
    settled = accepted - set(once)
    if not any(_answers(key, evidence) for key in settled):
        return set()
    if len(settled) < 2:
        return once.keys() - evidence.first
    leading = settled - (rare.keys() - evidence.first)
    inside = (rare if _lead(leading, evidence) else once).keys() - evidence.first
    inside = {key for key in inside if not _is_voice(key, evidence)}
    return (
        inside
        | (points & once.keys())
        | _acronyms(rare, settled, accepted, evidence)
        | _begun_like_prose(once, settled, evidence)
    )


def _points(accepted: set[str], evidence: Evidence) -> set[str]:
    """`A: ...` and `B: ...`, `1: ...` and `2: ...`, each once: they number points."""
    once = {key for key in accepted if len(key) == 1 and evidence.totals[key] == 1}
    return {key for key in once if chr(ord(key) + 1) in once or chr(ord(key) - 1) in once}


def _acronyms(
    rare: Mapping[str, Candidate], settled: set[str], accepted: set[str], evidence: Evidence
) -> set[str]:
    """`NATO`, where other labels are not in capitals, or where few words in capitals stand once.

    One that stands two or three times counts only if nobody else speaks between.
    """
    loud = any(evidence.totals[key] > 1 and is_loud(evidence.names[key]) for key in settled)
    found = {key for key, one in rare.items() if _is_acronym(one.name, loud)}
    once = {key for key in found if evidence.totals[key] == 1}
    words = [evidence.names[key].isupper() for key in settled - found if len(key) > 2]
    capitals = sum(words) * 2 > len(words)
    if capitals and (len(once) > _MOST_ACRONYMS or evidence.share >= _EVERY_TURN):
        return set()
    return once if capitals else once | _in_a_row(found - once, accepted, evidence)


def _in_a_row(keys: set[str], accepted: set[str], evidence: Evidence) -> set[str]:
    """The keys between whose places nobody else speaks."""
    if not keys:
        return set()
    places: dict[str, list[int]] = {}
    labels = (one.key for one in evidence.candidates if one.key in accepted)
    for place, key in enumerate(labels):
        if key in keys:
            places.setdefault(key, []).append(place)
    return {key for key, found in places.items() if found[-1] - found[0] == len(found) - 1}


def _misread(accepted: set[str], evidence: Evidence) -> set[str]:
    """`BSRO6` beside `BSR06`: a code with a letter for a number is no acronym."""
    codes = [key for key in sorted(accepted) if any(map(str.isdigit, key))]
    usual = [key for key in codes if evidence.totals[key] > 1 or _CODE.fullmatch(key)]
    rare = [key for key in codes if evidence.totals[key] <= _MOST_RARE][:_MOST_COMPARED]
    others = [evidence.names[key] for key in usual[:_MOST_COMPARED]]
    return {key for key in rare if any(looks_alike(evidence.names[key], one) for one in others)}


def _people_by_code(accepted: set[str], evidence: Evidence) -> set[str]:
    """`BSR00` at a paragraph's start where (nearly) all begin with a label: a code of a person.

    One alone is none where somebody else answers: `AK47` is a rifle.
    """
    if evidence.share < _FULLY_LABELLED:
        return set()
    codes = {key for key in accepted & evidence.first if _CODE.fullmatch(key)}
    others = (key for key in accepted - codes if not key[-1].isdigit())
    return codes if len(codes) > 1 or not any(_answers(key, evidence) for key in others) else set()


def _is_rare(one: Candidate, stems: Counter[str], evidence: Evidence) -> bool:
    if one.style is not Style.COLON or evidence.totals[one.key] > _MOST_RARE:
        return False
    if one.key.startswith("the ") and not one.name.isupper():
        return True
    asks = told_by(one.name) is Role.INTERVIEWER
    return not asks and not names_a_role(one.name) and not _is_code(one, stems)


def _is_code(one: Candidate, stems: Counter[str]) -> bool:
    """`R`, and `P2` beside `P1` or `JS` beside `MK`; `UN` and `G20` beside `I` and `R` are none."""
    stem = _stem(one.name)
    if len(one.key) == 1:
        return one.key in _LETTERS or not one.key.isascii()
    if one.key.isdigit() or not stem:
        return one.key.isdigit()
    return stems[stem] > 1 or stem in _STEMS


def _stem(name: str) -> str:
    """The letters of a code with a number, two letters for all in capitals; else nothing."""
    key = key_of(name)
    if key[-1:].isdigit():
        return key.rstrip("0123456789")
    return _TWO_LETTERS if len(name) == 2 and name.isupper() else ""


def _is_acronym(name: str, loud: bool) -> bool:
    """`NATO`, and `USAID DART` unless other names are `loud`; no title or office."""
    if not name.isupper() or is_titled(name) or key_of(name).startswith("the "):
        return False
    return " " not in name or not loud


def _is_voice(key: str, evidence: Evidence) -> bool:
    """Whether a name within paragraphs speaks there: in several, each time after a full stop.

    An acronym does not, for `NATO: ...` may head each point of an answer.
    """
    if evidence.names[key].isupper() or evidence.totals[key] < 2:
        return False
    found = evidence.places[key]
    text = evidence.lines.text
    free = all(one.line in evidence.free for one in found)
    capital = all(not text[one.end : one.end + 1].islower() for one in found)
    return free and capital and len({evidence.paragraph_of[one.line] for one in found}) > 1


def _lead(settled: set[str], evidence: Evidence) -> bool:
    """Whether the labels of this text begin paragraphs."""
    usual = [one for one in evidence.candidates if one.key in settled]
    first = sum(begins(evidence.lines, one.line, evidence.skipped) for one in usual)
    return first >= _MOST_LEAD * len(usual) > 0


def _answers(key: str, evidence: Evidence) -> bool:
    """Whether a key may be a respondent's; a text with questions only has one voice to find."""
    return told_by(evidence.names[key]) is None


def _begun_like_prose(
    once: Mapping[str, Candidate], settled: set[str], evidence: Evidence
) -> set[str]:
    text = evidence.lines.text
    usual = [one for one in evidence.candidates if one.key in settled]
    lower = sum(_goes_on(one, text) for one in usual)
    indented = sum(_is_indented(one, text) for one in usual)
    return {
        key
        for key, one in once.items()
        if (key.startswith("the ") and not one.name.isupper())
        or (_goes_on(one, text) and lower < _MOST_LOWER * len(usual))
        or (_is_indented(one, text) and indented < _MOST_LOWER * len(usual))
    }


def _goes_on(one: Candidate, text: str) -> bool:
    """Whether a small letter or a number follows: `Ratio: 2:1`."""
    following = text[one.end : one.end + 1]
    return following.islower() or following.isdigit()


def _is_indented(one: Candidate, text: str) -> bool:
    return text[one.start : one.start + 1] in (" ", "\t")
