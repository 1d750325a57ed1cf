"""Shapes whose `results` are a list: Google, Speechmatics, IBM Watson.

Each function gives the cues of its shape, or None where the JSON has another.
"""

from __future__ import annotations

from collections.abc import Iterator

from thematic.readers.formats.speech.fields import Entry, at, entries, first, label, seconds, text
from thematic.readers.formats.speech.services import Cues, in_order
from thematic.readers.formats.speech.words import Word, phrases
from thematic.readers.speakers.building import TimedWords

_NOBODY = (0, "0", "UU", "")  # what Google and Speechmatics write where they do not know
_MARKS = ("punctuation", "punct")


def google(data: Entry) -> Cues:
    """Google: `results` with `alternatives`, the first of which has words or a transcript.

    Where speakers are told apart, the last result repeats all words, and only there they
    have a speaker.
    """
    results = entries(data.get("results"))
    best = [at(one, "alternatives", 0) for one in results]
    if not any(isinstance(one, dict) and {"words", "transcript"} & one.keys() for one in best):
        return None
    words = [entries(at(one, "words")) for one in best]
    if len(words) > 1 and _speaks(words[-1]) and not any(map(_speaks, words[:-1])):
        return phrases(map(_google_word, words[-1]))
    found: list[TimedWords] = []
    begin = 0.0
    for one, spoken, alternative in zip(results, words, best, strict=True):
        end = seconds(first(one, ("resultEndTime", "resultEndOffset")))
        if spoken:
            found += phrases(map(_google_word, spoken))
        else:
            channel = label(one.get("channelTag")).replace("Speaker", "Channel")
            found.append(TimedWords(begin, end, channel, text(at(alternative, "transcript"))))
        begin = end if end is not None else begin
    return in_order(found)


def _google_word(one: Entry) -> Word:
    given = first(one, ("speakerLabel", "speakerTag"))
    return Word(
        text(one.get("word")),
        seconds(first(one, ("startTime", "startOffset"))),
        seconds(first(one, ("endTime", "endOffset"))),
        "" if given in _NOBODY else label(given),
    )


def _speaks(words: list[Entry]) -> bool:
    return any(_google_word(one).speaker for one in words)


def speechmatics(data: Entry) -> Cues:
    """Speechmatics: `results` of words and marks, each with its own alternatives."""
    results = entries(data.get("results"))
    if not any(one.get("type") in ("word", *_MARKS) for one in results):
        return None
    return phrases(
        Word(
            text(at(one, "alternatives", 0, "content")),
            None if one.get("type") in _MARKS else seconds(one.get("start_time")),
            seconds(one.get("end_time")),
            _who(at(one, "alternatives", 0, "speaker")),
            one.get("type") in _MARKS,
        )
        for one in results
    )


def _who(given: object) -> str:
    return "" if given in _NOBODY else label(given)


def watson(data: Entry) -> Cues:
    """IBM Watson: `timestamps` such as `["hello", 0.5, 0.9]`, and `speaker_labels` by time."""
    results = entries(data.get("results"))
    if not any(at(one, "alternatives", 0, "timestamps") for one in results):
        return None
    speakers = {
        seconds(one.get("from")): label(one.get("speaker"))
        for one in entries(data.get("speaker_labels"))
    }
    return phrases(_watson_words(results, speakers))


def _watson_words(results: list[Entry], speakers: dict[float | None, str]) -> Iterator[Word]:
    for one in results:
        for stamp in at(one, "alternatives", 0, "timestamps") or ():
            begin = seconds(at(stamp, 1))
            yield Word(text(at(stamp, 0)), begin, seconds(at(stamp, 2)), speakers.get(begin, ""))
