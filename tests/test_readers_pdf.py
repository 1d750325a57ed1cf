"""PDF: what is text, what is furniture, where paragraphs and turns begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import pytest
from pdf_files import HEIGHT, LEADING, LEFT, TOP, At, Page, lines, pdf

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers import read_bytes

SPEECH = (
    "Interviewer: How did the day begin for you and for all the others there?",
    "",
    "Anna: We stood at the gate for an hour, and nobody came to open it, so we",
    "went round to the back.",
    "",
    "Interviewer: And then?",
    "",
    "Anna: Then it rained.",
)


def read_all(data: bytes) -> tuple[Transcript, list[Problem]]:
    transcript, problems = read_bytes(data, id="x", suffix=".pdf")
    assert transcript is not None, problems
    return transcript, problems


def read(data: bytes) -> Transcript:
    """The transcript of a PDF that has no faults; notes may tell what was left out."""
    transcript, problems = read_all(data)
    assert all(problem.severity is Severity.NOTE for problem in problems), problems
    return transcript


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


def spread(*pages: Sequence[At]) -> str:
    """The text of pages, each with lines of speech of its own below `pages`' words."""
    return read(pdf(*(own_lines(n) + list(words) for n, words in enumerate(pages)))).text


WORDS = "alder birch cedar elder hazel larch maple olive poplar rowan spruce willow".split()


def own_lines(number: int, count: int = 30, y: float = TOP - 40) -> list[At]:
    """Full lines of speech that no other page has."""
    texts = (
        " ".join(
            f"{WORDS[(number * 7 + n * 5 + k) % 12]}{chr(97 + (n * k + number) % 26)}"
            for k in range(10)
        )
        for n in range(count)
    )
    return lines(*texts, y=y)


def text_of_own_lines(number: int) -> str:
    return "\n".join(one.text for one in own_lines(number))


def test_turns_and_paragraphs() -> None:
    transcript = read(pdf(lines(*SPEECH)))
    assert said(transcript) == [
        ("Interviewer", "How did the day begin for you and for all the others there?"),
        (
            "Anna",
            "We stood at the gate for an hour, and nobody came to open it, so we\nwent round to the back.",
        ),
        ("Interviewer", "And then?"),
        ("Anna", "Then it rained."),
    ]
    assert transcript.text == "\n".join(SPEECH)
    assert transcript.format == "pdf"


def test_bytes_alone_tell_that_it_is_a_pdf() -> None:
    transcript, _ = read_bytes(pdf(lines(*SPEECH)), id="x", suffix="")
    assert transcript is not None
    assert transcript.format == "pdf"


FOOT, HEAD = 30, 810  # heights at which feet and heads stand

PAGE_NUMBERS = {
    "bare": ("1", "2", "3", "4"),
    "of": ("1/4", "2/4", "3/4", "4/4"),
    "page-of": ("Page 1 of 4", "Page 2 of 4", "Page 3 of 4", "Page 4 of 4"),
    "dashes": ("- 1 -", "- 2 -", "- 3 -", "- 4 -"),
    "German": ("Seite 1 von 4", "Seite 2 von 4", "Seite 3 von 4", "Seite 4 von 4"),
    "from-17": ("17", "18", "19", "20"),
    "roman": ("i", "ii", "iii", "iv"),
    "anew": ("1", "2", "1", "2"),
    "without-the-first": ("", "2", "3", "4"),
    "even-and-odd": ("Study | 1", "2 | Study", "Study | 3", "4 | Study"),
    "same-words": ("Confidential", "Confidential", "Confidential", "Confidential"),
    "chapters": ("Arrival 1", "Arrival 2", "Leaving 3", "Leaving 4"),
}


@pytest.mark.parametrize("y", [FOOT, HEAD], ids=["foot", "head"])
@pytest.mark.parametrize("furniture", PAGE_NUMBERS.values(), ids=PAGE_NUMBERS.keys())
def test_heads_and_feet_are_left_out(furniture: Sequence[str], y: float) -> None:
    text = spread(*([At(280, y, words)] if words else [] for words in furniture))
    assert text == "\n".join(text_of_own_lines(n) for n in range(4))


LONE_NUMBERS = {
    "1/1": At(540, FOOT, "1/1"),
    "page-1-of-1": At(280, FOOT, "Page 1 of 1"),
    "1-far-below": At(295, FOOT, "1"),
}


