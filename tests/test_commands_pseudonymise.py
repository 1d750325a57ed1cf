"""`thematic pseudonymise`: nothing leaks, counts and codings survive, and the key leads back."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thematic.commands.pseudonymised_files import speakers_of
from thematic.commands.pseudonymising import pseudonymised
from thematic.library import load_study, pseudonymise
from thematic.model.people import Decision, Memo, PersonCoding, Verdict
from thematic.model.pseudonyms import Named
from thematic.model.study import Study
from thematic.model.transcript import Span
from thematic.pseudonyms.restoring import restored
from thematic.readers import read_text
from thematic.report.converted import WRITERS
from thematic.review.anchoring import passage_at
from thematic.store.database import open_store

TALK = """\
INTERVIEWER: Dr. Schmidt, how did you meet Karl Weber?

ANNA SCHMIDT: Karl's brother wrote to anna@example.org; I'm at +44 20 7946 0958.
Weber came with a safe haven. They gave Anna nothing.

INTERVIEWER: And the safe haven?

ANNA SCHMIDT: Weber taxed the road. There is no safe haven now.
"""
CAPTIONS = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Interviewer>Who are you?

00:00:04.000 --> 00:00:09.000
<v Karl Weber>I'm Karl Weber & I know Anna

00:00:09.000 --> 00:00:12.000
<v Karl Weber>Schmidt; they gave a safe haven.
"""
BOOK = "codebook: small\nthemes:\n  alliance:\n    rules: [safe haven*, {near: [gave, nothing]}]\n"
STUDY = """\
study: Schmidt study
status: invented
codebook: book.yaml
transcripts: talks
show_attributes: [profession]
note: Anna Schmidt called on Monday.
"""
ATTRIBUTES = """\
id,case,profession,employer
Anna_Schmidt,Anna Schmidt,nurse of Weber,Weber & Sons
E2,,driver,Weber & Sons
"""
NAMES = "name,pseudonym,variants\nAnna Schmidt,,\nKarl Weber,Omar,\n"
LEAKS = ("anna", "schmidt", "karl", "weber", "example.org", "7946")
COMMAND = ("pseudonymise", "-o", "out", "--key", "key.json", "--names", "names.csv")


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "study"
    (folder / "talks").mkdir(parents=True)
    files = {
        "talks/Anna_Schmidt.txt": TALK,
        "talks/E2.vtt": CAPTIONS,
        "book.yaml": BOOK,
        "study.yaml": STUDY,
        "attributes.csv": ATTRIBUTES,
        "names.csv": NAMES,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def all_in(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    held = (f"{path.name} {path.read_bytes().decode('utf-8', 'replace')}" for path in files)
    return "\n".join(held).casefold()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("to", ["table", "csv", "json", "md"])
def test_no_name_is_left_and_none_is_told(run: Run, named: Path, to: str) -> None:
    result = run(*COMMAND, "-f", to)
    assert result.code == 0, result.err
    told = f"{all_in(named / 'out')}\n{result.out}\n{result.err}".casefold()
    assert not [leak for leak in LEAKS if leak in told]
    assert "PERSON-1" in result.out
    assert "Omar" in result.out


def test_show_names(run: Run, named: Path) -> None:
    result = run(*COMMAND, "-f", "csv", "--show-names")
    names = {row["text"]: row["name"] for row in rows(result.out)}
    assert names["PERSON-1"] == "Anna Schmidt"
    assert names["Omar"] == "Karl Weber"


def test_what_the_report_counts(run: Run, named: Path) -> None:
    table = rows(run(*COMMAND, "-f", "csv").out)
    own = {row["text"]: row for row in table if row["outcome"] == "replaced"}
    assert own["PERSON-1"]["count"] == "6"  # two turns of hers, four times in talk
    assert own["PERSON-1"]["transcripts"] == "2"
    assert own["EMAIL-1"]["kind"] == "email"
    assert (
        own["Omar"]["places"] == "PERSON-1, turn 1; PERSON-1, turn 2; PERSON-1, turn 4; E2, turn 2"
    )


def test_counts_are_the_same(run: Run, named: Path) -> None:
    """Codes, turns, roles, speakers: only who they are called differs."""
    run(*COMMAND)
    columns = ("code", "units", "mentions", "negated", "transcripts", "cases")

    def counts(folder: str, by: str) -> list[list[str]]:
        table = rows(run("freq", folder, "--by", by, "-f", "csv").out)
        return sorted([row[name] for name in columns] for row in table)

    assert counts(".", "transcript") == counts("out", "transcript")
    assert counts(".", "case") == counts("out", "case")
    assert counts(".", "role") == counts("out", "role")
    before, after = (load_study(one)[1] for one in (".", "out"))
    assert {one.id for one in after} == {"PERSON-1", "E2"}
    for id, new in (("Anna_Schmidt", "PERSON-1"), ("E2", "E2")):
        old = next(one for one in before if one.id == id)
        now = next(one for one in after if one.id == new)
        assert [turn.role for turn in old.turns] == [turn.role for turn in now.turns]
        assert [turn.time for turn in old.turns] == [turn.time for turn in now.turns]
        assert [len(turn.cues) for turn in old.turns] == [len(turn.cues) for turn in now.turns]


def test_attributes_are_given_from_a_list(run: Run, named: Path) -> None:
    result = run(*COMMAND)
    table = rows((named / "out" / "attributes.csv").read_text(encoding="utf-8"))
    assert table == [
        {"id": "E2", "case": "", "profession": "driver"},
        {"id": "PERSON-1", "case": "PERSON-1", "profession": "nurse of Omar"},
    ]
    assert "attributes left out: employer" in result.err
    run("pseudonymise", "-o", "more", "--key", "key.json", "--keep-attribute", "employer")
    table = rows((named / "more" / "attributes.csv").read_text(encoding="utf-8"))
    assert [row["employer"] for row in table] == ["Omar & Sons", "Omar & Sons"]
    assert "Monday" not in (named / "more" / "study.yaml").read_text(encoding="utf-8")
    assert (named / "more" / "codebook.yaml").read_bytes() == (named / "book.yaml").read_bytes()


def test_names_come_back_byte_for_byte(run: Run, named: Path) -> None:
    run(*COMMAND)
    result = run("pseudonymise", "--restore", "out", "--key", "key.json", "-o", "back")
    assert result.code == 0, result.err
    run("convert", "talks/Anna_Schmidt.txt", "-o", "expected.txt")
    run("convert", "talks/E2.vtt", "-o", "expected.vtt")
    assert (named / "back/Anna_Schmidt.txt").read_bytes() == (named / "expected.txt").read_bytes()
    assert (named / "back/E2.vtt").read_bytes() == (named / "expected.vtt").read_bytes()


def test_an_edited_file_gets_its_names_back_and_says_so(run: Run, named: Path) -> None:
    run(*COMMAND)
    path = named / "out" / "transcripts" / "PERSON-1.txt"
    text = path.read_text(encoding="utf-8").replace("Omar came with", "So Omar came, with")
    path.write_text(text, encoding="utf-8")
    result = run("pseudonymise", "--restore", "out", "--key", "key.json", "-o", "back")
    assert result.code == 1
    assert "changed since it was written" in result.err
    back = (named / "back" / "Anna_Schmidt.txt").read_text(encoding="utf-8")
    assert back == TALK.replace("Weber came with", "So Weber came, with")


def test_the_key_is_its_owners_and_stays(run: Run, named: Path) -> None:
    run(*COMMAND)
    key = named / "key.json"
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    first = all_in(named / "out")
    again = ("pseudonymise", "-o", "again", "--key", "key.json", "--names", "names.csv")
    assert run(*again).code == 0
    assert all_in(named / "again") == first
    run("pseudonymise", "--restore", "out", "--key", "key.json", "-o", "back")
    assert (named / "back" / "E2.vtt").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "out", "--key", "out/key.json"], "the key file would lie in the folder"),
        (["-o", "talks", "--key", "key.json"], "is there already"),
        (["-o", "out", "--key", "book.yaml"], "no key file"),
        (["-o", "out", "--key", "nowhere/key.json"], "there is no folder"),
        (["-o", "out", "--key", "key.json", "--restore", "talks"], "there is no such key file"),
        (["-o", "out", "--key", "key.json", "--model", "xx_none"], "not installed"),
    ],
)
def test_refused(run: Run, named: Path, arguments: list[str], said: str) -> None:
    before = all_in(named)
    result = run("pseudonymise", *arguments)
    assert result.code in (2, 6, 7)
    assert said in result.err
    assert all_in(named) == before


