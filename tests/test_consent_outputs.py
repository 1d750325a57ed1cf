"""Consent holds in every output: every command of the program, in every format it can write.

The walk asks the program itself for its commands and their formats. A command that is new
must be added to WALK, as an output that may be given away or as a working tool, which shows
transcripts as they are and says so (docs/explanation/ethics.md).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from coder_samples import fill
from conftest import Result, Run
from consent_study import (
    CANARIES,
    CONTROL,
    SECRET_NAMES,
    SECRET_VALUES,
    SECRET_WORDS,
    held_in,
    make_consent_study,
)
from word_comments import comment_on, document_of, save

from thematic.app import app_of
from thematic.commands.caching import VARIABLE

FORMAT_OPTIONS = ("to", "format")  # parameters by which a command is told what to write
OUT = "{out}"  # in a command line: a place of its own for each run


@dataclass(frozen=True)
class Walked:
    """The command lines of one command.

    Args:
        runs: each is run in every format that the command has.
        hidden: what none of its outputs may hold.
        notice: what a working tool says of itself.
        silent: whether it can show no words at all, so that the control is not looked for.
        refuses: formats in which it writes nothing.
    """

    runs: Sequence[Sequence[str]]
    hidden: Sequence[str] = CANARIES
    notice: str = ""
    silent: bool = False
    refuses: Sequence[str] = field(default=())


RAW = "for your own eyes"
WALK = {
    "report": Walked(
        [[], ["--codes"], ["-o", OUT], ["-o", OUT, "--with-transcripts", "--brief"]],
        refuses=["csv"],
    ),
    "batch": Walked([["..", "-o", OUT]], silent=True),
    "method": Walked([[]], silent=True),
    "appearance": Walked([[], ["--order", "consent"]], silent=True),
    "sensitivity": Walked([[], ["--by", "consent"]], silent=True),
    "compare": Walked(
        [
            ["--by", "consent", "--groups", "named", "no quotation", "--test"],
            ["--keyness", "rest", "--min-count", "1", "--min-likelihood", "0"],
            ["--keyness", "rest", "--min-count", "1", "--min-persons", "1", "--most", "0"],
        ],
    ),
    "freq": Walked(
        [["--by", by] for by in ("kind", "transcript", "case", "speaker", "role")], silent=True
    ),
    "quotes": Walked(
        [
            ["--all"],
            ["--all", "--context", "2"],
            ["--all", "--unit", "paragraph"],
            ["--all", "--unit", "turn", "--context", "1"],
            ["--all", "--unit", "transcript"],
            ["--all", "--include-interviewer"],
            ["--check", "paper.md"],
        ]
    ),
    "kwic": Walked(
        [
            ["help"],
            ["money", "help", "--sort", "left", "--basis", "standing"],
            ["--word", "the*", "--context", "40", "--include-interviewer"],
            ["--lemma", "help", "--sort", "right"],
        ]
    ),
    "cooccur": Walked([[], ["--within", "1"]], silent=True),
    "crosstab": Walked([[], ["--by", "speaker"], ["--by", "role", "--test"]], silent=True),
    "trend": Walked([[], ["--bins", "3"]], silent=True),
    "matrix": Walked([[], ["--transcripts", "--cells", "words"]], silent=True),
    "network": Walked([[], ["--section", "units"], ["-o", OUT]]),
    "chart": Walked(
        [
            *([name, "-o", OUT] for name in ("frequencies", "heatmap", "cooccurrence")),
            *([name, "-o", OUT] for name in ("portrait", "appearance", "network")),
            ["compare", "--by", "consent", "--groups", "named", "no quotation", "-o", OUT],
        ],
        silent=True,
    ),
    "reproduce": Walked([["tally.csv", "--counts", "mentions", "--quotes", "20"]]),
    "uncoded": Walked([[], ["--all-text", "--by", "speaker"]], silent=True),
    "code": Walked([[], ["--all"], ["--unit", "turn"]]),
    "show": Walked([["E2"], ["E5"]], hidden=[], notice=RAW),
    "speakers": Walked([["--by", "label"], []], hidden=SECRET_WORDS, notice=RAW),
    "convert": Walked([["-o", OUT]], hidden=[], notice=RAW, refuses=["vtt", "srt"]),
    "read": Walked([["-o", OUT], ["-o", OUT, "--coded"]], hidden=[], notice=RAW),
    "import": Walked([["brought.csv", "--dry-run"]], silent=True),
    "explain": Walked(
        [
            [],
            ["--rule", "help"],
            ["--quote", "They helped the"],
            ["--transcript", "E2", "--why-not", "money"],
            ["--transcript", "E5", "--why-not", "help"],
        ]
    ),
    "check": Walked([[], ["--rules"]], hidden=[*SECRET_WORDS, *SECRET_VALUES], silent=True),
    "codebook": Walked(
        [["-o", f"{OUT}/book{ending}"] for ending in (".docx", ".html", ".md", ".xlsx", ".yaml")],
        silent=True,
    ),
    "sample": Walked([["--coder", "CD", "-o", OUT, "--again"]]),
    "score": Walked(
        [[*given, "--no-record"] for given in (["AK"], ["AK", "--rules"], ["AK", "--missed"])],
        silent=True,
    ),
    "agree": Walked(
        [
            [],
            ["--by", "transcript"],
            ["--disagreements"],
            ["--disagreements", "-o", f"{OUT}/list.xlsx"],
            ["--paragraph"],
            ["AK", "BL", "--disagreements"],
            ["--spans", "--read", "AK", "--read", "BL", "--disagreements"],
        ],
        silent=True,
    ),
    "adjudicate": Walked(
        [
            [],
            ["--spans"],
            ["-o", f"{OUT}/open.xlsx"],
            ["--spans", "-o", f"{OUT}/open.csv"],
            ["settled.csv", "--check"],
        ],
        silent=True,
    ),
    "decide": Walked([["decisions.csv", "--check"]], silent=True),
    "extract": Walked([["--all", "-o", OUT], ["--all", "--every", "--with-codes", "-o", OUT]]),
    "pseudonymise": Walked(
        [["-o", f"{OUT}/study", "--key", f"{OUT}/key.json"]], hidden=[], notice=RAW
    ),
    "deposit": Walked([[f"{OUT}/deposit"]], hidden=[*CANARIES, CONTROL], silent=True),
    "cache": Walked([["info"]], silent=True),
    "log": Walked([[], ["--recheck"]], silent=True),
    "reanchor": Walked([["--check"]], silent=True),
    "diff": Walked([["book.yaml", "other.yaml"], ["results", "results2"]]),
    "verify": Walked([["results"], ["results", "--from", "codings"]], silent=True),
    "init": Walked([[f"{OUT}/new"]], silent=True),
    "demo": Walked([[], ["-o", OUT]], silent=True),
}
WORKING = {
    "sample": ["--coder", "CD", "-o", OUT, "--with-withheld", "--again"],
    "log": ["--export", f"{OUT}/people.jsonl"],
}


def callbacks() -> dict[str, object]:
    return {str(one.name): one.callback for one in app_of().registered_commands}


def formats(command: str) -> dict[str, list[str]]:
    """The option by which a command is told what to write, and all it can be told."""
    callback = callbacks()[command]
    assert callable(callback)
    hints = get_type_hints(callback, include_extras=True)
    for name in inspect.signature(callback).parameters:
        annotated, *infos = get_args(hints[name]) or (hints[name],)
        kinds = [one for one in (annotated, *get_args(annotated)) if isinstance(one, type)]
        choices = [one for one in kinds if issubclass(one, StrEnum)]
        if name in FORMAT_OPTIONS and choices:
            option = [infos[0].default, *infos[0].param_decls][-1]
            return {str(option): [member.value for member in choices[0]]}
    return {}


def runs_of(command: str) -> Iterator[list[str]]:
    """Every command line of a command, once for each of its formats."""
    walked = WALK[command]
    for run in walked.runs:
        yield list(run)
        for option, values in formats(command).items():
            yield from ([*run, option, one] for one in values if one not in walked.refuses)


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_consent_study(tmp_path / "study")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def judged(secret: Path, run: Run) -> Path:
    """The study with two filled sheets, in which also words stand that may not be quoted."""
    made = run("sample", "--coder", "AK", "--coder", "BL", "--with-withheld", "--size", "30")
    assert made.code == 0, made.err
    for coder, answer in (("AK", "yes"), ("BL", "no")):
        fill(secret / f"sample-1-{coder}.sheet.xlsx", lambda _c, _w, _r, a=answer: a, quoting=True)
    (secret / "decisions.csv").write_text(
        "transcript,quote,code,decision,coder\n"
        "E2,They helped the zebrafinch with money.,help,accept,CD\n",
        encoding="utf-8",
    )
    assert run("report", "-q", "-o", "results").code == 0
    other = (secret / "book.yaml").read_text(encoding="utf-8").replace("[money, {lemma", "[{lemma")
    (secret / "other.yaml").write_text(other, encoding="utf-8")
    assert run("report", "-q", "-o", "results2", "-c", "other.yaml").code == 0
    (secret / "settled.csv").write_text(
        "transcript,quote,code,says AK,says BL,decision,note\n"
        "E2,They helped the zebrafinch with money.,help,yes,no,yes,so says the zebrafinch\n",
        encoding="utf-8",
    )
    return secret


def outputs(run: Run, command: str, arguments: Sequence[str], out: Path) -> tuple[Result, str]:
    """What a command line gave, and all that stands in what it wrote."""
    out.mkdir(parents=True)
    sheets = {name: f"sample-1-{name}.sheet.xlsx" for name in ("AK", "BL")}
    own = (str(out) if one == OUT else one.replace(OUT, str(out)) for one in arguments)
    result = run(command, *(sheets.get(one, one) for one in own))
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return result, "\n".join([result.out, *(held_in(path) for path in files)])


def test_the_walk_knows_every_command() -> None:
    new, gone = set(callbacks()) - set(WALK), set(WALK) - set(callbacks())
    assert not new, f"add to WALK in {Path(__file__).name}, public or working tool: {sorted(new)}"
    assert not gone, f"no longer there, remove from WALK: {sorted(gone)}"


NO_CONSENT = "[note withheld: no consent to quotation]"
WITHDRAWN = "[note withheld: withdrawn by the person quoted]"
NOTES = {
    "log": (["log"], NO_CONSENT, "She says: They helped the kingfisher"),
    "log-withdrawn": (["log"], WITHDRAWN, "She says: They helped the kingfisher"),
    "units": (["agree", "--disagreements"], f"AK: {NO_CONSENT}", "AK: She says: They helped the"),
    "passages": (["adjudicate", "--spans"], f"AK: {NO_CONSENT}", ""),
    "open": (["adjudicate"], f"AK: {WITHDRAWN}", "AK: She says: They helped the kingfisher"),
    "settled": (["adjudicate", "settled.csv", "--check"], NO_CONSENT, ""),
    "import": (["import", "brought.csv", "--dry-run"], NO_CONSENT, ""),
    "missed": (["score", "BL", "--no-record", "--missed"], "", ""),
}


@pytest.mark.parametrize(("command", "withheld", "shown"), NOTES.values(), ids=NOTES.keys())
@pytest.mark.parametrize("to", ["csv", "json"])
def test_notes_are_withheld_where_the_words_are(
    run: Run, judged: Path, tmp_path: Path, to: str, command: list[str], withheld: str, shown: str
) -> None:
    result, text = outputs(run, command[0], [*command[1:], "-f", to], tmp_path / "out")
    assert result.code in (0, 1), result.err
    assert withheld in text
    assert shown in text
    assert not [word for word in CANARIES if word in text + result.err]


def test_comments_of_word_are_withheld_with_their_words(run: Run, secret: Path) -> None:
    """Also those of which nothing is recorded."""
    talk = (secret / "talks" / "E2.txt").read_text(encoding="utf-8").split("\n\n")
    document = document_of(talk)
    for text in ("#nosuchcode the zebrafinch", "The zebrafinch!", "#money zebrafinch"):
        comment_on(document, document.paragraphs[1], "They", text)
    comment_on(document, document.paragraphs[1], "She", "zebrafinch is told of", author="Author")
    save(document, secret / "E2.docx")
    result = run("import", "E2.docx", "-f", "csv", "--transcript", "E2")
    assert result.out.count(NO_CONSENT) == 4, result.out
    assert "zebrafinch" not in result.out


def test_the_walk_finds_formats() -> None:
    """If the way in which commands declare formats changes, the walk must learn it."""
    assert formats("quotes") == {"--format": ["table", "csv", "json", "md"]}
    assert formats("read") == {"--to": ["docx", "html"]}
    unknown = [
        command
        for command, callback in callbacks().items()
        for name, hint in get_type_hints(callback, include_extras=True).items()
        if "format" in str(hint).casefold() and name not in (*FORMAT_OPTIONS, "raw", "return")
        if "Enum" in str(type(get_args(hint)[:1] or ""))
    ]
    assert unknown == []


@pytest.mark.parametrize("command", sorted(WALK))
def test_no_output_shows_what_consent_forbids(
    run: Run, judged: Path, tmp_path: Path, command: str
) -> None:
    walked = WALK[command]
    shown = ""
    for number, arguments in enumerate(runs_of(command)):
        said = f"thematic {command} {' '.join(arguments)}"
        result, text = outputs(run, command, arguments, tmp_path / f"out{number}")
        assert result.code in (0, 1), f"{said}: {result.err}"
        found = [word for word in walked.hidden if word.casefold() in text.casefold()]
        assert not found, f"{said} shows {found}"
        if walked.notice:
            assert walked.notice in result.err, f"{said} does not say that it is a working tool"
        shown += text + result.err
    assert shown.strip(), f"{command} gave nothing to look at"
    # Else nothing would be hidden for nothing was shown.
    assert walked.silent or CONTROL in shown or walked.notice


@pytest.mark.parametrize("command", sorted(WORKING))
def test_working_tools_say_so(run: Run, judged: Path, tmp_path: Path, command: str) -> None:
    result, text = outputs(run, command, WORKING[command], tmp_path / "out")
    assert result.code == 0, result.err
    assert "zebrafinch" in text
    assert RAW in result.err


def test_working_tools_are_silent_where_everybody_is_named(run: Run, secret: Path) -> None:
    assert RAW not in run("show", "E1").err
    assert RAW in run("show", "E4").err  # her label stands there, and she is role only


def test_passages_that_moved_show_no_words(run: Run, secret: Path, tmp_path: Path) -> None:
    for id in ("E2", "E5"):
        path = secret / "talks" / f"{id}.txt"
        path.write_text(f"I: A question more?\n\n{path.read_text()}", encoding="utf-8")
    for number, arguments in enumerate(runs_of("reanchor")):
        result, text = outputs(run, "reanchor", arguments, tmp_path / f"out{number}")
        assert "E2" in text, result.err
        assert not [word for word in CANARIES if word in text]
    run("reanchor")
    for command in (["log"], ["quotes", "--all"], ["code"]):
        result, text = outputs(run, command[0], command[1:], tmp_path / command[0])
        assert "withdrawn by" in " ".join(text.split()), result.err
        assert not [word for word in CANARIES if word in text]


def test_reading_copies_say_it_on_the_page(run: Run, secret: Path, tmp_path: Path) -> None:
    for name in ("copy.html", "copy.docx"):
        run("read", "talks/E2.txt", "-o", tmp_path / name)
        assert "E2 (no quotation)" in held_in(tmp_path / name)


def test_check_tells_its_reader_that_labels_stand_in_it(run: Run, secret: Path) -> None:
    assert RAW in run("check", "-f", "json").out


def test_check_tells_of_examples_that_may_not_be_quoted(run: Run, secret: Path) -> None:
    """A codebook is printed as it is written, with its examples."""
    book = (secret / "book.yaml").read_text(encoding="utf-8")
    shown = 'examples: ["They helped the kingfisher with money."]\n    '
    for id, words in {"E1": "kingfisher", "E2": "zebrafinch", "E5": "heathhen"}.items():
        text = book.replace("rules: [help*", shown.replace("kingfisher", words) + "rules: [help*")
        (secret / "book.yaml").write_text(text, encoding="utf-8")
        told = f"an example of help is words of {id}, which may not be quoted"
        assert (told in run("check", "-f", "csv").out) is (id != "E1")


def test_grouping_by_an_attribute_that_is_not_shown_is_told(run: Run, secret: Path) -> None:
    """The one way to print it is to ask for it by name."""
    result = run("freq", "--by", "employer")
    assert SECRET_VALUES[0] in result.out
    assert "employer is not in show_attributes" in result.err


def test_nothing_is_kept_of_anybody(
    run: Run, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(kept))
    for command in ("report", "uncoded", "check"):
        run(command)
    for path in kept.rglob("*"):
        if path.is_file():
            data = path.read_bytes().lower()
            assert not [word for word in CANARIES if word.lower().encode() in data], path


def test_names_of_those_who_may_be_named_stand(run: Run, secret: Path) -> None:
    out = run("quotes", "--all", "-f", "csv").out
    assert "ANNA" in out
    assert not any(name in out for name in SECRET_NAMES)
    assert "(E1, nurse, ANNA, turn 2" in out
    assert "(E4, nurse, respondent, turn 2" in out
    assert "(E2, respondent, turn 2" in out  # no attribute of one who may not be quoted


def test_consent_that_differs_within_a_person_is_told(run: Run, secret: Path) -> None:
    (secret / "attributes.csv").write_text(
        "id,case,consent\nE1,X1,named\nE2,X1,no quotation\n", encoding="utf-8"
    )
    err = run("freq").err
    assert "X1 has one consent here and another there (named: E1; no quotation: E2)" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["log"],
        ["agree", "--disagreements"],
        ["agree", "AK", "BL"],
        ["score", "AK", "--no-record"],
        ["score", "AK", "--no-record", "--missed"],
        ["quotes"],
        ["code"],
        ["explain"],
        ["freq"],
        ["import", "brought.csv", "--dry-run"],
        ["speakers"],
        ["show", "E1"],
    ],
    ids=" ".join,
)
def test_every_table_says_whether_the_transcripts_are_invented(
    run: Run, judged: Path, tmp_path: Path, arguments: list[str]
) -> None:
    _, text = outputs(run, arguments[0], [*arguments[1:], "-f", "csv"], tmp_path / "out")
    head, *rows = text.splitlines()
    assert head.split(",")[-1] == "study_status"
    assert rows
    assert rows[-1].endswith("invented")


def test_sheets_say_whether_the_transcripts_are_invented(run: Run, judged: Path) -> None:
    run("sample", "--coder", "CD", "-f", "csv", "--again", "--name", "more")
    lines = (judged / "more-CD.sheet.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",study_status")
    assert lines[1].endswith(",invented")
