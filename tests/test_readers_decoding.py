"""Encodings, newlines, and files that are no text."""

import codecs
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from compiled_parts import without_compiled
from hypothesis import example, given
from hypothesis import strategies as st

from thematic.errors import Severity
from thematic.readers import ReadOptions, read_bytes
from thematic.readers.formats import decoding
from thematic.readers.formats.decoding import controls_in

WORDS = "Dž’s café — “so”.\nI said no.\n"

ENCODED = {
    "utf-8": WORDS.encode(),
    "utf-8-mark": codecs.BOM_UTF8 + WORDS.encode(),
    "utf-16-le-mark": codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
    "utf-16-be-mark": codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
    "utf-32-le-mark": codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
    "utf-32-be-mark": codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"),
    "utf-16-le": WORDS.encode("utf-16-le"),
    "utf-16-be": WORDS.encode("utf-16-be"),
    "utf-32-le": WORDS.encode("utf-32-le"),
    "utf-32-be": WORDS.encode("utf-32-be"),
    "windows-newlines": WORDS.replace("\n", "\r\n").encode(),
    "old-mac-newlines": WORDS.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED.keys())
def test_encodings_found_out(data: bytes) -> None:
    transcript, problems = read_bytes(data, id="x")
    assert problems == []
    assert transcript is not None
    assert transcript.text == WORDS


def test_cp1252_is_a_note() -> None:
    transcript, problems = read_bytes("“Café” — it’s".encode("cp1252"), id="x")
    assert transcript is not None
    assert transcript.text == "“Café” — it’s"
    assert [problem.severity for problem in problems] == [Severity.NOTE]


MAC = {
    "accents": "Le café était très près, señor.",
    "quotes-and-dashes": "“I don’t know”, she said – it’s Müller’s.",
    "one-letter": "Café",
    "letters-that-windows-lacks": "Ça, ça: à côté, où êtes-vous, Ångström",
}


@pytest.mark.parametrize("words", MAC.values(), ids=MAC.keys())
def test_mac_roman_is_told_from_cp1252(words: str) -> None:
    for encoding, name in (("mac-roman", "Mac Roman"), ("cp1252", "CP1252")):
        transcript, problems = read_bytes(words.encode(encoding), id="x")
        assert transcript is not None
        assert transcript.text == words
        assert [(p.severity, name in p.message) for p in problems] == [(Severity.NOTE, True)]


WIDE = {
    "russian": "Мы встретились в кабуле зимой, и больше никогда не виделись.\n",
    "chinese": "我们冬天在喀布尔见过面。 之后再也没有见面。\n",
    "emoji": "So 🙂 and 🙃 they said it was fine, and went home.\n",
}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("words", WIDE.values(), ids=WIDE.keys())
def test_wide_characters_without_a_mark(words: str, encoding: str) -> None:
    transcript, problems = read_bytes((words * 5).encode(encoding), id="x")
    assert (problems, transcript and transcript.text) == ([], words * 5)


def test_the_encoding_given_wins() -> None:
    options = ReadOptions(encoding="mac-roman")
    transcript, problems = read_bytes("Café".encode("mac-roman"), id="x", options=options)
    assert (problems, transcript and transcript.text) == ([], "Café")


def test_a_damaged_utf8_file_is_read_with_a_warning() -> None:
    data = "Zürich, Köln, Łódź, Gdańsk\n".encode() + b"a \xff b"
    transcript, problems = read_bytes(data, id="x")
    assert transcript is not None
    assert transcript.text.endswith("a \ufffd b")
    assert [(p.line, p.severity) for p in problems] == [(2, Severity.WARNING)]


NO_TEXT = {
    "empty": (b"", "", "empty"),
    "blanks": (b" \n\t\n", "", "empty"),
    "mark-only": (codecs.BOM_UTF8, "", "empty"),
    "nul": (b"hello\0world", "", "binary"),
    "controls": (bytes(range(1, 9)) * 50, "", "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n\0", "", "a picture"),
    "sound": (b"ID3\x04\x00\x00\x00", "", "a sound file"),
    "nul-in-an-even-number-of-bytes": (b"hello\0worlds and others\n", "", "binary"),
    "praat": (b"ooBinaryFile\x08TextGrid\0\x81", "", "a binary Praat file"),
    "zip": (b"PK\x03\x04hello", "", "zip archive"),
    "neither": (b"a \x81\x8d b", "", "neither UTF-8 nor CP1252"),
    "not-as-said": (b"a \xff b", "utf-8", "not written in utf-8"),
    "unknown-encoding": (b"hello", "klingon", "no encoding called 'klingon'"),
    "no-text-encoding": (b"hello", "base64", "base64"),
}


@pytest.mark.parametrize(("data", "encoding", "message"), NO_TEXT.values(), ids=NO_TEXT.keys())
def test_no_text_is_an_error(data: bytes, encoding: str, message: str) -> None:
    transcript, problems = read_bytes(data, id="x", options=ReadOptions(encoding=encoding))
    assert transcript is None
    assert [problem.severity for problem in problems] == [Severity.ERROR]
    assert message in problems[0].message
    assert problems[0].hint


