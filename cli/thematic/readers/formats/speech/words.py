"""From single words with times to cues: one for each phrase of one speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from thematic.model.nouns import dataclass
from thematic.readers.speakers.building import TimedWords

_LONGEST_PAUSE = 1.0  # seconds within a phrase
_MOST_WORDS = 40  # in a phrase
_ENDS_SENTENCE = re.compile(r"[.?!…。？！।؟]['\"”’»)\]]*\Z")
_LEAST_WORDS = 4  # before a full stop is taken for the end of a phrase: `Mr. Khan`
# Scripts that put no blanks between words: Thai, Lao, Khmer, kana, Han.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or punctuation mark; times in seconds.

    `joined` says that no blank stands before it.
    """

    text: str
    begin: float | None
    end: float | None
    speaker: str = ""
    joined: bool = False


def phrases(words: Iterable[Word]) -> list[TimedWords]:
    """The words as cues, parted where the speaker changes, at pauses and behind sentences.

    A mark without time or speaker belongs to the word before it.
    """
    groups: list[list[Word]] = []
    for word in words:
        if not word.text.strip():
            continue
        if not groups or _parts(groups[-1], word):
            groups.append([])
        groups[-1].append(word)
    last = 0.0
    cues: list[TimedWords] = []
    for group in groups:
        begin = next((word.begin for word in group if word.begin is not None), last)
        last = next((word.end for word in reversed(group) if word.end is not None), begin)
        cues.append(TimedWords(begin, last, group[0].speaker, _text(group)))
    return cues


def _parts(group: Sequence[Word], word: Word) -> bool:
    """Whether a word begins a phrase of its own."""
    before = group[-1]
    if word.joined and word.begin is None:
        return False
    if word.speaker and word.speaker != group[0].speaker:
        return True
    if word.joined:
        return False
    pause = 0.0 if word.begin is None or before.end is None else word.begin - before.end
    if pause > _LONGEST_PAUSE or len(group) >= _MOST_WORDS:
        return True
    return len(group) >= _LEAST_WORDS and _ENDS_SENTENCE.search(before.text.strip()) is not None


def _text(group: Sequence[Word]) -> str:
    parts: list[str] = []
    for word in group:
        written = word.text.strip()
        if parts and not word.joined and not _stand_together(parts[-1], written):
            parts.append(" ")
        parts.append(written)
    return "".join(parts)


def _stand_together(one: str, other: str) -> bool:
    return bool(_UNSPACED.match(one[-1]) and _UNSPACED.match(other[0]))


def spaced(words: Iterable[Word]) -> Iterator[Word]:
    """Words of a list that holds the blanks too: without a blank before it, one is joined."""
    blank = True
    for word in words:
        if word.text.strip():
            yield replace(word, joined=not blank and not word.text[0].isspace())
        blank = not word.text.strip() or word.text[-1].isspace()
