"""How programs and people write who speaks: one small interview in each convention."""

from itertools import cycle

import pytest

from thematic.errors import Problem, Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript
from thematic.readers import ReadOptions, read_text

WORDS = (
    "So how do they pay?",
    "Mostly through donors, I think.",
    "And the families?",
    "They give what they have.",
)
TIMES = ("00:00:03", "00:00:12", "00:01:05", "00:12:34")
SHORT_TIMES = ("0:03", "0:12", "1:05", "12:34")
SECONDS = [3.0, 12.0, 65.0, 754.0]
ROLES = [Role.INTERVIEWER, Role.RESPONDENT] * 2


def read(
    text: str, suffix: str = ".txt", speakers: Speakers | None = None
) -> tuple[Transcript, list[Problem]]:
    options = ReadOptions(speakers=speakers or Speakers())
    transcript, problems = read_text(text, id="x", suffix=suffix, options=options)
    assert transcript is not None, problems
    return transcript, problems


def said(transcript: Transcript) -> list[str]:
    return [transcript.text[turn.span.start : turn.span.end] for turn in transcript.turns]


def names(transcript: Transcript) -> list[str]:
    return [turn.speaker for turn in transcript.turns]


def four(asks: str, answers: str, gap: str = "\n\n") -> str:
    """Four turns; `%` stands for the words, `@` for a long time, `&` for a short one."""
    turns = zip(cycle((asks, answers)), WORDS, TIMES, SHORT_TIMES, strict=False)
    return gap.join(
        form.replace("@", long).replace("&", short).replace("%", words)
        for form, words, long, short in turns
    )


