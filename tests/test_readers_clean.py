"""The way in one go gives what the full way gives, and is taken for the commonest texts only."""

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thematic.model.labels import visible
from thematic.model.study import Speakers
from thematic.model.transcript import Role
from thematic.readers.speakers import places, signs, slips, stamps
from thematic.readers.speakers.clean import clean_turns
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.running import Running, has_odd_blanks
from thematic.readers.speakers.turns import Markup, turns_of

DATA = Path(__file__).parents[2] / "shared" / "data"
NOBODY = Speakers()

NAMES = st.sampled_from(
    """Interviewer|Participant 1|Participant 2|P|R|P1|I|Q|A|Adam|Anna Lee|ANNA LEE|anna|NATO
    |Mr. KIRK|Mr. ST. John|The Moderator|the moderator|Break|END|Transcribed By|Date|Gender
    |This Transcript Was Exported By|Host|Speaker 1|Note|Page|Dr. Khan|Dr Khan|M. Psaki
    |MS. PSAKI|Interveiwer|A. Khan|Ünal|李|问|答|Ответ|Anna [host]|Anna (host)|a 1|AK47|BSR06
    |BSRO6|i|ii|Pregunta|Intro|Int|https|Jane  Doe|Project|Anna, host|UN""".replace(
        "\n    ", ""
    ).split("|")
)
WORDS = st.sampled_from(
    [
        *"Yes.|what do you think?|no end||  |[laughs]|Yes [laughs]|(x): y|a: b|Page 3".split("|"),
        *"Interviewer|3/12|END|que de la el los las|10|0:12|-- no|\xa0x|\x0bodd|-".split("|"),
        *"by https://otter.ai|[00:01:02] there|at 10:30|\u200b".split("|"),
        "x" * 120,
    ]
)
LINES = st.sampled_from(
    [
        *"and so we went on.|Right. So we went on|So I said - well, no|that's it; I mean it".split(
            "|"
        ),
        *"Adam - words|Adam; words|Adam. Yes|Anna Lee|anna|Interviewer|P1. No|P1) yes|I) yes".split(
            "|"
        ),
        *"Q Why so|A Man came|Q. Why?|A. Because.|Q  Why|The PRESIDING OFFICER. Yes".split("|"),
        *"Mr. KIRK. I rise.|the thing is this: no|Date of it: 2020|date and time: x|He said: no".split(
            "|"
        ),
        *"[MUSIC]|MUSIC|Ad break|END|3/12|Page 4|- 4 -|7|8|2019 was good|12. Anna said so".split(
            "|"
        ),
        *"- an item|- Anna: hi|> so it is|>> Anna: hi|\\[12:05\\] And then|0:12 and|[00:12] x".split(
            "|"
        ),
        *'Transcribed by https://otter.ai|(laughs) and so|"Quoted," he said|“Curly” words'.split(
            "|"
        ),
        *"It ends here. - Anna|on the one - hand|a  wide blank|Anna  wide|no\u00a0break and so".split(
            "|"
        ),
        *"Anna (host) said|Anna (host): yes|so (well): no|Host Anna said|Host anna said".split("|"),
        *"Interviewer. And then|Interviewer - and then|Speaker 1|word|A|I|e.g. this one. Or|x = y".split(
            "|"
        ),
        *"Anna\tsaid| indented and so|Tape ends:|Anna, Bob and Carl|to be - or not to be; yes.".split(
            "|"
        ),
        "so " + "x" * 120,
        "and so it goes on " * 9,
    ]
)
SPEAKERS = st.sampled_from(
    [
        NOBODY,
        Speakers(interviewer=("Adam", "P"), respondent=("I",), merge=(("Adam", "Anna Lee"),)),
        Speakers(other=("Anna Lee", "Break")),
    ]
)


@st.composite
def nearly_clean(draw: st.DrawFn) -> str:
    """Turns of a few people who speak often, now and then with a line that is none of theirs."""
    people = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    between = draw(st.sampled_from(["\n", "\n\n", "\n \n"]))
    turn = st.tuples(st.sampled_from(people), WORDS).map(": ".join)
    turns = draw(st.lists(turn, min_size=draw(st.integers(0, 9)), max_size=24))
    for line in draw(st.lists(st.one_of(LINES, WORDS), max_size=draw(st.sampled_from([0, 1, 9])))):
        place, below = draw(st.integers(0, len(turns))), draw(st.booleans())
        if below and place:
            turns[place - 1] += f"\n{line}"
        else:
            turns.insert(place, line)
    return (
        draw(st.sampled_from(["", "\n"])) + between.join(turns) + draw(st.sampled_from(["", "\n"]))
    )


