"""Numbers as they are printed in tables."""

from __future__ import annotations

import pytest

from thematic.readers.printed_numbers import has_decimal_commas, printed_number


@pytest.mark.parametrize(
    ("cell", "value", "digits", "percent", "base"),
    [
        ("12", 12, 0, False, None),
        ("1,234", 1234, 0, False, None),
        ("1 234", 1234, 0, False, None),
        ("12.50", 12.5, 2, False, None),
        ("12,5", 12.5, 1, False, None),
        (".05", 0.05, 2, False, None),
        ("15%", 15, 0, True, None),
        ("15.2 %", 15.2, 1, True, None),
        ("18/20", 18, 0, False, 20),
        ("18/20 (90)", 18, 0, False, 20),
        ("18 of 20", 18, 0, False, 20),
        ("3 (15%)", 3, 0, False, None),
        ("0,135", 0.135, 3, False, None),
        ("15.2% b", 15.2, 1, True, None),
        ("12²", 12, 0, False, None),
        ("n = 7", 7, 0, False, None),
        ("12*", 12, 0, False, None),
        ("−3", -3, 0, False, None),
        ("0", 0, 0, False, None),
    ],
)
def test_number(cell: str, value: float, digits: int, percent: bool, base: int | None) -> None:
    found = printed_number(cell)
    assert found is not None
    assert (found.value, found.digits, found.is_percent, found.base) == (
        value,
        digits,
        percent,
        base,
    )


@pytest.mark.parametrize("cell", ["", "–", "-", "n/a", "many", "1ab", "12-14", "E01", "2021-07-08"])
def test_no_number(cell: str) -> None:
    assert printed_number(cell) is None


@pytest.mark.parametrize(
    ("cell", "value", "agrees"),
    [
        ("12.5", 12.54, True),
        ("12.5", 12.55, True),
        ("12.5", 12.56, False),
        ("3", 3.5, True),
        ("3", 4, False),
    ],
)
def test_agreement_is_as_exact_as_what_is_printed(cell: str, value: float, agrees: bool) -> None:
    found = printed_number(cell)
    assert found is not None
    assert found.agrees(value) is agrees


@pytest.mark.parametrize(
    ("cells", "commas"),
    [(["12,5", "1.204"], True), (["1,204", "12.5"], False), (["1,204"], False), (["0,135"], True)],
    ids=["German", "English", "thousands", "shares"],
)
def test_decimal_commas(cells: list[str], commas: bool) -> None:
    assert has_decimal_commas(cells) is commas


def test_numbers_of_a_table_with_decimal_commas() -> None:
    found = [printed_number(cell, commas=True) for cell in ("1.204", "13,333", "1.204,5 %")]
    assert [one.value for one in found if one] == [1204, 13.333, 1204.5]


def test_two_numbers_in_a_cell() -> None:
    found = printed_number("3 (15.2%)")
    assert found is not None
    assert found.beside is not None
    assert (found.value, found.beside.value, found.beside.is_percent) == (3, 15.2, True)
