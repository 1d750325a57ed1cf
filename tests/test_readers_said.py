"""What the compiled part reads is what Python reads, sign by sign; either is enough."""

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from compiled_parts import without_compiled
from hypothesis import example, given
from hypothesis import strategies as st

from thematic.model.labels import INVISIBLE
from thematic.model.study import Speakers
from thematic.readers.speakers import furniture, running, said, shapes, signs
from thematic.readers.speakers.clean import clean_turns
from thematic.readers.speakers.running import Running, has_odd_blanks
from thematic.readers.speakers.shapes import BLANK
from thematic.readers.speakers.turns import Markup, turns_of

DATA = Path(__file__).parents[2] / "shared" / "data"
SPEAKERS = Path(__file__).parents[1] / "cli" / "thematic" / "readers" / "speakers"
NOBODY = Speakers()
needs_compiler = pytest.mark.skipif(said.compiled is None, reason="built without a compiler")

PIECES = st.sampled_from(
    [
        *"Interviewer|Participant 12|Anna Lee|Anna|Q|A|I|Zoë|李|the |The |This |Tra|Mr. |Page 3".split("|"),
        *": |:|: : |：|;|; | - |–|—|.|. |=|>|(|)|[|]|#|*|-|  | |\t|\xa0|\u2003|\u2028|\u3000".split("|"),
        *"\n|\n\n|\n \n|\r|\x0b|\x0c|\x1c|\x1f|\x85|\x00|\u200b|\ufeff|\ud800|\U0001f600".split("|"),
        *"[0:12]|(0:12)|(00:01:02)|#0:12#|\\[0:12\\]|00:01:02|01-00:01:02|*0:5 =|٣:12|1:٣|0:12".split("|"),
        *"so we|went on and on |yes|is no end|9|12 |é|a".split("|"),
        *("so it goes on " * 3, "x" * 39, "y" * 55, "and then we went to the sea " * 4),
    ]
)  # fmt: skip
LINES = st.sampled_from(
    """Interviewer: Why?|Participant 1: Because.|Anna: yes|Anna:|Anna:  wide |Interviewer:\t|
    |and so we went on and on until the very end of the day, when all was said.|
    |And then it went on - as it always did with us, until the very end of the day.|
    |The one who went with us all the way to the sea was there, and so were all of us.""".replace(
        "|\n    ", ""
    ).split("|")
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Nothing but pieces, or lines of talk with some pieces among them."""
    if draw(st.booleans()):
        return "".join(draw(st.lists(PIECES, max_size=30)))
    lines = draw(st.lists(LINES, max_size=12))
    for piece in draw(st.lists(PIECES, max_size=3)):
        number = draw(st.integers(0, max(len(lines) - 1, 0)))
        if lines:
            at = draw(st.integers(0, len(lines[number])))
            lines[number] = lines[number][:at] + piece + lines[number][at:]
    return draw(st.sampled_from(["\n", "\n\n"])).join(lines)


def both(text: str) -> tuple[Any, Any]:
    return said._read_compiled(text), said._read(text)


def marks_of(text: str) -> bytes:
    marks: bytes = said.marking.look_at(text)[0]
    return marks


def may_hold_stamp(text: str) -> bool:
    may: bool = said.marking.look_at(text)[3]
    return may


@needs_compiler
@given(texts())
@example("Anna: x" + " " * 9 + "\nAnna:")
@example(": x\n::\n : y\n")
@example("\u2028: x\nAnna\u2028: x")
@example("so " + "x" * 38 + ". And so on, until it was over and done with.\n")
@example("so " + "x" * 39 + ". And so on, until it was over and done with.\n")
@example("so " + "x " * 50 + ": and so on, until it was over and done with.\n")
@example("so " + "x " * 49 + "z: and so on, until it was over and done with.\n")
@example("Ünal: x\nÖnal: y\nÜnal: z\n" * 3)
def test_both_ways_read_the_same(text: str) -> None:
    compiled, plain = both(text)
    assert compiled == plain


TALK = "Interviewer: Why?\n\nParticipant 1: Because.\n\n"
CASES = {
    "no text": "",
    "a newline": "\n",
    "labels only": "Anna:\nBen:\n" * 3,
    "white space of other kinds ends a line": "Anna: x\x0b\nBen: y\x1c\x1d\x1e\x1f\x85\nAnna: \x0c\n" * 3,
    "blanks behind a label without words": "Anna: \t\nBen: \xa0\u2003\nAnna:   \n" * 3,
    "a further line begins the words": "Anna:\nand so it went\nBen: yes\nit did\n" * 3,
    "words above the first label": "Of a long day, and what came of it. So.\n\n" + TALK,
    "a label as long as any": f"{'A' * 63}: yes\n\n" * 3,
    "a label that is too long": f"{'A' * 64}: yes\n\n" * 3,
    "... and alone on its line": f"{'A' * 63}:\n\n" * 3 + f"{'B' * 64}:\n\n" * 3,
    "a colon at the beginning": ": yes: no\n" + TALK,
    "two spellings of the same marks": "Ünal: a\n\nÖnal: b\n\n" * 5,
    "names beyond ASCII": "Zoë Lind: a\n\n李: b\n\n" * 5,
    "odd blanks": TALK + "and so\xa0we went on and on until the very end of that long day.\n",
    "invisible marks": TALK + "Inter\u200bviewer: x\n",
    "half a pair": TALK + "Participant 1: \ud800\n",
    "a stamp": TALK + "[0:12]\n",
    "an hour": TALK + "Participant 1: At 10:30.\n",
    "a time in place of words": TALK + "Participant 1: 00:07\n",
    "digits of another script": TALK + "Participant 1: [٣:12] x\n",
    "a line that ends in no talk": "Interviewer: Why, they\nParticipant 1: No.\n" + TALK,
    "a title": TALK + "Mr. KIRK. I rise to say that all is well with us, and will be so.\n",
    "another sign": TALK + "Anna and so - we went on until the end of the long and hot day.\n",
    "a signature": TALK + "This transcript was exported on the third of the month of May in 2020.\n",
    "more turns than there is room for at first": ("Zoë: a\n\nBen: — b\n\n" + "x" * 53 + "\n\n") * 700,
    "as many labels as are looked at": "".join(f"Anna {n}: a\n\n" for n in range(200)),
    "too many labels": "".join(f"Anna {n}: a\n\n" for n in range(201)),
    "words above as many labels": "Of a long day.\n\n" + "".join(f"Anna {n}: a\n\n" for n in range(200)),
}  # fmt: skip


@needs_compiler
@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_both_ways_read_these_the_same(text: str) -> None:
    compiled, plain = both(text)
    assert compiled == plain


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_python_is_enough(text: str) -> None:
    found = clean_turns(text, NOBODY)
    with without_compiled():
        plain = clean_turns(text, NOBODY)
    assert plain == found
    assert plain is None or plain == turns_of(text, NOBODY, Markup())[0]


@needs_compiler
@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
def test_both_ways_agree_on_shared_data() -> None:
    for path in sorted(DATA.rglob("*")):
        if path.suffix in (".md", ".txt", ".vtt", ".srt", ".csv"):
            text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
            for one in (text, text.replace("\\", "").replace("*", "")):
                compiled, plain = both(one)
                assert compiled == plain, path.name


@needs_compiler
def test_marks_say_what_every_character_is() -> None:
    kinds = {"\u2013": 0x85, "\u2014": 0x85, "：": 0x84}
    kinds |= dict.fromkeys(INVISIBLE, 0x83) | dict.fromkeys(set(BLANK) - set(INVISIBLE), 0x82)
    every = "".join(map(chr, range(0x80, 0x110000)))
    wanted = bytes(kinds.get(sign, 0x81 if sign.isspace() else 0x80) for sign in every)
    assert marks_of(every) == wanted
    for size in range(130):  # at the borders of what is done together
        for first in "aé’\U0001f600":  # each makes characters of the text wider
            text = first + "a" * size + "\xa0"
            begun = b"a" if first == "a" else b"\x80"
            assert marks_of(text) == begun + b"a" * size + b"\x82"
    ascii_only = "".join(map(chr, range(0x80)))
    assert marks_of(ascii_only) == ascii_only.encode()


@needs_compiler
@pytest.mark.parametrize(
    ("text", "has_invisible", "plain_blanks"),
    [
        ("so we went", False, True),
        ("so\twe went", False, False),
        ("so\xa0we went", False, False),
        ("so \u200bwe went", True, True),
        ("so\t\xadwe went", True, False),
        ("", False, True),
    ],
)
def test_blanks_and_invisible_marks_are_told(
    text: str, has_invisible: bool, plain_blanks: bool
) -> None:
    assert said.marking.look_at(text)[1:3] == (has_invisible, plain_blanks)


STAMPS = st.sampled_from(
    "[0:12]|(0:12)|(00:01:02)|#0:12#|00:01:02|01-00:01:02|*0:5 =|0:12|a|\n| |\t|\n\n|٣|\xa0"
    "|[0:12 - 0:15]|[0:12 --> 0:15]|[0:12–0:15]|(|)|[|]|#|*|9|:|: |99:99:99|-|,|.".split("|")
)


@needs_compiler
@given(st.lists(STAMPS, max_size=14).map("".join))
@example("*0:5 = I")
@example("*1:٣ = I")
@example("[0:1٣]")
@example("[٣:12]")
@example("01-00:01:02")
@example("I: 0:12")
def test_no_stamp_is_passed_over(text: str) -> None:
    if said._has_stamps(text):
        assert may_hold_stamp(text)


@needs_compiler
@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("at 10:30 we", False),
        ("so: 5 of us", False),
        ("\\[01:46\\] so", False),
        ("Anna: 10:30", True),
        ("[01:46]", True),
        ("10:30 we", True),
    ],
)
def test_hours_in_talk_are_told_from_stamps_at_once(text: str, may: bool) -> None:
    assert may_hold_stamp(text) is may


LONG = "and so we went on until the end of that long hot day, and nobody told us why it was so"
BEGINNINGS = [
    *"|Mr. |The |This |Host I |Q |A |A, |Q' |Anna |Anna de la |[|9|é|\u2028".split("|"),
    *(f"Anna de la {'L' * size} " for size in (28, 29, 30)),
]
SIGNS = [
    *"; |;| - |-| – |–|— |. |.| = |=|> |>| || ||) |)|(|:|: |：|\t| |  |9|é|\u2028|\xa0|\x85".split("|"),
    *("", "x" * 200),
]  # fmt: skip


@needs_compiler
@pytest.mark.parametrize("begun", BEGINNINGS, ids=lambda begun: ascii(begun)[1:-1] or "plainly")
@pytest.mark.parametrize("leads", [True, False], ids=["leads", "goes on"])
def test_what_is_dull_is_running_words_in_which_nothing_is_kept(begun: str, leads: bool) -> None:
    """A line that is not asked for is one that `takes` takes, and of which it keeps nothing."""
    dull = 0
    for sign, at, size in product(SIGNS, (4, 10, 39, 40, 41, 42, 50, 102, 103, 104), (61, 62, 160)):
        line = (begun + LONG * 2)[:size]
        line = line[:at] + sign + line[at:]
        plain = not has_odd_blanks(line)
        if line not in lines_asked_for(line if leads else f"x\n{line}", plain):
            running = Running(plain)
            assert running._begins_plainly(line)
            assert len(line) > furniture.LONGEST_MARKER + 1
            assert running.takes(line, leads)
            assert running == Running(plain), line
            dull += 1
    assert dull or begun not in ("", "Anna de la ")


def lines_asked_for(text: str, plain_blanks: bool) -> list[str]:
    asked: list[str] = []

    def takes(line: str, _: bool) -> bool:
        asked.append(line)
        return True

    said.compiled.read(text, marks_of(text), plain_blanks, lambda _: False, takes)
    return asked


@needs_compiler
@given(texts())
@example(f"{'A' * 63}: a\n{'B' * 64}: a\n{'C' * 63}:\n{'D' * 64}:\n: E: a\n: F:\n:: b\n:\n")
def test_the_names_that_are_asked_for_stand_before_colons(text: str) -> None:
    asked: list[str] = []

    def is_label(name: str) -> bool:
        asked.append(name)
        return False

    said.compiled.read(text, marks_of(text), True, is_label, lambda *_: True)
    names = [said._name_before_colon(line) for line in text.split("\n")]
    assert asked == [name for name in dict.fromkeys(names) if name]


@needs_compiler
def test_plain_talk_asks_nothing_of_its_lines() -> None:
    text = "so it went on and on until the very end of that long day, when all was said.\n" * 3
    assert said.compiled.read(text, text.encode(), True, _fails, _fails) is not None


@needs_compiler
@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: said.compiled.read("Anna: a", b"Anna", True, bool, bool), ValueError),
        (lambda: said.compiled.read(b"Anna: a", b"Anna: a", True, bool, bool), TypeError),
        (lambda: said.marking.look_at(b"Anna"), TypeError),
        (lambda: said.compiled.read("Anna: a", b"Anna: a", True, _fails, bool), KeyError),
        (lambda: said.compiled.read("so", b"so", True, bool, _fails), KeyError),
    ],
    ids=[
        *("marks of another text", "bytes for a text", "marks of bytes"),
        *("a fault while a name is asked for", "a fault while a line is asked for"),
    ],
)
def test_faults_are_those_of_python(ask: Callable[[], object], error: type[Exception]) -> None:
    with pytest.raises(error):
        ask()


def _fails(*_: object) -> bool:
    raise KeyError


def test_numbers_of_the_two_languages_are_the_same() -> None:
    """What `_lines.c` says of other modules' numbers; it is read as text, built or not."""
    source, marks = ((SPEAKERS / f"_{name}.c").read_text("utf-8") for name in ("lines", "marks"))
    told = {name: int(number) for name, number in re.findall(r"#define (\w+) (\d+)", source)}
    assert told["LONGEST_LABEL"] == shapes.LONGEST_LABEL
    assert told["HEAD"] == running._HEAD
    assert told["LONGEST_NAME"] == signs.LONGEST_BEFORE_SIGN + 2
    assert told["LONGEST_MARKER"] == furniture.LONGEST_MARKER + 1
    assert told["LONGEST_SIGNATURE"] == furniture._LONGEST_SIGNATURE
    assert told["MOST_LABELS"] == said.MOST_LABELS
    assert _enum(source) == _enum(marks)


def _enum(source: str) -> list[str]:
    return re.findall(r"enum \{ OTHER.*\};", source)
