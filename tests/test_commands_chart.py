"""`thematic chart`: a result table drawn, with its numbers beside it."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import Run

pytest.importorskip("matplotlib")

BOOK = """\
codebook: small
lists:
  network: [the office, the village]
themes:
  money:
    color: "#0072B2"
    codes:
      debt: [debt*]
      wage: [wage*, paid]
  help:
    color: "#F0E442"
    rules: [help*]
  luck: [lucky]
"""
TALKS = {
    "E01": "I: Debts?\n\nE01: The office helped with debts. We paid the office and the village.\n",
    "E02": "I: Help?\n\nE02: Nobody helped us. No debts. The wages came late in that long year.\n",
    "E03": "I: And you?\n\nE03: It was a long year and nothing more was said of it.\n",
    "P01": "The office and the village helped with debts and wages.\n",
}
# Of each chart, the command whose table it shows.
TABLES = {
    "frequencies": ["freq", "--themes"],
    "heatmap": ["matrix", "--transcripts", "--cells", "rate"],
    "cooccurrence": ["cooccur"],
    "compare": ["compare"],
    "appearance": ["appearance"],
}
CHARTS = [*TABLES, "portrait"]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three interviews and a publication, one interview without any code."""
    (tmp_path / "talks").mkdir()
    for name, text in TALKS.items():
        (tmp_path / "talks" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "study.yaml").write_text(
        "study: s\nstatus: invented\ncodebook: book.yaml\ntranscripts: talks\n", encoding="utf-8"
    )
    (tmp_path / "attributes.csv").write_text("id,kind\nP01,publication\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def drawn(run: Run, name: str, *more: object) -> list[str]:
    """The texts of a chart, page after page."""
    result = run("chart", name, "-o", f"out/{name}.svg", "-q", *more)
    assert result.code == 0, result.err
    return [text for page in sorted(Path("out").glob("*.svg")) for text in texts_in(page)]


def texts_in(page: Path) -> list[str]:
    every = ET.fromstring(page.read_text(encoding="utf-8")).iter()
    return ["".join(one.itertext()) for one in every if one.tag.endswith("}text")]


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_is_the_table_of_the_other_command(run: Run, study: Path, name: str) -> None:
    drawn(run, name)
    assert Path(f"out/{name}.csv").read_text() == run(*TABLES[name], "-f", "csv", "-q").out


@pytest.mark.parametrize("name", CHARTS)
def test_a_folder_holds_both_formats_equal_every_time(run: Run, study: Path, name: str) -> None:
    for folder in ("one", "two", "one"):
        assert run("chart", name, "-o", folder, "-q").code == 0
    one = {path.name: path.read_bytes() for path in Path("one").iterdir()}
    assert one == {path.name: path.read_bytes() for path in Path("two").iterdir()}
    assert {Path(file).suffix for file in one} == {".svg", ".png", ".csv"}
    svg = next(one[file].decode() for file in sorted(one) if file.endswith(".svg"))
    assert 'role="img"' in svg
    assert "<title>" in svg
    assert not re.search(r"date>|\d\d:\d\d:\d\d", svg)
    assert str(study) not in svg


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_unit_base_origin_and_status(run: Run, study: Path, name: str) -> None:
    said = "\n".join(drawn(run, name))
    assert "INVENTED TRANSCRIPTS" in said
    assert re.search(r"\bN = \d", said)
    assert re.search(r"[Ss]uggested by rules", said)
    assert re.search("sentence|persons|[Ii]nterviews", said)


def test_frequencies_say_n_of_N_of_each_kind_in_codebook_order(run: Run, study: Path) -> None:
    said = drawn(run, "frequencies", "--codes")
    labels = ["money", "debt", "wage", "help", "luck"]
    assert [one for one in said if one in labels] == labels
    assert [one for one in said if re.fullmatch(r"\d/\d", one)] == [
        *("2/3", "2/3", "2/3", "2/3", "0/3"),
        *("1/1", "1/1", "1/1", "1/1", "0/1"),
    ]


def test_the_heat_map_writes_its_values(run: Run, study: Path) -> None:
    said = drawn(run, "heatmap", "--kind", "interview", "--cells", "units")
    with Path("out/heatmap.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["transcript"] for row in rows] == ["E01", "E02", "E03"]
    values = [row[code] for row in rows for code in ("money", "help", "luck")]
    cells = [one for one in said if re.fullmatch(r"\d", one)]
    assert sorted(cells) == sorted(values)


def test_a_cell_of_rates_is_units_in_1000_words(run: Run, study: Path) -> None:
    rates = list(csv.DictReader(run(*TABLES["heatmap"], "-f", "csv").out.splitlines()))
    units = list(csv.DictReader(run("matrix", "--transcripts", "-f", "csv").out.splitlines()))
    for rate, count in zip(rates, units, strict=True):
        expected = 1000 * int(count["money"]) / int(count["words_N"])
        assert float(rate["money"]) == pytest.approx(expected, abs=1e-6)


def test_cooccurrence_draws_each_pair_once(run: Run, study: Path) -> None:
    said = drawn(run, "cooccurrence", "--kind", "interview")
    with Path("out/cooccurrence.csv").open() as file:
        rows = list(csv.DictReader(file))
    drawn_pairs = [one for one in said if re.fullmatch(r"\d+", one)]
    assert sorted(drawn_pairs) == sorted(row["n12"] for row in rows)
    assert [one for one in said if one.startswith("J ")] == [
        f"J {float(row['jaccard']):.2f}" for row in rows if int(row["n12"])
    ]


def test_a_portrait_is_drawn_where_the_words_are(run: Run, study: Path) -> None:
    said = drawn(run, "portrait")
    with Path("out/portrait.csv").open() as file:
        rows = list(csv.DictReader(file))
    keys = ("transcript", "code", "word_from", "word_to", "words_N", "share_from", "share_to")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("E01", "money", "1", "5", "12", "0", "0.416667"),
        ("E01", "money", "6", "12", "12", "0.416667", "1"),
        ("E01", "help", "1", "5", "12", "0", "0.416667"),
        ("E02", "money", "4", "5", "13", "0.230769", "0.384615"),
        ("E02", "money", "6", "13", "13", "0.384615", "1"),
        ("E02", "help", "1", "3", "13", "0", "0.230769"),
        ("E03", "", "", "", "12", "", ""),
        ("P01", "money", "1", "10", "10", "0", "1"),
        ("P01", "help", "1", "10", "10", "0", "1"),
    ]
    assert {"E01", "E02", "E03", "P01", "money", "help"} <= set(said)
    assert "luck" not in said


def test_the_comparison_writes_rates_and_log_ratios(run: Run, study: Path) -> None:
    said = drawn(run, "compare")
    with Path("out/compare.csv").open() as file:
        rows = list(csv.DictReader(file))
    written = [one for one in said if re.fullmatch(r"[+-]?\d+\.\d\d\*?|–", one)]
    expected = []
    for row in rows:
        expected += [f"{float(row[f'units_per_1000_words_{side}']):.2f}" for side in "ab"]
        ratio = row["log_ratio"]
        expected.append(f"{float(ratio):+.2f}" + "*" * bool(row["zero"]) if ratio else "–")
    assert written == expected


def test_the_comparison_says_why_it_has_no_interval(run: Run, study: Path) -> None:
    assert any(one.startswith("No interval:") for one in drawn(run, "compare", "--test"))


def test_first_appearances_name_every_transcript_and_what_is_new(run: Run, study: Path) -> None:
    said = drawn(run, "appearance", "--codes")
    with Path("out/appearance.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [one for one in said if re.fullmatch(r"E\d\d", one)] == ["E01", "E02", "E03"]
    assert [row["codes"] for row in rows] == ["4", "4", "4"]
    assert "no saturation" in " ".join(said)


def test_networks_have_a_page_for_each_theme_and_kind(run: Run, study: Path) -> None:
    pytest.importorskip("networkx")
    drawn(run, "network", "--code", "wage")
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "network-actors.csv",
        *("network-money-wage-interview.svg", "network-money-wage-publication.svg"),
        "network-ties.csv",
    ]
    ties = run("network", "--code", "wage", "-f", "csv", "-q").out
    assert Path("out/network-ties.csv").read_text() == ties


HOSTILE = {
    "mathtext": r"$\frac{a$ ^_{}",
    "markup": "<script>alert(1)</script>&amp;",
    "long": "x" * 300,
    "rtl": "שלום عالم",
    "override": "abc\u202edef",
    "cjk": "面接",
    "formula": "=HYPERLINK(1)",
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names_stay_text(run: Run, study: Path, name: str, hostile: str) -> None:
    kind = hostile.replace('"', "")
    rows = f'id,kind\nE01,"{kind}"\nE02,"{kind}"\nE03,"{kind}"\nP01,publication\n'
    (study / "attributes.csv").write_text(rows, encoding="utf-8")
    only = ["--kind", kind.casefold()] if name == "appearance" else []
    result = run("chart", name, "-o", "out", "-q", *only)
    assert result.code == 0, result.err
    assert result.err == ""
    pages = list(Path("out").glob("*.svg"))
    said = "\n".join(text for page in pages for text in texts_in(page))
    start = kind[:8].capitalize() if name == "frequencies" else kind[:8].lower()
    if "\u202e" not in kind:
        assert start.casefold() in said.casefold()
    assert "\u202e" not in said
    for page in pages:
        size = re.search(r'width="([\d.]+)pt"', page.read_text(encoding="utf-8"))
        assert size is not None
        assert float(size[1]) < 1000


def test_many_transcripts_are_parted_into_pages(run: Run, study: Path) -> None:
    for number in range(10, 95):
        (study / "talks" / f"E{number}.txt").write_text(f"R: The office helped {number} times.\n")
    said = drawn(run, "heatmap", "--kind", "interview")
    assert len(list(Path("out").glob("heatmap-*.svg"))) == 3
    assert {f"E{number}" for number in range(10, 95)} <= set(said)
    assert any("(2 of 3)" in one for one in said)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["heatmap"], "-o heatmap.svg"),
        (["heatmap", "-o", "x.gif"], "charts are not drawn as .gif"),
        (["heatmap", "-o", "talks/E01.txt"], "charts are not drawn as .txt"),
        (["cooccurrence", "--cells", "units", "-o", "x.svg"], "--cells is nothing to cooccurrence"),
        (["frequencies", "--basis", "standing", "-o", "x.svg"], "leave --basis away"),
        (["heatmap", "--kind", "speech", "-o", "x.svg"], "there is no kind 'speech'"),
        (["cooccurrence", "--code", "luck", "-o", "x.svg"], "nothing to draw"),
        (["heatmap", "-o", "attributes.svg"], "one of the files that were read"),
    ],
    ids=["nowhere", "format", "input", "option", "basis", "kind", "empty", "csv-beside"],
)
def test_mistakes(run: Run, study: Path, arguments: list[str], told: str) -> None:
    result = run("chart", *arguments)
    assert result.code != 0
    assert told in " ".join(result.err.split())
    assert not list(study.glob("x*"))


