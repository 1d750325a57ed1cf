"""Excel files: which sheet is read, what its cells become, and what a hostile one can do."""

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from thematic.errors import Severity
from thematic.readers import Limits, ReadOptions, read_all

Rows = Sequence[Sequence[object]]
TURNS: Rows = (["Speaker", "Text"], ["I", "Hello."], ["R", "Hi."])
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


def workbook(change: Callable[[Any], object] | None = None, **sheets: Rows) -> bytes:
    """An Excel file with a sheet for each name; `change` gets the workbook before it is saved."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one of its parts replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return buffer.getvalue()


def read(data: bytes, **options: Any) -> tuple[list[tuple[str, str, float | None]], list[str]]:
    """Speaker, words and time of each turn of the one transcript, and all messages."""
    transcripts, problems = read_all(data, id="x", suffix=".xlsx", options=ReadOptions(**options))
    turns = [
        (turn.speaker, one.text[turn.span.start : turn.span.end], turn.time)
        for one in transcripts
        for turn in one.turns
    ]
    return turns, [f"{p.severity} {p.line} {p.message}" for p in problems]


def test_turns() -> None:
    transcripts, problems = read_all(workbook(A=TURNS), id="x", suffix=".xlsm")
    assert problems == []
    assert [(one.id, one.format, one.text) for one in transcripts] == [
        ("x", "xlsx", "I: Hello.\n\nR: Hi.")
    ]


def shown_as(shape: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book.worksheets[0]["A2"].number_format = shape

    return change


TIMES = {
    "clock": (datetime.time(0, 1, 2), "hh:mm:ss", 62.0),
    "thousandths": (datetime.time(0, 1, 2, 500_000), "mm:ss.000", 62.5),
    "minutes-and-seconds-as-typed": (datetime.time(0, 14), "h:mm", 14.0),
    "hours-where-seconds-show": (datetime.time(1, 2), "h:mm:ss", 3720.0),
    "more-than-a-day": (datetime.timedelta(hours=30, seconds=2), "[h]:mm:ss", 108_002.0),
    "a-number": (12.5, "General", 12.5),
    "text": ("00:00:07", "@", 7.0),
}


@pytest.mark.parametrize(("value", "shape", "seconds"), TIMES.values(), ids=TIMES.keys())
def test_times(value: object, shape: str, seconds: float) -> None:
    data = workbook(shown_as(shape), A=[["Time", "Speaker", "Text"], [value, "I", "Hello."]])
    assert read(data) == ([("I", "Hello.", seconds)], [])


CELLS = {
    "whole-number": (12.0, "12"),
    "number": (0.1 + 0.2, "0.3"),
    "truth": (True, "TRUE"),
    "date": (datetime.date(2021, 7, 8), "2021-07-08"),
    "date-and-time": (datetime.datetime(2021, 7, 8, 9, 5), "2021-07-08 09:05:00"),
    "carriage-return": ("one_x000D_\ntwo", "one\ntwo"),
    "escaped-escape": ("_x005F_x000D_", "_x000D_"),
    "control-character": ("a_x0007_b", "ab"),
    "formula-like": ("'=1+1", "'=1+1"),
    "rich-text": (CellRichText("so ", TextBlock(InlineFont(b=True), "bold")), "so bold"),
}


@pytest.mark.parametrize(("value", "text"), CELLS.values(), ids=CELLS.keys())
def test_cells(value: object, text: str) -> None:
    assert read(workbook(A=[["Speaker", "Text"], ["I", value]])) == ([("I", text, None)], [])


def test_the_result_of_a_formula_is_read() -> None:
    row = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>I</t></is></c>'
        '<c r="B2" t="str"><f>A1&amp;A2</f><v>as saved</v></c></row>'
    )
    head = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Speaker</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Text</t></is></c></row>'
    )
    data = with_part(workbook(A=TURNS), SHEET, f"{HEAD}{head}{row}{TAIL}".encode())
    assert read(data) == ([("I", "as saved", None)], [])


def test_a_formula_without_result_is_told() -> None:
    turns, told = read(workbook(A=[["Speaker", "Text"], ["I", "=A1"], ["R", "Hi."]]))
    assert turns == [("R", "Hi.", None)]
    assert told == ["warning 2 formulas without a saved result are read as empty: B2"]


def test_an_error_is_told() -> None:
    turns, told = read(workbook(A=[["Speaker", "Text"], ["I", "#NAME?"], ["R", "Hi."]]))
    assert turns == [("R", "Hi.", None)]
    assert told == ["warning 2 cells that hold an error are read as empty: B2"]


def hide(book: Any) -> None:
    book["Secret"].sheet_state = "veryHidden"


MANY = {"About": [["This file is about tea."]], "Talk": TURNS, "Secret": TURNS, "More": TURNS}


def test_the_first_sheet_with_a_table_is_read_and_the_others_are_named() -> None:
    turns, told = read(workbook(hide, **MANY))
    assert [speaker for speaker, _, _ in turns] == ["I", "R"]
    assert told == [
        "note 0 read is the sheet 'Talk'; not read: 'About', 'More'",
        "note 0 hidden sheets are not read: 'Secret'",
    ]


def test_a_sheet_may_be_chosen() -> None:
    data = workbook(hide, **MANY, Answers=[["text"], ["Yes."]])
    assert read(data, sheet=" answers") == ([("", "Yes.", None)], [])
    assert len(read(data, sheet="Secret")[0]) == 2
    assert read(data, sheet="Tlak") == ([], ["error 0 there is no sheet 'Tlak'"])


def test_empty_rows_and_columns_are_passed_over_and_lines_are_those_of_excel() -> None:
    rows = [
        [],
        [None, "Study of tea"],
        [],
        [None, "Who", None, "Said"],
        [None, "I", None, "Hello."],
    ]
    rows += [[], [None, None, None, "So?"], [None, "R", None, "Hi."]]
    turns, told = read(workbook(A=rows))
    assert turns == [("I", "Hello.", None), ("I", "So?", None), ("R", "Hi.", None)]
    assert told == [
        "note 4 the header is this row; the row above it is left out: Study of tea",
        "note 7 a row names no speaker and is read as talk of the speaker above",
    ]


FAULTY = {
    "no-archive": (b"hello", "damaged or of another kind"),
    "cut": (workbook(A=TURNS)[:900], "damaged or of another kind"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password or in the old format"),
    "empty": (workbook(A=[]), "the sheets are empty"),
    "no-words": (workbook(A=[["Speaker", "Text"]]), "holds no words"),
    "no-text-column": (workbook(A=[["a", "b"], [1, 2]]), "no column holds the text"),
    "another-archive": (
        workbook(A=TURNS).replace(b"xl/workbook.xml", b"xx/workbook.xml"),
        "no Excel",
    ),
    "strict": (
        with_part(
            workbook(A=TURNS),
            "xl/workbook.xml",
            b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>',
        ),
        "Strict Open XML",
    ),
}


@pytest.mark.parametrize(("data", "message"), FAULTY.values(), ids=FAULTY.keys())
def test_faulty_files(data: bytes, message: str) -> None:
    transcripts, problems = read_all(data, id="x", suffix=".xlsx")
    assert transcripts == ()
    assert (problems[-1].severity, message in problems[-1].message) == (Severity.ERROR, True)
    assert problems[-1].hint


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
CELL = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'
HOSTILE = {
    "doctype": (f'<!DOCTYPE x [<!ENTITY a0 "aaa">{LAUGHS}]>{HEAD}{TAIL}', "DOCTYPE"),
    "doctype-far-down": (
        f'<!--{" " * 5000}--><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{LAUGHS}]>{HEAD}'
        f'<row><c t="inlineStr"><is><t>&a9;</t></is></c></row>{TAIL}',
        "no Excel file that can be read",
    ),
    "file-entity": (
        f'<!--{" " * 5000}--><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>{HEAD}'
        f'<row><c t="inlineStr"><is><t>&a;</t></is></c></row>{TAIL}',
        "no Excel file that can be read",
    ),
    "row-of-no-sheet": (
        f'{HEAD}<row r="999999999999">{CELL.format("A1")}</row>{TAIL}',
        "the sheets are empty",
    ),
    "wide-rows": (
        HEAD + "".join(f'<row r="{n}">{CELL.format(f"XFD{n}")}</row>' for n in range(1, 20)) + TAIL,
        "more than 200,000 cells",
    ),
    "deep": (f"{HEAD}{'<row>' * 50_000}{'</row>' * 50_000}{TAIL}", "the sheets are empty"),
    "string-that-is-not-there": (f'{HEAD}<row><c t="s"><v>99</v></c></row>{TAIL}', "no Excel file"),
}


@pytest.mark.parametrize(("xml", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_sheets_end_in_a_message(xml: str, message: str) -> None:
    data = with_part(workbook(A=TURNS), SHEET, xml.encode())
    options = ReadOptions(limits=Limits(cells=200_000))
    transcripts, problems = read_all(data, id="x", suffix=".xlsx", options=options)
    assert transcripts == ()
    assert message in problems[-1].message


SOUND = workbook(A=[["Time", "Speaker", "Text"], [datetime.time(0, 1), "I", "Hello."], [2, "R", 3]])
PARTS = [name for name in zipfile.ZipFile(io.BytesIO(SOUND)).namelist() if name.endswith(".xml")]


def check(data: bytes) -> None:
    transcripts, problems = read_all(data, id="x", suffix=".xlsx")
    assert transcripts or problems
    for one in transcripts:
        for turn in one.turns:
            assert 0 <= turn.span.start <= turn.span.end <= len(one.text)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.binary(max_size=4), st.booleans())
def test_damaged_files_give_transcripts_or_problems(place: int, bytes_: bytes, cut: bool) -> None:
    rest = b"" if cut else SOUND[place + len(bytes_) :]
    check(SOUND[:place] + bytes_ + rest)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PARTS),
    st.integers(0, 5000),
    st.integers(0, 30),
    st.sampled_from([b"", b"<", b">", b'"', b"/", b"9", b"-1", b"e9", b"A", b"\xff", b"<v>7</v>"]),
)
def test_damaged_parts_give_transcripts_or_problems(
    name: str, place: int, gone: int, put: bytes
) -> None:
    xml = zipfile.ZipFile(io.BytesIO(SOUND)).read(name)
    place = place % len(xml)
    check(with_part(SOUND, name, xml[:place] + put + xml[place + gone :]))
