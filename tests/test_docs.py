"""The documentation is true: its examples run, its links resolve, its lists are complete."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import thematic
from thematic.errors import ExitCode

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs" / "tools"))

from generated import commands  # noqa: E402
from refresh import pages, refreshed  # noqa: E402

REFERENCE = ROOT / "docs" / "reference"
_LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")
_CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_page_is_up_to_date(page: Path) -> None:
    """Examples print what is pasted, and generated parts are as the code makes them."""
    wanted = refreshed(page)
    assert page.read_text(encoding="utf-8") == wanted, "run: python docs/tools/refresh.py"


def prose(page: Path) -> str:
    return _CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> Iterator[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    for heading in _HEADING.findall(prose(page)):
        kept = re.sub(r"[^\w\- ]", "", heading.casefold())
        yield kept.replace(" ", "-")


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_links_resolve(page: Path) -> None:
    broken = []
    for link in _LINK.findall(prose(page)):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in _LINK.findall(
        index.read_text(encoding="utf-8"))}  # fmt: skip
    written = {page for page in pages() if page.is_relative_to(index.parent)} - {index}
    assert written <= linked


def test_every_command_is_documented() -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^<!-- generated: command (\w+) -->$", text, re.M) == list(commands())


def first_cells(page: Path, heading: str = "") -> list[str]:
    """The code words in the first cells of a page's tables, or of those of one section."""
    text = page.read_text(encoding="utf-8")
    if heading:
        text = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def test_every_exit_code_is_documented() -> None:
    text = (REFERENCE / "exit-codes.md").read_text(encoding="utf-8")
    documented = [int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)]
    codes = [value for name, value in vars(ExitCode).items() if name.isupper()]
    assert documented == sorted(codes)


def _tables_of_a_sample() -> list[thematic.ResultTable]:
    from thematic.analysis import agreement_answers, agreement_tables, disagreements, scoring
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.model.samples import Sample

    sample = Sample("s", 1, "sentence", (), "book", "", {}, {}, (), ())
    nobody = agreement_answers.judgements([])
    return [
        scoring.scores(sample, {}, (), Resampling()),
        scoring.rule_table(sample, {}, ()),
        scoring.missed_table(sample, {}, (), str),
        agreement_tables.agreement_table({}, Resampling(), by_transcript=True),
        disagreements.disagreements(nobody, str),
        *_tables_of_passages(),
    ]


def _tables_of_passages() -> list[thematic.ResultTable]:
    from thematic.analysis import adjudication, compatible_tables, moved, span_tables
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.analysis.span_texts import Reading, SpanTexts

    nothing = SpanTexts((), 0, ())
    return [
        adjudication.adjudication_table([], str),
        span_tables.span_table(nothing, Reading(), span_tables.Asked(Resampling())),
        compatible_tables.nvivo_table(nothing),
        compatible_tables.maxqda_table(nothing, overlap=0.9),
        moved.moved_table([], {}, str),
    ]


@pytest.fixture(scope="module")
def tables() -> dict[str, list[str]]:
    """The columns of every table, by the table's name."""
    from thematic.analysis import speakers
    from thematic.analysis.checks import Checked
    from thematic.analysis.explanation import explanations, phrases_table
    from thematic.analysis.history import Words, log_table, recheck_table
    from thematic.analysis.imported import import_table
    from thematic.analysis.sums import Sums
    from thematic.model.study import Study
    from thematic.report.transcript import turns_table

    codebook, _ = thematic.read_codebook("help: [help*]", "book")
    transcript, _ = thematic.read_text("She helped.", id="t")
    assert codebook is not None
    assert transcript is not None
    codings = thematic.code([transcript], codebook)
    other, _ = thematic.read_text("Nobody helped.", id="u")
    assert other is not None
    both = thematic.code([transcript, replace(other, attributes={"kind": "x"})], codebook)
    made = [
        thematic.frequencies(codings),
        thematic.quotes(codings),
        thematic.kwic(codings),
        thematic.cooccurrence(codings),
        thematic.case_matrix(codings, by="transcript"),
        thematic.crosstab(codings),
        thematic.trend(codings),
        thematic.portrait(codings),
        thematic.mentions(codings),
        thematic.coding_rows(codings),
        Sums(codings.unit, codebook).table(),
        turns_table(transcript),
        Checked((), ()).table(),
        explanations(codings),
        phrases_table([], most=1),
        log_table([], {}, Words([], thematic.Study())),
        recheck_table([], Words([], thematic.Study())),
        speakers.speakers([transcript], {"t": {1: 2}}),
        speakers.labels([transcript], {"t": {1: 2}}),
        speakers.proposals([], [transcript], {"t": {1: 2}}),
        import_table([], {}, Words([], Study())),
        *_tables_of_a_sample(),
        *thematic.uncoded(codings).tables,
        thematic.method_note(codings).table,
        thematic.comparison(both),
        thematic.appearance(both),
        thematic.sensitivity(both),
        thematic.keyness(both),
    ]
    return {table.name: list(table.frame.columns) for table in made}


def test_every_column_is_documented(tables: dict[str, list[str]]) -> None:
    for name, columns in tables.items():
        documented = first_cells(REFERENCE / "tables.md", name)
        assert sorted(documented) == sorted(columns), name


def test_every_library_name_is_documented() -> None:
    text = (REFERENCE / "library.md").read_text(encoding="utf-8")
    missing = [name for name in thematic.__all__ if not re.search(rf"`[^`]*\b{name}\b", text)]
    assert missing == []


def test_every_codebook_field_is_documented() -> None:
    from thematic.readers.codebook import entries as codebook_entries
    from thematic.readers.codebook import reading as codebook
    from thematic.readers.codebook import rules as codebook_rules

    known = {*codebook._FIELDS, *codebook_entries._FIELDS}
    known |= {*codebook_rules._HEADS, *codebook_rules._OPTIONS}
    assert known <= set(first_cells(REFERENCE / "codebook.md")) | {"colour"}


def test_every_study_field_is_documented() -> None:
    from thematic.store import study

    assert set(study._FIELDS) <= set(first_cells(REFERENCE / "study.md"))


def test_every_suffix_is_documented() -> None:
    from thematic.readers import READERS

    assert set(READERS) <= set(first_cells(REFERENCE / "transcripts.md"))


def test_every_dependency_has_a_reason() -> None:
    setup = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    block = setup.split("install_requires =\n", 1)[1].split("\n\n", 1)[0]
    names = re.findall(r"^\s+([A-Za-z0-9-]+)", block, re.MULTILINE)
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").casefold()
    assert [name for name in names if name.casefold() not in reasons] == []
