"""A codebook to print: what it says, in every form, and that its words do nothing."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from thematic.errors import OutputRefused
from thematic.model.codebook import Codebook
from thematic.readers.codebook import read_codebook
from thematic.readers.codebook.written import Written
from thematic.readers.lined_yaml.repair import read_document
from thematic.report.codebook_content import PrintedCodebook, printed_codebook, undefined
from thematic.report.codebook_html import codebook_html
from thematic.report.codebook_markdown import codebook_markdown
from thematic.report.codebook_sheets import codebook_xlsx
from thematic.report.codebook_word import codebook_docx

BOOK = """\
codebook: newcomers
version: "0.2"
title: Newcomers & <their> town
lists: {kin: [mother, cousin*], empty: []}
marks: {hedged: [perhaps]}
negation_cues: [not]
unless: [tax haven]
themes:
  help:
    brief: Somebody helps.
    definition: "One gives help.\\nAnother takes it."
    when_to_use: The helper is named.
    when_not_to_use: "*Paid* services | <b>x</b>"
    examples: ["My neighbour helped.", {text: She showed me., expect: missed}]
    counter_examples: ["1. I could not help laughing."]
    color: "#1b7f5c"
    status: draft
    source: data
    unless: [help laughing]
    rules:
      - lemma: help
      - {phrase: IS, case: true, unless: [{phrase: was, within: 0}]}
      - {near: [<kin>, aid], within: 4, negation: withhold}
    codes:
      trust: {definition: Trust., rules: manual}
      deep: {codes: {er: {regex: aid, whole_words: false}}}
  bare: [thing]
