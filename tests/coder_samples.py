"""A small study for second coders, made in a test, and people who fill its sheets in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

BOOK = """\
codebook: small
version: "1"
themes:
  help:
    definition: Someone helps.
    rules: [help*]
  money:
    definition: About money.
    codes:
      debt: {rules: [debt*, owe*]}
      tax: {rules: [tax*]}
"""
TALK = """\
I: How was it?

R: She helped me a lot{n}. The tax was high. =1+1 we walked home. I owe you{n}. It rained.

I: And then?

R: No help came. The debt grew. Nothing else{n}. A loan was hard to get. Help with taxes came late.
"""
TRUTH = {
    "help": lambda words: "helped" in words or "Help" in words,
    "money": lambda words: any(one in words for one in ("tax", "debt", "owe", "loan")),
}
Judge = Callable[[str, str, int], str]


def make_study(folder: Path, interviews: int = 12, study: str = "") -> Path:
    """A study of interviews E01, E02 … that differ in a few words."""
    (folder / "t").mkdir(parents=True)
    (folder / "study.yaml").write_text(
        f"study: small\ncodebook: book.yaml\ntranscripts: [t]\n{study}", encoding="utf-8"
    )
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    for number in range(1, interviews + 1):
        words = TALK.replace("{n}", " once" * (number % 3))
        (folder / "t" / f"E{number:02}.txt").write_text(words, encoding="utf-8")
    return folder


def truth(code: str, words: str, _row: int) -> str:
    """A coder who is always right."""
    return "yes" if TRUTH[code](words) else "no"


def sloppy(code: str, words: str, row: int) -> str:
    """A coder who is wrong in every fifth row and leaves every eleventh empty."""
    right = bool(TRUTH[code](words))
    return "" if row % 11 == 0 else "yes" if right != (row % 5 == 0) else "No"


def fill(path: Path, judge: Judge, *, quoting: bool = False) -> Path:
    """Fill a sheet in as a person does in Excel; `quoting` takes the words into the notes."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book["units"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        cells = dict(zip(heads, row, strict=True))
        number = int(cells["row"].value.rpartition("-")[2])
        for head, cell in cells.items():
            if head.endswith("?"):
                cell.value = judge(head[:-1], cells["words"].value, number) or None
        if quoting:
            cells["note"].value = f"so: {cells['words'].value}"
            cells["missing code"].value = f"about {cells['words'].value}"
    book.save(path)
    return path


def key_of(folder: Path, name: str = "sample-1") -> Any:
    """The sealed key of a sample."""
    return json.loads((folder / "samples" / f"{name}.sample.json").read_text(encoding="utf-8"))


def frame_of_sheet(folder: Path, sheet: Path) -> Any:
    """One row per unit: the key's stratum, weight and suggestions beside a sheet's answers."""
    import pandas as pd

    key = key_of(folder)
    size = {one["name"]: one["units"] for one in key["strata"]}
    units = pd.DataFrame(
        [
            {
                "row": unit["row"],
                "stratum": unit["stratum"],
                "size": size[unit["stratum"]],
                "interview": unit["passage"]["transcript"],
                **{f"m {code}": code in unit["suggested"] for code in key["codes"]},
            }
            for unit in key["units"]
        ]
    )
    answers = pd.read_excel(sheet, engine="openpyxl", sheet_name="units", dtype=str)
    return units.merge(answers, on="row")
