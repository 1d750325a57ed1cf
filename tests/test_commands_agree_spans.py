"""Agreement on passages chosen freely, at the command line, recomputed in a few lines."""

from __future__ import annotations

import csv
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from word_comments import comment_on, save, words_paragraphs

from thematic.errors import ExitCode
from thematic.review.standing import standing
from thematic.store.database import open_store

TEXT = """\
I: How was it?

R: She helped me a lot. The tax was high. I owe you. It rained and it rained.

I: And then?

R: No help came. The debt grew. Nothing else.
"""
BOOK = """\
codebook: small
version: "1"
themes:
  help: {definition: Someone helps., rules: manual}
  money:
    definition: About money.
    codes:
      debt: {rules: manual}
      tax: {rules: manual}
"""
HELP, TAX, OWE, DEBT = "She helped me a lot.", "The tax was high.", "I owe you.", "The debt grew."
AK = [("E01", HELP, "help"), ("E01", TAX, "money/tax"), ("E01", DEBT, "money/debt")]
AK += [("E02", HELP, "help"), ("E02", DEBT, "money/debt")]
BL = [("E01", "She helped me", "help"), ("E01", TAX, "money/debt"), ("E01", DEBT, "money/debt")]
BL += [("E02", HELP, "help"), ("E02", OWE, "money/debt")]