BY_HAND = {
    "colon": ("Interviewer: %", "Participant 1: %", "Interviewer", "Participant 1"),
    "small-letters": ("interviewer: %", "participant: %", "interviewer", "participant"),
    "blank-before-colon": ("INTERVIEWER : %", "PARTICIPANT : %", "INTERVIEWER", "PARTICIPANT"),
    "number-at-once": ("Interviewer1 : %", "Participant1 : %", "Interviewer1", "Participant1"),
    "shortened": ("Int: %", "Resp: %", "Int", "Resp"),
    "shortened-with-a-stop": ("Int.: %", "Resp.: %", "Int.", "Resp."),
    "letters": ("I : %", "R : %", "I", "R"),
    "small-letters-alone": ("i: %", "r: %", "i", "r"),
    "small-q-and-a": ("q: %", "a: %", "q", "a"),
    "german-codes": ("IV: %", "IP: %", "IV", "IP"),
    "semicolon": ("Interviewer; %", "Participant; %", "Interviewer", "Participant"),
    "hyphen-at-once": ("Interviewer- %", "Participant- %", "Interviewer", "Participant"),
    "hyphen": ("Interviewer - %", "Participant - %", "Interviewer", "Participant"),
    "dash": ("Interviewer – %", "Participant 1 – %", "Interviewer", "Participant 1"),
    "dash-and-a-name": ("IV – %", "Dr. Khan – %", "IV", "Dr. Khan"),
    "long-dash": ("Interviewer — %", "Participant — %", "Interviewer", "Participant"),
    "full-stop": ("Interviewer. %", "Participant. %", "Interviewer", "Participant"),
    "letters-and-stops": ("I. %", "R. %", "I", "R"),
    "court-with-numbers": ("Q1. %", "A1. %", "Q1", "A1"),
    "one-blank": ("Q %", "A %", "Q", "A"),
    "equals-sign": ("I= %", "R= %", "I", "R"),
    "angle": ("I> %", "R> %", "I", "R"),
    "full-width-colon": ("I：%", "R：%", "I", "R"),
    "hashes": ("#INT# %", "#P1# %", "INT", "P1"),
    "angle-brackets": ("<INT> %", "<P1> %", "INT", "P1"),
    "square-brackets": ("[Interviewer] %", "[Participant] %", "Interviewer", "Participant"),
    "square-brackets-and-colon": ("[Interviewer]: %", "[Anna]: %", "Interviewer", "Anna"),
    "round-brackets": ("(Interviewer) %", "(Participant) %", "Interviewer", "Participant"),
    "colon-in-brackets": ("[Interviewer:] %", "[Anna:] %", "Interviewer", "Anna"),
    "bold-in-plain-text": ("**Interviewer:** %", "**Anna:** %", "Interviewer", "Anna"),
    "bold-and-colon": ("**Interviewer**: %", "**Anna**: %", "Interviewer", "Anna"),
    "slanted-in-plain-text": ("_Interviewer:_ %", "_Anna:_ %", "Interviewer", "Anna"),
    "leading-blanks": ("   Interviewer: %", "\tParticipant: %", "Interviewer", "Participant"),
    "colon-and-tab": ("Interviewer:\t%", "Participant:\t%", "Interviewer", "Participant"),
    "tab": ("Interviewer\t%", "Anna\t%", "Interviewer", "Anna"),
    "two-blanks": ("Interviewer  %", "Participant  %", "Interviewer", "Participant"),
    "line-break": ("Interviewer:\n%", "Participant:\n%", "Interviewer", "Participant"),
    "blank-line": ("Interviewer:\n\n%", "Participant:\n\n%", "Interviewer", "Participant"),
    "list": ("- Interviewer: %", "- Anna: %", "Interviewer", "Anna"),
    "dialogue-dash": ("– Interviewer: %", "– Anna: %", "Interviewer", "Anna"),
    "arrows": (">> Interviewer: %", ">> Anna: %", "Interviewer", "Anna"),
    "quoted": ("> Interviewer: %", "> Anna: %", "Interviewer", "Anna"),
    "age-in-brackets": (
        "Moderator (M): %",
        "Participant 3 (F, 34): %",
        "Moderator (M)",
        "Participant 3 (F, 34)",
    ),
    "number-sign": ("Interviewer: %", "Respondent #3: %", "Interviewer", "Respondent #3"),
    "code-and-many-blanks": ("Interviewer: %", "Person_121:    %", "Interviewer", "Person_121"),
    "apposition": (
        "Jane – Interviewer: %",
        "Ben – Participant: %",
        "Jane – Interviewer",
        "Ben – Participant",
    ),
    "role-and-name": ("Moderator Jane Lee: %", "Anna: %", "Moderator Jane Lee", "Anna"),
    "slash": ("Interviewer / JS: %", "Anna: %", "Interviewer / JS", "Anna"),
    "second-interviewer": (
        "Second interviewer: %",
        "Female voice: %",
        "Second interviewer",
        "Female voice",
    ),
    "alone-on-a-line": ("Interviewer\n%", "Anna\n%", "Interviewer", "Anna"),
    "letters-alone-on-a-line": ("I\n%", "R\n%", "I", "R"),
    "alone-in-a-paragraph": ("Interviewer\n\n%", "Anna\n\n%", "Interviewer", "Anna"),
    "bold-and-alone": ("**Interviewer**\n%", "**Anna**\n%", "Interviewer", "Anna"),
    "child-language": ("*INV:\t%", "*PAR:\t%", "INV", "PAR"),
}


@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["paragraphs", "lines"])
@pytest.mark.parametrize(
    ("asks", "answers", "asking", "answering"), BY_HAND.values(), ids=BY_HAND.keys()
)
def test_labels_typed_by_hand(
    asks: str, answers: str, asking: str, answering: str, gap: str
) -> None:
    blank_below = asks.endswith("\n\n%")
    transcript, problems = read(four(asks, answers, "\n\n" if blank_below else gap))
    assert said(transcript) == list(WORDS)
    assert names(transcript) == [asking, answering] * 2
    assert [turn.role for turn in transcript.turns] == ROLES
    assert problems == []


