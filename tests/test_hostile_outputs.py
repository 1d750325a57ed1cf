"""Names that want to be markup, formulas or commands stay text, in every command and format."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from conftest import Run
from openpyxl import load_workbook

MARKUP = "<img src=x onerror=alert(1)>[red]&amp;$x^2_1$"
NAME = f"=1+1{MARKUP}"  # of codes, files, attributes, actors
LABEL = f"=EVE{MARKUP}\\input{{y}}"  # of a speaker
CONTROLS = "\x1b[31m \x9b2J \u202e \x07"
WORDS = f"=cmd() {MARKUP} \\input{{y}} `x` | {CONTROLS} tax and aid for ACTOR-A and ACTOR-B."
SIGNS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")
TEXTS = {
    "freq": ["freq"],
    "freq-attribute": ["freq", "--by", "side"],
    "freq-speaker": ["freq", "--by", "speaker"],
    "quotes": ["quotes", "--all"],
    "kwic": ["kwic", "--word", "tax"],
    "code": ["code"],
    "codings": ["code", "--codings"],
    "cooccur": ["cooccur"],
    "matrix": ["matrix", "--transcripts"],
    "crosstab": ["crosstab", "--by", "side"],
    "crosstab-speaker": ["crosstab", "--by", "speaker"],
    "compare": ["compare"],
    "keyness": "compare --keyness rest --min-count 1 --min-persons 1 --min-likelihood 0".split(),
    "sensitivity": ["sensitivity"],
    "appearance": ["appearance", "--order", "side"],
    "trend": ["trend"],
    "network": ["network"],
    "network-actors": ["network", "--section", "actors"],
    "network-units": ["network", "--section", "units"],
    "uncoded-answers": ["uncoded", "--section", "answers"],
    "uncoded-themes": ["uncoded", "--section", "themes"],
    "explain": ["explain"],
    "check": ["check"],
    "method": ["method"],
    "report": ["report", "--codes"],
    "batch": ["batch", "..", "-o", "../results"],
    "speakers": ["speakers"],
}
CHARTS = ["frequencies", "heatmap", "cooccurrence", "portrait", "compare", "appearance", "network"]


def write_table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two kinds of source, with hostile names of all that has a name."""
    folder = tmp_path / "studies" / f"{NAME} study"
    (folder / "talks").mkdir(parents=True)
    turns = [("I", "So?"), (LABEL, WORDS), ("I", "And?"), (LABEL, "We tax. We aid nobody.")]
    names = [f"{NAME}{number}" for number in range(3)]
    for name in names:
        write_table(folder / "talks" / f"{name}.csv", [("speaker", "text"), *turns])
    kinds = ("interview", "interview", NAME)
    rows = [(name, kind, NAME) for name, kind in zip(names, kinds, strict=True)]
    write_table(folder / "attributes.csv", [("id", "kind", "side"), *rows])
    book = {
        "codebook": NAME,
        "lists": {"network": ["<img>", "ACTOR-B"], "img": ["ACTOR-A"]},
        "themes": {
            NAME: {"definition": MARKUP, "codes": {f"{NAME}sub": {"rules": ["tax"]}}},
            "aid": {"rules": ["aid"], "unless": [f"aid {MARKUP}"]},
        },
    }
    (folder / "book.yaml").write_text(json.dumps(book), encoding="utf-8")
    (folder / "study.yaml").write_text(
        json.dumps(
            {
                "study": f"{NAME} {CONTROLS[-1]}",
                "title": MARKUP,
                "codebook": "book.yaml",
                "transcripts": "talks",
                "show_attributes": ["side"],
            }
        ),
        encoding="utf-8",
    )
    monkeypatch.chdir(folder)
    return folder


