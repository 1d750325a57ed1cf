"""Cases by codes: what the cells hold, who has a row, columns that collide, width."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import Run
from table_samples import judged, sentences, study_of

import thematic
from thematic.model.cells import Cells
from thematic.model.judged import Basis

TALKS = {
    "E1": sentences(["anise and anise", "banana", "apple"]),  # words: 5, 3, 3
    "E2": sentences(["anise"]),
    "E3": sentences(["date"]),
    "P1": sentences(["cherry"]),
}
ATTRIBUTES = {"E1": {"case": "X1"}, "E2": {"case": "X1"}, "P1": {"kind": "publication"}}


def cells(table: thematic.ResultTable, by: str = "case") -> dict[tuple[str, str], list[object]]:
    return {(row["kind"], row[by]): [row["words_N"], row["a"], row["b"]] for row in table.records()}


@pytest.mark.parametrize(
    ("asked", "x1"),
    [
        (Cells.UNITS, [14, 3, 1]),
        (Cells.MENTIONS, [14, 4, 1]),
        (Cells.WORDS, [14, 11, 3]),
        (Cells.BINARY, [14, 1, 1]),
    ],
)
def test_cells_hold_what_was_asked(asked: Cells, x1: list[int]) -> None:
    found = cells(thematic.case_matrix(study_of(TALKS, ATTRIBUTES), cells=asked))
    assert found["interview", "X1"] == x1  # two transcripts of one person
    assert found["interview", "E3"] == [3, 0, 0]
    assert list(found)[-1] == ("publication", "P1")


def test_rows_may_be_transcripts() -> None:
    table = thematic.case_matrix(study_of(TALKS, ATTRIBUTES), by="transcript")
    found = cells(table, "transcript")
    assert found["interview", "E2"] == [3, 1, 0]
    assert table.column("case")[:2] == ["X1", "X1"]


def test_who_said_nothing_left_nothing_out() -> None:
    silent = {**TALKS, "E4": "I: And you?\n\nI: And you?\n"}
    assert cells(thematic.case_matrix(study_of(silent, ATTRIBUTES)))["interview", "E4"] == [
        0, None, None,
    ]  # fmt: skip


def test_people_decide_on_units() -> None:
    codings = judged(study_of(TALKS), ("E3", "The date here.", "b", True))
    table = thematic.case_matrix(codings, basis=Basis.DECIDED)
    assert cells(table)["interview", "E3"] == [3, 0, 1]
    assert cells(table)["interview", "E1"] == [11, 0, 0]
    with pytest.raises(ValueError, match="people decide on units"):
        thematic.case_matrix(codings, basis=Basis.DECIDED, cells=Cells.MENTIONS)
    with pytest.raises(ValueError, match="none of case, transcript"):
        thematic.case_matrix(codings, by="speaker")


CLASHING = """\
codebook: clashes
themes:
  kind: {definition: K., rules: [anise]}
  words_N: {definition: W., rules: [banana]}
  study_status: {definition: S., rules: [cherry]}
"""


def test_codes_called_like_columns_have_columns_of_their_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("book.yaml").write_text(CLASHING)
    Path("E1.txt").write_text(sentences(["anise", "banana and anise"]))
    (row,) = csv.DictReader(
        io.StringIO(run("matrix", "E1.txt", "-c", "book.yaml", "-f", "csv").out)
    )
    assert (row["kind"], row["code:kind"], row["code:words_N"]) == ("interview", "2", "1")
    shown = run("matrix", "E1.txt", "-c", "book.yaml").out
    assert "E1 8 2 1 0" in " ".join(shown.split())


def test_numbers_agree_with_frequencies(run: Run, study: Path) -> None:
    rows = json.loads(run("matrix", "--codes", "-f", "json").out)["rows"]
    counts = json.loads(run("freq", "--by", "case", "-f", "json").out)["rows"]
    found = {(row["kind"], row["case"]): row for row in rows}
    for one in counts:
        if one["coded_by"] == "rules":
            assert found[one["kind"], one["case"]][one["code"]] == one["units"]
    assert "alliance/control" not in rows[0]  # only people code it


def test_many_codes_go_into_several_tables_of_the_width(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [f"a-rather-long-theme-{number}" for number in range(12)]
    Path("book.yaml").write_text("".join(f"{name}: [anise]\n" for name in names))
    Path("E1.txt").write_text(sentences(["anise"]))
    out = run("matrix", "E1.txt", "-c", "book.yaml").out
    assert max(map(len, out.splitlines())) <= 80
    assert out.count("(continued)") >= 1
    assert out.count("E1") == 1 + out.count("(continued)")
    page = run("matrix", "E1.txt", "-c", "book.yaml", "-f", "md").out
    assert all(
        f"a\\-rather\\-long\\-theme\\-{n}" in page or f"theme-{n}" in page for n in range(12)
    )
