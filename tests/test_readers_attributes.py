"""Tables of attributes."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from thematic.errors import Severity
from thematic.model.transcript import Transcript
from thematic.readers import Source, attributes_of, read_attributes, with_attributes

EXPECTED = {"E01": {"case": "X1", "age": "41"}, "sub/E02": {"case": "", "age": "no"}}
TABLES = {
    "comma": ("a.csv", "id,Case,AGE\nE01,X1,41\nsub/E02,,no\n"),
    "semicolon": ("a.csv", "Transcript;case;age\nE01;X1;41\nsub\\E02;;no\n"),
    "tab": ("a.tsv", "case\tID\tage\nX1\tE01\t41\n\tsub/E02\tno\n"),
    "short-row": ("a.csv", "id,age,case\nE01,41,X1\nsub/E02,no\n"),
}


@pytest.mark.parametrize(("name", "text"), TABLES.values(), ids=TABLES.keys())
def test_tables(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8-sig")
    assert read_attributes(tmp_path / name) == (EXPECTED, [])


def test_excel(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ["id", "Date", "age", None],
        ["E01", date(2021, 7, 8), 41, None],
        [None] * 4,
        ["E02", None, 4.5, None],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    table, problems = read_attributes(tmp_path / "a.xlsx")
    assert problems == []
    assert table == {"E01": {"date": "2021-07-08", "age": "41"}, "E02": {"date": "", "age": "4.5"}}


def test_faulty_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,a\nE01,1\n,2\nE01,3\nE02,4\n", encoding="utf-8")
    table, problems = read_attributes(path)
    assert table == {"E01": {"a": "1"}, "E02": {"a": "4"}}
    assert [(p.line, p.severity, p.file) for p in problems] == [
        (3, Severity.ERROR, str(path)),
        (4, Severity.ERROR, str(path)),
    ]


def test_the_first_column_is_the_id_where_none_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,a\nE01,1\n", encoding="utf-8")
    table, problems = read_attributes(tmp_path / "a.csv")
    assert table == {"E01": {"a": "1"}}
    assert [(p.line, p.severity) for p in problems] == [(1, Severity.WARNING)]


@pytest.mark.parametrize("name", ["missing.csv", "empty.csv", "broken.xlsx"])
def test_unreadable_tables(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "broken.xlsx").write_bytes(b"hello")
    table, problems = read_attributes(tmp_path / name)
    assert table == {}
    assert [p.severity for p in problems] == [Severity.ERROR]


@pytest.mark.parametrize("key", ["a/E01", "a/E01.txt"])
def test_the_suffix_may_be_given_or_not(key: str) -> None:
    for source_id in ("a/E01", "a/E01.txt"):
        source = Source("a/E01.txt", source_id)
        assert attributes_of(source, {key: {"x": "1"}}) == {"x": "1"}
    assert attributes_of(Source("E02.txt", "E02"), {key: {"x": "1"}}) == {}


def test_the_table_wins_and_says_so() -> None:
    transcript = Transcript("E01", "", (), attributes={"case": "X1", "age": "41", "own": "a"})
    merged, problems = with_attributes(transcript, {"case": "X2", "age": "", "new": "b"})
    assert merged.attributes == {"case": "X2", "age": "41", "own": "a", "new": "b"}
    assert [(p.severity, "'X1'" in p.message) for p in problems] == [(Severity.WARNING, True)]
