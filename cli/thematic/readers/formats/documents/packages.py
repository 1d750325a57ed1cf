"""The XML parts of office files: found in their zip container, parsed with limits.

Nothing outside the file is opened, no entity is resolved, and no document type is taken:
its entities would vanish, with the words beside them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from thematic.errors import Problem
from thematic.readers.formats.archives import FAULTS, archive_problem
from thematic.readers.limits import Limits, passed
from thematic.readers.packed import Refused

_AGAIN = "open it in the program that made it and save it again"
_PARSED_DEEP = 256  # elements within elements, from which on the parser must be told of it
_PARSED_LONG = 10_000_000  # characters of one text, likewise
_PARSED_DEEPEST = 2_000  # what it then reads


class Package:
    """The parts of an office file by name; capitals and `\\` in names do not matter."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open the container.

        Raises:
            Refused: it is damaged, or a limit is passed.
        """
        fault = archive_problem(data, limits)
        if fault:
            raise Refused(fault)
        self._limits = limits
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._infos = {_key(info.filename): info for info in self._archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._infos

    def read(self, name: str) -> bytes:
        """The bytes of a part; none where there is no such part.

        Raises:
            Refused: the part is damaged.
        """
        info = self._infos.get(_key(name))
        try:
            return self._archive.read(info) if info else b""
        except FAULTS as error:
            raise Refused(_damaged(name, error)) from None

    def xml(self, name: str, namespaces: Mapping[bytes, bytes] | None = None) -> Any:
        """The root element of a part, or None where there is no such part.

        Args:
            name: of the part.
            namespaces: those that are read as another one.

        Raises:
            Refused: it is no XML, has a document type, or is nested too deeply.
        """
        data = self.read(name)
        for written, meant in (namespaces or {}).items():
            data = data.replace(written, meant)
        return parse_xml(data, name, self._limits) if data.strip() else None


def parse_xml(data: bytes, name: str, limits: Limits) -> Any:
    """The root element of XML.

    Args:
        data: the bytes, which name their encoding themselves.
        name: what messages call it.
        limits: `nesting` is how deep elements may lie in one another, `line` how long a
            text in one of them may be.

    Raises:
        Refused: it is no XML, has a document type, or passes a limit.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=limits.nesting > _PARSED_DEEP or limits.line > _PARSED_LONG,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "Excessive depth" in str(error):
            raise Refused(_too_deep(limits)) from None
        too_long = passed("line", _PARSED_LONG + 1, limits)
        if too_long and "too long" in str(error):
            hint = f"if you trust this file: --limit line={len(data)}"
            raise Refused(replace(too_long, hint=hint)) from None
        with_type = b"<!DOCTYPE" in data  # of which its entities may be what is wrong
        raise Refused(_typed(name) if with_type else _damaged(name, error)) from None
    if root.getroottree().docinfo.doctype:
        raise Refused(_typed(name))
    fault = passed("nesting", _depth(root), limits)
    if fault:
        raise Refused(fault)
    return root


def _depth(root: Any) -> int:
    """How many elements lie in one another at most."""
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _too_deep(limits: Limits) -> Problem:
    """The parser stopped: it does not tell how deep the file is."""
    fault = passed("nesting", _PARSED_DEEP + 1, limits)
    if fault is None:
        message = f"not read: its parts lie more than {_PARSED_DEEPEST:,} deep in one another"
        return Problem("", 0, message, "open it in its program and copy the text out of it")
    return replace(fault, hint=f"if you trust this file: --limit nesting={_PARSED_DEEPEST}")


def _typed(name: str) -> Problem:
    message = f"not read: {name} has a document type (DOCTYPE), which no such file needs"
    return Problem("", 0, message, f"words could be lost from it; {_AGAIN}")


def _damaged(name: str, error: Exception) -> Problem:
    told = " ".join(str(error).split())[:160]
    return Problem("", 0, f"the file is damaged, in its part {name}: {told}", _AGAIN)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
