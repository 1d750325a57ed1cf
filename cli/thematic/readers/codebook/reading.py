"""A codebook from a YAML file or a workbook: every fault with its line, all in one pass."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import yaml

from thematic.errors import Problem, Severity
from thematic.model.codebook import Code, Codebook, Nested, Rule, Unit
from thematic.readers.codebook.entries import read_entries
from thematic.readers.codebook.lists import check_phrase, read_lists
from thematic.readers.codebook.rules import Context
from thematic.readers.limits import Limits, passed
from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.fields import Fields, texts
from thematic.readers.lined_yaml.file import read_bytes, read_yaml_file
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode, is_blank
from thematic.readers.lined_yaml.repair import Document, read_document
from thematic.readers.lined_yaml.writing import yaml_text

_DEFAULTS = Limits()
WORKBOOKS = (".xlsx", ".xlsm")

_TEXTS = ("codebook", "version", "title", "language", "model")
_CHOICES = ("scope", "unit", "negation", "nested", "accents", "case")
_NOTES = ("note", "notes", "memo", "description")
_FIELDS = (
    *_TEXTS,
    "scope",
    "unit",
    "speakers",
    "lists",
    "themes",
    "unless",
    "negation",
    "negation_cues",
    "marks",
    "case",
    "nested",
    "accents",
    *_NOTES,
)
_SLIPS = {"codes": "themes", "name": "codebook", "theme": "themes", "list": "lists"}
_SPEAKERS_HINT = "speakers: {exclude: [interviewer]}; who is who stands in study.yaml"
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_codebook_file(
    path: Path, limits: Limits = _DEFAULTS
) -> tuple[Codebook | None, list[Problem]]:
    """The codebook in a file, and every problem with it, by line.

    Returns:
        The codebook without its faulty parts, or None where the file cannot be read;
        problems carry the path as given. A codebook with a problem of severity error should
        not be used.
    """
    if path.suffix.lower() in WORKBOOKS:
        data, problems = read_bytes(path, "codebook", limits.codebook)
        codebook, found = (None, []) if data is None else read_codebook_workbook(data, path.stem)
    else:
        text, problems = read_yaml_file(path, "codebook", limits.codebook)
        codebook, found = (None, []) if text is None else read_codebook(text, path.stem, limits)
    return codebook, problems + [problem.within(str(path)) for problem in found]


def read_codebook_workbook(data: bytes, name: str) -> tuple[Codebook | None, list[Problem]]:
    """The codebook in the bytes of an Excel file, and every problem with it, by row.

    Its hash is that of the YAML which says the same, so that saving the workbook anew does
    not change it. Otherwise as `read_codebook`.
    """
    from thematic.readers.codebook.sheets import in_terms_of_sheets, read_workbook

    root, problems = read_workbook(data)
    if root is None:
        return None, problems
    faults = Faults()
    codebook = _Reader(name, faults, Document(root, ())).read(_hash(yaml_text(root)))
    found = [in_terms_of_sheets(problem) for problem in faults.sorted()]
    return codebook, [*problems, *found]


def read_codebook(
    text: str, name: str, limits: Limits = _DEFAULTS
) -> tuple[Codebook | None, list[Problem]]:
    """The codebook in a text, and every problem with it, by line. Never raises.

    Args:
        text: YAML or JSON.
        name: the file's name without its suffix, for a codebook that does not say its own.
        limits: how long it may be.

    Returns:
        As `read_codebook_file`; problems name no file.
    """
    too_long = passed("codebook", len(text), limits)
    if too_long:
        return None, [too_long]
    document = read_document(text)
    faults = Faults()
    faults.extend(document.problems)
    reader = _Reader(name, faults, document)
    codebook = reader.read(_hash(_newlines(text)))
    return codebook, document.certain(faults.sorted())


def codebook_from(content: Mapping[str, object], name: str = "codebook") -> Codebook:
    """A codebook from Python mappings, lists and texts, read as the YAML of them would be.

    Raises:
        ValueError: it has faults; the message lists them.
    """
    codebook, problems = read_codebook(
        yaml.safe_dump(content, sort_keys=False, allow_unicode=True), name
    )
    wrong = [f"line {p.line}: {p.message}" for p in problems if p.severity is Severity.ERROR]
    if codebook is None or wrong:
        raise ValueError("; ".join(wrong))
    return codebook


def rule_from(rule: str | Mapping[str, object], **top: object) -> Rule:
    """One rule as it would stand in a codebook whose other top fields are `top`.

    Raises:
        ValueError: it has faults.
    """
    return codebook_from({**top, "themes": {"theme": {"rules": [rule]}}}).themes[0].rules[0]


class _Reader:
    """Reads the top of one codebook."""

    def __init__(self, name: str, faults: Faults, document: Document) -> None:
        self._name = name
        self._faults = faults
        self._root = document.root
        self._whole = document.whole  # else what seems missing may stand in a part cut out

    def read(self, digest: str) -> Codebook:
        root = self._root
        if isinstance(root, MapNode):
            if _is_shortest_form(root):
                self._warn_of_settings(root)
            return self._from_fields(with_themes(root), digest)
        if not self._whole:
            pass
        elif root is None or is_blank(root):
            self._faults.error(1, "the codebook is empty", "name: [phrases] is the shortest one")
        else:
            kind = "a list" if isinstance(root, ListNode) else "one text"
            self._faults.error(
                root.line, f"the codebook is {kind}, not names with values", "name: [phrases]"
            )
        return Codebook(self._name, (), lists={}, marks={}, hash=digest)

    def _warn_of_settings(self, root: MapNode) -> None:
        """In the shortest form a misspelt setting looks like a theme with one phrase."""
        for key, value in root.pairs:
            guess = closest(key.text, _FIELDS, 0.75) if isinstance(value, TextNode) else ""
            if guess:
                self._faults.warning(
                    key.line, f"{key.text!r} is read as a theme", f"did you mean {guess!r}?"
                )

    def _from_fields(self, root: MapNode, digest: str) -> Codebook:
        hint = "themes stand under `themes:`"
        fields = Fields(root, _FIELDS, "the codebook", self._faults, _SLIPS, hint)
        line = fields.line("lists") if "lists" in fields else 0
        lists, entries = read_lists(fields.node("lists"), line, self._faults, complete=self._whole)
        context = Context(self._faults, lists if self._whole else None).below(fields)
        cues = self._phrases(fields.node("negation_cues"), "negation_cues", context)
        return Codebook(
            name=fields.text("codebook") or self._name,
            themes=self._themes(fields, root, context),
            version=fields.text("version"),
            title=fields.text("title"),
            language=self._language(fields),
            model=fields.text("model"),
            scope=fields.choice("scope", Unit, Unit.SENTENCE),
            unit=fields.choice("unit", Unit, Unit.SENTENCE),
            exclude=self._exclude(fields),
            lists=lists,
            list_entries=entries,
            negation_cues=cues if "negation_cues" in fields else None,
            marks=self._marks(fields, context),
            nested=fields.choice("nested", Nested, Nested.CODE),
            ignore_accents=self._ignores_accents(fields),
            hash=digest,
        )

    def _themes(self, fields: Fields, root: MapNode, context: Context) -> tuple[Code, ...]:
        node = fields.node("themes")
        if node is None:
            strays = tuple((k, v) for k, v in root.pairs if _is_stray_theme(k, v))
            if not strays and self._whole:
                self._faults.error(
                    root.line, "the codebook has no `themes:`", "themes: then, indented, names"
                )
            return read_entries(MapNode(strays, root.line), "", context)
        if is_blank(node) or (isinstance(node, MapNode) and not node.pairs):
            self._faults.error(fields.line("themes"), "there are no themes", "name: [phrases]")
            return ()
        return read_entries(node, "", context)

    def _language(self, fields: Fields) -> str:
        language = fields.text("language", "en")
        if _LANGUAGE.fullmatch(language):
            return language
        self._faults.error(
            fields.line("language"),
            f"language is {language!r}, it should be a code of two or three letters",
            "en, de, fr, ar, ps, fa ...",
        )
        return "en"

    def _exclude(self, fields: Fields) -> tuple[str, ...]:
        node = fields.node("speakers")
        if node is None:
            return ("interviewer",)
        if not isinstance(node, MapNode):
            self._faults.error(
                fields.line("speakers"), "speakers should hold exclude", _SPEAKERS_HINT
            )
            return ("interviewer",)
        inner = Fields(node, ("exclude",), "speakers", self._faults, hint=_SPEAKERS_HINT)
        if "exclude" not in inner:
            return ("interviewer",)
        if is_blank(inner.node("exclude")):
            self._faults.warning(
                inner.line("exclude"), "exclude is empty: everybody counts", "write [] to say so"
            )
        return tuple(node.text.strip() for node in inner.texts("exclude"))

    def _marks(self, fields: Fields, context: Context) -> dict[str, tuple[str, ...]]:
        node = fields.node("marks")
        if node is None or is_blank(node):
            return {}
        if not isinstance(node, MapNode):
            self._faults.error(
                fields.line("marks"),
                "marks should hold names, each with its words",
                "marks: {hedged: [perhaps, reportedly]}",
            )
            return {}
        marks: dict[str, tuple[str, ...]] = {}
        for key, value in node.pairs:
            name = key.text.strip()
            if not name:
                self._faults.error(key.line, "a mark without a name", "write its name")
            words = self._phrases(value, f"mark {name!r}", context)
            if not words:
                self._faults.warning(key.line, f"the mark {name!r} has no words", "write them")
            if name:
                marks.setdefault(name, words)
        return marks

    def _phrases(self, node: Node | None, what: str, context: Context) -> tuple[str, ...]:
        if node is None or is_blank(node):
            return ()
        found = texts(node, what, self._faults)
        sound = (each for each in found if check_phrase(each, context.lists, self._faults))
        return tuple(each.text.strip() for each in sound)

    def _ignores_accents(self, fields: Fields) -> bool:
        return fields.choice("accents", _Accents, _Accents.KEEP) is _Accents.IGNORE


class _Accents(StrEnum):
    KEEP = "keep"
    IGNORE = "ignore"


def _is_shortest_form(root: MapNode) -> bool:
    """Whether a file is nothing but themes, without `themes:` above them.

    A theme may be called as a setting is (`model: [model, models]`) where its value could
    not be that setting's.
    """
    names = {key.text for key, _value in root.pairs}
    if "themes" in names or not root.pairs:
        return False
    for key, value in root.pairs:
        if key.text in _FIELDS:
            if key.text not in _TEXTS + _CHOICES or not isinstance(value, ListNode):
                return False
        elif isinstance(value, MapNode) and closest(key.text, ("themes", "lists", "speakers")):
            return False
    return True


def with_themes(root: MapNode) -> MapNode:
    """The nodes of a codebook with its themes under `themes`, also in the shortest form."""
    if not _is_shortest_form(root):
        return root
    return MapNode(((TextNode("themes", root.line), root),), root.line)


def _is_stray_theme(key: TextNode, value: Node) -> bool:
    return key.text not in _FIELDS and not isinstance(value, TextNode)


def _newlines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
