"""Words before a colon that are rare and sooner prose than a speaker (`NATO: they ...`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from thematic.errors import Problem, Severity
from thematic.model.labels import key_of
from thematic.model.transcript import Role
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence, begins
from thematic.readers.speakers.likeness import looks_alike
from thematic.readers.speakers.names import is_loud, is_name_shaped, is_stop, is_titled
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.shapes import Candidate, Style

_MOST_NOTES = 5  # a file
_MOST_ACRONYMS = 2  # more capitals that stand once are people: a list of speakers
_MOST_RARE = 3  # times
_MOST_COMPARED = 200  # codes looked at; real files have a dozen
_MOST_LEAD = 0.8  # share of labels that begin a paragraph where that is usual
_EVERY_TURN = 0.99  # share of paragraphs with a label where no turn has two of them
_TWO_LETTERS = "XX"
_STEMS = frozenset(("p", "r", "i", "ip", "id", "sp", "tn", "resp", "e"))  # of codes for people
_MOST_LOWER = 0.3  # share of turns that begin with a small letter where that is unusual


def doubtful_keys(accepted: set[str], slips: set[str], evidence: Evidence) -> set[str]:
    """Those accepted keys that are rare and look like the middle of somebody's words.

    A wrong speaker in a well labelled text is worse than a voice that is missed, so it is
    enough that the key stands below running words, or stands once and begins with `the`, is
    in capitals like an acronym, or is followed by a small letter where turns begin with a
    capital or a digit. Where every paragraph has a label in capitals, one more is another.
    """
    possible = accepted - slips - evidence.declared - _misread(accepted, evidence)
    stems = Counter(_stem(evidence.names[key]) for key in accepted)
    rare = {
        one.key: one
        for one in evidence.candidates
        if one.key in possible and _is_rare(one, stems, evidence)
    }
    once = {key: one for key, one in rare.items() if evidence.totals[key] == 1}
    settled = accepted - set(once)
    if not any(_answers(key, evidence) for key in settled):
        return set()
    if len(settled) < 2:
        return once.keys() - evidence.first
    leading = settled - (rare.keys() - evidence.first)
    inside = (rare if _lead(leading, evidence) else once).keys() - evidence.first
    inside = {key for key in inside if not _is_voice(key, evidence)}
    loud = any(evidence.totals[key] > 1 and is_loud(evidence.names[key]) for key in settled)
    acronyms = {key for key, one in once.items() if _is_acronym(one.name, loud)}
    capitals = [evidence.names[key].isupper() for key in settled if len(key) > 2]
    usual = evidence.share >= _EVERY_TURN and sum(capitals) * 2 > len(capitals)
    people = len(acronyms) > _MOST_ACRONYMS or usual
    few = set() if people else acronyms
    return inside | few | _begun_like_prose(once, settled, evidence)


def _misread(accepted: set[str], evidence: Evidence) -> set[str]:
    """`BSRO6` beside `BSR06`: a code with a letter for a number is no acronym."""
    codes = [key for key in sorted(accepted) if any(map(str.isdigit, key))]
    usual = [evidence.names[key] for key in codes if evidence.totals[key] > 1][:_MOST_COMPARED]
    rare = [key for key in codes if evidence.totals[key] <= _MOST_RARE][:_MOST_COMPARED]
    return {key for key in rare if any(looks_alike(evidence.names[key], one) for one in usual)}


def _is_rare(one: Candidate, stems: Counter[str], evidence: Evidence) -> bool:
    if one.style is not Style.COLON or evidence.totals[one.key] > _MOST_RARE:
        return False
    asks = told_by(one.name) is Role.INTERVIEWER
    return not asks and not names_a_role(one.name) and not _is_code(one, stems)


def _is_code(one: Candidate, stems: Counter[str]) -> bool:
    """`R`, and `P2` beside `P1` or `JS` beside `MK`; `UN` and `G20` beside `I` and `R` are none."""
    stem = _stem(one.name)
    if len(one.key) == 1 or one.key[0].isdigit():
        return True
    if not stem:
        return False
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


def doubt_notes(doubtful: set[str], standing: set[str], evidence: Evidence) -> Iterator[Problem]:
    """A note for each name that stands once where a turn may begin and is read as words.

    At most five a file. Where no label stands at all, only words in capitals are noted.
    """
    notes = 0
    for one in evidence.candidates:
        if notes == _MOST_NOTES:
            return
        if one.key in doubtful or (standing and _might_be(one, standing, evidence)):
            notes += 1
            written = one.name if one.style is Style.LOOSE else f"{one.name}:"
            message = f"{written!r} looks like a label but {_why(one, evidence)}; read as words"
            hint = "if somebody speaks here, name the label under speakers: in study.yaml"
            yield Problem("", one.line + 1, message, hint, Severity.NOTE)


def _why(one: Candidate, evidence: Evidence) -> str:
    if evidence.totals[one.key] == 1:
        return "stands once"
    if one.key in evidence.first:
        return "few paragraphs have one"
    return "stands only within paragraphs"


def _might_be(one: Candidate, standing: set[str], evidence: Evidence) -> bool:
    return (
        one.style in COLON_STYLES
        and one.key not in standing
        and evidence.totals[one.key] == 1
        and (one.key in evidence.first or one.line in evidence.free)
        and len(one.key) > 2
        and is_name_shaped(one.name)
        and not is_stop(one.key)
        and not is_stop(key_of(one.name.split()[0]))
        and not one.key.startswith("the ")
    )
