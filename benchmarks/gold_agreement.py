"""Scores a codebook against coded test passages and sentences; prints Markdown tables.

    python benchmarks/gold_agreement.py PATH_TO_GOLD [--codebook NAME]

PATH_TO_GOLD is a folder with `passages.jsonl` (id, text, codes, themes, stance) and
`sentences.jsonl` (id, text, stratum, weight, codes), or with one of them. NAME is a
shipped codebook or the path of a codebook file. The two parts are never pooled.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import thematic

Record = dict[str, Any]  # one line of a gold file

# What a passage's stance should show up as, among the mentions of its coded themes.
STANCES = {"denied": "negated", "doubted": "hedged", "reported": "reported", "past": "past"}

CAVEATS = """\
These figures are agreement with the coders of test sentences, not accuracy in the field:

- All coders are language models; no person has coded these texts. Their agreement with
  one another is no intercoder reliability, and agreement with them is rule accuracy at most.
- The two parts differ in who speaks and in how they were drawn; they are never pooled.
- In the invented passages, and in part `dev2`, the balance of themes is artificial:
  precision depends on it, and no score here says how often a theme occurs.
- P precision, R recall, F1 their harmonic mean; a dash where there is nothing to divide by.
  n is the number of texts that the coders gave the theme or code.\
"""


@dataclass(frozen=True)
class Coded:
    """One gold record and what the codebook suggests for it."""

    record: Record
    codes: frozenset[str]  # paths of codes with a counted mention
    marks: frozenset[tuple[str, str]]  # (theme, mark) of the counted mentions

    @property
    def themes(self) -> frozenset[str]:
        """The themes of the suggested codes."""
        return frozenset(path.partition("/")[0] for path in self.codes)


@dataclass(frozen=True)
class Counts:
    """Texts, or their weights, by what the coders and the rules say."""

    both: float = 0
    rules_only: float = 0
    coders_only: float = 0

    def cells(self) -> list[str]:
        """Precision, recall and F1 as table cells."""
        return [
            _ratio(self.both, self.both + self.rules_only),
            _ratio(self.both, self.both + self.coders_only),
            _ratio(2 * self.both, 2 * self.both + self.rules_only + self.coders_only),
        ]


def read_records(path: Path) -> list[Record]:
    """The lines of a JSON Lines file; [] where the file is missing."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def code_records(records: Sequence[Record], codebook: thematic.Codebook) -> list[Coded]:
    """Code each record's text as a transcript of one turn, in the order given."""
    transcripts = [_as_transcript(record) for record in records]
    codings = thematic.code(transcripts, codebook)
    by_id = {coding.transcript.id: coding for coding in codings.transcripts}
    return [_coded(record, by_id[record["id"]]) for record in records]


def _as_transcript(record: Record) -> thematic.Transcript:
    text = record["text"]
    turn = thematic.Turn(number=1, span=thematic.Span(0, len(text)))
    return thematic.Transcript(id=record["id"], text=text, turns=(turn,))


def _coded(record: Record, coding: thematic.TranscriptCoding) -> Coded:
    codes: set[str] = set()
    marks: set[tuple[str, str]] = set()
    for mention in coding.counted():
        theme = mention.code.partition("/")[0]
        codes.add(mention.code)
        marks.update((theme, mark) for mark in mention.marks)
        if mention.negation:
            marks.add((theme, "negated"))
    return Coded(record, frozenset(codes), frozenset(marks))


def count(
    coded: Iterable[Coded],
    by_coders: Callable[[Coded], bool],
    by_rules: Callable[[Coded], bool],
    weighted: bool = False,
) -> Counts:
    """Cross the coders' decision with the rules' decision over all texts."""
    cells = {(True, True): 0.0, (False, True): 0.0, (True, False): 0.0, (False, False): 0.0}
    for one in coded:
        weight = float(one.record["weight"]) if weighted else 1
        cells[by_coders(one), by_rules(one)] += weight
    return Counts(cells[True, True], cells[False, True], cells[True, False])


def theme_row(
    theme: str, coded: Sequence[Coded], gold_field: str, weighted: bool = False
) -> list[str]:
    """One line of a table of themes."""
    counts = count(
        coded,
        lambda one: theme in one.record[gold_field],
        lambda one: theme in one.themes,
        weighted,
    )
    return [theme, str(_n(coded, gold_field, theme)), *counts.cells()]


