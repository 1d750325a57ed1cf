"""What all tests share: coding a line of text by a line of YAML, and running the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from thematic.coding.compile import compile_codebook
from thematic.coding.engine import ReferenceEngine
from thematic.errors import Severity
from thematic.model.coding import Mention, MentionStatus, TranscriptCoding
from thematic.readers import read_text
from thematic.readers.codebook import read_codebook

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"


def code_text(
    yaml: str, text: str, *, exclude: tuple[str, ...] = ("interviewer",)
) -> TranscriptCoding:
    """One text coded by the reference engine; the codebook must be free of faults."""
    codebook, problems = read_codebook(yaml, "book")
    assert codebook is not None, problems
    assert not [p for p in problems if p.severity is Severity.ERROR], problems
    book, faults = compile_codebook(codebook)
    assert not [p for p in faults if p.severity is Severity.ERROR], faults
    transcript, problems = read_text(text, id="t")
    assert transcript is not None, problems
    return ReferenceEngine(book, exclude).code(transcript)


def found(coding: TranscriptCoding, status: MentionStatus = MentionStatus.SUGGESTED) -> list[str]:
    """The words of all mentions of a status, in text order."""
    return [words(coding, mention) for mention in coding.mentions if mention.status is status]


def words(coding: TranscriptCoding, mention: Mention) -> str:
    """The exact words of a mention."""
    return coding.transcript.text[mention.span.start : mention.span.end]


@pytest.fixture(scope="session")
def coded() -> Callable[..., TranscriptCoding]:
    """The engine as a fixture, so that a table of rules can be run by several engines."""
    return code_text
