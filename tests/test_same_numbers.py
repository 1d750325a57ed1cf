"""The same number in every command and format, as it was counted by hand.

A row of the tables below says how the numbers of codes are read from one command; every
format that the command writes must then tell what `BY_HAND` tells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import lxml.html
import pytest
from conftest import Run
from counted_study import (
    CODES,
    DECIDED,
    DECISIONS,
    KINDS,
    PERSONS,
    THEMES,
    TRUTH,
    TRUTH_BY_BASIS,
    WORDS,
    Key,
    Lines,
    lines_of,
    lines_of_cells,
    make_counted_study,
    records,
)
from docx import Document
from number_readers import (
    Column,
    Counts,
    Drawn,
    Seen,
    appended,
    both,
    compared,
    different,
    drawn_comparison,
    drawn_concordance,
    drawn_crosstab,
    drawn_frequencies,
    drawn_groups,
    drawn_matrix,
    drawn_pairs,
    drawn_quotes,
    drawn_ties,
    drawn_ways,
    each,
    is_there,
    matrix,
    pairs,
    spans,
    total,
    variant,
    varied,
)
from openpyxl import load_workbook


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, which no test changes."""
    return make_counted_study(tmp_path_factory.mktemp("counted") / "study")


@pytest.fixture(autouse=True)
def study(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made)
    return made


@dataclass(frozen=True)
class Table:
    """How the numbers of codes are read from the rows of a command.

    Args:
        command: the command line, of which every format is read.
        counts: reads the rows.
        codes: of which there are numbers.
        measures: which numbers there are.
    """

    command: str
    counts: Counts
    measures: str
    codes: Sequence[str] = CODES


ALL_CODES = "alliance alliance/haven alliance/pact finance luck"
FREQUENCIES: dict[str, Column] = {
    "mentions": "mentions",
    "units": "units",
    "negated": "negated",
    "withheld": "withheld",
    "words": "words_covered",
}
FULL = " ".join(FREQUENCIES)
TABLES = {
    "freq": Table(
        "freq",
        each(**FREQUENCIES, persons="cases", transcripts="transcripts"),
        f"{FULL} persons transcripts",
    ),
    "freq-transcript": Table(
        "freq --by transcript",
        total(**FREQUENCIES, transcripts="transcripts"),
        f"{FULL} transcripts",
    ),
    "freq-case": Table(
        "freq --by case", total(**FREQUENCIES, persons=is_there("units")), f"{FULL} persons"
    ),
    "freq-speaker": Table(
        "freq --by speaker", total(**FREQUENCIES, speakers=is_there("units")), f"{FULL} speakers"
    ),
    "freq-role": Table("freq --by role", total(**FREQUENCIES), FULL),
    "freq-attribute": Table("freq --by side", total(**FREQUENCIES), FULL),
    "quotes": Table(
        f"quotes {ALL_CODES} --all",
        both(
            total(units=lambda _: 1, negated=lambda row: int(row["negated"]), mentions=spans),
            different(persons=["case"], transcripts=["transcript"], turns=["transcript", "turn"]),
        ),
        "units negated mentions persons transcripts turns",
    ),
    "kwic": Table(
        f"kwic {ALL_CODES}",
        both(
            total(mentions=lambda _: 1),
            different(persons=["case"], transcripts=["transcript"], turns=["transcript", "turn"]),
        ),
        "mentions persons transcripts turns",
        ["alliance/haven", "alliance/pact", "finance", "luck"],
    ),
    "mentions": Table(
        "code --all",
        both(
            total(
                mentions=lambda row: int(row["status"] == "suggested"),
                withheld=lambda row: int(row["status"] == "withheld"),
            ),
        ),
        "mentions withheld",
        ["alliance/haven", "alliance/pact", "finance", "luck"],
    ),
    "codings": Table(
        "code --codings",
        total(
            units=lambda _: 1,
            words="unit_words",
            mentions="mentions",
            negated=lambda row: int(row["negated"]),
        ),
        "units words mentions negated",
        ["alliance/haven", "alliance/pact", "finance", "luck"],
    ),
    "matrix-units": Table("matrix --codes", matrix("units", "persons"), "units persons"),
    "matrix-mentions": Table("matrix --codes --cells mentions", matrix("mentions"), "mentions"),
    "matrix-words": Table("matrix --codes --cells words", matrix("words"), "words"),
    "matrix-binary": Table("matrix --codes --cells binary", matrix("persons"), "persons"),
    "matrix-transcripts": Table(
        "matrix --codes --transcripts", matrix("units", "transcripts"), "units transcripts"
    ),
    "cooccur": Table("cooccur --codes", pairs, "units persons"),
    "crosstab-case": Table("crosstab --codes", each(persons="n"), "persons"),
    "crosstab-transcript": Table(
        "crosstab --codes --count transcript --by kind", each(transcripts="n"), "transcripts"
    ),
    "crosstab-unit": Table("crosstab --codes --count unit", each(units="n"), "units"),
    "crosstab-speaker": Table(
        "crosstab --codes --by speaker",
        total(units="n", speakers=is_there("n")),
        "units speakers",
    ),
    "crosstab-attribute": Table(
        "crosstab --codes --by side --count transcript", total(transcripts="n"), "transcripts"
    ),
    "crosstab-attribute-unit": Table(
        "crosstab --codes --by side --count unit", total(units="n"), "units"
    ),
    "compare": Table("compare --codes", compared, "units persons transcripts"),
    "sensitivity": Table(
        "sensitivity --codes",
        varied,
        "mentions units turns speakers persons transcripts words",
    ),
    "trend-position": Table("trend --codes", total(units="units"), "units"),
    "trend-bins": Table("trend --codes --bins 3", total(units="units"), "units"),
    "trend-date": Table(
        "trend --codes --by date --period year",
        total(units="units", transcripts="transcripts"),
        "units transcripts",
    ),
    "uncoded": Table(
        "uncoded --section themes",
        each(persons=lambda row: row["N"] - row["without"]),
        "persons",
        THEMES,
    ),
    "network-ties": Table(
        "network --code pact",
        each(units="units", persons="cases", transcripts="transcripts"),
        "units persons transcripts",
        ["alliance/pact"],
    ),
    "network-units": Table(
        "network --code pact --section units",
        total(units=lambda row: int(row["counted"])),
        "units",
        ["alliance/pact"],
    ),
}


