"""A list of studies in YAML: which are reported on in one run, and where the results go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from thematic.errors import Problem
from thematic.model.listed import ListedStudy
from thematic.readers.lined_yaml.faults import Faults
from thematic.readers.lined_yaml.fields import Fields
from thematic.readers.lined_yaml.file import MAX_CHARACTERS, read_yaml_file
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode, is_blank
from thematic.readers.lined_yaml.repair import read_document

_FIELDS = ("folder", "name", "codebook", "output")
_SLIPS = {"path": "folder", "study": "folder", "title": "name", "results": "output"}
_HINT = "write for example `- folder: wave1`"


def read_studies_file(path: Path) -> tuple[list[ListedStudy], list[Problem]]:
    """The studies that a file lists, and every problem with it, by line.

    With a problem of severity error the list should not be used.
    """
    text, problems = read_yaml_file(path, "list of studies")
    if text is None:
        return [], problems
    studies, found = read_studies(text)
    return studies, problems + [problem.within(str(path)) for problem in found]


def read_studies(text: str) -> tuple[list[ListedStudy], list[Problem]]:
    """The studies that a text lists, and every problem with it, by line. Never raises."""
    if len(text) > MAX_CHARACTERS:
        return [], [Problem("", 0, f"the list is longer than {MAX_CHARACTERS:,} characters")]
    document = read_document(text)
    faults = Faults()
    faults.extend(document.problems)
    studies: list[ListedStudy] = []
    if document.root is not None or document.whole:
        studies = [one for node in _entries(document.root, faults) for one in _study(node, faults)]
        _demand_different(studies, faults)
    return studies, document.certain(faults.sorted())


def _entries(root: Node | None, faults: Faults) -> Sequence[Node]:
    if isinstance(root, ListNode) and root.items:
        return root.items
    if root is None or is_blank(root) or isinstance(root, ListNode):
        faults.error(1, "the list of studies is empty", _HINT)
        return ()
    faults.error(root.line, "this is no list of studies", f"begin each study with -; {_HINT}")
    return ()


def _study(node: Node, faults: Faults) -> list[ListedStudy]:
    """The study of one entry; none where its folder is not said."""
    if isinstance(node, TextNode) and node.text.strip():
        folder = node.text.strip()
        return [ListedStudy(folder, _last_part(folder), line=node.line)]
    if not isinstance(node, MapNode):
        faults.error(node.line, "this is no study", _HINT)
        return []
    fields = Fields(node, _FIELDS, "the study", faults, _SLIPS)
    folder = fields.text("folder")
    if not folder:
        faults.error(node.line, "the study has no folder", _HINT)
        return []
    name = " ".join(fields.text("name").split()) or _last_part(folder)
    return [ListedStudy(folder, name, fields.text("codebook"), fields.text("output"), node.line)]


def _last_part(folder: str) -> str:
    return PurePath(folder).name or folder


def _demand_different(studies: Sequence[ListedStudy], faults: Faults) -> None:
    """Neither names nor folders of results may stand twice."""
    names: dict[str, int] = {}
    outputs: dict[str, int] = {}
    for one in studies:
        name = one.name.casefold()
        if name in names:
            message = f"the name {one.name!r} stands twice, also on line {names[name]}"
            faults.error(one.line, message, "give each study a `name` of its own")
        names.setdefault(name, one.line)
        output = PurePath(one.output).as_posix().casefold()
        if one.output and output in outputs:
            message = f"the output {one.output!r} stands twice, also on line {outputs[output]}"
            faults.error(one.line, message, "give each study an `output` of its own")
        outputs.setdefault(output, one.line)
