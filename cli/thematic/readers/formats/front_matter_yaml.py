"""What the YAML of front matter tells."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from thematic.errors import Problem, Severity
from thematic.readers.formats.front_matter import FrontMatter


def told_by(lines: Sequence[str]) -> FrontMatter:
    """The front matter that stands between its two rules."""
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
