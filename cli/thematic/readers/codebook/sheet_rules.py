"""The rows of the sheet of rules -> the nodes of the same rules in YAML."""

from __future__ import annotations

from collections.abc import Iterator

from thematic.readers.codebook.sheet_form import (
    BOOLEAN,
    BOOLEAN_PARTS,
    KINDS,
    item_nodes,
    key,
    moved,
    parted,
)
from thematic.readers.codebook.sheet_tables import TextRow
from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.nodes import MapNode, Node, TextNode
from thematic.readers.lined_yaml.repair import read_document

Pair = tuple[TextNode, Node]


def rules_in(row: TextRow, faults: Faults) -> Iterator[Node]:
    """The rules of one row: none where it is faulty, several where it has several phrases."""
    written = row.text("kind")
    kind = written.casefold() or (BOOLEAN if _parts(row) else KINDS[0])
    if kind not in KINDS:
        guess = closest(kind, KINDS)
        hint = f"did you mean {guess!r}?" if guess else f"one of {', '.join(KINDS)}"
        faults.error(row.line, f"there is no kind of rule {written!r}", hint)
        return
    if not _has_its_words(row, kind, faults):
        return
    options = tuple(_options(row))
    for head in _heads(row, kind, faults):
        lone = kind == "phrase" and not options
        yield head[0][1] if lone else MapNode((*head, *options), row.line)


def _has_its_words(row: TextRow, kind: str, faults: Faults) -> bool:
    """Whether the words of a rule stand in the columns of its kind, and only there."""
    words, parts = bool(row.text("words")), _parts(row)
    where = "all, any, none" if kind == BOOLEAN else "words"
    if kind == BOOLEAN and words:
        message = f"a rule of kind {BOOLEAN} has words outside {where}"
    elif kind != BOOLEAN and parts:
        message = f"a rule of kind {kind} has items under {', '.join(parts)}"
    elif not words and not parts:
        message = "a rule without words to look for"
    else:
        return True
    faults.error(row.line, message, f"the words of this kind stand under {where}")
    return False


def _heads(row: TextRow, kind: str, faults: Faults) -> Iterator[tuple[Pair, ...]]:
    """What a rule looks for; a row of several phrases or lemmas is several rules."""
    line = row.line
    match kind:
        case "near":
            yield ((key("near", line), item_nodes(row.raw("words"), line)),)
        case "boolean":
            yield tuple((key(p, line), item_nodes(row.raw(p), line)) for p in _parts(row))
        case "tokens":
            node = _pattern(row, faults)
            if node is not None:
                yield ((key("tokens", line), node),)
        case "regex":
            _tell_edges(row, faults)
            yield ((key(kind, line), TextNode(row.raw("words"), line, plain=False)),)
        case _:
            for node in texts_in(row, "words"):
                yield ((key(kind, line), node),)


def _tell_edges(row: TextRow, faults: Faults) -> None:
    if row.raw("words").strip(" \t") != row.raw("words"):
        message = f"the regex {row.raw('words')!r} begins or ends with a blank"
        faults.warning(row.line, message, "remove it unless it should be found")


def _pattern(row: TextRow, faults: Faults) -> Node | None:
    document = read_document(row.raw("words"))
    if document.root is not None and not document.problems:
        return moved(document.root, row.line)
    why = document.problems[0].message if document.problems else "it is empty"
    message = f"the pattern of a tokens rule cannot be read: {why}"
    faults.error(row.line, message, 'write it as [{LOWER: "marry"}, {OP: "?"}]')
    return None


def _parts(row: TextRow) -> list[str]:
    return [part for part in BOOLEAN_PARTS if row.text(part)]


def _options(row: TextRow) -> Iterator[Pair]:
    for name in ("within", "in_order", "whole_words"):
        if text := row.text(name):
            yield key(name, row.line), key(text, row.line)
    yield from inherited(row)


def inherited(row: TextRow) -> Iterator[Pair]:
    """What a code or rule says of guards, negation and case."""
    if row.text("unless"):
        yield key("unless", row.line), item_nodes(row.raw("unless"), row.line)
    for name in ("negation", "case"):
        if text := row.text(name):
            yield key(name, row.line), key(text.lower(), row.line)


def texts_in(row: TextRow, column: str) -> Iterator[TextNode]:
    """The texts of a cell, one a line."""
    for text in parted(row.raw(column)):
        yield TextNode(text.strip(), row.line, plain=False)
