"""Which words have the shape of a name, and which never are one."""

from __future__ import annotations

import re
from functools import lru_cache

from thematic.model.patterns import expression
from thematic.readers.speakers.vocabulary import COUNTED, NOISE, PARTICLES, STOP, TITLES

_REMEMBERED = 65_536  # names; real files have a dozen, hostile ones thousands
_MOST_WORDS = 7
_WORD = expression(r"[^\W_](?:[\w.'’‘`ʼ/&-]*[\w.'’)])?(?:#\d{1,4})?")
_NUMBER = expression(r"#\d{1,4}")
_COUNTED = expression(r"[ _#-]{0,2}\d{1,5}[a-z]?\Z")
_LAST_STOP = expression(r"(?:[^\W\d_]\.)+|(?:jr|sr|esq|ph\.?d|m\.?d|st)\.?", re.IGNORECASE)
_TITLED = expression(rf"(?i:{'|'.join(sorted(TITLES))})\.?\s+\S")
_TAIL = expression(r"(?<=\S)[ \u00a0]?[(\[][^()\[\]\n]{1,40}[)\]]\Z")


@lru_cache(maxsize=_REMEMBERED)
def is_stop(key: str) -> bool:
    """Whether a key is a word that opens a sentence, a step or a note, not a name."""
    plain = _COUNTED.sub("", key).rstrip(".")
    if key in STOP or plain in COUNTED or key.startswith("by ") or plain in STOP:
        return True
    return key.endswith((" note", " comment")) and "'" in key


def is_noise(key: str) -> bool:
    """Whether a bracket holds a note such as [laughter] or [inaudible 00:12]."""
    words = [word.strip(".,;!?") for word in key.split()]
    known = all(word in NOISE or word in PARTICLES for word in words)
    return known and (not words or not NOISE.isdisjoint(words))


@lru_cache(maxsize=_REMEMBERED)
def is_titled(name: str) -> bool:
    """Whether the name begins with a title such as Ms. or General."""
    return _TITLED.match(name) is not None


def is_loud(name: str) -> bool:
    """Two words or more in capitals and without a title: `ANNA LEE`, but also `USAID DART`."""
    return name.isupper() and " " in name and not is_titled(name)


@lru_cache(maxsize=_REMEMBERED)
def is_name_shaped(name: str) -> bool:
    """Every word begins with a capital, a digit or a caseless letter, or is a particle.

    A full stop ends titles, initials and degrees only: `So. The Taliban` is no name. What a
    bracket at the end tells of the person (`Ali Khan (analyst)`) may be written anyhow.
    """
    words = _TAIL.sub("", name).split()
    if not 1 <= len(words) <= _MOST_WORDS:
        return False
    bare = [word.strip("()\"“”'‘’,") for word in words]
    return any(map(_is_capital, bare)) and all(map(_is_name_word, bare))


def is_lower_shaped(name: str, most: int = 2) -> bool:
    """A label someone typed without capitals: at most `most` plain words, or an ID."""
    words = name.split()
    return 1 <= len(words) <= most and all(_WORD.fullmatch(word) for word in words)


def _is_name_word(word: str) -> bool:
    if word in ("", "&", "-", "/") or _NUMBER.fullmatch(word):
        return True
    if not _WORD.fullmatch(word):
        return False
    if word.endswith(".") and not _may_end_in_stop(word):
        return False
    return _is_capital(word) or word.rstrip(".") in PARTICLES


def _may_end_in_stop(word: str) -> bool:
    return word[:-1].capitalize() in TITLES or _LAST_STOP.fullmatch(word) is not None


def _is_capital(word: str) -> bool:
    """Begins with no small letter, or has a capital later: al-Rashid, d'Arcy, eMarketer."""
    return bool(word) and (not word[0].islower() or any(sign.isupper() for sign in word[1:]))
