"""The manifest of a result folder: what went in, by which rules, and what came out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.overview import Overview
from thematic.model.codebook import Code, Codebook
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.report.data import dump_json
from thematic.report.folder import sha256
from thematic.review.definitions import definition_hash
from thematic.review.rule_hashes import hashes_of_rules, short_hash

SCHEMA = "thematic.manifest/3"
SEAL = "manifest_sha256"


@dataclass(frozen=True)
class Provenance:
    """Where a result comes from, beside its codings.

    Args:
        command: name, options and paths as others can repeat them.
        versions: of everything that can change a number, by name.
        bytes_sha256: of each transcript's file, by transcript ID; none of standard input.
        study_sha256, attributes_sha256, codebook_sha256: of the bytes of these files; "" = no
            such file.
        people: how many events the people's log held, and a hash of them; None = no log.
        stamp: when it was made, where that was asked for.
        tells_attributes: hashes of attributes are given; who can guess a person's attributes
            can check a guess by them.
    """

    command: Mapping[str, Any]
    versions: Mapping[str, str]
    bytes_sha256: Mapping[str, str] = field(default_factory=dict)
    study_sha256: str = ""
    attributes_sha256: str = ""
    codebook_sha256: str = ""
    people: tuple[int, str] | None = None
    stamp: str = ""
    tells_attributes: bool = True


def manifest(
    codings: Codings,
    overview: Overview,
    files: Mapping[str, str | bytes],
    made: Provenance,
    printed: Mapping[str, bytes] | None = None,
) -> str:
    """The manifest as canonical JSON: hashes and counts; no path, no user name.

    No clock either, but for a stamp that was asked for. Its shape is held by
    `schemas/manifest-3.json`, and described in docs/reference/manifest.md.

    Args:
        codings: the coded study.
        overview: its facts.
        files: name -> text or bytes of the folder's other files.
        made: what else went in.
        printed: name -> bytes of files that a browser printed, each in its own way.
    """
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "command": dict(made.command),
        "versions": dict(sorted(made.versions.items())),
        "study": _study(overview, made),
        "codebook": _codebook(codings.codebook, made),
        "settings": _settings(codings),
        "people": _people(made),
        "transcripts": [_transcript(source, made) for source in codings.transcripts],
        "counts": {
            "words": overview.words,
            "theme_codings": overview.theme_codings,
            "mentions": overview.mentions,
            "withheld": overview.withheld,
            "files_not_read": overview.faulty,
        },
        "files": {name: sha256(text) for name, text in sorted(files.items())},
    }
    if printed:
        document["printed"] = {name: sha256(data) for name, data in sorted(printed.items())}
    if made.stamp:
        document["stamp"] = made.stamp
    return dump_json(document | {SEAL: seal_of(document)})


def seal_of(document: Mapping[str, Any]) -> str:
    """The hash by which it is seen that a manifest is as it was written."""
    return sha256(dump_json({name: one for name, one in document.items() if name != SEAL}))


def _study(overview: Overview, made: Provenance) -> dict[str, Any]:
    return {
        "name": overview.study,
        "status": overview.status.value,
        "expected": {kind.kind: kind.declared for kind in overview.kinds if kind.declared},
        "sha256": made.study_sha256 or None,
        "attributes_sha256": (made.tells_attributes and made.attributes_sha256) or None,
    }


def _codebook(book: Codebook, made: Provenance) -> dict[str, Any]:
    return {
        "name": book.name,
        "version": book.version,
        "sha256": book.hash,
        "bytes_sha256": made.codebook_sha256 or None,
        "codes": [_code(code) for code in book.codes()],
        "lists": {name: short_hash(words) for name, words in sorted(book.lists.items())},
        "marks": {name: short_hash(cues) for name, cues in book.marks.items()},
        "negation_cues": short_hash(book.negation_cues) if book.negation_cues else None,
    }


def _code(code: Code) -> dict[str, Any]:
    return {
        "code": code.path,
        "coded_by": code.coded_by,
        "definition": definition_hash(code),
        "rules": hashes_of_rules(code),
    }


def _settings(codings: Codings) -> dict[str, Any]:
    book = codings.codebook
    return {
        "unit": codings.unit.value,
        "counted_in": codings.counted_in,
        "scope": book.scope.value,
        "exclude": list(codings.exclude),
        "language": book.language,
        "model": book.model,
        "nested": book.nested.value,
        "ignore_accents": book.ignore_accents,
    }


def _people(made: Provenance) -> dict[str, Any] | None:
    return None if made.people is None else {"events": made.people[0], "sha256": made.people[1]}


def _transcript(source: TranscriptCoding, made: Provenance) -> dict[str, Any]:
    transcript = source.transcript
    return {
        "id": transcript.id,
        "kind": transcript.kind,
        "case": transcript.case,
        "format": transcript.format,
        "bytes_sha256": made.bytes_sha256.get(transcript.id),
        "text_sha256": sha256(transcript.text),
        "turns_sha256": sha256(json.dumps(_turns(transcript))),
        "attributes_sha256": _attributes(transcript) if made.tells_attributes else None,
        "turns": len(transcript.turns),
        "words_counted": source.words,
    }


def _attributes(transcript: Transcript) -> str:
    return sha256(json.dumps(dict(transcript.attributes), sort_keys=True))


def _turns(transcript: Transcript) -> Sequence[Any]:
    """All that tables take from the turns: places, labels, roles and times."""
    return [
        [
            turn.number,
            [turn.span.start, turn.span.end],
            [turn.speaker, turn.written, turn.role.value, turn.time],
            [[gap.start, gap.end] for gap in turn.gaps],
            [[cue.position, cue.begin] for cue in turn.cues],
        ]
        for turn in transcript.turns
    ]
