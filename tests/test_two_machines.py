"""Other folders, time zones, locales, hash seeds, processes and orders of files: the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import write_study

# The first cannot even spell the folder's name: no text file is opened by the locale's encoding.
MACHINES = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0",
     "PYTHONCOERCECLOCALE": "0"},
    {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8",
     "PYTHONHASHSEED": "4242", "COLUMNS": "40", "USER": "else", "HOME": "/nonexistent"},
    {"TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8",
     "LC_NUMERIC": "de_DE.UTF-8", "PYTHONHASHSEED": "77", "COLUMNS": "200"},
]  # fmt: skip
NEWER = "themes:\n  alliance: {rules: [safe haven, shelter]}\n  finance: {rules: [{lemma: tax}]}\n"
LIST = "- {folder: .., name: all}\n- {folder: ../talks, codebook: newer.yaml, name: other}\n"
TALLY = "Theme,Interviews,Publications\nAlliance,2,1\nFinance,1 (50%),0\nTotal,3,1\n"
COMMANDS = {
    "report": "report -q -o out --brief --with-transcripts",
    "compared": "report -q -o again --since out",
    "one file": "report -q -o report.docx",
    "verification": "verify out -q -o verified.json",
    "arrays": "code -q -o mentions.parquet --jobs {jobs}",
    "lines": "code -q -o mentions.jsonl --jobs {jobs}",
    "codings": "code --codings -q -o codings.csv",
    "batch": "batch batch/list.yaml -q --jobs {jobs}",
    "reproduction": "reproduce tally.csv --counts interviews -q -o reproduced.json",
    "difference": "diff book.yaml batch/newer.yaml -q -o changes.json",
    "folders": "diff out again -q -o folders.json",
    "deposit": "deposit deposited -q",
    "pseudonyms": "pseudonymise -q -o replaced --key key.json",
    "chart": "chart frequencies -q -o chart.svg",
    "matrix": "matrix -q -o matrix.csv",
}


def machine(folder: Path, number: int) -> Path:
    """A study, whose files were put there in another order and at another time."""
    place = folder / ["süd", "with space", "x"][number]
    made = folder / "made"
    made.mkdir()
    write_study(made)
    (made / "tally.csv").write_text(TALLY, encoding="utf-8")
    (made / "batch").mkdir()
    (made / "batch" / "newer.yaml").write_text(NEWER, encoding="utf-8")
    (made / "batch" / "list.yaml").write_text(LIST, encoding="utf-8")
    files = [path.relative_to(made) for path in sorted(made.rglob("*")) if path.is_file()]
    for name in files[::-1] if number % 2 else files:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made / name, place / name)
        os.utime(place / name, (10**9 + number * 10**7,) * 2)
    return place


def results(place: Path, number: int) -> dict[str, bytes]:
    """What all commands write there, by the names of the files."""
    # One process for all commands: what is written must not hang on what was run before.
    code = (
        "import shlex, sys\nfrom thematic.app import main\n"
        "for line in sys.argv[1:]:\n"
        "    try:\n        main(shlex.split(line))\n"
        "    except SystemExit as stop:\n"
        "        if stop.code not in (0, 1, 8):\n            sys.exit(f'{line}: {stop.code}')\n"
    )
    lines = [line.format(jobs=number + 1) for line in COMMANDS.values()]
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-c", code, *(f"{line} --no-cache" if _caches(line) else line
                                       for line in lines)],
        cwd=place, env={**os.environ, **paths, **MACHINES[number]},
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


def _caches(line: str) -> bool:
    return not line.startswith(("deposit", "pseudonymise"))


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    return [
        results(machine(tmp_path_factory.mktemp("machine"), number), number)
        for number in range(len(MACHINES))
    ]


@pytest.mark.parametrize("number", range(1, len(MACHINES)))
def test_every_file_is_the_same(machines: list[dict[str, bytes]], number: int) -> None:
    first, other = machines[0], machines[number]
    assert first.keys() == other.keys()
    assert [name for name in first if first[name] != other[name]] == []


def test_every_command_wrote_its_files(machines: list[dict[str, bytes]]) -> None:
    names = set(machines[0])
    assert {
        "out/report.html", "out/report.xlsx", "out/brief.docx", "again/frequencies.json",
        "report.docx", "verified.json", "mentions.parquet", "mentions.jsonl", "codings.csv",
        "batch/results/all/manifest.json", "batch/results/other/codings.csv", "reproduced.json",
        "changes.json", "folders.json", "deposited/manifest.json", "key.json", "chart.svg",
        "replaced/study.yaml", "matrix.csv",
    } <= names  # fmt: skip
    assert len(names) > 100
