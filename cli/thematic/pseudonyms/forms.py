"""In which forms a name is looked for: whole, in parts, with initials, in another order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from thematic.model.nouns import dataclass
from thematic.model.pseudonyms import PERSON, Named

WITHOUT_BLANKS = "\u2e80"  # from here on Chinese, Japanese and Korean signs
_SHORTEST = 3  # letters of a part that is looked for alone, in ASCII; one less elsewhere
TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame lady lord rev reverend father sister brother "
    "herr frau fräulein mme mlle monsieur madame m señor señora sr sra don doña signor signora "
    "sheikh shaykh mullah maulana mawlawi qari haji imam ustad captain colonel general major "
    "sergeant judge senator president minister ambassador".split()
)
_PARTICLES = frozenset(
    "da das de del della den der di do dos du el al bin bint ibn ben abu abd la las le les lo los "
    "mac mc san st ten ter van vom von zu zum zur und and of the y e ul ur".split()
)
# Words of every sentence: as a part of a name they are replaced within sentences only.
EVERYDAY = frozenset(
    "will may can so do in on an as at to he she we you they it is no yes now then why how are am "
    "ist er sie wir ihr so da ja nein am man".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’ʼ.][^\W\d_]+)*")
_SIGNS = {ord(sign): "'" for sign in "’ʼ‘`"} | {ord(sign): "-" for sign in "‐‑"}


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a name.

    Args:
        words: its words, as `plain` gives them.
        cased: whether it counts with a capital only, for it is one word and may be another.
        comma: whether a comma may stand in it, as in `Schmidt, Anna`.
    """

    words: tuple[str, ...]
    cased: bool
    comma: bool = False


def plain(text: str) -> str:
    """A text as names are compared: case, kinds of apostrophes and hyphens make no difference."""
    return unicodedata.normalize("NFC", text).casefold().translate(_SIGNS)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared, hyphens and apostrophes parting them."""
    return tuple(re.findall(r"[^\W_]+", plain(text)))


def parts_of_name(name: str) -> list[str]:
    """The words of a person's name without titles and initials."""
    found = [match.group().strip(".") for match in _WORD.finditer(name)]
    return [one for one in found if plain(one) not in TITLES and len(one) > 1]


def forms(named: Named) -> Iterator[Form]:
    """The forms of a name that are nobody else's; single parts come from `single_parts`."""
    for written in (named.name, *named.variants):
        words = words_of(written)
        if words:
            yield Form(words, cased=len(words) == 1)
    if named.kind != PERSON:
        return
    parts = parts_of_name(named.name)
    if len(parts) < 2:
        return
    first, last = parts[0], parts[-1]
    yield Form(words_of(" ".join(parts)), cased=False)
    turned = (*words_of(last), *words_of(" ".join(parts[:-1])))
    yield Form(turned, cased=False, comma=True)
    yield Form((*words_of(first), *words_of(last)), cased=False)
    initials = tuple(plain(one[0]) for one in parts[:-1])
    yield Form((initials[0], *words_of(last)), cased=True)
    yield Form((*initials, *words_of(last)), cased=True)


def single_parts(named: Named) -> Iterator[str]:
    """The parts of a person's name that are looked for alone, as they are compared."""
    if named.kind != PERSON:
        return
    parts = parts_of_name(named.name)
    pieces = [piece for part in parts for piece in (part, *re.split("[-‐‑]", part))]
    for part in dict.fromkeys(pieces):
        bare = plain(part)
        shortest = _SHORTEST if bare.isascii() else _SHORTEST - 1
        if len(part) >= shortest and bare not in _PARTICLES:
            yield bare
