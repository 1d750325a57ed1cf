"""Codebooks as workbooks: what is written is read as the same, and every fault has its row."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thematic.errors import Problem, Severity
from thematic.model.codebook import Codebook
from thematic.readers.codebook import (
    read_codebook,
    read_codebook_file,
    read_codebook_workbook,
)
from thematic.readers.codebook.reading import with_themes
from thematic.readers.codebook.sheet_form import COLUMNS, joined, parted
from thematic.readers.codebook.written import Written
from thematic.readers.lined_yaml.nodes import MapNode
from thematic.readers.lined_yaml.repair import read_document
from thematic.readers.lined_yaml.writing import yaml_text
from thematic.report.codebook_sheets import codebook_xlsx
from thematic.shipped import codebook_names, codebook_path

FULL = r"""
codebook: newcomers
version: "0.10"
title: "=Newcomers, and: their town"
language: de
model: some_pipeline
scope: paragraph
unit: turn
speakers: {exclude: [interviewer, "Dr. No"]}
lists: {kin: [mother, <sib>, cousin*], sib: [brother, sister], nobody: []}
marks: {hedged: [perhaps, I think], empty: []}
unless: [tax haven, {phrase: NATO, within: 5}]
negation: withhold
negation_cues: ["not", never]
case: false
nested: codebook
accents: ignore
note: {a: [1, b]}
description: for people
themes:
  "no": [phrase one]
  "1.0":
    colour: "#1b7f5c"
    rules: {lemma: help}
  help:
    brief: Somebody helps somebody.
    definition: |
      A person gives.

      Money apart: yes.
    when_to_use: "- The helper is named."
    when_not_to_use: Services that are paid for; self-help.
    examples:
      - My neighbour helped me.
      - {text: She showed me which form to fill in., expect: missed}
      - "[Missed] she said"
      - "=HYPERLINK(\"x\")\n    and\n\n  more"
    counter_examples: ["I could not help laughing.", "_x0041_ and +1"]
    color: "#1b7f5c"
    status: draft
    source: data
    since: "2020-01-01"
    changed: "0.10"
    note: n
    memo: m
    case: true
    negation: ignore
    unless:
      - help laughing
      - {lemma: joke, within: scope}
      - {phrase: safe haven, within: 0, case: false}
      - {regex: "x{1,2} {a: b}"}
      - "lemma: yes"
    rules:
      - lemma: help
      - {phrase: IS, case: false, negation: mark}
      - {regex: " host(ed|ing) ", whole_words: false, unless: [{regex: 'a|b', whole_words: false}]}
      - tokens: [{LOWER: marry}, {OP: "?"}, {LENGTH: 5, IS_PUNCT: true, TEXT: {REGEX: "^a", IN: ["true", x]}}, {}]
      - {all: [train*, {lemma: camp, case: true}], any: x, none: [football, "phrase: y", "foo {}"]}
      - {near: [<kin>, {lemma: lend}], within: 3, in_order: true, unless: one}
    codes:
      trust: {definition: Trust., rules: manual}
      retired: {status: retired}
      deep: {codes: {er: [x, "y, z"], "a  b": {rules: manual}}}
  blank:
  text: one phrase
