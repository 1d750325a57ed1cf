"""Counts on real transcripts kept outside the repository; skipped where they are not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import words

import thematic
from thematic.model.coding import TranscriptCoding

SHARED = Path(__file__).parents[2] / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no public transcripts here")
TERMS: dict[str, list[Any]] = {
    "al_qaeda": [{"regex": "al[\\s-]+qa[ei]'?da"}],
    "ally|allies|allied": ["ally", "allies", "allied"],
    "family|families": ["family", "families"],
}
NAMES = ["taliban", "money", "fund*", "opium", "drug*", "alliance*", "sanctuar*", "safe haven*"]
NAMES += ["rival*", "compet*", "trib*", "brother*"]


def expected() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))
    return facts


def coded(folder: str) -> list[TranscriptCoding]:
    rules = {**{name: [name] for name in NAMES}, **TERMS}
    codebook, problems = thematic.read_codebook(json.dumps(rules), "terms")
    assert codebook is not None, problems
    transcripts = thematic.load_transcripts(SHARED / folder, strict=False)
    return list(thematic.code(transcripts, codebook, exclude=()).transcripts)


@pytest.mark.parametrize("folder", ["whitehouse", "congress"])
def test_terms_are_counted_exactly_file_by_file(folder: str) -> None:
    facts = expected()[folder]
    found = coded(folder)
    assert {f"{source.transcript.id}.md" for source in found} == set(facts)
    for source in found:
        counts = Counter(mention.code for mention in source.counted())
        wanted = facts[f"{source.transcript.id}.md"]["terms_body"]
        wanted = {term: count for term, count in wanted.items() if count}
        assert dict(counts) == wanted, source.transcript.id


@pytest.mark.parametrize("folder", ["whitehouse", "congress", "podcast", "zoom", "converted"])
def test_every_mention_slices_to_its_words(folder: str) -> None:
    for source in coded(folder):
        for mention in source.mentions:
            said = " ".join(words(source, mention).split()).casefold()
            stem = mention.code.split("|")[0].rstrip("*")
            assert said[:2] == ("al" if stem == "al_qaeda" else stem[:2]), said


def test_the_same_mentions_from_every_container() -> None:
    found = coded("converted")
    assert len(found) >= 5
    counts = [Counter(mention.code for mention in source.counted()) for source in found]
    assert all(count == counts[0] for count in counts)
    assert counts[0]["taliban"] == expected()["converted"]["taliban"]
