"""Words before a colon that are rare and sooner prose than a speaker (`NATO: they ...`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thematic.errors import Problem, Severity
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence, begins
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.shapes import Candidate, Style

_MOST_NOTES = 5  # a file
_MOST_ACRONYMS = 2  # more capitals that stand once are people: a list of speakers
_MOST_RARE = 3  # times
_MOST_LEAD = 0.8  # share of labels that begin a paragraph where that is usual
_EVERY_TURN = 0.99  # share of paragraphs with a label where no turn has two of them
_MOST_LOWER = 0.3  # share of turns that begin with a small letter where that is unusual


def doubtful_keys(accepted: set[str], slips: set[str], evidence: Evidence) -> set[str]:
    """Those accepted keys that are rare and look like the middle of somebody's words.

    A wrong speaker in a well labelled text is worse than a voice that is missed, so it is
    enough that the key stands below running words, or stands once and begins with `the`, is
    a lone word in capitals, or is followed by a small letter where turns begin with a capital.
    Where every paragraph has a label, a lone word in capitals is sooner one as well.
    """
    possible = accepted - slips - evidence.declared
    rare = {
        one.key: one
        for one in evidence.candidates
        if one.key in possible and _is_rare(one, evidence)
    }
    once = {key: one for key, one in rare.items() if evidence.totals[key] == 1}
    settled = accepted - set(once)
    if not any(_answers(key, evidence) for key in settled):
        return set()
    if len(settled) < 2:
        return once.keys() - evidence.first
    leading = settled - (rare.keys() - evidence.first)
    inside = (rare if _lead(leading, evidence) else once).keys() - evidence.first
    acronyms = {key for key, one in once.items() if one.name.isupper() and " " not in one.name}
    people = len(acronyms) > _MOST_ACRONYMS or evidence.share >= _EVERY_TURN
    few = set() if people else acronyms
    return inside | few | _begun_like_prose(once, settled, evidence)


def _is_rare(one: Candidate, evidence: Evidence) -> bool:
    if one.style is not Style.COLON or evidence.totals[one.key] > _MOST_RARE:
        return False
    is_code = len(one.key) <= 2 or any(sign.isdigit() for sign in one.key)
    return not is_code and not names_a_role(one.name)


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
    lower = sum(text[one.end : one.end + 1].islower() for one in usual)
    indented = sum(_is_indented(one, text) for one in usual)
    return {
        key
        for key, one in once.items()
        if (key.startswith("the ") and not one.name.isupper())
        or (text[one.end : one.end + 1].islower() and lower < _MOST_LOWER * len(usual))
        or (_is_indented(one, text) and indented < _MOST_LOWER * len(usual))
    }


def _is_indented(one: Candidate, text: str) -> bool:
    return text[one.start : one.start + 1] in (" ", "\t")


def doubt_notes(doubtful: set[str], standing: set[str], evidence: Evidence) -> Iterator[Problem]:
    """A note for each name that stands once where a turn may begin and is read as words.

    At most five a file. Nothing is noted where no label stands at all.
    """
    notes = 0
    for one in evidence.candidates:
        if notes == _MOST_NOTES or not standing:
            return
        if one.key in doubtful or _might_be(one, standing, evidence):
            notes += 1
            where = "once" if evidence.totals[one.key] == 1 else "only within paragraphs"
            message = f"{one.name + ':'!r} looks like a label but stands {where}; read as words"
            hint = "if somebody speaks here, name the label under speakers: in study.yaml"
            yield Problem("", one.line + 1, message, hint, Severity.NOTE)


def _might_be(one: Candidate, standing: set[str], evidence: Evidence) -> bool:
    return (
        one.style in COLON_STYLES
        and one.key not in standing
        and evidence.totals[one.key] == 1
        and (one.key in evidence.first or one.line in evidence.free)
        and len(one.key) > 2
        and is_name_shaped(one.name)
        and not is_stop(one.key)
        and not is_stop(one.key.split()[0])
        and not one.key.startswith("the ")
    )