"""


def meaning(value: Any) -> Any:
    """A codebook without what says only where and in which words it was written."""
    if isinstance(value, Codebook):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {name: meaning(one) for name, one in value.items() if name not in ("line", "hash")}
    return [meaning(one) for one in value] if isinstance(value, list | tuple) else value


def nodes(text: str, name: str = "book") -> MapNode:
    root = read_document(text).root
    assert isinstance(root, MapNode)
    return Written(with_themes(root), has_comments=False).named(name)


def read_back(data: bytes) -> Codebook:
    codebook, problems = read_codebook_workbook(data, "other")
    assert codebook is not None, problems
    assert errors(problems) == []
    return codebook


def errors(problems: Sequence[Problem]) -> list[str]:
    return [one.message for one in problems if one.severity is Severity.ERROR]


def demand_same(text: str) -> None:
    """A codebook is the same after a workbook, and after YAML made of that."""
    first, problems = read_codebook(text, "book")
    assert first is not None
    assert errors(problems) == []
    again = read_back(codebook_xlsx(nodes(text)))
    assert meaning(again) == meaning(first)
    third, problems = read_codebook(yaml_text(nodes(text)), "third")
    assert meaning(third) == meaning(first), problems
    assert again.hash  # of the YAML that says the same


@pytest.mark.parametrize("name", codebook_names())
def test_a_shipped_codebook_comes_back(name: str) -> None:
    path = codebook_path(name)
    assert path is not None
    demand_same(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FULL, id="every-field"),
        pytest.param("help: [help*, neighbour*]\nmoney: [rent, debt*]\n", id="shortest"),
        pytest.param("speakers: {exclude: []}\nnegation_cues: []\nthemes: {a: [b]}", id="nobody"),
        pytest.param("themes: {a: {lemma: go}, b: {near: [x, y]}}", id="one-rule-entries"),
        pytest.param('{"themes": {"a": {"rules": ["b"], "codes": {"c": ["d"]}}}}', id="json"),
        pytest.param("x: &x [a, b]\ny: *x\n", id="aliases"),
        pytest.param("themes: {t: {rules: [{regex: \"a\\n b\"}, {regex: 'a '}]}}", id="regex-ends"),
        pytest.param('themes: {کمک: [مادر*, "می\\u200cروم"], 家: ["母"]}', id="other-scripts"),
    ],
)
def test_every_field_comes_back(text: str) -> None:
    demand_same(text)


SIGNS = st.sampled_from([*"ab :,[]{}#=+-@'\"\\*?!&%|><_x0041", "é", "ک", "\u200c", "true", "no"])
WORDS = st.lists(SIGNS, min_size=1, max_size=8).map("".join).map(str.strip)
PHRASES = WORDS.filter(lambda text: any(sign.isalpha() for sign in text) and "<" not in text)
PROSE = st.lists(WORDS | st.just("\n  "), max_size=4).map(" ".join)
ITEMS = PHRASES | st.fixed_dictionaries({}, optional={"case": st.booleans()}).flatmap(
    lambda options: st.sampled_from(["phrase", "lemma"]).flatmap(
        lambda kind: PHRASES.map(lambda text: {kind: text, **options})
    )
)
GUARDS = PHRASES | st.builds(
    lambda text, within: {"lemma": text, "within": within},
    PHRASES,
    st.integers(0, 9) | st.just("scope"),
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "case": st.booleans(),
        "negation": st.sampled_from(["mark", "withhold", "ignore"]),
        "unless": st.lists(GUARDS, max_size=2),
    },
)
ITEM_LISTS = st.lists(ITEMS, min_size=2, max_size=3)
RULES = PHRASES | st.builds(
    lambda rule, options: rule | options,
    PHRASES.map(lambda text: {"phrase": text})
    | PHRASES.map(lambda text: {"lemma": text})
    | PROSE.filter(str.strip).map(lambda text: {"regex": text})
    | ITEM_LISTS.map(lambda items: {"near": items, "within": 7, "in_order": True})
    | ITEM_LISTS.map(lambda items: {"any": items[:1], "none": items[1:]})
    | PHRASES.map(lambda text: {"tokens": [{"LOWER": text}, {"IS_PUNCT": True, "OP": "?"}]}),
    SETTINGS,
)
EXAMPLES = st.lists(
    PROSE.map(str.strip).filter(bool)
    | PROSE.map(str.strip).filter(bool).map(lambda text: {"text": text, "expect": "missed"}),
    max_size=3,
)
ENTRIES = st.builds(
    lambda prose, settings, examples, rules: {
        "definition": prose,
        **settings,
        "examples": examples,
        "rules": rules,
    },
    PROSE,
    SETTINGS,
    EXAMPLES,
    st.just("manual") | st.lists(RULES, min_size=1, max_size=3),
)
NAMES = WORDS.filter(lambda text: bool(text.strip()) and "/" not in text)
BOOKS = st.dictionaries(NAMES, ENTRIES, min_size=1, max_size=3).map(lambda t: {"themes": t})


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(BOOKS)
def test_any_codebook_comes_back(content: dict[str, Any]) -> None:
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    codebook, problems = read_codebook(text, "book")
    if codebook is not None and not errors(problems):
        demand_same(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.sampled_from("ab \n-"), min_size=1).map(str.strip).filter(bool)))
def test_a_cell_holds_several_texts(texts: list[str]) -> None:
    assert parted(joined(texts)) == texts


def test_equal_codebooks_give_equal_bytes_that_tell_no_time() -> None:
    data = codebook_xlsx(nodes(FULL))
    assert data == codebook_xlsx(nodes(FULL))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert b">2000-01-01T00:00:00Z<" in archive.read("docProps/core.xml")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_cell_is_a_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(codebook_xlsx(nodes(FULL))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_saving_a_workbook_anew_does_not_change_its_hash() -> None:
    data = codebook_xlsx(nodes(FULL))
    book: Any = openpyxl.load_workbook(BytesIO(data))
    out = BytesIO()
    book.save(out)
    assert out.getvalue() != data
    assert read_back(out.getvalue()).hash == read_back(data).hash


CODES = [["code", "definition", "rules"], ["help", "Aid.", ""], ["help/trust", "", "manual"]]
RULE_HEADS = ["code", "kind", "words", "within", "case", "unless"]


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet: Any = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_may_look_otherwise_than_ours() -> None:
    codebook = read_back(
        workbook(
            Rules=[
                ["Rules of our codebook"],
                [],
                ["Whole-words", "WORDS", "Kind", None, "Path"],
                [None, "help*\nneighbour*", None, None, "help"],
                [],
                [False, "aid(ed)?", "Regex", None, " help "],
            ],
            Codes=[
                ["When to use", "Colour", "Code"],
                ["The helper is named.", "#1b7f5c", "help"],
                [],
                [None, None, "help / from kin"],
                [None, None, "other"],
                [None, None, "help/trust"],
            ],
        )
    )
    assert codebook.paths() == ["help", "help/from kin", "help/trust", "other"]
    first = codebook.themes[0]
    assert (first.when_to_use, first.color) == ("The helper is named.", "#1b7f5c")
    assert [rule.text for rule in first.rules] == ["help*", "neighbour*", "regex: aid(ed)?"]
    assert first.rules[2].items[0].whole_words is False
    assert [rule.line for rule in first.rules] == [4, 4, 6]


def test_numbers_dates_and_truth_values_are_read_as_they_look() -> None:
    rules = [RULE_HEADS, ["help", "near", "a\nb", 5.0, True, None], ["help", None, 911, "", "", ""]]
    rules += [["help", None, date(2021, 7, 8), None, None, None]]
    codes = [["code", "since", "rules"], ["help", date(2020, 1, 2), None]]
    codebook, problems = read_codebook_workbook(workbook(codes=codes, rules=rules), "book")
    assert codebook is not None
    theme = codebook.themes[0]
    assert theme.since == "2020-01-02"
    assert (theme.rules[0].within, theme.rules[0].items[0].case) == (5, True)
    assert [rule.text for rule in theme.rules[1:]] == ["911", "2021-07-08"]
    assert [(one.severity.value, int(one.line), one.message) for one in problems] == [
        ("warning", 3, "C3 (words) holds a number, read as '911'"),
        ("warning", 4, "C4 (words) holds a date or time, read as '2021-07-08'"),
    ]


FAULTS: dict[str, tuple[dict[str, Sequence[Sequence[object]]], list[tuple[str, int, str]]]] = {
    "formula": (
        {"codes": [["code", "definition"], ["help", "=1+1"]]},
        [("codes", 2, "B2 (definition) holds a formula")],
    ),
    "no-codes": ({"rules": [RULE_HEADS]}, [("", 0, "the sheet 'codes' is missing")]),
    "no-heads": (
        {"codes": [["Name", "definition"], ["help", "x"]]},
        [("codes", 1, "no row of heads with 'code' in it")],
    ),
    "mistyped-column": (
        {"codes": [["code", "defnition"], ["help", "x"]]},
        [("codes", 1, "the column 'defnition' is not known")],
    ),
    "column-twice": (
        {"codes": [["code", "color", "Colour"], ["help", "", ""]]},
        [("codes", 1, "the column 'Colour' stands twice")],
    ),
    "code-twice": (
        {"codes": [["code"], ["a"], ["b"], ["a"]]},
        [("codes", 4, "the code 'a' stands twice (first in row 2)")],
    ),
    "half-a-path": (
        {"codes": [["code"], ["a"], ["a//b"]]},
        [("codes", 3, "'a//b' has a / without a name beside it")],
    ),
    "no-path": (
        {"codes": [["code", "definition"], ["a", ""], ["", "words"]]},
        [("codes", 3, "a row without a code")],
    ),
    "too-deep": (
        {"codes": [["code"], ["a"], ["/".join("a" * 30)]]},
        [("codes", 3, "codes stand more than 20 deep")],
    ),
    "bad-values": (
        {"codes": [["code", "color", "status"], ["a", "green", "drafty"]]},
        [("codes", 2, "color is 'green'"), ("codes", 2, "status is 'drafty', it should be one of")],
    ),
    "rules-not-manual": (
        {"codes": [["code", "rules"], ["a", "help*"]]},
        [("codes", 2, "'a': under `rules` stands 'help*'")],
    ),
    "rule-of-no-code": (
        {"codes": CODES, "rules": [RULE_HEADS, ["hepl", "", "x"]]},
        [("rules", 2, "there is no code 'hepl'")],
    ),
    "rule-of-manual": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help/trust", "", "x"]]},
        [("rules", 2, "a rule of 'help/trust', which is manual")],
    ),
    "kind": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help", "lema", "x"]]},
        [("rules", 2, "there is no kind of rule 'lema'")],
    ),
    "no-words": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help", "lemma", ""]]},
        [("rules", 2, "a rule without words to look for")],
    ),
    "words-elsewhere": (
        {
            "codes": CODES,
            "rules": [[*RULE_HEADS, "all"], ["help", "boolean", "x", "", "", "", "y"]],
        },
        [("rules", 2, "a rule of kind boolean has words outside all, any, none")],
    ),
    "near-of-one": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help", "near", "x"]]},
        [("rules", 2, "near needs two items or more")],
    ),
    "within": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help", "near", "x\ny", "some"]]},
        [("rules", 2, "within is 'some', it should be a whole number from 1")],
    ),
    "guard-option": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help", "", "x", "", "", "NATO {withn: 5}"]]},
        [("rules", 2, "a guard has an unknown field 'withn'")],
    ),
    "pattern": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help", "tokens", "[{LOWER: x}"]]},
        [("rules", 2, "the pattern of a tokens rule cannot be read")],
    ),
    "list": (
        {"codes": CODES, "lists": [["list", "words"], ["", "x"], ["a<", "y"]]},
        [("lists", 2, "words without the name of a list"), ("lists", 3, "a list cannot be called")],
    ),
    "unknown-list": (
        {"codes": CODES, "rules": [RULE_HEADS, ["help", "", "<kin> helped"]]},
        [("rules", 2, "there is no list called 'kin'")],
    ),
    "setting": (
        {"codes": CODES, "settings": [["setting", "value"], ["scop", "turn"], ["unit", "page"]]},
        [("settings", 2, "there is no setting 'scop'"), ("settings", 3, "unit is 'page'")],
    ),
    "setting-twice": (
        {"codes": CODES, "settings": [["setting", "value"], ["unit", "turn"], ["unit", "turn"]]},
        [("settings", 3, "'unit' stands twice (first in row 2)")],
    ),
}


@pytest.mark.parametrize(("sheets", "wanted"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_has_its_sheet_and_row(
    tmp_path: Path,
    sheets: dict[str, Sequence[Sequence[object]]],
    wanted: list[tuple[str, int, str]],
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(**sheets))
    _, problems = read_codebook_file(path)
    found = [one for one in problems if one.severity is Severity.ERROR]
    places = [(f"{path}, sheet {sheet}" if sheet else str(path), line) for sheet, line, _ in wanted]
    assert [(one.file, int(one.line)) for one in found] == places
    for one, (_, _, message) in zip(found, wanted, strict=True):
        assert one.message.startswith(message)
        assert one.hint


def test_what_is_not_read_is_said() -> None:
    sheets = {
        "codes": [["code", "Remarks"], ["help/trust", "x"]],
        "rules": [[*RULE_HEADS], ["help/trust", "", "a, b", "", "", "", "stray"]],
        "pivot": [["x"]],
    }
    _, problems = read_codebook_workbook(workbook(**sheets), "book")
    assert sorted((one.severity.value, one.message) for one in problems) == [
        ("note", "the sheet 'pivot' is not read"),
        ("warning", "'a, b' is one phrase, which is found only with its comma"),
        ("warning", "'help' has no row of its own: it is made without a definition"),
        ("warning", "G2 stands under no head and is not read"),
        ("warning", "the column 'Remarks' is not read"),
    ]
    hints = {one.message: one.hint for one in problems}
    assert hints["'a, b' is one phrase, which is found only with its comma"] == (
        "write each in a row of its own"
    )


CELLS = st.none() | st.booleans() | st.integers() | st.dates() | PROSE | WORDS
CELLS |= st.sampled_from(
    ["help", "help/a", "near", "boolean", "tokens", "[", "[{A: b}]", "=1", "x {"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, max_size=17), max_size=4),
    st.lists(st.lists(CELLS, max_size=12), max_size=4),
    st.lists(st.lists(CELLS, max_size=2), max_size=4),
)
def test_any_cells_end_in_a_codebook_or_in_faults(
    codes: list[list[object]], rules: list[list[object]], others: list[list[object]]
) -> None:
    sheets = {name: [list(COLUMNS[name]), *others] for name in ("lists", "marks", "settings")}
    sheets |= {"codes": [list(COLUMNS["codes"]), *codes], "rules": [[*COLUMNS["rules"]], *rules]}
    codebook, problems = read_codebook_workbook(workbook(**sheets), "book")
    assert codebook is not None or errors(problems)
    assert all(one.message and (one.hint or one.line) for one in problems)


def doctype(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            head = b"<!DOCTYPE x>" if name == "xl/worksheets/sheet1.xml" else b""
            made.writestr(name, head + given.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"themes: {a: [b]}", id="yaml-by-another-name"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut-off"),
        pytest.param(doctype, id="doctype"),
        pytest.param(lambda data: data.replace(b"xl/workbook.xml", b"xl/workbuch.xml"), id="other"),
    ],
)
def test_no_workbook_ends_in_a_fault(damage: Callable[[bytes], bytes]) -> None:
    codebook, problems = read_codebook_workbook(damage(workbook(codes=CODES)), "book")
    assert codebook is None
    assert len(errors(problems)) == 1
