"""Shipped codebooks and studies are found in a checkout and in a zipped package."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from thematic import shipped

ROOT = Path(__file__).parents[1]


def test_the_shipped_codebooks_are_found() -> None:
    assert shipped.codebook_names() == sorted(path.stem for path in ROOT.glob("codebooks/*.yaml"))
    for name in shipped.codebook_names():
        path = shipped.codebook_path(name)
        assert path is not None
        assert path.read_bytes() == (ROOT / "codebooks" / f"{name}.yaml").read_bytes()


def test_the_demonstration_studies_are_found() -> None:
    assert "jihad-networks" in shipped.study_names()
    folder = shipped.study_path("jihad-networks")
    assert folder is not None
    assert (folder / "study.yaml").is_file()


@pytest.mark.parametrize("name", ["", ".", "..", "no-such", "../setup", "jihad-networks.yaml"])
def test_other_names_find_nothing(name: str) -> None:
    assert shipped.codebook_path(name) is None
    assert shipped.study_path(name) is None


def test_a_zipped_package_is_unpacked_where_needed(tmp_path: Path) -> None:
    package = tmp_path / "thematic.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for path in sorted((ROOT / "cli" / "thematic").rglob("*.py")):
            archive.write(path, path.relative_to(ROOT / "cli"))
        archive.writestr("thematic/shipped/codebooks/tiny.yaml", "a: [x]\n")
        archive.writestr("thematic/shipped/transcripts/demo/study.yaml", "study: demo\n")
        archive.writestr("thematic/shipped/transcripts/demo/more/E01.txt", "I: So?\n")
    script = (
        "from thematic.shipped import codebook_names, codebook_path, study_names, study_path\n"
        "print(codebook_names(), study_names(), codebook_path('tiny').read_text().strip(),\n"
        "      (study_path('demo') / 'more' / 'E01.txt').read_text())"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(package)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.split("\n")[0] == "['tiny'] ['demo'] a: [x] I: So?"
