"""Lists of segments, turns or words: Whisper and WhisperX, AssemblyAI, and many others.

No service is asked for here: whatever has words, and perhaps a speaker and times, is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, TypeAlias

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.readers.formats.speech.fields import (
    MILLISECONDS,
    Entry,
    at,
    entries,
    first,
    label,
    lettered,
    seconds,
    text,
)
from thematic.readers.formats.speech.words import Word, phrases, spaced
from thematic.readers.speakers.building import Said, TimedWords

SHAPES = (
    "read are the JSON of Whisper, whisper.cpp, Amazon, Azure, Google, Deepgram, AssemblyAI, "
    'Rev AI and YouTube, {"segments": [{"start", "end", "text", "speaker"}]}, a list of such '
    'segments, a list of {"speaker", "text", "time"} and a list of [speaker, text]'
)
# Keys whose lists are read, in this order: of pieces with times, and of turns.
SEGMENTS = (
    *("segments", "chunks", "captions", "subtitles", "cues", "sentences", "phrases"),
    *("transcription", "paragraphs"),
)
TURNS = (
    *("utterances", "turns", "transcript", "transcripts", "monologues", "entries", "messages"),
    *("items", "combinedRecognizedPhrases", "combinedPhrases"),
)
Spoken: TypeAlias = list[TimedWords | Said]  # all of one kind
_TEXT = ("text", "words", "utterance", "content", "transcript", "sentence", "body", "display")
_WORD = ("punctuated_word", "word", "text", "content", "value")
_SPEAKER = (
    *("speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "name"),
    *("speaker_id", "speakerId", "speaker_tag", "speakerTag", "who", "participant", "author"),
    "role",
)
_BEGIN = (
    *("start", "start_time", "startTime", "begin", "begin_time", "start_ts", "startTimestamp"),
    *("start_sec", "start_seconds", "from", "time", "timestamp", "offset", "ts"),
)
_END = (
    *("end", "end_time", "endTime", "stop", "end_ts", "endTimestamp", "end_sec", "end_seconds"),
    *("to", "until"),
)
_BEGIN_MS = (
    *("start_ms", "startMs", "start_time_ms", "startTimeMs", "begin_ms", "beginMs"),
    *("offsetMilliseconds", "startInMilliseconds"),
)
_END_MS = ("end_ms", "endMs", "end_time_ms", "endTimeMs", "endInMilliseconds")
_LASTS = ("duration", "dur", "length")
_SLOWEST = 20  # seconds that a word lasts at most: numbers that say more are milliseconds


@dataclass(frozen=True, slots=True)
class _Piece:
    """One entry as it stands, its times not yet in seconds."""

    words: str | None
    speaker: str
    begin: float | None
    end: float | None
    is_whole: bool  # its times are whole numbers


def spoken_in(given: Sequence[Any], are_segments: bool, problems: list[Problem]) -> Spoken:
    """The entries of a list as cues where they have a begin and an end, else as turns.

    An entry that cannot be read is a Problem and left out.

    Args:
        given: the list as it stands in the JSON.
        are_segments: whether a begin is enough for a cue.
        problems: gets what is wrong.
    """
    pieces = [_piece(one) for one in given]
    timed = [one for one in pieces if one and one.begin is not None]
    are_cues = any(are_segments or one.end is not None for one in timed)
    what = "segment" if are_cues or are_segments else "turn"
    for number, piece in enumerate(pieces, start=1):
        if piece is None or piece.words is None:
            problems.append(_skipped(what, number, problems))
    said = [(number, one) for number, one in enumerate(pieces, start=1) if one and one.words]
    if not are_cues:
        return [Said(one.speaker, one.words or "", one.begin) for _, one in said]
    return [*_cues(said, problems)]


def _cues(said: Sequence[tuple[int, _Piece]], problems: list[Problem]) -> Iterator[TimedWords]:
    """The cues of numbered pieces; a service's speakers A, B and so on are `Speaker A`."""
    unit = _unit([one for _, one in said])
    prefix = "Speaker " if lettered([one.speaker for _, one in said]) else ""
    last = 0.0
    for number, one in said:
        begin = _scaled(one.begin, unit)
        if begin is None:
            message = f"segment {number} has no start time; the time before it is taken"
            problems.append(Problem("", 0, message, "", Severity.WARNING))
            begin = last
        end = _scaled(one.end, unit)
        last = begin if end is None else end
        yield TimedWords(begin, end, one.speaker and prefix + one.speaker, one.words or "")


