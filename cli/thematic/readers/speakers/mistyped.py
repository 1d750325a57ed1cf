"""Labels that are probably mistyped or shortened: one speaker's label, written in two ways.

`likeness` says how two labels are alike; here it is weighed with where and how often they
stand. A mistyped role word is proposed to be that word. Two numbers, two titles and two role
words are never one speaker's slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from thematic.model.proposals import Confidence, Proposal
from thematic.readers.speakers import likeness
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.slips import ROLE_WORDS
from thematic.readers.speakers.voices import Voice, is_role_word

_MOST_COMPARED = 600  # labels of a study that are compared with one another
_OFTEN = 5  # times as often as its slip a label stands at least
_ONCE_OR_TWICE = 2  # turns that a slip of a name has
_EVERYWHERE = 3  # transcripts in which a label stands that the whole study shares
_LONG_NAME = 6  # letters of a word in which one slip is no other name
_WORDS_OF_ID = re.compile(r"[^\W_]+")


def mistyped(voices: dict[str, Voice]) -> Iterator[Proposal]:
    """Labels that are slips for another one of the study, a role word, or their file's name."""
    ordered = sorted(voices.values(), key=lambda voice: (voice.total, voice.key))
    others = ordered[-_MOST_COMPARED:]  # the most frequent spelling comes last, and is taken
    for voice in ordered[:_MOST_COMPARED]:
        found = [
            one for other in others if other is not voice for one in _like(voice, other, voices)
        ]
        found += [*_like_a_role_word(voice, found), *_like_its_file(voice)]
        best = min(map(_rank, found), default=None)
        into = {likeness.letters_of(one.into): one for one in found if _rank(one) == best}
        if len(into) == 1:
            yield next(iter(into.values()))
        elif into:
            both = " and ".join(sorted(repr(one.into) for one in islice(into.values(), 2)))
            yield voice.asked("", f"a slip for {both} alike", Confidence.DOUBT)


def _rank(proposal: Proposal) -> tuple[int, int]:
    """The surest first, and of these the one with the fewest slips."""
    surely = list(Confidence).index(proposal.confidence)
    return surely, likeness.slips_between(proposal.label, proposal.into)


def _like(voice: Voice, other: Voice, voices: dict[str, Voice]) -> Iterator[Proposal]:
    """The proposal to take a voice for another one, where it is a slip for that."""
    if _is_rarer(voice, other):
        likenesses = (*_miswritten(voice, other, voices), *_shortened(voice, other, voices))
        for why, confidence in likenesses[:1]:
            yield voice.asked(other.label, why, confidence)


def _miswritten(
    voice: Voice, other: Voice, voices: dict[str, Voice]
) -> Iterator[tuple[str, Confidence]]:
    """Why, and how surely, a label is a slip of the pen for another."""
    one, more = voice.label, other.label
    if likeness.same_letters(one, more):
        yield "points, blanks, accents", _of_letters(voice, other)
    if likeness.looks_alike(one, more) and not _is_in_series(voice, voices):
        both = voice.stands_with(other) and voice.total * _OFTEN > other.total
        yield "letter for a number", Confidence.POSSIBLE if both else Confidence.SURE
    if likeness.shortened_address(one, more) and _is_rare_beside(voice, other):
        yield "M. for Mr, Ms or Mrs", Confidence.SURE
    slip = not is_role_word(one) and likeness.slips_between(one, more)
    if slip and (confidence := _of_slip(voice, other)):
        yield "mistyped", confidence


def _shortened(
    voice: Voice, other: Voice, voices: dict[str, Voice]
) -> Iterator[tuple[str, Confidence]]:
    """Why, and how surely, a label is a short form of another."""
    if likeness.same_title(voice.label, other.label) and voice.stands_with(other):
        yield "short form of a title", Confidence.LIKELY
    if _is_abbreviated(voice, other):
        yield "short form", Confidence.POSSIBLE
    if _is_numbered_alone(voice, other, voices):
        yield "the only number", Confidence.POSSIBLE


def _is_rarer(voice: Voice, other: Voice) -> bool:
    """Whether a voice is the one to be merged: a role word is never a slip for no role word."""
    roles = is_role_word(voice.label), is_role_word(other.label)
    if roles[0] != roles[1]:
        return roles[1]
    return (len(voice.turns), voice.total, voice.key) < (len(other.turns), other.total, other.key)


