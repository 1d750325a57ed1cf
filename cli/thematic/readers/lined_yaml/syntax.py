"""YAML syntax errors in plain words, each with the line as its writer probably meant it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.readers.lined_yaml.nodes import Composed

TAB_INDENT = expression(r"^[ ]*\t\s*(?=\S)")

_VALUE = expression(r"""^(?P<before>\s*(?:-\s+)*(?:[^\s"'\[{#][^:]*?:\s+)?)(?P<value>\S.*)$""")
_GLUED_COLON = expression(r"^(\s*(?:-\s+)*[^\s:#'\"\[{-][^:#]*:)([^\s:/].*)$")
_QUOTE_HINT = "put the whole text in quotes"
_FLOW = ("while parsing a flow sequence", "while parsing a flow mapping")


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A syntax error in plain words."""

    index: int  # of the line, from 0
    message: str
    hint: str
    line: str | None = None  # mended; None = it can only be left out
    loses_words: bool = False  # mending cuts words off, and what is indented below them


def explain(composed: Composed, lines: Sequence[str]) -> SyntaxFault | None:
    """The syntax error that ended a parse.

    Args:
        composed: the parse.
        lines: the text that was parsed.
    """
    error = composed.error
    if error is None:
        return None
    place = _Place(error, composed.bracket, lines)
    for rule in (_colon, _open_quote, _open_bracket, _bad_start, _no_colon, _layout):
        fault = rule(place)
        if fault is not None:
            return fault
    return SyntaxFault(
        place.index, f"this is not YAML: {error.problem}", "look at this line and the one above"
    )


class _Place:
    """Where the parser stopped, and what it was doing."""

    def __init__(
        self,
        error: yaml.MarkedYAMLError,
        bracket: tuple[int, int] | None,
        lines: Sequence[str],
    ) -> None:
        self.lines = lines
        self.problem = error.problem or ""
        self.context = error.context or ""
        self.bracket = bracket
        mark, start = error.problem_mark, error.context_mark
        line = mark.line if mark else 0
        self.at_end = line >= len(lines) or not any(each.strip() for each in lines[line:])
        self.index = min(line, len(lines) - 1)
        self.column = mark.column if mark else 0
        self.start = (start.line, start.column) if start and start.line < len(lines) else None

    @property
    def line(self) -> str:
        return self.lines[self.index]


def _colon(place: _Place) -> SyntaxFault | None:
    if "mapping values are not allowed" not in place.problem:
        return None
    before = place.line[: place.column]
    if ": " in before or before.lstrip().startswith("- "):
        mended = _quote_value(place.line)
        return SyntaxFault(place.index, "a text holds a colon", _QUOTE_HINT, mended)
    above = _line_above(place.lines, place.index)
    glued = None if above is None else _glued_colon(place.lines, above)
    return glued or SyntaxFault(
        place.index,
        "this line does not fit the one above it",
        "check how far it is indented, and that the line above is complete",
    )


def _glued_colon(lines: Sequence[str], index: int) -> SyntaxFault | None:
    found = _GLUED_COLON.match(lines[index])
    if found is None:
        return None
    mended = f"{found[1]} {found[2]}"
    message = "there is no blank after the colon"
    return SyntaxFault(index, message, f"write `{mended.strip()}`", mended)


def _open_quote(place: _Place) -> SyntaxFault | None:
    if "quoted scalar" not in place.context or place.start is None:
        return None
    index, column = place.start
    line = place.lines[index]
    if "escape" in place.problem or "hexdecimal" in place.problem:
        return SyntaxFault(
            place.index,
            "a backslash stands in double quotes",
            "use single quotes round the text",
            place.line.replace("\\", "\\\\"),
        )
    return SyntaxFault(
        index,
        "the quote opened here is not closed",
        "close it, or put the whole text in quotes of the other kind",
        line[:column],
        loses_words=True,
    )


def _open_bracket(place: _Place) -> SyntaxFault | None:
    start = place.start if place.context in _FLOW else None
    if place.context == "while parsing a flow node" and (place.at_end or not place.line.strip()):
        start = place.bracket
    if start is None or start[0] >= len(place.lines):
        return None
    index, column = start
    line = place.lines[index]
    return SyntaxFault(
        index,
        f"the bracket {line[column : column + 1]} opened here is not closed, or a comma is missing",
        "close it; where a bracket or comma belongs to the words, put them in quotes",
        line[:column],
        loses_words=True,
    )


def _bad_start(place: _Place) -> SyntaxFault | None:
    """A text that begins with a character YAML keeps for itself."""
    found: tuple[int, int] | None = (place.index, place.column)
    if any(word in place.context for word in ("alias", "anchor", "tag", "block scalar")):
        found = place.start
    elif "cannot start any token" not in place.problem and place.context not in (
        "while parsing a node",
        "while parsing a flow node",
    ):
        return None
    if found is None or found[1] >= len(place.lines[found[0]]):
        return None
    index, column = found
    line = place.lines[index]
    if line[column] in ",]}":
        return SyntaxFault(
            index,
            f"a {line[column]} stands where a value is wanted",
            "check the brackets and commas in this line",
        )
    return SyntaxFault(
        index,
        f"a text may not begin with {line[column]} unless it stands in quotes",
        _QUOTE_HINT,
        _quote_from(line, column),
    )


def _no_colon(place: _Place) -> SyntaxFault | None:
    if "simple key" not in place.context or place.start is None:
        return None
    if glued := _glued_colon(place.lines, place.start[0]):
        return glued
    return SyntaxFault(
        place.start[0],
        "this line is neither `name: value` nor `- item`",
        "add the colon, or indent it as a part of the text above",
    )


def _layout(place: _Place) -> SyntaxFault | None:
    if "block" not in place.context:
        return None
    if place.line[: place.column].strip(" -"):
        return _words_after_quote(place)
    return SyntaxFault(
        place.index,
        "the indentation of this line fits none of the lines above",
        "begin it in the same column as its neighbours",
    )


def _words_after_quote(place: _Place) -> SyntaxFault:
    """Words after a closing quote: often the quote is one that a line above left open."""
    before = place.line[: place.column]
    quote = max("\"'", key=before.rfind)
    opener = _open_above(place.lines, place.index, quote)
    if opener is not None:
        return SyntaxFault(
            opener,
            "the quote opened here is not closed",
            "close it, or put the whole text in quotes of the other kind",
            place.lines[opener].rstrip() + quote,
        )
    hint = "write '' for an apostrophe in single quotes" if quote == "'" else _QUOTE_HINT
    return SyntaxFault(
        place.index,
        "words stand after a closing quote or bracket",
        f"{hint}, or use quotes of the other kind" if quote == "'" else hint,
        _quote_value(place.line),
    )


def _open_above(lines: Sequence[str], index: int, quote: str) -> int | None:
    """The line above whose value begins with a quote and does not close it."""
    for above in range(index - 1, -1, -1):
        if quote in lines[above]:
            found = _VALUE.match(lines[above])
            is_open = found and found["value"][0] == quote and lines[above].count(quote) % 2
            return above if is_open else None
    return None


def _line_above(lines: Sequence[str], index: int) -> int | None:
    for above in range(index - 1, -1, -1):
        if lines[above].strip() and not lines[above].lstrip().startswith("#"):
            return above
    return None


def _quote_value(line: str) -> str | None:
    """The line with the text after `- ` and `name: ` in single quotes."""
    found = _VALUE.match(line)
    return found["before"] + _quoted(found["value"]) if found else None


def _quote_from(line: str, column: int) -> str:
    """The line with the text at `column` in quotes: to its end, or to the next , ] }."""
    before, value = line[:column], line[column:]
    inside = sum(map(before.count, "[{")) > sum(map(before.count, "]}"))
    end = re.search(r"\s*[,\]}]", value) if inside else None
    stop = end.start() if end and end.start() else len(value)
    return before + _quoted(value[:stop]) + value[stop:]


def _quoted(text: str) -> str:
    return "'" + text.strip().replace("'", "''") + "'"
