"""Which candidates are labels: by a sure form, a repetition, or a likeness."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from thematic.model.transcript import Role
from thematic.readers.speakers.doubts import doubtful_keys
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence
from thematic.readers.speakers.names import is_name_shaped, is_stop, is_titled
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.shapes import Style
from thematic.readers.speakers.slips import resembling

SPEAKER_NUMBER = re.compile(
    r"(?i:speaker|sprecher|unknown speaker|spk|participant)[ _]?[\dA-Z]{1,3}"
)
_SHORT_CODE = re.compile(r"[A-Z]{1,2}[a-z]?|[A-Za-z]{1,12}[ _-]?\d{1,4}[a-z]?")
_BRACKET_ID = re.compile(r"[^\W\d_]{1,12}[ _-]?\d{1,5}[a-z]?")
_FLOOR_OFFICE = "the "


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
    accepted[Style.MARKED] = colon | _keys(evidence, Style.MARKED)
    accepted[Style.LOOSE] = colon | _accept_loose(evidence)
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
    sure |= _short_codes(keys, evidence)
    rest = {k for k in keys - sure if not is_stop(k) and is_name_shaped(evidence.names[k])}
    if any(evidence.names[key].isupper() for key in sure if len(key) > 2):
        sure |= {key for key in rest if evidence.names[key].isupper() and len(key) > 2}
    slips = resembling(rest - sure, sure, evidence)
    sure |= slips
    sure |= _single_voices(keys - sure, sure, evidence)
    doubtful = doubtful_keys(sure, slips, evidence)
    return sure - doubtful, doubtful


def _is_sure(key: str, evidence: Evidence) -> bool:
    """Whether a key is a label by its own evidence, without looking at the others."""
    name, count = evidence.names[key], evidence.count(key)
    if is_stop(key):
        return False
    if names_a_role(name) or SPEAKER_NUMBER.fullmatch(name) or evidence.counts[key, Style.MARKED]:
        return True
    if not is_name_shaped(name):
        return count >= 3 and evidence.share >= 0.5
    if count >= evidence.enough or evidence.counts[key, Style.STAMPED]:
        return True
    return is_titled(name) or (name.isupper() and " " in name)


def _short_codes(keys: set[str], evidence: Evidence) -> set[str]:
    """I and R, P1 and P2: sure as a pair where most paragraphs begin with one.

    One alone (`I:` and then `Rosa:`) is sure beside a name where nearly all begin so.
    """
    codes = {key for key in keys if _SHORT_CODE.fullmatch(evidence.names[key])}
    named = any(is_name_shaped(evidence.names[k]) and not is_stop(k) for k in keys - codes)
    if len(codes) >= 2:
        return codes if evidence.share >= 0.5 else set()
    return codes if named and evidence.share >= 0.9 else set()


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
    """Stamped names without a colon: twice, or where most paragraphs look so."""
    keys = {key for key in evidence.keys(Style.LOOSE) if not is_stop(key)}
    total = sum(evidence.counts[key, Style.LOOSE] for key in keys)
    if total >= 2 and total >= 0.5 * evidence.starts:
        return {key for key in keys if is_name_shaped(evidence.names[key])}
    return {key for key in keys if evidence.counts[key, Style.LOOSE] >= 2}


def _accept_floor(evidence: Evidence) -> set[str]:
    """`Mr. KIRK.` once; `The PRESIDING OFFICER.` beside another or twice."""
    counts = {key: n for (key, style), n in evidence.counts.items() if style is Style.FLOOR}
    return {
        key
        for key, count in counts.items()
        if not key.startswith(_FLOOR_OFFICE) or count > 1 or len(counts) > 1
    }


def _accept_questions(evidence: Evidence, style: Style, others: bool) -> set[str]:
    """Q and A without a colon: never A alone, which begins lists and sentences too."""
    questions = evidence.counts["q", style]
    answers = evidence.counts["a", style]
    if not questions or (questions < 2 and not answers and not others):
        return set()
    return {"q", "a"}


def _accept_tabbed(evidence: Evidence) -> set[str]:
    """Labels with a tab behind them, where most paragraphs begin so and one of them asks."""
    counts = Counter(one.key for one in evidence.candidates if one.style is Style.TAB)
    keys = {key for key in counts if not is_stop(key)}
    total = sum(counts[key] for key in keys)
    asks = any(told_by(key) is Role.INTERVIEWER for key in keys)
    return keys if asks and len(keys) >= 2 and total >= 0.6 * evidence.starts else set()


def _accept_brackets(evidence: Evidence) -> set[str]:
    """[id1] beside another or twice; [Anna] twice; a bare number is a footnote."""
    counts = {key: n for (key, style), n in evidence.counts.items() if style is Style.BRACKET}
    names = {key: n for key, n in counts.items() if not key.strip(" .").isdigit()}
    with_digit = {key for key in names if _BRACKET_ID.fullmatch(key)}
    twice = {key for key, count in names.items() if count >= 2 and not is_stop(key)}
    return twice | with_digit if len(with_digit) >= 2 else twice
