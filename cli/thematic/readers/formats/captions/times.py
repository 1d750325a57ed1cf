"""The line of times above a cue: as the format wants it, and as programs write it."""

from __future__ import annotations

import re
from typing import NamedTuple

from thematic.model.nouns import dataclass


class Times(NamedTuple):
    """When a cue begins and ends, in seconds.

    `is_sound` is false where the line is not as the format wants it and was read all the
    same: other programs will not show this cue.
    """

    begin: float
    end: float
    is_sound: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """How one format writes the times of a cue.

    Args:
        name: what messages call the format.
        example: a line of times, for hints.
        times: both clocks, each in four groups: hours, minutes, seconds, fraction.
        meant: what is plainly meant for times, also where they cannot be read.
        sound: times without any fault, or None where every readable one is.
        usual: sound times with all their parts, as nearly all are written; None = not told.
    """

    name: str
    example: str
    times: re.Pattern[str]
    meant: re.Pattern[str]
    sound: re.Pattern[str] | None = None
    usual: re.Pattern[str] | None = None

    def read_usual(self, line: str) -> Times | None:
        """As `read`, of times that are written in full and without any fault; None for others."""
        found = self.usual.fullmatch(line) if self.usual else None
        if not found:
            return None
        one, two, three, four, five, six, seven, eight = map(int, found.groups())
        return Times(_usual_seconds(one, two, three, four), _usual_seconds(five, six, seven, eight))

    def read(self, line: str, above: float | None) -> Times | None:
        """The times on a line, or None where there are none that can be read.

        Args:
            line: a line of the file.
            above: when the cue above begins; None = there is none.
        """
        found = self.times.match(line) if ":" in line else None
        if not found:
            return None
        parts = found.groups()
        begin = _seconds(parts[:4], above)
        end = _seconds(parts[4:8], begin)
        if begin is None or end is None:
            return None
        return Times(begin, end, self.sound is None or self.sound.match(line) is not None)


_CLOCK = r"(?:(\d{1,9}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?"
_DOTTED = r"(?:(\d{1,9}):)?(\d{1,4}):(\d{1,2})(?:\.(\d{1,9}))?"
_SOUND = r"(?:\d+:)?[0-5]\d:[0-5]\d\.\d{3}"
# A word processor makes a dash or an arrow of -->; settings may touch the times.
_ARROW = r"(?:[-–—]{1,3}>|→)"
_AFTER = r"(?=[ \t]|$|[a-z]{4,}:)"
_TIMES = re.compile(rf"[ \t]*{_CLOCK}[ \t]*{_ARROW}[ \t]*{_CLOCK}{_AFTER}")
_MEANT = re.compile(r"[^\n]*-->")

_USUAL = r"(\d\d):([0-5]\d):([0-5]\d)[.,](\d{3})"
_USUAL_DOTTED = _USUAL.replace(",", "")

VTT = Form(
    "WebVTT",
    "00:00:01.000 --> 00:00:04.000",
    _TIMES,
    _MEANT,
    re.compile(rf"[ \t]*{_SOUND}[ \t]*-->[ \t]*{_SOUND}{_AFTER}"),
    re.compile(f"{_USUAL_DOTTED} --> {_USUAL_DOTTED}"),
)
SRT = Form(
    "SRT",
    "00:00:01,000 --> 00:00:04,000",
    _TIMES,
    _MEANT,
    None,
    re.compile(f"{_USUAL} --> {_USUAL}"),
)
SBV = Form(
    "SBV",
    "0:00:01.000,0:00:04.000",
    re.compile(rf"[ \t]*{_DOTTED}[ \t]*,[ \t]*{_DOTTED}[ \t]*$"),
    re.compile(r"[ \t]*\d{1,4}:\d\d:[^\s,]{1,12},\d{1,4}:\d\d:[^\s,]{1,12}[ \t]*$"),
)


def _usual_seconds(hours: int, minutes: int, seconds: int, thousandths: int) -> float:
    return (((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths) / 1000


def _seconds(parts: tuple[str | None, ...], before: float | None) -> float | None:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if seconds > 60 or (parts[0] is not None and minutes > 59):  # 60 is 59.9996, rounded
        return None
    total = hours * 3600.0 + minutes * 60 + seconds + float(f"0.{parts[3] or 0}")
    if parts[0] is None and minutes > 59 and (before is None or total < before):
        # Two numbers, the first over 59, are hours and minutes, as players read them, unless
        # the time before shows that minutes are counted on.
        total = minutes * 3600.0 + seconds * 60 + float(f"0.{parts[3] or 0}")
    return round(total, 3)
