"""Everything that knows a language: spaCy's only door into the project."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import cache
from typing import Any

from thematic.coding.abbreviations import recorded_abbreviations
from thematic.coding.characters import WITHOUT_BLANKS, letter_pattern, token_pattern
from thematic.coding.inflections import inflections
from thematic.errors import NotInstalled, did_you_mean
from thematic.model.nouns import dataclass

ENGLISH_CUES = (
    "no",
    "not",
    "never",
    "none",
    "nobody",
    "nothing",
    "nowhere",
    "neither",
    "nor",
    "without",
    "cannot",
    "*n't",
)
_MATCHER_NAMES = (
    "ORTH TEXT NORM LOWER LENGTH IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE IS_PUNCT "
    "IS_SPACE IS_STOP IS_SENT_START SENT_START LIKE_NUM LIKE_URL LIKE_EMAIL SPACY POS TAG MORPH "
    "DEP LEMMA SHAPE ENT_TYPE ENT_IOB ENT_ID ENT_KB_ID PREFIX SUFFIX IS_BRACKET IS_QUOTE "
    "IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY IS_OOV LANG OP _"
).split()
_NEEDS_MODEL = ("LEMMA", "POS", "TAG", "DEP", "MORPH", "ENT_TYPE", "ENT_IOB", "ENT_ID", "ENT_KB_ID")


@cache
def primary(language: str) -> str:
    """The language of a code with or without a region: en-US is en."""
    return language.partition("-")[0].casefold()


@cache
def abbreviations(language: str) -> frozenset[str]:
    """Words with a full stop that do not end a sentence, from spaCy's language data.

    Without the single small letters, which spaCy lists for every language: "plan b." ends.
    """
    known = recorded_abbreviations(primary(language))
    return told_abbreviations(language) if known is None else known


def told_abbreviations(language: str) -> frozenset[str]:
    """`abbreviations`, as spaCy itself tells them."""
    exceptions = _data(language).Defaults.tokenizer_exceptions
    return frozenset(word for word in exceptions if word.endswith(".") and len(word) > 2)


@cache
def forms(word: str, language: str) -> tuple[str, ...]:
    """The word and every inflected form of it in any part of speech, sorted.

    English only (lemminflect); a word the library does not know, and any word of another
    language, stands for itself.
    """
    if not inflects(language):
        return (word,)
    known = inflections()(word.lower())
    return tuple(sorted({word, *(form for found in known.values() for form in found)}))


def inflects(language: str) -> bool:
    """Whether `lemma` rules find inflected forms in this language."""
    return primary(language) == "en"


@cache
def _data(language: str) -> Any:
    """The class with spaCy's data for a language; a pipeline of it takes long to make."""
    from spacy.util import get_lang_class

    try:
        return get_lang_class(primary(language))
    except ImportError:
        return get_lang_class("xx")


@cache
def _blank(language: str) -> Any:
    """The data of spaCy for a language, or for none in particular where it has none here."""
    import spacy

    try:
        nlp = spacy.blank(primary(language))
    except ImportError:
        nlp = spacy.blank("xx")
    nlp.max_length = sys.maxsize
    return nlp


def has_data(language: str) -> bool:
    """Whether spaCy has data for the language."""
    if recorded_abbreviations(primary(language)) is not None:
        return True
    return bool(_data(language).lang == primary(language))


def has_tokens(language: str) -> bool:
    """Whether spaCy can read the language: some need a package of their own."""
    return bool(_blank(language).lang == primary(language))


@cache
def pipeline(language: str, model: str) -> Any:
    """SpaCy's own tokenizer for a language, or an installed trained pipeline."""
    if not model:
        return _blank(language)
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise NotInstalled(
            f"the spaCy pipeline {model!r} is not installed",
            f"install it first, for example: python -m spacy download {model}",
        ) from error
    nlp.max_length = sys.maxsize  # turns are cut before they get that long
    return nlp


