"""The form of a codebook as a workbook: its sheets, their columns, and lists within a cell.

Both sides use it: the reader of workbooks (`sheets`) and their writer in `report`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from thematic.model.patterns import expression
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode

CODES, RULES, LISTS, MARKS = "codes", "rules", "lists", "marks"
SETTINGS, ABOUT = "settings", "about"
PROSE = ("brief", "definition", "when_to_use", "when_not_to_use")
ORIGIN = ("color", "status", "source", "since", "changed")
NOTES = ("note", "notes", "memo")
EXAMPLES = ("examples", "counter_examples")
COLUMNS = {
    CODES: ("code", *PROSE, *EXAMPLES, "rules", "unless", "negation", "case", *ORIGIN, *NOTES),
    RULES: (
        *("code", "kind", "words", "all", "any", "none", "within", "in_order"),
        *("case", "whole_words", "unless", "negation"),
    ),
    LISTS: ("list", "words"),
    MARKS: ("mark", "words"),
    SETTINGS: ("setting", "value", "meaning"),
}
SETTING_TEXTS = (
    *("codebook", "version", "title", "language", "model", "scope", "unit"),
    *("negation", "nested", "accents", "case", *NOTES, "description"),
)
SETTING_LISTS = ("exclude", "negation_cues", "unless")
NOBODY = "[]"  # an empty list, where an empty cell would mean the default
ITEM_KINDS = ("phrase", "lemma", "regex")
BOOLEAN = "boolean"
BOOLEAN_PARTS = ("all", "any", "none")
KINDS = (*ITEM_KINDS, "near", BOOLEAN, "tokens")
MANUAL = "manual"

_INDENT = "    "  # before the further lines of an entry that has several
_MARKER = expression(r"\[(missed|found)\][ ]?", re.IGNORECASE)
_KIND = expression(r"(phrase|lemma|regex):[ ]?")
_OPTION = r"\w+:[ ][^{},:\n]*"
_OPTIONS = expression(rf"(.*?)[ ]\{{({_OPTION}(?:,[ ]?{_OPTION})*)?\}}", re.DOTALL)
_RAW = expression("true|false|-?[0-9]{1,9}", re.IGNORECASE)


def joined(texts: Iterable[str]) -> str:
    """Texts as the lines of one cell; further lines of one text are indented."""
    return "\n".join(text.replace("\n", f"\n{_INDENT}") for text in texts)


def parted(cell: str) -> list[str]:
    """The texts of a cell as `joined` puts them together; blank lines between them are passed."""
    found: list[str] = []
    for line in cell.split("\n"):
        if line.startswith(_INDENT) and found:
            found[-1] += "\n" + line.removeprefix(_INDENT)
        elif line.strip():
            found.append(line.lstrip(" "))
    return found


def example_line(text: str, *, missed: bool) -> str:
    """An example as it stands in a cell: a known miss begins with `[missed]`."""
    if missed:
        return f"[missed] {text}"
    return f"[found] {text}" if _MARKER.match(text) else text


def example_node(text: str, line: int) -> Node:
    """The node of an example in a cell."""
    marker = _MARKER.match(text)
    said = TextNode(text[marker.end() :] if marker else text, line, plain=False)
    if marker is None or marker[1].casefold() == "found":
        return said
    return MapNode(
        ((TextNode("text", line), said), (key("expect", line), key("missed", line))), line
    )


def item_line(node: Node) -> str:
    """An item or guard as it stands in a cell: `kind: words {option: value}`.

    A phrase has its kind and empty options only where its words look as if they had some.
    """
    if isinstance(node, TextNode):
        return _unambiguous(node.text.strip())
    assert isinstance(node, MapNode)
    fields = {name.text: value for name, value in node.pairs}
    kind = next(name for name in ITEM_KINDS if name in fields)
    words = text_of(fields.pop(kind))
    options = ", ".join(f"{name}: {text_of(value)}" for name, value in fields.items())
    said = words.strip() if kind == "phrase" else f"{kind}: {words}"
    if options:
        start = f"phrase: {said}" if kind == "phrase" and _KIND.match(said) else said
        return f"{start} {{{options}}}"
    return _unambiguous(said) if kind == "phrase" else _without_options(said)


def _unambiguous(words: str) -> str:
    return _without_options(f"phrase: {words}" if _KIND.match(words) else words)


def _without_options(said: str) -> str:
    return f"{said} {{}}" if _OPTIONS.fullmatch(said) else said


def item_node(said: str, line: int) -> Node:
    """The node of an item or guard in a cell."""
    options = _OPTIONS.fullmatch(said)
    rest = options[1] if options else said
    kind = _KIND.match(rest)
    words = TextNode(rest[kind.end() :] if kind else rest.strip(), line, plain=False)
    pairs: list[tuple[TextNode, Node]] = []
    for option in (options[2] or "").split(",") if options else ():
        name, _, value = option.partition(":")
        if name.strip():
            pairs.append((key(name.strip(), line), key(value.strip(), line)))
    if kind is None and not pairs:
        return words
    return MapNode(((key(kind[1] if kind else "phrase", line), words), *pairs), line)


def item_nodes(cell: str, line: int) -> ListNode:
    """The items or guards of a cell, one a line."""
    return ListNode(tuple(item_node(text, line) for text in parted(cell)), line)


def pattern_text(node: Node) -> str:
    """A `tokens` pattern, or whatever stands in a note, on one line of YAML."""
    match node:
        case TextNode():
            raw = node.plain and _RAW.fullmatch(node.text)
            return node.text if raw else json.dumps(node.text, ensure_ascii=False)
        case ListNode():
            return f"[{', '.join(map(pattern_text, node.items))}]"
        case MapNode():
            pairs = (f"{_key_text(name.text)}: {pattern_text(one)}" for name, one in node.pairs)
            return f"{{{', '.join(pairs)}}}"


def _key_text(name: str) -> str:
    return name if re.fullmatch("[A-Za-z_]+", name) else json.dumps(name, ensure_ascii=False)


def moved(node: Node, line: int) -> Node:
    """The same node, said to stand on one line."""
    match node:
        case TextNode():
            return TextNode(node.text, line, node.plain)
        case ListNode():
            return ListNode(tuple(moved(item, line) for item in node.items), line)
        case MapNode():
            pairs = ((key(name.text, line), moved(value, line)) for name, value in node.pairs)
            return MapNode(tuple(pairs), line)


def key(text: str, line: int) -> TextNode:
    """A name, or a value that is no free text."""
    return TextNode(text, line)


def text_of(node: Node | None) -> str:
    """The text of a text node; of anything else, one line of YAML."""
    if node is None:
        return ""
    return node.text if isinstance(node, TextNode) else pattern_text(node)


def listed(node: Node | None) -> Iterator[Node]:
    """The items of a list; anything else is a list of one."""
    if node is not None:
        yield from node.items if isinstance(node, ListNode) else (node,)
