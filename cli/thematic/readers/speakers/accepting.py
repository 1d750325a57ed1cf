"""Which candidates are labels: by a sure form, a repetition, or a likeness."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from thematic.model.transcript import Role
from thematic.readers.speakers.doubts import doubtful_keys
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence
from thematic.readers.speakers.names import is_loud, is_name_shaped, is_stop, is_titled
from thematic.readers.speakers.roles import is_nobody, is_segment, names_a_role, told_by
from thematic.readers.speakers.shapes import Style
from thematic.readers.speakers.slips import resembling
from thematic.readers.speakers.vocabulary import STOP

SPEAKER_NUMBER = re.compile(
    r"(?i:unknown speaker|(?:speaker|sprecher|spk|participant)(?:[ _-]?\d{1,3}|[ _-][A-Z]{1,2}))"
)
_SHORT_CODE = re.compile(r"[A-Z]{1,2}[a-z]?|[A-Za-z]{1,12}[ _.#-]{0,2}\d{1,4}[a-z]?")
_LOWER_CODE = re.compile(r"[a-z]{1,3}")
_ROMAN = re.compile(r"ii|iii|iv|vi{0,3}")
_BRACKET_ID = re.compile(r"[^\W\d_]{1,12}[ _-]?\d{1,5}[a-z]?")
_FLOOR_OFFICE = "the "
_MOST_BACK = 0.1  # share of stamps that go back: two recordings in one file
_LATEST_START = 120  # seconds; later ones are sooner verses
_NEARLY_ALL = 0.8  # share of the places where a turn may begin


@dataclass(frozen=True)
class Accepted:
    """The keys that are labels, by the style in which they are, and those left out in doubt."""

    styles: dict[Style, set[str]]
    doubtful: set[str]


def accept(evidence: Evidence) -> Accepted:
    """The keys that are labels."""
    colon, doubtful = _accept_colon(evidence)
    accepted: dict[Style, set[str]] = {style: set() for style in Style}
    for style in COLON_STYLES:
        accepted[style] = colon
    marked = _keys(evidence, Style.MARKED)
    accepted[Style.MARKED] = colon | (marked if evidence.bold_are_people else set())
    loose = _accept_loose(evidence)
    accepted[Style.LOOSE] = colon | loose
    doubtful |= _keys(evidence, Style.LOOSE) - loose - colon
    doubtful |= marked - accepted[Style.MARKED]
    accepted[Style.FLOOR] = _accept_floor(evidence)
    accepted[Style.GAP] = _accept_questions(evidence, Style.GAP, bool(colon))
    accepted[Style.COURT] = _accept_questions(evidence, Style.COURT, False)
    accepted[Style.TAB] = _accept_tabbed(evidence)
    if set().union(*accepted.values()) <= evidence.declared:  # no other label stands here
        accepted[Style.BRACKET] = _accept_brackets(evidence)
    accepted[Style.BRACKET] |= _keys(evidence, Style.BRACKET) & (evidence.declared | colon)
    return Accepted(accepted, doubtful)


def _keys(evidence: Evidence, style: Style) -> set[str]:
    return {key for key in evidence.keys(style) if not is_stop(key)} | (
        {one.key for one in evidence.candidates if one.style is style} & evidence.declared
    )


def _accept_colon(evidence: Evidence) -> tuple[set[str], set[str]]:
    """The keys that are labels with a colon, and those that would be but for a doubt."""
    keys = {key for key, style in evidence.counts if style in COLON_STYLES}
    sure = {key for key in keys if key in evidence.declared or _is_sure(key, evidence)}
    sure |= _short_codes(keys, evidence) | _small_letters(keys, evidence)
    rest = {k for k in keys - sure if not is_stop(k) and is_name_shaped(evidence.names[k])}
    if any(_is_loud_and_sure(key, evidence) for key in sure):
        sure |= {key for key in rest if evidence.names[key].isupper() and len(key) > 2}
    slips = resembling(keys - sure, sure, evidence)
    sure |= slips
    sure |= _single_voices(keys - sure, sure, evidence)
    doubtful = doubtful_keys(sure, slips, evidence)
    doubtful = {key for key in doubtful if not is_segment(evidence.names[key])}
    if not sure:
        doubtful = {key for key in rest if is_loud(evidence.names[key])}
    sure -= doubtful
    return sure | _nobodies(keys - doubtful, sure, evidence), doubtful


def _is_sure(key: str, evidence: Evidence) -> bool:
    """Whether a key is a label by its own evidence, without looking at the others."""
    name, count = evidence.names[key], evidence.count(key)
    if key not in STOP and (names_a_role(name) or SPEAKER_NUMBER.fullmatch(name)):
        return True  # before the words that number parts, for `Part. 2` is a participant
    if is_stop(key):
        return False
    if evidence.counts[key, Style.MARKED] and evidence.bold_are_people:
        return True
    stamped = evidence.counts[key, Style.STAMPED]
    if not is_name_shaped(name):
        lower = count >= 3 and evidence.share >= 0.5
        return lower or bool(stamped and evidence.stamped_share >= _NEARLY_ALL)
    if count >= evidence.enough or stamped or is_titled(name):
        return True
    if name.isupper() and " " in name and key.startswith(_FLOOR_OFFICE):
        return True
    return is_loud(name) and evidence.share >= _NEARLY_ALL


def _is_loud_and_sure(key: str, evidence: Evidence) -> bool:
    """Whether a label in capitals repeats or names a role, so that others may stand once."""
    name = evidence.names[key]
    repeats = evidence.count(key) > 1 or names_a_role(name) or is_titled(name)
    return name.isupper() and len(key) > 2 and (repeats or key.startswith(_FLOOR_OFFICE))


def _short_codes(keys: set[str], evidence: Evidence) -> set[str]:
    """I and R, P1 and P2: sure as a pair where most paragraphs begin with one.

    One alone (`I:` and then `Rosa:`) is sure beside a name where nearly all begin so.
    """
    codes = {k for k in keys if _SHORT_CODE.fullmatch(evidence.names[k]) and not is_stop(k)}
    named = any(is_name_shaped(evidence.names[k]) and not is_stop(k) for k in keys - codes)
    if len(codes) >= 2:
        return codes if evidence.share >= 0.5 else set()
    return codes if named and evidence.share >= 0.9 else set()


def _small_letters(keys: set[str], evidence: Evidence) -> set[str]:
    """`i:` and `r:`, `interviewer:` and `anna:`: where one asks and most paragraphs begin so.

    `i`, `ii`, `iii` number points, and `a`, `b`, `c` do where nobody asks.
    """
    if evidence.share < 0.5 or any(_ROMAN.fullmatch(key) for key in keys):
        return set()
    small = {k for k in keys if evidence.names[k].islower() and not is_stop(k)}
    codes = {key for key in small if _LOWER_CODE.fullmatch(key)}
    asks = {key for key in small if told_by(evidence.names[key]) is Role.INTERVIEWER}
    if not asks:
        twice = {key for key in small if evidence.count(key) >= 2}
        return twice if len(twice) >= 2 and evidence.share >= _NEARLY_ALL else set()
    found = codes if codes - asks else set()
    if evidence.share >= _NEARLY_ALL:
        found = small
    return found if sum(evidence.count(key) for key in found) >= 2 and len(found) >= 2 else set()


def _nobodies(keys: set[str], sure: set[str], evidence: Evidence) -> set[str]:
    """`Break:`, `BEGIN:`: no people, but labels where others are and where they lead.

    In bold, where the others are: there a plain one is none.
    """
    if not sure or evidence.is_marked:
        return set()
    leading = keys & evidence.first - sure
    return {
        key
        for key in leading
        if is_nobody(evidence.names[key]) and (not is_stop(key) or evidence.names[key].isupper())
    }


def _single_voices(rest: set[str], sure: set[str], evidence: Evidence) -> set[str]:
    """Names that stand once, in a text where nearly every turn begins with a label."""
    if not sure or evidence.share < 0.6:
        return set()
    names = {key: evidence.names[key] for key in rest & evidence.first}
    return {
        key
        for key, name in names.items()
        if is_name_shaped(name) and not is_stop(key) and len(name.split()) <= 4
    }


def _accept_loose(evidence: Evidence) -> set[str]:
    """Stamped names without a colon: twice, or where most paragraphs look so.

    Their times may not go back, as they do in `John 3:16` and other verses.
    """
    keys = {key for key in evidence.keys(Style.LOOSE) if not is_stop(key)}
    roles = {key for key in keys if names_a_role(evidence.names[key])}
    if _may_be_verses(keys - roles, evidence):
        return roles
    total = sum(evidence.counts[key, Style.LOOSE] for key in keys)
    if evidence.stamped_share >= _NEARLY_ALL / 2:
        return roles | keys & evidence.first
    if total >= 2 and total >= 0.5 * evidence.starts:
        return {key for key in keys if is_name_shaped(evidence.names[key])}
    return roles | {key for key in keys if evidence.counts[key, Style.LOOSE] > 1 and len(keys) > 1}


def _may_be_verses(keys: set[str], evidence: Evidence) -> bool:
    """Whether what stands behind the names goes back, or is short and begins late."""
    places = [one for one in evidence.candidates if one.style is Style.LOOSE and one.key in keys]
    times = [one.time for one in places if one.time is not None]
    back = sum(after < before for before, after in pairwise(times))
    text = evidence.lines.text
    short = all(text.count(":", one.start, one.end) == 1 for one in places)
    late = bool(times) and times[0] > _LATEST_START and not evidence.stamped_share
    return back > _MOST_BACK * len(times) or (short and late)


def _accept_floor(evidence: Evidence) -> set[str]:
    """`Mr. KIRK.` once; `The PRESIDING OFFICER.` beside another or twice."""
    counts = {key: n for (key, style), n in evidence.counts.items() if style is Style.FLOOR}
    return {
        key
        for key, count in counts.items()
        if not key.startswith(_FLOOR_OFFICE) or count > 1 or len(counts) > 1
    }


def _accept_questions(evidence: Evidence, style: Style, others: bool) -> set[str]:
    """Q and A without a colon, also Q1: never A alone, which begins lists and sentences too."""
    keys = {key for key in evidence.keys(style) if key[0] in "qa"}
    questions = sum(evidence.counts[key, style] for key in keys if key[0] == "q")
    answers = sum(evidence.counts[key, style] for key in keys if key[0] == "a")
    if not questions or (questions < 2 and not answers and not others):
        return set()
    return keys


def _accept_tabbed(evidence: Evidence) -> set[str]:
    """Labels with a tab behind them, where most paragraphs begin so and one of them asks."""
    found = [one for one in evidence.candidates if one.style is Style.TAB]
    counts = Counter(one.key for one in found if not is_stop(one.key))
    asks = any(told_by(one.name) is Role.INTERVIEWER for one in found)
    enough = sum(counts.values()) >= 0.6 * evidence.starts
    return set(counts) if asks and len(counts) >= 2 and enough else set()


def _accept_brackets(evidence: Evidence) -> set[str]:
    """[id1] beside another or twice; [Anna] twice; a bare number is a footnote.

    Two role words such as [Interviewer] and <P1> need not stand twice.
    """
    counts = {key: n for (key, style), n in evidence.counts.items() if style is Style.BRACKET}
    names = {key: n for key, n in counts.items() if not key.strip(" .").isdigit()}
    with_digit = {key for key in names if _BRACKET_ID.fullmatch(key)}
    told = {key for key in names if _tells(evidence.names[key])} - with_digit
    twice = {key for key, count in names.items() if count >= 2 and not is_stop(key)}
    found = twice | with_digit if len(with_digit) >= 2 else twice
    if len(told | with_digit) >= 2 and any(_asks(evidence.names[key]) for key in told):
        found = found | told | with_digit
    return found if len(found) > 1 or evidence.declared else set()


def _tells(name: str) -> bool:
    return names_a_role(name) or _asks(name)


def _asks(name: str) -> bool:
    return told_by(name) is Role.INTERVIEWER
