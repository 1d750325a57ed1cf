"""Where in the transcripts the words of a quotation stand, and how faithful it is to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from heapq import nlargest

from thematic.model.manuscript import Difference, Fidelity, Quotation, Traced
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript
from thematic.review.folding import folded
from thematic.review.quoted_pattern import Claim, claim_of
from thematic.review.quoted_words import TalkWords, talk_words

_ENOUGH = 0.6  # share of a quotation's words that an altered one must have in common
_FEWEST = 3  # words it must have in common
_LIKELY = 4  # stretches of a transcript that are looked at closely
_FREQUENT = 3000  # places of a word beyond which it says nothing of where a quotation is
_ROUND = 0.5  # of its length, looked at on each side of a likely stretch
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")
_CASE = re.compile(r"\[([^\W_])\](?=[^\W_])")
_INNER_MARKS = re.compile(r"[\"`“”„«»‹›]|(?<!\w)['‘’‚]|['‘’](?!\w)")  # round words quoted within
_APART = re.compile(r"\[[^\[\]]*\]|[()]\s*…\s*[()]|…|\.(?:\s?\.){2,3}")


@dataclass(frozen=True)
class _Place:
    talk: TalkWords
    first: int  # word
    end: int  # the word behind the last
    across_turns: bool = False

    @property
    def span(self) -> Span:
        return self.talk.span(self.first, self.end)


class Tracer:
    """Looks for quotations in transcripts; the transcripts are read once.

    Args:
        transcripts: as they were read.
    """

    def __init__(self, transcripts: Sequence[Transcript]) -> None:
        self._texts = {one.id: one.text for one in transcripts}
        self._talks = [talk_words(one) for one in transcripts]

    def trace(self, quotation: Quotation) -> Traced:
        """Where a quotation's words stand.

        They are looked for in their order, with what ellipses and brackets allow: an ellipsis
        stands for any words of the same turn, else of the same transcript; brackets for up
        to twelve words, or none. Where that fails, the stretch with most of the words in the
        same order is given, if it has three in five of them.
        """
        claim = claim_of(quotation.text)
        cited = self._cited(quotation.beside)
        places = sorted(self._places(claim), key=lambda one: one.talk.id not in cited)
        if not places:
            return self._altered(quotation, claim, cited)
        place = places[0]
        signs = self._other_signs(quotation, claim, place)
        return Traced(
            quotation,
            Fidelity.ALTERED if signs else _fidelity(claim),
            place.talk.id,
            place.span,
            len(places),
            place.across_turns,
            signs,
            cited,
        )

    def _cited(self, beside: str) -> tuple[str, ...]:
        """IDs of transcripts that are named beside a quotation."""
        named = set(re.findall(r"[\w.-]*\w", beside))
        return tuple(id for id in self._texts if id in named)

    def _places(self, claim: Claim) -> Iterator[_Place]:
        """All places of a claim's words."""
        for over_turns in (False, True) if claim.elides else (False,):
            found = False
            for talk in self._talks:
                for first, end in _matches(claim, talk, over_turns=over_turns):
                    found = True
                    yield _Place(talk, first, end, not talk.one_turn(first, end))
            if found:
                return

    def _other_signs(
        self, quotation: Quotation, claim: Claim, place: _Place
    ) -> tuple[Difference, ...]:
        """What differs where all words are the same: punctuation, or capitals within."""
        if not claim.is_plain:
            return ()
        text = self._texts[place.talk.id][place.span.start : place.span.end]
        said, quoted = _compared(text), _compared(_CASE.sub(r"\1", quotation.text))
        if _CASE.search(quotation.text):  # [T]hey
            said, quoted = said.casefold(), quoted.casefold()
        return () if said == quoted else (Difference(" ".join(text.split()), quotation.text),)

    def _altered(self, quotation: Quotation, claim: Claim, cited: tuple[str, ...]) -> Traced:
        near = [one for talk in self._talks if (one := _nearest(claim.words, talk))]
        if not near:
            return Traced(quotation, Fidelity.NOT_FOUND, cited=cited)
        _, place = max(near, key=lambda one: (one[0], one[1].talk.id in cited))
        differences = tuple(self._differing(claim.words, place))
        return Traced(
            quotation,
            Fidelity.ALTERED,
            place.talk.id,
            place.span,
            across_turns=not place.talk.one_turn(place.first, place.end),
            differences=differences,
            cited=cited,
        )

    def _differing(self, words: list[str], place: _Place) -> Iterator[Difference]:
        """Word by word, what was said and what is quoted."""
        talk = place.talk
        said = talk.words[place.first : place.end]
        text = self._texts[talk.id]
        for kind, i, j, k, m in SequenceMatcher(None, said, words, autojunk=False).get_opcodes():
            if kind != "equal":
                span = talk.span(place.first + i, place.first + j) if j > i else Span(0, 0)
                yield Difference(
                    " ".join(text[span.start : span.end].split()), " ".join(words[k:m])
                )


def _fidelity(claim: Claim) -> Fidelity:
    if claim.elides and claim.brackets:
        return Fidelity.BOTH
    if claim.elides:
        return Fidelity.ELIDED
    return Fidelity.BRACKETED if claim.brackets else Fidelity.EXACT


def _matches(claim: Claim, talk: TalkWords, *, over_turns: bool) -> Iterator[tuple[int, int]]:
    """The words, first and behind the last, of each place where a claim stands."""
    if not claim.parts or any(run not in talk.joined for run in claim.runs):
        return
    if claim.is_plain:
        (run,) = claim.runs
        start = talk.joined.find(run)
        while start >= 0:
            yield talk.words_between(start, start + len(run))
            start = talk.joined.find(run, start + 1)
        return
    for match in claim.pattern(over_turns=over_turns).finditer(talk.joined):
        yield talk.words_between(match.start(), match.end())


def _compared(text: str) -> str:
    """A text as exact quotations are compared: without outer punctuation and the first's case."""
    bare = _ENDS.sub("", folded(_INNER_MARKS.sub('"', _APART.sub("", text))).text)
    return bare[:1].casefold() + bare[1:]


def _nearest(words: list[str], talk: TalkWords) -> tuple[float, _Place] | None:
    """The stretch with most of the words in their order, and what share of them it has."""
    best: tuple[float, _Place] | None = None
    for start in _likely(words, talk):
        first = max(0, start - int(_ROUND * len(words)))
        window = talk.words[first : start + int((1 + _ROUND) * len(words)) + 1]
        blocks = SequenceMatcher(None, window, words, autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks)
        if same < max(_FEWEST, _ENOUGH * len(words)):
            continue
        # Words replaced at the two ends stand where as many were said.
        ahead, behind = blocks[0], blocks[-2]
        begin = max(0, first + ahead.a - ahead.b)
        end = first + behind.a + behind.size + len(words) - (behind.b + behind.size)
        place = _Place(talk, begin, min(end, len(talk.words)))
        length = place.end - place.first
        rating = 2 * same / (length + len(words))
        if best is None or rating > best[0]:
            best = (rating, place)
    return best if best is not None and best[0] >= _ENOUGH else None


def _likely(words: list[str], talk: TalkWords) -> list[int]:
    """Where a stretch would begin, by the votes of its words for places half as long as it."""
    votes: Counter[int] = Counter()
    step = max(2, len(words) // 2)
    for number, word in enumerate(words):
        places = talk.numbers.get(word, ())
        if len(places) <= _FREQUENT:
            votes.update({max(0, place - number) // step for place in places})
    together = {slot: votes[slot] + votes[slot + 1] for slot in votes}
    return [slot * step for slot in nlargest(_LIKELY, together, key=together.__getitem__)]