def test_nothing_else_is_touched() -> None:
    text = "a\u00a0b\u00ad\u2028c\x0bd\x85e \t\ufeff\n\n\nf "
    transcript, _ = read_bytes(text.encode(), id="x")
    assert transcript is not None
    assert transcript.text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp037"])
@pytest.mark.parametrize("control", ["\x01", "\x1b", "\x7f"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_stray_controls_are_counted_as_characters_in_every_encoding(
    encoding: str, control: str, line_end: str
) -> None:
    words = f"R: Très bien, naïve.{line_end}" * 40
    allowed = (len(words.replace("\r\n", "\n")) + 40) // 20
    named = ReadOptions(encoding=encoding) if encoding == "cp037" else ReadOptions()
    for count, is_text in ((16, True), (allowed, True), (allowed + 5, False)):
        data = (words + control * count).encode(encoding)
        transcript, problems = read_bytes(data, id="x", options=named)
        assert (transcript is not None) is is_text
        assert is_text or "binary" in problems[-1].message


def test_characters_below_the_blank_are_no_controls_as_parts_of_others() -> None:
    words = "R: \u0101\u0102\u0103\u0104\u0105\u4e01\u017f\n" * 60  # bytes of UTF-16 that look so
    transcript, problems = read_bytes(words.encode("utf-16"), id="x")
    assert problems == []
    assert transcript is not None
    assert transcript.text == words


@pytest.mark.skipif(decoding.compiled is None, reason="built without a compiler")
@given(st.binary(max_size=600))
@example(bytes(range(256)) * 3)
@example(b"\x01" * 1000)
def test_controls_are_counted_alike_without_a_compiler(data: bytes) -> None:
    found = controls_in(data)
    with without_compiled():
        assert controls_in(data) == found
    with pytest.raises(TypeError):
        decoding.compiled.count(data.decode("latin-1"))


PIECES = st.sampled_from(
    [
        *("ID3", "%PDF-", "PK", "\ufeff", "a", "é", "’", " ", "\n", "\r\n", "\r", "\t", "\0"),
        *(
            "\x01",
            "\x0b",
            "\x0c",
            "\x1f",
            "\x7f",
            "\x80",
            "\x85",
            "\u2028",
            "\u3000",
            "so we went ",
        ),
    ]
)
BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=20).map("".join).map(str.encode),
    st.lists(PIECES, max_size=20).map("".join).map(lambda text: text.encode("utf-16-le")),
)


@pytest.mark.skipif(decoding.compiled is None, reason="built without a compiler")
@given(BYTES)
@example(b"a" * 255 + b"\x01")
@example(b"a" * 254 + b"\r" + b"a")
@example(b"a" * 600 + b"\x7f")
def test_bytes_are_decoded_alike_without_a_compiler(data: bytes) -> None:
    found = decoding.decode(data)
    plain = decoding.compiled.is_plain(data)
    with without_compiled():
        assert decoding.decode(data) == found
    assert plain is not any((sign < 0x20 and sign not in b"\t\n") or sign == 0x7F for sign in data)
    with pytest.raises(TypeError):
        decoding.compiled.is_plain(data.decode("latin-1"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.skipif(not hasattr(decoding.compiled, "read"), reason="built without a compiler")
@given(BYTES | BYTES.map(lambda data: b"a" + data))
@example(b"ID3 of them said so")
@example(b"ooBinaryFile")
@example(b"PK\x03\x04")
@example(b"a\xff")
@example(b"")
def test_what_is_read_in_one_step_is_what_is_decoded(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "talk.txt")
        file.write_bytes(data)
        text = decoding.plain_text_in(str(file), 10_000)
        with without_compiled():
            found = decoding.decode(data)
        begins = data[:1].isalpha() and not data.startswith((b"ID3", b"ooBinaryFile"))
        assert bool(text) is (begins and decoding.compiled.is_plain(data) and _is_utf8(data))
        assert not text or found == (text, [])
        assert decoding.plain_text_in(str(file), len(data) - 1) == ""


@pytest.mark.parametrize("name", ["", "gone.txt", "folder.txt", "\udcff.txt"])
def test_what_is_no_file_has_no_plain_text(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert decoding.plain_text_in(str(tmp_path / name), 100) == ""


BEGINNINGS = {
    "blanks before words": (b" \n\t\x0b\x0c\r\n so", None),
    "blanks only": (b" \n\t\x0b\x0c\r", "empty"),
    "other blanks only": ("\u2003\u3000\x1c".encode(), "empty"),
    "nothing": (b"", "empty"),
    "a mark and nothing else": (codecs.BOM_UTF8, "empty"),
    "what looks like a sound file": (b"ID3 of them said so", None),
    "a sound file": (b"ID3\x04\x00\x00", "a sound file"),
    "a mark of no bytes": (codecs.BOM_UTF16_LE, "empty"),
    "a NUL in UTF-8": ("Très\0bien, naïve, né".encode(), "binary"),
}


@pytest.mark.parametrize(("data", "fault"), BEGINNINGS.values(), ids=BEGINNINGS.keys())
def test_what_bytes_begin_with_is_told(data: bytes, fault: str | None) -> None:
    text, problems = decoding.decode(data)
    assert (text is None) is (fault is not None)
    assert fault is None or fault in problems[-1].message