BY_PROGRAMS = {
    "danish": ("*@ = I1: %", "*@ = IP2: %", ".txt"),
    "danish-without-blanks": ("*&=I1: %", "*&=IP2: %", ".txt"),
    "danish-in-markdown": ("*& = I1: %", "*& = IP2: %", ".md"),
    "atlas-ti": ("#@.0# I: %", "#@.0# R: %", ".txt"),
    "atlas-ti-stamp-above": ("#@.0#\nI: %", "#@.0#\nR: %", ".txt"),
    "maxqda": ("@.0Interviewer: %", "@.0Jim: %", ".txt"),
    "inqscribe": ("[@.00] Interviewer: %", "[@.00] Anna: %", ".txt"),
    "inqscribe-stamp-above": ("[@.00]\n[Interviewer] %", "[@.00]\n[Anna] %", ".txt"),
    "davinci-resolve": ("[@:01 - @:24]\nInterviewer\n%", "[@:01 - @:24]\nAnna\n%", ".txt"),
    "zoom-txt": ("@\tInterviewer\t%", "@\tAnna Lee\t%", ".txt"),
    "zoom-chat": (
        "@\t From Interviewer To Everyone : %",
        "@\t From Anna Lee to Interviewer (Direct Message): %",
        ".txt",
    ),
    "zoom-chat-words-below": (
        "@ From Interviewer to Everyone:\n\t%",
        "@ From Anna Lee to Everyone:\n\t%",
        ".txt",
    ),
    "zoom-captions": ("[Interviewer] @\n%", "[Anna Lee] @\n%", ".txt"),
    "otter": ("Interviewer  &  \n%", "Unknown Speaker  &  \n%", ".txt"),
    "otter-with-one-blank": ("Interviewer &\n%", "Jane Doe &\n%", ".txt"),
    "otter-one-mistyped": ("Interviewer  &\n%", "jane doe  &\n%", ".txt"),
    "rev": ("Interviewer (&):\n%", "Speaker 2 (&):\n%", ".txt"),
    "rev-of-old": ("Interviewer: (&)\n%", "Speaker 2: (&)\n%", ".txt"),
    "temi": ("Interviewer: &\n%", "Speaker 2: &\n%", ".txt"),
    "trint": ("[@] Interviewer: %", "[@] Speaker 1: %", ".txt"),
    "descript": ("[@] **Interviewer:** %", "[@] **Anna:** %", ".txt"),
    "descript-in-markdown": ("[@] **Interviewer:** %", "[@] **Anna:** %", ".md"),
    "stamp-in-bold": ("**[@] Interviewer:** %", "**[@] Anna:** %", ".txt"),
    "stamp-in-bold-behind": ("**Interviewer [&]:** %", "**Anna [&]:** %", ".txt"),
    "otranscribe": ("& Interviewer: %", "& Anna: %", ".txt"),
    "happy-scribe": ("[@.000] - Interviewer\n%", "[@.000] - Speaker 2\n%", ".txt"),
    "word-transcribe": ("@ Interviewer\n%", "@ Speaker 2\n%", ".txt"),
    "amberscript": ("Interviewer @\n%", "Speaker 2 @\n%", ".txt"),
    "fireflies": ("Interviewer - &\n%", "Anna Lee - &\n%", ".txt"),
    "turboscribe": ("[Interviewer] (& - &)\n%", "[Speaker 2] (& - &)\n%", ".txt"),
    "oral-history": ("01-@\nInterviewer:\t%", "01-@\nSmith:\t%", ".txt"),
    "stamp-and-another-sign": ("[@] Interviewer; %", "[@] Participant - %", ".txt"),
    "stamp-in-round-brackets": ("Interviewer (&) %", "Anna (&) %", ".txt"),
}


@pytest.mark.parametrize(
    ("asks", "answers", "suffix"), BY_PROGRAMS.values(), ids=BY_PROGRAMS.keys()
)
def test_labels_and_times_of_programs(asks: str, answers: str, suffix: str) -> None:
    transcript, problems = read(four(asks, answers), suffix)
    assert said(transcript) == list(WORDS)
    assert [turn.role for turn in transcript.turns] == ROLES
    assert [turn.time for turn in transcript.turns] == SECONDS
    assert problems == []


def test_stamps_at_line_ends_time_the_next_turn() -> None:
    transcript, _ = read(four("I: % #@-0#", "Frau Meier: % #@-0#"))
    assert said(transcript) == list(WORDS)
    assert [turn.time for turn in transcript.turns] == [None, 3.0, 12.0, 65.0]


def test_a_danish_stamp_within_an_answer_is_a_gap() -> None:
    text = "*0:0 = I1: And?\n\nIP2: They give\n*0:55 = what they have.\n\n*1:2 = I1: Yes."
    transcript, _ = read(text)
    assert [turn.time for turn in transcript.turns] == [0.0, 55.0, 62.0]
    assert [text[gap.start : gap.end] for gap in transcript.turns[1].gaps] == ["*0:55 ="]


