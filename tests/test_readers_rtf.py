"""RTF: signs and encodings, labels and tables, what is left out, what is damaged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.model.transcript import Transcript
from thematic.readers import ReadOptions, read_bytes


def read(rtf: str | bytes, options: ReadOptions | None = None) -> tuple[Transcript, list[str]]:
    data = rtf.encode() if isinstance(rtf, str) else rtf
    transcript, problems = read_bytes(data, id="x", suffix=".rtf", options=options or ReadOptions())
    assert transcript is not None, problems
    return transcript, [problem.message for problem in problems]


def said(transcript: Transcript) -> list[tuple[str, float | None, str]]:
    return [
        (turn.speaker, turn.time, transcript.text[turn.span.start : turn.span.end])
        for turn in transcript.turns
    ]


def fonts(*charsets: int, names: str = "") -> str:
    called = names.split() or ["Arial"] * len(charsets)
    entries = zip(called, charsets, strict=True)
    table = "".join(
        f"{{\\f{n}\\fnil\\fcharset{charset}{{\\*\\falt Other}} {name};}}"
        for n, (name, charset) in enumerate(entries)
    )
    return f"{{\\fonttbl{table}}}"


TEXTS = {
    "signs": (
        r"a\~b\_c\emdash d\endash e\lquote f\rquote\ldblquote g\rdblquote\bullet h\{\}\\",
        "a\u00a0b-c—d–e‘f’“g”•h{}\\",
    ),
    "lines": (r"a\tab b\line c\par d\page e", "a\tb\nc\n\nd\ne"),
    "line-ends-in-the-file": ("a\r\nb\n\\par\r\nc", "ab\n\nc"),
    "cocoa-line-ends": ("a\\\nb\\\r\nc\\\n\\\nd", "a\n\nb\n\nc\n\nd"),
    "bytes": (r"caf\'e9 \'93x\'94", "café “x”"),
    "unicode": (r"\uc1\u8217?s \uc0\u1055 \u1088 \uc2\u8217\'92\'92s \uc1{\uc0\u8217 s}\u233?", "’s Пр’s ’sé"),
    "surrogates": (r"\u-10179?\u-8704?\uc0\u55357 \u56832 ", "😀😀"),
    "half-a-surrogate": (r"a\u-10179?b", "a\ufffdb"),
    "beyond-unicode": (r"\u9999999?a\u?b\uc b", "\ufffda?bb"),
    "cocoa-soft-line": (r"a\uc0\u8232 b", "a\nb"),
    "unicode-pair": (r"{\upr{abc}{\*\ud{\u1072?bc}}} d", "аbc d"),
    "link": (
        r'{\field{\*\fldinst{HYPERLINK "http://a.b"}}{\fldrslt the page}} is',
        "the page is",
    ),
    "symbol-field": (r'{\field{\*\fldinst SYMBOL 74 \\f "Wingdings"}{\fldrslt }}a', "☺a"),
    "inserted": (r"a {\revised b}", "a b"),
    "box": (r"a\par{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt boxed\par}}{\shprslt{\*\do{\dptxbxtext boxed}}}}b", "a\n\nboxed\n\nb"),
    "binary": (r"a{\pict\bin7 {}}}}}}}b", "ab"),
    "picture": (r"a{\*\shppict{\pict 0123\'45{\x}}}{\nonshppict{\pict 01}}b", "ab"),
    "headers": (r"{\header h\par}{\footerl f}{\info{\title t}}{\*\generator g}a", "a"),
    "unknown-group": (r"a{\*\whatever b{c}\d}e", "ae"),
    "group-that-begins-with-a-line-end": ("a{\n\\*\\whatever b}e", "ae"),
    "lists": (r"{\listtext 1.\tab}a\par{\pntext\'b7\tab}b\par{\listtext I:\tab}c\par{\listtext iv)\tab}d", "a\n\nb\n\nI:\tc\n\nd"),
    "object": (r"{\object{\*\objdata 0123}{\result shown}}a", "showna"),
}  # fmt: skip


@pytest.mark.parametrize(("rtf", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_text(rtf: str, text: str) -> None:
    transcript, messages = read(f"{{\\rtf1\\ansi {rtf}}}")
    assert (transcript.text, messages) == (text, [])


ENCODINGS = {
    "russian-font": ("\\ansicpg1252" + fonts(0, 204), r"\f1 \'cf\'f0\f0 \'e9", "Прé"),
    "russian-page": ("\\ansicpg1251" + fonts(0), r"\f0 \'cf\'f0", "Пр"),
    "western-font-beside-others": ("\\ansicpg1251" + fonts(0, 204), r"\f0 \'e9", "é"),
    "greek-turkish-baltic": (fonts(161, 162, 186), r"\f0 \'e1\f1 \'fe\f2 \'e8", "αşč"),
    "font-goes-with-its-group": (fonts(0, 204), r"\f0 {\f1 \'cf}\'e9", "Пé"),
    "plain-resets-the-font": ("\\deff0" + fonts(0, 204), r"\f1 \'cf\plain \'e9", "Пé"),
    "next-paragraph-keeps-the-font": (fonts(0, 204), r"\f1 \'cf\par \'cf", "П\n\nП"),
    "japanese-with-a-letter-as-second-byte": (fonts(128), r"\f0 \'83^\'83\\x", "タソx"),
    "old-mac": ("\\mac", r"caf\'8e", "café"),
    "old-mac-font": (fonts(77), r"\f0 caf\'8e", "café"),
    "dos": ("\\pc", r"caf\'82", "café"),
    "code-page-of-a-font": ("{\\fonttbl{\\f0\\cpg1251 A;}}", r"\f0 \'cf", "П"),
    "unbraced-fonts": ("{\\fonttbl\\f0\\fnil\\fcharset0 A;\\f1\\fcharset204 B;}", r"\f1 \'cf", "П"),
    "symbols": (fonts(2, 2, names="Symbol Wingdings"), r"\f0 a\'b7 \f1 J\'fc\u-4022?", "α• ☺✓☺"),
    "utf-8-against-the-rules": ("", r"café\'e9é ’", "cafééé ’"),
}


@pytest.mark.parametrize(("head", "rtf", "text"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_encodings(head: str, rtf: str, text: str) -> None:
    transcript, messages = read(f"{{\\rtf1\\ansi{head} {rtf}}}")
    assert (transcript.text, messages) == (text, [])


def test_raw_bytes_stand_in_the_code_page() -> None:
    assert read(b"{\\rtf1\\ansi\\ansicpg1250 \xe8}")[0].text == "č"


def test_the_user_names_the_encoding_of_western_fonts() -> None:
    rtf = f"{{\\rtf1\\ansi{fonts(0, 161)}\\f0 \\'cf\\f1 \\'e1}}"
    assert read(rtf, ReadOptions(encoding="cp1251"))[0].text == "Пα"


COCOA = rb"""{\rtf1\ansi\ansicpg1252\cocoartf2639
\cocoatextscaling0\cocoaplatform0{\fonttbl\f0\fswiss\fcharset0 Helvetica;\f1\fswiss\fcharset0 Helvetica-Bold;}
{\colortbl;\red255\green255\blue255;}
{\*\expandedcolortbl;;}
\paperw11900\paperh16840\margl1440\margr1440\vieww11520\viewh8400\viewkind0
\pard\tx566\tx1133\pardirnatural\partightenfactor0

\f1\b\fs24 \cf0 Interviewer:
\f0\b0  Caf\'e9 \'96 isn\'92t it\uc0\u8201 ?\
\
\f1\b Zo\'eb:
\f0\b0  S\'ed.\
And more.\
\
Interviewer: Well\'85\
Zo\'eb: Yes.\
}"""


def test_cocoa() -> None:
    transcript, messages = read(COCOA)
    assert messages == []
    assert said(transcript) == [
        ("Interviewer", None, "Café – isn’t it\u2009?"),
        ("Zoë", None, "Sí.\n\nAnd more."),
        ("Interviewer", None, "Well…"),
        ("Zoë", None, "Yes."),
    ]


TABLE = r"\trowd\cellx1\cellx2\cellx3 "
SAID: dict[str, tuple[str, list[tuple[str, float | None, str]]]] = {
    "bold": (
        r"{\b Anna:} One.\par\b Zed\b0 : Two.\par\pard\plain\b Anna:\plain  Three.",
        [("Anna", None, "One."), ("Zed", None, "Two."), ("Anna", None, "Three.")],
    ),
    "titles": (
        r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\snext0{\*\x} heading 1;}}\pard\s1 Talks of a war that "
        r"went on for many years.\par\pard\s0 I: One.\par R: Two.",
        [("I", None, "One."), ("R", None, "Two.")],
    ),
    "table": (
        rf"{TABLE}\pard\intbl Time\cell Speaker\cell Words\cell\row{TABLE}\pard\intbl 0:05\cell Anna"
        rf"\cell One | a.\par More.\cell\row{TABLE}\pard\intbl 0:09\cell Ben\cell Two.\cell\row"
        r"\pard Anna: Three.\par",
        [("Anna", 5.0, "One | a.\nMore."), ("Ben", 9.0, "Two."), ("Anna", None, "Three.")],
    ),
    "table-of-pandoc": (
        rf"{{{TABLE}{{{{\pard\intbl Anna\par}}\cell}}{{{{\pard\intbl One.\par}}\cell}}\intbl\row}}"
        rf"{{{TABLE}{{{{\pard\intbl Ben\par}}\cell}}{{{{\pard\intbl Two.\par}}\cell}}\intbl\row}}"
        rf"{{{TABLE}{{{{\pard\intbl Anna\par}}\cell}}{{{{\pard\intbl Three.\par}}\cell}}\intbl\row}}",
        [("Anna", None, "One."), ("Ben", None, "Two."), ("Anna", None, "Three.")],
    ),
    "table-that-does-not-say-so": (
        rf"{TABLE}Anna\cell One.\cell\row{TABLE}Ben\cell Two.\cell\row{TABLE}Anna\cell Three.\cell\row",
        [("Anna", None, "One."), ("Ben", None, "Two."), ("Anna", None, "Three.")],
    ),
    "table-in-a-table": (
        rf"{TABLE}\pard\intbl Anna\cell\pard\intbl\itap2 a\nestcell b\nestcell{{\*\nesttableprops\trowd\nestrow}}"
        rf"{{\nonesttables\par}}\pard\intbl One.\cell\row{TABLE}\pard\intbl Anna\cell Two.\cell\row\pard",
        [("Anna", None, "a\tb\nOne."), ("Anna", None, "Two.")],
    ),
}


