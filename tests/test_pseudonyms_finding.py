"""Names, labels and identifiers: what is replaced, by what, and what only looks like a name."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Run

from thematic.commands.pseudonymising import pseudonymised
from thematic.model.pseudonyms import CAPITAL, Key, Named, Origin
from thematic.model.study import Study
from thematic.model.transcript import Transcript
from thematic.pseudonyms.doubts import ALIKE, DATE, EVERYDAY, LABEL, SMALL, TITLE
from thematic.pseudonyms.identifiers import identifiers
from thematic.readers import read_text

ANNA = Named("Anna Schmidt", "")
PETER = Named("Peter Schmidt", "")
WILL = Named("Will Young", "")
BRIEN = Named("Liam O'Brien-Müller", "")
MARIA = Named("Anna Schmidt", "Maria", chosen=True, variants=("Annie", "A. M. S."))


def read(text: str, id: str = "t") -> Transcript:
    transcript, problems = read_text(text, id=id)
    assert transcript is not None, problems
    return transcript


def talk(words: str, names: Sequence[Named]) -> str:
    """What becomes of some words that an interviewee says."""
    done = pseudonymised([read(f"I: And?\n\nR: {words}\n")], Study(), names)
    text = done.files["t"].data
    return text.partition("R: ")[2].strip()


@pytest.mark.parametrize(
    ("names", "said", "expected"),
    [
        pytest.param([ANNA], "Ask Anna Schmidt.", "Ask [PERSON-1].", id="whole"),
        pytest.param([ANNA], "Ask Anna.", "Ask [PERSON-1].", id="first-name"),
        pytest.param([ANNA], "Ask Ms Schmidt.", "Ask Ms [PERSON-1].", id="title-stays"),
        pytest.param([ANNA], "SCHMIDT, ANNA it was.", "[PERSON-1] it was.", id="other-order"),
        pytest.param([ANNA], "Ask Anna. Schmidt came.", "Ask [PERSON-1]. [PERSON-1] came.",
                     id="two-sentences"),
        pytest.param([ANNA], "It was A. Schmidt.", "It was [PERSON-1].", id="initial"),
        pytest.param([ANNA], "anna  schmidt came", "[PERSON-1] came", id="small-letters-whole"),
        pytest.param([ANNA], "Anna\nSchmidt came", "[PERSON-1] came", id="line-end"),
        pytest.param([ANNA], "Anna's and Anna’s", "[PERSON-1]'s and [PERSON-1]’s", id="possessive"),
        pytest.param([ANNA], "Annas Haus", "[PERSON-1]s Haus", id="genitive"),
        pytest.param([ANNA], "the Schmidts' car", "the [PERSON-1]s' car", id="plural"),
        pytest.param([ANNA], "Annabel, Hanna, Anna-", "Annabel, Hanna, [PERSON-1]-", id="no-part"),
        pytest.param([MARIA], "Annie or Anna", "Maria or Maria", id="variant-and-chosen"),
        pytest.param([MARIA], "A.M.S. said", "Maria. said", id="variant-of-initials"),
        pytest.param([BRIEN], "O’Brien, MÜLLER", "[PERSON-1], [PERSON-1]", id="signs-and-parts"),
        pytest.param([BRIEN], "Mu\u0308ller", "[PERSON-1]", id="combining-marks"),
        pytest.param([WILL], "I said Will went. Will you?", "I said [PERSON-1] went. Will you?",
                     id="everyday-word"),
        pytest.param([Named("Rosa Grün", "")], "rosa und grün", "rosa und grün", id="ordinary"),
        pytest.param([ANNA, PETER], "Schmidt and Peter", "[PERSON-3] and [PERSON-2]", id="shared"),
        pytest.param([ANNA, Named("Anna", "", kind="keep")], "Anna, Anna Schmidt",
                     "Anna, [PERSON-1]", id="kept"),
        pytest.param([Named("Kunduz", "", kind="place")], "in KUNDUZ", "in [PLACE-1]", id="place"),
        pytest.param([Named("王小明", "")], "我是王小明。", "我是[PERSON-1]。", id="without-blanks"),
        pytest.param([ANNA], "[PERSON-1] and Anna", "[PERSON-1] and [PERSON-2]", id="number-taken"),
    ],
)  # fmt: skip
def test_names(names: list[Named], said: str, expected: str) -> None:
    assert talk(said, names) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("anna.s+x@uni-kiel.example.de.", ["email"]),
        ("see https://twitter.com/anna_s and https://example.org/report", ["web-address"]),
        ("www.linkedin.com/in/anna-s-1", ["web-address"]),
        ("https://anna:pw@example.org/", ["web-address"]),
        ("I am @anna_s there", ["account"]),
        ("DE89 3704 0044 0532 0130 00, please", ["iban"]),
        ("4111 1111 1111 1111", ["card"]),
        ("192.168.1.20 or 2001:db8:85a3:0:0:8a2e:370:7334", ["ip-address", "ip-address"]),
        ("+44 (0)20 7946 0958; 0431/880-1234; (202) 555-0147", ["telephone"] * 3),
        ("passport C01X00T47, NINO QQ 12 34 56 C, 078-05-1120", ["id-number"] * 3),
        ("number 123456789", ["id-number"]),
        ("in 1998-2003, on 12.03.1975 and 2024-01-31", []),
        ("at 00:12:30, 10,000,000 people, 1.250.000 euros, 0.05, 4,000", []),
        ("in 2019 the UN 1373 regime of 1988", []),
    ],
)
def test_identifiers(text: str, kinds: list[str]) -> None:
    found = sorted(identifiers(text))
    assert sorted(kind for _, kind in found) == sorted(kinds)
    assert not any(one.overlaps(two) for one, _ in found for two, _ in found if one != two)


def test_labels_are_names_and_roles_are_none() -> None:
    text = (
        "Interviewer: Who are you?\n\nDr. Karl Weber: Karl.\n\nSpeaker 2: No, Weber!\n\n"
        "Interviewer: And you?\n\nSpeaker 2: Nobody.\n"
    )
    done = pseudonymised([read(text)], Study())
    labels = [turn.speaker for turn in done.transcripts[0].turns]
    assert labels == ["Interviewer", "Dr. PERSON-1", "Speaker 2", "Interviewer", "Speaker 2"]
    assert "Karl" not in done.files["t"].data
    assert "Weber" not in done.files["t"].data


def test_a_label_that_is_an_ordinary_word_is_replaced_as_a_label_alone() -> None:
    text = (
        "I: And?\n\nTEACHER: Every teacher said so. The Teacher went.\n\nI: Yes?\n\nTEACHER: No.\n"
    )
    done = pseudonymised([read(text)], Study())
    assert [turn.speaker for turn in done.transcripts[0].turns][1] == "PERSON-1"
    assert "Every teacher said so. The Teacher went." in done.files["t"].data


def test_all_in_small_letters() -> None:
    """Recognisers of speech may write no capitals: then parts of names count without."""
    filler = "and then we went on to the valley where nothing was left of it " * 6
    assert "anna" not in talk(f"{filler} anna came", [ANNA])
    assert "anna" in talk("We saw anna come", [ANNA])


@pytest.mark.parametrize(
    ("said", "word", "reason"),
    [
        ("We met Hartmann there.", "Hartmann", CAPITAL),
        ("We met Karl von Hartmann there.", "Karl von Hartmann", CAPITAL),
        ("Prof. Hartmann came.", "Hartmann", TITLE),
        ("Schmitt came.", "Schmitt", ALIKE),
        ("We saw anna come.", "anna", SMALL),
        ("Born on 12.03.1975 there.", "12.03.1975", DATE),
        ("Will you come?", "Will", EVERYDAY),
    ],
)
def test_what_looks_like_a_name(said: str, word: str, reason: str) -> None:
    done = pseudonymised([read(f"I: And?\n\nR: {said}\n")], Study(), [ANNA, WILL])
    assert [(one.text, one.reason, one.turn) for one in done.doubts] == [(word, reason, 2)]


@pytest.mark.parametrize(
    "said",
    [
        "Nothing here. On Monday I'm off, and I went.",
        "The Mayor spoke. A mayor speaks.",  # also in small letters
        "We asked the Taliban.",  # a word of the codebook
        "I met Kabul.",  # a name that is to stay
    ],
)
def test_what_does_not(said: str) -> None:
    names = [ANNA, Named("Kabul", "", kind="keep")]
    done = pseudonymised([read(f"I: And?\n\nR: {said}\n")], Study(), names, known_words={"taliban"})
    assert not done.doubts


def test_initials_as_labels_are_told() -> None:
    done = pseudonymised([read("I: And?\n\nAK: Well.\n\nI: Yes?\n\nAK: No.\n")], Study())
    assert [(one.text, one.reason) for one in done.doubts] == [("AK", LABEL)]


def test_numbers_stay_when_names_are_added() -> None:
    first = pseudonymised([read("I: Who?\n\nR: Anna and Peter.\n")], Study(), [ANNA, PETER])
    again = pseudonymised(
        [read("I: Who?\n\nR: Anna, Karl and Peter.\n")],
        Study(),
        [Named("Karl Weber", ""), PETER, ANNA],
        first.key,
    )
    assert "[PERSON-1], [PERSON-4] and [PERSON-2]." in again.files["t"].data
    assert {one.origin for one in again.key.names} == {Origin.LIST, Origin.SHARED}
    assert first.key != Key()


def test_german_nouns_come_last(run: Run, study: Path) -> None:
    """In German every noun has a capital; names seldom stand behind an article."""
    text = (
        "Frage: Und?\n\nAntwort: Die Arbeit im Krankenhaus war schwer, und der Mann sah Petra, "
        "hat die alte Fabrik nicht gesehen. Dann kam Jonas, das ist die Verwaltung.\n"
    )
    (study / "talks" / "E1.txt").write_text(text, encoding="utf-8")
    (study / "talks" / "E2.txt").unlink()
    result = run("pseudonymise", "-q", "-o", "out", "--key", "key.json", "-f", "csv")
    left = [row for row in csv.DictReader(io.StringIO(result.out)) if row["outcome"] == "left"]
    own = {row["text"]: row["why"] for row in left}
    assert {own["Petra"], own["Jonas"]} == {"a capital within a sentence"}
    nouns = {own[word] for word in ("Krankenhaus", "Mann", "Fabrik", "Verwaltung")}
    assert nouns == {"a capital as German nouns have"}
    reasons = [row["why"] for row in left]
    assert reasons.index("a capital as German nouns have") > reasons.index(own["Petra"])
