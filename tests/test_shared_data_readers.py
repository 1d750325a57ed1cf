"""Real transcripts with known counts; skipped where the shared data are not at hand."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from thematic.commands.programs import OFFICE as LIBREOFFICE
from thematic.model.transcript import Transcript
from thematic.readers import ReadOptions, Source, find_transcripts, read_transcript

DATA = Path(__file__).parents[2] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")

# Label patterns of expected.json missed what stands in these files as a label. We read it:
# line 586 has MR., a no-break space, a blank, SULLIVAN: (his answer to a question).
READ_BESIDE_EXPECTED = {
    "2021-08-17-press-briefing-by-press-secretary-jen-ps.md": Counter({"MR. SULLIVAN": 1})
}


def expected(part: str) -> dict[str, Any]:
    path = DATA / "expected.json"
    found: dict[str, Any] = (
        json.loads(path.read_text(encoding="utf-8"))[part] if path.is_file() else {}
    )
    return found


def names(part: str) -> list[str]:
    return sorted(expected(part))


def read(*parts: str, options: ReadOptions | None = None) -> Transcript:
    path = DATA.joinpath(*parts)
    transcript, problems = read_transcript(Source(str(path), path.stem), options or ReadOptions())
    assert transcript is not None, problems
    assert all(problem.severity == "note" for problem in problems)
    return transcript


def labels(transcript: Transcript) -> Counter[str]:
    return Counter(turn.speaker for turn in transcript.turns)


@pytest.mark.parametrize("name", names("whitehouse"))
def test_whitehouse(name: str) -> None:
    wanted = Counter(expected("whitehouse")[name]["turns_by_label"])
    assert labels(read("whitehouse", name)) == wanted + READ_BESIDE_EXPECTED.get(name, Counter())


@pytest.mark.parametrize("name", names("congress"))
def test_congress(name: str) -> None:
    """One labelled turn a file, also where the pattern of expected.json missed the label."""
    entry = expected("congress")[name]
    found = labels(read("congress", name))
    assert found == {entry["speaker"]: 1}
    assert entry["labelled_turns"] in ({}, found)


@pytest.mark.parametrize("name", names("podcast"))
def test_podcast(name: str) -> None:
    entry = expected("podcast")[name]
    found = labels(read("podcast", name))
    assert (found.total(), len(found)) == (entry["turns"], entry["labels"])


def test_zoom() -> None:
    entry = expected("zoom")
    transcript = read("zoom", "meeting001_transcript.vtt")
    cues = [cue for turn in transcript.turns for cue in turn.cues]
    named = Counter(cue.speaker for cue in cues)
    assert len(cues) == entry["cues"]
    assert named.pop("") == entry["cues_without_label"]
    assert named == entry["labels"]
    assert (cues[0].begin, cues[-1].end) == (4.859, 3341.97)


def test_zoom_chat() -> None:
    transcript = read("zoom", "meeting001_chat.txt")
    assert len(transcript.turns) == expected("zoom")["chat_lines"]
    assert transcript.turns[0].time == 1274.0


CONVERTED = [
    *("txt", "utf8-bom-crlf.txt", "utf16le-bom.txt", "cp1252-crlf.txt"),
    *("docx", "odt", "libreoffice.rtf", "pandoc.rtf"),
]
OFFICE = LIBREOFFICE.find()


def words_of_turns(transcript: Transcript) -> list[tuple[str, list[str]]]:
    return [
        (turn.speaker, transcript.text[turn.span.start : turn.span.end].split())
        for turn in transcript.turns
    ]


@pytest.mark.parametrize("kind", [*CONVERTED, "doc"])
def test_converted(kind: str) -> None:
    """All files hold the same words, turn by turn, white space apart."""
    if kind == "doc" and OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    name = "2021-07-08-biden-afghanistan"
    found = read("converted", f"{name}.{kind}", options=ReadOptions(office=OFFICE))
    assert labels(found) == expected("converted")["turns"]
    assert found.text.count("Taliban") == 28
    assert words_of_turns(found) == words_of_turns(read("converted", f"{name}.txt"))


FOLDERS = ("whitehouse", "congress", "podcast", "zoom", "converted", "subtitles")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_read_or_gives_problems_and_no_turn_holds_its_label(folder: str) -> None:
    found = find_transcripts([DATA / folder])
    assert found.sources
    assert not found.problems
    for source in found.sources:
        transcript, problems = read_transcript(source)
        assert transcript is not None or problems
        for turn in transcript.turns if transcript else ():
            words = transcript.text[turn.span.start : turn.span.end] if transcript else ""
            assert not turn.speaker or not words.startswith(
                (f"{turn.speaker}:", f"{turn.speaker}.")
            )
