"""Notes on what looks like a label and is read as words."""

from __future__ import annotations

from collections.abc import Iterator

from thematic.errors import Problem, Severity
from thematic.model.labels import key_of
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.shapes import Candidate, Style

_MOST_NOTES = 5  # a file


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
