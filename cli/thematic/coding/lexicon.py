"""What the language libraries say of one codebook's language and words, asked at most once.

Importing spaCy and lemminflect takes longer than coding a study. What they said can be kept
as plain data (`to_data`), so that the next run asks nothing; it holds the codebook's words
only, never a transcript's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from thematic.coding import language as libraries
from thematic.model.nouns import dataclass


@dataclass
class Lexicon:
    """Answers of the language libraries for one language.

    Args:
        language: as the codebook names it.
    """

    language: str
    _forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _abbreviations: frozenset[str] | None = None
    _has_data: bool | None = None
    asked: bool = False  # whether the libraries were asked for anything since it was made

    def forms(self, word: str) -> tuple[str, ...]:
        """The word and every inflected form of it, sorted; see `language.forms`."""
        if word not in self._forms:
            if not libraries.inflects(self.language):
                return (word,)
            self.asked = True
            self._forms[word] = libraries.forms(word, self.language)
        return self._forms[word]

    @property
    def abbreviations(self) -> frozenset[str]:
        """Words with a full stop that do not end a sentence."""
        if self._abbreviations is None:
            self.asked = True
            self._abbreviations = libraries.abbreviations(self.language)
        return self._abbreviations

    @property
    def has_data(self) -> bool:
        """Whether spaCy has data for the language."""
        if self._has_data is None:
            self.asked = True
            self._has_data = libraries.has_data(self.language)
        return self._has_data

    def to_data(self) -> dict[str, Any]:
        """All answers so far as JSON values; the same answers give the same data."""
        return {
            "language": self.language,
            "forms": {word: list(forms) for word, forms in sorted(self._forms.items())},
            "abbreviations": sorted(self._abbreviations or ()),
            "has_abbreviations": self._abbreviations is not None,
            "has_data": self._has_data,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """A lexicon that knows what another one was told.

        Raises:
            ValueError: this is not what `to_data` gives.
        """
        try:
            forms = {str(word): tuple(map(str, known)) for word, known in data["forms"].items()}
            short = frozenset(map(str, data["abbreviations"]))
            has_data = data["has_data"]
            if has_data not in (None, True, False):
                raise ValueError("has_data is neither true nor false")
            known = short if data["has_abbreviations"] is True else None
            return cls(str(data["language"]), forms, known, has_data)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a lexicon") from error
