"""What is told beside the data."""

from __future__ import annotations

import pytest

from thematic.errors import Problem, Severity
from thematic.report.talk import tell_problems


def test_of_many_notes_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    notes = [Problem(f"t{n:02}.txt", 1, f"note {n}", "", Severity.NOTE) for n in range(50)]
    warning = Problem("w.txt", 2, "doubtful", "look", Severity.WARNING)
    tell_problems([*notes, warning])
    said = capsys.readouterr().err
    assert said.count("note: t") == 20
    assert "and 30 more notes, on 30 files: t20.txt, t21.txt, t22.txt, t23.txt …" in said
    assert "warning: w.txt:2: doubtful (look)" in said


def test_few_notes_are_all_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell_problems([Problem("t.txt", n, "note", "", Severity.NOTE) for n in range(1, 21)])
    said = capsys.readouterr().err
    assert said.count("note: t.txt") == 20
    assert "more notes" not in said
