"""The transcript linter: what it doubts, with line and remedy, and what it leaves in peace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from thematic.errors import Problem, Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Transcript
from thematic.readers import ReadOptions, find_transcripts, read_source, read_text
from thematic.readers.linting import lint
from thematic.shipped import study_path
from thematic.store.study import read_study_file

DATA = Path(__file__).parents[2] / "shared" / "data"
WORDS = "we they house money road people school water time day village river council work".split()


def said(number: int, words: int = 20) -> str:
    """Words that no other number gives."""
    return " ".join(WORDS[(number * 7 + n * n) % len(WORDS)] for n in range(words)) + f" {number}."


def interview(start: int = 0, turns: int = 12, label: str = "P", asks: str = "I") -> list[str]:
    """Questions and answers in turn."""
    rows = []
    for n in range(start, start + turns):
        rows += [f"{asks}: What of {n}?", f"{label}: {said(n)}"]
    return rows


def read(rows: list[str] | str, id: str = "E1", suffix: str = ".txt") -> Transcript:
    text = rows if isinstance(rows, str) else "\n\n".join(rows) + "\n"
    transcript, problems = read_text(text, id=id, suffix=suffix)
    assert transcript is not None, problems
    return transcript


def found(*transcripts: Transcript, speakers: Speakers | None = None) -> list[Problem]:
    return lint(transcripts, speakers or Speakers())


def only(*transcripts: Transcript) -> Problem:
    problems = found(*transcripts)
    assert len(problems) == 1, problems
    assert problems[0].hint, "each doubt says how to mend it"
    return problems[0]


def changed(number: int, row: str) -> list[str]:
    """An interview with one of its rows in other words."""
    rows = interview()
    rows[number] = row
    return rows


STAMPED = [f"[00:{n:02}:10] {row}" for n, row in enumerate(interview())]
NUMBERED = [f"{n}. {row}" for n, row in enumerate(interview(), 1)]

DOUBTED = [
    pytest.param(
        changed(3, "P: I donâ€™t know."),
        (7, Severity.WARNING, "'donâ€™t' should probably be 'don’t'"),
        id="utf-8-read-as-cp1252",
    ),
    pytest.param(
        changed(3, "P: In the cafÃ©, yes."), (7, Severity.WARNING, "be 'café,'"), id="accents"
    ),
    pytest.param(
        changed(3, "P: I donÕt know if itÕs so."),
        (7, Severity.WARNING, "has Õ for ’"),
        id="mac-roman-read-as-cp1252",
    ),
    pytest.param(
        changed(3, "P: I don\ufffdt know."), (7, Severity.WARNING, "lost: 'P: I don\ufffdt"), id="lost"
    ),
    pytest.param(
        changed(3, "P: I donï¿½t know."), (7, Severity.WARNING, "are lost"), id="lost-long-ago"
    ),
    pytest.param(
        [*STAMPED[:9], STAMPED[9].replace("[", "(").replace("]", ")"), *STAMPED[10:]],
        (19, Severity.NOTE, "(00:09:10) is not written like most: [00:00:10]"),
        id="mixed-stamps",
    ),
    pytest.param(
        [*STAMPED[:9], STAMPED[9].replace("00:09", "09"), *STAMPED[10:]],
        (19, Severity.NOTE, "[09:10] is not written like most"),
        id="stamps-without-their-hours",
    ),
    pytest.param(
        [*STAMPED[:9], STAMPED[9].replace("00:09", "00:03"), *STAMPED[10:]],
        (19, Severity.WARNING, "goes back from 00:08:10 to 00:03:10"),
        id="stamps-going-back",
    ),
    pytest.param(
        [*STAMPED[:9], interview()[9], *STAMPED[10:]],
        (19, Severity.NOTE, "turn 10 has no time"),
        id="a-stamp-missing",
    ),
    pytest.param(
        [*NUMBERED[:9], *NUMBERED[11:]],
        (19, Severity.WARNING, "after turn 9 comes 12"),
        id="numbers-that-skip",
    ),
    pytest.param(
        changed(5, "P:"), (11, Severity.WARNING, "'P' has no words here, between two questions"),
        id="no-answer",
    ),
    pytest.param(changed(4, "I:"), (9, Severity.NOTE, "'I' has no words here"), id="no-question"),
    pytest.param(
        changed(7, "P: " + "\n\n".join(f"{said(n, 800)}\n\nAnd then {n}?" for n in range(5))),
        (15, Severity.NOTE, "and 5 paragraphs that ask, the first in line 17"),
        id="questions-in-a-long-turn",
    ),
    pytest.param(
        changed(7, f"P: {said(1, 3000)} and\nModerator: {said(2)}"),
        (15, Severity.NOTE, "line 16 may begin another: 'Moderator: "),
        id="a-label-in-a-long-turn",
    ),
    pytest.param(
        [*interview(label="Anna"), "Ludwig: Hello there."],
        (49, Severity.NOTE, "'Ludwig' is doubtful as a speaker: stands once only"),
        id="one-off",
    ),
    pytest.param(
        [*interview(label="Anna Schmidt"), "Anna Schmitt: Hello."],
        (49, Severity.WARNING, "'Anna Schmitt' is probably 'Anna Schmidt' (mistyped): 1 turn in E1"),
        id="a-slip",
    ),
    pytest.param(
        ["We use cookies to improve. Accept all cookies. Privacy policy.", *interview()],
        (1, Severity.NOTE, "words of a web page, which count as talk: 'We use cookies'"),
        id="a-web-page",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "wanted"), DOUBTED)
def test_is_doubted(rows: list[str], wanted: tuple[int, Severity, str]) -> None:
    line, severity, message = wanted
    problem = only(read(rows))
    assert (problem.file, problem.line, problem.severity) == ("E1", line, severity)
    assert message in problem.message


NO_TRANSCRIPTS = [
    pytest.param(
        "\n".join(["import os", "def f(x):", "    return x", "class A:", "    y = 2;"] * 4),
        "program code",
        id="code",
    ),
    pytest.param("\n".join(f"{n};{n * 3};a word;b" for n in range(20)), "semicolons", id="table"),
    pytest.param("\n".join(f"a{n}\tb c\td" for n in range(20)), "tabs", id="tabs"),
    pytest.param(
        "\n".join(f"2024-01-02 10:0{n % 9} INFO it began {n}" for n in range(20)), "log", id="log"
    ),
    pytest.param("\n".join(f"- buy {word}" for word in WORDS), "items of a list", id="list"),
    pytest.param("\n".join("12 3457 88 9102" for _ in range(40)), "0% of its", id="numbers"),
    pytest.param(
        "\n".join(["<html>", "<p>word</p>", '<div class="a">', "</div>"] * 5), "markup", id="markup"
    ),
]


@pytest.mark.parametrize(("text", "message"), NO_TRANSCRIPTS)
def test_a_text_that_is_no_transcript(text: str, message: str) -> None:
    problem = only(read(text))
    assert (problem.line, problem.severity) == (0, Severity.WARNING)
    assert problem.message.startswith("this looks like no transcript")
    assert message in problem.message


def others(count: int = 4) -> list[Transcript]:
    """Good interviews beside the one that is doubted."""
    return [read(interview(100 * n), f"A{n}") for n in range(1, count + 1)]


BESIDE_OTHERS = [
    pytest.param(
        interview(label="Bert", asks="Anna"),
        "nobody is an interviewer here",
        'if \'Anna\' asks: thematic speakers --role "Anna=interviewer" --transcript "E1" --write',
        id="no-interviewer",
    ),
    pytest.param(
        [f"P: {said(n)}" for n in range(8)], "only 'P' speaks here", 'show "E1"', id="one-speaker"
    ),
    pytest.param([said(n, 40) for n in range(8)], "nobody is named here", "labels", id="no-labels"),
]


@pytest.mark.parametrize(("rows", "message", "hint"), BESIDE_OTHERS)
def test_somebody_is_missing_beside_others(rows: list[str], message: str, hint: str) -> None:
    problems = found(read(rows), *others())
    warned = [problem for problem in problems if problem.severity is Severity.WARNING]
    assert [problem.file for problem in warned] == ["E1"]
    assert message in warned[0].message
    assert hint in warned[0].hint
    assert found(read(rows)) == [], "alone it is as good as any"


@pytest.mark.parametrize(
    ("asking", "hint"),
    [
        pytest.param(["Dan"] * 4, '--role "Dan=interviewer" --write', id="one-for-all"),
        pytest.param(
            ["Dan", "Eva", "Lee", "Kim"],
            '--role "LABEL=interviewer" --transcript ID --write',
            id="each-another",
        ),
    ],
)
def test_nobody_is_an_interviewer_anywhere(asking: list[str], hint: str) -> None:
    talks = [
        read(interview(100 * n, label=f"X{n}", asks=label), f"E{n}")
        for n, label in enumerate(asking)
    ]
    problem = only(*talks)
    assert (problem.file, problem.severity) == ("E0", Severity.WARNING)
    assert "nobody is an interviewer in these 4 interviews" in problem.message
    assert hint in problem.hint
    assert found(*talks[:2]) == []


def test_a_label_that_no_other_transcript_has() -> None:
    rows = [*interview(), *interview(50, 6, label="Lena")]
    problem = only(read(rows), *others())
    assert (problem.file, problem.line) == ("E1", 51)
    assert "'Lena' speaks in no other transcript" in problem.message
    declared = Speakers(respondent=("lena",))
    assert found(read(rows), *others(), speakers=declared) == []


def test_a_hint_holds_nothing_that_a_shell_would_run() -> None:
    rows = [*interview(label="Ana$(ls) Schmidt"), "Ana$(ls) Schmitt: Hello."]
    rows = [f"{row}" for row in rows]
    table = "speaker,text\n" + "\n".join(row.replace(": ", ",", 1) for row in rows)
    problem = only(read(table, suffix=".csv"))
    assert "is probably" in problem.message
    assert "$" not in problem.hint


def test_labels_of_their_own_are_no_strangers() -> None:
    assert found(*(read(interview(100 * n, label=f"X{n:02}"), f"E{n:02}") for n in range(9))) == []


SAME = [
    pytest.param(lambda text: text.replace("\n\n", "\n\n\n").replace("house", "HOUSE"), "the same",
                 Severity.WARNING, id="white-space-and-case"),
    pytest.param(lambda text: text.replace("What of 5?", "What about five?"), "the same",
                 Severity.WARNING, id="another-question"),
    pytest.param(lambda text: text.replace(said(5), said(5) + " Yes indeed."), "nearly the same",
                 Severity.NOTE, id="a-few-words"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message", "severity"), SAME)
def test_duplicates(change: object, message: str, severity: Severity) -> None:
    assert callable(change)
    text = "\n\n".join(interview(turns=40))
    problem = only(read(text, "E1"), read(change(text), "E2"), *others())
    assert (problem.file, problem.line, problem.severity) == ("E2", 0, severity)
    assert problem.message == f"this has {message} words as E1"


def test_one_guide_for_all_makes_no_duplicates() -> None:
    answers = [interview(100 * n, 30) for n in range(3)]
    for rows in answers:
        rows[::2] = interview(0, 30)[::2]
    assert found(*(read(rows, f"E{n}") for n, rows in enumerate(answers))) == []


def test_many_of_one_kind_are_counted() -> None:
    rows = [f"{label}: donâ€™t, {n}." for n in range(8) for label in ("I", "P")]
    problems = found(read(rows))
    assert [problem.line for problem in problems] == [1, 3, 5, 7]
    assert problems[-1].message == "and 13 more like this"


def test_turns_of_nobody() -> None:
    good = read(interview())
    half = tuple(turn if turn.number % 2 else replace(turn, speaker="") for turn in good.turns)
    assert found(replace(good, turns=half)) == []
    most = tuple(replace(turn, speaker="" if turn.number > 2 else "P") for turn in good.turns)
    problem = only(replace(good, turns=most))
    assert (problem.line, problem.message[:31]) == (5, "22 of 24 turns name nobody, so ")


GOOD = [
    pytest.param(interview(), id="an-interview"),
    pytest.param(STAMPED, id="stamped"),
    pytest.param(NUMBERED, id="numbered"),
    pytest.param([said(n, 60) for n in range(12)], id="running-text"),
    pytest.param([" ".join(WORDS[n % 7 :][:7]) for n in range(60)], id="captions-without-stops"),
    pytest.param(
        [f"[{n // 60}:{n % 60:02}:00] {row}" if n >= 60 else f"[{n}:00] {row}"
         for n, row in enumerate(interview(turns=45))],
        id="hours-when-there-are-some",
    ),
    pytest.param(
        [f"[00:{n:02}:10] {row}" if n % 6 == 0 else row for n, row in enumerate(interview())],
        id="a-stamp-now-and-then",
    ),
    pytest.param([f"[00:01:10] {row}" for row in interview()], id="equal-stamps"),
    pytest.param([f"P: {said(0, 3000)}", *interview()], id="a-long-statement"),
    pytest.param(
        changed(7, "P: " + "\n\n".join(f"{said(n, 1500)}\n\nWhy {n}?" for n in range(3))),
        id="questions-of-ones-own",
    ),
    pytest.param([*interview(), "Break:", *interview(20)], id="a-break"),
    pytest.param(
        ["ДА: Привет, как дела?", "НЕ: Хорошо, спасибо.", "ДА: À bientôt, « mes amis » …",
         "НЕ: Größe, naïve, Ærø – „gut“."] * 3,
        id="other-alphabets",
    ),
    pytest.param(["I: Cookies?", "P: We use cookies on our page, and a privacy policy."] * 3,
                 id="talk-of-cookies"),
    pytest.param(
        [f"{label}: {said(n)}" for n in range(6)
         for label in ("Moderator", "Anna", "Ben", "Carla", "Dan")] + ["Eva: Thank you."],
        id="a-group",
    ),
]  # fmt: skip


@pytest.mark.parametrize("rows", GOOD)
def test_good_transcripts_are_left_in_peace(rows: list[str]) -> None:
    assert found(read(rows)) == []


def test_the_shipped_study_is_silent() -> None:
    folder = study_path("jihad-networks")
    study, _ = read_study_file(folder / "study.yaml")
    assert study is not None
    options = ReadOptions(speakers=study.speakers)
    sources = find_transcripts([folder]).sources
    transcripts = [one for source in sources for one in read_source(source, options)[0]]
    assert len(transcripts) >= 24
    named = [one for one in lint(transcripts, study.speakers) if not one.file.startswith("P")]
    assert named == []


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
@pytest.mark.parametrize(
    ("folder", "messages"),
    [
        pytest.param("whitehouse", ["'M. PSAKI' is probably 'MS. PSAKI'"], id="whitehouse"),
        pytest.param("congress", [], id="congress"),
        pytest.param("podcast", [], id="podcast"),
        pytest.param("zoom", [], id="zoom"),
    ],
)
def test_real_transcripts_are_left_in_peace(folder: str, messages: list[str]) -> None:
    sources = find_transcripts([DATA / folder]).sources
    transcripts = [one for source in sources for one in read_source(source)[0]]
    problems = found(*transcripts)
    assert len(problems) == len(messages)
    assert all(one in two.message for one, two in zip(messages, problems, strict=True))
