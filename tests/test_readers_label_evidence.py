"""Labels beside prose that looks like one, slips, numbers and pages round the words."""

import pytest

from thematic.errors import Problem, Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript
from thematic.readers import ReadOptions, read_text


def read(
    text: str, suffix: str = ".txt", **speakers: tuple[str, ...]
) -> tuple[Transcript, list[Problem]]:
    options = ReadOptions(speakers=Speakers(**speakers))
    transcript, problems = read_text(text, id="x", suffix=suffix, options=options)
    assert transcript is not None, problems
    return transcript, problems


def said(text: str) -> list[tuple[str, str]]:
    transcript, _ = read(text)
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


FOUR = ("Hello.", "Hi.", "And?", "No.")


def four(asks: str, answers: str) -> list[tuple[str, str]]:
    return list(zip((asks, answers) * 2, FOUR, strict=True))


LAYOUTS = {
    "role-alone-on-its-line": ("Interviewer\nHello.\n\nRespondent\nHi.", "Interviewer", 2),
    "role-alone-without-blank-lines": (
        "Interviewer\nHello.\nRespondent\nHi.\nInterviewer\nAnd?\nRespondent\nNo.",
        "Interviewer",
        4,
    ),
    "capitals-and-a-blank-line-below": (
        "INTERVIEWER\n\nHello.\n\nKHAN\n\nHi.\n\nINTERVIEWER\n\nAnd?\n\nKHAN\n\nNo.",
        "INTERVIEWER",
        4,
    ),
    "name-below-a-range-of-stamps": (
        "[00:00:01:00 - 00:00:05:00]\nAnn Lee\nHello.\n\n[00:00:05:00 - 00:00:07:00]\nBob\nHi.",
        "Ann Lee",
        2,
    ),
    "tabs": ("I\tHello.\nR\tHi.\nI\tAnd?\nR\tNo.", "I", 4),
    "tabs-without-full-stops": ("I\tso then\nR\tyes\nI\tand\nR\twell", "I", 4),
    "f4-stamp-before-and-after": (
        "#00:00:00-0# I: Hello. #00:00:05-4#\n\n#00:00:05-4# B: Hi. #00:00:09-0#",
        "I",
        2,
    ),
    "numbers": ("1 I: Hello.\n2 R: Hi.\n3 I: And?\n4 R: No.", "I", 4),
    "numbers-and-dots": (
        "1. Interviewer: Hello.\n2. Khan: Hi.\n3. Interviewer: And?\n4. Khan: No.",
        "Interviewer",
        4,
    ),
    "numbers-and-blanks": (
        "1  Interviewer: Hello.\n\n2  Khan: Hi.\n\n3  Interviewer: And?\n\n4  Khan: No.",
        "Interviewer",
        4,
    ),
    "pages-and-no-full-stops": (
        "I: one\nR: two\nand\nmore\n\n1/6\n\nI: three\nR: four\nso\non\n\nPage 2 of 6\n\nI: five",
        "I",
        5,
    ),
    "a-page-between-dashes": ("I: one\nR: two\n\n- 3 -\n\nI: three\nR: four", "I", 4),
    "a-role-in-brackets": (
        "Anna Smith (interviewer): Hello.\nKhan: Hi.\nAnna Smith (interviewer): And?\nKhan: No.",
        "Anna Smith (interviewer)",
        4,
    ),
    "something-in-brackets": (
        "Anna Smith (interviewer): Hello.\n\nAli Khan (analyst): Hi.",
        "Anna Smith (interviewer)",
        2,
    ),
    "role-colon-name-in-brackets": (
        "Anna (role: interviewer): Hello.\n\nAli Khan (role: analyst): Hi.",
        "Anna (role: interviewer)",
        2,
    ),
    "german": ("Frage: Wer?\n\nAntwort: Wir.", "Frage", 2),
    "french": ("Enquêtrice : Qui ?\n\nEnquêté : Nous.", "Enquêtrice", 2),
    "spanish": ("Entrevistadora: ¿Quién?\n\nRespuesta: Nosotros.", "Entrevistadora", 2),
    "italian": ("Domanda: Chi?\n\nRisposta: Noi.", "Domanda", 2),
    "russian": ("Вопрос: Кто?\n\nОтвет: Мы.", "Вопрос", 2),
    "chinese": ("问：谁。\n答：我们。", "问", 2),
    "japanese": ("質問：誰。\n回答：私。", "質問", 2),
    "arabic": ("سؤال: من؟\n\nجواب: نحن.", "سؤال", 2),
}


