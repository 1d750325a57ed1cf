"""What people do with a transcript: code it, decide on suggestions, write memos."""

from __future__ import annotations

from enum import StrEnum

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

CONTEXT = 32  # characters kept on each side of a passage, to find it again


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a transcript, with the words by which it is found where positions moved."""

    transcript: str  # ID
    span: Span  # in the text as it was when the passage was marked
    quote: str  # the exact words
    before: str = ""  # up to CONTEXT characters before it
    after: str = ""  # up to CONTEXT characters after it


class Verdict(StrEnum):
    """What a person decided about a coding that a rule suggests, or that is missing."""

    ACCEPT = "accept"
    REJECT = "reject"
    RECODE = "recode"  # another code holds
    EXTEND = "extend"  # the code holds on another stretch
    ADD = "add"  # the code holds, and no rule suggested it


@dataclass(frozen=True, slots=True)
class PersonCoding:
    """One code on one passage by one person; `note` is what they wrote beside it."""

    passage: Passage
    code: str  # path
    coder: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's verdict on one code at one passage.

    The passage is the unit that was judged, so that the verdict holds for every mention of
    the code in it. `into` is the other code of a recode, `onto` the new stretch of an extend.
    """

    passage: Passage
    code: str
    verdict: Verdict
    coder: str
    into: str = ""
    onto: Passage | None = None
    note: str = ""


class About(StrEnum):
    """What a memo is tied to."""

    STUDY = "study"
    TRANSCRIPT = "transcript"
    TURN = "turn"
    CODE = "code"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Memo:
    """A remark of one person; `target` is an ID, `ID#turn` or a code's path, as `about` says."""

    text: str
    coder: str
    about: About = About.STUDY
    target: str = ""
    passage: Passage | None = None


class Wish(StrEnum):
    """What a person said of a quote that was shown to them for approval."""

    APPROVE = "approve"
    CHANGE = "change"  # the words may not be printed as they stand
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person quoted said of one quote; `coder` is who recorded it.

    `wording` is what may stand in the place of the words, of a change; it may be empty.
    """

    passage: Passage
    wish: Wish
    coder: str
    wording: str = ""
    note: str = ""


Act = PersonCoding | Decision | Memo | Reply


@dataclass(frozen=True, slots=True)
class Relocation:
    """A passage that was found at another place, after its transcript had been corrected.

    It holds for everything anybody did with the passage. `how` says in a word how it was
    found (`review.anchoring.How`).
    """

    was: Passage
    now: Passage
    how: str


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded act, the undoing of an earlier event, or a passage that was found elsewhere.

    Nothing recorded ever changes.

    Args:
        number: 1-based, in the order of recording.
        time: UTC, ISO 8601 with seconds, as the recorder's clock said.
        coder: who did it.
        act: what was done; None where `undoes` names the event that no longer holds, or
            `moved` a passage and its new place.
        definition: hash of the code's definition as it was then; "" where no code is in it.
        source: the file it came from, such as `sample-AK.xlsx`; "" = the command line.
    """

    number: int
    time: str
    coder: str
    act: Act | None
    undoes: int = 0
    definition: str = ""
    source: str = ""
    moved: Relocation | None = None