@pytest.mark.parametrize("number", LONE_NUMBERS.values(), ids=LONE_NUMBERS.keys())
def test_the_number_of_the_only_page_is_left_out(number: At) -> None:
    assert read(pdf([*lines(*SPEECH), number])).text == "\n".join(SPEECH)


def test_what_a_browser_prints_round_one_page_is_left_out() -> None:
    words = [
        *lines(*SPEECH),
        At(24, 17, "https://example.org/a", size=8),
        At(560, 17, "1/1", size=8),
    ]
    assert read(pdf(words)).text == "\n".join(SPEECH)


def test_a_head_of_several_parts_with_a_chapter() -> None:
    heads = [
        [At(LEFT, HEAD, "Study of gates"), At(250, HEAD, chapter), At(520, HEAD, str(n + 1))]
        for n, chapter in enumerate(["Arriving", "Waiting", "Rain", "Leaving"])
    ]
    assert spread(*heads) == "\n".join(text_of_own_lines(n) for n in range(4))


def test_what_was_left_out_is_told() -> None:
    pages = [
        [*own_lines(n), At(LEFT, HEAD, "Study of gates"), At(280, FOOT, str(n))] for n in range(3)
    ]
    _, problems = read_all(pdf(*pages))
    assert [(p.severity, p.message) for p in problems] == [
        (Severity.NOTE, "left out as running heads and feet: 'Study of gates' (3x)")
    ]


SPEECH_AT_THE_EDGE = {
    "numbers-that-count-two-pages": (["5"], ["6"]),
    "numbers-that-do-not-count": (["12"], ["7"], ["30"]),
    "words-once": (["Anna: Never."], ["Anna: Always."], ["Anna: Sometimes."]),
    "a-line-of-one-page": ([], ["Forty-two"], []),
}


@pytest.mark.parametrize("ends", SPEECH_AT_THE_EDGE.values(), ids=SPEECH_AT_THE_EDGE.keys())
def test_speech_at_the_edge_is_kept(ends: Sequence[Sequence[str]]) -> None:
    """The last line of each page, in the flow of the text."""
    below = TOP - 40 - 30 * LEADING
    pages = [own_lines(n) + lines(*words, y=below) for n, words in enumerate(ends)]
    text = read(pdf(*pages)).text
    for words in ends:
        assert all(word in text for word in words)


def test_a_label_that_begins_several_pages_is_no_head() -> None:
    """It stands within pages too."""
    label = [At(LEFT, TOP, "Participant")]
    below = lines("", "", "Participant", "", y=TOP - 40 - 30 * LEADING)
    pages = [label + own_lines(n, y=TOP - LEADING) + below for n in range(4)]
    assert read(pdf(*pages)).text.count("Participant") == 8


def numbered(numbers: Sequence[str], x: float, page: int = 0) -> list[At]:
    """Numbers beside the lines of a page; an empty one stands for none."""
    own = own_lines(page)
    return own + [At(x, one.y, text) for one, text in zip(own, numbers, strict=False) if text]


MARGINS: dict[str, Callable[[int], list[At]]] = {
    "lines-on-through": lambda n: numbered([str(30 * n + k) for k in range(1, 31)], 40, n),
    "lines-on-each-page": lambda n: numbered([str(k) for k in range(1, 31)], 40, n),
    "every-fifth": lambda n: numbered([str(k) if k % 5 == 0 else "" for k in range(1, 31)], 40, n),
    "right": lambda n: numbered([str(k) for k in range(1, 31)], 570, n),
    "numbers-first": lambda n: (
        numbered([str(k) for k in range(1, 31)], 40, n)[::-1][:30][::-1] + own_lines(n)
    ),
}


@pytest.mark.parametrize("page", MARGINS.values(), ids=MARGINS.keys())
def test_line_numbers_are_left_out(page: Callable[[int], list[At]]) -> None:
    assert read(pdf(page(0), page(1))).text == "\n".join(map(text_of_own_lines, range(2)))