def test_clock_times_without_brackets_that_count_up_from_the_start_are_stamps() -> None:
    transcript, _ = read("0:00\nso how do\n0:03\nthey pay\n0:05\nby donors")
    (turn,) = transcript.turns
    assert turn.time == 0.0
    gaps = [transcript.text[gap.start : gap.end] for gap in turn.gaps]
    assert gaps == ["0:03", "0:05"]


ELEVEN = (
    ("Interviewer: ", "Participant 1: "),
    ("interviewer: ", "P1 : "),
    ("INTERVIEWER : ", "Participant1: "),
    ("Interviewer1 : ", "Participant 1:\n"),
    ("Int: ", "Participant 1; "),
    ("Int.: ", "   Participant 1:\t"),
    ("I : ", "Participant 1- "),
    ("Interviwer: ", "Particpant 1: "),
    ("Interviewer; ", "Participant 1 – "),
    ("Interviewer - ", "[00:12:34] Participant 1: "),
    ("Interviewer\n", "**Participant 1:** "),
)


@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["paragraphs", "lines"])
def test_eleven_spellings_in_one_file(gap: str) -> None:
    pairs = [(f"{asks}{WORDS[0]}", f"{answers}{WORDS[1]}") for asks, answers in ELEVEN]
    transcript, problems = read(gap.join(gap.join(pair) for pair in pairs * 2))
    assert said(transcript) == list(WORDS[:2]) * 22
    assert [turn.role for turn in transcript.turns] == [Role.INTERVIEWER, Role.RESPONDENT] * 22
    assert ["slip" in problem.message for problem in problems] == [True]


@pytest.mark.parametrize("asks", [asks for asks, _ in ELEVEN], ids=lambda label: label.strip())
@pytest.mark.parametrize("answers", [one for _, one in ELEVEN], ids=lambda label: label.strip())
def test_one_file_writes_its_labels_in_one_way(asks: str, answers: str) -> None:
    transcript, _ = read(four(f"{asks}%", f"{answers}%"))
    assert said(transcript) == list(WORDS)
    assert [turn.role for turn in transcript.turns] == ROLES


def test_a_forgotten_colon() -> None:
    text = four("Interviewer: %", "Participant 1: %")
    text += "\n\nInterviewer What did they want?\n\nParticipant 1 They wanted more."
    transcript, _ = read(text)
    assert said(transcript)[4:] == ["What did they want?", "They wanted more."]


MARKDOWN = {
    "bold-names-alone": ("**Ben**\n%", "**Anna**\n%"),
    "bold-names-in-paragraphs": ("**Ben**\n\n%", "__Anna__\n\n%"),
    "items-of-a-list": ("- **Ben:** %", "- **Anna:** %"),
}


@pytest.mark.parametrize(("one", "other"), MARKDOWN.values(), ids=MARKDOWN.keys())
def test_bold_names_of_markdown(one: str, other: str) -> None:
    transcript, problems = read(four(one, other), ".md")
    assert said(transcript) == list(WORDS)
    assert names(transcript) == ["Ben", "Anna"] * 2
    assert problems == []


SPANISH = (
    "¿Cómo se financian ustedes?",
    "Con las donaciones de la gente que vive en la zona.",
    "¿Y las familias? Digo, las de los pueblos.",
    "Dan lo que tienen, pero no es mucho.",
)
LETTERS = {
    "pregunta": ("P", "R", SPANISH, "P"),
    "pregunta-and-a-name": ("P", "María", SPANISH, "P"),
    "researcher": ("R", "P", WORDS, "R"),
    "frage": ("F", "A", ("Wer zahlt?", "Wir.", "Und wie?", "Bar."), "F"),
    "domanda": ("D", "R", ("Chi paga?", "Noi.", "E come?", "Contanti."), "D"),
    "moderator": ("M", "P1", WORDS, "M"),
    "who-asks-is-not-clear": ("R", "P", ("Go on.", "Yes.", "And then.", "No."), ""),
}


@pytest.mark.parametrize(("one", "other", "words", "asks"), LETTERS.values(), ids=LETTERS.keys())
def test_a_letter_asks_where_its_turns_open_with_questions(
    one: str, other: str, words: tuple[str, ...], asks: str
) -> None:
    turns = zip((one, other) * 2, words, strict=True)
    transcript, problems = read("\n\n".join(f"{who}: {what}" for who, what in turns))
    roles = {turn.speaker: turn.role for turn in transcript.turns}
    wanted = {who: Role.INTERVIEWER if who == asks else Role.RESPONDENT for who in (one, other)}
    assert roles == wanted
    severity = Severity.NOTE if asks else Severity.WARNING
    assert [(problem.line, problem.severity) for problem in problems] == [(1, severity)]