def test_faults_of_the_list_are_told_at_once_without_a_name(run: Run, named: Path) -> None:
    (named / "names.csv").write_text(
        "name,pseudonym,kind\nAnna Schmidt,Maria,person\n,Eva,person\nKarl Weber,Maria,\n"
        "Tom Brandt,,alien\nAnna Schmidt,,\nUlla Kern,Anna,\nEva Lund,a:b,\n",
        encoding="utf-8",
    )
    result = run(*COMMAND)
    assert result.code == 2
    for line in (3, 4, 5, 6, 7, 8):
        assert f"names.csv:{line}: error" in result.err
    told = result.err.casefold()
    assert not [one for one in ("schmidt", "weber", "brandt", "kern", "lund") if one in told]
    assert not (named / "out").exists()
    assert not (named / "key.json").exists()


def test_what_people_did_is_carried_over(run: Run, named: Path) -> None:
    texts = {one.id: one.text for one in load_study(".")[1]}

    def passage(id: str, words: str) -> object:
        start = texts[id].index(words)
        return passage_at(id, texts[id], Span(start, start + len(words)))

    first = passage("Anna_Schmidt", "Weber came with a safe haven.")
    name = passage("Anna_Schmidt", "Schmidt, how")
    label = passage("Anna_Schmidt", "ANNA SCHMIDT:")
    second = passage("E2", "they gave a safe haven")
    acts = [
        PersonCoding(first, "alliance", "AK", "Weber means Karl"),  # type: ignore[arg-type]
        PersonCoding(name, "alliance", "AK"),  # type: ignore[arg-type]
        PersonCoding(label, "alliance", "AK"),  # type: ignore[arg-type]
        Decision(second, "alliance", Verdict.REJECT, "BL"),  # type: ignore[arg-type]
        PersonCoding(passage_at("E9", "Weber went.", Span(0, 5)), "alliance", "AK"),
        Memo("Anna is tired", "AK"),
    ]
    store = open_store(named)
    now = datetime(2026, 8, 1, 9, 30, tzinfo=UTC)
    store.record(acts, "", now, {"alliance": "abc"})
    store.undo([2], "AK", now)
    result = run(*COMMAND)
    assert result.code == 0, result.err
    assert not [leak for leak in LEAKS if leak in all_in(named / "out")]
    after = {one.id: one.text for one in load_study("out")[1]}
    events = open_store(named / "out").events()
    held = [event.act for event in events]
    assert [type(act).__name__ for act in held] == [
        "PersonCoding",
        "PersonCoding",
        "PersonCoding",
        "Decision",
        "Memo",
        "NoneType",
    ]
    assert events[-1].undoes == 2
    assert {event.time for event in events} == {"2026-08-01T09:30:00Z"}
    quotes = [act.passage.quote for act in held[:4]]  # type: ignore[union-attr]
    assert quotes == [
        "Omar came with a safe haven.",
        "[PERSON-1], how",
        "PERSON-1:",  # the label, found by its words
        "they gave a safe haven",
    ]
    for act in held[:4]:
        span = act.passage.span  # type: ignore[union-attr]
        assert after[act.passage.transcript][span.start : span.end] == act.passage.quote  # type: ignore[union-attr]
    assert held[0].note == "Omar means Omar"  # type: ignore[union-attr]
    assert "1 absent" in result.err
    assert "Passages that moved" in result.out
    counts = ("freq", "-f", "csv")
    before_rows, after_rows = rows(run(*counts).out), rows(run(*counts, "out").out)
    assert before_rows[0]["decided_units"] == after_rows[0]["decided_units"]


