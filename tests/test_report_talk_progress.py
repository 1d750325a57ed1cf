"""What is shown on a terminal while much is done."""

from __future__ import annotations

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from thematic.report.talk import FEW, MUCH, progress

pty = pytest.importorskip("pty")


def shown(monkeypatch: pytest.MonkeyPatch, names: list[str], *, size: int, wanted: bool) -> str:
    """What a terminal gets while these are done one after another."""
    screen, end = pty.openpty()
    with ThreadPoolExecutor(1) as reader, os.fdopen(end, "w") as terminal:
        said = reader.submit(read_to_end, screen)
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress("coding", len(names), shown=wanted, size=size) as advance:
            for name in names:
                advance(name)
        terminal.write(END)
        terminal.flush()
        text = said.result()
    os.close(screen)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


END = "end"


def read_to_end(screen: int) -> str:
    """All that comes: a terminal hands out its text in pieces, and holds few of them."""
    said = b""
    while not said.endswith(END.encode()):
        said += os.read(screen, 100_000)
    return said.decode()


MANY = [f"E{number}" for number in range(FEW)]


@pytest.mark.parametrize(
    ("names", "size", "expected"),
    [
        (["E1"], MUCH, ["coding E1", "3.0 MB", "0:00:0"]),
        (["E1", "E2"], 2 * MUCH, ["coding E2", "1/2", "6.0 MB"]),
        (MANY, 0, [f"coding E{FEW - 1}", f"{FEW - 1}/{FEW}"]),
        (["a\x1b[2Jb"], MUCH, ["coding a"]),
    ],
    ids=["one long", "two long", "many short", "hostile name"],
)
def test_much_work_is_shown(
    monkeypatch: pytest.MonkeyPatch, names: list[str], size: int, expected: list[str]
) -> None:
    said = shown(monkeypatch, names, size=size, wanted=True)
    assert not [one for one in expected if one not in said]


@pytest.mark.parametrize(
    ("names", "size", "wanted"),
    [(["E1"], MUCH - 1, True), (MANY, MUCH, False)],
    ids=["little", "quiet"],
)
def test_little_work_and_quiet_runs_show_nothing(
    monkeypatch: pytest.MonkeyPatch, names: list[str], size: int, wanted: bool
) -> None:
    assert shown(monkeypatch, names, size=size, wanted=wanted) == END
