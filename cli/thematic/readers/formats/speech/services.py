"""Shapes that one speech-recognition service or program writes.

Each function gives the cues of its shape, or None where the JSON has another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thematic.readers.formats.speech.fields import (
    MILLISECONDS,
    TICKS,
    Entry,
    at,
    entries,
    first,
    label,
    seconds,
    text,
)
from thematic.readers.formats.speech.words import Word, phrases, spaced
from thematic.readers.speakers.building import TimedWords

Cues = list[TimedWords] | None


def whisper_cpp(data: Entry) -> Cues:
    """whisper.cpp: `transcription` with `offsets` in milliseconds."""
    segments = entries(data.get("transcription"))
    if not any("offsets" in one or "timestamps" in one for one in segments):
        return None
    return in_order(
        TimedWords(
            _first_of(
                seconds(at(one, "offsets", "from"), MILLISECONDS),
                seconds(at(one, "timestamps", "from")),
            ),
            seconds(at(one, "offsets", "to"), MILLISECONDS),
            label(one.get("speaker")),
            text(one.get("text")),
        )
        for one in segments
    )


def aws(data: Entry) -> Cues:
    """Amazon Transcribe: `results` with `audio_segments`, or single `items`."""
    results = data.get("results")
    if not isinstance(results, dict) or not {"items", "audio_segments"} & results.keys():
        return None
    segments = entries(results.get("audio_segments"))
    if segments:
        return in_order(
            TimedWords(
                seconds(one.get("start_time")) or 0.0,
                seconds(one.get("end_time")),
                label(first(one, ("speaker_label", "channel_label"))),
                text(one.get("transcript")),
            )
            for one in segments
        )
    channels = entries(at(results, "channel_labels", "channels"))
    if channels:
        found = [
            cue
            for one in channels
            for cue in phrases(_aws_words(entries(one.get("items")), {}, one.get("channel_label")))
        ]
        return in_order(found)
    spoken = {
        item.get("start_time"): item.get("speaker_label")
        for one in entries(at(results, "speaker_labels", "segments"))
        for item in entries(one.get("items"))
        if isinstance(item.get("start_time"), str | int | float)
    }
    return phrases(_aws_words(entries(results.get("items")), spoken, None))


def _aws_words(items: list[Entry], spoken: dict[object, object], channel: object) -> Iterator[Word]:
    for item in items:
        begin = item.get("start_time")
        known = spoken.get(begin) if isinstance(begin, str | int | float) else None
        yield Word(
            text(at(item, "alternatives", 0, "content")),
            seconds(begin),
            seconds(item.get("end_time")),
            label(first(item, ("speaker_label",)) or known or channel),
            item.get("type") == "punctuation",
        )


def deepgram(data: Entry) -> Cues:
    """Deepgram: `results` with `utterances`, or `channels` with paragraphs or words."""
    results = data.get("results")
    if not isinstance(results, dict) or not {"channels", "utterances"} & results.keys():
        return None
    channels = entries(results.get("channels"))
    several = len(channels) > 1
    utterances = entries(results.get("utterances"))
    if utterances:
        return in_order(
            TimedWords(
                seconds(one.get("start")) or 0.0,
                seconds(one.get("end")),
                _channel(one.get("channel"), one.get("speaker"), several),
                text(one.get("transcript")),
            )
            for one in utterances
        )
    found: list[TimedWords] = []
    for number, channel in enumerate(channels):
        found += _deepgram_channel(at(channel, "alternatives", 0), number, several)
    return in_order(found)


def _deepgram_channel(best: object, number: int, several: bool) -> list[TimedWords]:
    paragraphs = entries(at(best, "paragraphs", "paragraphs"))
    if paragraphs:
        return [
            TimedWords(
                seconds(sentence.get("start")) or 0.0,
                seconds(sentence.get("end")),
                _channel(number, one.get("speaker"), several),
                text(sentence.get("text")),
            )
            for one in paragraphs
            for sentence in entries(one.get("sentences"))
        ]
    words = [
        Word(
            text(first(one, ("punctuated_word", "word"))),
            seconds(one.get("start")),
            seconds(one.get("end")),
            _channel(number, one.get("speaker"), several),
        )
        for one in entries(at(best, "words"))
    ]
    if words:
        return phrases(words)
    return [TimedWords(0.0, None, _channel(number, None, several), text(at(best, "transcript")))]


def _channel(number: object, speaker: object, several: bool) -> str:
    """The speaker; where each channel is one person's and nobody is told apart, the channel."""
    if several and isinstance(number, int):
        return f"Channel {number} {label(speaker)}".strip()
    return label(speaker)


