"""A study: what is expected, what its transcripts are, and what people consented to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import cache

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span


class Status(StrEnum):
    """Whether the transcripts are real or invented; UNSTATED prints nothing."""

    REAL = "real"
    INVENTED = "invented"
    UNSTATED = ""


class Consent(StrEnum):
    """What a person allowed to be done with their words."""

    NAMED = "named"
    ROLE_ONLY = "role only"
    BACKGROUND = "background"
    NO_QUOTATION = "no quotation"

    @classmethod
    @cache
    def understood(cls, written: str) -> Consent | None:
        """The consent that a cell names; None where it is empty.

        What is written and not understood is taken for no consent to quotation.
        """
        plain = " ".join(written.casefold().replace("-", " ").replace("_", " ").split()).strip(" .")
        if not plain:
            return None
        return cls(plain) if plain in set(cls) else cls.NO_QUOTATION

    @property
    def may_quote(self) -> bool:
        """Whether words may be printed: background talk informs, it is not quoted."""
        return self in (Consent.NAMED, Consent.ROLE_ONLY)


@dataclass(frozen=True, slots=True)
class Restriction:
    """Words that may not be printed as they stand, for the person quoted said so of them."""

    span: Span
    withdrawn: bool = True  # else the wording is to change
    wording: str = ""  # what the person gave in its place


@dataclass(frozen=True, slots=True)
class Speakers:
    """What the user said of labels, which are compared by their keys (`model.labels`).

    Hashable, for roles are remembered by label and settings.
    """

    interviewer: tuple[str, ...] = ()
    respondent: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    exclude: tuple[str, ...] | None = None  # None = as the codebook says
    merge: tuple[tuple[str, str], ...] = ()  # (label as written, label it is read as)
    transcripts: tuple[tuple[str, Speakers], ...] = ()  # by ID; what is said there wins


@dataclass(frozen=True, slots=True)
class Study:
    """What study.yaml declares; everything has a default."""

    name: str = ""
    title: str = ""
    status: Status = Status.UNSTATED
    codebook: str = ""  # a file beside study.yaml, or the name of a shipped codebook
    transcripts: tuple[str, ...] = ()
    attributes: str = ""
    expected: Mapping[str, int] = field(default_factory=dict)
    unit: str = ""  # "" = as the codebook says
    consent: Consent | None = None  # for transcripts whose attributes name none
    speakers: Speakers = Speakers()
    show_attributes: tuple[str, ...] = ()  # what citations may show
    # By transcript ID, as people replied; from the study's log, not from study.yaml.
    restrictions: Mapping[str, tuple[Restriction, ...]] = field(default_factory=dict)
