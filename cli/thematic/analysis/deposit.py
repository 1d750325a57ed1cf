"""The tables of a deposit: counts and codings with their places, and no words of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from thematic.analysis.dictionary import dictionary
from thematic.analysis.frequency import frequencies
from thematic.analysis.listing import coding_rows
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import consent_of, shown_attributes
from thematic.model.codebook import Code
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.people import Decision, Event, PersonCoding
from thematic.model.study import Study

LEFT_OUT = "[left out: words of a transcript]"
DICTIONARY = "data-dictionary.csv"
_IN_A_ROW = 6  # words of a transcript that no cell holds in a row
_WORD = re.compile(r"[^\W_]+")
_NO_WORDS = ("text", "speaker", "rules")  # of codings: a rule may be a word that was said
_PROSE = ("brief", "definition", "when_to_use", "when_not_to_use", "rules", "unless")
_BOOK = ["code", "theme", *_PROSE, "coded_by", "definition_hash", "study_status"]
_ACTS = ["transcript", "start", "end", "act", "code", "verdict", "into", "onto_start", "onto_end"]
_ACTS += ["coder", "definition_hash", "study_status"]


def deposit_tables(
    codings: Codings,
    study: Study,
    texts_sha256: Mapping[str, str],
    events: Sequence[Event] = (),
    hashes: Mapping[str, str] | None = None,
) -> dict[str, ResultTable]:
    """Every table of a deposit by the name of its file, the data dictionary last.

    Args:
        codings: the whole study.
        study: what is declared about it; only attributes it shows are given.
        texts_sha256: by transcript ID.
        events: codings and decisions of people that hold, where their passages stand now.
        hashes: of the codes' definitions, by path.
    """
    book = codings.codebook
    tables = {
        "codebook.csv": codebook_table(codings, study, hashes or {}),
        "transcripts.csv": _transcripts(codings, study, texts_sha256),
        "frequencies.csv": frequencies(codings, study),
        "frequencies-by-transcript.csv": frequencies(codings, study, by="transcript"),
        "codings.csv": _without(coding_rows(codings, study), _NO_WORDS),
        "decisions.csv": _acts(events, study),
    }
    said = dictionary(tables, list(book.marks), study.show_attributes, study.status.value)
    return tables | {DICTIONARY: said}


def left_out_of(table: ResultTable) -> int:
    """How many cells of a table were left out, for they held words of a transcript."""
    return sum(row.count(LEFT_OUT) for row in table.rows)


def codebook_table(codings: Codings, study: Study, hashes: Mapping[str, str]) -> ResultTable:
    """One row a code; no examples, and no cell with as many words of a transcript in a row."""
    said = _runs(codings.transcripts)
    rows = [
        _entry(code, hashes.get(code.path, ""), study.status.value, said)
        for code in codings.codebook.codes()
    ]
    return table_of("codebook", rows, _BOOK)


def _entry(code: Code, hash: str, status: str, said: set[int]) -> dict[str, Any]:
    guards = dict.fromkeys(guard.item.text for rule in code.rules for guard in rule.guards)
    prose = {
        "brief": code.brief,
        "definition": code.definition,
        "when_to_use": code.when_to_use,
        "when_not_to_use": code.when_not_to_use,
        "rules": "\n".join(rule.text for rule in code.rules),
        "unless": "\n".join(guards),
    }
    kept = {name: LEFT_OUT if said & _runs_of(text) else text for name, text in prose.items()}
    coded_by = "coded by people only" if code.manual else "rules" if code.rules else ""
    own = {"code": code.path, "theme": code.theme, "coded_by": coded_by}
    return {**own, **kept, "definition_hash": hash, "study_status": status}


def _runs(sources: Iterable[TranscriptCoding]) -> set[int]:
    """Hashes of all runs of words in the transcripts, whatever their case."""
    return {run for source in sources for run in _runs_of(source.transcript.text)}


def _runs_of(text: str) -> set[int]:
    words = _WORD.findall(text.casefold())
    last = len(words) - _IN_A_ROW + 1
    return {hash(tuple(words[at : at + _IN_A_ROW])) for at in range(last)}


def _transcripts(codings: Codings, study: Study, hashes: Mapping[str, str]) -> ResultTable:
    """One row a transcript, with the attributes that the study shows."""
    fixed = ["transcript", "kind", "case", "consent"]
    shown = [name for name in study.show_attributes if name not in fixed]
    rows = []
    for source in codings.transcripts:
        one = source.transcript
        consent = consent_of(one, study)
        free = bool(shown_attributes(one, study))
        row = {"transcript": one.id, "kind": one.kind, "case": one.case}
        row |= {"consent": consent.value if consent else ""}
        row |= {name: one.attributes.get(name, "") if free else "" for name in shown}
        row |= {"turns": len(one.turns), "words_counted": source.words}  # type: ignore[dict-item]
        rows.append(row | {"text_sha256": hashes[one.id], "study_status": study.status.value})
    columns = [*fixed, *shown, "turns", "words_counted", "text_sha256", "study_status"]
    return table_of("transcripts", rows, columns)


def _acts(events: Sequence[Event], study: Study) -> ResultTable:
    """What each person coded and decided, without their notes: these may quote."""
    rows: list[dict[str, Any]] = []
    for event in events:
        act = event.act
        if not isinstance(act, PersonCoding | Decision):
            continue
        span = act.passage.span
        row = {"transcript": act.passage.transcript, "start": span.start, "end": span.end}
        row |= {"act": "coding", "code": act.code, "coder": act.coder}
        row |= {"definition_hash": event.definition, "study_status": study.status.value}
        if isinstance(act, Decision):
            row |= {"act": "decision", "verdict": act.verdict.value, "into": act.into or None}
            if act.onto is not None:
                row |= {"onto_start": act.onto.span.start, "onto_end": act.onto.span.end}
        rows.append(row)
    rows.sort(key=lambda row: (row["transcript"], row["start"], row["end"], row["coder"]))
    return table_of("decisions", rows, _ACTS)


def _without(table: ResultTable, columns: Sequence[str]) -> ResultTable:
    kept = [name for name in table.columns if name not in columns]
    return table_of(table.name, table.records(), kept, table.unit, table.notes)
