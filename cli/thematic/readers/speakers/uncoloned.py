"""Which candidates without a colon are labels: stamps, `Q.`, tabs, brackets, the floor."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from thematic.model.transcript import Role
from thematic.readers.speakers.evidence import Evidence
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.shapes import Style

FLOOR_OFFICE = "the "
_BRACKET_ID = re.compile(r"[^\W\d_]{1,12}[ _-]?\d{1,5}[a-z]?")
_MOST_BACK = 0.1  # share of stamps that go back: two recordings in one file
_LATEST_START = 120  # seconds; later ones are sooner verses
_NEARLY_ALL = 0.8  # share of the places where a turn may begin


def accept_loose(evidence: Evidence) -> set[str]:
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
    places = [one for one in evidence.by_style[Style.LOOSE] if one.key in keys]
    times = [one.time for one in places if one.time is not None]
    back = sum(after < before for before, after in pairwise(times))
    text = evidence.lines.text
    short = all(text.count(":", one.start, one.end) == 1 for one in places)
    late = bool(times) and times[0] > _LATEST_START and not evidence.stamped_share
    return back > _MOST_BACK * len(times) or (short and late)


def accept_floor(evidence: Evidence) -> set[str]:
    """`Mr. KIRK.` once; `The PRESIDING OFFICER.` beside another or twice."""
    counts = {key: n for (key, style), n in evidence.counts.items() if style is Style.FLOOR}
    return {
        key
        for key, count in counts.items()
        if not key.startswith(FLOOR_OFFICE) or count > 1 or len(counts) > 1
    }


def accept_questions(evidence: Evidence, style: Style, others: bool) -> set[str]:
    """Q and A without a colon, also Q1: never A alone, which begins lists and sentences too."""
    keys = {key for key in evidence.keys(style) if key[0] in "qa"}
    questions = sum(evidence.counts[key, style] for key in keys if key[0] == "q")
    answers = sum(evidence.counts[key, style] for key in keys if key[0] == "a")
    if not questions or (questions < 2 and not answers and not others):
        return set()
    return keys


def accept_tabbed(evidence: Evidence) -> set[str]:
    """Labels with a tab behind them, where most paragraphs begin so and one of them asks."""
    found = evidence.by_style[Style.TAB]
    counts = Counter(one.key for one in found if not is_stop(one.key))
    asks = any(told_by(one.name) is Role.INTERVIEWER for one in found)
    enough = sum(counts.values()) >= 0.6 * evidence.starts
    return set(counts) if asks and len(counts) >= 2 and enough else set()


def accept_brackets(evidence: Evidence) -> set[str]:
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