WORDS = (
    "Anna|Schmidt|anna|SCHMIDT|Anna Schmidt's|Weber|Omar|[PERSON-1]|we|a@b.org|+44 20 7946 0958|"
    'Ärger|<b>|&|said.|No?|\n|x:|"|=1|E2'
).split("|")


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_restoring_is_exact(words: list[str]) -> None:
    talk = " ".join(words)
    text = f"I: So?\n\nANNA SCHMIDT: {talk} end.\n\nI: And?\n\nANNA SCHMIDT: {talk[:40]} end.\n"
    transcript, _ = read_text(text, id="t")
    assert transcript is not None
    done = pseudonymised([transcript], Study(), [Named("Karl Weber", "Omar", chosen=True)])
    file = done.files["t"]
    suffix = file.written.file.rpartition(".")[2]
    back = restored(file.data, file.written, is_same=True).text
    assert back == WRITERS[suffix](replace(transcript, attributes={}))
    assert file.transcript is not None
    assert "Schmidt" not in file.data


def test_roles_are_declared_where_labels_do_not_tell_them() -> None:
    text = "ANNA: And then?\n\nKARL: So.\n\nANNA: Why?\n\nKARL: For.\n"
    from thematic.model.study import Speakers
    from thematic.readers import ReadOptions

    options = ReadOptions(speakers=Speakers(interviewer=("ANNA",)))
    transcript, _ = read_text(text, id="t", options=options)
    assert transcript is not None
    done = pseudonymised([transcript], Study())
    assert done.study.speakers.interviewer == ("PERSON-1",)
    assert done.study.speakers.respondent == ()
    assert speakers_of([("t", done.replaced["t"])], None) == done.study.speakers


