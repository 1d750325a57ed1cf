"""The public library: what a notebook would do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import thematic


def test_a_notebook_gets_the_numbers_of_the_shell(study: Path) -> None:
    declared, transcripts = thematic.load_study(study)
    codings = thematic.code(transcripts, thematic.load_codebook("book.yaml"), study=declared)
    table = thematic.frequencies(codings, declared).to_pandas()
    row = table[(table.code == "alliance") & (table.kind == "interview")].iloc[0]
    assert (row.transcripts, row.transcripts_N, row.units) == (2, 3, 3)
    assert len(thematic.mentions(codings)) == 10
    assert len(thematic.quotes(codings, declared, codes=["finance"])) == 4


def test_faults_come_as_one_error_with_all_of_them(study: Path) -> None:
    (study / "talks" / "bad.json").write_text("{")
    (study / "talks" / "empty.txt").write_text("")
    with pytest.raises(thematic.ThematicError) as error:
        thematic.load_transcripts(study / "talks")
    assert "bad.json" in error.value.hint
    assert "empty.txt" in error.value.hint
    assert len(thematic.load_transcripts(study / "talks", strict=False)) == 3


def test_unknown_codebook_is_guessed(study: Path) -> None:
    with pytest.raises(thematic.ThematicError) as error:
        thematic.load_codebook("jihad-network")
    assert "jihad-networks" in error.value.hint


def test_every_public_name_is_there() -> None:
    for name in thematic.__all__:
        assert getattr(thematic, name) is not None


def test_import_is_light() -> None:
    code = "import sys, thematic; assert not {'pandas', 'spacy', 'yaml'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_units_of_a_study_win_over_the_codebook(study: Path) -> None:
    declared = thematic.Study(unit="turn")
    transcripts = thematic.load_transcripts(study)
    codings = thematic.code(transcripts, thematic.load_codebook("book.yaml"), study=declared)
    assert codings.unit is thematic.Unit.TURN


def test_verify_and_diff(study: Path) -> None:
    from thematic.app import main

    with pytest.raises(SystemExit, match=r"^0$"):
        main(["report", "-q", "-o", "out"])
    assert thematic.verify("out").is_identical
    assert thematic.verify("out", level="codings").is_identical
    book = (study / "book.yaml").read_text(encoding="utf-8")
    (study / "newer.yaml").write_text(book.replace("safe haven*", "safe haven"), encoding="utf-8")
    found = thematic.verify("out", study, codebook="newer.yaml")
    assert not found.is_identical
    assert ("codebook changed", "alliance/safe-haven") in [
        (row["finding"], row["row"]) for row in found.table.records()
    ]
    names = [table.name for table in thematic.diff("book.yaml", "newer.yaml", "talks", unit="turn")]
    assert names == ["codebook-changes", "coding-changes", "cell-changes", "rule-changes"]
    assert [len(table) for table in thematic.diff("out", "out")] == [0]
    with pytest.raises(thematic.ThematicError):
        thematic.verify("talks")
    with pytest.raises(ValueError, match="nowhere"):
        thematic.verify("out", level="nowhere")
