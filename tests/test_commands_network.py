"""`thematic network`: actors that are named together where a theme is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import Run

nx = pytest.importorskip("networkx")

BOOK = """\
codebook: small
lists:
  network: [<taliban>, <al-qaeda>, <iskp>, the elders]
  taliban: [Taliban, the Emirate]
  al-qaeda: [al-Qaeda, AQ]
  iskp: [ISKP, Daesh]
themes:
  alliance: {definition: Help., rules: [pledge*, host*]}
  rivalry: {definition: Strife., rules: [fight*, fought]}
"""
TALKS = {
    "E01": "I: Who?\n\nE01: Unlike ISKP, al-Qaeda pledged to the Taliban. The Emirate hosted AQ.\n",
    "E02": "I: Did the elders host ISKP?\n\nE02: The Taliban fought Daesh. AQ never fought the "
    "Taliban. The Taliban did not host Daesh. Taliban and AQ.\n",
    "P01": "The Taliban hosted al-Qaeda and the elders.\n",
}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two interviews and a publication."""
    (tmp_path / "talks").mkdir()
    for name, text in TALKS.items():
        (tmp_path / "talks" / f"{name}.txt").write_text(text)
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "study.yaml").write_text("study: s\ncodebook: book.yaml\ntranscripts: talks\n")
    (tmp_path / "attributes.csv").write_text("id,kind\nP01,publication\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(run: Run, *more: str) -> list[dict[str, str]]:
    result = run("network", "-f", "csv", "-q", *more)
    assert result.code == 0, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


def test_ties(run: Run, study: Path) -> None:
    keys = ("kind", "code", "actor_1", "actor_2", "cases", "units", "negated", "contrasted")
    assert [tuple(one[key] for key in keys) for one in rows(run)] == [
        ("interview", "alliance", "taliban", "al-qaeda", "1", "2", "0", "0"),
        ("interview", "alliance", "taliban", "iskp", "0", "0", "1", "1"),
        ("interview", "alliance", "al-qaeda", "iskp", "0", "0", "0", "1"),
        ("interview", "rivalry", "taliban", "al-qaeda", "0", "0", "1", "0"),
        ("interview", "rivalry", "taliban", "iskp", "1", "1", "0", "0"),
        ("publication", "alliance", "taliban", "al-qaeda", "1", "1", "0", "0"),
        ("publication", "alliance", "taliban", "the elders", "1", "1", "0", "0"),
        ("publication", "alliance", "al-qaeda", "the elders", "1", "1", "0", "0"),
    ]


def test_isolates_are_kept_and_questions_do_not_count(run: Run, study: Path) -> None:
    found = rows(run, "--section", "actors", "--kind", "interview", "--code", "alliance")
    assert [(one["actor"], one["ties"], one["units"]) for one in found] == [
        ("taliban", "1", "2"),
        ("al-qaeda", "1", "2"),
        ("iskp", "0", "0"),
        ("the elders", "0", "0"),
    ]
    assert {one["cases_N"] for one in found} == {"2"}


def test_every_tie_lists_its_sentences(run: Run, study: Path) -> None:
    found = rows(run, "--section", "units", "--kind", "interview", "--code", "alliance")
    first = [one for one in found if one["text"].startswith("Unlike")]
    assert [(one["actor_1"], one["actor_2"], one["counted"]) for one in first] == [
        ("taliban", "al-qaeda", "true"),
        ("taliban", "iskp", "false"),
        ("al-qaeda", "iskp", "false"),
    ]
    ties = rows(run, "--kind", "interview", "--code", "alliance")
    for tie in ties:
        mine = [
            u for u in found if (u["actor_1"], u["actor_2"]) == (tie["actor_1"], tie["actor_2"])
        ]
        assert sum(one["counted"] == "true" for one in mine) == int(tie["units"])
        assert sum(one["counted"] == "false" for one in mine) == int(tie["apart"])


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_networkx_reads_the_files_back(run: Run, study: Path, suffix: str) -> None:
    asked = ["--code", "alliance", "--kind", "interview", "-o", f"net.{suffix}", "-q"]
    assert run("network", *asked).code == 0
    read = nx.read_graphml if suffix == "graphml" else nx.read_gexf
    graph = read(f"net.{suffix}")
    assert sorted(graph) == ["al-qaeda", "iskp", "taliban", "the elders"]
    assert graph.edges["taliban", "al-qaeda"]["weight"] == 1
    assert graph.edges["taliban", "iskp"]["weight"] == 0
    assert not graph.is_directed()
    first = Path(f"net.{suffix}").read_bytes()
    assert run("network", *asked).code == 0
    assert Path(f"net.{suffix}").read_bytes() == first


def test_degrees_are_those_of_networkx(run: Run, study: Path) -> None:
    """The column `ties` against an independent count."""
    for kind in ("interview", "publication"):
        graph = nx.Graph()
        for tie in rows(run, "--kind", kind, "--code", "alliance"):
            if int(tie["cases"]):
                graph.add_edge(tie["actor_1"], tie["actor_2"])
        for actor in rows(run, "--kind", kind, "--code", "alliance", "--section", "actors"):
            degree = graph.degree(actor["actor"]) if actor["actor"] in graph else 0
            assert int(actor["ties"]) == degree


def test_a_folder_with_drawings_that_are_equal_every_time(run: Run, study: Path) -> None:
    pytest.importorskip("matplotlib")
    for name in ("one", "two"):
        assert run("network", "-o", name, "-q").code == 0
    one = {path.name: path.read_bytes() for path in Path("one").iterdir()}
    assert one == {path.name: path.read_bytes() for path in Path("two").iterdir()}
    assert {"ties.csv", "actors.csv", "units.csv", "alliance-interview.svg"} <= one.keys()
    drawing = one["alliance-interview.svg"].decode()
    assert "This shows talk" in drawing
    assert "the elders (0)" in drawing


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (["--actors", "network2"], 2, "did you mean 'network'?"),
        (["-o", "net.svg"], 2, "there are 3 networks, and one file"),
        (["--kind", "speech"], 2, "speech"),
    ],
    ids=["list", "several", "kind"],
)
def test_mistakes(run: Run, study: Path, more: list[str], code: int, told: str) -> None:
    result = run("network", *more)
    assert result.code == code
    assert told in result.err


def test_a_codebook_without_actors(run: Run, study: Path) -> None:
    Path("book.yaml").write_text("themes: {alliance: [host*]}\n")
    result = run("network")
    assert result.code == 2
    assert "lists: {network:" in result.err


def test_names_stay_text(run: Run, study: Path) -> None:
    hostile = BOOK.replace("the elders", "'$x^2$ <b>[red]elders'").replace("[red]", "red")
    Path("book.yaml").write_text(hostile.replace("<b>", "b"))
    assert run("network", "-o", "out", "-q").code == 0
    assert b"$x^2$" in Path("out/alliance-interview.svg").read_bytes()


def test_sections_are_drawn_too(run: Run, study: Path) -> None:
    asked = ("network", "--kind", "interview", "--code", "alliance", "-q", "--section")
    units = run(*asked, "units").out
    assert "“Unlike ISKP, al-Qaeda pledged to the Taliban.” (E01" in " ".join(units.split())
    counted = [line.split()[3:5] for line in units.splitlines() if line.startswith("taliban –")]
    assert counted == [
        ["yes", "“Unlike"],
        ["no:", "contrasted"],
        ["yes", "“The"],
        ["no:", "negated"],
    ]
    actors = run(*asked, "actors", "-f", "md").out
    assert "| the elders | 0/2 | 0 | 0 | 0 | 0 |" in actors
