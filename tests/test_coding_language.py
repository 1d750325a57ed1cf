"""Languages other than English, and trained pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import code_text, found

from thematic.coding.compile import compile_codebook
from thematic.coding.fast.engine import FastEngine
from thematic.coding.language import forms
from thematic.coding.reference.engine import ReferenceEngine
from thematic.errors import Problem, Severity
from thematic.model.codebook import Unit
from thematic.model.coding import MentionStatus
from thematic.readers import read_text
from thematic.readers.codebook import read_codebook


def problems_of(yaml: str, model: str = "") -> list[Problem]:
    codebook, problems = read_codebook(yaml, "book")
    assert codebook is not None
    assert not problems
    return compile_codebook(codebook, model)[1]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("swear", {"swear", "swears", "swore", "sworn", "swearing"}),
        ("mine", {"mine", "mines", "mined", "mining"}),
        ("rent", {"rent", "rents", "rented", "renting"}),
        ("ally", {"ally", "allies", "allied", "allying"}),
        ("xyzzy", {"xyzzy"}),
    ],
)
def test_english_forms(word: str, expected: set[str]) -> None:
    assert set(forms(word, "en")) == expected
    assert forms(word, "de") == (word,)


def test_german_needs_its_cues_and_keeps_its_abbreviations() -> None:
    yaml = "language: de\nnegation_cues: [nicht, kein*]\nthemes: {a: [zuflucht]}\n"
    text = "Sie gaben z. B. keine Zuflucht. Es gab Zuflucht, sagte Dr. Aziz dort."
    coding = code_text(yaml, text)
    assert [mention.negation for mention in coding.mentions] == ["keine", ""]
    sentences = [text[u.span.start : u.span.end] for u in coding.units[Unit.SENTENCE]]
    assert sentences[-1] == "Es gab Zuflucht, sagte Dr. Aziz dort."


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        pytest.param("language: de\na: [{lemma: gehen}]", "no inflections are known", id="lemma"),
        pytest.param("language: de\na: [geht]", "no negation cues are known", id="cues"),
        pytest.param("language: ps\na: [x]", "spaCy has no data here", id="no-data"),
        pytest.param("language: ps\na: [{tokens: [{ORTH: x}]}]", "cannot read language", id="read"),
        pytest.param("a: [{regex: 'caf\\w+'}]", "knows ASCII only", id="ascii-classes"),
        pytest.param("a: [{regex: '^caf'}]", "tried in every scope", id="edges"),
        pytest.param("a: [{tokens: [{IS_DIGIT: true}]}]", "spaCy reads every turn", id="no-word"),
        pytest.param("language: zh\na: ['塔*']", "written without blanks", id="glob-in-chinese"),
        pytest.param("a: [{regex: '(x'}]", "bad regex", id="bad-regex"),
        pytest.param("a: [{regex: '(?=x)'}]", "bad regex", id="look-ahead"),
        pytest.param("a: [{tokens: [{LEMMA: go}]}]", "needs a trained pipeline", id="no-model"),
        pytest.param("a: [{tokens: [{LEMA: go}]}]", "did you mean 'LEMMA'", id="attribute-slip"),
    ],
)
def test_what_a_rule_cannot_do_is_said_with_its_line(yaml: str, said: str) -> None:
    head, _, rest = yaml.rpartition("\n")
    text = f"{head}\nthemes:\n  {rest.replace('a: ', 'a: {rules: ', 1)}}}\n"
    (problem, *_) = [p for p in problems_of(text) if said in p.message]
    if problem.severity is Severity.ERROR:
        assert problem.line == text[: text.index("rules")].count("\n") + 1


def test_a_trained_pipeline_serves_tokens_rules(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "went"}]], {"LEMMA": "go"})  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    codebook, _ = read_codebook("themes: {a: {rules: [{tokens: [{LEMMA: go}]}, went]}}", "book")
    assert codebook is not None
    book, faults = compile_codebook(codebook, str(tmp_path / "model"))
    assert [fault.severity for fault in faults] == [Severity.NOTE]  # it names no word
    transcript, _ = read_text("P1: They went home. We stay.", id="t")
    assert transcript is not None
    coding = ReferenceEngine(book).code(transcript)
    assert found(coding) == ["went"]
    assert found(coding, MentionStatus.SWALLOWED) == ["went"]
    plain, _ = compile_codebook(codebook)
    borders = ReferenceEngine(plain).code(transcript).units
    assert borders == coding.units
    assert FastEngine(book).code(transcript).mentions == coding.mentions


def test_region_of_a_language_does_not_matter() -> None:
    coding = code_text("language: en-US\nthemes: {a: [host]}", "They do not host. Mr. X. came.")
    assert coding.mentions[0].negation == "not"
