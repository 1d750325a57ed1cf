"""YAML as it is written: nodes with line numbers, scalars as text, duplicate keys found.

PyYAML's `safe_load` drops a key that stands twice and turns `no` into False, and its
`compose` gives nothing at all for a file with one fault. So the nodes are built here from
the parser's events: what stands before a fault is kept, nesting and aliases are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

import yaml

from thematic.errors import Problem
from thematic.model.nouns import dataclass

MAX_NESTING = 60  # lists and mappings inside one another
MAX_NODES = 1_000_000  # that are written, so a file of some length is needed
MAX_FOLLOWED = 200_000  # that aliases add: a few lines could add billions

_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "seq", "map", "int", "float", "bool", "null", "timestamp")
) | {"!"}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is twenty times as fast


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar as written: `no` is the text "no"."""

    text: str
    line: int  # 1-based
    plain: bool = True  # written without quotes, | or >
    lines: int = 1  # it is written on
    size: int = 1
    height: int = 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here (`name:` and no more)."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence."""

    items: tuple[Node, ...]
    line: int
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping in the order written; a key that stands twice is there twice."""

    pairs: tuple[tuple[TextNode, Node], ...]
    line: int
    size: int = 1
    height: int = 1


Node = TextNode | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class Composed:
    """What one pass over a text gives; `error` is the syntax error that ended it early."""

    root: Node | None
    problems: tuple[Problem, ...]
    error: yaml.MarkedYAMLError | None
    bracket: tuple[int, int] | None = None  # 0-based line and column of the innermost open one
    truncated: bool = False  # given up in the middle, for depth or size


def compose(text: str) -> Composed:
    """The nodes of a YAML text, up to its first syntax error.

    The text must hold printable characters and `\\n` line ends only. Never raises.
    """
    builder = _Builder()
    error: yaml.MarkedYAMLError | None = None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as caught:
        error = caught
    bracket = builder.open_bracket()
    truncated = builder.stopped and builder.is_open
    return Composed(builder.finish(), tuple(builder.problems), error, bracket, truncated)


def is_blank(node: Node | None) -> bool:
    """Whether a list or mapping that could stand here was left out (also as `~` or `null`)."""
    return node is None or (
        isinstance(node, TextNode) and node.plain and node.text in ("", "~", "null", "Null", "NULL")
    )


def is_typed(node: TextNode) -> bool:
    """Whether YAML at large would read this text as a truth value, number, date or null."""
    if not node.plain or not node.text:
        return False
    candidates = yaml.SafeLoader.yaml_implicit_resolvers.get(node.text[0], [])
    return any(pattern.match(node.text) for _tag, pattern in candidates)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    is_map: bool
    line: int
    anchor: str | None
    bracket: tuple[int, int] | None = None
    children: list[Node] = field(default_factory=list)

    def close(self) -> Node:
        size = 1 + sum([child.size for child in self.children])
        height = 1 + max([child.height for child in self.children], default=0)
        if not self.is_map:
            return ListNode(tuple(self.children), self.line, size, height)
        pairs = zip(self.children[::2], self.children[1::2], strict=False)
        texts = tuple((key, value) for key, value in pairs if isinstance(key, TextNode))
        return MapNode(_with_merged(texts), self.line, size, height)


class _Builder:
    """Turns parser events into nodes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.stopped = False
        self._root: Node | None = None
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0
        self._size = 0
        self._followed = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(line)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_tag(event.tag, line)
            value = event.value
            if event.tag and event.tag not in _PLAIN_TAGS and not value:
                value = event.tag  # `- !x` was probably meant as words
            end = event.end_mark.line + 1 if event.end_mark else line
            node = TextNode(value, line, event.style in (None, ""), max(end - line + 1, 1))
            self._add(node, line, event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._add_alias(event.anchor or "", line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_tag(event.tag, line)
            mark = event.start_mark
            bracket = (mark.line, mark.column) if event.flow_style and mark else None
            is_map = isinstance(event, yaml.MappingStartEvent)
            self._open(_Open(is_map, line, event.anchor, bracket))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()

    @property
    def is_open(self) -> bool:
        """Whether a list or mapping has not come to its end."""
        return bool(self._stack)

    def open_bracket(self) -> tuple[int, int] | None:
        """Where the innermost `[` or `{` stands that is not closed yet."""
        return self._stack[-1].bracket if self._stack else None

    def finish(self) -> Node | None:
        """The root, with whatever is still open closed."""
        while self._stack:
            self._close()
        return self._root

    def _begin_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(
                line, "a second document begins here (---)", "remove the line, or split the file"
            )

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag and tag not in _PLAIN_TAGS:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self._report(
                line,
                f"the tag {short} is not allowed here",
                "if the exclamation mark belongs to the words, put them in quotes",
            )

    def _open(self, opened: _Open) -> None:
        if len(self._stack) >= MAX_NESTING:
            self._stop(
                opened.line,
                f"lists and mappings stand more than {MAX_NESTING} deep in one another",
                "flatten the file",
            )
            return
        if self._counted(opened.line):
            self._stack.append(opened)

    def _close(self) -> None:
        closed = self._stack.pop()
        if closed.is_map:
            self._check_keys(closed)
        self._place(closed.close(), closed.anchor)

    def _check_keys(self, closed: _Open) -> None:
        first: dict[str, int] = {}
        for key in closed.children[::2]:
            if not isinstance(key, TextNode):
                self._report(
                    key.line,
                    "a name must be a text, not a list or mapping",
                    "if the brackets belong to the words, put them in quotes",
                )
            elif key.text in first:
                self._report(
                    key.line,
                    f"{key.text!r} stands twice (first on line {first[key.text]})",
                    "join the two, or rename one",
                )
            else:
                first[key.text] = key.line

    def _add(self, node: Node, line: int, anchor: str | None = None) -> None:
        if self._counted(line):
            self._place(node, anchor)

    def _counted(self, line: int) -> bool:
        """Count one entry as written; False where it is one too many."""
        self._size += 1
        if self._size > MAX_NODES:
            self._stop(line, f"the file holds more than {MAX_NODES:,} entries", "split the file")
        return not self.stopped

    def _add_alias(self, anchor: str, line: int) -> None:
        node = self._anchors.get(anchor)
        if node is None:
            self._report(
                line,
                f"a text that begins with * must stand in quotes: *{anchor}",
                f'write "*{anchor}"',
            )
            node = TextNode(f"*{anchor}", line, plain=False)
        elif len(self._stack) + node.height > MAX_NESTING:
            self._report(line, f"the alias *{anchor} nests too deeply", "write the entry out")
            node = TextNode("", line)
        self._followed += node.size
        if self._followed > MAX_FOLLOWED:
            message = f"aliases add more than {MAX_FOLLOWED:,} entries to the file"
            self._stop(line, message, "split the file, or write fewer aliases (*name)")
            return
        self._add(node, line)

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if self._stack:
            self._stack[-1].children.append(node)
        elif self._root is None:
            self._root = node

    def _report(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem("", line, message, hint))

    def _stop(self, line: int, message: str, hint: str) -> None:
        self.stopped = True
        self._report(line, message, hint)


def _with_merged(pairs: tuple[tuple[TextNode, Node], ...]) -> tuple[tuple[TextNode, Node], ...]:
    """The pairs with `<<: *other` replaced by what the other mapping holds besides."""
    merges = [value for key, value in pairs if key.plain and key.text == "<<"]
    sources = [source for value in merges for source in _merge_sources(value)]
    if not sources:
        return pairs
    own = [(key, value) for key, value in pairs if key.text != "<<"]
    known = {key.text for key, _value in own}
    for source in sources:
        own += [(key, value) for key, value in source.pairs if key.text not in known]
        known |= {key.text for key, _value in source.pairs}
    return tuple(own)


def _merge_sources(value: Node) -> Iterator[MapNode]:
    for source in value.items if isinstance(value, ListNode) else (value,):
        if isinstance(source, MapNode):
            yield source
