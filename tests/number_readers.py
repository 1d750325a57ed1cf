"""How the numbers of codes are read from what commands write: rows of data, drawn tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from counted_study import CODES, KINDS, Key, Lines, Row

Seen = Iterator[tuple[Key, int]]
Column = str | Callable[[Row], int]
Counts = Callable[[Iterable[Row]], Seen]
NAMES = {code.rpartition("/")[2]: code for code in CODES}
CODES_AS_DRAWN = NAMES | {code: code for code in CODES}


def read(column: Column, row: Row) -> int:
    return int(row[column] or 0) if isinstance(column, str) else column(row)


def each(**columns: Column) -> Counts:
    """A number of a code in every row of it."""

    def seen(rows: Iterable[Row]) -> Seen:
        for row in rows:
            for measure, column in columns.items():
                yield (measure, row["code"], row["kind"]), read(column, row)

    return seen


def total(**columns: Column) -> Counts:
    """Numbers that sum up to that of a code over its rows."""

    def seen(rows: Iterable[Row]) -> Seen:
        sums: Counter[Key] = Counter()
        for row in rows:
            for measure, column in columns.items():
                sums[measure, row["code"], row["kind"]] += read(column, row)
        yield from sums.items()

    return seen


def different(**columns: Sequence[str]) -> Counts:
    """How many different values stand in columns over the rows of a code."""

    def seen(rows: Iterable[Row]) -> Seen:
        values: defaultdict[Key, set[tuple[Any, ...]]] = defaultdict(set)
        for row in rows:
            for measure, names in columns.items():
                values[measure, row["code"], row["kind"]].add(tuple(row[name] for name in names))
        for key, found in values.items():
            yield key, len(found)

    return seen


def both(*readers: Counts) -> Counts:
    def seen(rows: Iterable[Row]) -> Seen:
        kept = list(rows)
        for reader in readers:
            yield from reader(kept)

    return seen


def matrix(measure: str, at_least_one: str = "") -> Counts:
    """Codes in columns, a row for each case or transcript."""

    def seen(rows: Iterable[Row]) -> Seen:
        long = [
            {"code": code, "kind": row["kind"], "n": row[code]}
            for row in rows
            for code in CODES
            if code in row
        ]
        yield from total(**{measure: "n"})(long)
        if at_least_one:
            yield from total(**{at_least_one: lambda row: int(row["n"] > 0)})(long)

    return seen


def pairs(rows: Iterable[Row]) -> Seen:
    for row in rows:
        for one in "12":
            yield ("units", row[f"code_{one}"], row["kind"]), row[f"n{one}"]
            yield ("persons", row[f"code_{one}"], row["kind"]), row[f"cases_{one}"]


def compared(rows: Iterable[Row]) -> Seen:
    columns = {"units": "units", "persons": "cases", "transcripts": "transcripts"}
    for row in rows:
        for side in "ab":
            for measure, column in columns.items():
                yield (measure, row["code"], row[f"group_{side}"]), row[f"{column}_{side}"]


def varied(rows: Iterable[Row]) -> Seen:
    for row in rows:
        if row["variant"] == "as coded":
            yield (row["measure"], row["code"], row["kind"]), row["count"]


def is_there(column: str) -> Column:
    return lambda row: int(row[column] > 0)


def spans(row: Row) -> int:
    return len(row["spans"].split("; "))


def variant(basis: str) -> Counts:
    def seen(rows: Iterable[Row]) -> Seen:
        for row in rows:
            if row["variant"] == basis and row["measure"] in ("units", "persons", "transcripts"):
                yield (row["measure"], row["code"], row["kind"]), row["count"]

    return seen


# Drawn tables: what stands in a line, by the first word of it, below the title of its kind.
Drawn = Callable[[Lines], Seen]


def kinds_of(lines: Lines) -> Iterator[tuple[str, list[str]]]:
    """Each line with the kind that the title above it names."""
    kind = ""
    for words in lines:
        title = re.search(r"[:,] (interview|publication)s\b", " ".join(words))
        kind = title[1] if title else kind
        yield kind, [word for word in words if not word.startswith("(")]


def of(share: str) -> int:
    return int(share.partition("/")[0])


def drawn_frequencies(lines: Lines) -> Seen:
    for words in lines:
        code = NAMES.get(words[0].lower())
        if code and len(words) > 7 and "/" in words[1] and words[3].isdigit():
            yield ("persons", code, "interview"), of(words[1])
            yield ("transcripts", code, "publication"), of(words[2])
            yield ("units", code, "interview"), int(words[3])
            yield ("units", code, "publication"), int(words[4])
            yield ("negated", code, "interview"), int(words[6])
            yield ("withheld", code, "interview"), int(words[7])


def drawn_groups(codes: Sequence[str]) -> Drawn:
    """Kind, group, words, then a number for each code."""

    def seen(lines: Lines) -> Seen:
        sums: Counter[Key] = Counter()
        for words in lines:
            if words[0] in KINDS and len(words) > len(codes):
                for code, count in zip(codes, words[-len(codes) :], strict=True):
                    sums["units", code, words[0]] += int(count)
        yield from sums.items()

    return seen


def drawn_matrix(measure: str, at_least_one: str = "") -> Drawn:
    """A row for each case, transcript or period, below a title that names the kind."""

    def seen(lines: Lines) -> Seen:
        sums: Counter[Key] = Counter()
        for kind, words in kinds_of(lines):
            counts = words[-len(CODES) :]
            if len(words) in (7, 8) and all(count.isdigit() for count in counts):
                for code, count in zip(CODES, counts, strict=True):
                    sums[measure, code, kind] += int(count)
                    if at_least_one:
                        sums[at_least_one, code, kind] += int(count) > 0
        yield from sums.items()

    return seen


def drawn_crosstab(measure: str) -> Drawn:
    def seen(lines: Lines) -> Seen:
        for words in lines:
            if len(words) == 3 and words[0] in NAMES:
                for kind, share in zip(KINDS, words[1:], strict=True):
                    yield (measure, NAMES[words[0]], kind), of(share)

    return seen


def drawn_pairs(lines: Lines) -> Seen:
    for kind, words in kinds_of(lines):
        if len(words) > 4 and {words[0], words[1]} <= CODES_AS_DRAWN.keys():
            yield ("units", CODES_AS_DRAWN[words[0]], kind), int(words[3])
            yield ("units", CODES_AS_DRAWN[words[1]], kind), int(words[4])


def drawn_comparison(lines: Lines) -> Seen:
    for words in lines:
        code = NAMES.get(words[0].lower())
        if code and len(words) == 8:
            for kind, place in zip(KINDS, (1, 2), strict=True):
                yield ("transcripts", code, kind), of(words[place])
                yield ("units", code, kind), int(words[place + 2])


def drawn_ways(lines: Lines) -> Seen:
    measures = ("mentions", "units", "turns", "speakers", "persons", "transcripts", "words")
    for words in lines:
        code = NAMES.get(words[0].lower())
        if code and len(words) == 9 and words[1] in KINDS:
            for measure, count in zip(measures, words[2:], strict=True):
                yield (measure, code, words[1]), int(count)


def drawn_ties(lines: Lines) -> Seen:
    for kind, words in kinds_of(lines):
        if words[:2] == ["Taliban", "Haqqani"]:
            for measure, count in zip(("persons", "transcripts", "units"), words[2:], strict=False):
                yield (measure, "alliance/pact", kind), of(count)


_QUOTED = re.compile(
    r"(?:QUOTES|Quotes:) (\S+?):? (\d)/3 persons of interviews, (\d+) sentences?; "
    r"(\d)/2 publications, (\d+) sentences?; (\d+) shown"
)


def drawn_quotes(lines: Lines) -> Seen:
    text = " ".join(word for words in lines for word in words if not word.startswith("#"))
    for code, persons, units, sources, others, shown in _QUOTED.findall(text.replace(" / ", "/")):
        yield ("persons", code, "interview"), int(persons)
        yield ("units", code, "interview"), int(units)
        yield ("transcripts", code, "publication"), int(sources)
        yield ("units", code, "publication"), int(others)
        assert int(shown) <= int(units) + int(others)


_FOUND = re.compile(r"(\d+) in (\d+) of \d+ transcripts of kind (\w+)")


def drawn_concordance(lines: Lines) -> Seen:
    text = " ".join(word for words in lines for word in words)
    for mentions, sources, kind in _FOUND.findall(text):
        yield ("mentions", "finance", kind), int(mentions)
        yield ("transcripts", "finance", kind), int(sources)


def appended(rows: Iterable[Sequence[str]]) -> Seen:
    """Theme, code, definition, persons, publications, quote."""
    for theme, code, _, persons, sources, *_ in rows:
        path = f"{theme}/{code}" if code else theme
        yield ("persons", path, "interview"), of(persons)
        yield ("transcripts", path, "publication"), of(sources)
