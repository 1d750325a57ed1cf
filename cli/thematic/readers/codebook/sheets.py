"""A codebook's workbook -> the nodes of the same codebook in YAML, each with its row.

The nodes go the way of a YAML file's, so that a sheet means what the YAML means and every
fault is found by the same code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from thematic.errors import Problem, Severity, SheetLine
from thematic.model.nouns import dataclass
from thematic.readers.codebook.entries import MAX_DEPTH, plain_name
from thematic.readers.codebook.sheet_form import (
    CODES,
    EXAMPLES,
    LISTS,
    MANUAL,
    MARKS,
    NOBODY,
    NOTES,
    ORIGIN,
    PROSE,
    RULES,
    SETTING_LISTS,
    SETTING_TEXTS,
    SETTINGS,
    example_node,
    item_nodes,
    key,
    parted,
)
from thematic.readers.codebook.sheet_rules import Pair, inherited, rules_in, texts_in
from thematic.readers.codebook.sheet_tables import SheetTable, TextRow, read_tables
from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode

_HINTS = {  # what is said of YAML, as it is said of a sheet
    "for several phrases write a list": "write each in a row of its own",
    "write it at the top under `lists:`": "write it in the sheet lists",
    "write rules, or `rules: manual`": "write rows in the sheet rules, or manual under `rules`",
    "near: [": "write each item on a line of its own: Alt+Enter begins one",
    "name: [phrases]": "write a code a row in the sheet codes",
}


def read_workbook(data: bytes) -> tuple[MapNode | None, list[Problem]]:
    """The nodes of a workbook's codebook, and what is wrong with its sheets and cells.

    Returns:
        The nodes as those of a YAML file, lines being rows; None where the bytes are no
        workbook or it has no sheet of codes.
    """
    tables, problems = read_tables(data)
    faults = Faults()
    faults.extend(problems)
    if not tables.get(CODES, SheetTable(CODES)).rows:
        if not any(problem.severity is Severity.ERROR for problem in problems):
            what = "is empty" if CODES in tables else "is missing"
            hint = "thematic codebook BOOK.yaml --to book.xlsx shows how the sheets look"
            faults.error(0, f"the sheet {CODES!r} {what}", hint)
        return None, faults.sorted()
    root = _Workbook(tables, faults).root()
    return root, faults.sorted()


def in_terms_of_sheets(problem: Problem) -> Problem:
    """A problem found in a workbook's nodes, with a hint that holds for a sheet."""
    for begin, hint in _HINTS.items():
        if problem.hint.startswith(begin):
            return replace(problem, hint=hint)
    return problem


@dataclass
class _Draft:
    """A code while its row, its rules and the codes below it are gathered."""

    line: SheetLine
    name: str
    fields: list[Pair] = field(default_factory=list)
    manual: SheetLine | None = None
    rules: list[Node] = field(default_factory=list)
    codes: dict[str, _Draft] = field(default_factory=dict)

    def pair(self) -> Pair:
        pairs = list(self.fields)
        if self.manual is not None:
            pairs.append((key("rules", self.manual), key(MANUAL, self.manual)))
        elif self.rules:
            line = self.rules[0].line
            pairs.append((key("rules", line), ListNode(tuple(self.rules), line)))
        if self.codes:
            line = next(iter(self.codes.values())).line
            below = MapNode(tuple(code.pair() for code in self.codes.values()), line)
            pairs.append((key("codes", line), below))
        return TextNode(self.name, self.line, plain=False), MapNode(tuple(pairs), self.line)


