"""Markdown files: marks dropped, lines kept, so that line numbers equal the file's.

No Markdown library is used: they give HTML or tokens without positions and join lines,
while here each line must stay where it is and only inline marks go.
"""

from __future__ import annotations

import html
import re

from thematic.errors import Problem
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.readers.formats.front_matter import read_front_matter
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.header import is_title_like
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.names import is_name_shaped
from thematic.readers.speakers.shapes import Candidate, Style
from thematic.readers.speakers.turns import Markup, turns_of

# Noncharacters: they stand for marks that are text, and round bold labels, while we work.
_STAR, _LOW_LINE, _OPEN, _CLOSE, _TICK, _APART = (chr(0xFDD0 + n) for n in range(6))
_TEXT_MARKS = str.maketrans(
    {_STAR: "*", _LOW_LINE: "_", _TICK: "`", _OPEN: None, _CLOSE: None, _APART: None}
)
_OURS = re.compile("[\ufdd0-\ufdd5]")

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_UNDERLINE = re.compile(r" {0,3}={2,}[ \t]*")
_BOLD_LABEL = re.compile(
    r"(?m:^)([ \t]*(?:>[ \t]*)?)(\*\*\*|\*\*|__)(?=[^\s*_])([^*\n:]{1,70}?)"
    r"(?:(?P<tail>[ \t]?[:：])\2|\2(?P<after>[ \t]?[:：]))(?![*/])"
)
_BOLD_LINE = re.compile(r"[ \t]*(\*\*\*|\*\*|__)(?=[^\s*_])[^*\n:]{1,60}?\1[ \t\\]*")
_LITERAL = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)(?P<body>[^`]+)(?P=ticks)(?!`))"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<break>\\)(?=\n|$)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_EMPHASIS = (
    re.compile(r"(?<![\w*])(\*{2,3})(?=[^\s*])([^*]+)(?<=[^\s*])\1(?!\*)"),
    re.compile(r"(?<![\w_])(_{2,3})(?=[^\s_])([^_]+)(?<=[^\s_])\1(?![\w_])"),
    re.compile(r"(?<![\w*])(\*)(?=[^\s*])([^*]+)(?<=[^\s*])\1(?!\*)"),
    re.compile(r"(?<![\w_])(_)(?=[^\s_])([^_]+)(?<=[^\s_])\1(?![\w_])"),
)
_PARAGRAPH_BREAK = re.compile(r"(\n[ \t\u00a0]*(?=\n))")


@dataclass(frozen=True)
class _Cleaned:
    text: str
    bold: list[_Bold]


@dataclass(frozen=True, slots=True)
class _Bold:
    """A bold label and its colon, which may stand outside the bold: `**Name**:`."""

    start: int
    end: int
    apart: bool


def read_markdown(text: str, options: ReadOptions) -> tuple[Transcript, list[Problem]]:
    """A transcript from Markdown.

    Front matter becomes attributes and stays in the text. Entities and backslash escapes
    are decoded, marks of emphasis, bold and code are dropped. Headings and rules belong to
    no turn, nor do lines of code right under the headings.
    """
    text = _OURS.sub("\ufffd", text)  # noncharacters, which no text should hold
    front = read_front_matter(text)
    head, body = _split_at_line(text, front.lines)
    kept, outside = _structure(body, front.lines)
    cleaned = _clean(kept, len(head))
    whole = head + cleaned.text
    lines = Lines(whole)
    outside |= frozenset(range(front.lines))
    marked = _marked(lines, cleaned.bold)
    bold = _bold_lines(kept, front.lines)
    header = _under_headings(Lines(text), outside, front.lines, frozenset(marked))
    turns, notes = turns_of(whole, options.speakers, Markup(marked, outside | header, bold=bold))
    transcript = Transcript("", whole, turns, "md", front.attributes)
    return transcript, [*front.problems, *notes]


def _split_at_line(text: str, count: int) -> tuple[str, str]:
    position = 0
    for _ in range(count):
        found = text.find("\n", position)
        if found < 0:
            return text, ""
        position = found + 1
    return text[:position], text[position:]


