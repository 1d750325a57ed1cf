"""Mentions kept between runs, so that a transcript that did not change is not coded again.

Kept are positions, codes and rules by number, and the codebook's own words; a transcript is
known by a hash of all that coding sees of it, and none of its words are kept: of a negation
only the place of its cue, from which the words are cut again. What is kept depends on the
codebook, on whose words count, on the versions of the libraries and on this program's own
code; with any of these changed everything is coded anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from thematic.coding.compile import CompiledCodebook
from thematic.coding.lexicon import Lexicon
from thematic.coding.talk import CountedTalk, counted_turns
from thematic.commands.caching import file_of, keep_bytes, kept_bytes, own_code, versions
from thematic.model.coding import Mention, MentionStatus, TranscriptCoding
from thematic.model.transcript import Span, Transcript

FORMAT = 1  # of the files; raised whenever their meaning changes
SUFFIX = ".codings.json"
MOST_MENTIONS = 50_000  # of one file; more are not kept
_LARGEST = 20_000_000  # bytes of a file
_CODE = ("coding", "coding/fast", "model")
_STATUS = tuple(MentionStatus)

Row = list[Any]  # one mention as JSON values


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
        self._turns = counted_turns(self._exclude)
        self._known = self._read()

    def coding(self, transcript: Transcript) -> TranscriptCoding | None:
        """The coding of a transcript that an earlier run coded, else None."""
        rows = self._known.get(key_of_transcript(transcript))
        if rows is None:
            return None
        try:
            mentions = tuple(self._mention(row, transcript) for row in rows)
        except (TypeError, ValueError, IndexError):
            return None
        turns = self._turns(transcript)
        lexicon: Lexicon = self._book.lexicon
        return TranscriptCoding(
            transcript=transcript,
            mentions=mentions,
            counted_turns=frozenset(turn.number for turn in turns),
            talk=CountedTalk(transcript, turns, lexicon),
        )

    def keep(self, codings: Sequence[TranscriptCoding]) -> None:
        """Keep the mentions of these transcripts; those of others while there is room."""
        if sum(len(coding.mentions) for coding in codings) > MOST_MENTIONS:
            return
        rows: dict[str, list[Row]] = {}
        for coding in codings:
            with suppress(ValueError):  # it cannot be kept without words of the transcript
                found = [self._row(mention, coding.transcript) for mention in coding.mentions]
                rows[key_of_transcript(coding.transcript)] = found
        every = {**self._known, **rows}
        if sum(map(len, every.values())) <= MOST_MENTIONS:
            rows = every
        keep_bytes(self._path, json.dumps(rows, sort_keys=True).encode())

    def _key(self, place: Path) -> str:
        codebook = self._book.codebook
        own = (codebook.hash, self._book.token_rules.model, self._exclude, str(place.resolve()))
        return json.dumps([FORMAT, own, *versions(), own_code(_CODE)])

    def _read(self) -> Mapping[str, list[Row]]:
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
