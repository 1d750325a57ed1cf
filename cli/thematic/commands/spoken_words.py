"""The words of counted turns, for those who compare words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thematic.errors import UsageError
from thematic.model.coding import Codings

if TYPE_CHECKING:
    from thematic.analysis.keyness import Word


def spoken_words(codings: Codings) -> dict[str, list[Word]]:
    """By transcript, each word of its counted turns with its place, in text order.

    Raises:
        UsageError: the language is written without blanks.
    """
    from thematic.coding.words import TurnWords

    if codings.counted_in != "words":
        raise UsageError(
            "keyness compares words, and this language is written without blanks",
            "leave --keyness away",
        )
    language = codings.codebook.language
    return {
        source.transcript.id: [
            word
            for turn in source.transcript.turns
            if turn.number in source.counted_turns
            for word in TurnWords(source.transcript, turn, language).spelled()
        ]
        for source in codings.transcripts
    }
