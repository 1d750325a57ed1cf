"""The cues of a subtitle file, in file order, with all that is wrong about them.

Words that stand outside every cue, or below times that cannot be read, stay with the cue
above and are a Problem; without a cue above they are left out, which is a Problem too.
"""

from __future__ import annotations

import re
from dataclasses import field

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass, noun
from thematic.readers.formats.captions.times import VTT, Form, Times

SIGNATURE = re.compile(r"WEBVTT(?:[ \t]|$)")
_LIKE_SIGNATURE = re.compile(r"\s*webvtt\b", re.IGNORECASE)
_NO_CUES = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_LONGEST_NUMBER = 9
_NUMBER = re.compile(r"[ \t]*\d{1,9}[ \t]*")
_NAMED = re.compile(r'(?:\d{1,9}[ \t]+)?"([^"\n]{1,100})"(?:[ \t]*\(\d+\))?[ \t]*')  # Webex
_LONGEST_SHOWN = 60  # characters of a line in a message


@noun(frozen=True, slots=True)
class RawCue:
    """A cue as it stands in the file; `line` is that of its times, 1-based."""

    line: int
    begin: float
    end: float
    payload: list[str]
    name: str = ""  # of the speaker, where the cue's identifier tells it


@dataclass
class CueFile:
    """Goes through the lines of a file once; `cues` and `problems` hold what was found."""

    lines: list[str]
    form: Form
    cues: list[RawCue] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _unsound: list[int] = field(default_factory=list)  # lines of times
    _asked: tuple[int, float | None] | None = None
    _answer: Times | None = None

    def read(self) -> None:
        """Find the cues."""
        number = self._header() if self.form is VTT else 0
        while number < len(self.lines):
            number = self._usual(number) or self._block(number)
        self._tell_unsound()

    def _header(self) -> int:
        """The number of the first line below the header of a WebVTT file."""
        first = next((n for n, line in enumerate(self.lines) if line.strip()), 0)
        if first > 0 or not SIGNATURE.match(self.lines[0]):
            message = "the first line is not WEBVTT; read nevertheless"
            self._tell(0, message, "add the line WEBVTT", Severity.WARNING)
        if not _LIKE_SIGNATURE.match(self.lines[first]):
            return first
        end = self._end_of_block(first)
        if end < len(self.lines) and self.lines[end].strip():
            message = "there is no blank line between the header and this cue; read nevertheless"
            self._tell(end, message, "add a blank line", Severity.WARNING)
        return end

    def _usual(self, number: int) -> int:
        """Take in a blank line, or a cue as nearly all are written; 0 where neither is here.

        That is times without any fault, below a number or not, and words up to a blank line,
        in which no arrow and no times stand: as `_block` does, which takes all others.
        """
        lines = self.lines
        if not lines[number]:
            return number + 1
        if lines[number].isdecimal() and len(lines[number]) <= _LONGEST_NUMBER:
            number += 1
        times = self.form.read_usual(lines[number]) if number < len(lines) else None
        if times is None or times.end < times.begin:
            return 0
        end = number + 1
        while end < len(lines) and lines[end]:
            if "-->" in lines[end] or self._times(end):
                return 0
            end += 1
        payload = lines[number + 1 : end]
        if payload and payload[-1].strip() == "-":
            return 0
        self._add(number, times, payload)
        return end

    def _block(self, number: int) -> int:
        """Take in what begins at a line; the number of the line behind it."""
        line = self.lines[number]
        if not line or line.isspace():
            return number + 1
        times = self._times(number)
        if times or self.form.meant.match(line):
            return self._cue(number, times)
        if self._is_no_cue(number):
            return self._end_of_block(number)
        if self._is_identifier(number):
            return number + 1
        self._keep_stray(number)
        return number + 1

    def _times(self, number: int) -> Times | None:
        """The times on a line; several steps ask for those of one line in turn."""
        if number >= len(self.lines) or ":" not in self.lines[number]:
            return None
        above = self.cues[-1].begin if self.cues else None
        if self._asked != (number, above):
            self._asked = (number, above)
            self._answer = self.form.read(self.lines[number], above)
        return self._answer

    def _cue(self, number: int, times: Times | None) -> int:
        if times is None and self._times(number + 1):
            message = f"the name of a cue holds -->, which players refuse: {self._at(number)}"
            self._tell(number, message, "take the arrow out", Severity.WARNING)
            return number + 1
        payload, end = self._payload(number + 1)
        if times is None:
            self._keep_timeless(number, payload)
            return end
        if not times.is_sound:
            self._unsound.append(number)
        if times.end < times.begin:
            message = "this cue ends before it begins; its words are read"
            self._tell(number, message, "correct the two times", Severity.WARNING)
        self._add(number, times, payload)
        return end

    def _add(self, number: int, times: Times, payload: list[str]) -> None:
        above = self.lines[number - 1] if number else ""
        named = _NAMED.fullmatch(above) if '"' in above else None
        name = named[1] if named else ""
        self.cues.append(RawCue(number + 1, times.begin, times.end, payload, name))

    def _payload(self, start: int) -> tuple[list[str], int]:
        """The lines below the times, up to a blank line or the times of the next cue."""
        end = start
        payload: list[str] = []
        while end < len(self.lines) and not self._times(end):
            line = self.lines[end]
            if not line and not (payload and payload[-1].strip() == "-"):
                return payload, end
            if "-->" in line:
                message = f"--> in the words of a cue, where players cut it off: {self._at(end)}"
                self._tell(end, message, "write it in another way", Severity.WARNING)
            if line:
                payload.append(line)
            end += 1
        if end < len(self.lines) and payload and _NUMBER.fullmatch(payload[-1]):
            payload.pop()  # the next cue's number: the blank line between is missing
        return payload, end

    def _keep_timeless(self, number: int, payload: list[str]) -> None:
        kept = "are read with the cue above" if self.cues else "are left out"
        message = f"these times cannot be read, so the words below {kept}: {self._at(number)}"
        self._tell(number, message, f"times look like {self.form.example}", Severity.ERROR)
        if self.cues:
            self.cues[-1].payload.extend(payload)

    def _is_no_cue(self, number: int) -> bool:
        """Whether a comment, a style, a region or another header begins here (WebVTT)."""
        if self.form is not VTT or (number and self.lines[number - 1].strip()):
            return False
        line = self.lines[number]
        return _NO_CUES.match(line) is not None or SIGNATURE.match(line) is not None

    def _end_of_block(self, start: int) -> int:
        end = start + 1
        while end < len(self.lines) and self.lines[end].strip() and not self._times(end):
            end += 1
        return end

    def _is_identifier(self, number: int) -> bool:
        """Whether a line is the name or the number of the cue below it."""
        below = self.lines[number + 1] if number + 1 < len(self.lines) else ""
        if self._times(number + 1) or self.form.meant.match(below):
            return True
        line = self.lines[number]
        return _NUMBER.fullmatch(line) is not None and (
            bool(below.strip()) or line.strip() == str(len(self.cues) + 1)
        )

    def _keep_stray(self, number: int) -> None:
        hint = f"a cue begins with a line such as {self.form.example}"
        if self.cues:
            self.cues[-1].payload.append(self.lines[number])
            message = f"text outside every cue is read with the cue above: {self._at(number)}"
            self._tell(number, message, hint, Severity.WARNING)
        else:
            message = f"text above the first cue is left out: {self._at(number)}"
            self._tell(number, message, hint, Severity.ERROR)

    def _tell_unsound(self) -> None:
        """One problem for all times that are not as the format wants them."""
        if not self._unsound:
            return
        first, others = self._unsound[0], len(self._unsound) - 1
        more = f", and {others:,} more" if others else ""
        message = f"times that players refuse are read nevertheless: {self._at(first)}{more}"
        self._tell(first, message, f"{self.form.name} wants {self.form.example}", Severity.WARNING)

    def _tell(self, number: int, message: str, hint: str, severity: Severity) -> None:
        self.problems.append(Problem("", number + 1, message, hint, severity))

    def _at(self, number: int) -> str:
        line = self.lines[number].strip()
        return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 3] + "..."
