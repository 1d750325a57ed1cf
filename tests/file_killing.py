"""A process writes single files and new folders again and again while another kills it.

    python file_killing.py FOLDER KILLS SEED HOW

Written are what `report -o FILE`, `code -o FILE.csv`, `code -o FILE.jsonl` and `pseudonymise`
write, by the functions that these commands use. HOW is `whole`, or `careless`: then files are
written in place, and the checks must see it. A failed check ends the run with a message.
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

from thematic.model.pseudonyms import Key, Written
from thematic.report import folder as writing
from thematic.report.folder import MANIFEST, write_file, write_new_folder
from thematic.report.mention_files import joined
from thematic.store.pseudonym_key import read_key, write_key

ONE, LINES, KEY, NEW = "report.docx", "mentions.jsonl", "key.json", "new"


def lines(number: int) -> str:
    """A text that says in each line of which writing it is."""
    return f"{number}\n" * random.Random(number).randint(50_000, 400_000)


def key(number: int) -> Key:
    """A key whose every entry says the same."""
    one = Written(str(number), str(number), f"{number}.txt", "0" * 64, "0" * 64)
    return Key((), (one,) * random.Random(number).randint(50, 500))


def folder_files(number: int) -> dict[str, str | bytes]:
    """The files of a new folder."""
    return {f"{place}/{place}.txt": f"{number}\n" * 20_000 for place in range(5)} | {MANIFEST: "{}"}


def write(folder: Path, first: int) -> None:
    """Write one after the other, until killed."""
    parts = folder / "parts"
    parts.mkdir(exist_ok=True)
    for number in range(first, 10**9):
        write_file(folder / ONE, lines(number))
        part = parts / "part"
        part.write_text(lines(number))
        with joined(folder / LINES, parts) as add:
            add(part)
        write_key(folder / KEY, key(number))
        write_new_folder(folder / f"{NEW}{number}", folder_files(number))


def check(folder: Path) -> int:
    """See that all that is there is whole, and nothing is lost; the number of the last writing."""
    numbers = []
    for name in (ONE, LINES):
        text = (folder / name).read_text()
        number = int(text.split("\n", 1)[0])
        assert text == lines(number), f"{name} is not whole"
        numbers.append(number)
    found = read_key(folder / KEY)
    assert found == key(int(found.transcripts[0].id)), "the key is not whole"
    for new in folder.glob(f"{NEW}*"):
        held = {
            path.relative_to(new).as_posix(): path.read_text()
            for path in new.rglob("*")
            if path.is_file()
        }
        expected = folder_files(int(new.name.removeprefix(NEW)))
        assert held == expected, f"{new.name} is not whole"
    return max(numbers)


def be_careless() -> None:
    """Write in place from now on, as a program does that thinks of no kill."""

    def in_place(path: Path, text: str | bytes) -> None:
        with path.open("wb") as out:
            for start in range(0, len(text), 1000):
                out.write(writing.as_bytes(text[start : start + 1000]))

    globals()["write_file"] = in_place


def main(folder: Path, kills: int, seed: int, how: str) -> None:
    """Let it write, kill it at some moment, look, and let it go on."""
    mixed = random.Random(seed)
    write_file(folder / ONE, lines(0))
    write_file(folder / LINES, lines(0))
    write_key(folder / KEY, key(0))
    if how == "careless":
        be_careless()
    seen = set()
    longest = 0.04  # seconds; more on a slow machine, so that something is written in between
    for place in range(kills):
        child = begin(partial(write, folder, place * 1000 + 1))
        time.sleep(mixed.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the writer ended by itself"
        number = check(folder)
        longest *= 0.97 if number not in seen else 1.1
        seen.add(number)
        for new in folder.glob(f"{NEW}*"):
            for path in sorted(new.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
            new.rmdir()
    print(json.dumps({"written": len(seen)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