def is_safe(data: bytes, name: str) -> None:
    """That nothing in a file is anything but text, by what the file is."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                if part.endswith((".xml", ".rels")):
                    lxml.etree.fromstring(parts.read(part))
        if name.endswith(".xlsx"):
            cells = [c for sheet in load_workbook(io.BytesIO(data)) for r in sheet for c in r]
            assert not [cell for cell in cells if cell.data_type == "f"]
        return
    if name.endswith((".png", ".pdf")):
        return
    text = data.decode("utf-8")
    assert not SIGNS.search(text), f"{name}: {SIGNS.search(text)}"
    if name.endswith((".svg", ".graphml", ".gexf")):
        root = lxml.etree.fromstring(data)
        assert not [one for one in root.iter() if str(one.tag).endswith(("img", "script"))]
    elif name.endswith(".html"):
        page = lxml.html.fromstring(text)
        assert not list(page.iter("img"))
        assert len(list(page.iter("script"))) <= 1
        assert not page.xpath("//@onerror")
    elif name.endswith(".csv"):
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if FORMULA.match(cell)]
    elif name.endswith(".json"):
        json.loads(text)
    elif name.endswith(".md"):
        assert not re.search(r"(?<!\\)<img", text)
        assert not re.search(r"(?<!\\)\$x", text)
    elif name.endswith(".tex"):
        text = re.sub("(?m)^%.*", "", text)
        assert "\\input" not in text.replace("\\textbackslash{}input", "")
        assert not re.search(r"(?<!\\)\$", text)


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
@pytest.mark.parametrize("command", TEXTS.values(), ids=TEXTS.keys())
def test_what_is_printed(run: Run, study: Path, command: list[str], form: str) -> None:
    if command[0] == "report" and form == "csv":
        pytest.skip("a report is several tables")
    result = run(*command, "-f", form)
    assert result.code in (0, 1), result.err
    assert result.out
    assert not SIGNS.search(result.out + result.err)
    is_safe(result.out.encode(), f"out.{form}")
    if form == "table" and command[0] not in ("uncoded", "check", "network", "batch"):
        assert "<im" in "".join(result.out.split())


def test_json_has_the_very_names(run: Run, study: Path) -> None:
    first = json.loads(run("quotes", "--all", "-f", "json", "-q").out)["rows"][0]
    assert (first["code"], first["transcript"]) == (NAME, f"{NAME}0")
    # Readers of tables take an entity for the sign that it stands for.
    assert first["speaker"] == LABEL.replace("&amp;", "&")
    assert first["text"] == WORDS.replace("&amp;", "&")


@pytest.mark.parametrize("name", CHARTS)
def test_charts(run: Run, study: Path, name: str) -> None:
    pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    result = run("chart", name, "-o", "out", "-q")
    assert result.code == 0, result.err
    files = [path for path in Path("out").iterdir() if path.is_file()]
    assert {path.suffix for path in files} == {".csv", ".svg", ".png"} or files
    for path in files:
        is_safe(path.read_bytes(), path.name)


def test_networks(run: Run, study: Path) -> None:
    pytest.importorskip("networkx")
    assert run("network", "-o", "out", "-q").code == 0
    suffixes = set()
    for path in Path("out").iterdir():
        suffixes.add(path.suffix)
        is_safe(path.read_bytes(), path.name)
    assert suffixes >= {".csv", ".graphml", ".gexf"}


def test_a_result_folder(run: Run, study: Path) -> None:
    asked = ("report", "-q", "-o", "out", "--with-transcripts", "--brief", "--codes")
    assert run(*asked).code == 0
    for path in Path("out").iterdir():
        is_safe(path.read_bytes(), path.name)


@pytest.mark.parametrize("ending", [".docx", ".html", ".md", ".xlsx"])
def test_a_printed_codebook(run: Run, study: Path, ending: str) -> None:
    result = run("codebook", "-q", "-o", f"book{ending}")
    assert result.code in (0, 1), result.err
    is_safe(Path(f"book{ending}").read_bytes(), f"book{ending}")


def test_a_batch(run: Run, study: Path) -> None:
    result = run("batch", "..", "-o", "../results", "-q")
    assert result.code in (0, 1), result.err
    files = [path for path in (study.parent / "results").rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        is_safe(path.read_bytes(), path.name)