def test_paragraph_numbers_begin_paragraphs() -> None:
    """As MAXQDA prints them: beside the first line, the next ones beyond the edge too."""
    texts = [
        "Anna: Yes.",
        "Ben: No, not at all, for we had all gone home by then and it",
        "rained.",
        "Anna: Ah.",
        "Ben: So.",
    ]
    words = lines(*texts)
    marks = [(0, "1"), (1, "2"), (3, "3"), (4, "4")]
    words += [At(40, words[n].y, mark) for n, mark in marks] + [At(40, -30, "5"), At(40, -60, "6")]
    assert read(pdf(words)).text.split("\n\n") == [
        "Anna: Yes.",
        "Ben: No, not at all, for we had all gone home by then and it\nrained.",
        "Anna: Ah.",
        "Ben: So.",
    ]


KEPT_NUMBERS = {
    "in-the-text": [At(LEFT, 700, "12"), At(LEFT, 686, "13"), At(LEFT, 672, "14")],
    "list": lines("1. One", "2. Two", "3. Three", y=700),
    "years": [At(40, 700, "1989"), At(40, 686, "2001"), At(40, 672, "2020")],
}


@pytest.mark.parametrize("numbers", KEPT_NUMBERS.values(), ids=KEPT_NUMBERS.keys())
def test_other_numbers_are_kept(numbers: list[At]) -> None:
    above = lines("Anna: I will tell you all the numbers that I know, one by one by one.")
    below = lines("That was all of it, and I know no more than these that you have heard.", y=640)
    text = read(pdf(above + numbers + below)).text
    assert [one.text for one in numbers if one.text not in text] == []


LONG = "and that is why I have never gone back to the house by the lake"


def test_a_line_printed_again_on_the_next_page_is_left_out() -> None:
    """Also where the two halves of a sentence meet across it."""
    first = [*own_lines(0), *lines(LONG, y=TOP - 40 - 30 * LEADING)]
    second = [*lines(LONG, "since then, as you may well imagine.", y=TOP)]
    transcript, problems = read_all(pdf(first, second))
    assert f"{LONG}\nsince then" in transcript.text
    assert transcript.text.count(LONG) == 1
    assert [problem.message for problem in problems] == [
        "left out: 1 line printed a second time at the top of a page"
    ]


@pytest.mark.parametrize(("top", "times"), [(TOP, 2), (HEIGHT - 5, 1)], ids=["whole", "cut"])
def test_a_short_line_again_is_a_repeat_only_where_the_edge_cuts_it(top: float, times: int) -> None:
    first = [*own_lines(0), *lines("Anna: Yes.", y=TOP - 40 - 30 * LEADING)]
    second = [At(LEFT, top, "Anna: Yes."), *own_lines(1)]
    assert read(pdf(first, second)).text.count("Anna: Yes.") == times


HYPHENS = {
    "joined-word-elsewhere": (("we inter-", "view people; an interview", "is long"), "we interview\npeople; an interview\nis long"),
    "at-a-capital": (("it was al-", "Qaida, they said"), "it was al-\nQaida, they said"),
    "hyphened-elsewhere": (("the re-", "form and re-form and reform", "."), "the re-\nform and re-form and reform\n."),
    "neither-elsewhere": (("some inter-", "view people"), "some inter-\nview people"),
    "only-the-same-break": (("inter-", "view and inter-", "view"), "inter-\nview and inter-\nview"),
    "with-a-sign-behind": (("an inter-", "view, he said; interview"), "an interview,\nhe said; interview"),
    "capitals": (("The INTER-", "VIEW is an interview"), "The INTERVIEW\nis an interview"),
    "two-hyphens": (("side-by-", "side and side-by-side"), "side-by-\nside and side-by-side"),
    "a-dash": (("he came -", "view of it: came view"), "he came -\nview of it: came view"),
    "numbers": (("in 1990-", "1995 and 19901995"), "in 1990-\n1995 and 19901995"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "wanted"), HYPHENS.values(), ids=HYPHENS.keys())
def test_words_parted_at_a_line_end(parts: Sequence[str], wanted: str) -> None:
    assert read(pdf(lines(*parts))).text.replace("\n\n", "\n") == wanted


def test_a_word_parted_by_a_page_break() -> None:
    first = [*own_lines(0), *lines("so we went on to transcribe the first three inter-", y=310)]
    second = lines("views, and all other interviews later.")
    assert "three interviews,\nand all" in read(pdf(first, second)).text


