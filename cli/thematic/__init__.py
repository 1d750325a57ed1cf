"""Codes interview transcripts by a thematic codebook and counts what was said.

The names below are the public library; each is loaded when it is first used, so that
`import thematic` and the command's help load neither pandas nor spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thematic.analysis.appearance import appearance
    from thematic.analysis.case_matrix import case_matrix
    from thematic.analysis.comparison import comparison
    from thematic.analysis.cooccurrence import cooccurrence
    from thematic.analysis.cross_tests import ChanceTest
    from thematic.analysis.crosstab import crosstab
    from thematic.analysis.frequency import frequencies
    from thematic.analysis.listing import coding_rows, mentions
    from thematic.analysis.overview import overview
    from thematic.analysis.portrait import portrait
    from thematic.analysis.quotes import quotes
    from thematic.analysis.result import ResultTable
    from thematic.analysis.sensitivity import sensitivity
    from thematic.analysis.trend import trend
    from thematic.coding.compile import compile_codebook
    from thematic.coding.examples import run_examples
    from thematic.coding.reference.engine import ReferenceEngine
    from thematic.commands.batching import batch_studies
    from thematic.commands.codebook import print_codebook
    from thematic.errors import Problem, ThematicError
    from thematic.library import (
        code,
        diff,
        keyness,
        kwic,
        load_codebook,
        load_study,
        load_transcripts,
        method_note,
        networks,
        pseudonymise,
        reproduce,
        uncoded,
        verify,
    )
    from thematic.model.cells import Cells
    from thematic.model.codebook import Code, Codebook, Rule, Unit
    from thematic.model.coding import Codings, Mention, TranscriptCoding
    from thematic.model.comparing import Draws, Fewest, Runs
    from thematic.model.counting import Once
    from thematic.model.judged import Basis
    from thematic.model.period import Period
    from thematic.model.study import Study
    from thematic.model.transcript import Role, Span, Transcript, Turn
    from thematic.readers import read_codebook, read_text, read_transcript

_HOME = {
    "thematic.analysis.appearance": ("appearance",),
    "thematic.analysis.case_matrix": ("case_matrix",),
    "thematic.analysis.cooccurrence": ("cooccurrence",),
    "thematic.analysis.cross_tests": ("ChanceTest",),
    "thematic.analysis.crosstab": ("crosstab",),
    "thematic.analysis.comparison": ("comparison",),
    "thematic.analysis.frequency": ("frequencies",),
    "thematic.analysis.listing": ("coding_rows", "mentions"),
    "thematic.analysis.overview": ("overview",),
    "thematic.analysis.portrait": ("portrait",),
    "thematic.analysis.quotes": ("quotes",),
    "thematic.analysis.result": ("ResultTable",),
    "thematic.analysis.trend": ("trend",),
    "thematic.analysis.sensitivity": ("sensitivity",),
    "thematic.coding.compile": ("compile_codebook",),
    "thematic.coding.reference.engine": ("ReferenceEngine",),
    "thematic.coding.examples": ("run_examples",),
    "thematic.commands.batching": ("batch_studies",),
    "thematic.commands.codebook": ("print_codebook",),
    "thematic.errors": ("Problem", "ThematicError"),
    "thematic.library": (
        "code",
        "diff",
        "keyness",
        "kwic",
        "load_codebook",
        "load_study",
        "load_transcripts",
        "method_note",
        "networks",
        "pseudonymise",
        "reproduce",
        "uncoded",
        "verify",
    ),
    "thematic.model.cells": ("Cells",),
    "thematic.model.codebook": ("Code", "Codebook", "Rule", "Unit"),
    "thematic.model.coding": ("Codings", "Mention", "TranscriptCoding"),
    "thematic.model.counting": ("Once",),
    "thematic.model.comparing": ("Draws", "Fewest", "Runs"),
    "thematic.model.judged": ("Basis",),
    "thematic.model.period": ("Period",),
    "thematic.model.study": ("Study",),
    "thematic.model.transcript": ("Role", "Span", "Transcript", "Turn"),
    "thematic.readers": ("read_codebook", "read_text", "read_transcript"),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Basis",
    "Cells",
    "ChanceTest",
    "Code",
    "Codebook",
    "Codings",
    "Draws",
    "Fewest",
    "Mention",
    "Once",
    "Period",
    "Problem",
    "ReferenceEngine",
    "ResultTable",
    "Role",
    "Rule",
    "Runs",
    "Span",
    "Study",
    "ThematicError",
    "Transcript",
    "TranscriptCoding",
    "Turn",
    "Unit",
    "appearance",
    "batch_studies",
    "case_matrix",
    "code",
    "coding_rows",
    "comparison",
    "compile_codebook",
    "cooccurrence",
    "crosstab",
    "diff",
    "frequencies",
    "keyness",
    "kwic",
    "load_codebook",
    "load_study",
    "load_transcripts",
    "mentions",
    "method_note",
    "networks",
    "overview",
    "portrait",
    "print_codebook",
    "pseudonymise",
    "quotes",
    "read_codebook",
    "read_text",
    "read_transcript",
    "reproduce",
    "run_examples",
    "sensitivity",
    "trend",
    "uncoded",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'thematic' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