def _is_in_series(voice: Voice, voices: dict[str, Voice]) -> bool:
    """Whether other labels begin as this one and count on: `PL1`, beside `PL2` and `PL3`."""
    letters = voice.key.rstrip("0123456789")
    return any(
        key != voice.key and key.startswith(letters) and key[len(letters) :].isdigit()
        for key in voices
    )


def _is_rare_beside(voice: Voice, other: Voice) -> bool:
    """Whether a label stands once or twice, and in one transcript with a frequent one."""
    rare = voice.total <= _ONCE_OR_TWICE and other.total >= _OFTEN * voice.total
    return rare and voice.stands_with(other)


def _of_letters(voice: Voice, other: Voice) -> Confidence:
    """Jon and Jón of two interviews may be two people."""
    same = likeness.words_in(voice.label) == likeness.words_in(other.label)
    return Confidence.SURE if same or voice.stands_with(other) else Confidence.LIKELY


def _of_slip(voice: Voice, other: Voice) -> Confidence | None:
    """How surely a mistyped label is another: names that differ by a letter may be two people."""
    if is_role_word(other.label):
        return Confidence.SURE
    together = voice.stands_with(other)
    if not together and (len(voice.turns) > 1 or len(other.turns) < _EVERYWHERE):
        return None
    apart = set(likeness.words_in(voice.label)) - set(likeness.words_in(other.label))
    is_long = min(map(len, apart), default=0) >= _LONG_NAME
    if _is_rare_beside(voice, other):
        several = len(likeness.words_in(other.label)) > 1
        return Confidence.SURE if is_long and several else Confidence.LIKELY
    is_long = is_long or likeness.shares_a_name(voice.label, other.label)
    is_long = is_long or likeness.are_swapped(voice.label, other.label)
    if is_long and voice.total * _OFTEN <= other.total:
        return Confidence.LIKELY
    return Confidence.POSSIBLE if is_long else None


def _is_abbreviated(voice: Voice, other: Voice) -> bool:
    """`Int` and `Interviewer`; `P1` and `Participant 1`, where both stand in one transcript."""
    words, others = likeness.words_in(voice.label), likeness.words_in(other.label)
    if len(words) != 1 or len(others) != 1 or not names_a_role(other.label):
        return False
    numbers = likeness.numbers_in(voice.label)
    short, whole = (word.rstrip("0123456789") for word in (words[0], others[0]))
    if numbers != likeness.numbers_in(other.label) or (numbers and not voice.stands_with(other)):
        return False
    asks = told_by(voice.label)
    same = asks is told_by(other.label) and (asks is not None or len(short) == 1 or short == "resp")
    return same and 1 <= len(short) <= 4 < len(whole) and whole.startswith(short)


def _is_numbered_alone(voice: Voice, other: Voice, voices: dict[str, Voice]) -> bool:
    """`Interviewer 1` where no Interviewer 2 is, and Interviewer in other transcripts."""
    letters = voice.key.rstrip("0123456789")
    numbered = letters != voice.key and letters == other.key and is_role_word(other.label)
    return numbered and not voice.stands_with(other) and not _is_in_series(voice, voices)


def _like_a_role_word(voice: Voice, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """`Particpant 2`, where nobody is called Participant 2: the word itself is known."""
    if is_role_word(voice.label) or any(one.confidence is Confidence.SURE for one in found):
        return
    number = "".join(likeness.numbers_in(voice.label))
    for word in ROLE_WORDS:
        wanted = f"{word} {number}".rstrip()
        if likeness.slips_between(voice.label, wanted):
            into = wanted.upper() if voice.label.isupper() else wanted.capitalize()
            yield voice.asked(into, "mistyped", Confidence.SURE)


def _like_its_file(voice: Voice) -> Iterator[Proposal]:
    """`BSRO6` in BSR06.docx: the file's name tells how the label is meant."""
    for id in voice.turns:
        for name in _WORDS_OF_ID.findall(id.rpartition("/")[2]):
            if likeness.looks_alike(voice.label, name):
                yield voice.asked(name, "its file's name", Confidence.SURE)
