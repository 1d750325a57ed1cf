"""All analyses on public speeches and briefings kept outside the repository, if they are there.

Terms of `expected.json`, which were counted by hand and by two programs, are the codes; every
command and format must tell their numbers.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from counted_study import records

SHARED = Path(__file__).parents[2] / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no public transcripts here")
KINDS = {"congress": "statement", "whitehouse": "briefing"}
# Names of codes -> names in expected.json; codes are single words without signs.
TERMS = {"taliban": "taliban", "qaeda": "al_qaeda", "money": "money", "opium": "opium"}
BOOK = """\
codebook: terms
lists: {network: [taliban, <qaeda>], qaeda: [al Qaeda, al-Qaeda, al-Qaida]}
themes:
  taliban: {rules: [taliban]}
  qaeda: {rules: [{regex: "al[\\\\s-]+qa[ei]'?da"}]}
  money: {rules: [money]}
  opium: {rules: [opium]}
"""
SHIPPED = ["-c", "jihad-networks"]
COMMANDS = {
    "freq": ["freq"],
    "freq-case": ["freq", "--by", "case"],
    "freq-attribute": ["freq", "--by", "house"],
    "quotes": ["quotes"],
    "kwic": ["kwic", "finance"],
    "cooccur": ["cooccur"],
    "matrix": ["matrix", "--transcripts"],
    "crosstab": ["crosstab", "--by", "house", "--test"],
    "compare": ["compare", "--test"],
    "keyness": ["compare", "--keyness", "rest", "--kind", "statement"],
    "sensitivity": ["sensitivity"],
    "appearance": ["appearance", "--order", "date"],
    "trend": ["trend", "--by", "date", "--period", "year"],
    "network": ["network"],
    "report": ["report"],
    "method": ["method"],
    "uncoded": ["uncoded", "--section", "themes"],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of two kinds of source, which no test changes."""
    folder = tmp_path_factory.mktemp("shared")
    rows = ["id,kind,case,date,house"]
    for name, kind in KINDS.items():
        for path in sorted((SHARED / name).glob("*.md")):
            rows.append(f"{path.stem},{kind},{_facts(path)}")
    (folder / "attributes.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "study.yaml").write_text(
        "study: speeches\nstatus: real\ncodebook: book.yaml\n"
        f"transcripts: [{json.dumps(str(SHARED / 'congress'))},"
        f" {json.dumps(str(SHARED / 'whitehouse'))}]\n",
        encoding="utf-8",
    )
    return folder


def _facts(path: Path) -> str:
    """Person, date, and house."""
    text = path.read_text(encoding="utf-8")
    if found := re.search(r"`(?:Mrs?|Ms)\. (.+?) — (.+?)`", text):
        return f"{found[1]},{found[2]},{'Senate' if 'Mr. President' in text else 'House'}"
    date = re.search(r"^date: '([\d-]+)'", text, re.MULTILINE)
    assert date
    return f"{date[1]},{date[1]},White House"


@pytest.fixture(autouse=True)
def study(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(made)
    return made


@pytest.fixture(scope="module")
def counts() -> Counter[tuple[str, str]]:
    """By term and kind, the mentions that `expected.json` tells."""
    facts: dict[str, Any] = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))
    found: Counter[tuple[str, str]] = Counter()
    for name, kind in KINDS.items():
        for source in facts[name].values():
            for code, term in TERMS.items():
                found[code, kind] += source["terms_body"].get(term, 0)
    return found


def rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, "--include-interviewer", "-f", "csv", "-q")
    assert result.code == 0, result.err
    return records(result.out, "csv")


def test_mentions_are_those_counted_by_hand(run: Run, counts: Counter[tuple[str, str]]) -> None:
    found = {(row["code"], row["kind"]): row["mentions"] for row in rows(run, "freq")}
    assert found == counts


def test_every_command_tells_the_same_mentions(run: Run, counts: Counter[tuple[str, str]]) -> None:
    listed: Counter[tuple[str, str]] = Counter()
    for row in rows(run, "kwic", *TERMS):
        listed[row["code"], row["kind"]] += 1
    summed: Counter[tuple[str, str]] = Counter()
    for row in rows(run, "matrix", "--cells", "mentions"):
        for code in TERMS:
            summed[code, row["kind"]] += row[code]
    varied = {
        (row["code"], row["kind"]): row["count"]
        for row in rows(run, "sensitivity")
        if row["variant"] == "as coded" and row["measure"] == "mentions"
    }
    assert listed == summed == varied == counts


def test_every_command_tells_the_same_units(run: Run) -> None:
    wanted = {(row["code"], row["kind"]): row["units"] for row in rows(run, "freq")}
    by_way: dict[str, Counter[tuple[str, str]]] = {}
    for way in ("matrix", "trend", "trend --by date", "crosstab --by house --count unit"):
        found = by_way[way] = Counter()
        for row in rows(run, *way.split()):
            for code in TERMS:
                if code in row:
                    found[code, row["kind"]] += row[code]
                elif row["code"] == code:
                    found[code, row["kind"]] += row["units" if "units" in row else "n"]
    found = by_way["cooccur"] = Counter()
    for row in rows(run, "cooccur"):
        found |= Counter({(row[f"code_{n}"], row["kind"]): row[f"n{n}"] for n in "12"})
    found = by_way["compare"] = Counter()
    for row in rows(run, "compare"):
        found |= Counter({(row["code"], row[f"group_{s}"]): row[f"units_{s}"] for s in "ab"})
    there = {key: count for key, count in wanted.items() if count}
    for way, found in by_way.items():
        assert dict(+found) == there, way


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_all_commands_run_with_the_shipped_codebook(
    run: Run, command: list[str], form: str
) -> None:
    if command == ["report"] and form == "csv":
        pytest.skip("a report is several tables")
    result = run(*command, *SHIPPED, "-f", form, "-q")
    assert (result.code, result.err) == (0, "")
    assert result.out.strip()
    if form == "table":
        assert max(map(len, result.out.splitlines())) <= 80
    if form == "json":
        json.loads(result.out)
    if form == "csv":
        assert {row["study_status"] for row in records(result.out, "csv")} <= {"real"}
