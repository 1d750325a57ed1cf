"""Entries of a codebook: themes and the codes below them, in any depth."""

from __future__ import annotations

import re
import unicodedata

from thematic.model.codebook import Code, Example, Rule
from thematic.model.nouns import dataclass
from thematic.readers.codebook.rules import Context, read_rules
from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.fields import Fields, colon_text
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode, is_blank, is_typed

MAX_DEPTH = 20  # codes below one another

STATUSES = ("draft", "stable", "retired")
_PROSE = ("brief", "definition", "when_to_use", "when_not_to_use", "source", "since", "changed")
_NOTES = ("note", "notes", "memo")
_FIELDS = (
    *_PROSE[:4],
    "examples",
    "counter_examples",
    "color",
    "colour",
    "status",
    *_PROSE[4:],
    "rules",
    "codes",
    "unless",
    "negation",
    "case",
    *_NOTES,
)
_SLIPS = {
    "description": "definition",
    "rule": "rules",
    "phrases": "rules",
    "keywords": "rules",
    "subcodes": "codes",
    "sub_codes": "codes",
    "children": "codes",
    "themes": "codes",
    "counterexamples": "counter_examples",
}


def read_entries(node: Node, parent: str, context: Context) -> tuple[Code, ...]:
    """The codes of a mapping `name: entry`, below the path `parent` ("" for themes)."""
    what = "codes" if parent else "themes"
    if not isinstance(node, MapNode):
        context.faults.error(
            node.line,
            f"{what} should hold names, each with its entry",
            f"{what}: then, indented, name: [phrases]",
        )
        return ()
    codes: dict[str, Code] = {}
    written: set[str] = set()
    for key, value in node.pairs:
        name = _name(key, parent, context.faults)
        code = _Entry(f"{parent}/{name}" if parent else name, key, value, context).read()
        if not name or "/" in name:
            continue
        if code.path in codes and key.text not in written:
            context.faults.error(
                key.line,
                f"the code {code.path!r} stands twice (first on line {codes[code.path].line})",
                "join the two, or rename one",
            )
        codes.setdefault(code.path, code)
        written.add(key.text)
    return tuple(codes.values())


def _name(key: TextNode, parent: str, faults: Faults) -> str:
    name = plain_name(key.text)
    kind = "code" if parent else "theme"
    if not name:
        faults.error(key.line, f"a {kind} without a name", "write its name before the colon")
    elif "/" in name:
        faults.error(
            key.line,
            f"the name {name!r} holds a /",
            "a / parts a code from those below it: use another sign, or nest under `codes:`",
        )
    elif is_typed(key):
        faults.warning(
            key.line,
            f"the {kind} {name!r} is read as this text, not as a number, date or truth value",
            f'write "{name}" in quotes to say so',
        )
    return name


def is_one_rule(node: MapNode) -> bool:
    """Whether `name: {lemma: provide shelter}` leaves out the list round its one rule."""
    heads = ("phrase", "lemma", "regex", "near", "tokens", "all", "any", "none")
    names = [key.text for key, _value in node.pairs]
    return any(name in heads for name in names) and not any(
        name in _FIELDS and name not in ("unless", "negation", "case") for name in names
    )


def plain_name(name: str) -> str:
    """A code's name as it is compared: white space and composed letters do not matter."""
    return " ".join(unicodedata.normalize("NFC", name).split())


