"""Texts that write all their labels with another sign than a colon: `Interviewer - words`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from thematic.model.transcript import Role
from thematic.readers.speakers.evidence import Evidence, begins, is_free
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.roles import is_code, names_a_role, told_by
from thematic.readers.speakers.shapes import Candidate, Named
from thematic.readers.speakers.signs import CLEAR_SIGNS, DASH, STOP_SIGN, THIN, WEAK_SIGNS

_MOST = 0.6  # share of the paragraphs that begin so where one of the names asks
_SOME = 0.3  # ... with a sign that is rare in prose
_NEARLY_ALL = 0.8  # ... where none of them says that it asks
_MOST_NAMES = 12  # speakers of a text; more are a list
_ASKING_SIGNS = frozenset((STOP_SIGN, ")", THIN))  # these need one that asks
_ROMAN = frozenset(("ii", "iii", "vi"))


def labels_by_sign(
    signed: Sequence[Candidate], found: Sequence[Candidate], evidence: Evidence
) -> list[Candidate]:
    """The labels of a text that writes (nearly) all of them with other signs.

    Args:
        signed: names with another sign.
        found: the labels with a colon and the like.
        evidence: what the candidates add up to.
    """
    lines = evidence.lines
    taken = {one.line for one in found}
    places = [
        one
        for one in signed
        if one.line not in taken
        and (begins(lines, one.line, evidence.skipped) or is_free(lines, one.line))
    ]
    signs = sorted({one.sign for one in places})
    clear = frozenset(sign for sign in signs if sign in CLEAR_SIGNS or sign == DASH)
    for some in (*({sign} for sign in signs), clear):
        alike = [one for one in places if one.sign in some]
        keys = _keys_of_signs(alike, evidence, taken) if len(alike) > 1 else set()
        if keys:
            known = places if some & WEAK_SIGNS else signed  # clear ones anywhere, as with a colon
            return [one for one in known if one.key in keys and one.sign in some]
    return []


def may_be_labels(signed: Sequence[Named]) -> bool:
    """Whether `labels_by_sign` finds any among such names in some text; exact if it says no.

    Two names at least must repeat or be a code, with signs that need nobody who asks unless
    one of them does.
    """
    if len(signed) < 2:
        return False
    asks = any(told_by(one.name) is Role.INTERVIEWER for one in signed)
    found = [one for one in signed if asks or one.sign not in _ASKING_SIGNS]
    counts = Counter(one.key for one in found)
    return len({one.key for one in found if counts[one.key] > 1 or is_code(one.name)}) > 1


def _keys_of_signs(
    alike: Sequence[Candidate], evidence: Evidence, taken: Collection[int]
) -> set[str]:
    """The keys that are labels among places with the same sign, or with any clear sign."""
    counts = Counter(one.key for one in alike)
    names = {one.key: one.name for one in alike}
    if _ROMAN & counts.keys():
        return set()
    keys = {k for k, name in names.items() if not is_stop(k) and (counts[k] > 1 or is_code(name))}
    if len(keys) < 2 or len(keys) > _MOST_NAMES or _is_list(keys, counts):
        return set()
    roles = {key: told_by(names[key]) for key in keys}
    asks = Role.INTERVIEWER in roles.values()
    weak = any(one.sign in _ASKING_SIGNS for one in alike)
    if None not in roles.values():
        return set()
    if not asks and (weak or not all(counts[key] > 1 for key in keys)):
        return set()
    total = sum(counts[key] for key in keys)
    if total < 3 and not all(names_a_role(names[key]) for key in keys):
        return set()
    least = _NEARLY_ALL if not asks else _MOST if weak else _SOME
    if total < least * _starts(total, evidence, taken):
        return set()
    if weak or len(alike) < _NEARLY_ALL * _starts(len(alike), evidence, taken):
        return keys
    return keys | {one.key for one in alike if _may_speak_once(one, evidence)}


def _may_speak_once(one: Candidate, evidence: Evidence) -> bool:
    """`Anna - Yes.` in a text of such turns, but not `The Taliban - and I know them - ...`."""
    lower = evidence.lines.text[one.end : one.end + 1].islower()
    named = is_name_shaped(one.name) and not one.key.startswith("the ")
    return named and not is_stop(one.key) and not lower


def _is_list(keys: Collection[str], counts: Mapping[str, int]) -> bool:
    """Whether the names are letters that stand once each: a) b) c) ... i)."""
    return max(map(len, keys)) == 1 and max(counts[key] for key in keys) == 1


def _starts(total: int, evidence: Evidence, taken: Collection[int]) -> int:
    """Paragraphs, or lines where each line is a turn, that begin with no other label."""
    blocks = [b for b in evidence.lines.blocks(evidence.skipped) if b[0] not in taken]
    filled = sum(len(block) for block in blocks)
    return filled if total * 2 >= filled and total >= 2 * len(blocks) else len(blocks)