class _Workbook:
    """The sheets of one workbook while they are put together."""

    def __init__(self, tables: dict[str, SheetTable], faults: Faults) -> None:
        self._tables = tables
        self._faults = faults
        self._drafts: dict[str, _Draft] = {}
        self._written: dict[str, SheetLine] = {}  # paths that have a row of their own

    def root(self) -> MapNode:
        pairs = list(self._settings())
        pairs += self._grouped(LISTS, "list")
        pairs += self._grouped(MARKS, "mark")
        for row in self._rows(CODES):
            self._take_code(row)
        self._tell_without_row()
        for row in self._rows(RULES):
            self._take_rule(row)
        themes = [draft for path, draft in self._drafts.items() if "/" not in path]
        line = self._rows(CODES)[0].line
        entries = MapNode(tuple(theme.pair() for theme in themes), line)
        return MapNode((*pairs, (key("themes", line), entries)), line)

    def _rows(self, name: str) -> Sequence[TextRow]:
        return self._tables.get(name, SheetTable(name)).rows

    def _settings(self) -> Iterator[Pair]:
        known = (*SETTING_TEXTS, *SETTING_LISTS)
        first: dict[str, SheetLine] = {}
        for row in self._rows(SETTINGS):
            name, value = row.text("setting"), row.text("value")
            plain = "_".join(name.casefold().split())
            if not name and not value:
                continue
            if plain not in known:
                guess = closest(plain, known)
                hint = f"did you mean {guess!r}?" if guess else f"there are: {', '.join(known)}"
                self._faults.error(row.line, f"there is no setting {name!r}", hint)
            elif plain in first:
                message = f"{plain!r} stands twice (first in row {first[plain]})"
                self._faults.error(row.line, message, "join the two, or remove one")
            elif value:
                yield _setting(plain, row)
            first.setdefault(plain, row.line)

    def _grouped(self, sheet: str, head: str) -> Iterator[Pair]:
        """The words of lists or marks under their names: a row holds some of one name."""
        groups: dict[str, list[Node]] = {}
        lines: dict[str, SheetLine] = {}
        for row in self._rows(sheet):
            name = row.text(head)
            if not name:
                hint = f"write the name of the {head} in each of its rows"
                self._faults.error(row.line, f"words without the name of a {head}", hint)
                continue
            lines.setdefault(name, row.line)
            groups.setdefault(name, []).extend(texts_in(row, "words"))
        if groups:
            line = next(iter(lines.values()))
            pairs = (
                (TextNode(name, lines[name], plain=False), ListNode(tuple(words), lines[name]))
                for name, words in groups.items()
            )
            yield key(sheet, line), MapNode(tuple(pairs), line)

    def _take_code(self, row: TextRow) -> None:
        path = self._path(row)
        if not path:
            return
        if path in self._written:
            message = f"the code {path!r} stands twice (first in row {self._written[path]})"
            self._faults.error(row.line, message, "join the two, or rename one")
            return
        self._written[path] = row.line
        draft = self._draft(path, row.line)
        draft.line = row.line
        draft.fields = list(_entry(row))
        said = row.text("rules")
        if said.casefold() == MANUAL:
            draft.manual = row.line
        elif said:
            message = f"{path!r}: under `rules` stands {said!r}"
            hint = "write manual, or nothing: rules stand in the sheet rules"
            self._faults.error(row.line, message, hint)

    def _path(self, row: TextRow) -> str:
        written = row.text("code")
        parts = [plain_name(part) for part in written.split("/")]
        if not written:
            self._faults.error(row.line, "a row without a code", "write its path: theme/code")
        elif not all(parts):
            hint = "a path has names with / between them: theme/code"
            self._faults.error(row.line, f"{written!r} has a / without a name beside it", hint)
        elif len(parts) > MAX_DEPTH:
            self._faults.error(row.line, f"codes stand more than {MAX_DEPTH} deep", "flatten them")
        else:
            return "/".join(parts)
        return ""

    def _draft(self, path: str, line: SheetLine) -> _Draft:
        if path not in self._drafts:
            above, _, name = path.rpartition("/")
            draft = self._drafts[path] = _Draft(line, name)
            if above:
                self._draft(above, line).codes[name] = draft
        return self._drafts[path]

    def _tell_without_row(self) -> None:
        for path, draft in self._drafts.items():
            if path not in self._written:
                message = f"{path!r} has no row of its own: it is made without a definition"
                self._faults.warning(draft.line, message, "add a row, or mend the path")

    def _take_rule(self, row: TextRow) -> None:
        path = self._path(row)
        if not path:
            return
        draft = self._drafts.get(path)
        if draft is None:
            guess = closest(path, self._drafts)
            hint = f"did you mean {guess!r}?" if guess else "add it to the sheet codes"
            self._faults.error(row.line, f"there is no code {path!r}", hint)
        elif draft.manual is not None:
            message = f"a rule of {path!r}, which is manual"
            hint = f"remove the rule, or manual from row {draft.manual} of the sheet codes"
            self._faults.error(row.line, message, hint)
        else:
            draft.rules += rules_in(row, self._faults)


def _setting(name: str, row: TextRow) -> Pair:
    line = row.line
    if name == "case":
        return key(name, line), key(row.text("value").lower(), line)
    if name in SETTING_TEXTS:
        return key(name, line), TextNode(row.text("value"), line, plain=False)
    if row.text("value") == NOBODY:
        node: Node = ListNode((), line)
    elif name == "unless":
        node = item_nodes(row.raw("value"), line)
    else:
        node = ListNode(tuple(texts_in(row, "value")), line)
    if name == "exclude":
        return key("speakers", line), MapNode(((key("exclude", line), node),), line)
    return key(name, line), node


def _entry(row: TextRow) -> Iterator[Pair]:
    """The fields of a code that stand in its row."""
    line = row.line
    for name in (*PROSE, *ORIGIN, *NOTES):
        if text := row.text(name):
            yield key(name, line), TextNode(text, line, plain=False)
    for name in EXAMPLES:
        if row.text(name):
            nodes = (example_node(text, line) for text in parted(row.raw(name)))
            yield key(name, line), ListNode(tuple(nodes), line)
    yield from inherited(row)
