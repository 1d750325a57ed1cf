"""Values out of JSON of unknown shape: what is missing or of another kind is empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from thematic.readers.speakers.building import clean_label
from thematic.readers.speakers.stamps import seconds_from_cell

Entry: TypeAlias = Mapping[str, Any]

MILLISECONDS = 1e-3
TICKS = 1e-7  # .NET counts time in tenths of a microsecond
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PERIOD = re.compile(  # ISO 8601: PT1H2M3.5S
    r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?", re.IGNORECASE
)


def at(value: Any, *path: str | int) -> Any:
    """What lies at a path of keys and indices, or None."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def entries(value: Any) -> list[Entry]:
    """The objects of a list; an empty list where the value is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """The value where it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def first(entry: Entry, names: Iterable[str]) -> Any:
    """The value of the first of these keys that has one."""
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def seconds(value: Any, unit: float = 1.0) -> float | None:
    """Seconds of a number in some unit, `1.400s`, `PT1M2S` or a clock time; None if neither.

    The time of a day is none: it does not tell when in the recording something was said.
    """
    period = None
    if isinstance(value, str):
        if _DATE.search(value):
            return None
        period = _PERIOD.fullmatch(value.strip())
    if period and any(period.groups()):
        hours, minutes, rest = (float(part or 0) for part in period.groups())
        return round(hours * 3600 + minutes * 60 + rest, 3)
    if isinstance(value, list | dict):
        return None
    found = seconds_from_cell(value)
    return None if found is None else round(found * unit, 3)


def label(value: Any) -> str:
    """A speaker's label; numbers become `Speaker 0`, objects are asked for their name."""
    if isinstance(value, dict):
        value = first(value, ("name", "display_name", "displayName", "label", "id"))
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None  # NaN stands for nobody
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    name = clean_label(str(value))
    return f"Speaker {name}" if name.isdecimal() else name


def lettered(labels: Sequence[str]) -> bool:
    """Whether labels are letters that a service gave in the order of the alphabet: A, B, C."""
    given = sorted({one for one in labels if one})
    return given == [chr(ord("A") + number) for number in range(min(len(given), 26))]
