"""Bytes without a file name: which reader they find."""

import io

import docx
import pytest

from thematic.readers import read_bytes


def word_file() -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("I: Hello.")
    document.save(buffer)
    return buffer.getvalue()


KINDS = {
    "vtt": (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nI: Hello.\n", "vtt"),
    "vtt-in-utf16": ("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n".encode("utf-16"), "vtt"),
    "srt": (b"\n1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "srt"),
    "srt-without-numbers": (b"00:00:01,000 --> 00:00:02,000\nHello.\n", "srt"),
    "sbv": (b"0:00:00.599,0:00:04.160\nHello.\n", "sbv"),
    "elan": (
        b'<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT><TIER TIER_ID="A"><ANNOTATION>'
        b"<ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>Hello.</ANNOTATION_VALUE>"
        b"</ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
        "eaf",
    ),
    "textgrid": (
        b'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n1\n<exists>\n1\n'
        b'"IntervalTier"\n"Anna"\n0\n1\n1\n0\n1\n"Hello."\n',
        "textgrid",
    ),
    "json-lines": (
        b'{"speaker": "I", "text": "Hello."}\n{"speaker": "R", "text": "Hi."}\n',
        "json",
    ),
    "json": (b' [["I", "Hello."], ["R", "Hi."]]', "json"),
    "whisper": (b'{"segments": [{"start": 0, "end": 1, "text": "Hello."}]}', "json"),
    "docx": (word_file(), "docx"),
    "front-matter": (b"---\nkind: interview\n---\n\nI: Hello.\n", "md"),
    "bold-labels": (b"**Anna:** Hello.\n\n**Ben**: Hi.\n", "md"),
    "plain": (b"I: Hello.\nR: Hi.\n", "txt"),
    "a-bracket": (b"[laughter] Hello.\n", "txt"),
    "bracket-ids": (b"[id1] Hello.\n[id2] Hi.\n", "txt"),
    "a-footnote": (b"[1]", "txt"),
    "an-arrow-below": (b"Hello there.\n00:01 --> 00:02 was when.\n", "txt"),
    "a-rule-on-top": (b"---\nHello.\n---\n", "txt"),
}


@pytest.mark.parametrize(("data", "kind"), KINDS.values(), ids=KINDS.keys())
def test_an_empty_suffix_is_found_out(data: bytes, kind: str) -> None:
    transcript, problems = read_bytes(data, id="stdin", suffix="")
    assert transcript is not None, problems
    assert (transcript.id, transcript.format) == ("stdin", kind)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b'[["I", "Hello."], ["R"', "no valid JSON"),
    ],
    ids=["nothing", "blanks", "picture", "broken-zip", "broken-json"],
)
def test_what_cannot_be_read_is_a_problem(data: bytes, message: str) -> None:
    transcript, problems = read_bytes(data, id="stdin", suffix="")
    assert transcript is None
    assert message in problems[0].message
    assert problems[0].hint


def test_without_a_suffix_given_it_is_plain_text() -> None:
    transcript, _ = read_bytes(b"**Anna:** Hello.", id="stdin")
    assert transcript is not None
    assert transcript.format == "txt"
