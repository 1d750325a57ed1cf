"""Real PDFs with known turns and coded passages; skipped where the shared data are missing."""

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from thematic.errors import Severity
from thematic.model.transcript import Transcript
from thematic.readers import Source, read_transcript

DATA = Path(__file__).parents[2] / "shared" / "data"
PILOT = DATA / "pdpilot"

pytestmark = pytest.mark.skipif(not PILOT.is_dir(), reason="the shared data are not here")


def expected(part: str) -> dict[str, Any]:
    path = DATA / "expected.json"
    if not path.is_file():
        return {"turns": {}}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))[part]
    return found


@cache
def read(path: Path) -> Transcript:
    transcript, problems = read_transcript(Source(str(path), path.stem))
    assert transcript is not None, problems
    assert all(problem.severity is Severity.NOTE for problem in problems), problems
    return transcript


def pilot(name: str) -> Transcript:
    return read(PILOT / "transcripts" / f"{name}.pdf")


@pytest.mark.parametrize(("name", "turns"), expected("pdpilot")["turns"].items())
def test_the_turns_of_interviews_printed_by_maxqda(name: str, turns: int) -> None:
    speakers = Counter(turn.speaker for turn in pilot(name).turns)
    assert speakers.total() == turns
    assert speakers["Particpant"] == (name == "P5")
    assert set(speakers) <= {"Dan", "Participant", "Particpant"}


def test_every_coded_passage_is_found() -> None:
    """White space apart; many go on across a page break."""
    with (PILOT / "coded_segments.derived.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == expected("pdpilot")["published_segments"]
    names = {row["document"] for row in rows}
    texts = {name: "".join(pilot(name).text.split()) for name in names}
    lost = [row for row in rows if "".join(row["segment"].split()) not in texts[row["document"]]]
    assert lost == []


def test_no_page_or_paragraph_number_is_left() -> None:
    for name in expected("pdpilot")["turns"]:
        lines = pilot(name).text.split("\n")
        assert [line for line in lines if not any(map(str.isalpha, line))] == [""] * lines.count("")


def test_a_speech_printed_by_libreoffice() -> None:
    transcript = read(DATA / "converted" / "2021-07-08-biden-afghanistan.pdf")
    speakers = Counter(turn.speaker for turn in transcript.turns)
    assert speakers == expected("converted")["turns"]
    text = (DATA / "converted" / "2021-07-08-biden-afghanistan.txt").read_text(encoding="utf-8")
    assert "".join(text.split()) in "".join(transcript.text.split())
    assert transcript.text.count("Taliban") == expected("converted")["taliban"]
