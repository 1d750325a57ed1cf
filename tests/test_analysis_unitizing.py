"""Agreement on free spans: published examples, character by character, other programs' figures."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.analysis.agreement.compatible import maxqda_agreement, nvivo_comparisons
from thematic.analysis.agreement.estimate import Resampling
from thematic.analysis.agreement.spans import CodedSpan, Continuum, continuum_of
from thematic.analysis.agreement.unitizing import (
    UnitizingAgreement,
    unitizing_agreement,
    unitizing_by_code,
)
from thematic.analysis.agreement.unitizing_2004 import earlier_unitizing
from thematic.model.transcript import Span, Transcript

POINTS = Resampling(resamples=0)
Marks = list[tuple[int, int, str]]


def text(length: int, name: str = "t", **coders: Marks) -> Continuum:
    spans = [
        CodedSpan(coder, code, Span(start, end))
        for coder, marks in coders.items()
        for start, end, code in marks
    ]
    return Continuum(name, length, tuple(coders), tuple(spans))


def family(*texts: Continuum) -> UnitizingAgreement:
    return unitizing_agreement(texts, plan=POINTS)


def values(found: UnitizingAgreement) -> dict[str, float | None]:
    return {
        "u": found.units.value,
        "binary": found.binary.value,
        "cu": found.coding.value,
        **{f"({one.code})u": one.estimate.value for one in found.codes},
    }


# ---------------------------------------------------------------- the family of 2016

A: Marks = [(10, 20, "a"), (40, 60, "b")]


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        pytest.param([(12, 22, "a"), (40, 55, "b")], 0.7975389, id="shifted"),
        pytest.param([(70, 80, "a"), (80, 99, "b")], -0.2611177, id="elsewhere"),
        pytest.param(A, 1, id="identical"),
    ],
)
def test_u_alpha_of_two_coders(other: Marks, wanted: float) -> None:
    assert family(text(100, A=A, B=other)).units.value == pytest.approx(wanted, abs=5e-8)


def test_the_worked_example_of_krippendorff_2019() -> None:
    # Content Analysis, 4th ed., figure 12.11: three observers on 60 units of length.
    found = family(
        text(
            60,
            Alex=[(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"),
                  (44, 60, "7")],
            Paul=[(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")],
            Suzan=[(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"),
                   (41, 44, "6")],
        )
    )  # fmt: skip
    got = values(found)
    # Printed .510, .413 (from rounded coincidences; exactly .41360) and .724.
    assert got["u"] == pytest.approx(0.510, abs=5e-4)
    assert got["binary"] == pytest.approx(0.413, abs=7e-4)
    assert got["cu"] == pytest.approx(0.724, abs=5e-4)
    assert [got[f"({code})u"] for code in "156"] == [1, 1, 1]
    assert [got[f"({code})u"] for code in "234"] == pytest.approx([0, 0, 0])
    assert got["(7)u"] is None
    coverage = {one.code: one.coverage for one in found.codes}
    assert coverage["5"] == pytest.approx(8 / 18)
    assert (coverage["1"], coverage["7"]) == (1, 0)
    assert (found.units.units, found.units.coders, found.units.pairable) == (16, 3, 180)
    assert found.coding.pairable == 83


def literal(continuum: Continuum, codes: list[str]) -> dict[str, float | None]:
    """The family from single characters: every character of every two coders, one by one."""
    length, coders = continuum.length, continuum.coders
    others = len(coders) - 1
    label = {coder: [None] * length for coder in coders}
    for marked in continuum.spans:
        for place in range(marked.span.start, marked.span.end):
            label[marked.coder][place] = marked.code  # type: ignore[call-overload]
    kinds: list[Any] = [None, *codes]
    met = {(c, k): 0.0 for c in kinds for k in kinds}
    for one, other in permutations(coders, 2):
        for place in range(length):
            met[label[one][place], label[other][place]] += 1 / others
    own = dict.fromkeys(kinds, 0.0)
    own_coded = dict.fromkeys(kinds, 0.0)
    for coder in coders:
        own[None] += label[coder].count(None)
    for marked in continuum.spans:
        places = range(marked.span.start, marked.span.end)
        own[marked.code] += len(places) ** 2
        meets = sum(
            label[other][place] is not None
            for other in coders
            if other != marked.coder
            for place in places
        )
        own_coded[marked.code] += (meets / others) ** 2

    def expected(among: list[Any], own: dict[Any, float]) -> dict[tuple[Any, Any], float]:
        margin = {c: sum(met[c, k] for k in among) for c in among}
        total = sum(margin.values())
        under = total**2 - sum(own[c] for c in among)
        return {
            (c, k): total * (margin[c] * margin[k] - (own[c] if c == k else 0)) / under
            if under > 0
            else 0.0
            for c in among
            for k in among
        }

    def alpha(observed: float, chance: float) -> float | None:
        return 1 - observed / chance if chance > 1e-12 else None

    chance, coded = expected(kinds, own), expected(codes, own_coded)
    apart = [(c, k) for c in kinds for k in kinds if c != k]
    gap = [(c, k) for c, k in apart if c is None or k is None]
    inner = [(c, k) for c in codes for k in codes if c != k]
    found = {
        "u": alpha(sum(met[p] for p in apart), sum(chance[p] for p in apart)),
        "binary": alpha(sum(met[p] for p in gap), sum(chance[p] for p in gap)),
        "cu": alpha(sum(met[p] for p in inner), sum(coded[p] for p in inner)),
    }
    for code in codes:
        used = sum(met[c, code] for c in codes)
        by_chance = sum(coded[c, code] for c in codes)
        off, off_chance = used - met[code, code], by_chance - coded[code, code]
        found[f"({code})u"] = (
            1 - by_chance / used * off / off_chance if used and off_chance > 1e-12 else None
        )
    return found


@st.composite
def texts(draw: st.DrawFn, name: str = "t") -> Continuum:
    length = draw(st.integers(1, 25))
    coders = {}
    for coder in "ABCD"[: draw(st.integers(2, 4))]:
        borders = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
        coders[coder] = [
            (start, end, code)
            for start, end in pairwise(borders)
            for code in [draw(st.sampled_from("xyz-"))]
            if code != "-"
        ]
    return text(length, name, **coders)


@given(texts())
@settings(deadline=None)
def test_the_family_is_its_definition(continuum: Continuum) -> None:
    found = values(family(continuum))
    wanted = literal(continuum, list(continuum.codes))
    assert set(found) == set(wanted)
    for name, number in wanted.items():
        if number is None:
            assert found[name] is None, name
        else:
            assert found[name] == pytest.approx(number, abs=1e-9), name


@given(texts(), st.integers(1, 30))
@settings(deadline=None)
def test_names_and_order_of_coders_and_spans_do_not_matter(continuum: Continuum, more: int) -> None:
    names = {"x": "q", "y": "b", "z": "k"}
    turned = Continuum(
        "t",
        continuum.length,
        continuum.coders[::-1],
        tuple(CodedSpan(s.coder, names[s.code], s.span) for s in continuum.spans[::-1]),
    )
    before, after = family(continuum), family(turned)
    for name in ("units", "binary", "coding"):
        one, other = getattr(before, name).value, getattr(after, name).value
        assert one == pytest.approx(other)
        assert one is None or one <= 1 + 1e-12


def test_adjacent_stretches_are_two_units_and_overlapping_ones_of_one_code_are_one() -> None:
    one = family(text(50, A=[(0, 20, "x")], B=[(0, 10, "x"), (10, 20, "x")]))
    assert one.units.units == 3
    assert one.units.value == 1
    two = family(text(50, A=[(0, 20, "x")], B=[(0, 15, "x"), (10, 20, "x"), (30, 30, "x")]))
    assert two.units.units == 2
    assert two == family(text(50, A=[(0, 20, "x")], B=[(0, 20, "x")]))


def test_texts_are_pooled_without_units_crossing_their_borders() -> None:
    first = text(40, "one", A=[(0, 10, "x")], B=[(2, 12, "x")])
    second = text(60, "two", A=[(5, 9, "y"), (50, 60, "x")], B=[(5, 9, "y")])
    joined = text(
        100,
        A=[(0, 10, "x"), (45, 49, "y"), (90, 100, "x")],
        B=[(2, 12, "x"), (45, 49, "y")],
    )
    assert values(family(first, second)) == pytest.approx(values(family(joined)))
    assert family(first, second).texts == 2


def test_texts_read_by_one_coder_are_left_out_and_named() -> None:
    both = text(40, "both", A=[(0, 10, "x")], B=[(2, 12, "x")])
    alone = text(40, "alone", A=[(0, 10, "x")])
    found = family(both, alone)
    assert found.texts_left_out == ("alone",)
    assert found.units == family(both).units


# ---------------------------------------------------------------- undefined


@pytest.mark.parametrize(
    ("continua", "reasons"),
    [
        pytest.param([], ("no text was read by two",) * 3, id="empty"),
        pytest.param([text(9, A=[(0, 5, "x")])], ("no text was read by two",) * 3, id="one coder"),
        pytest.param([text(9, A=[], B=[])], ("nobody marked anything",) * 3, id="all missing"),
        pytest.param([text(0, A=[], B=[])], ("nobody marked anything",) * 3, id="no text"),
        pytest.param(
            [text(9, A=[(0, 9, "x")], B=[(0, 9, "x")])],
            ("with one code", "there are no gaps", "only one code"),
            id="all equal",
        ),
        pytest.param(
            [text(9, A=[(0, 3, "x")], B=[(0, 3, "x")])],
            (None, None, "only one code where two coders marked"),
            id="one category",
        ),
        pytest.param(
            [text(9, A=[(0, 3, "x")], B=[(4, 6, "y")])],
            (None, None, "nowhere did two coders mark the same place"),
            id="no overlap",
        ),
        pytest.param(
            [text(9, A=[(0, 5, "x"), (3, 7, "y")], B=[])],
            ("A gave 'x' and 'y' to one place in t: compute each code",) * 3,
            id="overlapping codes",
        ),
    ],
)
def test_the_undefined_is_null_with_a_reason(
    continua: list[Continuum], reasons: tuple[str | None, ...]
) -> None:
    found = unitizing_agreement(continua)
    for one, reason in zip((found.units, found.binary, found.coding), reasons, strict=True):
        assert (one.value is None) == (reason is not None)
        assert (reason or "") in one.reason
        assert bool(one.reason) == (reason is not None)
        assert one.interval is None
    for code in found.codes:
        assert (code.estimate.value is None) == bool(code.estimate.reason)


def test_overlapping_codes_are_compared_one_by_one() -> None:
    both = text(
        100,
        A=[(0, 30, "x"), (20, 50, "y")],
        B=[(0, 25, "x"), (20, 50, "y"), (60, 70, "z")],
    )
    found = unitizing_by_code([both], plan=POINTS)
    assert list(found) == ["x", "y", "z"]
    assert found["y"].value == 1
    only = family(text(100, A=[(0, 30, "x")], B=[(0, 25, "x")]))
    assert found["x"].value == only.units.value == only.binary.value
    assert found["x"].label == "uα of x against all else"
    assert (found["z"].value or 0) < 0


@pytest.mark.parametrize("fault", ["beyond", "nobody"])
def test_spans_that_do_not_fit_their_text_are_faults(fault: str) -> None:
    marks = [(5, 11 if fault == "beyond" else 9, "x")]
    with pytest.raises(ValueError, match=r"beyond the text|not among the coders"):
        Continuum(
            "t",
            10,
            ("A",),
            tuple(
                CodedSpan("A" if fault == "beyond" else "B", code, Span(start, end))
                for start, end, code in marks
            ),
        )


def test_a_transcript_is_a_continuum_of_its_code_points() -> None:
    transcript = Transcript("E01", "P1: 😀 yes.\n", ())
    span = CodedSpan("A", "x", Span(4, 5))
    assert continuum_of(transcript, ["A", "B"], [span]) == Continuum("E01", 11, ("A", "B"), (span,))


# ---------------------------------------------------------------- intervals


def many(number: int, *, codes: str = "xy") -> list[Continuum]:
    """Texts in which the second coder is off by more in every third one."""
    return [
        text(
            200,
            f"E{index:02}",
            A=[(10, 40, codes[0]), (100, 140, codes[-1])],
            B=[(10, 40, codes[0]), (100 + 15 * (index % 3), 140 + 5 * (index % 3), codes[-1])],
        )
        for index in range(number)
    ]


def test_whole_texts_are_drawn() -> None:
    found = unitizing_agreement(many(12), plan=Resampling(seed=3))
    again = unitizing_agreement(many(12), plan=Resampling(seed=3))
    assert found == again
    made = found.units.interval
    assert made is not None
    assert (made.drawn, made.clusters, made.seed, made.defined) == ("interview", 12, 3, 2000)
    assert made.low < (found.units.value or 0) < made.high
    assert found.units.standard_error is not None
    extreme = [unitizing_agreement([one], plan=POINTS).units.value or 0 for one in many(12)]
    assert min(extreme) < made.low
    assert made.high < max(extreme)
    assert found.coding.value == 1
    assert found.coding.no_interval.startswith("the same in all resamples")


def test_few_texts_give_no_interval() -> None:
    found = unitizing_agreement(many(9))
    assert found.units.value is not None
    assert found.units.no_interval == "too few interviews for an interval: 9, not 10"


def test_undefined_in_most_resamples_gives_no_interval() -> None:
    # Coding needs both codes: one text has x, another y, the others nothing.
    both = [text(50, "0", A=[(0, 9, "x")], B=[(0, 9, "x")])]
    both.append(text(50, "1", A=[(0, 9, "y")], B=[(0, 9, "y")]))
    both += [text(50, str(number), A=[], B=[]) for number in range(2, 12)]
    found = unitizing_agreement(both).coding
    assert found.value == 1
    assert found.no_interval.startswith("undefined in ")


def test_a_rare_code_is_drawn_by_strata() -> None:
    rare = many(12)[:3] + [text(200, f"F{index}", A=[], B=[]) for index in range(12)]
    made = unitizing_by_code(rare)["y"].interval
    assert made is not None
    assert made.stratified
    assert made.defined == made.resamples
    assert unitizing_by_code(rare[2:])["y"].no_interval == "the code stands in one interview only"


# ---------------------------------------------------------------- the alpha of 2004


def test_the_worked_example_of_krippendorff_2004() -> None:
    # Content Analysis, 2nd ed., p. 254; positions from the start of the continuum at 150.
    found = earlier_unitizing(
        text(
            300,
            i=[(75, 145, "c"), (220, 250, "c"), (30, 90, "k"), (150, 200, "k")],
            j=[(70, 150, "c"), (205, 225, "c"), (250, 270, "c"), (30, 90, "k"), (150, 200, "k")],
        )
    )
    assert found.codes["c"].observed == pytest.approx(0.0144, abs=5e-5)
    assert found.codes["c"].expected == pytest.approx(0.0532, abs=5e-5)
    assert round(found.codes["c"].value or 0, 4) == 0.7286
    assert found.codes["k"].expected == pytest.approx(0.0490, abs=5e-5)
    assert found.codes["k"].value == 1
    assert round(found.overall.value or 0, 4) == 0.8587
    assert "2004" in found.overall.source


def literal_2004(continuum: Continuum, code: str) -> tuple[float, float]:
    """D_o and D_e from all pairs of sections (Krippendorff 2004, p. 255)."""
    length, coders = continuum.length, continuum.coders
    sections = []
    for coder in coders:
        own, at = [], 0
        for span in continuum.stretches(coder, code):
            own += [(at, span.start, False)] if span.start > at else []
            own.append((span.start, span.end, True))
            at = span.end
        own += [(at, length, False)] if length > at else []
        sections.append(own)

    def apart(one: tuple[int, int, bool], other: tuple[int, int, bool]) -> float:
        if one[2] and other[2]:
            meet = one[0] < other[1] and other[0] < one[1]
            return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 if meet else 0
        unit, gap = (one, other) if one[2] else (other, one)
        inside = unit[2] and gap[0] <= unit[0] and unit[1] <= gap[1]
        return (unit[1] - unit[0]) ** 2 if inside else 0

    observed = sum(
        apart(g, h) for one, other in combinations(sections, 2) for g in one for h in other
    )
    number = len(coders)
    every = [section for own in sections for section in own]
    units = [end - start for start, end, marked in every if marked]
    gaps = [end - start for start, end, marked in every if not marked]
    ways = sum(
        (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        for size in units
    )
    under = number * length * (number * length - 1) - sum(size * (size - 1) for size in units)
    return 2 * observed / (number * (number - 1) * length**2), 2 / length * ways / under


@given(texts())
@settings(deadline=None)
def test_the_earlier_alpha_is_its_definition(continuum: Continuum) -> None:
    found = earlier_unitizing(continuum)
    assert set(found.codes) == set(continuum.codes)
    for code, one in found.codes.items():
        if one.value is None:
            assert one.reason
        else:
            observed, expected = literal_2004(continuum, code)
            assert one.observed == pytest.approx(observed)
            assert one.expected == pytest.approx(expected)
            assert one.value == pytest.approx(1 - observed / expected, abs=1e-9)


@pytest.mark.parametrize(
    ("continuum", "reason"),
    [
        (text(9, A=[(0, 3, "x")]), "the text was not read by two coders"),
        (text(9, A=[], B=[]), "nobody marked anything"),
        (text(0, A=[], B=[]), "nobody marked anything"),
        (text(9, A=[(0, 9, "x")], B=[(0, 9, "x")]), "there is no variation"),
    ],
)
def test_the_earlier_alpha_is_null_with_a_reason(continuum: Continuum, reason: str) -> None:
    found = earlier_unitizing(continuum)
    for one in (found.overall, *found.codes.values()):
        assert one.value is None
        assert reason in one.reason


# ---------------------------------------------------------------- other programs' figures


def test_nvivos_manual_example() -> None:
    marks = text(1000, A=[(0, 130, "x")], B=[(80, 200, "x")])
    found = nvivo_comparisons([marks], "A", "B")[0]
    assert (found.both, found.first_only + found.second_only, found.neither) == (50, 150, 800)
    assert found.agreement == 0.85


@pytest.mark.parametrize(
    ("first", "second", "kappa"), [((0, 100), (50, 150), 0.4444), ((0, 500), (200, 700), 0.20)]
)
def test_nvivos_kappa_is_cohens_on_characters(
    first: tuple[int, int], second: tuple[int, int], kappa: float
) -> None:
    marks = text(1000, A=[(*first, "x")], B=[(*second, "x")])
    found = nvivo_comparisons([marks], "A", "B")[0]
    assert found.kappa == pytest.approx(kappa, abs=5e-5)
    assert found.shown_kappa == found.kappa


@pytest.mark.parametrize(
    ("first", "second", "kappa", "shown"),
    [
        pytest.param([], [], None, 1, id="nobody coded"),
        pytest.param([(0, 50, "x")], [(0, 50, "x")], None, 1, id="both coded all"),
        pytest.param([(0, 10, "x")], [], 0, 0, id="one coded"),
        pytest.param([(0, 10, "x")], [(0, 10, "x")], 1, 1, id="equal"),
        pytest.param([(0, 50, "x")], [], 0, 0, id="one coded all, one nothing"),
    ],
)
def test_nvivos_convention_for_equal_coding(
    first: Marks, second: Marks, kappa: float | None, shown: float
) -> None:
    found = nvivo_comparisons([text(50, A=first, B=second)], "A", "B", codes=["x"])[0]
    assert found.kappa == kappa
    assert found.shown_kappa == shown


def test_nvivo_compares_each_code_in_each_text_both_read() -> None:
    one = text(20, "one", A=[(0, 5, "x")], B=[(0, 5, "y")])
    two = text(20, "two", A=[(0, 5, "x")], C=[])
    three = text(0, "three", A=[], B=[])
    found = nvivo_comparisons([one, two, three], "A", "B")
    assert [(row.code, row.text) for row in found] == [
        ("x", "one"), ("x", "three"), ("y", "one"), ("y", "three"),
    ]  # fmt: skip
    assert found[1].agreement is None


def test_maxqda_looks_every_segment_up_with_the_other() -> None:
    marks = text(
        1000,
        A=[(0, 100, "x"), (200, 300, "y"), (500, 510, "x")],
        B=[(0, 92, "x"), (215, 300, "y"), (700, 720, "z")],
    )
    found = maxqda_agreement([marks], "A", "B")
    rows = {row.code: (row.agreeing, row.first_only, row.second_only) for row in found.codes}
    assert rows == {"x": (2, 1, 0), "y": (0, 1, 1), "z": (0, 0, 1)}
    assert found.all_codes.agreement == pytest.approx(2 / 6)
    assert found.expected == pytest.approx(1 / 3)
    assert found.kappa == pytest.approx((2 / 6 - 1 / 3) / (1 - 1 / 3))
    looser = maxqda_agreement([marks], "A", "B", overlap=0.8)
    assert looser.all_codes.agreeing == 4
    declared = maxqda_agreement([marks], "A", "B", codes=[*"xyz", "w"])
    assert declared.expected == 0.25


@pytest.mark.parametrize(
    ("marks", "agreeing"),
    [
        pytest.param([(0, 90, "x")], 2, id="exactly the threshold"),
        pytest.param([(0, 89, "x")], 0, id="just under"),
        pytest.param([(0, 112, "x")], 0, id="the longer one counts"),
        pytest.param([(0, 100, "y")], 0, id="another code"),
        pytest.param([(0, 50, "x"), (50, 100, "x")], 0, id="in two halves"),
    ],
)
def test_maxqdas_overlap(marks: Marks, agreeing: int) -> None:
    found = maxqda_agreement([text(200, A=[(0, 100, "x")], B=marks)], "A", "B")
    assert found.all_codes.agreeing == agreeing


@pytest.mark.parametrize(
    ("continua", "reason"),
    [
        ([text(9, A=[], B=[])], "neither coder coded a segment"),
        ([], "neither coder coded a segment"),
        ([text(9, A=[(0, 5, "x")], B=[(0, 5, "x")])], "with one code, chance alone"),
    ],
)
def test_maxqdas_kappa_is_null_with_a_reason(continua: list[Continuum], reason: str) -> None:
    found = maxqda_agreement(continua, "A", "B")
    assert found.kappa is None
    assert reason in found.reason
