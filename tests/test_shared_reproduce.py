"""Reproducing tables of real speeches and briefings whose counts were checked by hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

SHARED = Path(__file__).parents[2] / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no public transcripts here")
TERMS = {
    "taliban": ("The Taliban", ["taliban"]),
    "al_qaeda": ("Al-Qaida", [{"regex": "al[\\s-]+qa[ei]'?da"}]),
    "money": ("Money", ["money"]),
    "opium": ("Opium", ["opium"]),
    "drug*": ("Drugs", ["drug*"]),
    "safe haven*": ("Safe havens", ["safe haven*"]),
    "trib*": ("Tribes", ["trib*"]),
    "ally|allies|allied": ("Allies", ["ally", "allies", "allied"]),
    "family|families": ("Families", ["family", "families"]),
}


def codebook(folder: Path) -> Path:
    """The dictionary, whose codes are not written as the table prints them."""
    codes = ["taliban", "al-qaeda", "money", "opium", "drug", "haven", "tribe", "ally", "family"]
    rules = {code: terms for code, (_, terms) in zip(codes, TERMS.values(), strict=True)}
    file = folder / "terms.yaml"
    file.write_text(json.dumps(rules))
    return file


def facts(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))
    return dict(found[folder])


def table(folder: Path, columns: dict[str, dict[str, int]]) -> Path:
    """Terms in rows, transcripts in columns, as printed."""
    rows = [["Term", *columns]]
    rows += [
        [printed, *(str(counts.get(term, 0)) for counts in columns.values())]
        for term, (printed, _) in TERMS.items()
    ]
    file = folder / "tally.csv"
    file.write_text("\n".join(",".join(row) for row in rows))
    return file


def reproduced(run: Run, tally: Path, folder: str, *more: str) -> list[dict[str, str]]:
    names = ["The Taliban=taliban", "Al-Qaida=al-qaeda", "Drugs=drug", "Safe havens=haven"]
    names += ["Tribes=tribe", "Allies=ally", "Families=family"]
    given = [word for name in names for word in ("--name", name)]
    book = codebook(tally.parent)
    asked = [str(tally), str(SHARED / folder), "-c", str(book), "--counts", "mentions"]
    result = run("reproduce", *asked, *given, "-f", "csv", "-q", *more)
    return list(csv.DictReader(io.StringIO(result.out)))


def test_floor_statements_with_their_total(run: Run, tmp_path: Path) -> None:
    known = facts("congress")
    columns = {Path(name).stem: one["terms_body"] for name, one in known.items()}
    totals = {term: sum(counts.get(term, 0) for counts in columns.values()) for term in TERMS}
    cells = reproduced(run, table(tmp_path, columns | {"Total": totals}), "congress")
    assert len(cells) == len(TERMS) * 21
    assert [one for one in cells if one["agrees"] != "true"] == []


def test_54_cells_of_briefings(run: Run, tmp_path: Path) -> None:
    known = facts("whitehouse")
    columns = {Path(name).stem: one["terms_body"] for name, one in known.items()}
    columns["2021-08-26-press-briefing-by-press-secretary-jen-ps"]["money"] = 4  # a misprint
    cells = reproduced(run, table(tmp_path, columns), "whitehouse", "--include-interviewer")
    assert len(cells) == 54
    (wrong,) = (one for one in cells if one["agrees"] != "true")
    assert (wrong["code"], wrong["printed"], wrong["reproduced"]) == ("money", "4", "0")


def test_names_are_proposed_and_taken_only_when_told(run: Run, tmp_path: Path) -> None:
    known = facts("congress")
    columns = {Path(name).stem: one["terms_body"] for name, one in list(known.items())[:3]}
    tally, book = table(tmp_path, columns), codebook(tmp_path)
    asked = ["reproduce", str(tally), str(SHARED / "congress"), "-c", str(book)]
    asked += ["--counts", "mentions", "--section", "names", "-f", "csv", "-q"]
    names = {one["printed"]: one for one in csv.DictReader(io.StringIO(run(*asked).out))}
    assert names["Money"]["how"] == "same"
    assert names["The Taliban"]["proposed"].split("; ")[0] == "taliban"
    assert names["The Taliban"]["meaning"] == ""
    taken = csv.DictReader(io.StringIO(run(*asked, "--accept-names").out))
    assert {one["printed"]: one["meaning"] for one in taken}["The Taliban"] == "taliban"
