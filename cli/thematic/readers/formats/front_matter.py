"""YAML front matter: the attributes a Markdown file carries above its text."""

from __future__ import annotations

from dataclasses import field

from thematic.errors import Problem
from thematic.model.nouns import dataclass


@dataclass(frozen=True)
class FrontMatter:
    """Attributes with lower-case names, and how many lines of the file they take."""

    attributes: dict[str, str] = field(default_factory=dict)
    lines: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a text; empty where the text does not begin with `---`.

    Scalars are taken as written (`no` stays "no", a date stays what was typed), lists are
    joined by "; ". A fault is a Problem with its line; the text below is still read.
    """
    lines = _enclosed(text)
    if lines is None:
        return FrontMatter()
    # Most texts have none, and YAML takes as long to load as a hundred of them to read.
    from thematic.readers.formats.front_matter_yaml import told_by

    return told_by(lines)


def _enclosed(text: str) -> list[str] | None:
    """The lines between the opening `---` and the next `---` or `...`."""
    first, _, rest = text.partition("\n")
    if first.rstrip() != "---":
        return None
    lines: list[str] = []
    position = 0
    while position < len(rest):
        end = rest.find("\n", position)
        end = len(rest) if end < 0 else end
        line = rest[position:end]
        if line.rstrip() in ("---", "..."):
            return lines
        lines.append(line)
        position = end + 1
    return None
