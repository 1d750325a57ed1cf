"""Named word lists of a codebook, and the phrases that refer to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import product

from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.fields import texts
from thematic.readers.lined_yaml.nodes import MapNode, Node, TextNode, is_blank

MAX_ENTRIES = 20_000  # of one list, the lists it refers to included

_NAME = r"\w[\w .-]*"
_REFERENCE = re.compile(rf"<({_NAME})>")
_SPLIT = re.compile(rf"(<{_NAME}>)")

Lists = dict[str, tuple[str, ...]]


def check_phrase(node: TextNode, lists: Collection[str] | None, faults: Faults) -> bool:
    """Whether a phrase can be looked for; reports why not.

    Args:
        node: the phrase as written.
        lists: the lists it may refer to; None = not known, so references are not checked.
        faults: where problems go.
    """
    text = node.text.strip()
    if not text:
        faults.error(node.line, "an empty phrase", "remove it or fill it in")
        return False
    if only_globs(text):
        faults.error(
            node.line, f"{text!r} fits every word", "write at least one letter beside * and ?"
        )
        return False
    if node.plain and node.lines > 1:
        say = faults.warning if " - " in text else faults.note
        say(
            node.line,
            f"{node.lines} lines are read as one phrase: {text!r}",
            "if they are several, check how far they are indented; if it is one, quote it",
        )
    return lists is None or _known_lists(node, lists, faults)


def only_globs(text: str) -> bool:
    """Whether nothing but `*`, `?` and what joins words is written."""
    return ("*" in text or "?" in text) and not re.sub(r"[*?\s\-\u2013]", "", text)


def _known_lists(node: TextNode, lists: Collection[str], faults: Faults) -> bool:
    if "<" not in node.text:
        return True
    unknown = [name for name in _REFERENCE.findall(node.text) if name not in lists]
    for name in unknown:
        guess = closest(name, lists)
        faults.error(
            node.line,
            f"there is no list called {name!r}",
            f"did you mean <{guess}>?" if guess else "write it at the top under `lists:`",
        )
    return not unknown


def read_lists(
    node: Node | None, line: int, faults: Faults, *, complete: bool = True
) -> tuple[Lists, Lists]:
    """The lists by name, each with the lists it refers to written out; and as they are written.

    Args:
        node: what stands under `lists`.
        line: where it stands.
        faults: where problems go.
        complete: whether all of the file was read, so that a missing list is missing.
    """
    if is_blank(node):
        return {}, {}
    if not isinstance(node, MapNode):
        faults.error(line, "lists should hold names, each with its words", "lists: {groups: [...]}")
        return {}, {}
    written = _written_lists(node, faults)
    known = {key.text.strip() for key, _value in node.pairs}
    for name, items in written.items():
        written[name] = [
            item for item in items if check_phrase(item, known if complete else None, faults)
        ]
    entries = {name: tuple(one.text.strip() for one in items) for name, items in written.items()}
    return _written_out(written, faults), entries


def _written_lists(node: MapNode, faults: Faults) -> dict[str, list[TextNode]]:
    written: dict[str, list[TextNode]] = {}
    for key, value in node.pairs:
        name = key.text.strip()
        if not re.fullmatch(_NAME, name):
            faults.error(
                key.line,
                f"a list cannot be called {name!r}" if name else "a list without a name",
                "use letters, digits, blanks, - . and _ only",
            )
            continue
        items = () if is_blank(value) else texts(value, f"list {name!r}", faults)
        if is_blank(value) or getattr(value, "items", None) == ():
            faults.warning(
                key.line,
                f"the list {name!r} is empty: a phrase with <{name}> finds nothing",
                "write its words, or remove it",
            )
        written.setdefault(name, list(items))
    return written


def _written_out(written: dict[str, list[TextNode]], faults: Faults) -> Lists:
    lists: Lists = {}
    for name in _lowest_first(written, faults):
        lists[name] = _expanded(name, written[name], lists, faults)
    return {name: lists[name] for name in written}


def _lowest_first(written: dict[str, list[TextNode]], faults: Faults) -> list[str]:
    """Names so ordered that a list comes after those it refers to.

    An item by which a list comes to hold itself is reported and taken out.
    """
    done: dict[str, None] = {}
    for start in written:
        way = [] if start in done else [start]
        waiting = [_references(written[start])] if way else []
        while way:
            for item, other in waiting[-1]:
                if other in way:
                    _report_circle(way[way.index(other) :], item, faults)
                    written[way[-1]] = [kept for kept in written[way[-1]] if kept is not item]
                elif other in written and other not in done:
                    way.append(other)
                    waiting.append(_references(written[other]))
                    break
            else:
                done[way.pop()] = None
                waiting.pop()
    return list(done)


def _references(items: Iterable[TextNode]) -> Iterator[tuple[TextNode, str]]:
    return iter([(item, other) for item in items for other in _REFERENCE.findall(item.text)])


def _report_circle(names: list[str], item: TextNode, faults: Faults) -> None:
    said = f"the list {names[0]!r} holds itself"
    if len(names) > 1:
        said = f"the lists {', '.join(map(repr, names))} hold one another in a circle"
    faults.error(item.line, said, "take one of the references out")


def _expanded(name: str, items: list[TextNode], lists: Lists, faults: Faults) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in items:
        pieces = [_choices(piece, lists) for piece in _SPLIT.split(item.text.strip())]
        count = 1
        for piece in pieces:
            count *= len(piece)
        if len(found) + count > MAX_ENTRIES:
            faults.error(
                item.line,
                f"the list {name!r} stands for more than {MAX_ENTRIES} phrases",
                "refer to fewer lists in one phrase",
            )
            break
        found.update(dict.fromkeys("".join(choice) for choice in product(*pieces)))
    return tuple(found)


def _choices(piece: str, lists: Lists) -> tuple[str, ...]:
    reference = _REFERENCE.fullmatch(piece)
    return lists.get(reference[1], (piece,)) if reference else (piece,)
