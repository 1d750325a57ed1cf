"""What the styles of a Word file say: which are titles or quotations, which are bold or hidden."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from thematic.model.nouns import dataclass
from thematic.readers.formats.documents.titles import is_quote_style, is_title_style

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_MOST_PARENTS = 20  # of a style; more would be a circle


@dataclass(frozen=True)
class Styles:
    """What is known of the styles of a Word file, by their IDs."""

    titles: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    lists: dict[str, Any] = field(default_factory=dict)  # the `w:numPr` of paragraph styles

    def shows(self, run: Any, name: str, styled: frozenset[str], *, otherwise: bool) -> bool:
        """Whether a switch (`b`, `vanish`) is on for a run: by itself, its style, or its paragraph.

        Args:
            run: the `w:r`.
            name: of the switch.
            styled: the styles that turn it on.
            otherwise: what holds where the run says nothing.
        """
        properties = run.find(f"{W}rPr")
        if properties is None:
            return otherwise
        said = _switch(properties, name)
        if said is not None:
            return said
        style = properties.find(f"{W}rStyle")
        return otherwise or (style is not None and value_of(style) in styled)


def styles_in(root: Any) -> Styles:
    """The styles of `word/styles.xml`; `root` may be None.

    Titles are told by the style's name, which is English in every Word.
    """
    if root is None:
        return Styles()
    styles = {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}
    lists = {key: style.find(f"{W}pPr/{W}numPr") for key, style in styles.items()}
    return Styles(
        frozenset(key for key, style in styles.items() if is_title_style(_name(style))),
        frozenset(key for key, style in styles.items() if is_quote_style(_name(style))),
        frozenset(key for key in styles if _turns_on(styles, key, "b")),
        frozenset(key for key in styles if _turns_on(styles, key, "vanish")),
        {key: one for key, one in lists.items() if one is not None},
    )


def value_of(element: Any) -> str:
    """The `w:val` of an element; "" where there is none."""
    return (element.get(f"{W}val") or "") if element is not None else ""


def _name(style: Any) -> str:
    return value_of(style.find(f"{W}name"))


def _switch(properties: Any, name: str) -> bool | None:
    """On or off; None where nothing is said."""
    mark = properties.find(f"{W}{name}")
    return None if mark is None else value_of(mark) not in ("0", "false", "off")


def _turns_on(styles: dict[str, Any], key: str, name: str) -> bool:
    """Whether a style, or the one it is based on, turns a switch on."""
    for _ in range(_MOST_PARENTS):
        style = styles.get(key)
        if style is None:
            return False
        properties = style.find(f"{W}rPr")
        said = _switch(properties, name) if properties is not None else None
        if said is not None:
            return said
        key = value_of(style.find(f"{W}basedOn"))
    return False