def rev(data: Entry) -> Cues:
    """Rev AI: `monologues` of `elements`, punctuation and often blanks among them."""
    monologues = entries(data.get("monologues"))
    if not any("elements" in one for one in monologues):
        return None
    names = {
        one.get("id"): one.get("name")
        for one in entries(data.get("speakers"))
        if isinstance(one.get("id"), str | int)
    }
    found: list[TimedWords] = []
    for one in monologues:
        given = one.get("speaker")
        known = names.get(given) if isinstance(given, str | int) else None
        speaker = label(known if known is not None else given)
        words = [
            Word(
                text(part.get("value")),
                seconds(part.get("ts")),
                seconds(part.get("end_ts")),
                speaker,
                part.get("type") == "punct",
            )
            for part in entries(one.get("elements"))
        ]
        has_blanks = any(word.text.isspace() for word in words)
        found += phrases(spaced(words) if has_blanks else words)
    return found


def elevenlabs(data: Entry) -> Cues:
    """ElevenLabs: `words` with the blanks between them."""
    words = entries(data.get("words"))
    if not any(one.get("type") == "spacing" for one in words):
        return None
    return phrases(
        spaced(
            Word(
                text(one.get("text")),
                seconds(one.get("start")),
                seconds(one.get("end")),
                label(one.get("speaker_id")),
            )
            for one in words
        )
    )


def youtube(data: Entry) -> Cues:
    """YouTube's json3: `events` with `segs`; those that only begin a line are no words."""
    events = entries(data.get("events"))
    if not any("segs" in one for one in events):
        return None
    found: list[TimedWords] = []
    for one in events:
        begin = seconds(one.get("tStartMs"), MILLISECONDS) or 0.0
        lasts = seconds(one.get("dDurationMs"), MILLISECONDS)
        words = "".join(text(part.get("utf8")) for part in entries(one.get("segs")))
        end = None if lasts is None else round(begin + lasts, 3)
        found.append(TimedWords(begin, end, "", words))
    return found


def azure(data: Entry) -> Cues:
    """Azure: `recognizedPhrases` of a batch, or `phrases` of a fast transcription."""
    given = entries(data.get("recognizedPhrases")) or entries(data.get("phrases"))
    if not any(
        {"offsetInTicks", "offsetMilliseconds", "offset", "nBest"} & one.keys() for one in given
    ):
        return None
    several = len({str(one.get("channel")) for one in given}) > 1
    return in_order(_azure_phrase(one, several) for one in given)


def _azure_phrase(one: Entry, several: bool) -> TimedWords:
    begin, lasts = (
        _first_of(
            seconds(one.get(f"{name}InTicks"), TICKS),
            seconds(one.get(f"{name}Milliseconds"), MILLISECONDS),
            seconds(one.get(name)),
        )
        for name in ("offset", "duration")
    )
    best = at(one, "nBest", 0)
    words = text(one.get("text")) or text(at(best, "display")) or text(at(best, "lexical"))
    speaker = _channel(one.get("channel"), one.get("speaker"), several)
    return TimedWords(begin, round(begin + lasts, 3), speaker, words)


def _first_of(*values: float | None) -> float:
    return next((value for value in values if value is not None), 0.0)


def in_order(cues: Iterable[TimedWords]) -> list[TimedWords]:
    """The cues by when they begin: channels are written one after the other."""
    return sorted(cues, key=lambda cue: cue.begin)
