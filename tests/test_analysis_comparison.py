"""Comparing groups: rates, log ratios, tests and key words against independent computations."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Run
from scipy import stats  # type: ignore[import-untyped]

import thematic
from thematic.analysis.keyness import log_likelihood
from thematic.analysis.ratios import checked, log_ratio
from thematic.model.comparing import Draws, Fewest
from thematic.model.study import Consent, Study

BOOK = "codebook: small\nthemes:\n  help: [help*]\n  money: [money, coin]\n  never: [zeppelin]\n"


def coded(
    texts: dict[str, str], attributes: dict[str, dict[str, str]] | None = None, book: str = BOOK
) -> thematic.Codings:
    codebook, problems = thematic.read_codebook(book, "small")
    assert codebook is not None, problems
    transcripts = []
    for id, text in texts.items():
        read, _ = thematic.read_text(text, id=id)
        assert read is not None
        known = (attributes or {}).get(id, {})
        transcripts.append(thematic.Transcript(read.id, read.text, read.turns, read.format, known))
    return thematic.code(transcripts, codebook)


KINDS = {"P1": {"kind": "publication"}}
ASKED = "INTERVIEWER: Money?\n\n"
TEXTS = {
    "E1": f"{ASKED}ANNA: They help us. Money came. Help again and again.",  # 9 words
    "E2": f"{ASKED}BEN: Nothing happened here at all today.",  # 6 words
    "P1": "Money helps. It helps. Coin by coin.",  # 7 words
}


@pytest.fixture
def codings() -> thematic.Codings:
    return coded(TEXTS, KINDS)


def row_of(table: thematic.ResultTable, code: str) -> dict[str, Any]:
    return next(row for row in table.records() if row["code"] == code)


def test_counts_rates_and_ratio_by_hand(codings: thematic.Codings) -> None:
    row = row_of(thematic.comparison(codings), "help")
    assert (row["group_a"], row["group_b"]) == ("interview", "publication")
    assert (row["transcripts_a"], row["transcripts_N_a"], row["words_N_a"]) == (1, 2, 15)
    assert (row["units_a"], row["units_b"], row["words_N_b"]) == (2, 2, 7)
    assert row["units_per_1000_words_a"] == pytest.approx(1000 * 2 / 15)
    assert row["log_ratio"] == pytest.approx(log2((2 / 15) / (2 / 7)))


def test_what_nobody_says_has_no_ratio(codings: thematic.Codings) -> None:
    row = row_of(thematic.comparison(codings), "never")
    assert (row["units_a"], row["units_b"], row["log_ratio"], row["zero"]) == (0, 0, None, "a b")


def test_the_same_numbers_as_frequencies(codings: thematic.Codings) -> None:
    counted = {(row["code"], row["kind"]): row for row in thematic.frequencies(codings).records()}
    for row in thematic.comparison(codings).records():
        for side in ("a", "b"):
            other = counted[row["code"], row[f"group_{side}"]]
            for name in ("transcripts", "transcripts_N", "cases", "cases_N", "units", "words_N"):
                assert row[f"{name}_{side}"] == other[name]
            assert row[f"units_per_1000_words_{side}"] == other["units_per_1000_words"]


# Hardie 2014: the binary logarithm of the ratio of relative frequencies; 0.5 for a zero.
RATIOS = {
    "twice": ((20, 1000, 10, 1000), 1.0),
    "half": ((10, 1000, 20, 1000), -1.0),
    "bases differ": ((10, 500, 10, 1000), 1.0),
    "zero in b": ((8, 1000, 0, 1000), 4.0),
    "zero in a": ((0, 1000, 8, 1000), -4.0),
    "zero in both": ((0, 1000, 0, 1000), None),
    "no words": ((0, 0, 4, 1000), None),
}


@pytest.mark.parametrize(("given", "wanted"), RATIOS.values(), ids=RATIOS.keys())
def test_log_ratio(given: tuple[int, int, int, int], wanted: float | None) -> None:
    assert log_ratio(*given) == wanted


def rate_difference(a: Any, b: Any, axis: int = -1) -> Any:
    """Difference of units per word; a, b: indices into PERSONS."""
    units, words = np.array(PERSONS, dtype=float).T
    a, b = np.asarray(a, dtype=int), np.asarray(b, dtype=int)
    return np.abs(units[a].sum(axis) / words[a].sum(axis) - units[b].sum(axis) / words[b].sum(axis))


PERSONS = [(3, 400), (0, 250), (7, 900), (2, 120), (1, 640), (0, 310), (5, 200), (4, 350)]


@pytest.mark.parametrize("size", [3, 4])
def test_permutation_test_is_scipys(size: int) -> None:
    """Against scipy.stats.permutation_test, all allocations."""
    mine = checked(PERSONS[:size], PERSONS[size:], Draws())
    theirs = stats.permutation_test(
        (np.arange(size), np.arange(size, len(PERSONS))),
        rate_difference,
        vectorized=True,
        n_resamples=np.inf,
        alternative="greater",
    )
    assert mine.exact
    assert mine.p == pytest.approx(theirs.pvalue)


def many(seed: int, number: int, rate: float) -> list[tuple[float, float]]:
    generator = np.random.default_rng(seed)
    words = generator.integers(200, 900, number)
    return list(zip(generator.poisson(words * rate).tolist(), words.tolist(), strict=True))


def test_interval_is_scipys_bootstrap() -> None:
    """Against scipy.stats.bootstrap (percentile), which draws other resamples: so nearly."""
    a, b = many(1, 30, 0.01), many(2, 25, 0.005)
    mine = checked(a, b, Draws(resamples=20_000))
    units = [np.array([one for one, _ in group], dtype=float) for group in (a, b)]
    words = [np.array([one for _, one in group], dtype=float) for group in (a, b)]

    def ratio(i: Any, j: Any, axis: int = -1) -> Any:
        i, j = i.astype(int), j.astype(int)
        rates = [
            units[n][picks].sum(axis) / words[n][picks].sum(axis) for n, picks in ((0, i), (1, j))
        ]
        return np.log2(rates[0] / rates[1])

    theirs = stats.bootstrap(
        (np.arange(30.0), np.arange(25.0)),
        ratio,
        n_resamples=20_000,
        method="percentile",
        random_state=3,
    ).confidence_interval
    assert mine.low == pytest.approx(theirs.low, abs=0.03)
    assert mine.high == pytest.approx(theirs.high, abs=0.03)
    assert not mine.exact
    assert mine.p is not None
    assert mine.p < 0.01


def test_the_seed_decides_and_nothing_else() -> None:
    a, b = many(1, 12, 0.01), many(2, 30, 0.009)
    assert checked(a, b, Draws(seed=4)) == checked(a, b, Draws(seed=4))
    assert checked(a, b, Draws(seed=4)) != checked(a, b, Draws(seed=5))


def test_few_persons_have_no_interval(codings: thematic.Codings) -> None:
    row = row_of(thematic.comparison(codings, test=Draws()), "help")
    assert (row["low"], row["high"]) == (None, None)
    assert row["interval"] == "too few persons for an interval: 1, not 10"
    assert row["p_exact"] is True


def test_no_test_unless_asked(codings: thematic.Codings) -> None:
    table = thematic.comparison(codings)
    assert {row["p"] for row in table.records()} == {None}
    assert {row["interval"] for row in table.records()} == {"not asked for"}
    assert "No test and no interval" in " ".join(table.notes)
    assert "chosen on purpose" in " ".join(thematic.comparison(codings, test=Draws()).notes)


# a, b, c, d as in Dunning 1993; scipy's G over the same four cells.
CELLS = [(110, 2442, 29114, 31777), (5, 3, 100, 900), (12, 0, 300, 4000), (1, 1, 10, 10)]


@pytest.mark.parametrize("cells", CELLS, ids=map(str, CELLS))
def test_log_likelihood_is_scipys(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    theirs = stats.chi2_contingency(
        [[a, b], [c - a, d - b]], correction=False, lambda_="log-likelihood"
    )
    assert log_likelihood(*cells) == pytest.approx(theirs.statistic)


def test_dispersion_is_that_of_gries() -> None:
    """The example of Gries 2008: `a` 1 to 5 times in parts of 9, 10, 10, 10, 11: DP = 0.18."""
    parts = {f"E{n}": _part(n, size) for n, size in enumerate([9, 10, 10, 10, 11], start=1)}
    parts["E9"] = f"{ASKED}ANNA: zzz zzz zzz zzz zzz."
    table = key_words(coded(parts, book="themes: {x: [xx]}\n"), codes=["x"], likelihood=0.0)
    found = next(row for row in table.records() if row["word"] == "aa")
    assert found["dp"] == pytest.approx(0.18)
    assert (found["count"], found["words_N"], found["persons"]) == (15, 50, 5)


def _part(n: int, size: int) -> str:
    """One sentence that is coded: its rule's word counts as one of its words."""
    return f"{ASKED}ANNA: {' '.join(['xx', *['aa'] * n, *['bb'] * (size - n - 1)])}."