def test_the_users_role_for_a_letter_wins() -> None:
    text = "\n\n".join(f"{who}: {what}" for who, what in zip("PRPR", SPANISH, strict=True))
    transcript, problems = read(text, speakers=Speakers(interviewer=("R",)))
    assert [turn.role for turn in transcript.turns] == ROLES[::-1]
    assert problems == []


PARTS = {
    "alone-in-capitals": "AD BREAK",
    "alone-in-brackets": "[Jingle]",
    "with-a-colon": "Break:",
    "in-capitals-with-a-colon": "BEGIN:",
    "two-words": "MORE INFO: Visit us.",
    "alone-above-a-label": "Intro",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
def test_parts_of_the_recording_are_no_people(part: str) -> None:
    text = four("Host: %", "Anna: %").replace("\n\nHost: And", f"\n\n{part}\n\nHost: And")
    transcript, problems = read(text)
    assert transcript.turns[2].role is Role.OTHER
    assert [turn.role for turn in transcript.turns if turn.role is not Role.OTHER] == ROLES
    assert problems == []


@pytest.mark.parametrize(
    "line",
    ["END", "[MUSIC]", "(End of interview)", "Recording starts: 10:02", "Break: [16:40]"],
)
def test_borders_of_the_recording_are_no_words(line: str) -> None:
    text = four("Host: %", "Anna: %").replace("\n\nHost: And", f"\n\n{line}\n\nHost: And")
    transcript, _ = read(text)
    assert [turn for turn in said(transcript) if turn] == list(WORDS)


@pytest.mark.parametrize(
    "line",
    [
        "Transcribed by https://otter.ai",
        "(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)",
        "This transcript was exported on Jun 05, 2023 - view latest version here.",
    ],
    ids=["otter", "turboscribe", "rev"],
)
def test_what_a_program_says_of_itself_is_no_speech(line: str) -> None:
    transcript, _ = read(
        f"{four('Interviewer  &{0}%', 'Anna  &{0}%')}{chr(10) * 2}{line}".replace("{0}", "\n")
    )
    assert said(transcript) == list(WORDS)


NUMBERED = {
    "each-line": "{n:>3}  ",
    "tabs": "{n}\t",
    "three-digits": "{n:03} ",
}
WRAPPED = (
    "Interviewer: So how do", "they pay?", "",
    "Anna: Mostly through", "donors, I think.", "",
    "Interviewer: And the", "families?", "",
    "Anna: They give", "what they have.",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERED.values(), ids=NUMBERED.keys())
@pytest.mark.parametrize("blank_lines", [True, False], ids=["blank-lines", "no-blank-lines"])
def test_numbers_before_lines_are_gaps(number: str, blank_lines: bool) -> None:
    wrapped = [line for line in WRAPPED if line or blank_lines]
    text = "\n".join(number.format(n=n) + line for n, line in enumerate(wrapped, start=1))
    check_numbered(read(text)[0])


def test_a_number_before_each_fifth_line_is_a_gap() -> None:
    numbers = (f"{n:<4}" if n % 5 == 0 else "    " for n in range(1, 100))
    lines = [line for line in WRAPPED if line] * 4
    text = "\n".join(number + line for number, line in zip(numbers, lines, strict=False))
    transcript, _ = read(text)
    assert [" ".join(words.split()) for words in spoken(transcript)] == list(WORDS) * 4


def test_numbers_begin_again_on_each_page() -> None:
    lines = [line for line in WRAPPED if line]
    text = "\n".join(f"{n % 4 + 1}  {line}" for n, line in enumerate(lines))
    check_numbered(read(text)[0])


def check_numbered(transcript: Transcript) -> None:
    assert [" ".join(words.split()) for words in spoken(transcript)] == list(WORDS)
    assert [turn.role for turn in transcript.turns] == ROLES


def spoken(transcript: Transcript) -> list[str]:
    """What is said in each turn, without the gaps."""
    found = []
    for turn in transcript.turns:
        words, position = "", turn.span.start
        for gap in turn.gaps:
            words += transcript.text[position : gap.start]
            position = gap.end
        found.append(words + transcript.text[position : turn.span.end])
    return found


NO_NUMBERS = {
    "years": "2001 The Taliban fell.\n2002 It was quiet.\n2003 Iraq.\n2004 War.\n2005 More.",
    "a-short-list": "1 flour\n2 oil\n3 sugar",
    "now-and-then": "So it was.\n12 people came.\nWe went.\n13 men left.\nThat is it.\n14 stayed.",
}


@pytest.mark.parametrize("text", NO_NUMBERS.values(), ids=NO_NUMBERS.keys())
def test_numbers_that_are_words(text: str) -> None:
    assert spoken(read(text)[0]) == [text]


PAGES = {
    "of": ["1/3", "2/3", "3/3"],
    "words": ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
    "dashes": ["- 7 -", "- 8 -", "- 9 -"],
    "numbers": ["1", "2", "3"],
}


@pytest.mark.parametrize("pages", PAGES.values(), ids=PAGES.keys())
def test_pages_that_count_up_are_no_words(pages: list[str]) -> None:
    first, second, third = pages
    text = (
        f"I: So how do they pay?\n\nR: Mostly through\n\n{first}\n\ndonors, I think.\n\n"
        f"I: And the families?\n\n{second}\n\nR: They give what they have.\n\n{third}\n"
    )
    transcript, _ = read(text)
    assert [" ".join(words.split()) for words in spoken(transcript)] == list(WORDS)


def test_numbers_that_do_not_count_up_are_words() -> None:
    transcript, _ = read("I: How many?\n\nR: I said\n\n7\n\nand then\n\n4\n\nI: Ah.")
    assert said(transcript)[1] == "I said\n\n7\n\nand then\n\n4"


TRAPS = {
    "acronym-in-capitals": "ISIS: They came.",
    "two-letters": "UN: They came.",
    "letter-and-number": "G20: They came.",
    "words-in-capitals": "USAID DART: They came and went.",
    "illness": "AIDS: It came.",
    "ratio": "Ratio: 2:1 it was.",
    "the-end": "The End: A film.",
    "quotation": '"Taliban: a history" is the book.',
    "verse-alone": "John 3:16\nFor God so loved.",
    "hour-after-a-name": "Kabul 10:30: we left.",
    "rifle": "AK47: They had it.",
    "unknown-letter": "X: Nobody knows it.",
    "the-interviewer": "The interviewer: it was she.",
    "verse": "Mt 5:3 Blessed are the poor.",
    "hour": "10:30: we left.",
    "address": "https://example.org: see it.",
    "note": "Note: It was late.",
    "steps": "Step 1: They came.\n\nStep 2: They left.",
    "days": "Day 1: They came.\n\nDay 2: They left.",
    "list": "- Kabul: the capital.\n- Herat: the west.",
    "dash": "Well - I do not know.",
    "name-and-dash": "Khan - that is my father - came.",
    "stutter": "I - I think so.",
    "however": "However; I went.",
    "name-alone": "Anna\n\nThat was her name.",
    "he-said": "He said: go away.",
    "small-word": "yes: that is so.",
    "roman-numbers": "i: one\nii: two\niii: three",
    "points": "a: one\nb: two\nc: three",
    "mail": "From: Anna\nTo: Ben\nSubject: Hello",
    "participants": "Participants said that.",
    "observation": "Participant observation - that is what I did.",
    "sentence": "A man came.",
    "table": "Table 2: The budget.",
    "magazine": "Q. is a magazine.",
    "postscript": "P.S.: They left.",
}
NOTED = frozenset(list(TRAPS)[:13])


@pytest.mark.parametrize(("asks", "answers"), [("Interviewer", "Khan"), ("I", "R")])
@pytest.mark.parametrize("trap", TRAPS, ids=str)
def test_prose_that_looks_like_a_label_stays_in_the_answer(
    trap: str, asks: str, answers: str
) -> None:
    text = four(f"{asks}: %", f"{answers}: %")
    text = text.replace(f"\n\n{asks}: And", f"\n\n{TRAPS[trap]}\n\n{asks}: And")
    transcript, problems = read(text)
    assert names(transcript) == [asks, answers] * 2
    assert TRAPS[trap] in said(transcript)[1]
    assert [(p.line, p.severity) for p in problems] == (
        [(5, Severity.NOTE)] if trap in NOTED else []
    )


SEVERAL = {
    "lettered-points": ("A: First one.", "B: Second one.", "C: Third one."),
    "numbered-points": ("1: First one.", "2: Second one.", "3: Third one."),
    "one-acronym": ("TTP: They came.", "TTP: They left."),
    "acronyms": ("ISI: They came.", "CIA: They left.", "FBI: They too.", "KGB: They not."),
}


@pytest.mark.parametrize(("asks", "answers"), [("Interviewer", "Khan"), ("I", "R")])
@pytest.mark.parametrize("points", SEVERAL.values(), ids=SEVERAL.keys())
def test_points_of_an_answer_are_no_speakers_and_are_noted(
    points: tuple[str, ...], asks: str, answers: str
) -> None:
    text = four(f"{asks}: %", f"{answers}: %")
    inserted = "\n\n".join(points)
    text = text.replace(f"\n\n{asks}: And", f"\n\n{inserted}\n\n{asks}: And")
    transcript, problems = read(text)
    assert names(transcript) == [asks, answers] * 2
    assert [problem.line for problem in problems] == [5 + 2 * n for n in range(len(points))]


UNLABELLED = {
    "capitals": ("War.\n\nUSAID DART: They came.\n\nNATO: They left.\n\nOver.", [3]),
    "hours": ("10:30 was one.\n\n11:45 was two.\n\n12:15 was three.", []),
    "agenda": ("9:00 Welcome\n9:15 Talk\n9:30 Break", []),
    "glossary": ("Madrasa: a school.\n\nUmma: the community.\n\nZakat: alms.", []),
    "steps": ("Step 1: One.\n\nStep 2: Two.\n\nStep 3: Three.", []),
    "articles": ("Article 5: All are equal.\n\nArticle 6: None.\n\nArticle 5: Again.", []),
    "roman-numbers": ("I. Introduction here.\n\nII. Methods here.\n\nIII. Results here.", []),
    "points": ("a) First.\n\nb) Second.\n\nc) Third.\n\ni) Fourth.", []),
    "places": ("Kabul - the capital.\n\nHerat - in the west.\n\nKabul - again.\n\nEnd.", []),
    "verses": ("John 3:16\nFor God.\n\nJohn 3:17\nFor God.\n\nJohn 3:18\nWhoever.", [1, 4, 7]),
    "suras": ("Al-Baqarah 2:55\nGod.\n\nAn-Nisa 4:59\nObey.\n\nAl-Maidah 5:51\nDo not.", [1, 4, 7]),
    "bold-heads": ("**Funding:** A.\n\n**Recruitment:** B.\n\n**Control:** C.", [1, 3, 5]),
    "notes": ("(Laughter) Yes.\n\n(Applause) No.\n\n(Laughter) Well.\n\n(Applause) So.", []),
    "footnotes": ("[1] Smith\n\n[2] Jones\n\n[Ibid] p. 4\n\n[Ibid] p. 5", []),
    "sentences": ("I think so.\n\nI do.\n\nA man came.\n\nQ was a magazine.", []),
    "a-place-that-repeats": (
        "Kabul: the first.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nKabul: the last.",
        [1, 13],
    ),
}


@pytest.mark.parametrize(("text", "noted"), UNLABELLED.values(), ids=UNLABELLED.keys())
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_without_labels_has_no_speakers(text: str, noted: list[int], suffix: str) -> None:
    transcript, problems = read(text, suffix)
    assert set(names(transcript)) == {""}
    assert [problem.line for problem in problems] == noted


NO_ROLES = ["IAN", "IVAN", "IRIS", "IDA", "ISIS", "INGE", "QUINN", "Ian", "IP2"]


@pytest.mark.parametrize("name", NO_ROLES)
def test_names_that_begin_like_a_letter_that_asks(name: str) -> None:
    transcript, _ = read(four("Anna: %", f"{name}: %"))
    assert {turn.role for turn in transcript.turns} == {Role.RESPONDENT}


def test_somebody_within_paragraphs_speaks_if_it_is_in_several() -> None:
    transcript, problems = read("Anna: How?\nBen: So.\n\nAnna: And?\nBen: No.\n\nAnna: Ah.")
    assert names(transcript) == ["Anna", "Ben", "Anna", "Ben", "Anna"]
    assert problems == []
