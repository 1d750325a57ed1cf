"""Codebooks: every fault is told with its line and a hint, all in one pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from thematic.errors import Severity
from thematic.readers.codebook import read_codebook, read_codebook_file

DATA = Path(__file__).parent / "data"


def told(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in read_codebook(text, "book")[1]]


ERRORS = [
    # YAML itself
    pytest.param("a:\n- b\n\t- c", 3, "a tab is used for indentation", id="tab"),
    pytest.param("a:\n\t- b", 2, "a tab is used for indentation", id="tab below a name"),
    pytest.param("a: [x]\nb: he said: yes", 2, "a text holds a colon", id="colon in a value"),
    pytest.param("a:\n- he said: no: yes", 2, "a text holds a colon", id="two colons in an item"),
    pytest.param("a:\n- he said: yes", 2, "'he said: yes' looks like", id="colon in an item"),
    pytest.param("a:\n- he said:", 2, "'he said:' looks like a phrase", id="colon at the end"),
    pytest.param("a:\n  rules: [x]\n codes: {}", 3, "the indentation of", id="indentation"),
    pytest.param("a: b\n  c: d", 2, "does not fit the one above", id="deeper below a text"),
    pytest.param("a: [x]\nb:[y]\nc: [z]", 2, "no blank after the colon", id="glued colon"),
    pytest.param("a: [x]\nb\nc: [z]", 2, "neither `name: value` nor", id="a name without a colon"),
    pytest.param("a: [x]\nb: 'y\nc: z", 2, "the quote opened here", id="unclosed quote"),
    pytest.param("a:\n- \"x\n- \"y\"", 2, "the quote opened here", id="quote closed by the next"),
    pytest.param("a: [x]\nb: [y, z\nc: q", 2, "the bracket [ opened here", id="unclosed bracket"),
    pytest.param("a: [x]\nb: {rules: [", 2, "the bracket [ opened here", id="bracket at the end"),
    pytest.param("a: {rules: [}", 1, "a } stands where a value", id="wrong bracket"),
    pytest.param("a:\n- 'it's fine'", 2, "words stand after a closing quote", id="apostrophe"),
    pytest.param('a:\n- "\\d+"', 2, "a backslash stands in double quotes", id="escape"),
    pytest.param("a:\n- *stan", 2, "begins with * must stand in quotes", id="star, an alias"),
    pytest.param("a:\n- *stan*", 2, "may not begin with *", id="star, no alias"),
    pytest.param("a: [x, *y*]", 1, "may not begin with *", id="star in brackets"),
    pytest.param("a:\n- @x", 2, "may not begin with @", id="at sign"),
    pytest.param("a:\n- `x`", 2, "may not begin with `", id="backquote"),
    pytest.param("a:\n- %x", 2, "may not begin with %", id="per cent"),
    pytest.param("a:\n- >x", 2, "may not begin with >", id="greater than"),
    pytest.param("a:\n- !x", 2, "the tag !x is not allowed", id="exclamation mark"),
    pytest.param(
        "a:\n- !!python/object/apply:os.getcwd []", 2, "the tag !!python/object", id="python tag"
    ),
    pytest.param("a: [x\x01]", 1, "invisible control character (U+0001)", id="control character"),
    pytest.param("a: x\n---\nb: y", 2, "a second document begins", id="two documents"),
    pytest.param("{{name}}: x", 1, "a name must be a text", id="a name in braces"),
    pytest.param("a: &a [*a]", 1, "begins with * must stand in quotes", id="an alias of itself"),
    pytest.param("a: " + "[" * 99, 1, "stand more than 60 deep", id="deep brackets"),
    pytest.param(
        "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1}, ' * 9}]\n" for i in range(1, 9)),
        6,
        "aliases add more than 200,000 entries",
        id="an alias bomb",
    ),
    # the whole
    pytest.param("", 1, "the codebook is empty", id="empty"),
    pytest.param("# only\n# remarks", 1, "the codebook is empty", id="only remarks"),
    pytest.param("# one\n- x", 2, "the codebook is a list", id="a list"),
    pytest.param("some words", 1, "the codebook is one text", id="a text"),
    pytest.param("title: x", 1, "has no `themes:`", id="no themes"),
    pytest.param("title: x\nthemes:", 2, "there are no themes", id="empty themes"),
    pytest.param("themes: [a]", 1, "themes should hold names", id="themes in a list"),
    pytest.param("title: x\na: [x]", 2, "unknown field 'a'", id="a theme beside settings"),
    pytest.param("themes: {a: x}\ntheme: {}", 2, "unknown field 'theme'", id="unknown top field"),
    pytest.param("a: x\nb: y\na: z", 3, "'a' stands twice (first on line 1)", id="theme twice"),
    pytest.param("a:\n  rules: x\n  rules: y", 3, "'rules' stands twice", id="field twice"),
    pytest.param("a:\n- {phrase: x, phrase: y}", 2, "'phrase' stands twice", id="rule field twice"),
    pytest.param("a b: x\n'a  b': y", 2, "the code 'a b' stands twice", id="same path"),
    pytest.param("\u00e9: x\ne\u0301: y", 2, "stands twice", id="same path, composed"),
    # settings
    pytest.param("language: english\nthemes: {a: x}", 1, "language is 'english'", id="language"),
    pytest.param("scope: word\nthemes: {a: x}", 1, "scope is 'word'", id="scope"),
    pytest.param("unit: words\nthemes: {a: x}", 1, "unit is 'words'", id="unit"),
    pytest.param("negation: yes\nthemes: {a: x}", 1, "negation is 'yes'", id="negation"),
    pytest.param("nested: both\nthemes: {a: x}", 1, "nested is 'both'", id="nested"),
    pytest.param("accents: no\nthemes: {a: x}", 1, "accents is 'no'", id="accents"),
    pytest.param("case: maybe\nthemes: {a: x}", 1, "case is 'maybe'", id="case"),
    pytest.param("title: [x]\nthemes: {a: x}", 1, "title should be one text", id="title in a list"),
    pytest.param("speakers: [x]\nthemes: {a: x}", 1, "speakers should hold", id="speakers"),
    pytest.param("speakers: {role: x}\nthemes: {a: x}", 1, "unknown field 'role'", id="a role"),
    pytest.param("marks: [x]\nthemes: {a: x}", 1, "marks should hold names", id="marks"),
    pytest.param("marks: {m: ['*']}\nthemes: {a: x}", 1, "fits every word", id="mark of globs"),
    pytest.param("negation_cues: [{a: b}]\nthemes: {a: x}", 1, "'a: b' looks like", id="cue"),
    # lists
    pytest.param("lists: [x]\nthemes: {a: x}", 1, "lists should hold names", id="lists in a list"),
    pytest.param("lists: {a<b: x}\nthemes: {a: x}", 1, "cannot be called 'a<b'", id="list name"),
    pytest.param("lists: {'': x}\nthemes: {a: x}", 1, "a list without a name", id="nameless list"),
    pytest.param("lists: {a: ['*']}\nthemes: {a: x}", 1, "fits every word", id="list of globs"),
    pytest.param("lists: {a: ['']}\nthemes: {a: x}", 1, "an empty text", id="empty list item"),
    pytest.param("lists: {a: [[x]]}\nthemes: {a: x}", 1, "holds texts only", id="list in a list"),
    pytest.param("lists: {a: [<b>]}\nthemes: {a: x}", 1, "no list called 'b'", id="list in list"),
    pytest.param("lists: {a: [<a> x]}\nthemes: {a: x}", 1, "'a' holds itself", id="own list"),
    pytest.param(
        "lists:\n  a: [<b>]\n  b: [<c>]\n  c: [y, <a>]\nthemes: {a: <a>}",
        4,
        "'a', 'b', 'c' hold one another in a circle",
        id="lists in a circle",
    ),
    pytest.param(
        f"lists:\n  a: {[f'w{i}' for i in range(300)]}\n  b: [<a> <a>]\nthemes: {{a: x}}",
        3,
        "more than 20000 phrases",
        id="list of lists too long",
    ),
    pytest.param("a:\n- the <groups>", 2, "no list called 'groups'", id="unknown list"),
    pytest.param("a:\n- lemma: join <groups>", 2, "no list called 'groups'", id="in a lemma"),
    # entries
    pytest.param("a/b: [x]", 1, "the name 'a/b' holds a /", id="slash"),
    pytest.param("'': [x]", 1, "a theme without a name", id="nameless theme"),
    pytest.param("a: {codes: {'': [x]}}", 1, "a code without a name", id="nameless code"),
    pytest.param("a: {codes: [x]}", 1, "codes should hold names", id="codes in a list"),
    pytest.param("a: {rules: x, haven: [y]}", 1, "unknown field 'haven'", id="code not in codes"),
    pytest.param("a: {rules: x, color: red}", 1, "color is 'red'", id="color"),
    pytest.param("a:\n  rules: x\n  color: #12", 3, "color is empty", id="color as a remark"),
    pytest.param("a: {rules: x, status: new}", 1, "status is 'new'", id="status"),
    pytest.param("a: {rules: x, brief: [y]}", 1, "brief should be one text", id="brief"),
    pytest.param("a: {rules: x, examples: [[y]]}", 1, "examples holds texts", id="example list"),
    pytest.param("a: {rules: x, examples: [y: z]}", 1, "'y: z' looks like", id="example colon"),
    pytest.param("a: {rules: x, examples: ['']}", 1, "an example without", id="empty example"),
    pytest.param(
        "a: {rules: x, examples: [{text: y, expect: hit}]}", 1, "only be `missed`", id="expect"
    ),
    pytest.param(
        "a: {rules: x, counter_examples: [{text: y, expect: missed}]}",
        1,
        "only under examples",
        id="expect under counter-examples",
    ),
    pytest.param(
        "c:" + "".join(f"\n{' ' * i}codes:\n{' ' * i} c:" for i in range(1, 40, 2)) + " x",
        40,
        "codes stand more than 20 deep",
        id="deep codes",
    ),
    # rules
    pytest.param("a:\n-", 2, "an empty phrase", id="empty item"),
    pytest.param("a:\n- ' '", 2, "an empty phrase", id="blank phrase"),
    pytest.param("a:\n- {regex: ''}", 2, "regex is empty", id="empty regex"),
    pytest.param("a:\n- {phrase: ''}", 2, "an empty phrase", id="empty phrase field"),
    pytest.param("a:\n- '*'", 2, "'*' fits every word", id="only a star"),
    pytest.param("a:\n- '?? *-*'", 2, "fits every word", id="only globs"),
    pytest.param("a:\n- near: [x, '*']", 2, "'*' fits every word", id="only a star in near"),
    pytest.param("a:\n- [x, y]", 2, "should be a text, this one is a list", id="rule in brackets"),
    pytest.param("a:\n- {phrase: [x]}", 2, "phrase should be one text", id="phrase in a list"),
    pytest.param("a:\n- {phrse: x}", 2, "unknown field 'phrse'", id="unknown field of a rule"),
    pytest.param("a:\n- {case: true}", 2, "a rule without words", id="no head"),
    pytest.param("a:\n- {}", 2, "a rule without words", id="an empty mapping"),
    pytest.param("a:\n- {phrase: x, lemma: y}", 2, "has phrase and lemma", id="two heads"),
    pytest.param("a:\n- {near: [x, y], all: [z]}", 2, "has near and all", id="near and all"),
    pytest.param("a:\n- near: [x]", 2, "near needs two items", id="near with one item"),
    pytest.param("a:\n- near: x", 2, "near needs two items", id="near with a text"),
    pytest.param("a:\n- near: []", 2, "near is empty", id="near with nothing"),
    pytest.param("a:\n- near: [x, [y, z]]", 2, "an item of near should be", id="a list in near"),
    pytest.param("a:\n- near: [x, {phrase: y, within: 2}]", 2, "field 'within'", id="item within"),
    pytest.param("a:\n- near: [x, y: z]", 2, "'y: z' looks like", id="a colon in near"),
    pytest.param("a:\n- near: [x, y]\n  within: 0", 3, "within is '0'", id="within 0"),
    pytest.param("a:\n- near: [x, y]\n  within: -2", 3, "within is '-2'", id="within below 0"),
    pytest.param("a:\n- near: [x, y]\n  within: 2.5", 3, "within is '2.5'", id="within a fraction"),
    pytest.param("a:\n- near: [x, y]\n  within: scope", 3, "within is 'scope'", id="near in scope"),
    pytest.param("a:\n- phrase: x\n  within: 2", 3, "within has no meaning", id="phrase within"),
    pytest.param("a:\n- all: [x]\n  within: 2", 3, "within has no meaning", id="all within"),
    pytest.param("a:\n- all: [x]\n  in_order: true", 3, "in_order has no meaning", id="in order"),
    pytest.param("a:\n- near: [x, y]\n  whole_words: no", 3, "whole_words has no", id="near whole"),
    pytest.param("a:\n- lemma: x\n  whole_words: no", 3, "whole_words has no", id="lemma whole"),
    pytest.param("a:\n- none: [x]", 2, "none stands alone", id="none alone"),
    pytest.param("a:\n- all:\n  none: [x]", 2, "all is empty", id="all empty"),
    pytest.param("a:\n- tokens: x", 2, "tokens should be a list", id="tokens a text"),
    pytest.param("a:\n- tokens: []", 2, "tokens should be a list", id="tokens empty"),
    pytest.param("a:\n- tokens: [x]", 2, "each token should be a mapping", id="tokens of texts"),
    pytest.param("a: {rules: x, unless: [[y]]}", 1, "a guard should be", id="guard in a list"),
    pytest.param("a: {rules: x, unless: ['']}", 1, "an empty phrase", id="empty guard"),
    pytest.param("a: {rules: x, unless: [{near: [y, z]}]}", 1, "field 'near'", id="near in guard"),
    pytest.param("a: {rules: x, unless: [y: z]}", 1, "'y: z' looks like", id="colon in guard"),
    pytest.param(
        "a: {rules: x, unless: [{phrase: y, within: all}]}", 1, "within is 'all'", id="guard within"
    ),
    pytest.param("a:\n- {phrase: x, negation: no}", 2, "negation is 'no'", id="rule negation"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), ERRORS)
def test_each_fault_is_told_once_with_its_line(text: str, line: int, message: str) -> None:
    _codebook, problems = read_codebook(text, "book")
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    found = [problem for problem in errors if message in problem.message]

    assert [problem.line for problem in found] == [line], problems
    assert found[0].hint
    assert found[0].file == ""
    assert {problem.line for problem in errors} == {line}, "a fault elsewhere that is none"


WARNINGS = [
    pytest.param("no: [x]", 1, "the theme 'no' is read as this text", id="called no"),
    pytest.param("a: {codes: {on: [x]}}", 1, "the code 'on' is read", id="called on"),
    pytest.param("1.0: [x]", 1, "the theme '1.0' is read", id="called 1.0"),
    pytest.param("2020-01-01: [x]", 1, "the theme '2020-01-01' is read", id="called as a date"),
    pytest.param("a:", 1, "'a' has no rules", id="no rules"),
    pytest.param("a: []", 1, "'a' has no rules", id="an empty theme"),
    pytest.param("a: {brief: x}", 1, "'a' has no rules", id="no rules, no codes"),
    pytest.param("a:\n  rules: []", 2, "an empty list of rules", id="empty rules"),
    pytest.param("a:\n  brief: x\n  rules:", 3, "an empty list of rules", id="rules left out"),
    pytest.param("a: {rules: x, codes: }", 1, "an empty `codes:`", id="codes left out"),
    pytest.param("lists: {g: []}\nthemes: {a: x}", 1, "the list 'g' is empty", id="empty list"),
    pytest.param("marks: {m: []}\nthemes: {a: x}", 1, "'m' has no words", id="empty mark"),
    pytest.param("speakers: {exclude: }\nthemes: {a: x}", 1, "everybody counts", id="exclude"),
    pytest.param("a:\n  - x\n    - y", 2, "2 lines are read as one phrase", id="two items in one"),
    pytest.param("langauge: en\na: [x]", 1, "'langauge' is read as a theme", id="a setting?"),
]


@pytest.mark.parametrize(("text", "line", "message"), WARNINGS)
def test_what_may_be_meant_otherwise_is_a_warning(text: str, line: int, message: str) -> None:
    codebook, problems = read_codebook(text, "book")

    assert codebook is not None
    assert [(problem.line, problem.severity) for problem in problems] == [(line, Severity.WARNING)]
    assert message in problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("'no': [x]", id="a quoted name"),
        pytest.param("a: {rules: manual}", id="manual"),
        pytest.param("a: {status: retired}", id="retired"),
        pytest.param("a: {codes: {b: [x]}}", id="a theme of codes"),
    ],
)
def test_nothing_is_said_of(text: str) -> None:
    assert told(text) == []


def test_guesses_are_made() -> None:
    hints = {
        problem.message: problem.hint
        for problem in read_codebook(
            "scope: sentences\nlists: {groups: [x]}\nthemes:\n  a: {rulez: [<group>]}", "book"
        )[1]
    }

    assert list(hints.values()) == [
        "did you mean 'sentence'?",
        "did you mean 'rules'?",
        "did you mean <groups>?",
    ]


def test_all_faults_of_a_file_are_told_in_one_pass() -> None:
    path = DATA / "codebook-12-faults.yaml"
    codebook, problems = read_codebook_file(path)

    assert [(problem.line, problem.message) for problem in problems] == [
        (3, "language is 'english', it should be a code of two or three letters"),
        (4, "scope is 'sentences', it should be one of sentence, paragraph, turn, transcript"),
        (7, "there is no list called 'group'"),
        (10, "'alliance' has an unknown field 'defnition'"),
        (11, "color is empty"),
        (13, "status is 'finished', it should be one of draft, stable, retired"),
        (17, "'he said: yes' looks like a phrase with a colon in it"),
        (18, "near needs two items or more"),
        (19, "within has no meaning here"),
        (20, "none stands alone: the rule finds nothing"),
        (21, "'*' fits every word"),
        (22, "an empty phrase"),
        (23, "there is no list called 'gruops'"),
        (24, "tokens should be a list of mappings"),
        (26, "within is '0', it should be a whole number from 1"),
        (27, "a guard has an unknown field 'phrse'"),
        (28, "'safe-haven' stands twice (first on line 15)"),
        (29, "the name 'a/b' holds a /"),
        (30, "a theme without a name"),
        (31, "the theme 'no' is read as this text, not as a number, date or truth value"),
        (32, "'finance' has no rules: nothing will be suggested"),
    ]
    assert {problem.file for problem in problems} == {str(path)}
    assert all(problem.hint for problem in problems)
    assert codebook is not None
    assert codebook.paths() == ["alliance", "alliance/safe-haven", "no", "finance"]


def test_reading_goes_on_after_syntax_errors() -> None:
    text = """themes:
  a:
    definition: He said: yes
    rules:
      - he said: no: maybe
      - *x*
\t- y
      - <unknown>
    color: red
  b: [x
  c: {rulez: [u]}
  d:
    brief: 'open
"""
    codebook, problems = read_codebook(text, "book")

    assert codebook is not None  # as far as it could be read, to be compiled
    assert [problem.line for problem in problems] == [3, 5, 6, 7, 9, 10, 11, 13]


def test_what_a_cut_out_part_may_have_held_is_not_missed() -> None:
    assert told("lists: {groups: [x\nthemes: {a: [<groups>]}") == [
        (1, "the bracket [ opened here is not closed, or a comma is missing")
    ]


def test_a_file_of_tabs_is_told_in_short() -> None:
    problems = read_codebook("a:\n" + "\t- x\n" * 500, "book")[1]

    assert len(problems) == 21
    assert problems[-1].message == "a tab is used for indentation, and so on 479 more lines"