@pytest.mark.parametrize(("rtf", "turns"), SAID.values(), ids=SAID.keys())
def test_turns(rtf: str, turns: list[tuple[str, float | None, str]]) -> None:
    assert said(read(f"{{\\rtf1\\ansi {rtf}}}")[0]) == turns


LEFT_OUT = {
    "footnote": (r"a{\super\chftn{\footnote{\super\chftn} note}}b", "1 footnote"),
    "comment": (r"a{\*\atnid x}\chatn{\*\annotation note}b", "1 comment"),
    "hidden": (r"a{\v gone}\v more\v0 b", "1 hidden passage"),
    "deleted": (r"a{\deleted gone\par}b", "1 deleted passage"),
}


@pytest.mark.parametrize(("rtf", "told"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_is_told(rtf: str, told: str) -> None:
    transcript, messages = read(f"{{\\rtf1 {rtf}\\par}}")
    assert (transcript.text, messages) == ("ab", [f"left out: {told}"])


DAMAGED = {
    "cut-off": (r"{\rtf1 a {\b b", "a b", "ends too early"),
    "in-a-control-word": ("{\\rtf1 a\\", "a", "ends too early"),
    "one-brace-too-many": (r"{\rtf1 a} b\par}", "a b", "behind the end"),
    "words-behind": (r"{\rtf1 a\par}b", "a\n\nb", "behind the end"),
    "binary-beyond-the-end": (r"{\rtf1 a\bin999 b}", "a", "ends too early"),
    "no-sign": (r"{\rtf1\ansi a\'81}", "a\ufffd", "1 damaged characters"),
}


@pytest.mark.parametrize(("rtf", "text", "told"), DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_told(rtf: str, text: str, told: str) -> None:
    transcript, messages = read(rtf)
    assert transcript.text == text
    assert [told in message for message in messages] == [True]


@pytest.mark.parametrize("end", ["\n", "\0", " \r\n\x1a\0\0"], ids=["line", "nul", "dos"])
def test_what_programs_leave_behind_the_end_is_no_damage(end: str) -> None:
    assert read("{\\rtf1 a\\par}" + end)[1] == []


REFUSED = {
    "no-rtf": (b"PK but then no archive", "no RTF file"),
    "no-text": (rb"{\rtf1\ansi{\pict 0123}}", "no text"),
    "nested": (b"{\\rtf1 " + b"{" * 10_000 + b"a" + b"}" * 10_001, "10,001 deep, at most 200"),
    "long-line": (b"{\\rtf1 " + b"a" * 10_000_001 + b"}", "a line of 10,000,001 characters"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(data: bytes, message: str) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=".rtf")
    assert transcript is None
    assert [message in problem.message for problem in problems] == [True]
    assert problems[0].hint


PIECES = st.sampled_from(
    [
        *("{", "}", "{\\*\\x ", "\\par ", "\\cell ", "\\row ", "\\trowd ", "\\intbl ", "\\pard "),
        *("\\'e9", "\\'83", "\\u8217?", "\\u-10179 ", "\\uc2 ", "\\b ", "\\b0 ", "\\v ", "\\plain "),
        *("{\\fonttbl{\\f1\\fcharset204 A;}}", "\\f1 ", "\\bin3 ", "{\\shptxt ", "{\\footnote "),
        *("{\\listtext ", "{\\field{\\*\\fldinst ", "{\\stylesheet{\\s1 heading 1;}}", "\\s1 "),
        *("I: ", "word ", "\\\n", "\\", "\\nestrow ", "\\nestcell ", "\n", "\\ansicpg99999 "),
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_rtf_is_read_or_refused(rtf: str) -> None:
    check(b"{\\rtf1\\ansi " + rtf.encode())


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(COCOA)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(6, len(whole) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def check(data: bytes) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=".rtf")
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert turn.span.end <= len(transcript.text if transcript else "")
