"""The conformance table of docs/reference/matching.md: every engine must pass every row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import found

from thematic.model.coding import MentionStatus, TranscriptCoding

Coded = Callable[..., TranscriptCoding]
TALIBAN = (
    "Taliban's anti-Taliban Taliban;ISIS @Taliban _Taliban_ Taliban[inaudible] Talibans neotaliban"
)
QAEDA = "al-Qaeda, al Qaeda's, al-\nQaeda, AL\u2013QAEDA, al\u2014Qaeda, al -Qaeda, al, Qaeda"


def book(*rules: str, top: str = "") -> str:
    """One code with these rules, written as YAML flow."""
    return f"{top}\nthemes: {{theme: {{rules: [{', '.join(rules)}]}}}}\n"


@pytest.mark.parametrize(
    ("yaml", "text", "mentions"),
    [
        pytest.param(book("Taliban"), TALIBAN, ["Taliban"] * 6, id="borders"),
        pytest.param(
            book("al Qaeda"), QAEDA, ["al-Qaeda", "al Qaeda", "al-\nQaeda", "AL–QAEDA"], id="joints"
        ),
        pytest.param(book("al-Qaeda"), "al Qaeda", ["al Qaeda"], id="hyphen-in-rule-is-a-joint"),
        pytest.param(
            book("ISIS-K"),
            "He fought ISIS-K. Then ISIS K’s men left.",
            ["ISIS-K", "ISIS K"],
            id="hyphenated-name",
        ),
        pytest.param(
            book("id card", "gen. miller"),
            "His ID card. Gen. Miller said",
            ["ID card", "Gen. Miller"],
            id="no-token-rules",
        ),
        pytest.param(
            book("won", "do", '"don\'t"'), "I won't, I don’t", ["don’t"], id="contractions"
        ),
        pytest.param(book("we"), "Yes, we're here", ["we"], id="contraction-of-be"),
        pytest.param(book("a b", "b c d", "d e"), "a b c d e", ["b c d"], id="longest-match"),
        pytest.param(book("{near: [x, y], within: 2}"), "x q y", ["x q y"], id="near-within"),
        pytest.param(book("{near: [x, y], within: 2}"), "x q q y", [], id="near-too-far"),
        pytest.param(book("{near: [x, y], within: 2}"), "x y x", ["x y"], id="near-from-left"),
        pytest.param(
            book("{near: [x, y], in_order: true}"), "y x q y", ["x q y"], id="near-in-order"
        ),
        pytest.param(
            book("{near: [x, y, z], within: 3}"), "x z q y and x a b c d z y", ["x z q y"], id="near-3"
        ),
        pytest.param(
            book("{near: [Taliban, <groups>]}", top="lists: {groups: [Taliban, TTP]}"),
            "the Taliban",
            [],
            id="near-one-word-is-not-two",
        ),
        pytest.param(book("{near: [x, y]}"), "An x here. Y said", [], id="near-stays-in-its-scope"),
        pytest.param(book("{all: [p, q]}"), "q r p q", ["p"], id="all"),
        pytest.param(book("{all: [p], any: [q, r]}"), "p stays. P with r.", ["P"], id="all-and-any"),
        pytest.param(book("{any: [q, r], none: [s]}"), "r q here. Q and s here.", ["r"], id="none-withholds"),
        pytest.param(
            book('{regex: "hosted the fighters"}'),
            "hosted the\nfighters",
            ["hosted the\nfighters"],
            id="regex-over-line-end",
        ),
        pytest.param(
            book('{regex: "hosted the fighters"}'), "ghosted the fighters", [], id="regex-borders"
        ),
        pytest.param(
            book('{regex: "osted the", whole_words: false}'),
            "ghosted the fighters",
            ["osted the"],
            id="regex-part-words",
        ),
        pytest.param(book("haven*"), "havens haven", ["havens", "haven"], id="glob-any"),
        pytest.param(book("hav?n"), "haven havn haveen", ["haven"], id="glob-one-letter"),
        pytest.param(book("safe * camp"), "safe big camp, safe camp", ["safe big camp"], id="glob-word"),
        pytest.param(book('"9/11"', '"AT&T"'), "On 9/11 AT&T", ["9/11", "AT&T"], id="signs"),
        pytest.param(book("safe haven"), "safehaven safe  haven", ["safe  haven"], id="no-empty-joint"),
        pytest.param(book("safe haven"), "safe — haven safe--haven", [], id="dashes-end-a-phrase"),
        pytest.param(
            book("Taliban"),
            "see taliban.org at www.taliban.com or http://x.org/taliban or taliban@x.org",
            ["taliban"],
            id="addresses-are-opaque",
        ),
        pytest.param(book("laughter"), "A [laughter] and laughter", ["laughter"], id="notes"),
        pytest.param(
            book("lacht"), "Ja. ((lacht)) (lacht kurz) Sie lacht [?] (lacht, unv.)",
            ["lacht", "lacht"],
            id="notes-in-german",
        ),
        pytest.param(book('"[laughter]"'), "A [laughter]", ["[laughter]"], id="note-written-out"),
        pytest.param(book("Tali\u00adban"), "Tali\u00adban", ["Tali\u00adban"], id="soft-hyphen"),
        pytest.param(book("café"), "cafe\u0301 café cafe", ["cafe\u0301", "café"], id="nfc"),
        pytest.param(
            book("cafe", top="accents: ignore"), "cafe\u0301 café", ["cafe\u0301", "café"], id="accents"
        ),
        pytest.param(book("strasse"), "Die Straße", ["Straße"], id="casefold"),
        pytest.param(book("ισσ"), "ΙΣΣ", ["ΙΣΣ"], id="final-sigma"),
        pytest.param(
            book("{phrase: IS, case: true}"), "IS is Is", ["IS"], id="case"
        ),
        pytest.param(
            book("lemma: swear allegiance"),
            "swore allegiance, sworn allegiance, swearing allegiance, swears allegiance",
            ["swore allegiance", "sworn allegiance", "swearing allegiance", "swears allegiance"],
            id="lemma",
        ),
        pytest.param(
            book("tokens: [{LOWER: {IN: [marry, married]}}, {OP: '?'}, {LOWER: afghan}]"),
            "They married Afghan women, marry an Afghan",
            ["married Afghan", "marry an Afghan"],
            id="tokens",
        ),
        pytest.param(book("U.S.*"), "the U.S. troops", ["U.S."], id="glob-beside-a-sign"),
        pytest.param(book("x taliban"), "x [00:01:02] taliban", [], id="no-phrase-over-a-stamp"),
        pytest.param(
            book('{regex: "x.{1,5}taliban"}'),
            "P1: an x [00:01:02] taliban.\n\nP1: Yes.",
            [],
            id="no-regex-over-a-stamp",
        ),
        pytest.param(
            book("tokens: [{LOWER: do}]"), "They don't. They do.", ["do"], id="tokens-keep-borders"
        ),
        pytest.param(
            book("foreign fighter*"),
            "They came (foreign fighters mostly) [foreign fighters]",
            ["foreign fighters", "foreign fighters"],
            id="talk-in-brackets-is-no-note",
        ),
        pytest.param(
            book("taliban", top="accents: ignore"),
            "a \u0301 b Taliban came",
            ["Taliban"],
            id="a-lone-mark-shifts-nothing",
        ),
        pytest.param(
            book("Taliban"), "见https://x.org/a，Taliban。", ["Taliban"], id="address-ends-at-script"
        ),
        pytest.param(book('{regex: "(^| )host"}'), "They left. Host", ["Host"], id="regex-trimmed"),
        pytest.param(
            book("塔利班", top="language: zh"), "见塔利班，塔利班走了", ["塔利班"] * 2, id="no-blanks"
        ),
        pytest.param(
            book("near: [x, y]", top="scope: transcript"),
            "P1: an x\n\nI: words\n\nP1: and y\n",
            [],
            id="near-stays-in-one-turn",
        ),
        pytest.param(
            book("haven", top="unless: [{phrase: tax, within: 0}]"),
            "a tax-haven",
            ["haven"],
            id="guard-within-0-overlaps",
        ),
        pytest.param(
            book("safe haven*", top="unless: [tax haven, {phrase: NATO, within: 7}]"),
            "a safe haven. NATO has no need of a safe haven.",
            ["safe haven"],
            id="guard-within",
        ),
    ],
)  # fmt: skip
def test_mentions(coded: Coded, yaml: str, text: str, mentions: list[str]) -> None:
    assert found(coded(yaml, text)) == mentions


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        pytest.param("do not host", "not", id="not"),
        pytest.param("No, they host", "", id="no-as-an-answer"),
        pytest.param("not only host", "", id="not-only"),
        pytest.param("did not go; they host", "", id="another-clause"),
        pytest.param("They never once did host", "never", id="never"),
        pytest.param("They don’t host", "don’t", id="contraction"),
        pytest.param("not a b c d host", "not", id="five-words-away"),
        pytest.param("not a b c d e host", "", id="six-words-away"),
        pytest.param("no doubt they host", "", id="no-doubt"),
        pytest.param("They cannot live without a host", "", id="cannot-without"),
        pytest.param("without a host", "without", id="without"),
        pytest.param("not this but they host", "", id="but"),
        pytest.param("I said no. They host", "", id="another-sentence"),
        pytest.param("They did not [00:01:02] host", "not", id="a-stamp-does-not-block"),
        pytest.param("did not [inaudible 00:12:03] host", "not", id="a-note-does-not-block"),
        pytest.param(
            "They cannot live in that cold valley without a host", "", id="cannot-far-from-without"
        ),
        pytest.param("They d-don’t host", "don’t", id="stutter"),
        pytest.param("“No”, they host", "", id="quoted-no-as-an-answer"),
    ],
)
def test_negation(coded: Coded, text: str, negated: str) -> None:
    (mention,) = coded(book("host"), text).mentions
    assert (mention.negation, mention.status) == (negated, MentionStatus.SUGGESTED)


def test_negation_withholds_where_asked(coded: Coded) -> None:
    coding = coded(book("{phrase: host, negation: withhold}"), "They do not host. They host.")
    assert [m.status for m in coding.mentions] == [MentionStatus.WITHHELD, MentionStatus.SUGGESTED]


def test_two_sentences(coded: Coded) -> None:
    coding = coded(book("ISIS-K"), "He fought ISIS-K. Then ISIS K’s men left.")
    from thematic.model.codebook import Unit

    assert len({coding.unit_of(m, Unit.SENTENCE) for m in coding.mentions}) == 2


def test_withheld_still_swallows(coded: Coded) -> None:
    coding = coded(book("tax haven", "haven", top="unless: [offshore]"), "an offshore tax haven")
    assert found(coding, MentionStatus.WITHHELD) == ["tax haven"]
    assert found(coding, MentionStatus.SWALLOWED) == ["haven"]


def test_nested_over_the_codebook(coded: Coded) -> None:
    yaml = "nested: codebook\nthemes: {a: [Guinea], b: [Equatorial Guinea]}"
    coding = coded(yaml, "Guinea and Equatorial Guinea")
    assert found(coding) == ["Guinea", "Equatorial Guinea"]


def test_phrase_does_not_cross_a_label(coded: Coded) -> None:
    assert (
        found(coded(book("safe haven"), "P1: It was safe\n\nP2: Haven of what?\n\nP1: Yes.")) == []
    )


def test_marks(coded: Coded) -> None:
    coding = coded(book("host", top="marks: {hedged: [perhaps]}"), "Perhaps they host. They host.")
    assert [mention.marks for mention in coding.mentions] == [("hedged",), ()]
