"""A codebook as its writer put it, as the rows of a workbook's sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thematic.readers.codebook.entries import is_one_rule, plain_name
from thematic.readers.codebook.sheet_form import (
    BOOLEAN,
    BOOLEAN_PARTS,
    CODES,
    COLUMNS,
    EXAMPLES,
    ITEM_KINDS,
    LISTS,
    MANUAL,
    MARKS,
    NOBODY,
    NOTES,
    ORIGIN,
    PROSE,
    RULES,
    SETTING_TEXTS,
    SETTINGS,
    example_line,
    item_line,
    joined,
    listed,
    pattern_text,
    text_of,
)
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode, is_blank

Row = dict[str, str]  # column -> text; a column that is missing is empty
_MEANINGS = {
    "codebook": "its name",
    "version": "printed in reports",
    "title": "printed in reports",
    "language": "a code such as en, de, fa",
    "model": "an installed spaCy pipeline for rules of kind tokens",
    "scope": "how far a rule reaches: sentence, paragraph, turn or transcript",
    "unit": "what is counted once: sentence, paragraph, turn or transcript",
    "exclude": "roles or labels whose words do not count, one a line; [] counts everybody",
    "unless": "guards of every rule, one a line",
    "negation": "mark, withhold or ignore",
    "negation_cues": "words that negate, one a line; empty means the language's own, [] none",
    "nested": "code or codebook: within what the longest match wins",
    "accents": "keep or ignore",
    "case": "true: upper and lower case matter",
    **dict.fromkeys(("note", "notes", "memo", "description"), "for people; not read"),
}


def sheet_rows(root: MapNode) -> dict[str, list[Row]]:
    """The rows of each sheet, in the order written.

    Args:
        root: the nodes of a codebook without faults, themes under `themes`.
    """
    fields = _fields(root)
    codes = list(_codes(fields.get("themes"), ""))
    return {
        CODES: [_code_row(path, entry) for path, entry in codes],
        RULES: [row for path, entry in codes for row in _rule_rows(path, entry)],
        LISTS: list(_grouped(fields.get("lists"), "list")),
        MARKS: list(_grouped(fields.get("marks"), "mark")),
        SETTINGS: list(_settings(fields)),
    }


def columns_of(sheet: str, rows: list[Row]) -> list[str]:
    """The columns of a sheet; those for people's notes only where there are some."""
    used = {column for row in rows for column in row}
    return [name for name in COLUMNS[sheet] if name in used or name not in NOTES[1:]]


def _fields(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.pairs} if isinstance(node, MapNode) else {}


def _codes(node: Node | None, parent: str) -> Iterator[tuple[str, Mapping[str, Node]]]:
    if not isinstance(node, MapNode):
        return
    for key, value in node.pairs:
        name = plain_name(key.text)
        path = f"{parent}/{name}" if parent else name
        entry = _entry(value)
        yield path, entry
        yield from _codes(entry.get("codes"), path)


def _entry(node: Node) -> dict[str, Node]:
    """The fields of an entry, also where it is a bare list of rules, or one rule."""
    if isinstance(node, MapNode) and not is_one_rule(node):
        return _fields(node)
    if is_blank(node):
        return {}
    return {"rules": ListNode(tuple(listed(node)), node.line)}


def _is_manual(entry: Mapping[str, Node]) -> bool:
    rules = entry.get("rules")
    return isinstance(rules, TextNode) and rules.text.strip() == MANUAL


def _code_row(path: str, entry: Mapping[str, Node]) -> Row:
    row = {name: text_of(entry.get(name)).strip() for name in (*PROSE, *ORIGIN, *NOTES)}
    row["color"] = row["color"] or text_of(entry.get("colour")).strip()
    for name in EXAMPLES:
        row[name] = joined(_example(node) for node in _listed(entry.get(name)))
    row["rules"] = MANUAL if _is_manual(entry) else ""
    return _filled({"code": path, **row, **_inherited(entry)})


def _example(node: Node) -> str:
    if isinstance(node, TextNode):
        return example_line(node.text.strip(), missed=False)
    fields = _fields(node)
    return example_line(text_of(fields.get("text")).strip(), missed="expect" in fields)


def _inherited(fields: Mapping[str, Node]) -> Row:
    row = {name: text_of(fields.get(name)).strip() for name in ("negation", "case")}
    row["unless"] = joined(item_line(node) for node in _listed(fields.get("unless")))
    return row


def _rule_rows(path: str, entry: Mapping[str, Node]) -> Iterator[Row]:
    if _is_manual(entry):
        return
    for node in _listed(entry.get("rules")):
        if isinstance(node, MapNode):
            yield _filled({"code": path, **_rule_row(_fields(node))})
        else:
            yield {"code": path, "kind": "phrase", "words": joined([text_of(node).strip()])}


def _rule_row(fields: Mapping[str, Node]) -> Row:
    row = _inherited(fields)
    row |= {name: text_of(fields.get(name)) for name in ("within", "in_order", "whole_words")}
    kind = next((name for name in (*ITEM_KINDS, "near", "tokens") if name in fields), BOOLEAN)
    row["kind"] = kind
    match kind:
        case "near":
            row["words"] = joined(item_line(node) for node in _listed(fields[kind]))
        case "tokens":
            row["words"] = pattern_text(fields[kind])
        case "regex":
            row["words"] = text_of(fields[kind]).rstrip("\n")
        case "boolean":
            for part in BOOLEAN_PARTS:
                row[part] = joined(item_line(node) for node in _listed(fields.get(part)))
        case _:
            row["words"] = joined([text_of(fields[kind]).strip()])
    return row


def _grouped(node: Node | None, head: str) -> Iterator[Row]:
    for name, words in _fields(node).items():
        texts = [text_of(word).strip() for word in _listed(words)]
        for text in texts or [""]:
            yield _filled({head: name.strip(), "words": joined([text])})


def _settings(fields: Mapping[str, Node]) -> Iterator[Row]:
    values = {setting: text_of(fields.get(setting)).strip() for setting in SETTING_TEXTS}
    values["unless"] = joined(item_line(node) for node in _listed(fields.get("unless")))
    exclude = _fields(fields.get("speakers"))
    for setting, found in (("exclude", exclude), ("negation_cues", fields)):
        texts = joined(text_of(node).strip() for node in _listed(found.get(setting)))
        values[setting] = texts or (NOBODY if setting in found else "")
    for setting, meaning in _MEANINGS.items():
        for_people = meaning == _MEANINGS["memo"]
        if values[setting] or not for_people:
            yield _filled({"setting": setting, "value": values[setting], "meaning": meaning})


def _listed(node: Node | None) -> Iterator[Node]:
    return iter(()) if is_blank(node) else listed(node)


def _filled(row: Row) -> Row:
    return {name: text for name, text in row.items() if text}
