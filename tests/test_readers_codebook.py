"""Codebooks: what a file means, which files can be read, and that nothing breaks the reader."""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.errors import Problem, Severity
from thematic.model.codebook import (
    Codebook,
    Example,
    Guard,
    Item,
    ItemKind,
    Negation,
    Nested,
    RuleKind,
    Unit,
)
from thematic.readers import Limits
from thematic.readers.codebook import (
    codebook_from,
    read_codebook,
    read_codebook_file,
    rule_from,
)
from thematic.readers.lined_yaml import nodes as yaml_nodes


def read(text: str) -> Codebook:
    codebook, problems = read_codebook(text, "book")
    assert problems == []
    assert codebook is not None
    return codebook


# --- what a codebook means ---------------------------------------------------------------


def test_a_bare_codebook_has_the_documented_defaults() -> None:
    codebook = read("themes: {alliance: [safe haven]}")

    assert codebook.name == "book"
    assert codebook.language == "en"
    assert (codebook.scope, codebook.unit) == (Unit.SENTENCE, Unit.SENTENCE)
    assert codebook.exclude == ("interviewer",)
    assert codebook.nested is Nested.CODE
    assert codebook.negation_cues is None
    assert not codebook.ignore_accents
    rule = codebook.themes[0].rules[0]
    assert (rule.negation, rule.guards, rule.items[0].case) == (Negation.MARK, (), False)


def test_the_top_is_read() -> None:
    codebook = read(
        """
codebook: jihad-networks
version: 0.10
title: A title
language: de
model: de_core_news_sm
scope: paragraph
unit: turn
speakers: {exclude: [interviewer, Translator]}
negation_cues: [nicht, kein*]
marks: {hedged: [vielleicht], past: [damals, früher]}
nested: codebook
accents: ignore
note: [whatever, {is: written}]
themes: {a: [x]}
"""
    )

    assert (codebook.name, codebook.version, codebook.title) == (
        "jihad-networks",
        "0.10",
        "A title",
    )
    assert (codebook.language, codebook.model) == ("de", "de_core_news_sm")
    assert (codebook.scope, codebook.unit) == (Unit.PARAGRAPH, Unit.TURN)
    assert codebook.exclude == ("interviewer", "Translator")
    assert codebook.negation_cues == ("nicht", "kein*")
    assert codebook.marks == {"hedged": ("vielleicht",), "past": ("damals", "früher")}
    assert codebook.nested is Nested.CODEBOOK
    assert codebook.ignore_accents


def test_an_entry_is_read_with_the_lines_of_its_parts() -> None:
    codebook = read(
        """themes:
  alliance:
    brief: Short.
    definition: |
      Long,
      in two lines.
    when_to_use: Then.
    when_not_to_use: Else.
    examples:
      - They gave shelter.
      - {text: They lived there., expect: missed}
    counter_examples: A tax haven.
    colour: "#1B7f5c"
    status: draft
    source: theory
    since: 0.1
    changed: 2024-05-01
    memo: thoughts
    codes:
      control: {rules: manual}
      haven:
        codes: {safe: [safe haven]}
"""
    )
    theme = codebook.themes[0]

    assert (theme.path, theme.line, theme.brief) == ("alliance", 2, "Short.")
    assert theme.definition == "Long,\nin two lines."
    assert (theme.when_to_use, theme.when_not_to_use) == ("Then.", "Else.")
    assert theme.examples == (
        Example("They gave shelter.", 10),
        Example("They lived there.", 11, expect_missed=True),
    )
    assert theme.counter_examples == (Example("A tax haven.", 12),)
    assert (theme.color, theme.status, theme.source) == ("#1B7f5c", "draft", "theory")
    assert (theme.since, theme.changed) == ("0.1", "2024-05-01")
    assert [(code.path, code.line, code.manual) for code in theme.walk()] == [
        ("alliance", 2, False),
        ("alliance/control", 20, True),
        ("alliance/haven", 21, False),
        ("alliance/haven/safe", 22, False),
    ]


