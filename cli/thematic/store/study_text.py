"""Answers put into the text of a study.yaml; all else stays as its writer left it.

The places are found by the marks of YAML's own nodes, and the result is read back: where it
does not say exactly what was meant, there is no result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import yaml

from thematic.errors import Severity
from thematic.model.labels import key_of
from thematic.model.study import Speakers, Study
from thematic.store.answers import Answer, answers_yaml, with_answers
from thematic.store.scalars import scalar
from thematic.store.study import read_study

_REMARK = re.compile(r"^#[ \t]*speakers:.*$", re.MULTILINE)
_INDENT = "  "
_WIDEST = 88  # characters of a line in braces that is not broken


def study_text_with(text: str, answers: Sequence[Answer]) -> str | None:
    """The text of a study.yaml with the answers in it, or None where no safe place is found.

    Args:
        text: of a study.yaml without faults, line ends as they are in the file.
        answers: settled ones.
    """
    before, _ = read_study(text)
    if before is None:
        return None
    try:
        changed = text
        for answer in answers:
            changed = _put(changed, answer)
    except (yaml.YAMLError, _NoPlace):
        return None
    after, problems = read_study(changed)
    faulty = any(problem.severity is Severity.ERROR for problem in problems)
    wanted = replace(before, speakers=with_answers(before.speakers, answers))
    return changed if after and not faulty and _meaning(after) == _meaning(wanted) else None


class _NoPlace(Exception):
    """The file is written in a way in which nothing can be put in safely."""


def _meaning(study: Study) -> tuple[Study, object]:
    """A study in a form that is equal for equal settings, in whatever order they stand."""
    speakers = study.speakers
    own = {id: _said(found) for id, found in speakers.transcripts}
    rest = replace(study, speakers=Speakers(exclude=speakers.exclude))
    return rest, (_said(speakers), own)


def _said(speakers: Speakers) -> object:
    roles = [set(labels) for labels in (speakers.interviewer, speakers.respondent, speakers.other)]
    return roles, {written: key_of(meant) for written, meant in speakers.merge}


def _put(text: str, answer: Answer) -> str:
    """The text with one answer: in its list, or with as much of the path as is missing."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return _at_the_end(text, answer)
    node: yaml.Node = root
    key: yaml.Node | None = None
    path = list(answer.path)
    while path and isinstance(node, yaml.MappingNode):
        found = _child(node, path[0])
        if found is None:
            if node is root and not node.flow_style:
                return _at_the_end(text, answer)
            depth = len(answer.path) - len(path)
            return _with_entry(text, node, path, answer.label, depth)
        key, node = found
        path.pop(0)
    if isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null") and key is not None:
        return _in_the_blank(text, key, node, path, answer.label)
    if path:
        raise _NoPlace
    return _with_item(text, node, answer.label)


def _child(node: yaml.MappingNode, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """The pair under a name."""
    pairs = [pair for pair in node.value if isinstance(pair[0], yaml.ScalarNode)]
    exact = [pair for pair in pairs if pair[0].value.strip() == name]
    return exact[0] if exact else None


def _at_the_end(text: str, answer: Answer) -> str:
    """The text with `speakers` as a new block: below a remark that shows it, else last."""
    block = answers_yaml([answer]).replace("\n", _line_end(text))
    remark = _REMARK.search(text)
    if remark:
        return _with_lines(text, remark.end(), block)
    gap = _line_end(text) if text.strip() else ""
    return _with_lines(text, len(text), gap + block)


def _with_entry(
    text: str, node: yaml.MappingNode, path: Sequence[str], label: str, depth: int
) -> str:
    """The text with a new name in a mapping, which lies `depth` names deep."""
    if node.flow_style:
        entry = f"{scalar(path[-1])}: [{scalar(label)}]"
        for name in reversed(path[:-1]):
            entry = f"{scalar(name)}: {{{entry}}}"
        if not node.value:
            at = node.start_mark.index + 1
            return text[:at] + entry + text[at:]
        at = node.value[-1][1].end_mark.index
        width = len((text[:at] + entry + text[at:].partition("\n")[0]).rpartition("\n")[2])
        gap = _line_end(text) + _INDENT * depth if width > _WIDEST else " "
        return f"{text[:at]},{gap}{entry}{text[at:]}"
    indent = " " * node.start_mark.column
    return _with_lines(text, _end(node), _nested(path, label, indent, _line_end(text)))


def _in_the_blank(
    text: str, key: yaml.Node, node: yaml.ScalarNode, path: Sequence[str], label: str
) -> str:
    """The text with a value where `name:` stands and no more."""
    if node.value:
        raise _NoPlace
    if path:
        indent = " " * key.start_mark.column + _INDENT
        return _with_lines(text, key.end_mark.index, _nested(path, label, indent, _line_end(text)))
    at = node.end_mark.index
    return f"{text[:at]} [{scalar(label)}]{text[at:]}"


def _with_item(text: str, node: yaml.Node, label: str) -> str:
    """The text with one more label in a list; a single text becomes a list of two."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        return f"{text[:start]}[{scalar(node.value)}, {scalar(label)}]{text[end:]}"
    if not isinstance(node, yaml.SequenceNode):
        raise _NoPlace
    if not node.value:
        return f"{text[: start + 1]}{scalar(label)}{text[start + 1 :]}"
    last = _end(node.value[-1])
    if node.flow_style:
        return f"{text[:last]}, {scalar(label)}{text[last:]}"
    indent = " " * node.start_mark.column
    return _with_lines(text, last, f"{indent}- {scalar(label)}{_line_end(text)}")


def _nested(path: Sequence[str], label: str, indent: str, line_end: str) -> str:
    lines = [f"{indent}{_INDENT * depth}{scalar(name)}:" for depth, name in enumerate(path)]
    return line_end.join(lines) + f" [{scalar(label)}]{line_end}"


def _end(node: yaml.Node) -> int:
    """Where the last words of a node end; a block's own mark lies on a later line."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    return int(node.end_mark.index)


def _with_lines(text: str, at: int, lines: str) -> str:
    """The text with whole lines below the line that holds a position."""
    end = text.find("\n", at)
    if end >= 0 and at < len(text):
        return text[: end + 1] + lines + text[end + 1 :]
    missing = "" if not text or text.endswith("\n") else _line_end(text)
    return text + missing + lines


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
