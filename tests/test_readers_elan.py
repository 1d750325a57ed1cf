"""ELAN files: tiers as speakers, times, what is left out, hostile XML."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.model.transcript import Transcript
from thematic.readers import ReadOptions, read_bytes
from thematic.readers.limits import Limits

SLOTS = {"t1": 0, "t2": 1500, "t3": None, "t4": 4500, "t5": 6000, "t6": None}
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'


def aligned(id: str, begin: str, end: str, words: str) -> str:
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{id}" TIME_SLOT_REF1="{begin}" '
        f'TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>{words}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
    )


def referring(id: str, to: str, words: str) -> str:
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{id}" ANNOTATION_REF="{to}">'
        f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>\n"
    )


def tier(name: str, *annotations: str, **attributes: str) -> str:
    more = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f'<TIER TIER_ID="{name}"{more}>\n{"".join(annotations)}</TIER>\n'


def eaf(*tiers: str, head: str = DECLARED) -> str:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{name}"'
        + ("/>\n" if value is None else f' TIME_VALUE="{value}"/>\n')
        for name, value in SLOTS.items()
    )
    return (
        f'{head}<ANNOTATION_DOCUMENT FORMAT="3.0" VERSION="3.0">\n'
        f'<HEADER TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///a.wav"/></HEADER>'
        f"<TIME_ORDER>\n{slots}</TIME_ORDER>\n{''.join(tiers)}</ANNOTATION_DOCUMENT>\n"
    )


KIM = tier(
    "K-Spch",
    aligned("a1", "t1", "t2", "Where?"),
    aligned("a3", "t3", "t4", "So?"),
    PARTICIPANT="Kim",
)
LEE = tier(
    "Lee",
    aligned("a2", "t2", "t3", "In R&amp;D, &lt;there&gt;."),
    aligned("a4", "t5", "t6", "Yes."),
)


def read(text: str | bytes) -> tuple[Transcript, list[str]]:
    data = text.encode() if isinstance(text, str) else text
    transcript, problems = read_bytes(data, id="x", suffix=".eaf")
    assert transcript is not None, problems
    assert all(problem.severity == "note" for problem in problems)
    return transcript, [problem.message for problem in problems]


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


def times(transcript: Transcript) -> list[tuple[float, float | None]]:
    return [(cue.begin, cue.end) for turn in transcript.turns for cue in turn.cues]


def test_tiers_are_speakers_merged_by_time() -> None:
    transcript, notes = read(eaf(KIM, LEE))
    assert said(transcript) == [
        ("Kim", "Where?"),
        ("Lee", "In R&D, <there>."),
        ("Kim", "So?"),
        ("Lee", "Yes."),
    ]
    assert times(transcript) == [(0.0, 1.5), (1.5, 3.0), (3.0, 4.5), (6.0, None)]
    assert (transcript.format, notes) == ("eaf", [])


@pytest.mark.parametrize(
    "data",
    [
        eaf(KIM, LEE, head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        b"\xef\xbb\xbf" + eaf(KIM, LEE).encode(),
        eaf(KIM, LEE, head="").encode(),
    ],
    ids=["utf-16", "utf-8-with-mark", "undeclared"],
)
def test_encodings(data: bytes) -> None:
    assert len(read(data)[0].turns) == 4


def test_characters_of_the_container() -> None:
    words = "a <![CDATA[<b>]]> &#233;\r\nc &#x1F642;"
    transcript, _ = read(eaf(tier("Anna", aligned("a1", "t1", "t2", words))))
    assert transcript.text == "Anna: a <b> é\nc 🙂"


LEFT_OUT = {
    "translation": (
        [KIM, tier("K-en", referring("b1", "a1", "Wo?"), PARENT_REF="K-Spch")],
        "below others, such as translations, are not read: K-en",
    ),
    "words-of-sentences": (
        [KIM, tier("K-words", aligned("b1", "t1", "t2", "Where"), PARENT_REF="K-Spch")],
        "not read: K-words",
    ),
    "gestures": (
        [KIM, tier("LH gesture", aligned("b1", "t1", "t2", "points"))],
        "by their names hold notes, not talk, are not read: LH gesture",
    ),
    "notes": (
        [KIM, tier("Kommentare", aligned("b1", "t1", "t2", "laut"), PARTICIPANT="Kim")],
        "are not read: Kommentare",
    ),
    "the-same-in-words": (
        [
            tier("Anna", aligned("a1", "t1", "t4", "They went to the mountains.")),
            tier(
                "Anna-words-aligned",
                aligned("b1", "t1", "t2", "They went to"),
                aligned("b2", "t2", "t4", "the mountains."),
            ),
        ],
        "whose words another holds in longer pieces are not read: Anna-words-aligned",
    ),
}


@pytest.mark.parametrize(("tiers", "note"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_tiers_left_out_are_told(tiers: list[str], note: str) -> None:
    transcript, notes = read(eaf(*tiers))
    assert len({turn.speaker for turn in transcript.turns}) == 1
    assert [note in one for one in notes] == [True]


def test_notes_alone_are_read() -> None:
    transcript, notes = read(eaf(tier("Notes", aligned("a1", "t1", "t2", "It was late."))))
    assert (said(transcript), notes) == ([("Notes", "It was late.")], [])


def test_an_empty_tier_is_not_told() -> None:
    assert read(eaf(KIM, tier("default")))[1] == []


def test_talk_below_a_tier_of_numbers() -> None:
    transcript, notes = read(
        eaf(
            tier(
                "ref@Anna", aligned("a1", "t1", "t2", "a.001"), aligned("a2", "t2", "t4", "a.002")
            ),
            tier(
                "tx@Anna",
                referring("b1", "a1", "mi go"),
                referring("b2", "a2", "long taun"),
                PARENT_REF="ref@Anna",
            ),
            tier("ft@Anna", referring("c1", "b1", "I went"), PARENT_REF="tx@Anna"),
        )
    )
    assert said(transcript) == [("Anna", "mi go\nlong taun")]
    assert times(transcript) == [(0.0, 1.5), (1.5, 4.5)]
    assert ["is read from tx@Anna" in notes[0], "ft@Anna" in notes[1]] == [True, True]


def test_speakers_below_a_tier_of_another_person() -> None:
    transcript, notes = read(
        eaf(
            tier("topics", aligned("a1", "t1", "t5", "How it began"), PARTICIPANT="analyst"),
            tier("I", aligned("b1", "t1", "t2", "Where?"), PARENT_REF="topics", PARTICIPANT="Kim"),
            tier("R", aligned("c1", "t2", "t4", "Home."), PARENT_REF="topics", PARTICIPANT="Lee"),
        )
    )
    assert {turn.speaker for turn in transcript.turns} >= {"Kim", "Lee"}
    assert notes == []


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
REFUSED = {
    "doctype": (eaf(KIM, head='<!DOCTYPE a SYSTEM "file:///etc/passwd">'), "document type"),
    "entities": (eaf(KIM, head=LAUGHS).replace("Where?", "&b;"), "document type"),
    "cut-off": (eaf(KIM)[:-200], "damaged"),
    "no-xml": ("hello", "damaged"),
    "other-xml": ("<html/>", "no ELAN file"),
    "nothing-said": (eaf(tier("default")), "no talk"),
    "deep": ("<ANNOTATION_DOCUMENT>" + "<TIER>" * 5000, "deep"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(text: str, message: str) -> None:
    transcript, problems = read_bytes(text.encode(), id="x", suffix=".eaf")
    assert transcript is None
    assert [message in problem.message for problem in problems] == [True]
    assert problems[0].hint


def test_the_limit_of_nesting_holds() -> None:
    options = ReadOptions(limits=Limits(nesting=3))
    transcript, problems = read_bytes(eaf(KIM).encode(), id="x", suffix=".eaf", options=options)
    assert transcript is None
    assert "--limit nesting=" in problems[0].hint


def test_a_slip_in_the_name_of_a_tier() -> None:
    tiers = [tier("Intervewer", aligned("a1", "t1", "t2", "Where?")), LEE]
    transcript, _ = read(eaf(*tiers))
    assert [turn.role for turn in transcript.turns] == ["interviewer", "respondent"]


@pytest.mark.parametrize("parent", ["A", "B", "nowhere"])
def test_tiers_that_hang_in_circles_or_nowhere(parent: str) -> None:
    tiers = [
        tier("A", aligned("a1", "t1", "t2", "One"), PARENT_REF="B"),
        tier("B", aligned("a2", "t9", "t8", "Two"), PARENT_REF=parent),
        tier("C", referring("a3", "a4", "Three"), referring("a4", "a3", "Four")),
    ]
    transcript, notes = read(eaf(*tiers))
    words = "\n".join([transcript.text, *notes])
    assert all(name in words for name in ("Three", "Four"))
    assert ("One" in words) or "A" in words


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 40), st.sampled_from([b"", b"<", b"&", b"\xff", b'"']))
def test_damaged_files_are_read_or_refused(place: int, length: int, put: bytes) -> None:
    whole = eaf(KIM, LEE, tier("K-en", referring("b1", "a1", "Wo?"), PARENT_REF="K-Spch")).encode()
    data = whole[:place] + put + whole[place + length :]
    transcript, problems = read_bytes(data, id="x", suffix=".eaf")
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert all(turn.span.start <= cue.position <= turn.span.end for cue in turn.cues)
