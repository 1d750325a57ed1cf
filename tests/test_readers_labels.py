"""Speakers' labels: every style seen in real files, and what only looks like one."""

import pytest

from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript
from thematic.readers import ReadOptions, read_text

NBSP = "\u00a0"


def read(text: str, suffix: str = ".txt", **speakers: tuple[str, ...]) -> Transcript:
    options = ReadOptions(speakers=Speakers(**speakers))
    transcript, problems = read_text(text, id="x", suffix=suffix, options=options)
    assert transcript is not None, problems
    return transcript


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [
        (turn.speaker, transcript.text[turn.span.start : turn.span.end])
        for turn in transcript.turns
    ]


STYLES = {
    "capitals": (
        "INTERVIEWER: How are they\nfinanced?\n\nEXPERT: Donors.",
        [("INTERVIEWER", "How are they\nfinanced?"), ("EXPERT", "Donors.")],
    ),
    "letters-once-each": ("I: How?\nR: By donors.", [("I", "How?"), ("R", "By donors.")]),
    "letters-without-full-stops": (
        "I: so you went there\nR: yes\nI: and then\nR: we came back",
        [("I", "so you went there"), ("R", "yes"), ("I", "and then"), ("R", "we came back")],
    ),
    "question-and-answer": (
        "Q: Who?\n\nA: Them.\n\nQ: Why?",
        [("Q", "Who?"), ("A", "Them."), ("Q", "Why?")],
    ),
    "Q-and-no-break-spaces": (
        f"MS. PSAKI:{NBSP} Hi.\n\nQ{NBSP} {NBSP}Thanks, Jen.\n\nMS. PSAKI:{NBSP} Sure.",
        [("MS. PSAKI", "Hi."), ("Q", "Thanks, Jen."), ("MS. PSAKI", "Sure.")],
    ),
    "Q-and-tab": ("Q\tWho?\n\nA\tThem.\n\nQ\tWhy?", [("Q", "Who?"), ("A", "Them."), ("Q", "Why?")]),
    "court": ("Q. Who?\nA. Them.\nQ. Why?", [("Q", "Who?"), ("A", "Them."), ("Q", "Why?")]),
    "the-president-once": (
        "THE PRESIDENT: Good afternoon.",
        [("THE PRESIDENT", "Good afternoon.")],
    ),
    "floor": (
        (
            "Mr. VAN HOLLEN. Madam Speaker, I rise.\n\n"
            "Mr. Speaker, I yield.\n\nMr. McCONNELL. I object."
        ),
        [
            ("Mr. VAN HOLLEN", "Madam Speaker, I rise.\n\nMr. Speaker, I yield."),
            ("Mr. McCONNELL", "I object."),
        ],
    ),
    "bracket-ids": (
        "[id1] hello, I like it.\n[id2] I am struggling.",
        [("id1", "hello, I like it."), ("id2", "I am struggling.")],
    ),
    "bracket-and-colon": (
        "[Anna]: Yes?\n\n[Ben]: No.\n\n[Anna]: Ah.\n\n[Ben]: Oh.",
        [("Anna", "Yes?"), ("Ben", "No."), ("Anna", "Ah."), ("Ben", "Oh.")],
    ),
    "otter": (
        "Jane Doe  0:14\nHello there.\n\nJoe  1:02\nHi.",
        [("Jane Doe", "Hello there."), ("Joe", "Hi.")],
    ),
    "name-tab-time": (
        "Jane Doe\t00:14\nHello.\n\nJoe\t01:02\nHi.",
        [("Jane Doe", "Hello."), ("Joe", "Hi.")],
    ),
    "rev": (
        "Speaker 1 (00:00):\nHello.\n\nSpeaker 2 (00:07):\nHi.",
        [("Speaker 1", "Hello."), ("Speaker 2", "Hi.")],
    ),
    "stamp-first": (
        "[00:01:23] John: This.\n[00:01:45] Jane: And.",
        [("John", "This."), ("Jane", "And.")],
    ),
    "plain-stamp-first": (
        "00:00:02 Anna: Hello.\n00:00:09 Ben: Hi.",
        [("Anna", "Hello."), ("Ben", "Hi.")],
    ),
    "maxqda": (
        "00:03:40.5Zack: What will digging achieve?\n\n00:03:44.3Jim: It will fill a gap.",
        [("Zack", "What will digging achieve?"), ("Jim", "It will fill a gap.")],
    ),
    "stamp-and-dash": (
        "[00:00:02] Anna - Hello.\n[00:00:05] Ben - Hi.",
        [("Anna", "Hello."), ("Ben", "Hi.")],
    ),
    "zoom-chat": (
        "00:21:14\tAnna Lee:\tHello!\n00:21:35\tBen:\tHi.",
        [("Anna Lee", "Hello!"), ("Ben", "Hi.")],
    ),
    "zoom-txt-without-colon": (
        "00:21:14\tAnna Lee\tHello!\n00:21:35\tBen\tHi.",
        [("Anna Lee", "Hello!"), ("Ben", "Hi.")],
    ),
    "name-stamp-text": (
        "Anna (00:12:03): Hello.\n\nBen (00:12:09): Hi.",
        [("Anna", "Hello."), ("Ben", "Hi.")],
    ),
    "trint": (
        "[00:00:03] Speaker 1: Hello.\n\n[00:00:08] Speaker 2: Hi.",
        [("Speaker 1", "Hello."), ("Speaker 2", "Hi.")],
    ),
    "resolve": (
        (
            "[00:00:01:05 - 00:00:04:10]\nSpeaker 1\nHello.\n\n"
            "[00:00:05:00 - 00:00:07:00]\nSpeaker 2\nHi."
        ),
        [("Speaker 1", "Hello."), ("Speaker 2", "Hi.")],
    ),
    "bare-names": (
        (
            "Anna Lee\nHello.\n\nBen\nHi.\n\nAnna Lee\n"
            "So.\n\nBen\nYes?\n\nAnna Lee\nWell.\n\nBen\n"
            "Bye."
        ),
        [
            ("Anna Lee", "Hello."),
            ("Ben", "Hi."),
            ("Anna Lee", "So."),
            ("Ben", "Yes?"),
            ("Anna Lee", "Well."),
            ("Ben", "Bye."),
        ],
    ),
    "degree-after-comma": (
        (
            "Mireille B. Reece, Psy.D: One.\n\nAdam: Two.\n\n"
            "Mireille B. Reece, Psy.D: Three.\n\nAdam: Four."
        ),
        [
            ("Mireille B. Reece, Psy.D", "One."),
            ("Adam", "Two."),
            ("Mireille B. Reece, Psy.D", "Three."),
            ("Adam", "Four."),
        ],
    ),
    "digits-and-blanks": (
        "Person_121:    one\n\nPerson_7:    two",
        [("Person_121", "one"), ("Person_7", "two")],
    ),
    "hash-and-at": (
        "#Anna: One.\n#Ben: Two.\n#Anna: Three.\n#Ben: Four.",
        [("Anna", "One."), ("Ben", "Two."), ("Anna", "Three."), ("Ben", "Four.")],
    ),
    "blank-before-colon": (
        "Interviewer1 : Bonjour.\n\nRespondent : Oui.",
        [("Interviewer1", "Bonjour."), ("Respondent", "Oui.")],
    ),
    "role-in-brackets": (
        "Anna (Interviewer): Yes?\n\nBen (Respondent): No.",
        [("Anna (Interviewer)", "Yes?"), ("Ben (Respondent)", "No.")],
    ),
    "slip-of-a-label": (
        (
            "Dan: One.\n\nParticipant Joan: Two.\n\nDan: Three.\n\n"
            "Particpant Joan: Four.\n\nParticipant Joan: Five."
        ),
        [
            ("Dan", "One."),
            ("Participant Joan", "Two."),
            ("Dan", "Three."),
            ("Particpant Joan", "Four."),
            ("Participant Joan", "Five."),
        ],
    ),
    "lower-case-that-repeats": (
        "anna: one\nben: two\nanna: three\nben: four\nanna: five\nben: six",
        [
            ("anna", "one"),
            ("ben", "two"),
            ("anna", "three"),
            ("ben", "four"),
            ("anna", "five"),
            ("ben", "six"),
        ],
    ),
    "somebody-speaks-once": (
        "Anna: One.\nBen: Two.\nAnna: Three.\nBen: Four.\nRingo Starr: Oh, nice.\nAnna: Five.",
        [
            ("Anna", "One."),
            ("Ben", "Two."),
            ("Anna", "Three."),
            ("Ben", "Four."),
            ("Ringo Starr", "Oh, nice."),
            ("Anna", "Five."),
        ],
    ),
    "label-repeats": (
        "I: One.\n\nI: Two.\n\nR: Three.",
        [("I", "One."), ("I", "Two."), ("R", "Three.")],
    ),
    "caseless-script": (
        "张伟：你好。\n李娜：你好。\n张伟：再见。\n李娜：再见。",
        [("张伟", "你好。"), ("李娜", "你好。"), ("张伟", "再见。"), ("李娜", "再见。")],
    ),
    "blanks-within": (
        f"MR.{NBSP} SULLIVAN: One.\n\nMR. SULLIVAN: Two.",
        [("MR. SULLIVAN", "One."), ("MR. SULLIVAN", "Two.")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), STYLES.values(), ids=STYLES.keys())
def test_label_styles(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(read(text)) == expected


NO_LABELS = {
    "web-address": "http://example.org: see there.\n\nhttps://example.org",
    "hour": "10:30 was the time.\n\n11:45 was the other.",
    "wrapped-capitals": (
        "They work with the\nNATO: the alliance said\nso and with\nUSAID DART: the team\nagreed."
    ),
    "openers": "Note: One.\n\nNote: Two.\n\nFirst: Three.\n\nHowever: Four.",
    "the-point-is": "The point is: no.\n\nThe point is: no.\n\nMy question is: why?",
    "so-the-taliban": "We had three. So. The Taliban: yes.\n\nSo. The Taliban: yes, twice.",
    "noise": "[laughter] Yes.\n\n[laughter] No.\n\n[inaudible] Well.",
    "footnotes": "[1] Smith 2010\n\n[2] Jones 2011",
    "source-in-brackets": (
        "[From the Washington Post, Feb. 25, 2010]\n\n"
        "Officials puzzle.\n\n[From the Nation, Nov. 30, 2009]\n\n"
        "More."
    ),
    "a-list": "A. First point.\n\nB. Second point.\n\nA. Third point.",
    "one-acronym": "NATO: the alliance said so.\n\nIt did not mean it.",
    "too-long": f"{'Very ' * 14}Long Name: one.\n\n{'Very ' * 14}Long Name: two.",
}


@pytest.mark.parametrize("text", NO_LABELS.values(), ids=NO_LABELS.keys())
def test_what_is_no_label(text: str) -> None:
    transcript = read(text)
    assert {turn.speaker for turn in transcript.turns} == {""}
    assert {turn.role for turn in transcript.turns} == {Role.NONE}
    assert len(transcript.turns) == text.count("\n\n") + 1


def test_prose_in_capitals_inside_a_turn_stays_in_it() -> None:
    text = "EXPERT: They asked the\nUSAID DART: it came.\n\nINTERVIEWER: And?\n\nEXPERT: It left."
    assert [speaker for speaker, _ in said(read(text))] == ["EXPERT", "INTERVIEWER", "EXPERT"]


def test_a_label_the_user_named_needs_no_evidence() -> None:
    transcript = read("zed: One.\n\nTwo.\n\nThree.", respondent=("ZED",))
    assert said(transcript) == [("zed", "One.\n\nTwo.\n\nThree.")]


HEADERS = {
    "title-and-hour": (
        "East Room\n\n2:09 P.M. EDT\n\nTHE PRESIDENT: Good afternoon.",
        [("THE PRESIDENT", "Good afternoon.")],
    ),
    "metadata": (
        (
            "Date: 3 May 2021\nPlace: Kabul\nInterviewer: Jane Doe\n\n"
            "Interviewer: Hello.\n\nRespondent: Hi."
        ),
        [("Interviewer", "Hello."), ("Respondent", "Hi.")],
    ),
    "metadata-below-a-title": (
        "Interview 7\n\nDate: 3 May 2021\nParticipant: P7\n\nI: Hello.\nP7: Hi.\nI: So?",
        [("I", "Hello."), ("P7", "Hi."), ("I", "So?")],
    ),
    "speech-above-the-first-label": (
        (
            "Good evening, everyone, and thank you for coming tonight.\n\n"
            "INTERVIEWER: Yes?\n\nEXPERT: No."
        ),
        [
            ("", "Good evening, everyone, and thank you for coming tonight."),
            ("INTERVIEWER", "Yes?"),
            ("EXPERT", "No."),
        ],
    ),
    "title-then-speech": (
        "Hearing\n\nWe begin now with the first of our guests.\n\nCHAIR: Yes?\n\nWITNESS: No.",
        [("", "We begin now with the first of our guests."), ("CHAIR", "Yes?"), ("WITNESS", "No.")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), HEADERS.values(), ids=HEADERS.keys())
def test_headers(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(read(text)) == expected


def test_a_text_without_labels_is_its_paragraphs() -> None:
    text = "One two.\n\n\nThree\nfour.\n\n  Five, six,\n\nseven."
    assert said(read(text)) == [
        ("", "One two."),
        ("", "Three\nfour."),
        ("", "Five, six,\n\nseven."),
    ]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Interviewer", Role.INTERVIEWER),
        ("INTERVIEWER 2", Role.INTERVIEWER),
        ("I", Role.INTERVIEWER),
        ("I1", Role.INTERVIEWER),
        ("INT 2", Role.INTERVIEWER),
        ("Interviewer (JS)", Role.INTERVIEWER),
        ("Anna (Interviewer)", Role.INTERVIEWER),
        ("Q", Role.INTERVIEWER),
        ("Moderator", Role.INTERVIEWER),
        ("Researcher", Role.INTERVIEWER),
        ("Host", Role.INTERVIEWER),
        ("Chair", Role.INTERVIEWER),
        ("A", Role.RESPONDENT),
        ("R", Role.RESPONDENT),
        ("P1", Role.RESPONDENT),
        ("THE PRESIDENT", Role.RESPONDENT),
        ("MS. PSAKI", Role.RESPONDENT),
        ("Ian", Role.RESPONDENT),
        ("Ivan", Role.RESPONDENT),
        ("Hostetler", Role.RESPONDENT),
        ("Interpreter", Role.OTHER),
        ("TRANSLATOR", Role.OTHER),
        ("Operator", Role.OTHER),
        ("Break", Role.OTHER),
        ("Jingle", Role.OTHER),
    ],
)
def test_roles(label: str, role: Role) -> None:
    transcript = read(f"{label}: One.\n\nZoe: Two.\n\n{label}: Three.\n\nZoe: Four.")
    assert [turn.role for turn in transcript.turns] == [role, Role.RESPONDENT] * 2


def test_the_users_roles_win() -> None:
    text = "Interviewer: One.\n\nJohn  Smith: Two.\n\nInterviewer: Three.\n\nJohn Smith: Four."
    transcript = read(text, interviewer=("john smith",), other=("INTERVIEWER",))
    assert [turn.role for turn in transcript.turns] == [Role.OTHER, Role.INTERVIEWER] * 2
    assert transcript.turns[1].speaker == "John Smith"


TIMES = {
    "leading": ("[00:01:23] John: This.\n[00:01:45] Jane: And.", [83.0, 105.0]),
    "fraction": ("00:03:40.5Zack: What?\n\n00:03:44.3Jim: That.", [220.5, 224.3]),
    "otter": ("Jane Doe  0:14\nHello.\n\nJoe  1:02:03\nHi.", [14.0, 3723.0]),
    "own-line-above": (
        (
            "[00:00:03]\nAnna: Hello.\n[00:00:09]\nBen: Hi.\n"
            "[00:00:12]\nAnna: So.\n[00:00:15]\nBen: Well."
        ),
        [3.0, 9.0, 12.0, 15.0],
    ),
    "frames-do-not-count": ("[00:00:01:05 - 00:00:04:10]\nSpeaker 1\nHello.", [1.0]),
    "inside": (
        "Anna: One.\n\n[04:04] Two.\n\nBen: Three.\n\nAnna: Four.\n\nBen: Five.",
        [244.0, None, None, None],
    ),
    "none": ("I: One.\nR: Two.", [None, None]),
    "f4-times-the-next-turn": (
        "I: One? #00:00:05-4#\nB: Two. #00:00:12-0#\nI: Three? #00:00:15-1#",
        [None, 5.4, 12.0],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TIMES.values(), ids=TIMES.keys())
def test_times(text: str, expected: list[float | None]) -> None:
    assert [turn.time for turn in read(text).turns] == expected


def test_stamps_inside_a_turn_are_gaps() -> None:
    text = (
        "Anna: One [00:01:23.45] two. (laughter)\n\n"
        "(00:12:03) Three #00:00:05-4# four. (12:10)\n\n"
        "Ben: Five (2:10) six.\n\nAnna: x\n\nBen: y"
    )
    first, second, *_ = read(text).turns
    assert [text[gap.start : gap.end] for gap in first.gaps] == [
        "[00:01:23.45]",
        "(00:12:03)",
        "#00:00:05-4#",
    ]
    assert text[first.span.start : first.span.end].endswith("four.")
    assert second.gaps == ()