def check(
    seen: Seen,
    measures: str,
    codes: Sequence[str],
    kinds: Sequence[str] = KINDS,
    truth: Mapping[Key, int] = TRUTH,
) -> None:
    """Every number that was seen is the one counted by hand, and none is missing but zeros."""
    wanted = {
        (measure, code, kind): truth[measure, code, kind]
        for measure in measures.split()
        for code in codes
        for kind in kinds
    }
    found = list(seen)
    told = {key: {count for other, count in found if other == key} for key, _ in found}
    assert {key: counts for key, counts in told.items() if counts != {0}} == {
        key: {count} for key, count in wanted.items() if count
    }
    assert told.keys() <= wanted.keys()


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_data(run: Run, table: Table, form: str) -> None:
    result = run(*table.command.split(), "-f", form, "-q")
    assert result.code == 0, result.err
    check(table.counts(records(result.out, form)), table.measures, table.codes)


@pytest.mark.parametrize("table", [TABLES["freq"], TABLES["matrix-units"]], ids=["freq", "matrix"])
def test_rows_of_zero_stay(run: Run, table: Table) -> None:
    rows = records(run(*table.command.split(), "-f", "csv", "-q").out, "csv")
    assert {("units", "luck", kind) for kind in KINDS} <= dict(table.counts(rows)).keys()


@dataclass(frozen=True)
class Drawing:
    """How the numbers of codes are read from a drawn table; `measures` by kind of transcript."""

    command: str
    counts: Drawn
    interviews: str
    publications: str
    codes: Sequence[str] = CODES


def same(command: str, counts: Drawn, measures: str, codes: Sequence[str] = CODES) -> Drawing:
    return Drawing(command, counts, measures, measures, codes)


