"""Which role a speaker's label tells."""

from __future__ import annotations

import re
from functools import lru_cache

from thematic.model.study import Speakers
from thematic.model.transcript import Role

_INTERVIEWERS = (
    r"interviewer(?:in|s)?|intervieweur|intervieweuse|entrevistador|entrevistadora|int|intv|iv|ir"
    r"|i|q|question|questioner|moderator(?:in)?|mod|facilitator|researcher|host|co-?host"
    r"|chair|chairman|chairwoman|chairperson|presenter|interrogator"
)
_HELPERS = (
    r"interpreter|translator|dolmetscher(?:in)?|operator|narrator|announcer|voice-?over"
    r"|transcriber|transcriptionist|note-?taker"
)
_NO_PEOPLE = r"break|ad break|jingle|music|theme music|sponsor|more info"
_RESPONDENTS = (
    r"respondent|participant|interviewee|expert|informant|subject|answer|a|r|p|befragter|befragte"
    r"|teilnehmer|teilnehmerin|speaker|witness|patient|client|student|focus group"
)
_SUFFIX = r"(?:[ _.#-]?(?:\d{1,4}|[A-Z]{1,3}))?(?:[ ]?[(\[][^()\[\]]{1,40}[)\]])?"


def _shape(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the[ ])?(?i:{words}){_SUFFIX}\.?")


_INTERVIEWER = _shape(_INTERVIEWERS)
_HELPER = _shape(_HELPERS)
_OTHER = _shape(f"{_HELPERS}|{_NO_PEOPLE}")
_RESPONDENT = _shape(_RESPONDENTS)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]\Z")


@lru_cache(maxsize=4096)
def key_of(label: str) -> str:
    """The label as it is compared: white space collapsed, case ignored."""
    return " ".join(label.split()).casefold()


@lru_cache(maxsize=4096)
def role_of(label: str, speakers: Speakers) -> Role:
    """The role of a speaker: what the user said, else what the label says itself.

    A named speaker whose label says nothing is a respondent; no name, no role.
    """
    if not label:
        return Role.NONE
    key = key_of(label)
    declared = (
        (speakers.interviewer, Role.INTERVIEWER),
        (speakers.respondent, Role.RESPONDENT),
        (speakers.other, Role.OTHER),
    )
    for labels, role in declared:
        if any(key == key_of(one) for one in labels):
            return role
    return _told_by(label) or Role.RESPONDENT


def _told_by(label: str) -> Role | None:
    inner = _IN_BRACKETS.search(label)
    for text in (label, inner.group(1).strip() if inner else ""):
        if _INTERVIEWER.fullmatch(text):
            return Role.INTERVIEWER
        if _OTHER.fullmatch(text):
            return Role.OTHER
    return None


def names_a_role(label: str) -> bool:
    """Whether the label is a role word such as Interviewer or Participant 3.

    Single letters are left out, for `I` and `A` begin too many sentences to be sure of, and
    so are `Break` and the like, which are no people.
    """
    if len(label) < 3:
        return False
    shapes = (_INTERVIEWER, _HELPER, _RESPONDENT)
    inner = _IN_BRACKETS.search(label)
    texts = (label, inner.group(1).strip()) if inner else (label,)
    return any(shape.fullmatch(text) for shape in shapes for text in texts if len(text) > 2)


def declared_keys(speakers: Speakers) -> frozenset[str]:
    """Keys of every label the user gave a role."""
    return frozenset(
        key_of(one) for one in (*speakers.interviewer, *speakers.respondent, *speakers.other)
    )