@pytest.mark.parametrize("name", [*CHARTS, "network"])
def test_tables_beside_the_transcripts_are_not_read_as_transcripts(
    run: Run, study: Path, name: str
) -> None:
    pytest.importorskip("networkx")
    for _ in range(2):
        result = run("chart", name, "-o", "talks/out", "-q")
        assert result.code == 0, result.err
    assert {row["transcript"] for row in csv.DictReader(
        run(*TABLES["heatmap"], "-f", "csv", "-q").out.splitlines())} == set(TALKS)  # fmt: skip


def test_tables_of_others_are_not_overwritten(run: Run, study: Path) -> None:
    (study / "mine.csv").write_text("a,b\n1,2\n")
    result = run("chart", "heatmap", "-o", "mine.svg")
    assert "is there already" in result.err
    assert (study / "mine.csv").read_text() == "a,b\n1,2\n"
    assert not (study / "mine.svg").exists()


def test_result_folders_stay_as_their_manifest_says(run: Run, study: Path) -> None:
    assert run("report", "-q", "-o", "results").code == 0
    before = (study / "results" / "frequencies.csv").read_bytes()
    assert "is a result folder" in run("chart", "frequencies", "-o", "results").err
    assert (study / "results" / "frequencies.csv").read_bytes() == before


def test_a_missing_library_is_named(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run("chart", "heatmap", "-o", "x.svg")
    assert "charts need matplotlib" in result.err
    assert "pip install 'thematic[charts]'" in result.err
    assert not (study / "x.svg").exists()


def test_settings_of_the_user_change_nothing(run: Run, study: Path) -> None:
    """A matplotlibrc of the user's own, read by a process of its own."""
    drawn(run, "heatmap")
    (study / "matplotlibrc").write_text("font.size: 30\ntext.color: red\naxes.grid: True\n")
    command = "from thematic.app import main; main()"
    asked = ["chart", "heatmap", "-o", "other/heatmap.svg", "-q"]
    done = subprocess.run([sys.executable, "-c", command, *asked], check=False)
    assert done.returncode == 0
    for page in Path("out").iterdir():
        assert page.read_bytes() == (Path("other") / page.name).read_bytes()


def test_help_loads_no_matplotlib() -> None:
    code = (
        "import sys\nfrom thematic.app import main\n"
        "try:\n    main(['chart', '--help'])\nexcept SystemExit:\n    pass\n"
        "assert 'matplotlib' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
