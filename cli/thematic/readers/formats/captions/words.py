"""What stands in a cue as plain words, one piece for each voice."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from thematic.readers.formats.captions.blocks import RawCue
from thematic.readers.formats.decoding import newlines
from thematic.readers.speakers.building import TimedWords, clean_label

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,200})?(?:[ \t]+([^<>\n]{0,200}))?>")
_KNOWN = frozenset("c i b u v s em strong ruby rt lang font span".split())
_TAG = re.compile(r"</?([A-Za-z][\w:-]{0,30})?(?:\.[^\s<>]{0,200})?(?:\s[^<>]{0,300})?/?>")
_END_TAG = re.compile(r"</([A-Za-z][\w:-]{0,30})>")
_LINE_END = re.compile(r"<br[ ]?/?>|\[br\]", re.IGNORECASE)
WORD_STAMP = re.compile(r"<[ \t]*[A-Za-z]?\d{0,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?[ \t]*>")
_OVERRIDE = re.compile(r"\{\\[A-Za-z][^{}\n]{0,60}\}")  # {\an8}, of SubStation Alpha
_UNCLOSED = re.compile(
    rf"<(?:/?(?:{'|'.join(sorted(_KNOWN))})(?:[.\s][^<>]*)?|\d{{1,3}}:\d\d[^<>]*)(?:<|\Z)"
)


def pieces(cue: RawCue) -> Sequence[TimedWords]:
    """One piece per voice: a cue with two voices is two.

    A voice without a name is somebody else than the voice before, and nobody knows who.
    """
    payload = cue.payload[0] if len(cue.payload) == 1 else "\n".join(cue.payload)
    speaker = clean_label(cue.name)
    if "<v" in payload:
        return list(_voices(cue, payload, speaker))
    return (TimedWords(cue.begin, cue.end, speaker, plain(payload), "", False, cue.line),)


def _voices(cue: RawCue, payload: str, speaker: str) -> Iterator[TimedWords]:
    position, opens = 0, False
    for voice in _VOICE.finditer(payload):
        before = plain(payload[position : voice.start()]) if voice.start() > position else ""
        if before:
            yield TimedWords(cue.begin, cue.end, speaker, before, "", opens, cue.line)
        speaker, position = clean_label(html.unescape(voice[1] or "")), voice.end()
        opens = not speaker
    words = plain(payload[position:])
    yield TimedWords(cue.begin, cue.end, speaker, words, "", opens, cue.line)


def plain(payload: str) -> str:
    """Cue text without tags, with entities decoded; lines trimmed, empty ones dropped.

    Tags are those of WebVTT and SubRip, and others that are opened and closed; `<laughs>`
    is none, and what looks like none is kept.
    """
    if "<" in payload:
        payload = WORD_STAMP.sub("", _LINE_END.sub("\n", payload))
        known = _KNOWN | {name.casefold() for name in _END_TAG.findall(payload)}
        payload = _TAG.sub(lambda tag: "" if _is_tag(tag, known) else tag[0], payload)
    elif "[" in payload:
        payload = _LINE_END.sub("\n", payload)
    if "{" in payload:
        payload = _OVERRIDE.sub("", payload)
    text = newlines(html.unescape(payload))
    if "\n" not in text:
        return text.strip()
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _is_tag(tag: re.Match[str], known: frozenset[str]) -> bool:
    return tag[1].casefold() in known if tag[1] else tag[0] == "</>"


def has_unclosed_tag(cue: RawCue) -> bool:
    """Whether a tag such as `<v Anna` lacks its end, so that players hide words."""
    payload = "\n".join(cue.payload)
    return "<" in payload and _UNCLOSED.search(payload) is not None
