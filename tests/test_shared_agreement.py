"""The worked examples kept outside the repository, to their printed digits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thematic.analysis.agreement.building import ratings_from_rows
from thematic.analysis.agreement.estimate import Resampling
from thematic.analysis.agreement.ratings import Level
from thematic.analysis.agreement.units import agreement

FILE = Path(__file__).parents[2] / "shared" / "data" / "agreement" / "worked-examples.json"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="no worked examples here")

NAMES = {
    "percent": "percent",
    "irrCAC_percent_agreement": "percent",
    "kappa": "cohen_kappa",
    "cohen_kappa": "cohen_kappa",
    "pi": "fleiss_kappa",
    "scott_pi": "fleiss_kappa",
    "fleiss_kappa_gwet_ext": "fleiss_kappa",
    "bennett_S": "brennan_prediger",
    "brennan_prediger": "brennan_prediger",
    "gwet_ac1": "gwet_ac",
    "conger_kappa": "conger_kappa",
}


def examples() -> list[Any]:
    if not FILE.is_file():
        return []
    found = []
    for name, entry in json.loads(FILE.read_text(encoding="utf-8")).items():
        parts = entry.get("examples", {"": entry})
        for part, data in parts.items():
            coders = data.get("data_by_coder") or [data["coder1"], data["coder2"]]
            numbers = {**data.get("recomputed", {})}
            printed = entry["printed"].get(part, {}) if part else entry["printed"]
            rows = [list(row) for row in zip(*coders, strict=True)]
            found += [
                pytest.param(name, rows, figure, number, exact, id=f"{name} {part} {figure} {kind}")
                for kind, figures, exact in (
                    ("printed", printed, False),
                    ("recomputed", numbers, True),
                )
                for figure, number in figures.items()
            ]
    return found


def computed(rows: list[list[Any]], figure: str) -> float | None:
    plan = Resampling(resamples=0)
    if figure in ("Do", "De"):
        alpha = agreement(ratings_from_rows(rows), plan=plan)["krippendorff_alpha"]
        return alpha.observed if figure == "Do" else alpha.expected
    if figure.startswith("alpha"):
        level = Level(figure.partition("_")[2] or "nominal")
        return agreement(ratings_from_rows(rows, level=level), plan=plan)[
            "krippendorff_alpha"
        ].value
    return agreement(ratings_from_rows(rows), plan=plan)[NAMES[figure]].value


@pytest.mark.parametrize(("name", "rows", "figure", "number", "exact"), examples())
def test_worked_example(
    name: str, rows: list[list[Any]], figure: str, number: float, exact: bool
) -> None:
    if figure == "conger_kappa":
        # Gwet prints .763 for his copy of the data, where the third coder rated unit 12.
        rows = [*rows[:-1], [None, None, 3, None]]
    found = computed(rows, figure)
    assert found is not None
    if exact:
        assert round(found, 6) == number
    else:
        # Some papers cut off the last digit, some round it.
        digits = len(str(number).partition(".")[2])
        assert abs(found - number) < 10**-digits


def test_the_degenerate_example_is_null_with_a_reason() -> None:
    found = agreement(ratings_from_rows([[1, 1]] * 24))
    for name in ("cohen_kappa", "fleiss_kappa", "krippendorff_alpha"):
        assert found[name].value is None
        assert found[name].reason