@given(nearly_clean(), SPEAKERS)
@example("Anna: so\nwe go\n\nBen: yes\n\nright. and on\n\n" * 4, NOBODY)
@example("A title\n\nIt is long, and then it ends. So.\n\n" + "Anna: a\n\nBen: b\n\n" * 4, NOBODY)
@example("Anna: a\n\nBen: b\n\n" * 3 + "Carl: c\n\nDora: d\n\nDora: e", NOBODY)
@example("Anna: a\n\nBen: b\n\n" * 3 + "NATO: c\n\nCarl: the\n\n", NOBODY)
@example("Interviewer: Hello?\n\nParticipant 1: Yes.\n", NOBODY)
@example("Adam: a\nBea: b\nAdam: a\nBea: b\nAdam: a\nBea: b\nAdam: a\nBea: b", NOBODY)
@example("P: a\n\nR: b\n\n" * 5, NOBODY)
def test_what_is_read_in_one_go_is_what_the_full_way_reads(text: str, speakers: Speakers) -> None:
    found = clean_turns(text, speakers)
    if found is not None:
        assert (found, []) == turns_of(text, speakers, Markup())


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer: Why?\n\nParticipant 12: No idea.\n\nInterviewer: I see.",
        "Interviewer: Why?\nParticipant 12:\nInterviewer:   I see: well\n",
        "Zoë Lind: a\n\nBen: b\n\n" * 4,
        "Zoë Lind: a\n\nBen: b\nand so. On\n\n" * 2 + "Carl: At 10:30.\n",
        "and so we\nwent on.\n\n\\[12:05\\] That is all; no more. Right - nobody spoke.\n",
    ],
    ids=[
        *("parted by blank lines", "a line a turn", "plain names"),
        *("further lines, rare names and hours", "running words only"),
    ],
)
def test_the_commonest_shape_is_read_in_one_go(text: str) -> None:
    assert clean_turns(text, NOBODY) == turns_of(text, NOBODY, Markup())[0] != ()


CLEAN = "Interviewer: Why?\n\nParticipant 1: Because.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        CLEAN + "Interviewer - and so on.\n",
        CLEAN + "So the Word: it was.\n",
        CLEAN + "Interviewer: [00:01:02] Now?\n",
        CLEAN + "Interviewer\u200b: Now?\n",
        CLEAN + "Anna: once, going on.\n",
        CLEAN + "NATO: It stands once.\n",
        CLEAN + "Anna: Yes.\n" + "\nAnd so it goes.\n" * 9,
        CLEAN + "Page 3\n",
        CLEAN + "[MUSIC]\n",
        CLEAN + "INTERVIEWER: In another spelling.\n",
        CLEAN + " Interviewer: Indented.\n",
        CLEAN + "Interviewer:Tight.\n",
        CLEAN + "Interviewer: Why, they\nParticipant 1: No blank line.\n",
        "Anna Lee\n\nand so we went on\n",
        CLEAN + "Interveiwer: A slip.\n" * 4,
        CLEAN + "Date: A field.\n" * 4,
        CLEAN + "Anna (host: I go on): Yes.\n" * 4,
        "P: Why?\n\nR: Because.\n\n" * 4,
    ],
    ids=lambda text: text.removeprefix(CLEAN)[:24].strip() or "empty",
)
def test_other_shapes_take_the_full_way(text: str) -> None:
    assert clean_turns(text, NOBODY) is None


def test_roles_are_those_the_user_declared() -> None:
    said = clean_turns("Ada: a?\n\nBen: b.\n\n" * 4, Speakers(interviewer=("Ben",)))
    assert said is not None
    assert [turn.role for turn in said[:2]] == [Role.RESPONDENT, Role.INTERVIEWER]


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
def test_the_two_ways_agree_on_shared_data() -> None:
    for path in sorted(DATA.rglob("*")):
        if path.suffix in (".md", ".txt"):
            text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
            assert turns_of(text, NOBODY) == turns_of(text, NOBODY, Markup()), path.name


@given(LINES, st.booleans())
def test_running_words_are_no_place_for_a_label(line: str, leads: bool) -> None:
    """What a look at a line's head proves, the rules themselves would say."""
    running = Running(not has_odd_blanks(line))
    if running._begins_plainly(line):
        found = places.candidate_at(line, 0, 0, len(line))
        kept = [(one.key, one.name, one.sign) for one in running.signed]
        assert kept == ([] if found is None else [(found.key, found.name, found.sign)])
        assert not any(stamps.stamps_in(line))


