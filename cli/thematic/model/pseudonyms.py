"""Names, what stands in their place, and where: the nouns of `thematic pseudonymise`."""

from __future__ import annotations

from enum import StrEnum

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

KEEP = "keep"  # the kind of a name that stays as it is
PERSON = "person"
NAMED_KINDS = (PERSON, "place", "organisation", "other")

CAPITAL = "a capital within a sentence"  # a weak reason to doubt
NOUN = "a capital as German nouns have"  # the weakest


class Origin(StrEnum):
    """Where a name is known from."""

    LIST = "list"
    LABEL = "label"
    CASE = "case"  # of a table of attributes
    MODEL = "model"
    SHARED = "shared"  # a part of several persons' names
    PATTERN = "pattern"  # of identifiers such as e-mail addresses


@dataclass(frozen=True, slots=True)
class Named:
    """One name and its pseudonym.

    Args:
        name: as it was first met.
        pseudonym: `PERSON-1`, or what the user chose.
        kind: person, place, organisation, other, a kind of identifier, or KEEP.
        variants: other ways in which the same is written.
        origin: where the name is known from.
        chosen: whether the user chose the pseudonym; then no brackets mark it.
        only_labels: a label that is an ordinary word too, replaced as a label alone.
    """

    name: str
    pseudonym: str
    kind: str = PERSON
    variants: tuple[str, ...] = ()
    origin: Origin = Origin.LIST
    chosen: bool = False
    only_labels: bool = False

    @property
    def in_talk(self) -> str:
        """How the pseudonym is written within what was said."""
        return self.pseudonym if self.chosen else f"[{self.pseudonym}]"


@dataclass(frozen=True, slots=True)
class Found:
    """One place of a text where a name stands."""

    span: Span
    named: Named


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that may be a name and were not replaced, at one place of one transcript."""

    text: str
    reason: str
    transcript: str  # its new ID
    turn: int


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a name was replaced."""

    named: Named
    transcript: str  # its new ID
    turn: int


@dataclass(frozen=True, slots=True)
class Written:
    """How one transcript was written, to be put back.

    Args:
        id: of the transcript before.
        new_id: its ID in the pseudonymised study.
        file: its name below the folder.
        sha256: of the file.
        original_sha256: of the file that restoring gives.
        places: start in the file, what stands there, what stood there.
        whole: the file that restoring gives, where the places alone do not give it.
    """

    id: str
    new_id: str
    file: str
    sha256: str
    original_sha256: str
    places: tuple[tuple[int, str, str], ...] = ()
    whole: str | None = None


@dataclass(frozen=True)
class Key:
    """What leads from pseudonyms back to names."""

    names: tuple[Named, ...] = ()
    transcripts: tuple[Written, ...] = ()  # of every folder that was written with this key

    def of(self, file: str, sha256: str) -> Written | None:
        """How a file was written: of these very bytes, else the last one of its name."""
        named = [one for one in self.transcripts if one.file == file]
        same = [one for one in named if one.sha256 == sha256]
        return next(reversed(same or named), None)