def _structure(body: str, offset: int) -> tuple[str, frozenset[int]]:
    """The body, and the numbers (in the file) of its headings and rules."""
    outside: set[int] = set()
    lines = body.split("\n")
    for number, line in enumerate(lines):
        first = line.lstrip(" ")[:1]
        if not first or first not in "#*-_=":
            continue
        if _HEADING.match(line) or _RULE.fullmatch(line):
            outside.add(offset + number)
        elif _UNDERLINE.fullmatch(line) and number and lines[number - 1].strip():
            outside.update((offset + number - 1, offset + number))
    for number in outside:  # their marks are no emphasis
        line = lines[number - offset]
        if not _HEADING.match(line):
            lines[number - offset] = line.replace("*", _STAR).replace("_", _LOW_LINE)
    return "\n".join(lines), frozenset(outside)


def _bold_lines(body: str, offset: int) -> frozenset[int]:
    """Numbers (in the file) of the lines that are bold from end to end, and short."""
    return frozenset(
        offset + number
        for number, line in enumerate(body.split("\n"))
        if len(line) < 80 and _BOLD_LINE.fullmatch(line)
    )


def _clean(body: str, offset: int) -> _Cleaned:
    """The body without marks, paragraph by paragraph; the number of lines stays."""
    marked = _BOLD_LABEL.sub(_mark_bold, body)
    parts = _PARAGRAPH_BREAK.split(marked)
    pieces: list[str] = []
    bold: list[_Bold] = []
    position = offset
    for part in parts:
        plain = _inline(part) if not part.isspace() else part
        for piece, is_label in _labels_in(plain):
            text = piece.translate(_TEXT_MARKS) if _OURS.search(piece) else piece
            if is_label:
                bold.append(_Bold(position, position + len(text), _APART in piece))
            pieces.append(text)
            position += len(text)
    return _Cleaned("".join(pieces), bold)


def _mark_bold(found: re.Match[str]) -> str:
    colon = found["tail"] or f"{_APART}{found['after']}"
    return f"{found[1]}{_OPEN}{found[3]}{colon}{_CLOSE}"


def _inline(paragraph: str) -> str:
    """One paragraph with escapes and entities decoded, and emphasis dropped."""
    if "`" in paragraph or "\\" in paragraph or "&" in paragraph:
        paragraph = _LITERAL.sub(_literal, paragraph)
    if "*" in paragraph or "_" in paragraph:
        for pattern in _EMPHASIS:
            paragraph = pattern.sub(r"\2", paragraph)
    return paragraph


def _literal(found: re.Match[str]) -> str:
    if found["code"]:
        text = found["body"].strip(" ") or found["body"]
    elif found["entity"]:
        text = html.unescape(found["entity"])
        text = text if "\n" not in text and "\r" not in text else found["entity"]
    else:
        text = found["escaped"] or ""
    return text.replace("*", _STAR).replace("_", _LOW_LINE).replace("`", _TICK)


def _labels_in(paragraph: str) -> list[tuple[str, bool]]:
    """The paragraph in pieces, bold labels apart; the signs we put in are still there."""
    pieces: list[tuple[str, bool]] = []
    for chunk in paragraph.split(_OPEN):
        label, closed, rest = chunk.partition(_CLOSE)
        pieces += [(label, True), (rest, False)] if closed else [(chunk, False)]
    return pieces


def _marked(lines: Lines, bold: list[_Bold]) -> dict[int, Candidate]:
    """The bold labels by line.

    A file writes its labels one way, so a name that occurs only in the much rarer of the
    two ways (colon in or after the bold) is not marked; it may still be a plain label.
    """
    found = {True: list[Candidate](), False: list[Candidate]()}
    for one in bold:
        name = lines.text[one.start : one.end].rstrip(":： \t").strip()
        if name and is_name_shaped(name):
            number = lines.number_at(one.start)
            label = Candidate(number, one.start, one.end, name, Style.MARKED)
            found[one.apart].append(label)
    rare, usual = sorted(found.values(), key=len)
    if len(usual) >= 5 * len(rare):
        keys = {label.key for label in usual}
        rare = [label for label in rare if label.key in keys]
    return {label.line: label for label in (*usual, *rare)}


def _under_headings(
    lines: Lines, outside: frozenset[int], first: int, marked: frozenset[int]
) -> frozenset[int]:
    """Lines that are nothing but code, between the headings at the top and the first prose."""
    if not any(number >= first for number in outside):
        return frozenset()
    header: set[int] = set()
    for number in range(first, len(lines)):
        if number in outside or lines.is_blank(number):
            continue
        line = lines.text_of(number).strip()
        if len(line) > 1 and line.startswith("`") and line.endswith("`"):
            header.add(number)
        elif number in marked or ":" in line or not is_title_like(line):
            break
    return frozenset(header)