WORD = st.sampled_from(
    "So|the|Anna|Q|A|I|Mr.|ST.|it.|no|-|–|well-known|;|(x)|=|e.g.|:|1".split("|")
)


@given(st.lists(WORD, max_size=14).map(" ".join))
@example("x" * 39 + ". and so")
@example("x" * 40 + ". and so")
@example("and so " + "x" * 90 + ": no")
def test_heads_of_lines_prove_what_the_rules_say(line: str) -> None:
    if line and not line.isspace():
        test_running_words_are_no_place_for_a_label.hypothesis.inner_test(line, True)


LINE = st.text(st.sampled_from("AbQ1 :.;-=|>)(–—\u00a0\u200b,'\t"), max_size=100)


@given(LINE)
@example("a" * 40 + "(" + "b" * 40 + ")" + " ;")
@example("a" * 40 + "(" + "b" * 40 + ")" + " " * 9 + "- c")
@example("a" * 40 + "(" + "b" * 40 + ")" + ". c")
def test_signs_are_not_looked_for_in_vain_only(line: str) -> None:
    """Where a pattern matches, its test beforehand says that it may."""
    if signs._SIGNED.match(line):
        assert signs._may_be_signed(line, 0, len(line))
    if signs._STOPPED.match(line):
        assert signs._may_be_stopped(line, 0, len(line))


@given(st.lists(st.tuples(NAMES, WORDS), min_size=1, max_size=1))
@example([("Anna", "0:12")])
@example([("Mr. KIRK", "yes")])
def test_a_plain_label_is_what_all_rules_together_find(parts: list[tuple[str, str]]) -> None:
    line = ": ".join(parts[0])
    plain = places._plain(line, 0, 0, len(line))
    if plain is not None:
        assert plain == places._any(line, 0, 0, len(line), False, False)


CLOCK, LONG = stamps.CLOCK, stamps._LONG_CLOCK
RANGE, TAPE, STARRED = stamps._RANGE, stamps._TAPE, stamps.STARRED
EVERYWHERE = re.compile(
    rf"\[[ \t]*{RANGE}[ \t]*\]|#{CLOCK}#|\([ \t]*{LONG}[ \t]*\)|(?m:^)\([ \t]*{CLOCK}[ \t]*\)"
    rf"|\([ \t]*{CLOCK}[ \t]*\)(?=[ \t]*(?m:$))|(?m:^){TAPE}{LONG}(?=[ \t]|(?m:$))"
    rf"|(?m:^){STARRED}"
)
STAMPS = st.sampled_from(
    "[0:12]|(0:12)|(00:01:02)|#0:12#|00:01:02|01-00:01:02|*0:5 =|0:12|a|\n| |\t|\n\n"
    "|[0:12 - 0:15]|(|)|9|:|99:99:99".split("|")
)


@given(st.lists(STAMPS, max_size=14).map("".join))
def test_stamps_are_those_that_one_search_of_the_whole_text_finds(text: str) -> None:
    found = [found.span() for found in EVERYWHERE.finditer(text)]
    kept = [span for span in found if stamps.seconds_of(text[slice(*span)]) is not None]
    assert [(one.span.start, one.span.end) for one in stamps.stamps_in(text)] == kept


@given(st.text(st.sampled_from("ab \t\n\x0b\u00a0\u200b1-"), max_size=40), st.data())
def test_lines_are_those_of_the_text(text: str, data: st.DataObject) -> None:
    lines, wanted = Lines(text), text.split("\n")
    assert [lines.text_of(number) for number in range(len(lines))] == wanted
    blank = [not visible(line).strip() for line in wanted]
    assert [lines.is_blank(number) for number in range(len(lines))] == blank
    skipped = data.draw(st.frozensets(st.integers(0, len(wanted) - 1)))
    filled = [n for n, empty in enumerate(blank) if not empty and n not in skipped]
    assert lines.filled(skipped) == filled
    assert [block[0] for block in lines.blocks(skipped)] == [
        n for n in filled if n - 1 not in filled
    ]
    position = data.draw(st.integers(0, len(text)))
    assert lines.number_at(position) == text.count("\n", 0, position)
    above = [n for n in filled if lines.start(n) < position]
    assert [n for block in lines.blocks(skipped, position) for n in block] == above


@given(*[st.text(st.sampled_from("abcd1 "), max_size=9)] * 2)
def test_no_two_labels_are_more_alike_than_their_letters_allow(one: str, other: str) -> None:
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    assert slips._most_likeness(one, other) >= ratio
