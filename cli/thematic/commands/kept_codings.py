"""Mentions kept between runs, so that a transcript that did not change is not coded again.

Kept are positions, codes and rules by number, and the codebook's own words, with what tables
counted in the talk (`kept_talk.py`); a transcript is known by a hash of all that coding sees
of it, and none of its words are kept: of a negation only the place of its cue, from which the
words are cut again. What is kept depends on the
codebook, on whose words count, on the versions of the libraries and on this program's own
code; with any of these changed everything is coded anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.commands.caching import (
    LIBRARIES,
    file_of,
    installed,
    keep_bytes,
    kept_bytes,
    own_code,
)
from thematic.commands.kept_talk import KeptTalk
from thematic.model.coding import Mention, MentionStatus, Talk, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript

if TYPE_CHECKING:
    from thematic.coding.compiled import CompiledCodebook

FORMAT = 2  # of the files; raised whenever their meaning changes
SUFFIX = ".codings.json"
MOST_MENTIONS = 50_000  # of one file; more are not kept
_LARGEST = 20_000_000  # bytes of a file
_CODE = ("coding", "coding/fast", "model")
_STATUS = tuple(MentionStatus)

Row = list[Any]  # one mention as JSON values
Entry = dict[str, Any]  # one transcript: its counted turns, its mentions, its talk


@dataclass(frozen=True)
class _Used:
    """One coding of this run that is kept."""

    key: str  # of its transcript
    rows: list[Row]
    counted: list[int]
    talk: KeptTalk

    def entry(self) -> Entry:
        return {"mentions": self.rows, "counted": self.counted, "talk": self.talk.data}


class KeptCodings:
    """The mentions that earlier runs found with one codebook.

    Args:
        book: the compiled codebook.
        exclude: roles or labels whose turns do not count.
        place: stands for the study, so that each has a file of its own.
    """

    def __init__(self, book: CompiledCodebook, exclude: Sequence[str], place: Path) -> None:
        self._book, self._exclude = book, tuple(exclude)
        self._paths = book.codebook.paths()
        self._path = file_of(self._key(place), SUFFIX)
        self._known = self._read()
        self._used: list[_Used] = []
        self._is_new = False

    def coding(self, transcript: Transcript) -> TranscriptCoding | None:
        """The coding of a transcript that an earlier run coded, else None."""
        key = key_of_transcript(transcript)
        entry = self._known.get(key)
        if entry is None:
            return None
        try:
            mentions = tuple(self._mention(row, transcript) for row in entry["mentions"])
            counted, known = entry["counted"], entry["talk"]
        except (TypeError, ValueError, IndexError, KeyError):
            return None
        talk = KeptTalk(transcript, frozenset(counted), lambda: self._talk(transcript), known)
        self._used.append(_Used(key, entry["mentions"], counted, talk))
        return TranscriptCoding(transcript, mentions, frozenset(counted), talk)

    def coded(self, codings: Sequence[TranscriptCoding]) -> list[TranscriptCoding]:
        """Codings made in this run, as they will be kept: with what is counted in their talk."""
        self._is_new = self._is_new or bool(codings)
        return [self._taken(coding) for coding in codings]

    def keep(self) -> None:
        """Keep all codings of this run and what was counted; others while there is room."""
        if not self._is_new and not any(used.talk.asked for used in self._used):
            return
        if _mentions(own := {used.key: used.entry() for used in self._used}) > MOST_MENTIONS:
            return
        every = {**self._known, **own}
        kept = every if _mentions(every) <= MOST_MENTIONS else own
        keep_bytes(self._path, json.dumps(kept, sort_keys=True).encode())
        self._is_new = False
        for used in self._used:
            used.talk.asked = False

    def _taken(self, coding: TranscriptCoding) -> TranscriptCoding:
        transcript, counted = coding.transcript, coding.counted_turns
        talk = KeptTalk(transcript, counted, lambda: coding.talk, {})
        with suppress(ValueError):  # it cannot be kept without words of the transcript
            rows = [self._row(mention, transcript) for mention in coding.mentions]
            key = key_of_transcript(transcript)
            self._used.append(_Used(key, rows, sorted(counted), talk))
        return replace(coding, talk=talk)

    def _talk(self, transcript: Transcript) -> Talk:
        """What counts the units and words of a transcript anew."""
        from thematic.coding.talk import CountedTalk, Counting

        turns = Counting(self._exclude).turns(transcript)
        return CountedTalk(transcript, turns, self._book.lexicon)

    def _key(self, place: Path) -> str:
        codebook = self._book.codebook
        own = (codebook.hash, self._book.token_rules.model, self._exclude, str(place.resolve()))
        return json.dumps([FORMAT, own, installed(*LIBRARIES), own_code(_CODE)])

    def _read(self) -> Mapping[str, Entry]:
        data = kept_bytes(self._path, _LARGEST)
        with suppress(ValueError, RecursionError):
            found = json.loads(data) if data else {}
            return found if isinstance(found, dict) else {}
        return {}

    def _row(self, mention: Mention, transcript: Transcript) -> Row:
        """A mention as JSON values.

        Raises:
            ValueError: the words of its cue do not stand where cues stand.
        """
        by, whose = mention.swallowed_by, mention.swallowed_code
        return [
            mention.turn,
            _pair(mention.span),
            self._paths.index(mention.code),
            mention.rule,
            _STATUS.index(mention.status),
            mention.guard,
            _pair(mention.guard_span),
            _place_of(mention, transcript),
            list(mention.marks),
            _pair(by),
            self._paths.index(whose) if whose else -1,
            [_pair(part) for part in mention.parts],
        ]

    def _mention(self, row: Row, transcript: Transcript) -> Mention:
        turn, span, code, rule, status, guard, guard_span, cue, marks, by, whose, parts = row
        words = transcript.text[cue[0] : cue[1]] if cue else ""
        return Mention(
            turn=turn,
            span=Span(*span),
            code=self._paths[code],
            rule=rule,
            status=_STATUS[status],
            guard=guard,
            guard_span=_span(guard_span),
            negation=words,
            marks=tuple(marks),
            swallowed_by=_span(by),
            swallowed_code=self._paths[whose] if whose >= 0 else "",
            parts=tuple(Span(*part) for part in parts),
        )


def _mentions(entries: Mapping[str, Entry]) -> int:
    return sum(len(entry["mentions"]) for entry in entries.values())


def key_of_transcript(transcript: Transcript) -> str:
    """Stands for all that coding sees of a transcript: its text and its turns."""
    turns = [
        (turn.number, turn.span.start, turn.span.end, turn.speaker, turn.role, turn.written)
        for turn in transcript.turns
    ]
    gaps = [(gap.start, gap.end) for turn in transcript.turns for gap in turn.gaps]
    told = json.dumps([turns, gaps]).encode()
    text = transcript.text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"%d %s%s" % (len(told), told, text)).hexdigest()


def _place_of(mention: Mention, transcript: Transcript) -> list[int] | None:
    """Where words stand in the text that are the same as those of the mention's cue."""
    if not mention.negation:
        return None
    start = transcript.text.rfind(mention.negation, 0, mention.span.end)
    if start < 0:
        start = transcript.text.index(mention.negation)
    return [start, start + len(mention.negation)]


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)
