"""Every WebVTT file of vtt.js against its expected result; skipped where they are missing.

A file passes where cues, times, words and voices are those expected, or where it is listed
below with the reason and, being invalid, gives a problem that names the line.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers import read_bytes

DATA = Path(__file__).parents[2] / "shared" / "data" / "subtitles"
VTTJS = DATA / "vttjs" / "tests"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")

# What a file without an expected result of its own shares, by folder; so vtt.js pairs them.
SHARED = {
    "cue-settings/align": "bad-align",
    "cue-settings/line": "bad-line",
    "cue-settings/position": "bad-position",
    "cue-settings/region": "bad-region",
    "cue-settings/size": "bad-size",
    "cue-settings/vertical": "bad-vertical",
    "cue-times": "with-data",
    "file-layout": "no-output",
    "regions": "bad-region",
    "regions/id": "bad-id",
    "regions/lines": "bad-line",
    "regions/regionanchor": "bad-regionanchor",
    "regions/scroll": "bad-scroll",
    "regions/viewportanchor": "bad-viewportanchor",
    "regions/width": "bad-width",
}
SHARED_BY_FILE = {
    "cue-times/missing-separator": "bad-data",
    "file-layout/webvtt-no-bom": "with-data",
    "file-layout/webvtt-space": "with-data",
    "file-layout/webvtt-tab": "with-data",
    "file-layout/webvtt-with-bom": "with-data",
    "regions/no-line-break": "good-region",
    "regions/no-space-after-delimiter": "good-region",
}

NO_SIGNATURE = "no WEBVTT on the first line: read all the same, with a warning"
UNCLOSED = "players hide what stands behind a tag without >; we keep the words, with a warning"
# Invalid files that we read where players refuse: file -> the line of the problem, the reason.
READ_BESIDE_EXPECTED = {
    "cue-times/fraction-digits": (3, "two digits of a second are read"),
    "cuetext/format/double-line-break": (7, "words below a blank line stay with the cue above"),
    "cuetext/lang/no-end-gt": (3, UNCLOSED),
    "cuetext/tag-format/end-tag-no-gt": (3, UNCLOSED),
    "cuetext/tag-format/no-closing-gt": (3, UNCLOSED),
    "cuetext/tag-format/start-tag-missing-gt": (3, UNCLOSED),
    "cuetext/timestamp/no-end-gt": (3, UNCLOSED),
    "cuetext/voice/no-end-gt": (3, UNCLOSED),
    "file-layout/bad-double-webvtt": (1, NO_SIGNATURE),
    "file-layout/bom-garbage-data": (1, NO_SIGNATURE),
    "file-layout/bom-tab-webvtt": (1, NO_SIGNATURE),
    "file-layout/header-no-new-line": (2, "a cue right below the header is read"),
    "file-layout/newline-before-webvtt": (1, NO_SIGNATURE),
    "file-layout/tab-after-bom-before-header": (1, NO_SIGNATURE),
    "integration/arrows": (5, "an arrow alone below a cue stays its words"),
    "integration/id": (15, "a cue whose name holds an arrow is read"),
}
# Valid files where our model holds the same in another way.
NO_WORDS = {"file-layout/cue-spacing"}  # a cue without words is left out, with a note
TWO_VOICES = {"integration/cycle-collector-talk"}  # a cue of two voices is two cues

Cues = list[tuple[float, float, str, str]]  # begin, end, voice, words


def names() -> list[str]:
    return sorted(str(path.relative_to(VTTJS))[:-4] for path in VTTJS.rglob("*.vtt"))


def expected(name: str) -> Cues:
    own = VTTJS / f"{name}.json"
    folder = str(Path(name).parent)
    path = (
        own if own.is_file() else own.with_name(f"{SHARED_BY_FILE.get(name, SHARED[folder])}.json")
    )
    cues = json.loads(path.read_text(encoding="utf-8"))["cues"]
    return [(cue["startTime"], cue["endTime"], *voice_and_words(cue["text"])) for cue in cues]


def voice_and_words(text: str) -> tuple[str, str]:
    """The first voice of a cue, and its words as WebVTT says: all `<...>` are tags."""
    voice = re.search(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>", text)
    words = html.unescape(re.sub(r"<[^>]*(?:>|\Z)", "", text))
    lines = (line.strip() for line in words.split("\n"))
    return (voice[1].strip() if voice else ""), "\n".join(line for line in lines if line)


def read(name: str) -> tuple[Transcript | None, list[Problem]]:
    return read_bytes((VTTJS / f"{name}.vtt").read_bytes(), id="x", suffix=".vtt")


def cues_of(transcript: Transcript | None) -> Cues:
    found: Cues = []
    for turn in transcript.turns if transcript else ():
        ends = [cue.position for cue in turn.cues[1:]] + [turn.span.end]
        for cue, end in zip(turn.cues, ends, strict=True):
            words = transcript.text[cue.position : end].strip() if transcript else ""
            found.append((cue.begin, cue.end or 0.0, cue.speaker, words))
    return found


@pytest.mark.parametrize("name", names())
def test_vtt_js(name: str) -> None:
    transcript, problems = read(name)
    wanted, found = expected(name), cues_of(transcript)
    if name in NO_WORDS:
        wanted = [cue for cue in wanted if cue[3]]
        assert [problem.severity for problem in problems] == ["note"]
    if name in TWO_VOICES:
        wanted, found = without_voices(wanted), without_voices(found)
    if name in READ_BESIDE_EXPECTED:
        line, reason = READ_BESIDE_EXPECTED[name]
        assert found != wanted, f"no longer so: {reason}"
        assert line in [problem.line for problem in problems]
    else:
        assert found == wanted
        assert transcript is not None or problems


def without_voices(cues: Cues) -> Cues:
    """Cues of one time joined."""
    joined: dict[tuple[float, float], list[str]] = {}
    for begin, end, _, words in cues:
        joined.setdefault((begin, end), []).append(words)
    return [(*times, "", "\n".join(words)) for times, words in joined.items()]


VALID = ("captions_with_bom", "comments", "cue_tags", "metadata_headers", "sample", "styles")


@pytest.mark.parametrize(
    "path", sorted(p for p in (DATA / "webvtt-py").glob("*.*")), ids=lambda path: path.name
)
def test_webvtt_py(path: Path) -> None:
    """Valid files without a problem; invalid ones with a problem; words are never lost."""
    data = path.read_bytes()
    transcript, problems = read_bytes(data, id="x", suffix=path.suffix)
    if path.stem.startswith(("invalid", "missing", "empty", "no_captions")):
        assert problems or path.name == "invalid_timeframe.srt"  # a dot for a comma
    elif path.suffix == ".vtt" and path.stem in VALID:
        assert problems == []
    for number in set(re.findall(r"Caption text #\d+", data.decode("utf-8", "replace"))):
        assert transcript is not None
        assert number in transcript.text
