"""Where names and identifiers stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from thematic.model.pseudonyms import KEEP, Found, Named, Origin
from thematic.model.transcript import Span
from thematic.pseudonyms.forms import (
    EVERYDAY,
    WITHOUT_BLANKS,
    Form,
    forms,
    plain,
    single_parts,
)
from thematic.pseudonyms.identifiers import identifiers
from thematic.pseudonyms.register import Register

_TOKEN = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_BETWEEN = re.compile(r"(?:['’ʼ‘`‐‑-]|[^\S\n]*\n?[^\S\n]*)")
_INITIAL = re.compile(r"\.[^\S\n]*\n?[^\S\n]*")
_COMMA = re.compile(r",[^\S\n]*\n?[^\S\n]*")
_ENDS_SENTENCE = re.compile(r"(?:^|[.?!…:\n])[\s\"'“”‘’„«»(\[–—-]*\Z")
_FEW_CAPITALS = 0.004  # share of letters: in such a text nobody wrote names with capitals
_LETTERS_LOOKED_AT = 200


class Finder:
    """Finds the names of a register and direct identifiers.

    Args:
        register: complete but for identifiers, which are added as they are met.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._first: dict[str, list[tuple[Form, Named]]] = {}
        self._unbroken: dict[str, Named] = {}
        shared = register.shared()
        for named in register.names:
            if not named.only_labels and named.origin is not Origin.PATTERN:
                self._take(named, forms(named))
        taken = {form.words for held in self._first.values() for form, _ in held}
        for named in register.names:
            if named.only_labels or named.origin is Origin.SHARED:
                continue
            for part in single_parts(named):
                words = tuple(one.group() for one in _TOKEN.finditer(part))
                if words not in taken:
                    self._take(shared.get(part, named), [Form(words, cased=True)])
        for held in self._first.values():
            held.sort(key=lambda one: -len(one[0].words))

    def _take(self, named: Named, known: Iterable[Form]) -> None:
        for form in known:
            if max("".join(form.words), default="") >= WITHOUT_BLANKS:
                self._unbroken.setdefault("".join(form.words), named)
                continue
            held = self._first.setdefault(form.words[0], [])
            if form not in (one for one, _ in held):
                held.append((form, named))

    def labels(self) -> Mapping[str, Named]:
        """Labels that are replaced as labels only, by how they are compared."""
        return {plain(one.name): one for one in self._register.names if one.only_labels}

    def find(self, text: str, *, any_case: bool = False) -> list[Found]:
        """All places, in order, none overlapping; names that stay are left out.

        Args:
            text: a stretch of talk, a label or a value.
            any_case: a single part of a name also counts in small letters: in labels, and in
                transcripts that have hardly any capitals.
        """
        taken = [
            Found(span, self._register.of_kind(text[span.start : span.end], kind, Origin.PATTERN))
            for span, kind in identifiers(text)
        ]
        taken += list(self._without_blanks(text))
        held = [one.span for one in taken]
        for one in self._in_words(text, loose=any_case):
            if not any(one.span.overlaps(span) for span in held):
                taken.append(one)
        taken.sort(key=lambda one: one.span)
        return [one for one in taken if one.named.kind != KEEP]

    def _in_words(self, text: str, *, loose: bool) -> Iterator[Found]:
        tokens = list(_TOKEN.finditer(text))
        at = 0
        while at < len(tokens):
            found = self._at(text, tokens, at, loose=loose)
            if found is None:
                at += 1
                continue
            yield found
            while at < len(tokens) and tokens[at].start() < found.span.end:
                at += 1

    def _at(
        self, text: str, tokens: Sequence[re.Match[str]], at: int, *, loose: bool
    ) -> Found | None:
        bare = plain(tokens[at].group())
        heads = [bare, bare[:-1]] if bare.endswith("s") else [bare]
        for head in heads:
            for form, named in self._first.get(head, ()):
                end = _matched(text, tokens, at, form)
                start = tokens[at].start()
                if end and (not form.cased or loose or _is_cased(text, start, form)):
                    return Found(Span(start, end), named)
        return None

    def _without_blanks(self, text: str) -> Iterator[Found]:
        if not self._unbroken:
            return
        longest = sorted(self._unbroken, key=lambda one: (-len(one), one))
        for match in re.finditer("|".join(map(re.escape, longest)), text):
            yield Found(Span(*match.span()), self._unbroken[match.group()])


def _matched(text: str, tokens: Sequence[re.Match[str]], at: int, form: Form) -> int:
    """Where a form ends that begins at a token; 0 where it does not stand there.

    The ending of a genitive or plural is not a part of the name.
    """
    last = len(form.words) - 1
    for number, word in enumerate(form.words):
        place = at + number
        if place >= len(tokens):
            return 0
        token = tokens[place]
        if number and not _joins(text, tokens[place - 1], token, form):
            return 0
        said = plain(token.group())
        if said == word:
            continue
        if number == last and len(word) > 2 and said == f"{word}s":
            return token.end() - 1
        return 0
    return tokens[at + last].end()


def _joins(text: str, one: re.Match[str], other: re.Match[str], form: Form) -> bool:
    """Whether two words may be of one name: no end of a sentence or paragraph is between."""
    start, end = one.end(), other.start()
    if _BETWEEN.fullmatch(text, start, end):
        return True
    initial = len(one.group()) == 1 and _INITIAL.fullmatch(text, start, end)
    return bool(initial or (form.comma and _COMMA.fullmatch(text, start, end)))


def _is_cased(text: str, start: int, form: Form) -> bool:
    """Whether a single word stands with a capital, and not only for it begins a sentence."""
    first = unicodedata.normalize("NFC", text[start : start + 2])[:1]
    if first.lower() != first.upper() and not first.isupper():
        return False
    everyday = len(form.words) == 1 and form.words[0] in EVERYDAY
    return not (everyday and begins_sentence(text, start))


def begins_sentence(text: str, start: int) -> bool:
    """Whether a place is the first of a sentence, as far as signs tell."""
    return _ENDS_SENTENCE.search(text[max(0, start - 12) : start]) is not None


def has_no_capitals(text: str) -> bool:
    """Whether a text is long and has hardly any capitals, as some recognisers of speech give."""
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) < _LETTERS_LOOKED_AT:
        return False
    return sum(sign.isupper() for sign in letters) <= len(letters) * _FEW_CAPITALS
