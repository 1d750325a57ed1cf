"""YAML front matter: the attributes a Markdown file carries above its text."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from thematic.errors import Problem, Severity


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
    taken = len(lines) + 2
    try:
        node = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _faulty(error, taken)
    if node is None:
        return FrontMatter({}, taken)
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter()  # two rules with text between them
    problems: list[Problem] = []
    return FrontMatter(_attributes(node, problems), taken, problems)


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


def _faulty(error: Exception, taken: int) -> FrontMatter:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark else 1
    what = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    message = f"the front matter is no valid YAML: {what}"
    hint = "write `name: value` on each line; put quotes round a value that holds a colon"
    return FrontMatter({}, taken, [Problem("", line, message, hint)])


def _attributes(node: yaml.MappingNode, problems: list[Problem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2
        name = str(key.value).strip().lower() if isinstance(key, yaml.ScalarNode) else ""
        text = _text_of(value)
        if not name or text is None:
            message = "only `name: value` and lists of values are read as attributes"
            problems.append(Problem("", line, message, "", Severity.WARNING))
        elif name in found:
            message = f"the attribute {name!r} stands twice; the first is taken"
            problems.append(Problem("", line, message, "remove one", Severity.WARNING))
        else:
            found[name] = text
    return found


def _text_of(node: yaml.Node) -> str | None:
    if isinstance(node, yaml.ScalarNode):
        return "" if _is_null(node) else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode):
        parts = [str(one.value).strip() for one in node.value if isinstance(one, yaml.ScalarNode)]
        return "; ".join(parts) if len(parts) == len(node.value) else None
    return None


def _is_null(node: yaml.ScalarNode) -> bool:
    return node.style is None and node.value in ("", "~", "null")
