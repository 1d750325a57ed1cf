"""Drawing units: how many, from where, and with equal chances."""

from __future__ import annotations

from collections import Counter
from math import ceil

import pytest
from coder_samples import BOOK, TALK

import thematic
from thematic.analysis.sample_rows import in_own_order, sheet_rows
from thematic.analysis.sample_sizes import shared_out, size_for
from thematic.analysis.sampling import Frame, Naming, draw, frame_of
from thematic.errors import UsageError
from thematic.model.coding import Codings
from thematic.model.samples import UNCODED, Sample
from thematic.model.study import Consent, Study

CODES = ("help", "money")


@pytest.fixture(scope="module")
def codings() -> Codings:
    codebook, _ = thematic.read_codebook(BOOK, "book")
    assert codebook is not None
    read = [thematic.read_text(TALK.replace("{n}", ""), id=f"E{n:02}")[0] for n in range(12)]
    return thematic.code([one for one in read if one is not None], codebook)


@pytest.mark.parametrize(
    ("units", "margin", "size"),
    [
        pytest.param(10**9, 0.1, 97, id="96.04-of-very-many"),
        pytest.param(10**9, 0.05, 385, id="384.1-of-very-many"),
        pytest.param(100, 0.1, 50, id="49.2-of-100"),
        pytest.param(10, 0.1, 10, id="9.2-of-10"),
        pytest.param(1, 0.1, 1, id="one-unit"),
    ],
)
def test_size_for_a_precision(units: int, margin: float, size: int) -> None:
    assert size_for(units, margin) == size


@pytest.mark.parametrize("margin", [0.02, 0.05, 0.08, 0.1, 0.25])
def test_size_for_a_precision_is_that_of_statsmodels(margin: float) -> None:
    """Of very many units; of few, Cochran's correction n / (1 + (n - 1) / N)."""
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    many = proportion.samplesize_confint_proportion(0.5, margin)
    assert size_for(10**9, margin) == ceil(many)
    assert size_for(250, margin) == ceil(many / (1 + (many - 1) / 250))


@pytest.mark.parametrize(
    ("size", "units", "shared"),
    [
        pytest.param(
            40, {"a": 90, "b": 90, UNCODED: 90}, {"a": 10, "b": 10, UNCODED: 20}, id="half"
        ),
        pytest.param(
            40, {"a": 3, "b": 90, UNCODED: 90}, {"a": 3, "b": 17, UNCODED: 20}, id="rare-code"
        ),
        pytest.param(40, {"a": 3, "b": 5, UNCODED: 90}, {"a": 3, "b": 5, UNCODED: 32}, id="rare"),
        pytest.param(20, {"a": 50, UNCODED: 4}, {"a": 16, UNCODED: 4}, id="nearly-all-coded"),
        pytest.param(9, {"a": 50, "b": 50}, {"a": 5, "b": 4}, id="all-coded"),
        pytest.param(6, {"a": 9, "b": 9, UNCODED: 9}, {"a": 2, "b": 2, UNCODED: 2}, id="least"),
    ],
)
def test_a_size_is_shared_out(size: int, units: dict[str, int], shared: dict[str, int]) -> None:
    assert shared_out(size, units) == shared


def test_a_size_that_leaves_a_stratum_out_is_refused() -> None:
    with pytest.raises(UsageError, match="too small for 3 strata"):
        shared_out(5, {"a": 9, "b": 9, UNCODED: 9})


def drawn(frame: Frame, codings: Codings, seed: int = 1, size: int = 30) -> Sample:
    units = {name: len(found) for name, found in frame.strata.items()}
    naming = Naming("s", seed, CODES, {}, {})
    return draw(frame, shared_out(size, units), naming, codings)


def test_strata_are_disjoint_and_cover_every_unit(codings: Codings) -> None:
    frame = frame_of(codings, Study(), CODES)
    places = [one.place for units in frame.strata.values() for one in units]
    assert len(places) == len(set(places)) == 12 * 10
    # "Help with taxes came late." carries both: it belongs to the rarer of the two, help.
    assert {name: len(units) for name, units in frame.strata.items()} == {
        "help": 36,
        "money": 36,
        UNCODED: 48,
    }
    both = [one for one in frame.strata["help"] if one.suggested == CODES]
    assert len(both) == 12


