"""The page that comes with a deposit, and its manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from thematic.analysis.deposit import left_out_of
from thematic.analysis.result import ResultTable
from thematic.model.coding import Codings
from thematic.model.study import Status, Study
from thematic.report.content import INVENTED
from thematic.report.safe import markdown

_FILES = {
    "codebook.csv": "every code with its definition, its rules and what keeps mentions out",
    "transcripts.csv": "every transcript: kind, person, consent, size, hash of its text",
    "frequencies.csv": "how often each code was applied, by kind of transcript",
    "frequencies-by-transcript.csv": "the same by transcript",
    "codings.csv": "each code on each unit, with its place in the transcript",
    "decisions.csv": "what each person coded and decided, with places",
    "data-dictionary.csv": "each column of each file: type, unit, meaning",
    "manifest.json": "what went in, versions, settings, SHA-256 of files: for `thematic verify`",
}


def deposit_readme(
    codings: Codings, study: Study, tables: Mapping[str, ResultTable], version: str
) -> str:
    """README.md of a deposit."""
    book = codings.codebook
    consents = Counter(tables["transcripts.csv"].column("consent"))
    left_out = left_out_of(tables["codebook.csv"])
    name = study.title or study.name or book.name
    banner = [f"**{INVENTED}**", ""] if study.status is Status.INVENTED else []
    lines = [
        f"# Codings of {markdown(name)}",
        "",
        *banner,
        f"Status of the transcripts: {study.status.value or 'not stated'}. "
        f"Transcripts {len(codings.transcripts)}; unit of count: {codings.unit.value}. Codebook "
        f"{markdown(f'{book.name} {book.version}'.strip())} (SHA-256 {book.hash[:8]}…). "
        f"Made by thematic {version}.",
        "",
        "## What is here",
        *(f"- `{file}`: {said}" for file, said in _FILES.items()),
        "",
        "Tables are CSV in UTF-8, with commas; an empty cell is a missing value; a cell that "
        "a spreadsheet would take for a formula begins with `'`.",
        "",
        "## What is not here",
        "No words of any transcript, no names of speakers, no memos and no notes of coders. "
        "Examples of the codebook are left out, for they may be quotes; so is any entry that has "
        f"six words of a transcript in a row (cells left out: {left_out}). Of attributes only "
        "those are given that the study declares to be shown, and none of persons who may not be "
        "quoted.",
        "",
        "IDs of transcripts, persons and coders stand as the researchers wrote them.",
        "",
        "## Consent",
        "| Consent | Transcripts |",
        "| --- | --- |",
        *(f"| {one or 'not stated'} | {number} |" for one, number in sorted(consents.items())),
        "",
        "Codings of persons who did not consent to quotation are counted, and show no words.",
        "",
        "## Places",
        "A place is a range of Unicode code points in the transcript's text as thematic reads it, "
        "from 0, the end not included. Who holds the transcripts sees by `text_sha256` whether "
        "they are the same, and the passages with `thematic show ID --text`.",
        "",
        "Codings by rules are suggestions; `status` and `coder` say what people decided.",
    ]
    return "\n".join(lines) + "\n"