@dataclass
class Words:
    """The word rule as a spaCy vocabulary: one token per run of letters or other character.

    One instance serves one codebook; Docs made by it can be matched by its matchers.
    """

    language: str
    vocab: Any = field(init=False)

    def __post_init__(self) -> None:
        from spacy.vocab import Vocab

        self.vocab = Vocab()

    def doc(self, folded: str, places: Sequence[tuple[int, int]]) -> Any:
        """A Doc of a folded text whose token i is folded[slice(*places[i])]."""
        from spacy.tokens import Doc

        words = [folded[start:end] for start, end in places]
        blanks = [folded[end : end + 1] == " " for _, end in places]
        return Doc(self.vocab, words=words, spaces=blanks)

    def tokens(self, folded: str) -> list[tuple[int, int]]:
        """The ranges of a folded text's tokens."""
        unbroken = primary(self.language) in WITHOUT_BLANKS
        pattern = letter_pattern() if unbroken else token_pattern()
        return [match.span() for match in pattern.finditer(folded)]

    def phrase_matcher(self) -> Any:
        """An empty PhraseMatcher over the exact folded words."""
        from spacy.matcher import PhraseMatcher

        return PhraseMatcher(self.vocab, attr="ORTH")

    def matcher(self) -> Any:
        """An empty Matcher over the folded words."""
        from spacy.matcher import Matcher

        return Matcher(self.vocab)


@dataclass
class TokenRules:
    """spaCy Matcher patterns over spaCy's own tokens (`tokens` rules)."""

    language: str
    model: str = ""
    _matcher: Any = field(init=False, default=None)

    def add(self, key: int, pattern: Sequence[Any]) -> str:
        """Take up one pattern; gives what is wrong with it, or an empty text."""
        from spacy.matcher import Matcher

        if self._matcher is None:
            self._matcher = Matcher(pipeline(self.language, self.model).vocab, validate=True)
        for token in pattern:
            for name in token:
                if str(name).upper() not in _MATCHER_NAMES:
                    guess = did_you_mean(str(name).upper(), _MATCHER_NAMES)
                    return f"a `tokens` rule knows no attribute {name!r}" + (
                        f": {guess}" if guess else ""
                    )
        needed = sorted({name for name in _attributes(pattern) if name in _NEEDS_MODEL})
        if needed and not self.model:
            return f"{', '.join(needed)} in a `tokens` rule needs a trained pipeline"
        try:
            self._matcher.add(str(key), [[dict(token) for token in pattern]])
        except Exception as error:  # spaCy raises many kinds for a bad pattern
            return f"spaCy refuses this `tokens` pattern: {' '.join(str(error).split())}"
        return ""

    def __bool__(self) -> bool:
        return self._matcher is not None and len(self._matcher) > 0

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(key, start, end) of every match in a text, in code points of it."""
        nlp = pipeline(self.language, self.model)
        doc = nlp(text)
        return [
            (int(nlp.vocab.strings[key]), doc[start:end].start_char, doc[start:end].end_char)
            for key, start, end in self._matcher(doc)
        ]


def _attributes(pattern: object) -> Iterable[str]:
    if isinstance(pattern, dict):
        for key, value in pattern.items():
            yield str(key).upper()
            yield from _attributes(value)
    elif isinstance(pattern, list | tuple):
        for value in pattern:
            yield from _attributes(value)


@cache
def library_versions() -> dict[str, str]:
    """Versions of the packages that can change a number: of what is loaded, where it says so."""
    from importlib.metadata import version

    found = {name: version(name) for name in ("spacy", "lemminflect", "google-re2")}
    loaded = getattr(sys.modules.get("spacy"), "__version__", None)
    return found | ({"spacy": str(loaded)} if loaded else {})


_ENTITIES = {
    "person": ("PERSON", "PER", "persName", "PRS"),
    "place": ("GPE", "LOC", "FAC", "placeName", "geogName"),
    "organisation": ("ORG", "orgName", "NORP"),
}


def entities(text: str, model: str) -> list[tuple[str, str]]:
    """Names that a trained pipeline finds in a text, as (words, person | place | organisation).

    Raises:
        NotInstalled: the pipeline is not installed.
    """
    kinds = {label: kind for kind, labels in _ENTITIES.items() for label in labels}
    doc = pipeline("", model)(text)
    return [(one.text, kinds[one.label_]) for one in doc.ents if one.label_ in kinds]
