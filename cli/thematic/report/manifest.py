"""The manifest of a result folder: what went in, by which rules, and what came out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from thematic.analysis.overview import Overview
from thematic.model.coding import Codings
from thematic.report.data import dump_json
from thematic.report.folder import sha256

SCHEMA = "thematic.manifest/1"


def manifest(codings: Codings, overview: Overview, files: Mapping[str, str], version: str) -> str:
    """The manifest as canonical JSON: hashes and counts; no clock, no path, no user name.

    Args:
        codings: the coded study.
        overview: its facts.
        files: name -> text of the folder's other files.
        version: of thematic.
    """
    book = codings.codebook
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "versions": {"thematic": version, **codings.facts},
        "study": {
            "name": overview.study,
            "status": overview.status.value,
            "expected": {kind.kind: kind.declared for kind in overview.kinds if kind.declared},
        },
        "codebook": {"name": book.name, "version": book.version, "sha256": book.hash},
        "settings": {
            "unit": codings.unit.value,
            "scope": book.scope.value,
            "exclude": list(codings.exclude),
            "language": book.language,
            "model": book.model,
            "nested": book.nested.value,
        },
        "transcripts": [
            {
                "id": source.transcript.id,
                "kind": source.transcript.kind,
                "case": source.transcript.case,
                "format": source.transcript.format,
                "text_sha256": sha256(source.transcript.text),
                "attributes_sha256": sha256(
                    json.dumps(dict(source.transcript.attributes), sort_keys=True)
                ),
                "turns": len(source.transcript.turns),
                "words_counted": source.words,
            }
            for source in codings.transcripts
        ],
        "counts": {
            "words": overview.words,
            "theme_codings": overview.theme_codings,
            "mentions": overview.mentions,
            "withheld": overview.withheld,
            "files_not_read": overview.faulty,
        },
        "files": {name: sha256(text) for name, text in sorted(files.items())},
    }
    return dump_json(document)
