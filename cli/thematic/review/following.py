"""Coded passages of one version of transcripts, found again in another: one way for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from thematic.model.nouns import dataclass
from thematic.model.people import Passage
from thematic.review.anchoring import Anchored, How, anchored, passage_at


@dataclass
class Followed:
    """One passage, the codes on it, and where it stands in the other version.

    Args:
        was: in the version it was coded in.
        found: where it stands now, and how it was found.
        now: the same with its words; None where it stands nowhere.
        codes: each once, in order.
    """

    was: Passage
    found: Anchored
    now: Passage | None = None
    codes: list[str] = field(default_factory=list)


def followed(
    passages: Iterable[tuple[Passage, str]], texts: Mapping[str, str]
) -> dict[Passage, Followed]:
    """Coded passages with where they stand in other versions of their transcripts.

    Args:
        passages: each with a code on it; the same passage may come again with another code.
        texts: transcript ID -> its text in the other version; a passage of a transcript that
            is not among them is absent.
    """
    found: dict[Passage, Followed] = {}
    for passage, code in passages:
        if passage not in found:
            text = texts.get(passage.transcript)
            found[passage] = _one(passage, text)
        if code not in found[passage].codes:
            found[passage].codes.append(code)
    return found


def _one(passage: Passage, text: str | None) -> Followed:
    if text is None:
        return Followed(passage, Anchored(None, How.ABSENT))
    place = anchored(passage, text)
    now = None if place.span is None else passage_at(passage.transcript, text, place.span)
    return Followed(passage, place, now)
