"""`thematic import`: Word comments, tables and memos, recorded on the right words."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from docx import Document
from word_comments import (
    comment_on,
    comment_over,
    document_of,
    needs_office,
    rewrapped,
    save,
    saved_by_office,
    words_paragraphs,
)

from thematic.errors import ExitCode
from thematic.model.people import Memo, PersonCoding
from thematic.store.database import open_store

BOOK = """\
codebook: valley
themes:
  finance: {codes: {mining: [mine*], "road tax": [toll*]}}
  alliance: {codes: {shelter: [shelter*], mining: [pits]}}
  doubt: {rules: manual}
"""
SAID = (
    "Yes. They paid the men at the bridge, every Friday.",
    "Yes. No. I mean, we “never” went there – it’s far.\nThe elders said so, and then they left.",
    "Yes. Gold, mostly; some lapis. The mine belongs to nobody and to everybody.",
    "They paid. They paid the men again, and the men paid the valley.",
    "No. I saw it [00:03:10] with my own eyes, he took the money and went.",
    "Yes. Whoever comes pays; Söhne, Brüder, 兄弟, all of them.",
)


def interview(turns: int) -> str:
    """Questions and answers; the same words come again and again."""
    lines = []
    for number in range(turns):
        lines.append(f"[00:{number // 60:02}:{number % 60:02}] Q: And then, in year {number}?")
        lines.append(f"ANNA: {SAID[number % len(SAID)]} That was year {number}.")
    return "\n\n".join(lines) + "\n"


@pytest.fixture
def valley(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "E01.txt").write_text(interview(24), encoding="utf-8")
    (tmp_path / "talks" / "E02.txt").write_text(
        "Q: Who?\n\nBEN: The elders shelter them. Nobody else does.\n", encoding="utf-8"
    )
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "study.yaml").write_text(
        "study: valley\ncodebook: book.yaml\ntranscripts: talks\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def copy_of(run: Run, id: str = "E01") -> Any:
    """A reading copy, opened."""
    assert run("read", f"talks/{id}.txt", "-o", f"{id}.docx", "--overwrite").code == 0
    return Document(f"{id}.docx")


def rows(run: Run, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
    result = run("import", *arguments, "-f", "json")
    assert result.code == code, result.err
    found: list[dict[str, Any]] = json.loads(result.out)["rows"]
    return sorted(found, key=lambda row: row["note"] or "")


def acts() -> list[Any]:
    return [event.act for event in open_store(Path()).events()]


def words_at(text: str, row: dict[str, Any]) -> str:
    return text[row["start"] : row["end"]]


def forty(document: Any) -> list[tuple[str, str, str]]:
    """Forty comments on words of all lengths; what each should become: code, words, coder."""
    chance = random.Random(7)
    wanted = []
    answers = [one for one in words_paragraphs(document) if "And then" not in one.text]
    picked = [*answers, *chance.sample(answers, 40 - len(answers))]
    for number, paragraph in enumerate(picked):
        longest = max(paragraph.runs, key=lambda run: len(run.text)).text.split()
        size = min(len(longest), 1 + number % 5)
        first = chance.randrange(len(longest) - size + 1)
        words = " ".join(longest[first : first + size])
        coder = "AK" if number % 2 else "Berta Thiel"
        comment_on(document, paragraph, words, f"#finance/mining\n{number:02}", coder)
        wanted.append(("finance/mining", words, coder))
    return wanted


def check_forty(found: list[dict[str, Any]], wanted: list[tuple[str, str, str]]) -> None:
    text = Path("talks/E01.txt").read_text(encoding="utf-8")
    assert [row["note"] for row in found] == [f"{number:02}" for number in range(len(wanted))]
    for row, (code, words, coder) in zip(found, wanted, strict=True):
        assert (row["code"], row["coder"], row["transcript"]) == (code, coder, "E01")
        assert " ".join(words_at(text, row).split()) == words


def expected_places(document: Any) -> list[int]:
    """In which turn each comment stands, by the label above it, in the order of the comments."""
    places: list[tuple[int, int]] = []
    turn = 0
    for element in document.element.body.iter():
        if element.tag.endswith("}t") and " · " in (element.text or ""):
            turn = int(element.text.split(" · ")[0])
        if element.tag.endswith("}commentRangeStart"):
            number = int(next(value for name, value in element.items() if name.endswith("}id")))
            places.append((number, turn))
    return [turn for _, turn in sorted(places)]


def test_forty_comments_come_back_on_the_right_words(run: Run, valley: Path) -> None:
    document = copy_of(run)
    wanted = forty(document)
    assert len(wanted) == 40
    turns = expected_places(document)
    save(document, valley / "annotated.docx")
    found = rows(run, "annotated.docx")
    check_forty(found, wanted)
    assert [row["turn"] for row in found] == turns
    assert {row["anchored"] for row in found} == {"same"}
    assert len(acts()) == len({(act.passage, act.coder) for act in acts()}) == len(found)


def test_forty_comments_in_a_copy_that_was_wrapped_anew(run: Run, valley: Path) -> None:
    document = copy_of(run)
    wanted = forty(document)
    turns = expected_places(document)
    save(rewrapped(document), valley / "annotated.docx")
    found = rows(run, "annotated.docx")
    check_forty(found, wanted)
    assert [row["turn"] for row in found] == turns


@needs_office
def test_forty_comments_after_libreoffice_and_wrapping(run: Run, valley: Path) -> None:
    document = copy_of(run)
    wanted = forty(document)
    turns = expected_places(document)
    saved = saved_by_office(save(document, valley / "annotated.docx"), valley / "office")
    check_forty(rows(run, saved, "--dry-run"), wanted)
    again = save(rewrapped(Document(str(saved))), valley / "wrapped.docx")
    found = rows(run, saved_by_office(again, valley / "office"))
    check_forty(found, wanted)
    assert [row["turn"] for row in found] == turns


def test_nothing_is_recorded_twice(run: Run, valley: Path) -> None:
    document = copy_of(run)
    forty(document)
    save(document, valley / "annotated.docx")
    first = run("import", "annotated.docx")
    assert "40 recorded; 0 stood there already" in first.err
    again = run("import", "annotated.docx")
    assert "0 recorded; 40 stood there already" in again.err
    assert again.code == ExitCode.OK
    assert len(acts()) == 40


def test_a_dry_run_records_nothing(run: Run, valley: Path) -> None:
    document = copy_of(run)
    comment_on(document, words_paragraphs(document)[1], "the men", "#doubt")
    save(document, valley / "annotated.docx")
    result = run("import", "annotated.docx", "--dry-run")
    assert "1 would be recorded" in result.err
    assert not (valley / "people.sqlite").exists()


def test_same_code_at_one_place_is_one_coding_with_both_notes(run: Run, valley: Path) -> None:
    document = copy_of(run)
    for note in ("first", "second"):
        comment_on(document, words_paragraphs(document)[1], "the men", f"#doubt {note}")
    save(document, valley / "annotated.docx")
    run("import", "annotated.docx")
    assert [act.note for act in acts()] == ["first\nsecond"]
    assert "1 stood there already" in run("import", "annotated.docx").err


@pytest.mark.parametrize(
    ("text", "codes", "note"),
    [
        pytest.param("#finance/mining", ["finance/mining"], "", id="path"),
        pytest.param("#FINANCE/Mining gold", ["finance/mining"], "gold", id="case-and-note"),
        pytest.param("doubt", ["doubt"], "", id="name-alone"),
        pytest.param("Shelter: so she says", ["alliance/shelter"], "so she says", id="name-colon"),
        pytest.param("#road tax, she says", ["finance/road tax"], "she says", id="two-words"),
        pytest.param("#road_tax; #doubt", ["finance/road tax", "doubt"], "", id="several"),
        pytest.param("doubt, shelter\nwhy?", ["doubt", "alliance/shelter"], "why?", id="lines"),
        pytest.param("doubt\nshelter", ["doubt", "alliance/shelter"], "", id="own-lines"),
        pytest.param(
            "doubt\n\nRoad Tax\nwhy?\ndoubt",
            ["doubt", "finance/road tax"],
            "why?\ndoubt",
            id="own-lines-and-note",
        ),
        pytest.param(
            "doubt\nshelter: so she says\nwhy?",
            ["doubt", "alliance/shelter"],
            "so she says\nwhy?",
            id="own-lines-and-colon",
        ),
        pytest.param("I doubt it", [], "I doubt it", id="memo"),
        pytest.param("I doubt it\ndoubt", [], "I doubt it\ndoubt", id="memo-before-a-name"),
        pytest.param("doubt, she says", [], "doubt, she says", id="memo-that-begins-so"),
        pytest.param("see #3 above", [], "see #3 above", id="number-sign"),
    ],
)
def test_what_a_comment_says(
    run: Run, valley: Path, text: str, codes: list[str], note: str
) -> None:
    document = copy_of(run)
    comment_on(document, words_paragraphs(document)[1], "the bridge", text)
    save(document, valley / "annotated.docx")
    assert run("import", "annotated.docx").code == ExitCode.OK
    recorded = acts()
    assert {act.passage.quote for act in recorded} == {"the bridge"}
    assert [act.code for act in recorded if isinstance(act, PersonCoding)] == codes
    if codes:
        assert {act.note for act in recorded} == {note}
    else:
        assert [act.text for act in recorded] == [note]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("#finance/minning", "did you mean 'finance/mining'?", id="guess"),
        pytest.param("#mining", "names 2 codes", id="ambiguous"),
        pytest.param("#zzz", "there are: finance, ", id="no-guess"),
    ],
)
def test_unknown_codes_are_told_and_counted(run: Run, valley: Path, text: str, told: str) -> None:
    document = copy_of(run)
    comment_on(document, words_paragraphs(document)[1], "the bridge", text)
    comment_on(document, words_paragraphs(document)[1], "Friday", "#doubt")
    save(document, valley / "annotated.docx")
    result = run("import", "annotated.docx")
    assert result.code == ExitCode.PROBLEMS
    assert told in result.err
    assert "1 recorded" in result.err
    assert "1 not understood" in result.err
    assert text in result.out
    assert [act.code for act in acts()] == ["doubt"]


@pytest.mark.parametrize("text", ["", "  ", "\n\n"], ids=["empty", "blanks", "lines"])
def test_a_comment_without_text_is_listed_and_told(run: Run, valley: Path, text: str) -> None:
    document = copy_of(run)
    comment_on(document, words_paragraphs(document)[1], "the bridge", text)
    comment_on(document, words_paragraphs(document)[1], "Friday", "#doubt")
    save(document, valley / "annotated.docx")
    result = run("import", "annotated.docx", "-f", "json")
    assert result.code == ExitCode.OK
    assert "comment 1: ignored, for it has no text" in result.err
    assert "1 recorded; 0 stood there already; 0 not understood; 1 ignored" in result.err
    rows = json.loads(result.out)["rows"]
    assert [(row["place"], row["status"], row["coder"]) for row in rows] == [
        ("comment 1", "ignored", "AK"),
        ("comment 2", "new", "AK"),
    ]
    assert [act.code for act in acts()] == ["doubt"]


def test_a_comment_on_a_label_is_on_its_turn(run: Run, valley: Path) -> None:
    document = copy_of(run)
    label = next(one for one in document.paragraphs if one.text.startswith("4 · ANNA"))
    comment_on(document, label, "ANNA", "#doubt")
    save(document, valley / "annotated.docx")
    run("import", "annotated.docx")
    (act,) = acts()
    assert act.passage.quote == f"{SAID[1]} That was year 1."


def test_a_comment_over_two_turns_holds_both(run: Run, valley: Path) -> None:
    document = copy_of(run)
    paragraphs = words_paragraphs(document)
    comment_over(document, paragraphs[0], paragraphs[1], "#doubt")
    save(document, valley / "annotated.docx")
    run("import", "annotated.docx")
    (act,) = acts()
    assert act.passage.quote.startswith("And then, in year 0?")
    assert act.passage.quote.endswith("That was year 0.")


def test_a_comment_on_the_title_is_a_memo_about_the_transcript(run: Run, valley: Path) -> None:
    document = copy_of(run)
    comment_on(document, document.paragraphs[0], "E01", "She was tired.")
    save(document, valley / "annotated.docx")
    assert run("import", "annotated.docx").code == ExitCode.OK
    (act,) = acts()
    assert isinstance(act, Memo)
    assert (act.about.value, act.target) == ("transcript", "E01")


def test_authors_that_are_nobody_need_a_name(run: Run, valley: Path) -> None:
    document = copy_of(run)
    comment_on(document, words_paragraphs(document)[1], "the bridge", "#doubt", "Unknown Author")
    save(document, valley / "annotated.docx")
    result = run("import", "annotated.docx")
    assert result.code == ExitCode.PROBLEMS
    assert "--coder" in result.err
    assert run("import", "annotated.docx", "--coder", "BT").code == ExitCode.OK
    assert [act.coder for act in acts()] == ["BT"]


def test_own_document_with_labels_is_found_by_its_words(run: Run, valley: Path) -> None:
    document = document_of(["Interview with Anna", *interview(24).split("\n\n")])
    paragraph = next(one for one in document.paragraphs if "year 7." in one.text)
    comment_on(document, paragraph, "Yes. No.", "#doubt")
    whole = next(one for one in document.paragraphs if "year 9." in one.text)
    comment_over(document, whole, whole, "#shelter")
    save(document, valley / "mine.docx")
    assert run("import", "mine.docx").code == ExitCode.OK
    first, second = acts()
    text = (valley / "talks" / "E01.txt").read_text(encoding="utf-8")
    assert first.passage.quote == "Yes. No."
    assert first.passage.span.start == text.index("That was year 7.") - len(SAID[1]) - 1
    assert second.passage.quote == f"{SAID[3]} That was year 9."


def test_words_that_were_changed_are_found_and_said_so(run: Run, valley: Path) -> None:
    document = copy_of(run)
    paragraph = next(one for one in words_paragraphs(document) if "year 2." in one.text)
    paragraph.runs[0].text = paragraph.runs[0].text.replace("belongs to nobody", "is no one's own")
    comment_on(document, paragraph, "The mine is no one's own and to everybody", "#doubt")
    save(document, valley / "annotated.docx")
    (row,) = rows(run, "annotated.docx")
    assert row["anchored"] == "changed"
    assert row["text"] == "The mine belongs to nobody and to everybody"


def test_the_transcript_itself_may_be_annotated(run: Run, valley: Path) -> None:
    document = document_of(["Q: Who?", "CARL: The elders, they say.", "Q: Why?", "CARL: So."])
    comment_on(document, document.paragraphs[1], "they say", "#doubt")
    save(document, valley / "talks" / "E03.docx")
    assert run("import", "talks/E03.docx").code == ExitCode.OK
    (act,) = acts()
    assert (act.passage.transcript, act.passage.quote) == ("E03", "they say")


def test_tables_of_the_program_itself_are_nobodys_codings(run: Run, valley: Path) -> None:
    run("code", "--codings", "-f", "csv", "-o", "codings.csv")
    result = run("import", "codings.csv")
    assert "5 rows are not decided or do not hold, and were passed over" in result.err
    assert "0 recorded" in result.err
    assert not (valley / "people.sqlite").exists()


def test_a_codebook_with_faults_is_told_before_anything_is_recorded(run: Run, valley: Path) -> None:
    (valley / "book.yaml").write_text("themes: {doubt: {toll: [x]}}\n", encoding="utf-8")
    (valley / "codings.csv").write_text(TABLE, encoding="utf-8")
    assert run("import", "codings.csv").code == ExitCode.CODEBOOK
    assert not (valley / "people.sqlite").exists()


def test_words_of_no_transcript_are_refused(run: Run, valley: Path) -> None:
    document = document_of(["Quite another text about fish.", "And more of it, at some length."])
    comment_on(document, document.paragraphs[0], "fish", "#doubt")
    save(document, valley / "fish.docx")
    result = run("import", "fish.docx")
    assert result.code == ExitCode.PROBLEMS
    assert "--transcript" in result.err
    forced = run("import", "fish.docx", "--transcript", "E01")
    assert "its words are not in E01" in forced.err
    assert not (valley / "people.sqlite").exists()


def test_suggested_codes_do_not_come_back(run: Run, valley: Path) -> None:
    run("read", "talks/E02.txt", "--coded", "-o", "E02.docx")
    result = run("import", "E02.docx")
    assert "1 comments are suggestions" in result.err
    assert not (valley / "people.sqlite").exists()


TABLE = """\
transcript,quote,code,coder,note
E02,The elders shelter them.,shelter; doubt,AK,who?
E01,Whoever comes,doubt,AK,
E09,nothing,doubt,AK,
E02,no such words at all are here,doubt,AK,
E02,Nobody else does.,dout,AK,
E02,Nobody else does.,doubt,,
E02,Nobody else does.,,AK,only a remark
"""


def test_a_table_comes_in_and_all_faults_are_told_by_row(run: Run, valley: Path) -> None:
    (valley / "codings.csv").write_text(TABLE, encoding="utf-8")
    result = run("import", "codings.csv")
    assert result.code == ExitCode.PROBLEMS
    told = {
        3: "stand 4 times in E01",
        4: "there is no transcript 'E09'",
        5: "its words are not in E02",
        6: "no code 'dout' (did you mean 'doubt'?)",
        7: "it names no coder",
    }
    for row, message in told.items():
        line = next(line for line in result.err.splitlines() if f"codings.csv:{row}:" in line)
        assert message in line
    assert [getattr(act, "code", "memo") for act in acts()] == ["alliance/shelter", "doubt", "memo"]
    assert acts()[0].passage.quote == "The elders shelter them."
    assert acts()[0].note == "who?"


@pytest.mark.parametrize(
    ("cells", "quote"),
    [
        pytest.param({"start": 14, "end": 24}, None, id="positions"),
        pytest.param({"turn": 2, "quote": "The elders"}, "The elders", id="turn-and-words"),
        pytest.param(
            {"Segment": "Nobody else does.", "Start": 2, "End": 2}, "Nobody else does.", id="maxqda"
        ),
        pytest.param({"quote": "e", "start": 16, "end": 17}, "e", id="common-words-and-positions"),
        pytest.param({"quote": "The  elders\nshelter"}, "The elders shelter", id="wrapped"),
        pytest.param({"turn": 2}, "The elders shelter them. Nobody else does.", id="turn-alone"),
    ],
)
def test_a_sheet_of_excel_comes_in(
    run: Run, valley: Path, cells: dict[str, object], quote: str | None
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Document", *cells, "Code", "Coded by"])
    sheet.append(["E02.txt", *cells.values(), "doubt", "AK"])
    book.save(valley / "codings.xlsx")
    assert run("import", "codings.xlsx").code == ExitCode.OK
    text = (valley / "talks" / "E02.txt").read_text(encoding="utf-8")
    (act,) = acts()
    assert act.passage.quote == (quote or text[14:24])


@pytest.mark.parametrize(
    ("head", "about", "target"),
    [
        pytest.param("about: code finance/mining", "code", "finance/mining", id="code"),
        pytest.param("code: doubt", "code", "doubt", id="code-field"),
        pytest.param("transcript: E01", "transcript", "E01", id="transcript"),
        pytest.param("turn: E01#14", "turn", "E01#14", id="turn"),
        pytest.param("about: turn E01#14", "turn", "E01#14", id="about-turn"),
        pytest.param("about: study", "study", "", id="study"),
    ],
)
def test_memos_come_in(run: Run, valley: Path, head: str, about: str, target: str) -> None:
    (valley / "memos").mkdir()
    memo = f"---\n{head}\ncoder: AK\ndate: 2026-08-01\n---\n\nShe means **gold**.\n"
    (valley / "memos" / "gold.md").write_text(memo, encoding="utf-8")
    assert run("import", "memos/").code == ExitCode.OK
    (act,) = acts()
    assert (act.about.value, act.target) == (about, target)
    assert act.text == "[2026-08-01]\nShe means **gold**."
    assert (act.passage is not None) == (about == "turn")


@pytest.mark.parametrize(
    ("head", "told"),
    [
        pytest.param("turn: E01#999\ncoder: AK", "has no turn '999'", id="no-turn"),
        pytest.param("turn: E09#1\ncoder: AK", "no transcript 'E09'", id="no-transcript"),
        pytest.param("about: code minning\ncoder: AK", "no code 'minning'", id="no-code"),
        pytest.param("about: weather\ncoder: AK", "'weather'", id="about-what"),
        pytest.param("about: study", "names no coder", id="no-coder"),
    ],
)
def test_faults_of_memos_are_told(run: Run, valley: Path, head: str, told: str) -> None:
    (valley / "memo.md").write_text(f"---\n{head}\n---\nText.\n", encoding="utf-8")
    result = run("import", "memo.md")
    assert result.code == ExitCode.PROBLEMS
    assert told in result.err
    assert not (valley / "people.sqlite").exists()


def test_words_are_withheld_where_consent_says_so(run: Run, valley: Path) -> None:
    (valley / "attributes.csv").write_text("id,consent\nE02,no quotation\n", encoding="utf-8")
    (valley / "codings.csv").write_text(TABLE.split("\n")[0] + "\nE02,The elders,doubt,AK,\n")
    result = run("import", "codings.csv")
    assert result.code == ExitCode.OK
    assert "The elders" not in result.out
    assert acts()[0].passage.quote == "The elders"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("x.docx", b"PK\x03\x04 broken", id="broken-docx"),
        pytest.param("x.docx", b"", id="empty-docx"),
        pytest.param("x.xlsx", b"nothing", id="broken-xlsx"),
        pytest.param("x.csv", b"", id="empty-csv"),
        pytest.param("x.csv", b"a,b\n1,2\n", id="other-columns"),
        pytest.param("x.csv", b"transcript,quote,code\n\x00\x00,\xff\xfe,\n", id="binary"),
        pytest.param("x.md", b"", id="empty-memo"),
        pytest.param("x.md", b"---\na: [\n---\nx", id="broken-front-matter"),
    ],
)
def test_broken_files_end_in_a_message(run: Run, valley: Path, name: str, data: bytes) -> None:
    (valley / name).write_bytes(data)
    result = run("import", name)
    assert result.code == ExitCode.PROBLEMS
    assert "error: " in result.err
    assert not (valley / "people.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["absent.docx"], "there is no file", id="absent"),
        pytest.param(["talks/E01.txt"], "cannot be taken in", id="no-such-kind"),
        pytest.param(["empty"], "nothing to take in", id="empty-folder"),
        pytest.param(["book.yaml", "--study", "/"], "there is no study.yaml", id="no-study"),
        pytest.param(["book.yaml", "--coder", "\n"], "is no name of a coder", id="coder"),
    ],
)
def test_wrong_use_is_told(run: Run, valley: Path, arguments: list[str], told: str) -> None:
    (valley / "empty").mkdir()
    result = run("import", *arguments)
    assert result.code == ExitCode.USAGE
    assert told in result.err
