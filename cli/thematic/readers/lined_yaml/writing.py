"""Nodes as YAML that is read back as the same nodes, lines and quotes apart."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode, is_typed

_WIDTH = 96
_STR = "tag:yaml.org,2002:str"
_LONG = 80  # characters of prose that is folded
_RESOLVER = yaml.resolver.Resolver()


class _Dumper(yaml.SafeDumper):
    """Breaks lists between their items and folded prose between words, and nothing else.

    A phrase on two lines would be taken for two that were meant.
    """

    def write_plain(self, text: str, split: bool = True) -> None:  # noqa: ARG002
        super().write_plain(text, False)

    def write_single_quoted(self, text: str, split: bool = True) -> None:  # noqa: ARG002
        super().write_single_quoted(text, False)

    def write_double_quoted(self, text: str, split: bool = True) -> None:  # noqa: ARG002
        super().write_double_quoted(text, False)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def yaml_text(root: Node) -> str:
    """The YAML of some nodes; a text that YAML at large would take for a number is quoted."""
    out = io.StringIO()
    dumper = _Dumper(out, width=_WIDTH, allow_unicode=True, sort_keys=False)
    try:
        dumper.open()
        dumper.serialize(_node(root, flow=False))
        dumper.close()
    finally:
        dumper.dispose()
    return out.getvalue()


def _node(node: Node, *, flow: bool) -> yaml.Node:
    if isinstance(node, TextNode):
        return _text(node, flow=flow)
    inner = flow or _fits_a_line(node)
    if isinstance(node, ListNode):
        items = [_node(item, flow=inner) for item in node.items]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=inner)
    pairs = [(_text(key, flow=True), _node(value, flow=inner)) for key, value in node.pairs]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=inner)


def _text(node: TextNode, *, flow: bool) -> yaml.ScalarNode:
    if node.plain and (is_typed(node) or not node.text):
        return yaml.ScalarNode(_tag_of(node.text), node.text)
    text = node.text
    prose = len(text) > _LONG and " " in text
    lines = [line for line in text.split("\n") if line.strip()]
    blockable = not flow and all(not line.startswith(" ") for line in lines) and "\t" not in text
    style = None
    if blockable and "\n" in text and all(text.split("\n")):
        style = "|"
    elif blockable and prose and "\n" not in text and "  " not in text:
        style = ">"
    return yaml.ScalarNode(_STR, text, style=style)


def _tag_of(text: str) -> str:
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag


def _fits_a_line(node: ListNode | MapNode) -> bool:
    """Whether a list or mapping holds little more than short texts, as in `{lemma: help}`."""
    if isinstance(node, ListNode):
        return all(isinstance(item, TextNode) and _is_short(item) for item in node.items)
    return _height(node) <= 3 and sum(map(len, _texts(node))) <= _LONG and _is_short(node)


def _height(node: Node) -> int:
    return 0 if isinstance(node, TextNode) else 1 + max(map(_height, _below(node)), default=0)


def _below(node: ListNode | MapNode) -> Sequence[Node]:
    return node.items if isinstance(node, ListNode) else [value for _key, value in node.pairs]


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, TextNode):
        yield node.text
    else:
        for one in _below(node):
            yield from _texts(one)


def _is_short(node: Node) -> bool:
    return all(len(text) <= _LONG and "\n" not in text for text in _texts(node))
