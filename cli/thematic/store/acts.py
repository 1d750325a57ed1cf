"""What people do as plain values for JSON, and back; faults in foreign values are told."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from thematic.model.people import (
    About,
    Act,
    Decision,
    Memo,
    Passage,
    PersonCoding,
    Relocation,
    Reply,
    Verdict,
    Wish,
)
from thematic.model.transcript import Span

_Named = TypeVar("_Named", bound=StrEnum)
_LONE = re.compile("[\ud800-\udfff]")
# What an editor or terminal would not show, or take for the end of a line.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Kind(StrEnum):
    """What an event is."""

    CODING = "coding"
    DECISION = "decision"
    MEMO = "memo"
    REPLY = "reply"
    MOVE = "move"
    UNDO = "undo"


class Misread(ValueError):
    """A value that is no act: what is wrong with it, in a few words."""


def kind_of(act: Act) -> Kind:
    """What kind of event an act makes."""
    match act:
        case PersonCoding():
            return Kind.CODING
        case Decision():
            return Kind.DECISION
        case Memo():
            return Kind.MEMO
        case Reply():
            return Kind.REPLY


def canonical(value: object) -> str:
    """One line of JSON, the same for equal values: keys in order, no blanks, text as it is.

    Invisible characters are written as escapes, so that the line can be stored as UTF-8, is
    one line in every editor, and shows what is in it.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if _LONE.search(text):  # two halves that stand together are read back as one character
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def plain(act: Act) -> dict[str, object]:
    """An act as values for JSON; what is at its default is left out."""
    values: dict[str, object]
    match act:
        case PersonCoding():
            values = {"passage": _plain_passage(act.passage), "code": act.code, "note": act.note}
        case Decision():
            values = {
                "passage": _plain_passage(act.passage),
                "code": act.code,
                "verdict": act.verdict.value,
                "into": act.into,
                "onto": _plain_passage(act.onto),
                "note": act.note,
            }
        case Memo():
            values = {
                "text": act.text,
                "about": act.about.value,
                "target": act.target,
                "passage": _plain_passage(act.passage),
            }
        case Reply():
            values = {
                "passage": _plain_passage(act.passage),
                "wish": act.wish.value,
                "wording": act.wording,
                "note": act.note,
            }
    return _filled(values | {"coder": act.coder})


def plain_move(moved: Relocation) -> dict[str, object]:
    """A passage found elsewhere, as values for JSON."""
    places = {"was": _plain_passage(moved.was), "now": _plain_passage(moved.now)}
    return {"how": moved.how, **places}


def move_from(value: object) -> Relocation:
    """The move that `plain_move` made these values of.

    Raises:
        Misread: they are not those of a move.
    """
    fields = _Fields(value, "the move")
    moved = Relocation(fields.passage("was"), fields.passage("now"), fields.text("how"))
    fields.end()
    return moved


def _plain_passage(passage: Passage | None) -> dict[str, object] | None:
    if passage is None:
        return None
    place = {"start": passage.span.start, "end": passage.span.end, "quote": passage.quote}
    around = {"before": passage.before, "after": passage.after}
    return {"transcript": passage.transcript, **place} | _filled(around)


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in ("", None)}


def act_from(kind: Kind, value: object) -> Act:
    """The act that `plain` made these values of.

    Raises:
        Misread: they are not those of an act of this kind.
    """
    fields = _Fields(value, f"the {kind}")
    act: Act
    if kind is Kind.CODING:
        act = PersonCoding(
            fields.passage("passage"),
            fields.text("code"),
            fields.text("coder"),
            fields.rest("note"),
        )
    elif kind is Kind.DECISION:
        act = Decision(
            fields.passage("passage"),
            fields.text("code"),
            fields.named("verdict", Verdict),
            fields.text("coder"),
            fields.rest("into"),
            fields.passage("onto") if "onto" in fields else None,
            fields.rest("note"),
        )
    elif kind is Kind.MEMO:
        act = Memo(
            fields.rest("text"),
            fields.text("coder"),
            fields.named("about", About),
            fields.rest("target"),
            fields.passage("passage") if "passage" in fields else None,
        )
    elif kind is Kind.REPLY:
        act = Reply(
            fields.passage("passage"),
            fields.named("wish", Wish),
            fields.text("coder"),
            fields.rest("wording"),
            fields.rest("note"),
        )
    else:
        raise Misread(f"{kind} is no kind of act")
    fields.end()
    return act


class _Fields:
    """The fields of one JSON object, each taken once and in its type."""

    def __init__(self, value: object, what: str) -> None:
        if not isinstance(value, dict):
            raise Misread(f"{what} is no object")
        self._left = dict(value)
        self._what = what

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def text(self, name: str) -> str:
        """A text that must be there and not be empty."""
        value = self._left.pop(name, None)
        if not isinstance(value, str) or not value:
            raise Misread(f"{self._what} has no {name}")
        return value

    def rest(self, name: str) -> str:
        """A text that is left out where it is empty."""
        return self.text(name) if name in self else ""

    def number(self, name: str) -> int:
        """A whole number."""
        value = self._left.pop(name, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Misread(f"{self._what} has no {name} that is a whole number")
        return value

    def named(self, name: str, names: type[_Named]) -> _Named:
        """One of some words."""
        value = self.text(name)
        if value not in set(names):
            raise Misread(f"{name} is {value!r}, it should be one of {', '.join(names)}")
        return names(value)

    def passage(self, name: str) -> Passage:
        """A stretch of a transcript."""
        fields = _Fields(self._left.pop(name, None), f"the {name} of {self._what}")
        start, end = fields.number("start"), fields.number("end")
        if not 0 <= start <= end:
            raise Misread(f"the {name} runs from {start} to {end}")
        passage = Passage(
            fields.text("transcript"),
            Span(start, end),
            fields.quote(),
            fields.rest("before"),
            fields.rest("after"),
        )
        fields.end()
        return passage

    def quote(self) -> str:
        """The words of a passage, which may be none."""
        value = self._left.pop("quote", None)
        if not isinstance(value, str):
            raise Misread(f"{self._what} has no quote")
        return value

    def end(self) -> None:
        """See that nothing is left, which a newer version of the program may have written."""
        if self._left:
            raise Misread(f"{self._what} has a field that is not known: {min(self._left)}")
