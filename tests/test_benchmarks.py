"""The benchmark on a very small corpus: its gate and its judgements, never a time."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import thematic

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import gate  # noqa: E402
from benchmarks.corpora import DECOYS, FORMS, Shape, make_corpus, read_truth  # noqa: E402
from benchmarks.goals import Goal  # noqa: E402
from benchmarks.growth import judge_growth  # noqa: E402
from benchmarks.made_rules import made_rules, rules_in  # noqa: E402
from benchmarks.measuring import Command, Failed, bytes_of, run, run_at_once  # noqa: E402
from benchmarks.real import halves, texts_of  # noqa: E402

from thematic.coding.fast.engine import FastEngine  # noqa: E402

SHAPE = Shape(120_000, forms=FORMS, places=True, fresh=0.02)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("made")
    make_corpus(folder, SHAPE)
    return folder


def test_one_command_holds_its_gate_and_prints_a_table(tmp_path: Path) -> None:
    out = tmp_path / "table.md"
    arguments = ("--quick", "--size", "40kB", "--rows", "8", "--out", str(out))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = out.read_text(encoding="utf-8")
    assert text == done.stdout
    assert text.count("the gate holds") == 2  # 40 and 400 rules
    assert "| 8 | `--help` beside `python -c pass` |" in text


def test_every_form_is_found_and_no_decoy_is_counted(corpus: Path) -> None:
    truth = read_truth(corpus)
    assert set(truth.forms) == set(FORMS)
    assert set(truth.decoys) == set(DECOYS)
    transcripts = thematic.load_transcripts(corpus / "transcripts")
    codings = thematic.code(transcripts, thematic.load_codebook(corpus / "codebook.json"))
    found = {
        (coding.transcript.id.rpartition("/")[2], m.span.start, m.span.end, f"{m.code}#{m.rule}")
        for coding in codings.transcripts
        for m in coding.counted()
    }
    assert found == {tuple(place) for place in truth.places}
    counted_decoys = [
        (name, kind)
        for name, start, end, kind in truth.decoy_places
        for other, begin, stop, _ in found
        if name == other and begin < end and start < stop
    ]
    assert counted_decoys == []


def test_equal_shapes_give_equal_bytes(corpus: Path, tmp_path: Path) -> None:
    def texts(folder: Path) -> list[bytes]:
        return [path.read_bytes() for path in sorted(folder.rglob("*.txt"))]

    make_corpus(tmp_path / "again", SHAPE)
    make_corpus(tmp_path / "other", replace(SHAPE, seed=2))
    assert texts(tmp_path / "again") == texts(corpus)
    assert texts(tmp_path / "other") != texts(corpus)


@pytest.mark.parametrize("number", [40, 400, 10_000])
def test_no_two_made_rules_can_meet(number: int) -> None:
    rules = made_rules(number)
    assert len(rules) == number
    assert len({rule.words for rule in rules}) == number
    stems = tuple({rule.words[:6] for rule in rules if rule.kind == "stem"})
    others = {word for rule in rules if rule.kind != "stem" for word in rule.words.split()}
    assert not {word for word in others if word.startswith(stems)}


def test_gate_tells_of_a_place_that_was_not_planted(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.main([str(corpus), "--compared", "10k"]) == 0
    told: dict[str, Any] = json.loads((corpus / "truth.json").read_text(encoding="utf-8"))
    name, start, end, rule = told["places"][0]
    told["places"][0] = (name, start + 1, end, rule)
    for path in (corpus / "transcripts", corpus / "codebook.json", corpus / "rules.json"):
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "truth.json").write_text(json.dumps(told), encoding="utf-8")
    assert gate.main([str(tmp_path), "--compared", "10k"]) == gate.DOES_NOT_HOLD
    out = capsys.readouterr().out
    assert f"not found: ('{name}', {start + 1}, " in out
    assert f"found, not planted: ('{name}', {start}, " in out


def test_gate_tells_where_engines_differ(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Forgetful(FastEngine):
        def code(self, transcript: thematic.Transcript) -> thematic.TranscriptCoding:
            coding = super().code(transcript)
            return replace(coding, mentions=coding.mentions[1:])

    monkeypatch.setattr(gate, "FastEngine", Forgetful)
    assert gate.main([str(corpus), "--compared", "1"]) == gate.DOES_NOT_HOLD
    assert "only the reference engine has" in capsys.readouterr().out


def test_codebook_and_rules_say_the_same(corpus: Path) -> None:
    codebook = thematic.load_codebook(corpus / "codebook.json")
    written = {(code.path, n) for code in codebook.codes() for n, _ in enumerate(code.rules)}
    assert written == {(rule.code, rule.index) for rule in rules_in(corpus)}


@pytest.mark.parametrize(
    ("goal", "ratio", "judged"),
    [
        pytest.param(Goal(False, 12, 60), 60, "reached", id="at-least-reached"),
        pytest.param(Goal(False, 12, 60), 12, "met", id="at-least-met"),
        pytest.param(Goal(False, 12, 60), 11.99, "**falls short**", id="at-least-short"),
        pytest.param(Goal(True, 2, 0.5), 0.5, "reached", id="at-most-reached"),
        pytest.param(Goal(True, 2, 0.5), 2.01, "**falls short**", id="at-most-short"),
        pytest.param(Goal(True, None, 3.5), 4, "beyond the reach", id="no-must"),
    ],
)
def test_goal_judges(goal: Goal, ratio: float, judged: str) -> None:
    assert goal.judge(ratio) == judged


@pytest.mark.parametrize(
    ("seconds", "suspects"),
    [
        pytest.param((3, 5, 9, 17), [False] * 4, id="linear"),
        pytest.param((3, 9, 33, 129), [False, True, True, True], id="quadratic"),
        pytest.param((1.1, 1.4, 1.3, 1.6), [False] * 4, id="noise"),
    ],
)
def test_growth_is_judged(seconds: tuple[float, ...], suspects: list[bool]) -> None:
    measured = list(zip((1.0, 2.0, 4.0, 8.0), seconds, strict=True))
    assert [suspect for _, suspect in judge_growth(measured, start=1)] == suspects


@pytest.mark.parametrize(
    ("text", "size"), [("500kB", 500_000), ("20MB", 20_000_000), ("1.5G", 1_500_000_000), ("7", 7)]
)
def test_sizes(text: str, size: int) -> None:
    assert bytes_of(text) == size


def test_runs_at_once_are_counted_together(tmp_path: Path) -> None:
    wait = "import pathlib, sys, time\nmine, other = map(pathlib.Path, sys.argv[1:])\n"
    wait += "mine.touch()\nwhile not other.exists():\n    time.sleep(0.01)\n"
    marks = str(tmp_path / "a"), str(tmp_path / "b")
    commands = [Command((sys.executable, "-c", wait, *both)) for both in (marks, marks[::-1])]
    used = run_at_once(commands)  # one after the other, the first would wait for ever
    assert used.cpu > 0
    assert used.memory > 0


def test_halves_hold_every_file_once(corpus: Path, tmp_path: Path) -> None:
    both = halves(corpus / "transcripts", tmp_path / "halves")
    assert halves(corpus / "transcripts", tmp_path / "halves") == both  # made before
    held = [path.relative_to(half) for half in both for path in texts_of(half)]
    whole = [path.relative_to(corpus / "transcripts") for path in texts_of(corpus / "transcripts")]
    assert sorted(held) == whole
    assert abs(len(texts_of(both[0])) - len(texts_of(both[1]))) <= 1


def test_a_process_that_fails_says_why() -> None:
    used = run(Command((sys.executable, "-c", "print('done')")))
    assert (used.said, used.cpu > 0, used.memory > 0) == ("done\n", True, True)
    with pytest.raises(Failed, match="exit 3: no room"):
        run(
            Command(
                (sys.executable, "-c", "import sys; print('no room', file=sys.stderr); exit(3)")
            )
        )