DRAWINGS = {
    "freq": Drawing(
        "freq", drawn_frequencies, "persons units negated withheld", "transcripts units"
    ),
    "freq-transcript": same("freq --by transcript", drawn_groups(CODES), "units"),
    "freq-case": same("freq --by case", drawn_groups(CODES), "units"),
    "quotes": Drawing(
        f"quotes {ALL_CODES} --all", drawn_quotes, "persons units", "transcripts units"
    ),
    "kwic": same("kwic finance", drawn_concordance, "mentions transcripts", ["finance"]),
    "matrix-units": same("matrix --codes", drawn_matrix("units", "persons"), "units persons"),
    "matrix-mentions": same(
        "matrix --codes --cells mentions", drawn_matrix("mentions"), "mentions"
    ),
    "matrix-transcripts": same(
        "matrix --codes --transcripts", drawn_matrix("units", "transcripts"), "units transcripts"
    ),
    "cooccur": same("cooccur --codes", drawn_pairs, "units"),
    "crosstab-case": same("crosstab --codes", drawn_crosstab("persons"), "persons"),
    "crosstab-unit": same(
        "crosstab --codes --count unit", drawn_crosstab("units"), "units"
    ),
    "compare": same("compare --codes", drawn_comparison, "units transcripts"),
    "sensitivity": same(
        "sensitivity --codes",
        drawn_ways,
        "mentions units turns speakers persons transcripts words",
    ),
    "trend-position": same("trend --codes", drawn_matrix("units"), "units"),
    "trend-date": same(
        "trend --codes --by date --period year", drawn_matrix("units"), "units"
    ),
    "network": same(
        "network --code pact", drawn_ties, "units persons transcripts", ["alliance/pact"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_drawings(run: Run, drawing: Drawing, form: str) -> None:
    result = run(*drawing.command.split(), "-f", form, "-q")
    assert result.code == 0, result.err
    check_drawn(drawing, lines_of(result.out, form))


def check_drawn(drawing: Drawing, lines: Lines) -> None:
    seen = list(drawing.counts(lines))
    for kind, measures in zip(KINDS, (drawing.interviews, drawing.publications), strict=True):
        check((one for one in seen if one[0][2] == kind), measures, drawing.codes, [kind])


def test_codes_appear_where_they_are(run: Run) -> None:
    """Each code that stands anywhere once, in the first transcript that `matrix` knows it of."""
    cells = records(run("matrix", "--codes", "--transcripts", "-f", "json", "-q").out, "json")
    for kind in KINDS:
        asked = ("appearance", "--codes", "--kind", kind, "-f", "json", "-q")
        rows = records(run(*asked).out, "json")
        new = {code: row["transcript"] for row in rows for code in row["which"].split("; ") if code}
        assert new == {
            code: next(row["transcript"] for row in cells if row["kind"] == kind and row[code])
            for code in CODES
            if TRUTH["transcripts", code, kind]
        }
        assert rows[-1]["codes"] == len(new)


# What is said of the whole study.
CODINGS = sum(TRUTH["units", theme, kind] for theme in THEMES for kind in KINDS)
MENTIONS = sum(TRUTH["mentions", theme, kind] for theme in THEMES for kind in KINDS)


def numbers_after(text: str, pattern: str) -> list[int]:
    found = re.search(pattern, " ".join(text.split()))
    assert found, pattern
    return [int(one) for one in found.groups()]


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_the_method_note_counts_the_same(run: Run, form: str) -> None:
    out = run("method", "-f", form, "-q").out
    pattern = r"rules suggest (\d+) codings .sentence by theme. from (\d+) mentions"
    assert numbers_after(out, pattern) == [CODINGS, MENTIONS]
    pattern = r"(\d+) in interviews and (\d+) in publications|(\d+) in interviews, (\d+) in"
    found = re.search(pattern, " ".join(out.split()))
    assert found
    assert [int(one) for one in found.groups() if one] == list(WORDS.values())


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_the_summary_of_a_batch_counts_the_same(
    run: Run, study: Path, tmp_path: Path, form: str
) -> None:
    out = run("batch", study.parent, "-o", tmp_path / "out", "-f", form, "-q").out
    if form in ("csv", "json"):
        (row,) = records(out, form)
        found = [row[name] for name in ("read", "persons", "words", "theme_codings")]
    else:
        (words,) = [words for words in lines_of(out, form) if words[0] == "study"]
        found = [int(word) for word in words[2:6]]
    assert found == [6, sum(PERSONS.values()), sum(WORDS.values()), CODINGS]


@pytest.fixture(scope="module")
def results(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result folder of the study."""
    from thematic.app import main

    out = tmp_path_factory.mktemp("results") / "out"
    with pytest.raises(SystemExit) as stop:
        main(["report", str(made), "-q", "-o", str(out), "--brief", "--codes"])
    assert not stop.value.code
    return out


FILES = {
    "frequencies": TABLES["freq"],
    "frequencies-by-transcript": TABLES["freq-transcript"],
    "mentions": TABLES["mentions"],
    "codings": TABLES["codings"],
}


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("name", FILES)
def test_tables_of_a_report(results: Path, name: str, form: str) -> None:
    if form == "xlsx":
        heads, *cells = load_workbook(results / "report.xlsx")[name].iter_rows(values_only=True)
        rows = [dict(zip(heads, row, strict=True)) for row in cells]
    else:
        rows = records((results / f"{name}.{form}").read_text(encoding="utf-8"), form)
    check(FILES[name].counts(rows), FILES[name].measures, FILES[name].codes)


FREQ, BY_TRANSCRIPT = DRAWINGS["freq"], same("", drawn_groups(THEMES), "units", THEMES)
QUOTED = Drawing("", drawn_quotes, "persons units", "transcripts units", THEMES)


def in_markup(results: Path) -> list[Lines]:
    page = lxml.html.parse(results / "report.html").getroot()
    tables = [
        lines_of_cells([cell.text_content() for cell in row] for row in table.iter("tr"))
        for table in page.iter("table")
    ]
    heads = page.xpath("//h3[starts-with(@id, 'theme-')]")
    said = [["QUOTES", *(text.strip() for text in head.itertext())] for head in heads]
    return [*tables[:2], [" ".join(texts).split() for texts in said]]


@pytest.mark.parametrize("name", ["report.docx", "brief.docx"])
def test_word_files_of_a_report(results: Path, name: str) -> None:
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(str(results / name)).tables
    ]
    brief = name == "brief.docx"
    check_drawn(replace(FREQ, codes=THEMES if brief else CODES), lines_of_cells(tables[0]))
    if not brief:
        appendix = list(appended(tables[-1][1:]))
        for kind, measure in zip(KINDS, ("persons", "transcripts"), strict=True):
            check((one for one in appendix if one[0][2] == kind), measure, CODES, [kind])


def test_the_page_of_a_report(results: Path) -> None:
    first, second, heads = in_markup(results)
    check_drawn(FREQ, first)
    check_drawn(BY_TRANSCRIPT, second)
    check_drawn(QUOTED, heads)


@pytest.mark.parametrize("form", ["md", "tex"])
def test_texts_of_a_report(results: Path, form: str) -> None:
    lines = lines_of((results / f"report.{form}").read_text(encoding="utf-8"), form)
    check_drawn(FREQ, lines)


def test_the_report_on_a_terminal(run: Run) -> None:
    out = run("report", "--codes", "-q").out
    lines = lines_of(out, "table")
    check_drawn(FREQ, lines)
    check_drawn(QUOTED, lines)
    assert numbers_after(out, r"(\d+) codings .sentence x theme.") == [CODINGS]
    assert numbers_after(out, r"(\d+) words .(\d+) in interviews, (\d+) in publications") == [
        sum(WORDS.values()),
        *WORDS.values(),
    ]


def test_a_report_as_json(run: Run) -> None:
    tables = json.loads(run("report", "-f", "json", "-q").out)
    freq = TABLES["freq"]
    check(freq.counts(tables["frequencies"]["rows"]), freq.measures, freq.codes)


CHARTS = {
    "frequencies": ("", TABLES["freq"]),
    "heatmap": ("--cells units", TABLES["matrix-transcripts"]),
    "heatmap-mentions": ("--cells mentions --cases", TABLES["matrix-mentions"]),
    "cooccurrence": ("", TABLES["cooccur"]),
    "compare": ("", TABLES["compare"]),
    "portrait": (
        "",
        Table("", lambda rows: total(units=lambda _: 1)(r for r in rows if r["code"]), "units"),
    ),
    "network-ties": ("", TABLES["network-ties"]),
}


@pytest.mark.parametrize("name", CHARTS)
def test_data_of_charts(run: Run, tmp_path: Path, name: str) -> None:
    pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    more, table = CHARTS[name]
    narrowed = "--code pact" if name.startswith("network") else "--codes"
    chart, _, table_name = name.partition("-")
    asked = f"chart {chart} {more} {narrowed} -q -o".split()
    result = run(*asked, tmp_path)
    assert result.code == 0, result.err
    file = name if table_name == "ties" else chart
    rows = records((tmp_path / f"{file}.csv").read_text(encoding="utf-8"), "csv")
    check(table.counts(rows), table.measures, table.codes)


# With other units, and by what people decided, commands must agree with each other.
COMPARABLE = {"mentions", "units", "persons", "transcripts", "words", "withheld"}
UNITS = [
    (name, unit)
    for unit in ("paragraph", "turn", "transcript")
    for name in TABLES
    if name != "freq"
    # A whole transcript has no one speaker, and no place in itself.
    and not (unit == "transcript" and re.search("speaker|position|bins", name))
]


@pytest.mark.parametrize(("name", "unit"), UNITS)
def test_commands_agree_by_other_units(run: Run, name: str, unit: str) -> None:
    table = TABLES[name]

    def found(table: Table) -> dict[Key, int]:
        result = run(*table.command.split(), "--unit", unit, "-f", "json", "-q")
        assert result.code == 0, result.err
        return dict(table.counts(records(result.out, "json")))

    wanted = found(TABLES["freq"])
    for key, count in found(table).items():
        if key[0] in COMPARABLE:
            assert count == wanted[key], key


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with decisions, which no test changes."""
    from thematic.app import main

    folder = make_counted_study(tmp_path_factory.mktemp("judged") / "study")
    table = folder.parent / "decisions.csv"
    table.write_text(DECISIONS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with pytest.raises(SystemExit) as stop:
            main(["decide", str(table), "-q"])
    assert not stop.value.code
    return folder


WITH_BASIS = [
    name
    for name in TABLES
    if name.startswith(("matrix", "cooccur", "crosstab", "compare", "trend", "network-ties"))
    and name not in ("matrix-mentions", "matrix-words")
]


@pytest.mark.parametrize("basis", DECIDED)
@pytest.mark.parametrize("name", WITH_BASIS)
def test_what_people_decided(
    run: Run, judged: Path, monkeypatch: pytest.MonkeyPatch, name: str, basis: str
) -> None:
    monkeypatch.chdir(judged)
    table, truth = TABLES[name], TRUTH_BY_BASIS[basis]
    result = run(*table.command.split(), "--basis", basis, "-f", "csv", "-q")
    assert result.code == 0, result.err
    measures = " ".join(one for one in table.measures.split() if one != "speakers")
    seen = table.counts(records(result.out, "csv"))
    check((one for one in seen if one[0][0] != "speakers"), measures, table.codes, KINDS, truth)


def test_what_people_decided_beside_what_rules_suggest(
    run: Run, judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(judged)
    columns = {"units": "units", "persons": "cases", "transcripts": "transcripts"}
    by_column = each(**{measure: f"decided_{column}" for measure, column in columns.items()})
    rows = records(run("freq", "-f", "json", "-q").out, "json")
    check(by_column(rows), " ".join(columns), CODES, KINDS, TRUTH_BY_BASIS["decided"])
    check(each(**columns)(rows), " ".join(columns), CODES)
    rows = records(run("sensitivity", "--codes", "-f", "json", "-q").out, "json")
    for basis, truth in TRUTH_BY_BASIS.items():
        check(variant(basis)(rows), " ".join(columns), CODES, KINDS, truth)


@pytest.mark.parametrize("unit", ["paragraph", "turn", "transcript"])
@pytest.mark.parametrize("basis", DECIDED)
@pytest.mark.parametrize("name", ["crosstab-case", "crosstab-transcript", "matrix-binary"])
def test_who_speaks_of_a_code_does_not_hang_on_the_unit(
    run: Run, judged: Path, monkeypatch: pytest.MonkeyPatch, name: str, basis: str, unit: str
) -> None:
    """What was refused is a sentence; another one of the same turn may still carry the code."""
    monkeypatch.chdir(judged)
    table = TABLES[name]
    asked = (*table.command.split(), "--basis", basis, "--unit", unit, "-f", "json", "-q")
    seen = table.counts(records(run(*asked).out, "json"))
    check(seen, table.measures, table.codes, KINDS, TRUTH_BY_BASIS[basis])
