"""Token patterns: the one place of a codebook where scalars have types, as spaCy wants them."""

from __future__ import annotations

import re

from thematic.readers.lined_yaml.faults import Faults
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode

_TRUTHS = ("IS_", "LIKE_", "SENT_START", "SPACY")
_NUMBERS = ("LENGTH", "ENT_IOB")


def read_tokens(node: Node | None, line: int, faults: Faults) -> tuple[dict[str, object], ...]:
    """A spaCy Matcher pattern; empty, with a problem, where it is no list of mappings.

    `true` is a truth value under attributes such as IS_PUNCT and digits a number under
    LENGTH; anything else is text as written. Whether spaCy takes it shows on compiling.
    """
    if not isinstance(node, ListNode) or not node.items:
        faults.error(
            line,
            "tokens should be a list of mappings",
            "tokens: [{LOWER: afghan}, {IS_TITLE: true}]",
        )
        return ()
    tokens = []
    for item in node.items:
        if isinstance(item, MapNode):
            tokens.append({key.text: _typed(value, key.text) for key, value in item.pairs})
        else:
            faults.error(
                item.line, "each token should be a mapping", "write {LOWER: word}; {} is any token"
            )
    return tuple(tokens) if len(tokens) == len(node.items) else ()


def _typed(node: Node, attribute: str) -> object:
    if isinstance(node, ListNode):
        return [_typed(item, attribute) for item in node.items]
    if isinstance(node, MapNode):
        return {key.text: _typed(value, attribute) for key, value in node.pairs}
    return _typed_text(node, attribute)


def _typed_text(node: TextNode, attribute: str) -> object:
    if node.plain and attribute.startswith(_TRUTHS) and node.text.lower() in ("true", "false"):
        return node.text.lower() == "true"
    if node.plain and attribute in _NUMBERS and re.fullmatch("-?[0-9]{1,9}", node.text):
        return int(node.text)
    return node.text