def table(folder: Path, coder: str, codings: list[tuple[str, str, str]]) -> str:
    """A table of codings with positions, as other programs export it."""
    file = folder / f"{coder}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["transcript", "start", "end", "code", "coder", "note"])
        for id, words, code in codings:
            start = TEXT.index(words)
            writer.writerow([id, start, start + len(words), code, coder, f"{coder} thinks so"])
    return file.name


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study of four interviews; two coders' tables lie beside it."""
    (tmp_path / "t").mkdir()
    head = "study: small\ncodebook: book.yaml\ntranscripts: [t]\n"
    (tmp_path / "study.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    for number in range(1, 5):
        (tmp_path / "t" / f"E{number:02}.txt").write_text(TEXT, encoding="utf-8")
    table(tmp_path, "AK", AK)
    table(tmp_path, "BL", BL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def coded(study: Path, run: Any) -> Path:
    assert run("import", "AK.csv", "BL.csv").code == ExitCode.OK
    return study


def rows(result: Any) -> list[dict[str, Any]]:
    assert result.code == ExitCode.OK, result.err
    found: list[dict[str, Any]] = json.loads(result.out)["rows"]
    return found


def figures(result: Any) -> dict[tuple[Any, ...], dict[str, Any]]:
    """By code, pooling and coefficient, with transcript or pair where there is one."""
    return {
        (row["code"], row["pooled"], row["coefficient"], row["transcript"] or row["pair"]): row
        for row in rows(result)
    }


def by_hand(spans: dict[str, list[list[tuple[int, int]]]], length: int) -> float:
    """u-alpha of one code by Krippendorff 2019, eqs. 32-35, character by character.

    Args:
        spans: transcript -> the spans of each of two coders.
        length: of each transcript.
    """
    observed = gap = coded = own = 0.0
    for coders in spans.values():
        marks = [[any(s <= n < e for s, e in one) for n in range(length)] for one in coders]
        observed += sum(2 for a, b in zip(*marks, strict=True) if a != b)
        for one, each in zip(marks, coders, strict=True):
            coded += sum(one)
            gap += length - sum(one)
            own += sum((e - s) ** 2 for s, e in each)
    total = coded + gap
    expected = 2 * coded * gap * total / (total**2 - own - gap)
    return 1 - observed / expected


def spans_of(codings: list[tuple[str, str, str]], id: str, code: str) -> list[tuple[int, int]]:
    found = [TEXT.index(words) for one, words, given in codings if (one, given) == (id, code)]
    lengths = [len(words) for one, words, given in codings if (one, given) == (id, code)]
    return [(start, start + length) for start, length in zip(found, lengths, strict=True)]


@pytest.mark.parametrize("code", ["help", "money/debt"])
def test_u_alpha_of_a_code_by_the_book(coded: Path, run: Any, code: str) -> None:
    found = figures(run("agree", "--spans", "-f", "json"))
    spans = {id: [spans_of(one, id, code) for one in (AK, BL)] for id in ("E01", "E02")}
    row = found[code, None, "u_alpha", None]
    assert row["value"] == pytest.approx(by_hand(spans, len(TEXT)), abs=1e-6)
    assert row["length"] == 2 * len(TEXT)
    assert (row["measure"], row["continuum"], row["texts"]) == ("characters", "text", 2)
    assert row["segments"] == sum(len(one) for each in spans.values() for one in each)
    assert row["interval"] == "too few interviews for an interval: 2, not 10"


def test_the_whole_family_is_there(coded: Path, run: Any) -> None:
    found = figures(run("agree", "--spans", "-f", "json"))
    for name in ("u_alpha", "u_alpha_binary", "cu_alpha"):
        assert found["all codes", None, name, None]["value"] is not None
    assert 0 < found["help", None, "k_u_alpha", None]["coverage"] < 1
    mean = found["all codes", "mean", "u_alpha", None]["value"]
    each = [
        found[code, None, "u_alpha", None]["value"] for code in ("help", "money/debt", "money/tax")
    ]
    assert mean == pytest.approx(sum(each) / 3, abs=1e-5)
    drawn = run("agree", "--spans").out
    assert "Continuum: characters of the whole text" in " ".join(drawn.split())
    assert "cuα" in drawn


def test_files_are_compared_without_being_recorded(study: Path, run: Any) -> None:
    found = figures(run("agree", "--spans", "AK.csv", "BL.csv", "-f", "json"))
    assert not open_store(study).is_there()
    run("import", "AK.csv", "BL.csv")
    assert figures(run("agree", "--spans", "-f", "json")) == found


def test_word_comments_are_compared(study: Path, run: Any) -> None:
    for name in ("E01", "E02"):
        assert run("read", f"t/{name}.txt", "-o", f"{name}.docx").code == ExitCode.OK
        for coder, codings in (("AK", AK), ("BL", BL)):
            document = Document(str(study / f"{name}.docx"))
            for words, code in ((words, code) for id, words, code in codings if id == name):
                paragraph = next(p for p in words_paragraphs(document) if words in p.text)
                comment_on(document, paragraph, words, f"#{code}", coder)
            save(document, study / f"{coder}-{name}.docx")
    files = [f"{coder}-{name}.docx" for coder in ("AK", "BL") for name in ("E01", "E02")]
    of_word = figures(run("agree", "--spans", *files, "-f", "json"))
    of_tables = figures(run("agree", "--spans", "AK.csv", "BL.csv", "-f", "json"))
    assert {key: row["value"] for key, row in of_word.items()} == {
        key: row["value"] for key, row in of_tables.items()
    }


LENGTHS = {
    "turns": (["--continuum", "turns"], sum(len(one[3:]) for one in TEXT.split("\n\n")) - 1),
    "answers": (
        ["--continuum", "answers"],
        sum(len(one[3:]) for one in TEXT.split("\n\n")[1::2]) - 1,
    ),
    "words": (["--lengths", "words"], len(TEXT.split())),
    "both": (
        ["--lengths", "words", "--continuum", "answers"],
        sum(len(one[3:].split()) for one in TEXT.split("\n\n")[1::2]),
    ),
}


@pytest.mark.parametrize(("options", "length"), LENGTHS.values(), ids=LENGTHS.keys())
def test_the_continuum_is_what_was_asked_for(
    coded: Path, run: Any, options: list[str], length: int
) -> None:
    found = figures(run("agree", "--spans", *options, "-f", "json"))
    row = found["help", None, "u_alpha", None]
    assert row["length"] == 2 * length
    assert row["segments"] == 4


def test_words_by_the_book(coded: Path, run: Any) -> None:
    found = figures(run("agree", "--spans", "--lengths", "words", "-f", "json"))
    words = TEXT.split()
    at = words.index("She")
    spans = {"E01": [[(at, at + 5)], [(at, at + 3)]], "E02": [[(at, at + 5)], [(at, at + 5)]]}
    expected = by_hand(spans, len(words))
    assert found["help", None, "u_alpha", None]["value"] == pytest.approx(expected, abs=1e-6)


def test_codes_as_themes(coded: Path, run: Any) -> None:
    found = figures(run("agree", "--spans", "--themes", "-f", "json"))
    assert {code for code, *_ in found} == {"all codes", "help", "money"}


def test_by_transcript_and_by_pair(coded: Path, run: Any) -> None:
    table(coded, "CM", AK)
    run("import", "CM.csv")
    found = figures(run("agree", "--spans", "--by", "transcript", "-f", "json"))
    assert {key[3] for key in found} == {"E01", "E02"}
    assert found["help", None, "u_alpha", "E02"]["value"] == 1
    found = figures(run("agree", "--spans", "--by", "pair", "-f", "json"))
    assert {key[3] for key in found} == {
        " and ".join(p) for p in combinations(("AK", "BL", "CM"), 2)
    }
    assert found["help", None, "u_alpha", "AK and CM"]["value"] == 1
    two = figures(run("agree", "--spans", "--coder", "AK", "--coder", "BL", "-f", "json"))
    pair = found["help", None, "u_alpha", "AK and BL"]["value"]
    assert pair == two["help", None, "u_alpha", None]["value"]


def test_overlapping_codes_have_figures_code_by_code(study: Path, run: Any) -> None:
    both = [*AK, ("E01", HELP, "money/tax")]
    table(study, "AK", both)
    found = figures(run("agree", "--spans", "AK.csv", "BL.csv", "-f", "json"))
    row = found["all codes", None, "u_alpha", None]
    assert row["value"] is None
    assert "compute each code by itself" in row["reason"]
    assert found["help", None, "u_alpha", None]["value"] is not None
    assert found["all codes", "mean", "u_alpha", None]["value"] is not None


def test_who_read_and_marked_nothing_counts_when_said(study: Path, run: Any) -> None:
    table(study, "BL", BL[:3])
    found = figures(run("agree", "--spans", "AK.csv", "BL.csv", "-f", "json"))
    assert found["help", None, "u_alpha", None]["texts"] == 1
    assert "left out: E02" in run("agree", "--spans", "AK.csv", "BL.csv").out
    said = figures(run("agree", "--spans", "AK.csv", "BL.csv", "--read", "BL=E02", "-f", "json"))
    assert said["help", None, "u_alpha", None]["texts"] == 2
    low, high = (one["help", None, "u_alpha", None]["value"] for one in (said, found))
    assert low < high
    everything = ["--read", "AK", "--read", "BL"]
    said = figures(run("agree", "--spans", "AK.csv", "BL.csv", *everything, "-f", "json"))
    assert said["help", None, "u_alpha", None]["texts"] == 4


def test_undefined_is_empty_with_its_reason(study: Path, run: Any) -> None:
    table(study, "AK", [("E01", HELP, "help")])
    table(study, "BL", [("E01", HELP, "help")])
    found = figures(run("agree", "--spans", "AK.csv", "BL.csv", "-f", "json"))
    row = found["all codes", None, "cu_alpha", None]
    assert row["value"] is None
    assert "nothing to tell apart" in row["reason"]
    drawn = run("agree", "--spans", "AK.csv", "BL.csv").out
    assert "no cuα" in drawn


def test_the_earlier_alpha_where_it_is_asked_for(coded: Path, run: Any) -> None:
    assert not [k for k in figures(run("agree", "--spans", "-f", "json")) if "2004" in k[2]]
    found = figures(run("agree", "--spans", "--alpha-2004", "-f", "json"))
    assert found["help", None, "alpha_u_2004", "E02"]["value"] == 1
    assert found["help", None, "alpha_u_2004", "E01"]["value"] < 1
    assert "The earlier αU (2004)" in run("agree", "--spans", "--alpha-2004").out


def test_intervals_are_of_interviews_where_there_are_enough(study: Path, run: Any) -> None:
    for number in range(5, 15):
        (study / "t" / f"E{number:02}.txt").write_text(TEXT, encoding="utf-8")
    ids = [f"E{number:02}" for number in range(1, 15)]
    table(study, "AK", [(id, HELP, "help") for id in ids])
    table(study, "BL", [(id, HELP if n % 3 else TAX, "help") for n, id in enumerate(ids)])
    found = figures(run("agree", "--spans", "AK.csv", "BL.csv", "-f", "json"))
    row = found["help", None, "u_alpha", None]
    assert row["low"] < row["value"] < row["high"]
    assert row["interval"] == "2000 resamples of interviews"


def test_nvivo_by_its_printed_formula(coded: Path, run: Any) -> None:
    found = {
        (row["code"], row["transcript"]): row
        for row in rows(run("agree", "--compatible", "nvivo", "-f", "json"))
    }
    n = len(TEXT)
    (start, end), (_, other) = spans_of(AK, "E01", "help")[0], spans_of(BL, "E01", "help")[0]
    one, two, both = end - start, other - start, other - start
    row = found["help", "E01"]
    assert (row["both"], row["first_only"], row["second_only"]) == (both, one - both, 0)
    agreement = (n - one + both) / n
    chance = (one * two + (n - one) * (n - two)) / n**2
    assert row["agreement"] == pytest.approx(agreement, abs=1e-6)
    assert row["kappa"] == pytest.approx((agreement - chance) / (1 - chance), abs=1e-6)
    mean = found["help", None]
    assert mean["agreement"] == pytest.approx((agreement + 1) / 2, abs=1e-6)
    nothing = found["money/tax", "E02"]
    assert (nothing["kappa"], nothing["kappa_shown"], bool(nothing["reason"])) == (None, 1, True)
    drawn = " ".join(run("agree", "--compatible", "nvivo").out.split())
    assert "NVivo-compatible figures" in drawn
    assert "they are no recommendation" in drawn


def test_maxqda_by_its_rule(coded: Path, run: Any) -> None:
    found = {row["code"]: row for row in rows(run("agree", "--compatible", "maxqda", "-f", "json"))}
    # help: E01 overlaps by 13 of 20 characters, which is less than 90 %.
    assert [found["help"][name] for name in ("agreeing", "first_only", "second_only")] == [2, 1, 1]
    loose = {
        row["code"]: row
        for row in rows(run("agree", "--compatible", "maxqda", "--overlap", "0.5", "-f", "json"))
    }
    assert loose["help"]["agreeing"] == 4
    every = found["all codes"]
    observed = every["agreeing"] / every["segments"]
    assert every["segments"] == len(AK) + len(BL)
    assert every["kappa"] == pytest.approx((observed - 1 / 3) / (1 - 1 / 3), abs=1e-6)
    parts = rows(run("agree", "--compatible", "maxqda", "--by", "transcript", "-f", "json"))
    assert {row["transcript"] for row in parts} == {"E01", "E02"}
    assert "MAXQDA-compatible figures" in run("agree", "--compatible", "maxqda").out


FAULTS = {
    "alone": (["--themes"], "--themes is for passages"),
    "continuum": (
        ["--compatible", "nvivo", "--continuum", "turns"],
        "compares characters of whole",
    ),
    "overlap": (["--spans", "--overlap", "0.5"], "--overlap is MAXQDA's"),
    "too-much": (["--compatible", "maxqda", "--overlap", "2"], "is not understood"),
    "paragraph": (["--spans", "--paragraph"], "the paragraph is on units"),
    "coder": (["--spans", "--coder", "AK", "--coder", "ZZ"], "'ZZ' coded no passage"),
    "one": (["--spans", "--coder", "AK"], "only AK did"),
    "read": (["--spans", "--read", "AK=E99"], "there is no transcript 'E99'"),
    "output": (["--spans", "-f", "csv", "-o", "people.sqlite"], "holds what people did"),
}


@pytest.mark.parametrize(("options", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_does_not_go_together(coded: Path, run: Any, options: list[str], told: str) -> None:
    got = run("agree", *options)
    assert got.code in (ExitCode.USAGE, ExitCode.OUTPUT)
    assert told in " ".join(got.err.split())


def test_every_fault_of_a_file_is_told(study: Path, run: Any) -> None:
    (study / "bad.csv").write_text(
        "transcript,start,end,code,coder\nE99,1,5,help,AK\nE01,1,5,hlp,AK\n", encoding="utf-8"
    )
    got = run("agree", "--spans", "bad.csv", "BL.csv")
    assert got.code == ExitCode.TRANSCRIPTS
    assert "E99" in got.err
    assert "hlp" in got.err


def test_without_passages_it_says_so(study: Path, run: Any) -> None:
    got = run("agree", "--spans")
    assert got.code == ExitCode.USAGE
    assert "nobody did" in got.err


def test_what_differs_is_listed_settled_and_in_no_figure(coded: Path, run: Any) -> None:
    before = figures(run("agree", "--spans", "-f", "json"))
    assert run("agree", "--spans", "--disagreements", "-o", "list.csv").code == ExitCode.OK
    with (coded / "list.csv").open(encoding="utf-8") as stream:
        listed = list(csv.DictReader(stream))
    said = {(row["transcript"], row["code"], row["text"]): row for row in listed}
    row = said["E01", "help", HELP]
    assert (row["says AK"], row["says BL"]) == ("yes", "partly (65%)")
    assert row["notes"] == "AK: AK thinks so"
    row = said["E01", "help", "She helped me"]
    assert (row["says AK"], row["says BL"]) == ("partly (100%)", "yes")
    assert ("E02", "help", HELP) not in said
    for row in listed:
        row["decision"] = "yes" if row["text"] in (HELP, TAX) else "no"
    with (coded / "list.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    got = run("adjudicate", "list.csv", "-f", "json")
    assert {row["status"] for row in rows(got)} == {"new"}
    assert figures(run("agree", "--spans", "-f", "json")) == before
    events = standing(open_store(coded).events())
    assert len(events) == len(AK) + len(BL) + len(listed)
    left = run("adjudicate", "--spans", "-f", "json")
    assert (rows(left), f"0 open, {len(listed)} settled" in left.err) == ([], True)


def test_a_passage_that_is_no_more_is_not_settled(coded: Path, run: Any) -> None:
    run("agree", "--spans", "--disagreements", "-o", "list.csv")
    with (coded / "list.csv").open(encoding="utf-8") as stream:
        listed = [row for row in csv.DictReader(stream) if row["text"] == HELP]
    run("log", "--undo", "1")
    (row,) = listed
    row["decision"] = "yes"
    with (coded / "list.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
    (got,) = rows(run("adjudicate", "list.csv", "-f", "json"))
    assert (got["status"], got["why"]) == ("gone", "nobody's answer stands")


def test_withheld_words_are_in_no_output(coded: Path, run: Any) -> None:
    with (coded / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write("consent: no quotation\nstatus: invented\n")
    for options in (["--spans", "--disagreements", "-f", "csv"], ["--spans", "-f", "json"]):
        out = run("agree", *options).out
        assert "helped" not in out
    assert "invented" in out.casefold()
