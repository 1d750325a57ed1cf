"""Plays the people of the tutorial on second coders, so that its output is real and stays so.

Both mostly see what the rules see, now and then not, and sometimes what the rules do not see,
where certain words stand; which it is depends on the words alone. What came of their talk is
filled in too.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

_SEEN = {  # words at which a person may see a code where no rule does
    "alliance": r"shelter|guests?\b|host|oath|together|support|owe",
    "finance": r"money|toll|paid|pays|dollar|opium|machine|hawala|sell|Toyota",
    "competition": r"fight|fought|rival|quarrel|enem|betray|split|jealous",
    "kinship": r"marri|wife|brother|sister|cousin|uncle|family|tribe|khel|teacher",
}


def copy_of_study(folder: Path) -> None:
    """The shipped study, to work in."""
    from thematic.shipped import study_path

    study = study_path("jihad-networks")
    assert study is not None
    shutil.copytree(study, folder, ignore=shutil.ignore_patterns("README.md"))


def fill(sheet: Path, key: Path, coder: str) -> None:
    """Judge every unit of a sheet; very short ones are left empty."""
    units = json.loads(key.read_text(encoding="utf-8"))["units"]
    suggested = {unit["row"]: unit["suggested"] for unit in units}

    def judged(row: dict[str, str]) -> None:
        words = row["words"]
        if len(words.split()) < 3:
            return
        for code, seen in _SEEN.items():
            by_rules = code in suggested[row["row"]]
            likely = 82 if by_rules else 60 if re.search(rf"\b(?:{seen})", words) else 0
            holds = _percent(code, words) < likely
            other = likely > 0 and _percent(coder, code, words) < 12
            row[f"{code}?"] = "yes" if holds != other else "no"

    _rewrite(sheet, judged)


def talk(table: Path) -> None:
    """What came of the talk: one is left open; of the others, most hold after all."""
    still_open = [True]

    def settled(row: dict[str, str]) -> None:
        if still_open:
            still_open.clear()
            return
        row["decision"] = "accept" if _percent(row["text"]) < 60 else "reject"

    _rewrite(table, settled)


def _percent(*said: str) -> int:
    """A number from 0 to 99 that is the same whenever the words are."""
    return crc32("\n".join(said).encode()) % 100


def _rewrite(table: Path, change: Callable[[dict[str, str]], None]) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        change(row)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
