"""A codebook as its writer put it: the nodes of its file, before settings are worked out."""

from __future__ import annotations

import re
from pathlib import Path

from thematic.model.nouns import dataclass
from thematic.readers.codebook.reading import WORKBOOKS, with_themes
from thematic.readers.limits import Limits
from thematic.readers.lined_yaml.file import read_bytes, read_yaml_file
from thematic.readers.lined_yaml.nodes import MapNode, TextNode
from thematic.readers.lined_yaml.repair import read_document

_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)
_NAME = "codebook"


@dataclass(frozen=True)
class Written:
    """The nodes of a codebook's file, themes under `themes`, and what they leave out."""

    root: MapNode
    has_comments: bool  # as far as a # after a blank, or at the start of a line, is one

    def named(self, name: str) -> MapNode:
        """The nodes with the codebook's name, also where its file left it to the file's name."""
        rest = tuple(pair for pair in self.root.pairs if pair[0].text != _NAME)
        said = next((value for key, value in self.root.pairs if key.text == _NAME), None)
        if said is None or (isinstance(said, TextNode) and not said.text.strip()):
            said = TextNode(name, 1, plain=False)
        return MapNode(((TextNode(_NAME, 1), said), *rest), self.root.line)


def read_written(path: Path) -> Written | None:
    """The nodes of a codebook's file; None where it has none. Its faults are not looked for."""
    if path.suffix.lower() in WORKBOOKS:
        from thematic.readers.codebook.sheets import read_workbook

        data, _ = read_bytes(path, "codebook", Limits().codebook)
        root = None if data is None else read_workbook(data)[0]
        return None if root is None else Written(root, has_comments=False)
    text, _ = read_yaml_file(path, "codebook", Limits().codebook)
    nodes = None if text is None else read_document(text).root
    if text is None or not isinstance(nodes, MapNode):
        return None
    return Written(with_themes(nodes), bool(_COMMENT.search(text)))