def test_bold_names_are_labels() -> None:
    """Also one that stands once, and for names that nobody would take for labels."""
    words = [
        At(LEFT, 700, "Zed:", bold=True),
        At(LEFT + 40, 700, "I was here."),
        At(LEFT, 670, "Box Nine:", bold=True),
        At(LEFT + 90, 670, "So was I."),
    ]
    assert said(read(pdf(words))) == [("Zed", "I was here."), ("Box Nine", "So was I.")]


def test_larger_letters_are_titles() -> None:
    title = [At(LEFT, 790, "We stood at the gate for an hour, all of us.", size=20)]
    transcript = read(pdf(title + lines(*SPEECH, y=740)))
    assert transcript.text.startswith("We stood at the gate for an hour, all of us.\n\nInter")
    assert said(transcript)[0][0] == "Interviewer"


START = "We stood at the gate for an hour, and nobody came to open it, so that"
FULL = "I went round to the barn, and to the other gate, and back to the house."
COLUMN = ((LEFT, "Interviewer"), (LEFT, "Anna"), (LEFT, "Interviewer"), (LEFT, "Anna"))
CELLS = (
    ("How did it begin?",),
    ("We stood at the gate for an hour,", "and nobody came."),
    ("And then?",),
    ("Then it rained.",),
)
TABLE_TURNS = [
    ("Interviewer", "How did it begin?"),
    ("Anna", "We stood at the gate for an hour,\nand nobody came."),
    ("Interviewer", "And then?"),
    ("Anna", "Then it rained."),
]


def rows_of_table(middle: bool = False, times: bool = False, colon: str = "") -> list[list[At]]:
    """For each row of a table its cells: names, then words set off; or a time before."""
    rows, y = [], 760.0
    for number, ((x, name), cell) in enumerate(zip(COLUMN, CELLS, strict=True)):
        lower = (len(cell) - 1) * LEADING / 2 if middle else 0.0
        row = [At(x, y - lower, name + colon), *lines(*cell, x=200, y=y)]
        rows.append(([At(20, y, f"0:0{number}")] if times else []) + row)
        y -= LEADING * len(cell) + 6
    return rows


def table(middle: bool = False, times: bool = False, colon: str = "") -> list[At]:
    """The same in one row, as most programs write it."""
    return list(chain.from_iterable(rows_of_table(middle, times, colon)))


TABLES = {
    "by-row": table(),
    "with-colons": table(colon=":"),
    "label-in-the-middle": table(middle=True),
    "names-first": [row[0] for row in rows_of_table()]
    + [one for row in rows_of_table() for one in row[1:]],
    "words-first": [one for row in rows_of_table() for one in row[1:]]
    + [row[0] for row in rows_of_table()],
    "with-times": table(times=True),
}


@pytest.mark.parametrize("words", TABLES.values(), ids=TABLES.keys())
def test_a_column_of_speakers(words: list[At]) -> None:
    assert said(read(pdf(words))) == TABLE_TURNS


def test_a_table_goes_on_on_the_next_page_below_its_heading() -> None:
    heading = [At(LEFT, 780, "Speaker"), At(200, 780, "Words")]
    pages = [heading + table() for _ in range(2)]
    assert said(read(pdf(*pages))) == TABLE_TURNS * 2


def test_a_table_with_numbered_rows_and_a_heading() -> None:
    heading = [At(40, 780, "#"), At(LEFT, 780, "Speaker"), At(200, 780, "Text")]
    rows = [[At(40, row[0].y, str(n)), *row] for n, row in enumerate(rows_of_table(), start=1)]
    assert said(read(pdf(heading + list(chain.from_iterable(rows))))) == TABLE_TURNS


def test_names_set_off_by_a_tab_with_lines_that_go_on_at_the_margin() -> None:
    """No table: the second line of an answer stands below the name."""
    texts = [
        ("Interviewer:", [START]),
        ("Anna:", [START, "Everybody went home to supper, and we were left alone there."]),
    ]
    words, y = [], float(TOP)
    for name, below in texts * 2:
        words += [At(LEFT, y, name), At(160, y, below[0]), *lines(*below[1:], y=y - LEADING)]
        y -= LEADING * len(below)
    assert said(read(pdf(words))) == [(name[:-1], "\n".join(below)) for name, below in texts * 2]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    left = lines(
        "Participant: I lived by the lake then",
        "and went out every day, until",
        "the ice came. It was",
        x=60,
    )
    right = lines("a hard winter, and we had no", "wood.", "", "Interviewer: I know.", x=320)
    assert said(read(pdf(left + right))) == [
        (
            "Participant",
            "I lived by the lake then\nand went out every day, until\nthe ice came. It was\na hard winter, and we had no\nwood.",
        ),
        ("Interviewer", "I know."),
    ]


