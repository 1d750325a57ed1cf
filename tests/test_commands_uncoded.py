"""`thematic uncoded`: long answers, silent cases, affirmed questions, near misses of rules."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

BOOK = """\
finance:
  codes:
    hawala: [hawala, hundi broker]
    tolls:
      rules:
        - near: [toll, road*]
          within: 6
        - all: [customs, bribe*, border]
      unless: [toll-free]
kinship:
  rules: [cousin]
manual-only: {rules: manual}
"""
ANNA = """\
I: Does money come by hawala?

ANNA: Absolutely.

I: And by cousins, by a cousin in Dubai?

ANNA: No, not really.

I: What of the winter?

ANNA: The winter was long and we had no wood, so we burned the door, and then the second door, \
and after that we went to the mosque, where there was a stove and an old man who talked.

I: Tolls?

ANNA: They stood there. A toll was taken from everyone who came along the road.
"""
BEN = """\
I: And you?

BEN: My cousin sent it by hawalla. The hundi brokers are gone. He gave a bribe at the border.

I: More?

BEN: A toll-free road. We paid a toll. The road was bad.
"""


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two interviews and a codebook in the current folder."""
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "anna.txt").write_text(ANNA, encoding="utf-8")
    (tmp_path / "talks" / "ben.txt").write_text(BEN, encoding="utf-8")
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "study.yaml").write_text(
        "study: s\ncodebook: book.yaml\ntranscripts: [talks]\nspeakers: {interviewer: [I]}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(run: Run, section: str, *options: str) -> list[dict[str, Any]]:
    done = run("uncoded", "--section", section, "-f", "json", *options)
    assert done.code == 0, done.err
    found: list[dict[str, Any]] = json.loads(done.out)["rows"]
    return found


def test_longest_answers_come_first_and_are_cut_honestly(run: Run, talks: Path) -> None:
    found = rows(run, "answers", "--longest", "2")
    assert [(row["transcript"], row["turn"], row["words"]) for row in found] == [
        ("anna", 6, 38),
        ("anna", 8, 14),
    ]
    assert found[0]["opening"].startswith("The winter was long")
    assert found[0]["opening"].endswith(" […]")
    assert found[0]["opening"].removesuffix(" […]") in ANNA
    assert found[1]["opening"].endswith("along the road.")
    assert found[0]["citation"] == "(anna, turn 6, line 11)"


def test_answers_say_their_base(run: Run, talks: Path) -> None:
    notes = json.loads(run("uncoded", "--section", "answers", "-f", "json").out)["notes"]
    assert notes[0].startswith("interview: of 6 answers (turns that count and are not an")
    assert ", 5 (" in notes[0]
    assert notes[-1].startswith("An answer without a code is no evidence of absence")


def test_themes_name_who_never_speaks_of_them(run: Run, talks: Path) -> None:
    found = {row["code"]: row for row in rows(run, "themes")}
    assert (found["finance"]["without"], found["finance"]["N"]) == (2, 2)
    assert (found["kinship"]["without"], found["kinship"]["who"]) == (1, "anna")
    assert found["manual-only"]["coded_by"] == "coded by people only"


def test_cases_without_any_coding(run: Run, talks: Path) -> None:
    assert [row["who"] for row in rows(run, "cases")] == ["anna"]
    assert [row["who"] for row in rows(run, "cases", "--code", "hawala")] == ["anna", "ben"]


def test_by_case_pools_the_transcripts_of_one_person(run: Run, talks: Path) -> None:
    (talks / "attributes.csv").write_text("transcript,case\nanna,X\nben,X\n", encoding="utf-8")
    kinship = next(row for row in rows(run, "themes") if row["code"] == "kinship")
    assert (kinship["without"], kinship["N"]) == (0, 1)
    apart = rows(run, "themes", "--by", "transcript", "--code", "kinship")
    assert [(row["without"], row["N"], row["who"]) for row in apart] == [(1, 2, "anna")]


def test_speakers_of_a_group_are_told_apart(run: Run, talks: Path) -> None:
    (talks / "talks" / "group.txt").write_text(
        "I: Who?\n\nCARL: A cousin.\n\nDORA: Nobody.\n", encoding="utf-8"
    )
    found = rows(run, "themes", "--by", "speaker", "--code", "kinship")
    assert [(row["N"], row["who"]) for row in found] == [(4, "anna: ANNA; group: DORA")]


def test_brief_answers_to_coded_questions(run: Run, talks: Path) -> None:
    found = rows(run, "affirmations")
    assert [(row["codes"], row["answer"], row["says"]) for row in found] == [
        ("finance/hawala", "Absolutely.", "yes"),
        ("kinship", "No, not really.", "no"),
    ]
    assert found[0]["question"] == "Does money come by hawala?"
    assert (found[0]["asked"], found[0]["question_turn"], found[0]["turn"]) == ("hawala", 1, 2)


def test_each_person_of_a_group_may_affirm_once(run: Run, talks: Path) -> None:
    (talks / "talks" / "group.txt").write_text(
        "I: A cousin?\n\nCARL: Yes.\n\nDORA: Mm-hm.\n\nCARL: Sure.\n\nI: So?\n\nDORA: Yes.\n",
        encoding="utf-8",
    )
    found = [row for row in rows(run, "affirmations") if row["transcript"] == "group"]
    assert [(row["speaker"], row["turn"]) for row in found] == [("CARL", 2), ("DORA", 3)]


@pytest.mark.parametrize(
    ("miss", "found", "missing"),
    [
        pytest.param("spelling", "hawalla", "looked for: hawala", id="one-letter-too-many"),
        pytest.param("inflection", "hundi brokers", "looked for: hundi broker", id="another-form"),
        pytest.param(
            "border", "toll. The road", "parts in two sentences, 2 words apart", id="two-sentences"
        ),
        pytest.param("guard", "toll-free road", "kept out by 'toll-free'", id="guard"),
    ],
)
def test_near_misses(run: Run, talks: Path, miss: str, found: str, missing: str) -> None:
    of_kind = [row for row in rows(run, "near-misses", "--all-text") if row["miss"] == miss]
    assert [(row["found"], row["missing"]) for row in of_kind] == [(found, missing)]


def test_distance_and_missing_part_name_rule_and_line(run: Run, talks: Path) -> None:
    found = {row["miss"]: row for row in rows(run, "near-misses")}
    apart = found["distance"]
    assert apart["missing"] == "9 words apart; the rule allows 6"
    assert (apart["code"], apart["rule_line"], apart["transcript"]) == ("finance/tolls", 6, "anna")
    assert found["part"]["missing"] == "not there: customs; 2 of 3 parts are"
    assert found["part"]["found"] == "bribe at the border"


def test_coded_sentences_are_looked_at_only_when_asked(run: Run, talks: Path) -> None:
    assert "hawalla" not in [row["found"] for row in rows(run, "near-misses")]
    assert "hawalla" in [row["found"] for row in rows(run, "near-misses", "--all-text")]


def test_code_restricts_every_section(run: Run, talks: Path) -> None:
    assert {row["code"] for row in rows(run, "near-misses", "--theme", "tolls", "--all-text")} == {
        "finance/tolls"
    }
    assert [row["codes"] for row in rows(run, "affirmations", "--code", "kinship")] == ["kinship"]
    assert [row["code"] for row in rows(run, "themes", "--code", "kinship")] == ["kinship"]


def test_one_csv_holds_all_sections(run: Run, talks: Path) -> None:
    found = list(csv.DictReader(io.StringIO(run("uncoded", "-f", "csv").out)))
    assert list(dict.fromkeys(row["section"] for row in found)) == [
        "uncoded-answers",
        "uncoded-themes",
        "uncoded-cases",
        "affirmations",
        "near-misses",
    ]


@pytest.mark.parametrize("form", ["table", "md", "csv", "json"])
@pytest.mark.parametrize("consent", ["no quotation", "background"])
def test_withheld_words_are_in_no_format(run: Run, talks: Path, consent: str, form: str) -> None:
    (talks / "attributes.csv").write_text(
        f"transcript,consent\nanna,{consent}\nben,{consent}\n", encoding="utf-8"
    )
    done = run("uncoded", "--all-text", "-f", form)
    assert done.code == 0, done.err
    for words in ("winter", "Absolutely", "come by", "hawalla", "brokers", "at the border"):
        assert words not in done.out, words
    assert "words withheld" in done.out


def test_role_only_keeps_the_label_back(run: Run, talks: Path) -> None:
    (talks / "attributes.csv").write_text(
        "transcript,consent\nanna,role only\nben,role only\n", encoding="utf-8"
    )
    out = run("uncoded", "-f", "json", "--by", "speaker").out
    assert "ANNA" not in out
    assert "respondent" in out


def test_terminal_and_markdown_say_all_sections(run: Run, talks: Path) -> None:
    for form, sign in (("table", ""), ("md", "## ")):
        out = run("uncoded", "-f", form).out
        assert f"{sign}The longest answers without a code" in out
        assert f"{sign}Who never speaks of a theme" in out
        assert f"{sign}Brief answers to coded questions" in out
        assert f"{sign}Near misses of rules" in out
        assert out.count("is no evidence of absence") == 1


def test_untrusted_words_do_nothing(run: Run, talks: Path) -> None:
    (talks / "talks" / "evil.txt").write_text(
        "I: And?\n\nEVE: =cmd() \x1b[31mred [bold]x[/bold] <b>hm</b> and a lot more of it\n",
        encoding="utf-8",
    )
    shown = run("uncoded").out
    assert "\x1b" not in shown
    assert "[bold]x[/bold]" in shown
    found = list(csv.DictReader(io.StringIO(run("uncoded", "-f", "csv").out)))
    openings = [row["opening"] for row in found if row["transcript"] == "evil"]
    assert openings[0].startswith("'=cmd() ␛[31m")


def test_unknown_code_and_kind_are_told(run: Run, talks: Path) -> None:
    assert run("uncoded", "--code", "hawalas").code != 0
    assert "there is no kind 'memo'" in run("uncoded", "--kind", "memo").err


def test_equal_input_gives_equal_bytes(run: Run, talks: Path) -> None:
    first = run("uncoded", "-f", "json").out
    assert run("uncoded", "talks", "-f", "json").out == first