SHORT_FORMS = [
    pytest.param("a: [x, y]\nb: [z]", {"a": ["x", "y"], "b": ["z"]}, id="names with phrases"),
    pytest.param("a: x\nb: y z", {"a": ["x"], "b": ["y z"]}, id="names with one phrase"),
    pytest.param("a:\n- x\n- lemma: y\n", {"a": ["x", "lemma: y"]}, id="names with rules"),
    pytest.param(
        "model: [x]\ntitle: [y]", {"model": ["x"], "title": ["y"]}, id="named as settings"
    ),
    pytest.param("a: {rules: x, codes: {b: y}}", {"a": ["x"], "a/b": ["y"]}, id="entries"),
    pytest.param("a: {lemma: x}", {"a": ["lemma: x"]}, id="one rule without a list"),
    pytest.param("themes: {a: [x]}", {"a": ["x"]}, id="a theme with a list"),
    pytest.param("themes: {a: {codes: {b: [x]}}}", {"a": [], "a/b": ["x"]}, id="codes with lists"),
    pytest.param('{"themes": {"a": ["x", {"regex": "y"}]}}', {"a": ["x", "regex: y"]}, id="JSON"),
    pytest.param('{"a": ["\\ud83d\\ude00"]}', {"a": ["\U0001f600"]}, id="JSON halves"),
    pytest.param("\ufeffa: [x]\r\nb: [y]\r\n", {"a": ["x"], "b": ["y"]}, id="mark and CRLF"),
    pytest.param("a: [x]\rb: [y]\r", {"a": ["x"], "b": ["y"]}, id="old Mac line ends"),
    pytest.param("a: &w [x]\nb: *w", {"a": ["x"], "b": ["x"]}, id="an alias"),
    pytest.param(
        "a: &e {rules: [x]}\nb: {<<: *e, brief: more}", {"a": ["x"], "b": ["x"]}, id="a merge key"
    ),
]


@pytest.mark.parametrize(("text", "rules"), SHORT_FORMS)
def test_short_forms_are_codebooks(text: str, rules: dict[str, list[str]]) -> None:
    codebook = read(text)

    assert {code.path: [rule.text for rule in code.rules] for code in codebook.codes()} == rules


def test_scalars_are_read_as_written() -> None:
    codebook = read("a: [no, 007, 12:30, 1.0, null, ~x, 2020-01-01, true, 0x1F, +1]")

    assert [rule.text for rule in codebook.themes[0].rules] == [
        "no", "007", "12:30", "1.0", "null", "~x", "2020-01-01", "true", "0x1F", "+1"
    ]  # fmt: skip


RULES = [
    pytest.param("safe haven*", RuleKind.PHRASE, "safe haven*", id="a phrase"),
    pytest.param({"phrase": "IS"}, RuleKind.PHRASE, "IS", id="a phrase in a mapping"),
    pytest.param({"lemma": "swear"}, RuleKind.LEMMA, "lemma: swear", id="a lemma"),
    pytest.param({"regex": "a|b"}, RuleKind.REGEX, "regex: a|b", id="a regex"),
    pytest.param({"near": ["a*", "b"]}, RuleKind.NEAR, "near: [a*, b] within 8", id="near"),
    pytest.param(
        {"near": [{"lemma": "a"}, "b"], "within": 3, "in_order": True},
        RuleKind.NEAR,
        "near: [lemma: a, b] within 3 in order",
        id="near with options",
    ),
    pytest.param(
        {"near": ["a, b", {"regex": "[ab]"}]},
        RuleKind.NEAR,
        'near: ["a, b", "regex: [ab]"] within 8',
        id="near with items that need quotes",
    ),
    pytest.param(
        {"none": ["c"], "any": ["b"], "all": ["a", "d"]},
        RuleKind.BOOLEAN,
        "all: [a, d] any: [b] none: [c]",
        id="all, any and none",
    ),
    pytest.param({"any": "b"}, RuleKind.BOOLEAN, "any: [b]", id="one item without a list"),
    pytest.param(
        {"tokens": [{"LOWER": {"IN": ["a", "b"]}}, {"OP": "?"}]},
        RuleKind.TOKENS,
        'tokens: [{"LOWER":{"IN":["a","b"]}},{"OP":"?"}]',
        id="tokens",
    ),
]


@pytest.mark.parametrize(("written", "kind", "text"), RULES)
def test_a_rule_is_read_and_said(written: str, kind: RuleKind, text: str) -> None:
    rule = rule_from(written)

    assert (rule.kind, rule.text) == (kind, text)


def test_items_stand_in_their_part_of_the_rule() -> None:
    rule = rule_from({"all": ["a"], "any": [{"lemma": "b"}, {"regex": "c"}], "none": ["d"]})

    assert [(item.kind, item.text) for item in rule.any] == [
        (ItemKind.LEMMA, "b"),
        (ItemKind.REGEX, "c"),
    ]
    assert [item.text for item in rule.all + rule.none] == ["a", "d"]
    assert rule.items == ()


def test_token_patterns_have_types_where_spacy_wants_them() -> None:
    rule = rule_from(
        {"tokens": [{"IS_PUNCT": True, "LENGTH": {">=": 3}, "LOWER": "no"}, {"ORTH": "007"}, {}]}
    )

    assert rule.tokens == (
        {"IS_PUNCT": True, "LENGTH": {">=": 3}, "LOWER": "no"},
        {"ORTH": "007"},
        {},
    )
    unquoted = read("a:\n- tokens: [{LOWER: no, ORTH: 12, LIKE_NUM: false}]").themes[0].rules[0]
    assert unquoted.tokens == ({"LOWER": "no", "ORTH": "12", "LIKE_NUM": False},)