def _scaled(value: float | None, unit: float) -> float | None:
    return None if value is None else round(value * unit, 3)


def is_words(given: Sequence[Any]) -> bool:
    """Whether a list holds single words with times, not segments."""
    listed = entries(list(given))
    timed = [one for one in listed if _begin(one) is not None]
    if not timed or len(timed) < len(given) * 0.5:
        return False
    if any("word" in one or "punctuated_word" in one for one in timed):
        return not any(isinstance(one.get("text"), str) and " " in one["text"] for one in timed)
    long = sum(len(text(first(one, _WORD)).split()) > 1 for one in timed)
    return len(timed) >= 10 and long <= len(timed) * 0.1


def words_of(given: Sequence[Any]) -> list[TimedWords]:
    """The cues of a list of single words."""
    listed = entries(list(given))
    pieces = [
        _Piece(text(first(one, _WORD)), "", _begin(one), _end(one), _whole(one)) for one in listed
    ]
    unit = _unit([piece for piece in pieces if (piece.words or "").strip()])
    words = [
        Word(
            piece.words or "",
            _scaled(piece.begin, unit),
            _scaled(piece.end, unit),
            label(first(one, _SPEAKER)),
            one.get("type") in ("punctuation", "punct"),
        )
        for one, piece in zip(listed, pieces, strict=True)
    ]
    has_blanks = any(word.text.isspace() for word in words)
    return phrases(spaced(words) if has_blanks else words)


def _piece(one: Any) -> _Piece | None:
    if isinstance(one, list) and len(one) == 2 and isinstance(one[1], str):
        return _Piece(one[1], label(one[0]), None, None, False)
    if isinstance(one, str):
        return _Piece(one, "", None, None, False)
    if not isinstance(one, dict):
        return None
    return _Piece(words_in(one), label(first(one, _SPEAKER)), _begin(one), _end(one), _whole(one))


def words_in(one: Entry) -> str | None:
    """The words of an entry; None where it has no place for any."""
    for name in _TEXT:
        written = one.get(name)
        if isinstance(written, str):
            return written
    for name in ("words", "tokens", "terms", "elements"):
        listed = entries(one.get(name))
        if listed:
            return " ".join(cue.words for cue in words_of(listed))
    return None


def _begin(one: Entry) -> float | None:
    given = first(one, _BEGIN)
    if given is None:
        return seconds(first(one, _BEGIN_MS), MILLISECONDS)
    return seconds(at(given, 0) if isinstance(given, list) else given)  # Hugging Face: [0, 3.2]


def _end(one: Entry) -> float | None:
    given = first(one, _END)
    if given is not None:
        return seconds(given)
    found = seconds(first(one, _END_MS), MILLISECONDS)
    if found is None and isinstance(one.get("timestamp"), list):
        found = seconds(at(one["timestamp"], 1))
    if found is None and (lasts := seconds(first(one, _LASTS))) is not None:
        begin = _begin(one)
        found = None if begin is None else round(begin + lasts, 3)
    return found


def _whole(one: Entry) -> bool:
    """Whether the times are whole numbers, as milliseconds are."""
    given = (first(one, _BEGIN), first(one, _END))
    return all(isinstance(value, int) and not isinstance(value, bool) for value in given)


def _unit(pieces: Sequence[_Piece]) -> float:
    """Seconds, or milliseconds where the words would last too long and all times are whole."""
    if not pieces or not all(piece.is_whole for piece in pieces):
        return 1.0
    lasting = [
        (piece.end - piece.begin) / len((piece.words or "").split() or [""])
        for piece in pieces
        if piece.begin is not None and piece.end is not None
    ]
    return MILLISECONDS if lasting and median(lasting) > _SLOWEST else 1.0


def _skipped(what: str, number: int, before: Sequence[Problem]) -> Problem:
    """An entry that cannot be read; the shapes that can are told once a file."""
    hint = "" if any(problem.hint == SHAPES for problem in before) else SHAPES
    return Problem("", 0, f"{what} {number} holds no text and is left out", hint)
