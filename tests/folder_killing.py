"""A process writes a result folder again and again while another kills it.

    python folder_killing.py FOLDER KILLS SEED WAY

WAY is `whole` (a folder of results only), `aside` (the same on a system that cannot exchange
folders in one step) or `among` (a folder that holds somebody's notes too). After every kill
the folder is looked at; a failed check ends the run with a message on standard error.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path

from killed_writers import begin

from thematic.report import swapping
from thematic.report.folder import MANIFEST, sha256, write_folder

NOTES = "my notes.txt"
WORDS = "nothing that was there is lost\n"


def generation(number: int) -> dict[str, str | bytes]:
    """The files of one writing, each of which says in every line which one that was."""
    sizes = random.Random(number)
    files: dict[str, str | bytes] = {
        f"{'charts/' * (place % 3 == 0)}{place}.csv": f"{number}\n" * sizes.randint(1, 40_000)
        for place in range(7 + number % 3)
    }
    listed = {name: sha256(text) for name, text in files.items()}
    document = {"schema": "thematic.manifest/3", "generation": number, "files": listed}
    return files | {MANIFEST: json.dumps(document)}


def write(folder: Path, first: int) -> None:
    """Write one generation after the other, until killed."""
    for number in range(first, 10**9):
        write_folder(folder, generation(number))


def check(folder: Path, way: str) -> int:
    """See that all is whole and of one generation, and what there was is there; its number."""
    if way == "aside":
        swapping.restore(folder)
    found = {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".thematic-")
    }
    if way == "among":
        assert found.pop(NOTES) == WORDS, "notes are lost"
    manifest = json.loads(found.pop(MANIFEST))
    number = int(manifest["generation"])
    if way != "among":
        assert set(found) == set(manifest["files"]), "files of two generations"
    for name, text in found.items():
        written = int(text.split("\n", 1)[0])
        assert text == generation(written).get(name), f"{name} is not whole"
        assert way == "among" or written == number, f"{name} is of another generation"
    return number


def main(folder: Path, kills: int, seed: int, way: str) -> None:
    """Let it write, kill it at some moment, look, and let it go on."""
    mixed = random.Random(seed)
    if way == "aside":
        swapping.exchange = lambda one, other: False
    write_folder(folder, generation(0))
    if way == "among":
        (folder / NOTES).write_text(WORDS)
    seen = set()
    longest = 0.03  # seconds; more on a slow machine, so that something is written in between
    for _ in range(kills):
        child = begin(partial(write, folder, check(folder, way) + 1))
        time.sleep(mixed.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the writer ended by itself"
        number = check(folder, way)
        longest *= 0.97 if number not in seen else 1.1
        seen.add(number)
    left = [path.name for path in folder.parent.iterdir() if path != folder]
    print(json.dumps({"generations": len(seen), "last": max(seen), "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