def test_regex_keeps_its_blanks_and_may_match_inside_words() -> None:
    item = rule_from({"regex": " a ", "whole_words": False, "case": True}).items[0]

    assert (item.text, item.whole_words, item.case) == (" a ", False, True)


def test_case_and_negation_come_from_the_nearest_place() -> None:
    codebook = read(
        """
case: true
negation: ignore
themes:
  a:
    rules: [top]
    codes:
      b:
        case: false
        negation: withhold
        rules:
          - code
          - {phrase: rule, case: yes, negation: mark}
          - {near: [x, {phrase: y, case: off}], case: on}
"""
    )
    top, code, rule, near = [rule for code in codebook.codes() for rule in code.rules]

    assert (top.items[0].case, top.negation) == (True, Negation.IGNORE)
    assert (code.items[0].case, code.negation) == (False, Negation.WITHHOLD)
    assert (rule.items[0].case, rule.negation) == (True, Negation.MARK)
    assert [item.case for item in near.items] == [True, False]


def test_guards_add_up_downwards() -> None:
    codebook = read(
        """themes:
  a:
    unless: theme
    codes:
      b:
        rules: [{phrase: x, unless: {regex: rule, within: scope}}, y]
        unless: [{lemma: code, within: 5, case: true}, {phrase: over, within: 0}]
unless: [top]
"""
    )
    first, second = codebook.themes[0].codes[0].rules
    inherited = (
        Guard(Item(ItemKind.PHRASE, "top", line=8), 1, 8),
        Guard(Item(ItemKind.PHRASE, "theme", line=3), 1, 3),
        Guard(Item(ItemKind.LEMMA, "code", case=True, line=7), 5, 7),
        Guard(Item(ItemKind.PHRASE, "over", line=7), 0, 7),
    )

    assert second.guards == inherited
    assert first.guards == (*inherited, Guard(Item(ItemKind.REGEX, "rule", line=6), None, 6))


def test_a_rule_keeps_its_line_and_its_items_theirs() -> None:
    rule = read("a:\n  - near:\n      - x\n      - y\n    within: 3\n").themes[0].rules[0]

    assert (rule.line, [item.line for item in rule.items]) == (2, [3, 4])


def test_lists_that_refer_to_lists_are_written_out() -> None:
    codebook = read(
        "lists: {all: [<rivals>, <old> Taliban], rivals: [ISKP, TTP], old: [the, no]}\n"
        "themes: {a: [<all> fled]}"
    )

    assert codebook.lists == {
        "all": ("ISKP", "TTP", "the Taliban", "no Taliban"),
        "rivals": ("ISKP", "TTP"),
        "old": ("the", "no"),
    }


@pytest.mark.parametrize("text", ["a < b", "a > b < c", "<>", "< a >", "x <3", "<a", "p<0,5>"])
def test_angle_brackets_that_name_no_list_are_text(text: str) -> None:
    assert rule_from(text).items[0].text == text


@pytest.mark.parametrize(
    ("written", "exclude"),
    [
        pytest.param("speakers: {exclude: []}", (), id="nobody"),
        pytest.param("speakers: {exclude: Q}", ("Q",), id="one without a list"),
        pytest.param("speakers: {}", ("interviewer",), id="not said"),
    ],
)
def test_excluded_speakers(written: str, exclude: tuple[str, ...]) -> None:
    assert read(f"{written}\nthemes: {{a: x}}").exclude == exclude


def test_hash_is_of_the_text_with_plain_line_ends() -> None:
    digest = hashlib.sha256(b"a: [x]\nb: [y]\n").hexdigest()

    for text in ("a: [x]\nb: [y]\n", "a: [x]\r\nb: [y]\r\n", "\ufeffa: [x]\rb: [y]\r"):
        assert read(text).hash == digest


def test_a_codebook_can_be_sent_to_another_process() -> None:
    codebook = read("lists: {g: [x]}\nmarks: {m: [y]}\nthemes: {a: [<g>, {tokens: [{}]}]}")

    assert pickle.loads(pickle.dumps(codebook)) == codebook


@pytest.mark.parametrize("rule", [{"phrase": "x", "lemma": "y"}, "", {"near": ["x"]}])
def test_rules_made_in_python_must_be_sound(rule: object) -> None:
    with pytest.raises(ValueError, match="line"):
        codebook_from({"themes": {"a": {"rules": [rule]}}})


# --- files -------------------------------------------------------------------------------

ENCODINGS = [
    pytest.param("utf-8", [], id="UTF-8"),
    pytest.param("utf-8-sig", [], id="UTF-8 with a mark"),
    pytest.param("utf-16", [], id="UTF-16"),
    pytest.param("cp1252", [Severity.NOTE], id="CP1252"),
]