PARAGRAPHS = [
    [START, "And then it rained."],
    [START, FULL],
    [START, "So we left."],
    [START, FULL, "Again."],
    [START, "At last."],
]
INDENTS = {"first-line": (20, 0), "hanging": (0, 20)}


@pytest.mark.parametrize(("first", "rest"), INDENTS.values(), ids=INDENTS.keys())
def test_indents_tell_where_paragraphs_begin(first: int, rest: int) -> None:
    """Where no distance does; the last line of the second one is full."""
    more = " I" * (rest // 6)  # so that all full lines end at one edge
    paragraphs = [[one[0] + more, *one[1:]] for one in PARAGRAPHS]
    words, y = [], float(TOP)
    for paragraph in paragraphs:
        for number, text in enumerate(paragraph):
            words.append(At(LEFT + (rest if number else first), y, text))
            y -= LEADING
    assert read(pdf(words)).text.split("\n\n") == ["\n".join(one) for one in paragraphs]


def test_a_short_line_ends_a_paragraph_where_no_distance_does() -> None:
    texts = [START, "So we left.", START, FULL, "In the snow.", START]
    assert read(pdf(lines(*texts))).text.split("\n\n") == [
        f"{START}\nSo we left.",
        f"{START}\n{FULL}\nIn the snow.",
        START,
    ]


def test_a_sentence_goes_on_behind_a_short_line() -> None:
    texts = [
        START,
        "we left",
        "the house and the barn behind us, and never came there again in all",
        "those years.",
    ]
    assert read(pdf(lines(*texts))).text == "\n".join(texts)


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    first = [*own_lines(0)]
    text = read(pdf(first, own_lines(1))).text
    assert "\n\n" not in text


def test_what_is_written_late_goes_to_its_place() -> None:
    words = lines(*SPEECH)
    text = read(pdf([*words[1:], words[0]])).text
    assert text == "\n".join(SPEECH)


def test_a_turned_page_is_read_upright() -> None:
    words = [At(100 + LEADING * n, 72, text, turn=90) for n, text in enumerate(SPEECH) if text]
    assert [who for who, _ in said(read(pdf(words)))] == ["Interviewer", "Anna"] * 2


def test_a_watermark_is_left_out_and_a_note_written_sideways_is_kept() -> None:
    mark = At(150, 300, "DRAFT", size=60, turn=45)
    side = At(30, 300, "found in box nine", turn=90)
    text = read(pdf([*own_lines(0), mark, side], [*own_lines(1), mark])).text
    assert "DRAFT" not in text
    assert text.endswith("\n\nfound in box nine")


def test_joined_letters_raised_signs_and_blanks() -> None:
    raw = b"BT /L 12 Tf 72 700 Td (of\001ce \002at) Tj ET BT /F 12 Tf 150 700 Td (x) Tj ET "
    raw += b"BT /F 8 Tf 156 704 Td (2) Tj ET BT /F 12 Tf 165 700 Td (a\240b) Tj ET"
    assert read(pdf(Page(raw=raw))).text == "office flat  x2 a b"


def test_words_beyond_the_edge_are_not_read_and_told() -> None:
    _, problems = read_all(pdf([*lines(*SPEECH), At(LEFT, -50, "nobody sees this")]))
    assert [(p.severity, p.message) for p in problems] == [
        (Severity.WARNING, "page 1: words beyond the edge of the page, not read")
    ]


def test_a_q_set_off_by_blanks_is_a_label() -> None:
    words = lines(
        "Q    How are you?", "", "THE PRESIDENT: Fine.", "", "Q    Why?", "", "THE PRESIDENT: So."
    )
    assert [who for who, _ in said(read(pdf(words)))] == ["Q", "THE PRESIDENT"] * 2