def code_row(path: str, coded: Sequence[Coded]) -> list[str]:
    """One line of the table of codes: the code or one below it."""
    counts = count(
        coded,
        lambda one: path in one.record["codes"],
        lambda one: any(code == path or code.startswith(path + "/") for code in one.codes),
    )
    return [path, str(_n(coded, "codes", path)), *counts.cells()]


def stance_row(stance: str, coded: Sequence[Coded]) -> list[str]:
    """One line of the table of stances, over passages with a theme that both found."""
    found = [one for one in coded if one.themes & set(one.record["themes"])]
    mark = STANCES[stance]
    counts = count(
        found,
        lambda one: one.record["stance"] == stance,
        lambda one: any((theme, mark) in one.marks for theme in one.record["themes"]),
    )
    n = sum(one.record["stance"] == stance for one in found)
    return [stance, mark, str(n), *counts.cells()]


def _n(coded: Sequence[Coded], gold_field: str, name: str) -> int:
    return sum(name in one.record[gold_field] for one in coded)


def _ratio(part: float, whole: float) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, first column left, the others right."""
    lines = [_line(head), _line([":--", *["--:"] * (len(head) - 1)])]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


SCORES = ("n", "P", "R", "F1")


def passage_report(coded: Sequence[Coded], codebook: thematic.Codebook) -> Iterator[str]:
    """Sections on the invented passages."""
    paths = [path for path in codebook.paths() if "/" in path]
    themes = [theme.path for theme in codebook.themes]
    yield f"## Invented interview passages (n = {len(coded)})"
    yield (
        "Unit: the passage, coded if any unit of it is coded. Written and coded by one "
        "language model, read blind by a second."
    )
    yield table(["Theme", *SCORES], [theme_row(theme, coded, "themes") for theme in themes])
    yield "Codes (n of each is small: read the figures as pointers, not as measurements):"
    yield table(["Code", *SCORES], [code_row(path, coded) for path in paths])
    yield (
        "Stance of the passages whose theme was found: does at least one mention of that "
        "theme carry the mark?"
    )
    yield table(["Stance", "Mark", *SCORES], [stance_row(stance, coded) for stance in STANCES])


def sentence_report(coded: Sequence[Coded], codebook: thematic.Codebook) -> Iterator[str]:
    """Sections on the sentences of public testimony, part by part."""
    themes = [theme.path for theme in codebook.themes]
    yield f"## Sentences of public testimony (n = {len(coded)})"
    yield (
        "Unit: the sentence. Congressional Record and White House briefings, coded for "
        "themes by two language models. US political speech, not expert interviews."
    )
    for title, part, weighted in _parts(coded):
        yield f"### {title} (n = {len(part)})"
        rows = [theme_row(theme, part, "codes", weighted) for theme in themes]
        yield table(["Theme", *SCORES], rows)


def _parts(coded: Sequence[Coded]) -> Iterator[tuple[str, list[Coded], bool]]:
    weighted = [one for one in coded if one.record.get("weight")]
    unweighted = [one for one in coded if not one.record.get("weight")]
    for stratum, title in (
        ("E", "Stratum E: sentences that name an armed group beside a word of a broad net"),
        ("R", "Stratum R: all other sentences"),
    ):
        yield title, [one for one in weighted if one.record["stratum"] == stratum], False
    yield "Strata E and R, weighted by how they were drawn", weighted, True
    yield "Part dev2: enriched for kinship and competition, not weighted", unweighted, False


def report(gold: Path, codebook: thematic.Codebook) -> Iterator[str]:
    """All sections for the files that the folder holds."""
    version = f", version {codebook.version}" if codebook.version else ""
    yield f"# Agreement of the codebook {codebook.name}{version} with coded test sentences"
    yield CAVEATS
    if passages := read_records(gold / "passages.jsonl"):
        yield from passage_report(code_records(passages, codebook), codebook)
    if sentences := read_records(gold / "sentences.jsonl"):
        yield from sentence_report(code_records(sentences, codebook), codebook)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder with the coded test sentences")
    parser.add_argument("--codebook", default="jihad-networks", help="name or file of a codebook")
    options = parser.parse_args(arguments)
    sections = list(report(options.gold, thematic.load_codebook(options.codebook)))
    if len(sections) == 2:  # the title and the caveats only
        parser.error(f"no passages.jsonl and no sentences.jsonl in {options.gold}")
    print("\n\n".join(sections))


if __name__ == "__main__":
    main()