@pytest.mark.parametrize(("text", "asks", "turns"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_turns_alternate_between_who_asks_and_who_answers(text: str, asks: str, turns: int) -> None:
    transcript, problems = read(text)
    assert problems == []
    assert len(transcript.turns) == turns
    for turn in transcript.turns:
        asking = turn.number % 2 == 1
        assert (turn.speaker == asks) == asking
        if asks != "Ann Lee":
            assert turn.role == (Role.INTERVIEWER if asking else Role.RESPONDENT)
        assert len(turn.span) > 0


def test_page_lines_stay_in_the_words() -> None:
    assert said("I: one\nR: two\n\n- 3 -\n\nI: four") == [
        ("I", "one"),
        ("R", "two\n\n- 3 -"),
        ("I", "four"),
    ]


def test_the_number_before_a_name_belongs_to_no_words() -> None:
    assert said("1 I: Hello.\n2 R: Hi.\n3 I: And?\n4 R: No.") == four("I", "R")


@pytest.mark.parametrize(
    "sign",
    ["\u200b", "\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\ufeff", "\u00ad"],
    ids=lambda sign: f"{ord(sign):04x}",
)
def test_marks_that_nobody_sees_hide_no_label(sign: str) -> None:
    before = "".join(f"{sign}{who}: {words}\n\n" for who, words in four("I", "R"))
    between = "".join(f"{who}{sign}: {words}\n\n" for who, words in four("Interviewer", "Ali"))
    within = between.replace("Interviewer", f"Inter{sign}viewer")
    assert said("Title\n\n" + before) == four("I", "R")
    assert said(between) == four("Interviewer", "Ali")
    assert said(within) == four("Interviewer", "Ali")


NO_LABELS = {
    "a-table-with-tabs": "Kabul\t2001\nHerat\t2002\nKabul\t2003\nHerat\t2004",
    "headings-in-capitals": "START\n\nOne here.\n\nMETHOD\n\nTwo here.\n\nEND\n\nThree here.",
    "a-numbered-list": "1. Alpha: one thing.\n2. Beta: another.\n3. Gamma: the last.",
}


@pytest.mark.parametrize("text", NO_LABELS.values(), ids=NO_LABELS.keys())
def test_what_is_no_label(text: str) -> None:
    assert {turn.speaker for turn in read(text)[0].turns} == {""}


PROSE = {
    "acronym": "NATO: that is what they say.",
    "acronym-and-a-capital": "NATO: They say so.",
    "the": "The Taliban: they were never alone.",
    "the-and-a-capital": "The Taliban: They were never alone.",
    "indented": "    Kabul Office: They were never alone.",
    "title": "Dr. Aziz: he was my friend.",
    "two-capitals": "USAID DART: they came.",
}
LABELLED = "{asks}: How are they?\n\n{answers}: They are fine.{gap}{prose}\n\n{asks}: And?\n\n{answers}: It left.\n\nMore of it."


@pytest.mark.parametrize("prose", PROSE.values(), ids=PROSE.keys())
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["same-paragraph", "own-paragraph"])
@pytest.mark.parametrize("names", [("INTERVIEWER", "EXPERT"), ("I", "R"), ("Interviewer", "Khan")])
def test_prose_in_a_labelled_text_is_no_speaker_and_is_noted(
    names: tuple[str, str], gap: str, prose: str
) -> None:
    asks, answers = names
    text = LABELLED.format(asks=asks, answers=answers, gap=gap, prose=prose)
    transcript, problems = read(text)
    assert [turn.speaker for turn in transcript.turns] == [asks, answers] * 2
    assert prose.strip() in text[transcript.turns[1].span.start : transcript.turns[1].span.end]
    assert all(problem.severity is Severity.NOTE for problem in problems)
    if gap == "\n\n":
        assert [problem.line for problem in problems] == [5]
        assert "looks like a label but stands once" in problems[0].message


ONCE = {
    "two-words": "Ringo Starr: One word.",
    "capitals-and-a-title": "MR. SMITH: One word.",
    "office": "THE PRESIDENT: One word.",
    "role": "Interpreter: one word.",
}


@pytest.mark.parametrize("words", ONCE.values(), ids=ONCE.keys())
def test_somebody_who_speaks_once_is_a_speaker(words: str) -> None:
    text = LABELLED.format(asks="INTERVIEWER", answers="EXPERT", gap="\n\n", prose=words)
    transcript, problems = read(text)
    assert transcript.turns[2].speaker == words.partition(":")[0]
    assert problems == []


def test_a_name_twice_within_paragraphs_is_prose() -> None:
    text = LABELLED.format(
        asks="Interviewer", answers="Khan", gap="\n", prose="NATO: they came.\nNATO: they left."
    )
    transcript, problems = read(text)
    assert [turn.speaker for turn in transcript.turns] == ["Interviewer", "Khan"] * 2
    assert ["only within paragraphs" in problem.message for problem in problems] == [True, True]


def test_at_most_five_names_are_noted() -> None:
    words = "\n\n".join(f"The {name}: so." for name in ("One", "Two", "Six", "Ten"))
    more = "\n\n".join(f"Dr. {name}: so." for name in ("Ada", "Bea", "Cem", "Dan"))
    text = LABELLED.format(asks="I", answers="R", gap="\n\n", prose=f"{words}\n\n{more}")
    transcript, problems = read(text)
    assert {turn.speaker for turn in transcript.turns} == {"I", "R"}
    assert len(problems) == 5


SLIPS = {
    "once-each": ("Interviewer", "Intervewer", Role.INTERVIEWER),
    "two-letters": ("Moderator", "Modertor", Role.INTERVIEWER),
    "interpreter": ("Interpreter", "Interpeter", Role.OTHER),
    "of-a-respondent": ("Participant Joan", "Particpant Joan", Role.RESPONDENT),
}


@pytest.mark.parametrize(("label", "slip", "role"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_takes_the_role_of_the_label_it_is_like(label: str, slip: str, role: Role) -> None:
    text = f"{label}: One?\n\nZoe: Two.\n\n{slip}: Three?\n\nZoe: Four.\n\n{label}: Five?"
    transcript, problems = read(text)
    assert [turn.speaker for turn in transcript.turns] == [label, "Zoe", slip, "Zoe", label]
    assert [turn.role for turn in transcript.turns[::2]] == [role] * 3
    noted = [] if role is Role.RESPONDENT else [(5, Severity.NOTE)]
    assert [(problem.line, problem.severity) for problem in problems] == noted


def test_a_slip_that_repeats_is_like_the_role_word_itself() -> None:
    text = "Intervewer: One?\n\nZoe: Two.\n\nIntervewer: Three?\n\nZoe: Four."
    transcript, problems = read(text)
    assert transcript.turns[2].role is Role.INTERVIEWER
    assert len(problems) == 1


def test_who_answers_is_no_slip_for_who_asks() -> None:
    text = "Interviewer: One?\n\nInterviewees: Two.\n\nInterviewer: Three?\n\nInterviewees: Four."
    transcript, problems = read(text)
    assert [turn.role for turn in transcript.turns] == [Role.INTERVIEWER, Role.RESPONDENT] * 2
    assert problems == []


def test_the_users_role_for_a_slip_wins() -> None:
    text = "Interviewer: One?\n\nZoe: Two.\n\nIntervewer: Three?\n\nInterviewer: Four?"
    transcript, problems = read(text, respondent=("Intervewer",))
    assert transcript.turns[2].role is Role.RESPONDENT
    assert problems == []


PAIRS = "Date: 3 March 2020\nLocation: Kabul\nInterviewer: Anna"
HEADERS = {
    "a-title-in-the-same-block": f"Interview 12\n{PAIRS}\n\n",
    "a-sentence-as-title": f"Interview 12\nFor the archive\n{PAIRS}\n\n",
    "rules-round-it": f"Interview 12\n---\n{PAIRS}\n---\n\n",
    "a-rule-and-then-turns": f"{PAIRS}\n---\n",
    "the-first-turn-right-below": f"{PAIRS}\n",
    "german": "Interview 12\nDatum: 3. Mai 2020\nOrt: Kabul\nInterviewerin: Anna Schmidt\n\n",
    "blank-lines-between": "Date: 3 March 2020\n\nLocation: Kabul\n\nInterviewer: Anna\n\n",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["lines", "paragraphs"])
def test_the_keys_above_the_first_turn_are_no_speakers(header: str, gap: str) -> None:
    turns = gap.join(f"{who}: {words}" for who, words in four("Interviewer", "Khan"))
    assert said(header + turns) == four("Interviewer", "Khan")


def test_a_key_that_speaks_again_below_is_a_speaker() -> None:
    text = "Country: yes\nHandler: And?\nCountry: no\nHandler: So?"
    assert [speaker for speaker, _ in said(text)] == ["Country", "Handler"] * 2


def test_a_voice_in_capitals_once_where_every_paragraph_has_a_label() -> None:
    names = ["MODERATOR", "ANNA", "BEN", "CARL", "MODERATOR", "ANNA", "BEN"]
    text = "\n\n".join(f"{name}: Some words." for name in names)
    assert [speaker for speaker, _ in said(text)] == names


def test_a_date_is_no_speaker_below_either() -> None:
    text = "Date: 1 May\n\nI: Hello.\n\nDate: 2 May\n\nR: Hi.\n\nI: And?\n\nR: No."
    assert {speaker for speaker, _ in said(text)} == {"I", "R"}
