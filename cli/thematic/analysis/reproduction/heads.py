"""What the heads of printed tables say of their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thematic.analysis.reproduction.names import plain
from thematic.model.nouns import dataclass
from thematic.model.tally import Counts, Mark, Scale

CODE = frozenset(
    "code codes theme themes category categories topic topics construct dimension "
    "dictionary node nodes label sub theme subtheme subcode variable".split()
)
VALUE = frozenset(
    "value values count counts n frequency frequencies freq f number total "
    "percent percentage share rate".split()
)
TOTAL = frozenset(
    (
        *("total", "totals", "all", "overall", "sum", "whole corpus", "corpus", "all sources"),
        *("grand total", "sum total", "total all", "all groups", "all codes", "all themes"),
        *("all categories", "total codes", "total themes", "total mentions", "total codings"),
        *("total references", "total coded segments", "total occurrences", "total hits"),
        *("any code", "any theme", "gesamt", "insgesamt", "summe", "ensemble", "totale", "totaal"),
    )
)
# Of all that was read, also where only some groups are printed.
EVERYTHING = frozenset(("all", "overall", "whole corpus", "corpus", "all sources"))
SUBTOTAL = frozenset(("subtotal", "sub total", "subtotals", "zwischensumme", "sous total"))
_BASES = frozenset(("n", "total n", "base", "number", "n total"))
_COUNTS = {
    Counts.TRANSCRIPTS: "interviews files sources documents transcripts texts speeches articles",
    Counts.CASES: "cases participants respondents interviewees informants experts persons people",
    Counts.MENTIONS: "mentions occurrences matches tokens hits instances",
    Counts.SENTENCES: "sentences",
    Counts.PARAGRAPHS: "paragraphs",
    Counts.TURNS: "turns utterances answers",
    Counts.SPEAKERS: "speakers",
    Counts.WORDS: "words",
}
CODINGS = frozenset(
    (
        "codings",
        "references",
        "coded segments",
        "segments",
        "coding references",
        "quotations",
        "excerpts",
    )
)
_BY_NAME = {name: counts for counts, names in _COUNTS.items() for name in names.split()}
_SHARES = frozenset("percent percentage pct share of cent per".split())
_NUMBERS = frozenset("n f no number freq frequency frequencies count counts".split())
_SIGN = re.compile(
    r"[\s,;:_–-]*(?:[(\[]\s*(?P<inside>n|f|%|in %|percent|per cent|freq\.?|count)\s*[)\]]"
    r"|(?<![^\s,;:_–-])(?P<plain>n|f|no\.|freq\.?|count|percent|per cent)|(?P<sign>%))$",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"[\s,;:–-]*[(\[]?\s*(?<![^\W_])(?:mentions|occurrences|hits|rate|frequency|n|f)?\s*(?:per|/|je|pro|pour)"
    r"\s*(?P<per>1[., \u00a0\u202f]?000|10[., \u00a0\u202f]?000|100[., \u00a0\u202f]?000|million"
    r"|1[., ]000[., ]000|100)\s*(?:words|tokens|W[oö]rter|mots)?\s*[)\]]?$",
    re.IGNORECASE,
)
_SCALES = {
    "100": Scale.PERCENT,
    "1000": Scale.PER_1000,
    "10000": Scale.PER_10000,
    "100000": Scale.PER_100000,
    "1000000": Scale.PER_MILLION,
    "million": Scale.PER_MILLION,
}
# Of cells with two numbers: n (%), or % (n).
_BOTH = re.compile(
    r"[\s,;:–-]*(?<![^\W_])(?P<one>n|f|no\.?|freq\.?|count|%|percent|per cent)\s*[(\[/,;|]\s*"
    r"(?P<two>n|f|no\.?|freq\.?|count|%|percent|per cent)(?:\s+of\s[^()]*)?\s*[)\]]?$",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\s*[(\[]\s*n\s*=\s*[\d.,\s]+[)\]]|,?\s*\bn\s*=\s*[\d.,]+$", re.IGNORECASE)
_FILLERS = frozenset(
    "total totals n number of no all count the counted analysed analyzed in".split()
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column of numbers.

    Args:
        name: of its group; "" where it says only what is counted.
        counts: what it says that it counts.
        mark: whether it says that these are numbers or shares.
        beside: the same of the second number of each cell, in brackets.
        scale: of how many words it says that they are counted.
        is_base: it says that its numbers are of all there are.
    """

    name: str
    counts: Counts | None = None
    mark: Mark | None = None
    beside: Mark | None = None
    scale: Scale | None = None
    is_base: bool = False


def head_of(parts: Sequence[str], unit: Counts) -> Head:
    """What the heads above one column say, from the uppermost down: `Con 1992`, `n (%)`."""
    names: list[str] = []
    counts, mark, beside, scale = None, None, None, None
    for part in parts:
        bare = _OF_ALL.sub("", part).strip()
        if (rate := _RATE.search(bare)) and (found := _scale(rate["per"])):
            bare, scale = bare[: rate.start()].strip(), found
        if both := _BOTH.search(bare):
            mark, beside = _mark(both["one"]), _mark(both["two"])
            bare = bare[: both.start()].strip()
        if said := measure_said(bare, unit):
            counts, mark = said
            continue
        sign = _SIGN.search(bare)
        if sign and bare[: sign.start()].strip():
            mark = _mark(sign["inside"] or sign["plain"] or sign["sign"])
            bare = bare[: sign.start()].strip()
        if bare:
            names.append(bare)
    return Head(" ".join(names), counts, mark, beside, scale)


def _scale(per: str) -> Scale | None:
    return _SCALES.get(re.sub(r"[^\da-z]", "", per.casefold()))


def _mark(sign: str) -> Mark:
    words = plain(sign).split()
    return Mark.SHARE if "%" in sign or _SHARES & set(words) else Mark.NUMBER


def measure_said(head: str, unit: Counts) -> tuple[Counts | None, Mark] | None:
    """What a head counts that says nothing else: `n`, `Interviews (n)`, `% of sentences`."""
    words = [word for word in plain(head).split() if word != "the"]
    share = "%" in head or bool(_SHARES & set(words))
    rest = [word for word in words if word not in (_SHARES | _NUMBERS)]
    mark = Mark.SHARE if share else Mark.NUMBER
    if not rest:
        return (None, mark) if words or share else None
    found = counts_named(" ".join(rest), unit)
    if found is Counts.WORDS and share:  # its base; what is counted is for the reader to say
        return None, mark
    return (found, mark) if found else None


def counts_named(name: str, unit: Counts) -> Counts | None:
    """What a word such as `interviews` counts; codings are counted in the study's unit."""
    words = plain(name)
    if words in CODINGS:
        return unit
    return _BY_NAME.get(words) or _BY_NAME.get(f"{words}s")


def base_named(name: str, unit: Counts) -> tuple[bool, Counts | None]:
    """Whether a row says how many there are in all, and of what: `Total words`, `N`."""
    words = [word for word in plain(name).split() if word not in _FILLERS]
    if not words:
        return plain(name) in _BASES, None
    if words == ["tokens"]:
        return True, Counts.WORDS
    found = counts_named(" ".join(words), unit)
    return found is not None, found
