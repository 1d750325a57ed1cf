"""Typed reading of a YAML mapping's fields, each fault with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode, is_blank

Choice = TypeVar("Choice", bound=StrEnum)

_TRUE = ("true", "yes", "on")
_FALSE = ("false", "no", "off")


class Fields:
    """The fields of one mapping.

    Unknown ones are reported with a guess and read under the name they were probably
    meant to have, so that faults inside them show in the same pass.

    Args:
        node: the mapping.
        known: names that may stand here.
        what: what the mapping is, for messages ("the codebook", "code 'a/b'").
        faults: where problems go.
        slips: names often written for a known one.
        hint: said of an unknown field for which there is no guess.
    """

    def __init__(
        self,
        node: MapNode,
        known: Collection[str],
        what: str,
        faults: Faults,
        slips: Mapping[str, str] | None = None,
        hint: str = "",
    ) -> None:
        self._faults = faults
        self._nodes: dict[str, Node] = {}
        self._lines: dict[str, int] = {}
        names = {key.text for key, _value in node.pairs}
        for key, value in node.pairs:
            if key.text in known:
                self._keep(key.text, key.line, value)
                continue
            guess = (slips or {}).get(key.text) or closest(key.text, known)
            faults.error(
                key.line,
                f"{what} has an unknown field {key.text!r}",
                f"did you mean {guess!r}?" if guess else hint or _listing(known),
            )
            if guess and guess not in names:
                self._keep(guess, key.line, value)

    def _keep(self, name: str, line: int, value: Node) -> None:
        if name not in self._nodes:
            self._nodes[name] = value
            self._lines[name] = line

    def __contains__(self, name: str) -> bool:
        return name in self._nodes

    def node(self, name: str) -> Node | None:
        """What stands under a name, or None where the name is missing."""
        return self._nodes.get(name)

    def line(self, name: str) -> int:
        """Line on which the name stands."""
        return self._lines[name]

    def text(self, name: str, default: str = "") -> str:
        """A text without the white space around it."""
        node = self.node(name)
        if node is None:
            return default
        if isinstance(node, TextNode):
            return node.text.strip()
        self._faults.error(
            self.line(name),
            f"{name} should be one text",
            "put it in quotes" if isinstance(node, MapNode) else "write it without brackets or -",
        )
        return default

    def choice(self, name: str, kind: type[Choice], default: Choice) -> Choice:
        """One of the values of an enumeration."""
        if name not in self:
            return default
        value = self.text(name)
        if value in {member.value for member in kind}:
            return kind(value)
        allowed = [member.value for member in kind if member.value]
        guess = closest(value, allowed)
        self._bad(name, value, f"one of {', '.join(allowed)}", guess, f"{name}: {allowed[0]}")
        return default

    def flag(self, name: str) -> bool | None:
        """A truth value, or None where the name is missing."""
        if name not in self:
            return None
        value = self.text(name)
        if value.lower() in _TRUE + _FALSE:
            return value.lower() in _TRUE
        self._bad(name, value, "true or false", hint=f"{name}: true")
        return None

    def count(self, name: str, default: int, least: int = 1) -> int:
        """A whole number from `least`."""
        if name not in self:
            return default
        value = self.text(name)
        if re.fullmatch("[0-9]{1,6}", value) and int(value) >= least:
            return int(value)
        self._bad(name, value, f"a whole number from {least}", hint=f"{name}: {default}")
        return default

    def texts(self, name: str) -> tuple[TextNode, ...]:
        """The texts of a list; a single text is a list of one."""
        if is_blank(node := self.node(name)) or node is None:
            return ()
        return texts(node, name, self._faults)

    def _bad(self, name: str, value: str, wanted: str, guess: str = "", hint: str = "") -> None:
        self._faults.error(
            self.line(name),
            f"{name} is {value!r}, it should be {wanted}",
            f"did you mean {guess!r}?" if guess else f"write for example `{hint}`",
        )


def texts(node: Node, name: str, faults: Faults) -> tuple[TextNode, ...]:
    """The texts of a list, blank ones reported; a single text is a list of one."""
    found = []
    for item in node.items if isinstance(node, ListNode) else (node,):
        if not isinstance(item, TextNode):
            said = colon_text(item)
            faults.error(
                item.line,
                f"{said!r} looks like a text with a colon" if said else f"{name} holds texts only",
                "put it in quotes",
            )
        elif not item.text.strip():
            faults.error(item.line, f"{name} holds an empty text", "remove it or fill it in")
        else:
            found.append(item)
    return tuple(found)


def colon_text(node: Node) -> str:
    """The words as they were probably meant where `he said: yes` became a mapping."""
    if not isinstance(node, MapNode) or len(node.pairs) != 1:
        return ""
    key, value = node.pairs[0]
    if not isinstance(value, TextNode):
        return ""
    return f"{key.text}: {value.text}".strip()


def _listing(known: Iterable[str]) -> str:
    return f"the fields are {', '.join(known)}"
