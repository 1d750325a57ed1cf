"""What all tests share: coding a line of text by a line of YAML, and running the command."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from thematic.app import main
from thematic.coding.compile import compile_codebook
from thematic.coding.reference.engine import ReferenceEngine
from thematic.errors import Severity
from thematic.model.coding import Mention, MentionStatus, TranscriptCoding
from thematic.readers import read_text
from thematic.readers.codebook import read_codebook

ROOT = Path(__file__).parents[1]
# No test judges a time, for machines are busy. The same examples in every automatic run; on a
# desk, new ones each time.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# What a script leaves in the background is deaf to Ctrl+C, and so are all processes it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache of the tests' own: they neither read nor fill the user's."""
    os.environ["THEMATIC_CACHE"] = str(tmp_path_factory.mktemp("cache"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files; review the diff"
    )


def code_text(
    yaml: str, text: str, *, exclude: tuple[str, ...] = ("interviewer",)
) -> TranscriptCoding:
    """One text coded by the reference engine; the codebook must be free of faults."""
    codebook, problems = read_codebook(yaml, "book")
    assert codebook is not None, problems
    assert not [p for p in problems if p.severity is Severity.ERROR], problems
    book, faults = compile_codebook(codebook)
    assert not [p for p in faults if p.severity is Severity.ERROR], faults
    transcript, problems = read_text(text, id="t")
    assert transcript is not None, problems
    return ReferenceEngine(book, exclude).code(transcript)


def found(coding: TranscriptCoding, status: MentionStatus = MentionStatus.SUGGESTED) -> list[str]:
    """The words of all mentions of a status, in text order."""
    return [words(coding, mention) for mention in coding.mentions if mention.status is status]


def words(coding: TranscriptCoding, mention: Mention) -> str:
    """The exact words of a mention."""
    return coding.transcript.text[mention.span.start : mention.span.end]


@pytest.fixture(scope="session")
def coded() -> Callable[..., TranscriptCoding]:
    """The engine as a fixture, so that a table of rules can be run by several engines."""
    return code_text


@dataclass(frozen=True)
class Result:
    """What one command line gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line in this process, as a user would from a pipe."""

    def run_main(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        code = stop.value.code
        return Result(code if isinstance(code, int) else 0, captured.out, captured.err)

    return run_main


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file under tests/golden; --update-golden rewrites it."""

    def compare(text: str, name: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


BOOK = """\
codebook: small
version: "1"
lists: {groups: [Taliban, al Qaeda, ISKP]}
themes:
  alliance:
    definition: A group helps another.
    color: "#1b7f5c"
    codes:
      safe-haven:
        definition: Shelter on ground one holds.
        rules: [safe haven*, {near: [shelter*, <groups>], within: 5}]
        unless: [tax haven]
      control: {rules: manual}
  finance:
    rules: [{lemma: tax}, haven]
"""
ANNA = """\
INTERVIEWER: Did the Taliban offer a safe haven?

ANNA: They gave al-
Qaeda a safe haven. There is no safe haven now, they say.

INTERVIEWER: And money?

ANNA: They taxed the road. A tax haven it was not.
"""
BEN = "INTERVIEWER: And you?\n\nBEN: The Taliban sheltered nobody. I saw it. [laughter]\n"
ORGAN = "---\nkind: publication\n---\n\nThe emirate is a safe haven for no one.\n"


def write_study(folder: Path) -> None:
    """Fill a folder with a small study."""
    (folder / "talks").mkdir()
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    for name, text in {"E1.txt": ANNA, "E2.txt": BEN, "P1.md": ORGAN}.items():
        (folder / "talks" / name).write_text(text, encoding="utf-8")
    (folder / "study.yaml").write_text(
        "study: small\nstatus: invented\ncodebook: book.yaml\ntranscripts: talks\n"
        "expected: {interview: 3, publication: 1}\n",
        encoding="utf-8",
    )


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small study folder, which is also the current folder."""
    write_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