@pytest.mark.parametrize(("encoding", "severities"), ENCODINGS)
def test_files_are_decoded(tmp_path: Path, encoding: str, severities: list[Severity]) -> None:
    path = tmp_path / "my book.yaml"
    path.write_bytes("über: [“café”]\r\n".encode(encoding))
    codebook, problems = read_codebook_file(path)

    assert codebook is not None
    assert (codebook.name, codebook.paths()) == ("my book", ["über"])
    assert codebook.themes[0].rules[0].text == "“café”"
    assert [problem.severity for problem in problems] == severities
    assert {problem.file for problem in problems} <= {str(path)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "there is no such codebook", id="missing"),
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"a\0\1\2\3" * 50, "binary", id="binary"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(32)) * 9, "", id="PDF"),
        pytest.param(b"a" * 32_000_001, "too large", id="large"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "book.yaml"
    if content is not None:
        path.write_bytes(content)
    codebook, problems = read_codebook_file(path)

    assert codebook is None
    assert [problem.file for problem in problems] == [str(path)]
    assert message in problems[0].message
    assert problems[0].severity is Severity.ERROR


def test_a_folder_is_no_codebook(tmp_path: Path) -> None:
    codebook, problems = read_codebook_file(tmp_path)

    assert codebook is None
    assert "this is a folder" in problems[0].message


def test_a_very_long_text_is_refused() -> None:
    codebook, problems = read_codebook("a: " + "x" * 8_000_000, "book")

    assert codebook is None
    assert "at most 8,000,000 are allowed" in problems[0].message
    assert "--limit codebook=" in problems[0].hint


def test_what_is_allowed_can_be_more_or_less() -> None:
    text = "a: [some words]\n"
    assert read_codebook(text, "book", Limits(codebook=len(text)))[1] == []
    assert read_codebook(text, "book", Limits(codebook=len(text) - 1))[0] is None


def test_many_thousand_rules_are_read() -> None:
    """More than two million characters, as a list of names may have."""
    rules = "".join(f"- name{number} {'of somebody ' * 6}\n" for number in range(26_000))
    codebook, problems = read_codebook(f"names:\n{rules}", "book")

    assert problems == []
    assert codebook is not None
    assert len(codebook.themes[0].rules) == 26_000


@pytest.mark.parametrize("text", ["a: [%s]" % ("x, " * 50), "a: [%s]" % ("[], " * 50)])
def test_entries_are_counted(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thematic.readers.lined_yaml.nodes.MAX_NODES", 40)
    _, problems = read_codebook(text, "book")

    assert "more than 40 entries" in problems[0].message


# --- whatever comes ----------------------------------------------------------------------

WORDS = st.sampled_from(
    ["a", "b", "themes", "codes", "rules", "lists", "unless", "near", "all", "none", "phrase",
     "lemma", "regex", "tokens", "within", "case", "<a>", "*", "", "no", "1.0", "scope", "0",
     "speakers", "exclude", "marks", "examples", "text", "expect", "<<", "x: y", "manual"]
)  # fmt: skip
STRUCTURES = st.recursive(
    WORDS | st.none() | st.booleans() | st.integers(-1, 9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=25,
)
YAML_LIKE = st.text(
    st.sampled_from("ab:- \n\t[]{}'\"*&!|>#<,?%@`\\~\r\ufeff\x85\u2028\0\ud800\u00e9"), max_size=80
)


def check_reading(text: str) -> None:
    codebook, problems = read_codebook(text, "book")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1

    assert codebook is not None or any(p.severity is Severity.ERROR for p in problems)
    assert all(isinstance(problem, Problem) and problem.message for problem in problems)
    assert all(0 <= problem.line <= lines for problem in problems)
    assert [p.line for p in problems] == sorted(p.line for p in problems)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200) | YAML_LIKE)
def test_no_text_is_too_much(text: str) -> None:
    check_reading(text)


@settings(max_examples=400, deadline=None)
@given(STRUCTURES)
def test_no_structure_is_too_much(content: object) -> None:
    check_reading(json.dumps(content))
    check_reading(yaml.safe_dump(content))


@settings(max_examples=200, deadline=None)
@given(YAML_LIKE)
def test_both_yaml_parsers_read_the_same(text: str) -> None:
    if not yaml.__with_libyaml__:
        pytest.skip("PyYAML is installed without libyaml")
    fast, problems = read_codebook(text, "book")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
        slow, others = read_codebook(text, "book")
    # After a syntax error each parser goes on in its own way; such a codebook is not used.
    if not any(problem.severity is Severity.ERROR for problem in (*problems, *others)):
        assert fast == slow