def key_words(
    codings: thematic.Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    likelihood: float = 0.0,
    **given: Any,
) -> thematic.ResultTable:
    fewest = Fewest(count=1, persons=1, likelihood=likelihood)
    return thematic.keyness(codings, study, codes=codes, fewest=fewest, **given)


TALK = "I: Secret?\n\n{name}: They help the baker daily. Bread costs much. I see bread there.\n"


def test_key_words_are_those_of_coded_talk_without_the_rules_own() -> None:
    table = key_words(coded({"E1": TALK.format(name="A"), "E2": TALK.format(name="B")}))
    rows = {row["word"]: row for row in table.records() if row["code"] == "help"}
    assert {"baker", "daily", "they", "the"} == set(rows)  # neither help, nor what I asks
    assert (rows["baker"]["count"], rows["baker"]["reference_count"]) == (2, 0)
    assert (rows["baker"]["words_N"], rows["baker"]["reference_words_N"]) == (10, 14)
    assert rows["baker"]["reference"] == "all else"


def test_between_groups_both_ways() -> None:
    texts = {"E1": f"{ASKED}ANNA: They help the baker.", "E2": f"{ASKED}BEN: They help the miller."}
    of = {"E1": {"town": "Ulm"}, "E2": {"town": "Bonn"}}
    table = key_words(coded(texts, of), against="groups", by="town", codes=["help"])
    found = [(row["target"], row["reference"], row["word"]) for row in table.records()]
    assert found == [("Bonn", "Ulm", "miller"), ("Ulm", "Bonn", "baker")]