def test_the_library_gives_the_same(named: Path) -> None:
    study, transcripts = load_study(".")
    done = pseudonymise(transcripts, study, names="names.csv")
    assert done.ids == {"Anna_Schmidt": "PERSON-1", "E2": "E2"}
    assert [one.attributes.get("employer") for one in done.transcripts] == [None, None]
    again = pseudonymise(transcripts, study, names={"Tom Brandt": "", "Peter Weber": "Eva"})
    assert {one.pseudonym for one in again.key.names} >= {"PERSON-1", "Eva"}
    kept = pseudonymise(transcripts, study, before=done)
    assert kept.table().column("text")[:3] == done.table().column("text")[:3]


def test_the_key_is_read_whole_or_refused(run: Run, named: Path) -> None:
    run(*COMMAND)
    key = json.loads((named / "key.json").read_text(encoding="utf-8"))
    key["names"][0]["name"] = 7
    (named / "key.json").write_text(json.dumps(key), encoding="utf-8")
    result = run("pseudonymise", "-o", "other", "--key", "key.json")
    assert result.code == 2
    assert "no key file of thematic, or damaged" in result.err


def test_a_pipeline_finds_further_names(run: Run, named: Path) -> None:
    import spacy

    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    found = {"PERSON": "Karl's", "GPE": "road", "ORG": "Nothing"}
    ruler.add_patterns([{"label": label, "pattern": words} for label, words in found.items()])
    ruler.add_patterns([{"label": "GPE", "pattern": "Kunduz"}])
    pipeline.to_disk(named / "pipeline")
    text = TALK.replace("the road", "Kunduz").replace("ANNA SCHMIDT", "R2")
    (named / "talks" / "Anna_Schmidt.txt").write_text(text, encoding="utf-8")
    command = ("pseudonymise", "--key", "key.json", "--model", "pipeline", "-f", "csv")
    result = run(*command, "-o", "persons")
    assert result.code == 0, result.err
    assert "Kunduz" in all_of(named / "persons")
    assert "Karl" not in all_of(named / "persons")
    result = run(*command, "-o", "places", "--entity", "place")
    row = next(row for row in rows(result.out) if row["text"] == "PLACE-1")
    assert (row["kind"], row["why"], row["count"]) == ("place", "model", "1")
    assert "Kunduz" not in all_of(named / "places")


def all_of(folder: Path) -> str:
    files = sorted((folder / "transcripts").iterdir())
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
