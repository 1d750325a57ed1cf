"""Transcripts with the same words, or nearly the same: one of them is counted twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from zlib import crc32

from thematic.errors import Problem, Severity
from thematic.model.transcript import Role, Transcript

_WORD = re.compile(r"[^\W_]+")
_FEW = 20  # words of an interview that no other one has all alike
_FEWEST = 50  # words of answers that two people do not say alike
_MOST_WORDS = 100_000  # of a transcript that are looked at
_SHINGLE = 5  # words in a row
_FACTOR = 1_000_003  # of a hash that moves along the words
_MASK = 2**61 - 1
_LAST_FACTOR = _FACTOR ** (_SHINGLE - 1)
_SPREAD = 0x9E3779B97F4A7C15  # so that the smallest hashes are a fair sample
_SKETCH = 256  # shingles that stand for a transcript
_ALIKE = 0.8  # share of shingles that two have in common
_COMMON = 20  # transcripts in which a shingle may stand and still tell something


def duplicates(transcripts: Sequence[Transcript]) -> Iterator[Problem]:
    """A problem for each transcript whose answers are those of one before it, by ID.

    Words are compared without regard to case, punctuation and white space; interviewers'
    are left out, for a guide has the same questions for all. Cost: one pass over the words,
    and a comparison of sketches (the smallest hashes of five words in a row) that share one.
    """
    whole: dict[bytes, str] = {}
    answered: dict[bytes, str] = {}
    sketches: dict[str, frozenset[int]] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    for transcript in sorted(transcripts, key=lambda one: one.id):
        every, answers = _words(transcript)
        same = whole.setdefault(_digest(every), transcript.id) if len(every) >= _FEW else ""
        if len(answers) >= _FEWEST:
            same = answered.setdefault(_digest(answers), same or transcript.id)
        if same not in ("", transcript.id):
            yield _problem(transcript.id, f"has the same words as {same}", Severity.WARNING)
        elif len(answers) >= _FEWEST:
            sketch = _sketch(answers)
            if near := _nearest(sketch, sketches, holders):
                yield _problem(transcript.id, f"has nearly the same words as {near}", Severity.NOTE)
            sketches[transcript.id] = sketch
            for shingle in sketch:
                holders[shingle].append(transcript.id)


def _problem(id: str, said: str, severity: Severity) -> Problem:
    hint = "if they are one interview, remove one of the two, for both are counted"
    return Problem(id, 0, f"this {said}", hint, severity)


def _words(transcript: Transcript) -> tuple[list[str], list[str]]:
    """The words of all turns, and of those that are no interviewer's."""
    every: list[str] = []
    answers: list[str] = []
    for turn in transcript.turns:
        if len(every) >= _MOST_WORDS:
            break
        said = _WORD.findall(transcript.text[turn.span.start : turn.span.end].casefold())
        every += said
        answers += said if turn.role is not Role.INTERVIEWER else ()
    return every, answers


def _digest(words: Sequence[str]) -> bytes:
    return sha256(" ".join(words).encode("utf-8", "replace")).digest()


def _sketch(words: Sequence[str]) -> frozenset[int]:
    """The smallest hashes of the shingles; equal texts have equal sketches everywhere."""
    numbers = [crc32(word.encode("utf-8", "replace")) for word in words]
    rolling = 0
    hashes = set()
    for place, number in enumerate(numbers):
        gone = numbers[place - _SHINGLE] * _LAST_FACTOR if place >= _SHINGLE else 0
        rolling = ((rolling - gone) * _FACTOR + number) & _MASK
        if place >= _SHINGLE - 1:
            hashes.add(rolling * _SPREAD & _MASK)
    return frozenset(sorted(hashes)[:_SKETCH])


def _nearest(
    sketch: frozenset[int], sketches: dict[str, frozenset[int]], holders: dict[int, list[str]]
) -> str:
    """The transcript that has most of a sketch in common, if nearly all; else empty."""
    shared: dict[str, int] = defaultdict(int)
    for shingle in sketch:
        for id in holders.get(shingle, [])[:_COMMON]:
            shared[id] += 1
    best = max(sorted(shared), key=lambda id: shared[id], default="")
    if not best:
        return ""
    union = sorted(sketch | sketches[best])[:_SKETCH]
    common = sum(one in sketch and one in sketches[best] for one in union)
    return best if common >= _ALIKE * len(union) else ""