@dataclass(frozen=True)
class _Entry:
    """One entry while it is read."""

    path: str
    key: TextNode
    node: Node
    context: Context

    def read(self) -> Code:
        if isinstance(self.node, MapNode) and not is_one_rule(self.node):
            code = self._from_fields(self.node)
        else:
            code = Code(self.path, self.key.line, rules=self._rules(self.node, self.context))
            self._warn_if_idle(code, is_blank(self.node) or self._is_empty_list(self.node))
        return code

    def _from_fields(self, node: MapNode) -> Code:
        faults = self.context.faults
        fields = Fields(node, _FIELDS, f"{self.path!r}", faults, _SLIPS, self._hint(node))
        inner = self.context.below(fields)
        prose = {name: fields.text(name) for name in _PROSE}
        rules_node = fields.node("rules")
        manual = isinstance(rules_node, TextNode) and rules_node.text.strip() == "manual"
        rules = () if manual or rules_node is None else self._rules(rules_node, inner)
        code = Code(
            self.path,
            self.key.line,
            examples=_examples(fields, "examples", faults),
            counter_examples=_examples(fields, "counter_examples", faults),
            color=_color(fields, faults),
            status=_status(fields, faults),
            manual=manual,
            rules=rules,
            codes=self._codes(fields, inner),
            **prose,
        )
        if "rules" in fields and (is_blank(rules_node) or self._is_empty_list(rules_node)):
            faults.warning(
                fields.line("rules"),
                f"{self.path!r} has an empty list of rules: nothing will be suggested",
                "write rules, or `rules: manual` for a code that people apply",
            )
        else:
            self._warn_if_idle(code, "rules" not in fields and "codes" not in fields)
        return code

    def _hint(self, node: MapNode) -> str:
        """For a code that stands beside the fields rather than under `codes:`."""
        for key, value in node.pairs:
            nested = not isinstance(value, TextNode)
            if key.text not in _FIELDS and nested and not closest(key.text, _FIELDS):
                return f"if {key.text!r} is a code, put it under `codes:`"
        return ""

    def _rules(self, node: Node, context: Context) -> tuple[Rule, ...]:
        return () if is_blank(node) else read_rules(node, context)

    def _codes(self, fields: Fields, context: Context) -> tuple[Code, ...]:
        node = fields.node("codes")
        if node is None:
            return ()
        if is_blank(node) or (isinstance(node, MapNode) and not node.pairs):
            context.faults.warning(
                fields.line("codes"), f"{self.path!r} has an empty `codes:`", "fill or remove it"
            )
            return ()
        if self.path.count("/") + 1 >= MAX_DEPTH:
            context.faults.error(
                fields.line("codes"), f"codes stand more than {MAX_DEPTH} deep", "flatten them"
            )
            return ()
        return read_entries(node, self.path, context)

    def _warn_if_idle(self, code: Code, nothing_written: bool) -> None:
        if nothing_written and not code.manual and code.status != "retired":
            self.context.faults.warning(
                code.line,
                f"{code.path!r} has no rules: nothing will be suggested",
                "write rules, or `rules: manual` for a code that people apply",
            )

    @staticmethod
    def _is_empty_list(node: Node | None) -> bool:
        return isinstance(node, ListNode) and not node.items


def _status(fields: Fields, faults: Faults) -> str:
    status = fields.text("status")
    if "status" in fields and status not in STATUSES:
        guess = closest(status, STATUSES)
        faults.error(
            fields.line("status"),
            f"status is {status!r}, it should be one of {', '.join(STATUSES)}",
            f"did you mean {guess!r}?" if guess else "write for example `status: draft`",
        )
        return ""
    return status


def _color(fields: Fields, faults: Faults) -> str:
    name = "color" if "color" in fields else "colour"
    if name not in fields:
        return ""
    color = fields.text(name)
    if re.fullmatch("#[0-9a-fA-F]{6}", color):
        return color
    if not color:
        faults.error(
            fields.line(name), f"{name} is empty", 'without quotes # begins a comment: "#1b7f5c"'
        )
    else:
        faults.error(fields.line(name), f"{name} is {color!r}", 'write it as "#1b7f5c"')
    return ""


def _examples(fields: Fields, name: str, faults: Faults) -> tuple[Example, ...]:
    node = fields.node(name)
    if node is None or is_blank(node):
        return ()
    nodes = node.items if isinstance(node, ListNode) else (node,)
    found = (_example(each, name, faults) for each in nodes)
    return tuple(example for example in found if example)


def _example(node: Node, name: str, faults: Faults) -> Example | None:
    if isinstance(node, TextNode):
        text, missed = node.text.strip(), False
    elif isinstance(node, MapNode) and not _is_colon_example(node):
        fields = Fields(node, ("text", "expect"), "the example", faults)
        text, missed = fields.text("text"), _missed(fields, name, faults)
    else:
        said = colon_text(node)
        faults.error(
            node.line,
            f"{said!r} looks like a text with a colon in it" if said else f"{name} holds texts",
            "put the whole text in quotes",
        )
        return None
    if not text:
        faults.error(node.line, "an example without a text", "remove it or fill it in")
        return None
    return Example(text, node.line, missed)


def _is_colon_example(node: MapNode) -> bool:
    return bool(colon_text(node)) and node.pairs[0][0].text not in ("text", "expect")


def _missed(fields: Fields, name: str, faults: Faults) -> bool:
    if "expect" not in fields:
        return False
    if fields.text("expect") == "missed" and name == "examples":
        return True
    faults.error(
        fields.line("expect"),
        "expect can only be `missed`, and only under examples",
        "it marks a text that the rules are known to miss",
    )
    return False
