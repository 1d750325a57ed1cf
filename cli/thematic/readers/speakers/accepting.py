"""Which candidates are labels: by a sure form, a repetition, or a likeness."""

from __future__ import annotations

from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.model.transcript import Role
from thematic.readers.speakers.doubts import doubtful_keys
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence
from thematic.readers.speakers.names import is_loud, is_name_shaped, is_stop, is_titled
from thematic.readers.speakers.roles import is_nobody, is_segment, names_a_role, told_by
from thematic.readers.speakers.shapes import STYLES, Style
from thematic.readers.speakers.slips import resembling
from thematic.readers.speakers.uncoloned import (
    FLOOR_OFFICE,
    accept_brackets,
    accept_floor,
    accept_loose,
    accept_questions,
    accept_tabbed,
)
from thematic.readers.speakers.vocabulary import STOP

SPEAKER_NUMBER = expression(
    r"(?i:unknown speaker|(?:speaker|sprecher|spk|participant)(?:[ _-]?\d{1,3}|[ _-][A-Z]{1,2}))"
)
_SHORT_CODE = expression(r"[A-Z]{1,2}[a-z]?|[A-Za-z]{1,12}[ _.#-]{0,2}\d{1,4}[a-z]?")
_LOWER_CODE = expression(r"[a-z]{1,3}")
_ROMAN = expression(r"ii|iii|iv|vi{0,3}")
_FEW = 0.1  # share of the places where a turn may begin
_FEW_OF_ONE = 0.3  # ... where one name alone stands there
_NEARLY_ALL = 0.8  # share of the places where a turn may begin


@dataclass(frozen=True)
class Accepted:
    """The keys that are labels, by the style in which they are, and those left out in doubt."""

    styles: dict[Style, set[str]]
    doubtful: set[str]


def accept(evidence: Evidence) -> Accepted:
    """The keys that are labels."""
    colon, doubtful = _accept_colon(evidence)
    accepted: dict[Style, set[str]] = {style: set() for style in STYLES}
    for style in COLON_STYLES:
        accepted[style] = colon
    marked = _keys(evidence, Style.MARKED)
    accepted[Style.MARKED] = colon | (marked if evidence.bold_are_people else set())
    loose = accept_loose(evidence)
    accepted[Style.LOOSE] = colon | loose
    doubtful |= _keys(evidence, Style.LOOSE) - loose - colon
    doubtful |= marked - accepted[Style.MARKED]
    accepted[Style.FLOOR] = accept_floor(evidence)
    accepted[Style.GAP] = accept_questions(evidence, Style.GAP, bool(colon))
    accepted[Style.COURT] = accept_questions(evidence, Style.COURT, False)
    accepted[Style.TAB] = accept_tabbed(evidence)
    if set().union(*accepted.values()) <= evidence.declared:  # no other label stands here
        accepted[Style.BRACKET] = accept_brackets(evidence)
    accepted[Style.BRACKET] |= _keys(evidence, Style.BRACKET) & (evidence.declared | colon)
    return Accepted(accepted, doubtful)


def _keys(evidence: Evidence, style: Style) -> set[str]:
    return {key for key in evidence.keys(style) if not is_stop(key)} | (
        {one.key for one in evidence.by_style[style]} & evidence.declared
    )


def _accept_colon(evidence: Evidence) -> tuple[set[str], set[str]]:
    """The keys that are labels with a colon, and those that would be but for a doubt."""
    keys = {key for key, style in evidence.counts if style in COLON_STYLES}
    sure = {key for key in keys if key in evidence.declared or _is_sure(key, evidence)}
    sure |= _short_codes(keys, evidence) | _small_letters(keys, evidence)
    rest = {k for k in keys - sure if not is_stop(k) and is_name_shaped(evidence.names[k])}
    slips = resembling(keys - sure, sure, evidence)  # before capitals, which are doubted
    if any(_is_loud_and_sure(key, evidence) for key in sure):
        sure |= {key for key in rest if evidence.names[key].isupper() and len(key) > 2}
    sure |= slips
    sure |= _single_voices(keys - sure, sure, evidence)
    small = _small_words(sure, evidence)
    sure -= small
    doubtful = doubtful_keys(sure, slips, evidence) | small
    doubtful = {key for key in doubtful if not is_segment(evidence.names[key])}
    if not sure:
        doubtful = {key for key in rest if is_loud(evidence.names[key])}
    sure -= doubtful
    if sure and _are_too_few(sure, evidence):
        return set(), doubtful | sure
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
    if name.isupper() and " " in name and key.startswith(FLOOR_OFFICE):
        return True
    return is_loud(name) and evidence.share >= _NEARLY_ALL


def _is_loud_and_sure(key: str, evidence: Evidence) -> bool:
    """Whether a label in capitals repeats or names a role, so that others may stand once."""
    name = evidence.names[key]
    repeats = evidence.count(key) > 1 or names_a_role(name) or is_titled(name)
    return name.isupper() and len(key) > 2 and (repeats or key.startswith(FLOOR_OFFICE))


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


def _small_words(keys: set[str], evidence: Evidence) -> set[str]:
    """Words in small letters that repeat (`much: ...`) where other labels have capitals."""
    small = {
        key
        for key in keys - evidence.declared
        if evidence.names[key].islower() and len(key) > 2 and not names_a_role(evidence.names[key])
    }
    count = sum(evidence.count(key) for key in small)
    return small if count < sum(evidence.count(key) for key in keys - small) else set()


def _are_too_few(keys: set[str], evidence: Evidence) -> bool:
    """Whether names without more evidence than a colon begin few paragraphs (`Kabul: ...`)."""
    if any(
        key in evidence.declared
        or told_by(evidence.names[key])
        or names_a_role(evidence.names[key])
        or is_titled(evidence.names[key])
        or evidence.names[key].isupper()
        or evidence.counts[key, Style.STAMPED]
        or evidence.counts[key, Style.MARKED]
        for key in keys
    ):
        return False
    if len(keys) == 1 and not any(is_name_shaped(evidence.names[key]) for key in keys):
        return True
    return evidence.share < (_FEW if len(keys) > 1 else _FEW_OF_ONE)


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