def test_no_word_of_those_who_may_not_be_quoted_nor_their_names() -> None:
    texts = {"E1": TALK.format(name="Anna Quagga"), "E2": TALK.format(name="B")}
    texts["E2"] = texts["E2"].replace("baker", "quagga").replace("bread", "dodo")
    of = {"E1": {"consent": "role only"}, "E2": {"consent": "no quotation"}}
    texts["E3"] = texts["E1"].replace("Anna Quagga", "C").replace("baker", "Quagga's")
    table = key_words(coded(texts, of), Study(consent=Consent.NAMED))
    said = {row["word"] for row in table.records()}
    assert "baker" in said
    assert not {"quagga", "quagga's", "dodo"} & said
    assert "On neither side: words of 1 transcript" in " ".join(table.notes)


def test_a_word_of_one_person_is_not_listed() -> None:
    codings = coded({"E1": TALK.format(name="A") * 3, "E2": "B: Bread is bread."})
    fewest = Fewest(count=1, persons=2, likelihood=0)
    assert not len(thematic.keyness(codings, fewest=fewest))


ATTRIBUTES = {"E1": {"town": "Ulm"}, "E2": {"town": "Bonn"}, "P1": KINDS["P1"] | {"town": "Ulm"}}


def test_attributes_never_pool_kinds() -> None:
    table = thematic.comparison(coded(TEXTS, ATTRIBUTES), by="town")
    row = row_of(table, "help")
    assert (row["group_a"], row["group_b"], row["kind"]) == ("Bonn", "Ulm", "interview")
    assert (row["units_a"], row["units_b"], row["transcripts_N_b"]) == (0, 2, 1)


UNCLEAR = {
    "one group only": ({"kind": "", "by": "kind"}, {}, "two groups are needed"),
    "three groups": ({"by": "town"}, {"E3": {"town": "Kiel"}}, "--groups A B"),
    "no such value": ({"by": "town", "groups": ("Ulm", "Bon")}, {}, "did you mean"),
    "the same twice": ({"by": "town", "groups": ("Ulm", "Ulm")}, {}, "two groups are needed"),
    "no such attribute": ({"by": "twon"}, {}, "did you mean"),
}


@pytest.mark.parametrize(("given", "more", "told"), UNCLEAR.values(), ids=UNCLEAR.keys())
def test_groups_that_are_not_two(
    given: dict[str, Any], more: dict[str, dict[str, str]], told: str
) -> None:
    of = {"E1": {"town": "Ulm"}, "E2": {"town": "Bonn"}} | more
    texts = dict.fromkeys(of, "A: They help.")
    with pytest.raises(thematic.ThematicError) as fault:
        thematic.comparison(coded(texts, of), **given)
    assert told.casefold() in f"{fault.value.message} {fault.value.hint}".casefold()


def test_the_command_on_a_terminal(study: Path, run: Run, golden: Any) -> None:
    out = run("compare", "--codes", "--test").out + run("compare", "--keyness", "rest").out
    assert max(map(len, out.splitlines())) <= 80
    golden(out, "compare.txt")


def test_hostile_names_of_groups_stay_text(study: Path, run: Run) -> None:
    (study / "attributes.csv").write_text(
        'id,town\nE1,"[red]Ulm|\x1b[31m"\nE2,"=1+1"\n', encoding="utf-8"
    )
    for to in ("table", "csv", "md", "json"):
        out = run("compare", "--by", "town", "--attributes", "attributes.csv", "-f", to).out
        assert "\x1b" not in out
        assert "Ulm" in out
    assert (
        "'=1+1" in run("compare", "--by", "town", "--attributes", "attributes.csv", "-f", "csv").out
    )


def test_attributes_that_are_not_shown_are_told(study: Path, run: Run) -> None:
    (study / "attributes.csv").write_text("id,town\nE1,Ulm\nE2,Bonn\n", encoding="utf-8")
    result = run("compare", "--by", "town", "--attributes", "attributes.csv")
    assert "town is not in show_attributes" in result.err
