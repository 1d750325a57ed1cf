"""Texts that are probably no transcripts: tables, code, logs, lists, web pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript

_ENOUGH_LINES = 8
_ENOUGH_SIGNS = 200  # characters that show of what a text is made
_MOST_LINES = 2_000  # looked at
_MOST_SIGNS = 200_000  # looked at
_LONGEST_LINE = 500  # characters looked at
_FEW_LETTERS = 0.5  # share of letters that speech never falls short of
_MOST = 0.8  # share of lines that shows a form
_SOME = 0.4  # share of lines of code; the others are remarks and blocks
_CODE = re.compile(
    r"\s*(?:def |class |import |from \w+ import |return\b|if \(|for \(|while \(|function |const "
    r"|let |var |public |private |static |#include|</?[a-z][^>]*>|}|\{|//|/\*|\*/|@\w+$)"
    r"|.*[;{}]\s*\Z|.*(?:=>|\(\):|\);)\s*\Z"
)
_LOG = re.compile(
    r"\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?|\s*\[?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL)\b"
    r"|\s*\w{3} [ \d]\d \d\d:\d\d:\d\d "
)
_ITEM = re.compile(r"\s*(?:[-*•‣◦–]|\d{1,3}[.)])\s+\S")
_LONGEST_ITEM = 90  # characters
_BANNERS = re.compile(
    r"(?i)\b(?:(?:we|this (?:web)?site) uses? cookies|accept (?:all )?cookies"
    r"|cookie (?:policy|settings|preferences)|manage (?:cookies|consent)"
    r"|privacy policy|terms of (?:use|service)"
    r"|all rights reserved|subscribe to our newsletter|sign up for our newsletter"
    r"|enable javascript|skip to (?:main )?content|share (?:this )?on (?:facebook|twitter|linkedin)"
    r"|add to cart|log ?in / sign ?up|powered by wordpress|leave a (?:reply|comment))\b"
)
_BANNER_WORDS = ("cookie", "privacy policy", "rights reserved", "newsletter", "javascript")
_ENOUGH_BANNERS = 3  # different ones


def no_transcript(transcript: Transcript) -> Iterator[Problem]:
    """What a text is, if it does not look like talk; one with labels may look like code only."""
    if any(turn.cues for turn in transcript.turns):
        return
    lines = [line for line in transcript.text.split("\n", _MOST_LINES) if line.strip()]
    lines = [line[:_LONGEST_LINE] for line in lines[:_MOST_LINES]]
    if transcript.has_speakers:
        what = _code(lines)
    else:
        what = _code(lines) or _form(lines) or _letters(transcript.text[:_MOST_SIGNS])
    if what:
        hint = "if it is none, move it out of this folder; if it is one, put labels before turns"
        message = f"this looks like no transcript: {what}"
        yield Problem(transcript.id, 0, message, hint, Severity.WARNING)


def _code(lines: list[str]) -> str:
    if len(lines) < _ENOUGH_LINES or _share(lines, _is_code) < _SOME:
        return ""
    return "many lines are program code or markup"


def _is_code(line: str) -> bool:
    return _CODE.match(line) is not None


def _form(lines: list[str]) -> str:
    if len(lines) < _ENOUGH_LINES:
        return ""
    if _share(lines, lambda line: bool(_LOG.match(line))) >= _MOST:
        return "most lines begin like a log's"
    if sign := _delimiter(lines):
        return f"each line has the same number of {sign}, like a table (save it as .csv)"
    if _share(lines, lambda line: bool(_ITEM.match(line)) and len(line) <= _LONGEST_ITEM) >= _MOST:
        return "most lines are short items of a list"
    return ""


def _share(lines: list[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, lines)) / len(lines)


def _delimiter(lines: list[str]) -> str:
    """The sign that stands equally often, twice or more, in nearly all lines."""
    for sign, name in ((",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        count, number = Counter(line.count(sign) for line in lines).most_common(1)[0]
        if count >= 2 and number >= _MOST * len(lines):
            return name
    return ""


def _letters(text: str) -> str:
    """Whether a text is made of letters."""
    signs = [sign for sign in text if not sign.isspace()]
    letters = sum(map(str.isalpha, signs))
    if len(signs) < _ENOUGH_SIGNS or letters >= _FEW_LETTERS * len(signs):
        return ""
    return f"only {round(100 * letters / len(signs))}% of its characters are letters"


def web_page(transcript: Transcript) -> Iterator[Problem]:
    """The furniture of a web page, which would be counted as talk."""
    text = transcript.text.casefold()
    if not any(word in text for word in _BANNER_WORDS):  # far quicker than the pattern
        return
    found = {one.group().casefold(): one for one in _BANNERS.finditer(transcript.text)}
    if len(found) >= _ENOUGH_BANNERS:
        first = min(one.start() for one in found.values())
        said = ", ".join(repr(one.group()) for one in list(found.values())[:_ENOUGH_BANNERS])
        message = f"this holds words of a web page, which count as talk: {said}"
        hint = "remove what is not of the transcript"
        yield Problem(transcript.id, transcript.line(first), message, hint, Severity.NOTE)
