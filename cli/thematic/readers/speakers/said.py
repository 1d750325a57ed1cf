"""Whose words stand where, in a text whose lines begin with a plain name or are running words.

Most of the time that it takes to read a text is spent here: in `_marks.c` and `_lines.c`, where
the package was built with a compiler, else in Python, by what can be asked of all lines at once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import Any

from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.readers.speakers.colons import has_clock_as_words
from thematic.readers.speakers.evidence import ENDS_TALK
from thematic.readers.speakers.header import may_be_metadata
from thematic.readers.speakers.lines import may_hold_invisible
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.places import is_plain
from thematic.readers.speakers.roles import names_a_role
from thematic.readers.speakers.running import Running, has_odd_blanks
from thematic.readers.speakers.shapes import LONGEST_LABEL, skip_blanks
from thematic.readers.speakers.stamps import STAMP_SIGN, stamps_in
from thematic.readers.speakers.vocabulary import STOP

compiled: Any
marking: Any
try:
    from thematic.readers.speakers import _lines as compiled
    from thematic.readers.speakers import _marks as marking
except ImportError:  # they were built without a compiler
    compiled = marking = None

MOST_LABELS = 200  # of one text; real ones have a dozen, and more are no use to look at here
_OF_SIGNATURES = ("this ", "transcri")  # with which the lines begin that programs add


@dataclass(slots=True)
class Said:
    """Whose words stand where, and how the lines with labels lie among the others.

    Attributes:
        counts: how often each label stands, in the order in which they stand first.
        who: the label of each turn, in text order, as its place among `counts`.
        starts, ends: where the words of each turn begin and end; equal where it has none.
        first: where the first label stands.
        leading: labels that begin a paragraph somewhere.
        above: the signs with which lines end that stand right above one with a label.
        filled, paragraphs: lines that are not blank, and runs of them.
    """

    counts: dict[str, int]
    who: bytes
    starts: array[int]
    ends: array[int]
    first: int
    leading: set[str]
    above: set[str]
    filled: int
    paragraphs: int

    @property
    def apart(self) -> bool:
        """Whether each label stands below a blank line, or below talk that ends."""
        return self.above <= ENDS_TALK


def said_in(text: str) -> tuple[Said, Running] | None:
    """What is said in a text, and what its lines of running words may hold besides.

    None where a line is neither, or where stamps or invisible marks are to be looked through;
    and where there are more labels than `MOST_LABELS`.
    """
    return _read(text) if compiled is None else _read_compiled(text)


def _read_compiled(text: str) -> tuple[Said, Running] | None:
    marks, has_invisible, plain_blanks, may_hold_stamp = marking.look_at(text)
    if has_invisible or (may_hold_stamp and _has_stamps(text)):
        return None
    running = Running(plain_blanks)
    found = compiled.read(text, marks, plain_blanks, is_label, running.takes)
    if found is None:
        return None
    counts, who, starts, ends, *others = found
    return Said(counts, who, array("q", starts), array("q", ends), *others), running


def _read(text: str) -> tuple[Said, Running] | None:
    if may_hold_invisible(text) or _has_stamps(text):
        return None
    running = Running(not has_odd_blanks(text))
    written = text.split("\n")
    tops = [0, *accumulate([len(line) + 1 for line in written])]
    lines = [line.rstrip() for line in written]
    names = [line and _name_before_colon(line) for line in written]
    labels = {name for name in set(names) if name and is_label(name)}
    if len(labels) > MOST_LABELS:
        return None
    labelled = [number for number, name in enumerate(names) if name in labels]
    filled = [number for number, line in enumerate(lines) if line]
    others = [n for n in filled if names[n] not in labels] if labelled != filled else []
    words = [_words_behind(written[n], lines[n], len(names[n])) for n in labelled]
    starts = [tops[n] + first for n, (first, _) in zip(labelled, words, strict=True)]
    ends = [tops[n] + end for n, (_, end) in zip(labelled, words, strict=True)]
    for n in others:
        if not running.takes(written[n], not (n and lines[n - 1])):
            return None
        turn = bisect_left(labelled, n) - 1
        if turn >= 0:  # a further line of it
            starts[turn] = tops[n] if starts[turn] == ends[turn] else starts[turn]
            ends[turn] = tops[n] + len(lines[n])
    above = ["", *lines]  # the line above, by a line's number
    leads = [n for n in labelled if not above[n]]
    called = [names[n] for n in labelled]
    counts = dict(Counter(called))
    place = {name: n for n, name in enumerate(counts)}
    said = Said(
        counts=counts,
        who=bytes([place[name] for name in called]),
        starts=array("q", starts),
        ends=array("q", ends),
        first=tops[labelled[0]] if labelled else 0,
        leading={names[n] for n in leads},
        above={above[n][-1] for n in labelled if above[n]},
        filled=len(filled),
        paragraphs=len(leads) + sum(not above[n] for n in others),
    )
    return said, running


def _has_stamps(text: str) -> bool:
    """Whether there is a stamp in a text, or a time in place of words."""
    if not STAMP_SIGN.search(text):
        return False
    return any(stamps_in(text)) or has_clock_as_words(text)


def _name_before_colon(line: str) -> str:
    """What stands before the first colon that a blank or the line's end follows, or ""."""
    colon = line.find(": ", 0, LONGEST_LABEL + 2)
    if colon > 0:
        return line[:colon]
    return line[:-1] if line[-1:] == ":" and len(line) <= LONGEST_LABEL + 1 else ""


def _words_behind(written: str, line: str, colon: int) -> tuple[int, int]:
    """Where the words behind a label begin and end in its line.

    Args:
        written: the line as it is written.
        line: the same without the white space at its end.
        colon: where the label's colon stands.
    """
    first, end = colon + 2, len(line)
    if first < end and not line[first].isspace():
        return first, end
    words = line[colon + 1 :].lstrip()
    if words:
        return end - len(words), end
    first = skip_blanks(written, colon + 1, len(written))
    return first, first


@lru_cache(maxsize=65_536)
def is_label(name: str) -> bool:
    """Whether `name: ` at a line's beginning is a label that is sure where it stands often.

    A bracket might go on behind the colon, and a field or a signature belongs to no turn.
    """
    key = key_of(name)
    if not is_plain(name) or name != " ".join(name.split()) or "[" in name:
        return False
    if not is_name_shaped(name) or name.islower() or key.startswith(_OF_SIGNATURES):
        return False
    return not may_be_metadata(name.casefold()) and (is_sure_role(name) or not is_stop(key))


def is_sure_role(name: str) -> bool:
    """Whether a label that stands once is sure by its word: `Interviewer`, not `The chair`."""
    key = key_of(name)
    usual = len(key) > 1 and key not in STOP and not key.startswith("the ")
    return usual and names_a_role(name)
