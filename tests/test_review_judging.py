"""From recorded acts to what holds, and to what is counted as suggested, decided and right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

import thematic
from thematic.analysis.decided import verdicts
from thematic.coding.compile import compile_codebook
from thematic.coding.engine import code_transcripts
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.people import Act, Decision, Event, PersonCoding, Verdict
from thematic.model.transcript import Span
from thematic.readers import read_text
from thematic.readers.codebook import read_codebook
from thematic.review.anchoring import passage_at
from thematic.review.judging import judgements
from thematic.review.settling import CONSENSUS

TEXT = "Interviewer: And?\n\nAnna: They tax. They host us. Nobody pays. They host and tax.\n"
BOOK = """\
codebook: small
themes:
  finance: {definition: Money., codes: {tax: {definition: Taxes., rules: [tax]}}}
  alliance: {definition: Help., rules: [host]}
  kinship: {definition: Family., rules: manual}
"""
CODES = ("finance", "finance/tax", "alliance", "kinship")
SENTENCES = {
    words: Span(TEXT.index(words), TEXT.index(words) + len(words))
    for words in ("They tax.", "They host us.", "Nobody pays.", "They host and tax.")
}


def log(acts: Sequence[tuple[Act, str]]) -> list[Event]:
    return [
        Event(number, f"2026-01-01T00:00:{number:02}Z", coder, act)
        for number, (act, coder) in enumerate(acts, start=1)
    ]


def decided(
    words: str, code: str, verdict: str, coder: str = "AK", into: str = ""
) -> tuple[Act, str]:
    passage = passage_at("E01", TEXT, SENTENCES[words])
    return Decision(passage, code, Verdict(verdict), coder, into), coder


def coded(words: str, code: str, coder: str = "AK") -> tuple[Act, str]:
    return PersonCoding(passage_at("E01", TEXT, SENTENCES[words]), code, coder), coder


JUDGED: dict[str, tuple[list[tuple[Act, str]], list[tuple[str, str, bool]], int, int]] = {
    "accept": ([decided("They tax.", "finance", "accept")], [("They tax.", "finance", True)], 0, 0),
    "reject": (
        [decided("They tax.", "finance", "reject")],
        [("They tax.", "finance", False)],
        0,
        0,
    ),
    "a person's coding": ([coded("They tax.", "kinship")], [("They tax.", "kinship", True)], 0, 0),
    "recode": (
        [decided("They tax.", "finance", "recode", into="kinship")],
        [("They tax.", "finance", False), ("They tax.", "kinship", True)],
        0,
        0,
    ),
    "the later of one coder": (
        [decided("They tax.", "finance", "accept"), decided("They tax.", "finance", "reject")],
        [("They tax.", "finance", False)],
        0,
        0,
    ),
    "two coders differ": (
        [
            decided("They tax.", "finance", "accept"),
            decided("They tax.", "finance", "reject", "BL"),
        ],
        [],
        1,
        0,
    ),
    "consensus settles": (
        [
            decided("They tax.", "finance", "accept"),
            decided("They tax.", "finance", "reject", "BL"),
            decided("They tax.", "finance", "reject", CONSENSUS),
        ],
        [("They tax.", "finance", False)],
        0,
        0,
    ),
    "two people together settle": (
        [
            decided("They tax.", "finance", "accept"),
            decided("They tax.", "finance", "reject", "BL"),
            decided("They tax.", "finance", "accept", "AK+BL"),
        ],
        [("They tax.", "finance", True)],
        0,
        0,
    ),
    "no such code": ([decided("They tax.", "money", "accept")], [], 0, 1),
}


@pytest.mark.parametrize(("acts", "expected", "disputed", "lost"), JUDGED.values(), ids=JUDGED)
def test_what_holds(
    acts: list[tuple[Act, str]], expected: list[tuple[str, str, bool]], disputed: int, lost: int
) -> None:
    found = judgements(log(acts), {"E01": TEXT}, CODES)
    judged = found.by_transcript.get("E01", ())
    assert [(TEXT[j.span.start : j.span.end], j.code, j.holds) for j in judged] == expected
    assert (found.disputed, found.lost) == (disputed, lost)


def test_words_that_are_gone_are_lost_not_dropped() -> None:
    acts = log([decided("They host us.", "alliance", "accept")])
    found = judgements(acts, {"E01": "Anna: Something else was said altogether."}, CODES)
    assert (found.by_transcript, found.lost) == ({}, 1)


def test_a_corrected_transcript_keeps_its_judgements() -> None:
    moved = f"Note on top.\n\n{TEXT}"
    found = judgements(log([decided("They tax.", "finance", "accept")]), {"E01": moved}, CODES)
    (judged,) = found.by_transcript["E01"]
    assert moved[judged.span.start : judged.span.end] == "They tax."


def codings(acts: list[tuple[Act, str]]) -> Codings:
    codebook, _ = read_codebook(BOOK, "small")
    transcript, _ = read_text(TEXT, id="E01")
    assert codebook is not None
    assert transcript is not None
    book, _ = compile_codebook(codebook)
    found = code_transcripts([transcript], book, exclude=("interviewer",))
    return replace(found, judgements=judgements(log(acts), {"E01": TEXT}, CODES))


# Suggested by the rules: finance and finance/tax in sentences 1 and 4, alliance in 2 and 4.
# By code: decided, checked, right, and disputed where there are any.
COUNTS: dict[str, tuple[list[tuple[Act, str]], dict[str, tuple[int, ...]]]] = {
    "theme accepted": (
        [decided("They tax.", "finance", "accept")],
        {"finance": (1, 1, 1), "finance/tax": (0, 0, 0)},
    ),
    "code accepted lifts its theme": (
        [decided("They tax.", "finance/tax", "accept")],
        {"finance": (1, 1, 1), "finance/tax": (1, 1, 1)},
    ),
    "all that suggests the theme refused": (
        [decided("They tax.", "finance/tax", "reject")],
        {"finance": (0, 1, 0), "finance/tax": (0, 1, 0)},
    ),
    "added where nothing was suggested": (
        [decided("Nobody pays.", "finance", "add")],
        {"finance": (1, 0, 0)},
    ),
    "a code that only people give": (
        [coded("Nobody pays.", "kinship")],
        {"kinship": (1, 0, 0), "finance": (0, 0, 0)},
    ),
    "right and wrong": (
        [
            decided("They host us.", "alliance", "accept"),
            decided("They host and tax.", "alliance", "reject"),
        ],
        {"alliance": (1, 2, 1)},
    ),
    "disputed is checked and not right, also of the theme": (
        [
            decided("They tax.", "finance/tax", "accept"),
            decided("They tax.", "finance/tax", "reject", "BL"),
            decided("They host and tax.", "finance/tax", "accept"),
        ],
        {"finance": (1, 2, 1, 1), "finance/tax": (1, 2, 1, 1)},
    ),
    "a dispute that is settled is none": (
        [
            decided("They tax.", "finance/tax", "accept"),
            decided("They tax.", "finance/tax", "reject", "BL"),
            decided("They tax.", "finance/tax", "reject", "AK+BL"),
        ],
        {"finance": (0, 1, 0), "finance/tax": (0, 1, 0)},
    ),
    "a dispute of what no rule suggests checks no rule": (
        [
            decided("Nobody pays.", "finance", "add"),
            decided("Nobody pays.", "finance", "reject", "BL"),
        ],
        {"finance": (0, 0, 0)},
    ),
}


@pytest.mark.parametrize(("acts", "expected"), COUNTS.values(), ids=COUNTS)
def test_counts_in_two_columns(
    acts: list[tuple[Act, str]], expected: dict[str, tuple[int, ...]]
) -> None:
    table = thematic.frequencies(codings(acts)).to_pandas().set_index("code")
    for code, (n, checked, right, *disputed) in expected.items():
        row = table.loc[code]
        assert (row["decided_units"], row["checked"], row["right"]) == (n, checked, right)
        assert [row["disputed"]] == (disputed or [0])
    assert table.loc["finance", "units"] == 2  # what is suggested stays what it was


PEOPLE: dict[str, tuple[list[tuple[Act, str]], tuple[str, ...], int]] = {
    "one": ([decided("They tax.", "finance", "accept")], ("AK",), 0),
    "all disputed": (
        [
            decided("They tax.", "finance", "accept"),
            decided("They tax.", "finance", "reject", "BL"),
        ],
        ("AK", "BL"),
        0,
    ),
    "joint outcomes are no people": (
        [
            decided("They tax.", "finance", "accept"),
            decided("They tax.", "finance", "reject", "AK+BL"),
            decided("They host us.", "alliance", "recode", "AK + BL", into="finance"),
        ],
        ("AK", "BL"),
        2,
    ),
    "consensus is nobody": ([decided("They tax.", "finance", "accept", "consensus")], (), 1),
}


@pytest.mark.parametrize(("acts", "people", "settled"), PEOPLE.values(), ids=PEOPLE)
def test_who_judged_and_what_was_settled(
    acts: list[tuple[Act, str]], people: tuple[str, ...], settled: int
) -> None:
    found = judgements(log(acts), {"E01": TEXT}, CODES)
    assert (found.people, found.settled) == (people, settled)


def test_a_coding_counts_on_each_unit_it_covers() -> None:
    span = Span(SENTENCES["They tax."].start, SENTENCES["They host us."].end)
    act = PersonCoding(passage_at("E01", TEXT, span), "kinship", "AK")
    found = codings([(act, "AK")])
    one = verdicts(found, found.transcripts[0], Unit.SENTENCE)
    assert {start for path, start in one.holds if path == "kinship"} == {
        SENTENCES["They tax."].start,
        SENTENCES["They host us."].start,
    }


def test_nothing_decided_is_empty_not_zero() -> None:
    table = thematic.frequencies(replace(codings([]), judgements=None)).to_pandas()
    assert table["decided_units"].isna().all()


def test_what_people_reject_is_not_quoted() -> None:
    found = codings([decided("They host us.", "alliance", "reject")])
    table = thematic.quotes(found, codes=["alliance"])
    assert list(table.to_pandas()["text"]) == ["They host and tax."]
    assert any("Left out" in note and note.endswith(": 1.") for note in table.notes)
