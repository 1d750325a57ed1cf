"""Transcript text is shown as its very characters everywhere, and does nothing."""

from __future__ import annotations

import csv
import html
import io
import json
from pathlib import Path

import pytest
from conftest import Run

HOSTILE = (
    "=cmd() said [bold red]Taliban[/bold red] <script>alert('Taliban')</script> :smile: "
    "\x1b[31mred\x1b[0m \x9b2J \u202egnihton `x` **b** | pipe & amp"
)


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "book.yaml").write_text('taliban: ["=cmd()", taliban]')
    text = f"P1: {HOSTILE}\n\nP1: Yes.\n"
    (tmp_path / "[red]x[.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


SHOWN = (
    "=cmd() said [bold red]Taliban[/bold red] <script>alert('Taliban')</script> :smile: "
    "␛[31mred␛[0m \\u009b2J \\u202egnihton `x` **b** | pipe & amp"
)


def joined(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", ["report", "quotes", "show"])
def test_terminal(run: Run, hostile: Path, command: str) -> None:
    arguments = [".", "-c", "book.yaml"] if command != "show" else ["[red]x[", "."]
    result = run(command, *arguments)
    assert result.code == 0, result.err
    assert SHOWN in joined(result.out)
    assert not set(result.out + result.err) & {"\x1b", "\x9b", "\u202e"}


def test_html(run: Run, hostile: Path) -> None:
    run("report", ".", "-c", "book.yaml", "-o", "out", "-q")
    page = (hostile / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<script") == 1
    unmarked = page.replace("<mark>", "").replace("</mark>", "")
    assert SHOWN in joined(html.unescape(unmarked))
    assert "default-src 'none'" in page


def test_markdown(run: Run, hostile: Path) -> None:
    run("report", ".", "-c", "book.yaml", "-o", "out", "-q")
    text = (hostile / "out" / "report.md").read_text(encoding="utf-8")
    assert r"\<script\>alert('Taliban')\</script\>" in text
    assert r"\[bold red\]" in text
    assert "\x1b" not in text


def test_csv_guards_against_formulas_unless_raw(run: Run, hostile: Path) -> None:
    guarded = run("code", ".", "-c", "book.yaml", "-f", "csv").out
    raw = run("code", ".", "-c", "book.yaml", "-f", "csv", "--raw").out
    cells = [row["text"] for row in csv.DictReader(io.StringIO(guarded))]
    assert cells[0] == "'=cmd()"
    assert next(row["text"] for row in csv.DictReader(io.StringIO(raw))) == "=cmd()"
    quoted = run("quotes", ".", "-c", "book.yaml", "-f", "csv").out
    assert "\x1b" not in quoted
    assert "␛[31mred" in quoted


def test_json_holds_the_exact_text(run: Run, hostile: Path) -> None:
    out = run("quotes", ".", "-c", "book.yaml", "-f", "json").out
    assert not set(out) & {"\x1b", "\x9b", "\u202e"}
    assert json.loads(out)["rows"][0]["text"] == HOSTILE
