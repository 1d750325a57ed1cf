"""What looks like a name and was not replaced: where a person should read on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from functools import cached_property

from thematic.model.nouns import dataclass
from thematic.model.pseudonyms import CAPITAL, NOUN, PERSON, Doubt, Named
from thematic.model.transcript import Span, Transcript
from thematic.pseudonyms.finding import begins_sentence
from thematic.pseudonyms.forms import TITLES, plain, single_parts, words_of
from thematic.pseudonyms.identifiers import ADDRESS
from thematic.pseudonyms.replacing import Replaced, talk_pieces

TITLE = "a title before it"
ALIKE = "like a name that was replaced"
SMALL = "part of a name, in small letters"
EVERYDAY = "part of a name that is an ordinary word, at the beginning of a sentence"
LABEL = "a label that is no role"
ADDRESSES = "a web address"
DATE = "a date"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’ʼ][^\W\d_]+)*")
_RUN = re.compile(r"[ \u00a0](?:(?:de|von|van|bin|al|el|la|du|da|di) )?")
_DATE = re.compile(
    r"(?<![\w./-])(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\w/-])"
)
_NO_NAMES = frozenset(
    "i i'm i've i'd i'll ok okay monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december".split()
)
_GERMAN = ("und", "der", "die", "nicht", "ist", "das")
_OTHERS = ("the", "and", "of", "that", "is", "i", "en", "het", "de", "la", "et", "y", "e")
# Before a noun; names seldom have one. `Der Peter` is listed too, with the nouns.
_ARTICLE = re.compile(
    r"(?<![^\W_])(?:d(?:er|ie|as|en|em|es)|(?:k|m|d|s)?ein(?:e[nmrs]?)?|(?:ihr|unser|euer|eur)(?:e[nmrs]?)?"
    r"|(?:dies|jen|jed|welch|manch|solch|all)e[nmrs]?|viele|wenige|einige|mehrere|beide"
    r"|im|am|beim|vom|zum|zur|ins|ans|aufs)\s+(?:[^\W\d_]+(?:e|en|em|er|es)\s+)?\Z",
    re.IGNORECASE,
)
_NOUN_ENDING = re.compile(r".{2,}(?:ung|heit|keit|schaft|tion|tät|nis|tum|ismus|lein)(?:en|s|e)?$")
_ALIKE_FROM = 5  # letters of a part of a name with which other words are compared


@dataclass
class DoubtFinder:
    """Looks through transcripts for what may be names.

    Args:
        small: how often each word stands in small letters in all transcripts.
        known: words that are no names here: of the codebook, and names that are to stay.
        names: what is replaced.
        is_role: tells whether a label names a role, and so nobody.
    """

    small: Counter[str]
    known: Collection[str]
    names: Sequence[Named]
    is_role: Callable[[str], bool]
    _parts: set[str] = field(init=False)

    def __post_init__(self) -> None:
        replaced = [one for one in self.names if one.kind == PERSON and not one.only_labels]
        self._parts = {part for one in replaced for part in _single(one)}

    def doubts(self, replaced: Replaced, id: str) -> Iterator[Doubt]:
        """Every place of one transcript that may hold a name.

        Args:
            replaced: with what was replaced in it.
            id: how the transcript is called now.
        """
        transcript = replaced.transcript
        starts = [turn.span.start for turn in transcript.turns]
        gone = sorted(one.span for one in replaced.found)
        for piece in talk_pieces(transcript):
            number = transcript.turns[bisect_right(starts, piece.start) - 1].number
            for free in _free(piece, gone):
                context = transcript.text[piece.start : free.end]
                for text, reason in self._in(context, free.start - piece.start):
                    yield Doubt(text, reason, id, number)
        for label, found in replaced.labels.items():
            if not found and not self.is_role(label):
                turn = next(one for one in transcript.turns if one.speaker == label)
                yield Doubt(label, LABEL, id, turn.number)

    def _in(self, text: str, start: int) -> Iterator[tuple[str, str]]:
        """What may be names in a stretch, from `start` on; what stands before tells sentences."""
        for pattern, reason in ((re.compile(ADDRESS), ADDRESSES), (_DATE, DATE)):
            yield from ((match.group(), reason) for match in pattern.finditer(text, start))
        at = start
        while match := _WORD.search(text, at):
            end, reason = self._judged(text, match)
            if reason:
                yield text[match.start() : end], reason
            at = end

    def _judged(self, text: str, match: re.Match[str]) -> tuple[int, str]:
        """Where the words that begin here end, and why they may be a name; "" = they are none."""
        word, bare = match.group(), _bare(match.group())
        if bare in self._parts:
            return match.end(), SMALL if word.islower() else EVERYDAY
        if not word[0].isupper():
            return match.end(), ""
        if any(_is_like(bare, part) for part in self._parts):
            return match.end(), ALIKE
        titled = _title_before(text, match.start())
        if len(word) < 2 or bare in TITLES or (not titled and self._is_ordinary(word)):
            return match.end(), ""
        if not titled and begins_sentence(text, match.start()):
            return match.end(), ""
        end = self._run(text, match.end())
        if titled:
            return end, TITLE
        is_noun = self._is_german and end == match.end() and _is_noun(text, match)
        return end, NOUN if is_noun else CAPITAL

    @cached_property
    def _is_german(self) -> bool:
        """Whether the talk is German, whose nouns all begin with capitals."""
        return sum(self.small[word] for word in _GERMAN) > sum(self.small[word] for word in _OTHERS)

    def _is_ordinary(self, word: str) -> bool:
        bare = _bare(word)
        head = bare.partition("'")[0]
        ordinary = bare in self.known or head in self.known
        return ordinary or bare in _NO_NAMES or head == "i" or self.small[bare] > 0

    def _run(self, text: str, end: int) -> int:
        """The end of a row of words with capitals."""
        while gap := _RUN.match(text, end):
            further = _WORD.match(text, gap.end())
            if (
                not further
                or not further.group()[0].isupper()
                or self._is_ordinary(further.group())
            ):
                break
            end = further.end()
        return end


def small_words(transcripts: Sequence[Transcript]) -> Counter[str]:
    """How often each word stands in small letters."""
    return Counter(
        _bare(word)
        for one in transcripts
        for turn in one.turns
        for word in _WORD.findall(one.text[turn.span.start : turn.span.end])
        if word.islower()
    )


def _single(named: Named) -> set[str]:
    parts = set(single_parts(named))
    own = [one for one in (named.name, *named.variants) if len(words_of(one)) == 1]
    return parts | {plain(one) for one in own}


def _free(piece: Span, gone: Sequence[Span]) -> Iterator[Span]:
    """What is left of a stretch without what was replaced in it."""
    start = piece.start
    first = bisect_left(gone, Span(piece.start, piece.start))
    for span in gone[first : bisect_left(gone, Span(piece.end, piece.end))]:
        if span.start > start:
            yield Span(start, span.start)
        start = span.end
    if start < piece.end:
        yield Span(start, piece.end)


def _bare(word: str) -> str:
    bare = plain(word)
    return bare[:-2] if bare.endswith("'s") else bare


def _title_before(text: str, start: int) -> bool:
    before = re.search(r"([^\W\d_]+)\.?[ \u00a0]\Z", text[max(0, start - 20) : start])
    return before is not None and before[1][0].isupper() and plain(before[1]) in TITLES


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Whether a word with a capital stands as nouns do in German, or ends like one."""
    before = text[max(0, match.start() - 40) : match.start()]
    return bool(_ARTICLE.search(before) or _NOUN_ENDING.fullmatch(match.group()))


def _is_like(word: str, part: str) -> bool:
    """Whether two words differ in one letter, or one begins as the other does."""
    if min(len(word), len(part)) < _ALIKE_FROM or word == part:
        return False
    if abs(len(word) - len(part)) <= 3 and (word.startswith(part) or part.startswith(word)):
        return True
    short, long = sorted((word, part), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next(
        (n for n, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]),
        len(short),
    )
    skip = len(long) == len(short)
    return short[same + skip :] == long[same + 1 :]