"""


def book(text: str = BOOK) -> Codebook:
    codebook, problems = read_codebook(text, "book")
    assert codebook is not None, problems
    return codebook


def parts(printed: PrintedCodebook, path: str) -> dict[str, tuple[str, ...]]:
    entry = next(entry for entry in printed.entries if entry.path == path)
    return {part.label: part.texts for part in entry.parts}


def test_an_entry_has_all_that_the_codebook_says_of_a_code() -> None:
    assert parts(printed_codebook(book()), "help") == {
        "Path": ("help",),
        "Brief definition": ("Somebody helps.",),
        "Full definition": ("One gives help.", "Another takes it."),
        "When to use": ("The helper is named.",),
        "When not to use": ("*Paid* services | <b>x</b>",),
        "Examples": ("“My neighbour helped.”", "“She showed me.” (the rules miss it)"),
        "Counter-examples": ("“1. I could not help laughing.”",),
        "Coded by": ("3 rules",),
        "Origin": ("source: data; status: draft",),
    }


def test_an_entry_says_who_applies_the_code() -> None:
    printed = printed_codebook(book())
    coded_by = {row[0]: row[1] for row in printed.rows}
    assert coded_by == {
        "help": "3 rules",
        "trust": "people only",
        "deep": "the codes below",
        "er": "1 rule",
        "bare": "1 rule",
    }
    assert parts(printed, "help/trust")["Definition"] == ("Trust.",)
    assert undefined(book()) == ["help/deep", "help/deep/er", "bare"]


def test_rules_are_printed_with_what_changes_them() -> None:
    printed = printed_codebook(book(), with_rules=True)
    assert dict(printed.facts)["All rules"] == "Withheld beside: tax haven"
    # A guard takes over whether case matters.
    assert parts(printed, "help")["Rules"] == (
        "lemma: help",
        "IS (upper and lower case matter, withheld beside: was (overlapping, upper and lower case "
        "matter))",
        "near: [<kin>, aid] within 4 (negated mentions withheld)",
    )
    assert parts(printed, "help")["Withheld beside"] == ("help laughing",)
    assert parts(printed, "help/deep/er")["Rules"] == ("regex: aid (also within words)",)
    assert {part.label: part.texts for part in printed.lists} == {
        "List <kin>": ("mother; cousin*",),
        "List <empty>": ("no words",),
        "Mark hedged": ("perhaps",),
        "Negation cues": ("not",),
    }


def test_without_rules_none_is_printed() -> None:
    text = codebook_markdown(printed_codebook(book()))
    assert "lemma" not in text
    assert "cousin" not in text
    assert "tax haven" not in text


def test_markdown_has_headings_by_depth_and_escapes() -> None:
    text = codebook_markdown(printed_codebook(book()))
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        r"# Newcomers \& \<their\> town",
        "## All codes",
        *("## help", "### trust", "### deep", "#### er", "## bare"),
    ]
    assert r"**When not to use.** \*Paid\* services \| \<b\>x\</b\>" in text
    assert "| &nbsp;&nbsp;trust | people only | Trust. |" in text
    assert "\nAnother takes it.\n" in text


def test_the_page_is_escaped_and_fetches_nothing() -> None:
    page = codebook_html(printed_codebook(book(), with_rules=True))
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x" not in page
    assert re.findall(r"<h(\d)[^>]*>([^<]*)", page)[1:6] == [
        ("2", "All codes"),
        ("2", "help"),
        ("3", "trust"),
        ("3", "deep"),
        ("4", "er"),
    ]
    assert page.count("--mark: #1b7f5c") == 4  # the theme's colour holds below it
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|<script|@import|url\(", page)


def test_a_word_file_has_styles_and_tables() -> None:
    data = codebook_docx(printed_codebook(book(), with_rules=True))
    document: Any = Document(BytesIO(data))
    styles = [(one.style.name, one.text) for one in document.paragraphs if one.text]
    assert styles[0] == ("Title", "Newcomers & <their> town")
    assert [style for style in styles if style[0].startswith("Heading")] == [
        ("Heading 1", "All codes"),
        ("Heading 1", "help"),
        ("Heading 2", "trust"),
        ("Heading 2", "deep"),
        ("Heading 3", "er"),
        ("Heading 1", "bare"),
        ("Heading 1", "Words that the rules use"),
    ]
    first, entry = document.tables[0], document.tables[1]
    assert [cell.text for cell in first.rows[0].cells] == ["Code", "Coded by", "In brief"]
    assert first.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert [row.cells[0].text for row in entry.rows][:3] == [
        "Path",
        "Brief definition",
        "Full definition",
    ]
    examples = next(row for row in entry.rows if row.cells[0].text == "Examples")
    assert [one.style.name for one in examples.cells[1].paragraphs] == ["List Bullet"] * 2
    assert [one.text for one in entry.rows[2].cells[1].paragraphs] == [
        "One gives help.",
        "Another takes it.",
    ]


def test_equal_codebooks_give_equal_word_files_that_tell_no_time() -> None:
    data = codebook_docx(printed_codebook(book()))
    assert data == codebook_docx(printed_codebook(book()))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


HOSTILE = r"""
codebook: x
themes:
  "a\e[31m":
    definition: "\u202eabc\a <script>"
    rules: manual
"""


@pytest.mark.parametrize("form", [codebook_markdown, codebook_html])
def test_control_characters_do_nothing(form: Any) -> None:
    text = form(printed_codebook(book(HOSTILE)))
    assert not set("\x1b\x07\u202e") & set(text)
    assert "<script>" not in text.replace(r"\<script\>", "")


def test_control_characters_fit_a_word_file() -> None:
    document: Any = Document(BytesIO(codebook_docx(printed_codebook(book(HOSTILE)))))
    assert "a␛[31m" in [one.text for one in document.paragraphs]


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        pytest.param(r'"\a"', "codes, 'a': definition holds the control character", id="control"),
        pytest.param("x" * 40_000, "definition has more than 32,767 characters", id="too-long"),
    ],
)
def test_what_no_cell_can_hold_is_refused(definition: str, said: str) -> None:
    root = read_document(f"themes: {{a: {{definition: {definition}, rules: [b]}}}}").root
    assert root is not None
    with pytest.raises(OutputRefused) as refused:
        codebook_xlsx(Written(root, has_comments=False).named("x"))  # type: ignore[arg-type]
    assert said in refused.value.hint
