"""Speakers as captioners mark them: `>>`, a dash, a name in brackets on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thematic.model.labels import key_of
from thematic.readers.speakers.building import TimedWords
from thematic.readers.speakers.names import is_name_shaped, is_noise, is_stop

_CHANGE = re.compile(r"(?:^|(?<=\s))>{2,3}[ \t\u00a0]*", re.MULTILINE)
_DASHED = re.compile(r"^[-–—][ \t\u00a0]*", re.MULTILINE)
_NAME = re.compile(r"([^\s:][^:\n]{0,40})[:：](?:[ \t]+|\n|$)")
_MOST_NAME_WORDS = 4
_TITLE = re.compile(r"^[(\[]([^()\[\]\n:]{2,40})[)\]]$", re.MULTILINE)
_DASH = re.compile(r"(?:^|\n)[-–—](?=\n|\Z)")
_MOST_TITLED = 0.5  # share of the cues that must begin with such a name


def with_changes(cues: Sequence[TimedWords]) -> list[TimedWords]:
    """The cues cut where a mark says that another person speaks; the marks are dropped.

    The mark is `>>`, or a dash where two names stand behind one: `- Anna: Hello.` One `>>`
    alone in a file, without a name behind it, is left as it is.
    """
    found = list(cues)
    for mark, signs, is_enough in (
        (_CHANGE, (">>",), _many_or_named),
        (_DASHED, "-–—", _twice_named),
    ):
        some = [cue.words for cue in found if any(sign in cue.words for sign in signs)]
        marked = [part for words in some for part in mark.split(words)[1:]]
        if is_enough(marked):
            found = [piece for cue in found for piece in _cut(cue, mark)]
    return found


def _many_or_named(marked: Sequence[str]) -> bool:
    return len(marked) >= 2 or any(map(_name_before_colon, marked))


def _twice_named(marked: Sequence[str]) -> bool:
    return sum(_name_before_colon(words) is not None for words in marked) >= 2


def _name_before_colon(words: str) -> re.Match[str] | None:
    found = _NAME.match(words)
    if found and _is_name(found[1]) and len(found[1].split()) <= _MOST_NAME_WORDS:
        return found
    return None


def _is_name(name: str) -> bool:
    key = key_of(name)
    return is_name_shaped(name) and not is_noise(key) and not is_stop(key)


def _cut(cue: TimedWords, mark: re.Pattern[str]) -> Iterator[TimedWords]:
    first, *others = mark.split(cue.words)
    if first.strip() or not others:
        yield replace(cue, words=first.strip())
    for words in others:
        named = _name_before_colon(words)
        speaker, start = (named[1].strip(), named.end()) if named else ("", 0)
        if words[start:].strip():
            yield replace(cue, speaker=speaker, words=words[start:].strip(), opens=True)


def with_titles(cues: Sequence[TimedWords]) -> list[TimedWords]:
    """The cues with speakers from lines such as `(Anna Lee)`, where most begin with one.

    A dash alone on a line, which parts two speakers in one cue, is dropped. As given where
    there are no such lines, or too few.
    """
    spoken = [cue for cue in cues if cue.words]
    titled = sum(_begins_with_title(cue.words) for cue in spoken)
    if titled < 2 or titled < _MOST_TITLED * len(spoken):
        return list(cues)
    return [piece for cue in spoken for piece in _titled(cue)]


def _begins_with_title(words: str) -> bool:
    found = _TITLE.match(words)
    return found is not None and found.end() < len(words) and _is_name(found[1])


def _titled(cue: TimedWords) -> Iterator[TimedWords]:
    position, speaker = 0, cue.speaker
    for found in _TITLE.finditer(cue.words):
        if not _is_name(found[1]):
            continue
        yield from _piece(cue, speaker, position, found.start())
        position, speaker = found.end(), found[1].strip()
    yield from _piece(cue, speaker, position, len(cue.words))


def _piece(cue: TimedWords, speaker: str, start: int, end: int) -> Iterator[TimedWords]:
    words = _DASH.sub("", cue.words[start:end]).strip()
    if words:
        yield replace(cue, speaker=speaker, words=words)