def test_the_same_seed_draws_the_same_and_another_does_not(codings: Codings) -> None:
    frame = frame_of(codings, Study(), CODES)
    assert drawn(frame, codings) == drawn(frame, codings)
    assert drawn(frame, codings).units != drawn(frame, codings, seed=2).units


def test_every_unit_of_a_stratum_has_the_same_chance(codings: Codings) -> None:
    frame = frame_of(codings, Study(), CODES)
    times: Counter[tuple[str, int]] = Counter()
    rounds = 1200
    for seed in range(rounds):
        for unit in drawn(frame, codings, seed, size=36).units:
            times[unit.passage.transcript, unit.passage.span.start] += 1
    for name, share in (("help", 9 / 36), ("money", 9 / 36), (UNCODED, 18 / 48)):
        got = [times[one.place[0], one.place[1]] / rounds for one in frame.strata[name]]
        # Five standard errors of a share.
        allowed = 5 * (share * (1 - share) / rounds) ** 0.5
        assert all(abs(one - share) < allowed for one in got), name


def test_a_sample_is_spread_over_the_interviews(codings: Codings) -> None:
    frame = frame_of(codings, Study(), CODES)
    for seed in range(20):
        sample = drawn(frame, codings, seed, size=48)
        uncoded = [one.passage.transcript for one in sample.units if one.stratum == UNCODED]
        assert set(Counter(uncoded).values()) == {2}, "24 of 48 units, 4 in each of 12"


def test_rows_tell_nothing_of_their_stratum(codings: Codings) -> None:
    frame = frame_of(codings, Study(), CODES)
    firsts = [drawn(frame, codings, seed).units[0] for seed in range(60)]
    assert {one.row for one in firsts} == {"s-01"}
    assert {one.stratum for one in firsts} == {"help", "money", UNCODED}


def test_each_coder_has_an_own_order(codings: Codings) -> None:
    sample = drawn(frame_of(codings, Study(), CODES), codings)
    one, other = in_own_order(sample, "AK"), in_own_order(sample, "BL")
    assert one != other
    assert sorted(unit.row for unit in one) == sorted(unit.row for unit in other)


def test_words_stand_between_their_neighbours(codings: Codings) -> None:
    sample = drawn(frame_of(codings, Study(), CODES), codings, size=120)
    rows = {row.words: (row.before, row.after) for row in sheet_rows(sample.units, codings)}
    assert rows["The tax was high."] == ("She helped me a lot.", "=1+1 we walked home.")
    assert rows["She helped me a lot."][0] == "[interviewer] How was it?"
    assert rows["It rained."][1] == "[interviewer] And then?"
    assert rows["Help with taxes came late."][1] == ""


def test_what_may_not_be_quoted_is_left_out_and_counted(codings: Codings) -> None:
    study = Study(consent=Consent.NO_QUOTATION)
    with pytest.raises(UsageError) as refused:
        frame_of(codings, study, CODES)
    assert "120 may not be quoted" in refused.value.hint
    kept = frame_of(codings, study, CODES, with_withheld=True)
    assert (kept.withheld, sum(map(len, kept.strata.values()))) == (0, 120)


def test_units_of_earlier_samples_are_left_out(codings: Codings) -> None:
    first = drawn(frame_of(codings, Study(), CODES), codings)
    places = {
        (one.passage.transcript, one.passage.span.start, one.passage.span.end)
        for one in first.units
    }
    rest = frame_of(codings, Study(), CODES, drawn_before=places)
    assert rest.drawn_before == 30
    assert not places & {one.place for units in rest.strata.values() for one in units}


def test_a_whole_transcript_is_no_unit_to_judge(codings: Codings) -> None:
    whole = Codings(codings.codebook, codings.transcripts, thematic.Unit.TRANSCRIPT, ())
    with pytest.raises(UsageError, match="cannot be judged"):
        frame_of(whole, Study(), CODES)
