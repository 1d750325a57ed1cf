"""Rules, items and guards of a codebook, from their YAML nodes."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from thematic.model.codebook import Guard, Item, ItemKind, Negation, Rule, RuleKind
from thematic.model.nouns import dataclass
from thematic.readers.codebook.lists import check_phrase
from thematic.readers.codebook.tokens import read_tokens
from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.fields import Fields, colon_text
from thematic.readers.lined_yaml.nodes import ListNode, MapNode, Node, TextNode, is_blank

_ITEM_KINDS = tuple(kind.value for kind in ItemKind)
_BOOLEAN = ("all", "any", "none")
_HEADS = (*_ITEM_KINDS, "near", "tokens", *_BOOLEAN)
_OPTIONS = ("case", "within", "in_order", "unless", "negation", "whole_words")
_NEAR_ONLY = {
    "within": "`within` belongs to `near` or to a guard under `unless`",
    "in_order": "`in_order` belongs to `near`",
}
_REGEX_ONLY = "`whole_words` belongs to `regex`"
_COLON_HINT = "put the whole text in quotes"
_NEEDS_QUOTES = re.compile(r"[\[\],]")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds at one place of the codebook: settings come from above, the nearest wins."""

    faults: Faults
    lists: Collection[str] | None  # None = not known
    guards: tuple[Guard, ...] = ()
    negation: Negation = Negation.MARK
    case: bool = False

    def below(self, fields: Fields) -> Context:
        """The context inside a mapping that may hold `unless`, `negation` and `case`."""
        if not any(name in fields for name in ("case", "negation", "unless")):
            return self
        case = fields.flag("case")
        inner = replace(
            self,
            negation=fields.choice("negation", Negation, self.negation),
            case=self.case if case is None else case,
        )
        if is_blank(node := fields.node("unless")) or node is None:
            return inner
        guards = (read_guard(guard, inner) for guard in _listed(node))
        return replace(inner, guards=(*self.guards, *(guard for guard in guards if guard)))


def read_rules(node: Node, context: Context) -> tuple[Rule, ...]:
    """The rules of a list, or the one rule that stands there; faulty ones are left out."""
    rules = (read_rule(item, context) for item in _listed(node))
    return tuple(rule for rule in rules if rule)


def read_rule(node: Node, context: Context) -> Rule | None:
    """One rule: a phrase, or a mapping with one of the rule kinds and its options."""
    if isinstance(node, MapNode):
        return _mapped_rule(node, context)
    item = _phrase(node, "a rule", context)
    if item is None:
        return None
    warn_of_comma(item.text, item.line, context.faults)
    head = item.text.partition(":")[0]
    if head in _HEADS and item.text.startswith(f"{head}: "):
        context.faults.warning(
            item.line,
            f"{item.text!r} is read as a phrase that somebody says",
            f"for a {head} rule, take away the quotes",
        )
    rule = RuleKind.PHRASE, item.text, item.line, (item,)
    return Rule(*rule, guards=context.guards, negation=context.negation)


def warn_of_comma(text: str, line: int, faults: Faults) -> None:
    """A phrase with commas is most often meant as several."""
    if ", " in text.strip(", "):
        faults.warning(
            line,
            f"{text!r} is one phrase, which is found only with its comma",
            f"for several phrases write a list: [{text}]",
        )


def read_guard(node: Node, context: Context) -> Guard | None:
    """One guard: a phrase, or a mapping with `phrase`, `lemma` or `regex` and `within`."""
    if not isinstance(node, MapNode):
        item = _phrase(node, "a guard", context)
        return None if item is None else Guard(item, line=node.line)
    fields = _item_fields(node, "a guard", ("within",), context)
    item = _item_of(fields, node, "a guard", context) if fields else None
    if item is None or fields is None:
        return None
    if "within" in fields and fields.text("within") == "scope":
        return Guard(item, None, node.line)
    # 0 words away: the guard must overlap the mention.
    return Guard(item, fields.count("within", 1, least=0), node.line)


def _mapped_rule(node: MapNode, context: Context) -> Rule | None:
    if _is_colon_phrase(node, (*_HEADS, *_OPTIONS)):
        _report_colon(node, context)
        return None
    fields = Fields(node, (*_HEADS, *_OPTIONS), "the rule", context.faults)
    heads = [head for head in _HEADS if head in fields]
    inner = context.below(fields)
    misplaced = _misplaced(fields, heads, context)
    if not heads:
        context.faults.error(
            node.line,
            "a rule without words to look for",
            f"write one of {', '.join(_HEADS)}",
        )
        return None
    if len(heads) > 1 and not set(heads) <= set(_BOOLEAN):
        context.faults.error(
            node.line,
            f"a rule has {' and '.join(heads)}, it can have one",
            "make two rules of it; only all, any and none may stand together",
        )
        return None
    rule = _headed_rule(heads, fields, node, inner)
    return None if misplaced else rule


def _headed_rule(heads: list[str], fields: Fields, node: MapNode, context: Context) -> Rule | None:
    if heads[0] == "near":
        rule = _near(fields, node.line, context)
    elif heads[0] == "tokens":
        rule = _tokens(fields, node.line, context)
    elif heads[0] in _BOOLEAN:
        rule = _boolean(heads, fields, node.line, context)
    else:
        rule = _single(fields, node, context)
    if rule is None or (not context.guards and context.negation is rule.negation):
        return rule
    return replace(rule, guards=context.guards, negation=context.negation)


def _single(fields: Fields, node: MapNode, context: Context) -> Rule | None:
    item = _item_of(fields, node, "a rule", context)
    if item is None:
        return None
    return Rule(RuleKind(item.kind.value), _said(item), node.line, (item,))


def _near(fields: Fields, line: int, context: Context) -> Rule | None:
    items, whole = _items(fields, "near", context)
    within = fields.count("within", 8)
    in_order = bool(fields.flag("in_order"))
    if not whole:
        return None
    if len(items) < 2:
        context.faults.error(
            fields.line("near"), "near needs two items or more", "near: [shelter*, fighter*]"
        )
        return None
    text = f"near: {_said_all(items)} within {within}{' in order' if in_order else ''}"
    return Rule(RuleKind.NEAR, text, line, items, within=within, in_order=in_order)


def _boolean(heads: list[str], fields: Fields, line: int, context: Context) -> Rule | None:
    parts: dict[str, tuple[Item, ...]] = {}
    whole = True
    for head in _BOOLEAN:
        if head in heads:
            parts[head], sound = _items(fields, head, context)
            whole = whole and sound
    if heads == ["none"]:
        context.faults.error(
            fields.line("none"),
            "none stands alone: the rule finds nothing",
            "add all or any; to withhold mentions of other rules use unless",
        )
        return None
    if not whole:
        return None
    text = " ".join(f"{head}: {_said_all(items)}" for head, items in parts.items())
    empty: tuple[Item, ...] = ()
    found = [parts.get(head, empty) for head in _BOOLEAN]
    return Rule(RuleKind.BOOLEAN, text, line, all=found[0], any=found[1], none=found[2])


def _tokens(fields: Fields, line: int, context: Context) -> Rule | None:
    tokens = read_tokens(fields.node("tokens"), fields.line("tokens"), context.faults)
    if not tokens:
        return None
    text = json.dumps(tokens, ensure_ascii=False, separators=(",", ":"))
    return Rule(RuleKind.TOKENS, f"tokens: {text}", line, tokens=tokens)


def _items(fields: Fields, head: str, context: Context) -> tuple[tuple[Item, ...], bool]:
    """The sound items under a head, and whether there are items and all are sound."""
    node = fields.node(head)
    if node is None or is_blank(node) or (isinstance(node, ListNode) and not node.items):
        context.faults.error(fields.line(head), f"{head} is empty", "write what to look for")
        return (), False
    nodes = _listed(node)
    items = tuple(item for each in nodes if (item := _item(each, f"an item of {head}", context)))
    return items, len(items) == len(nodes)


def _item(node: Node, what: str, context: Context) -> Item | None:
    if not isinstance(node, MapNode):
        return _phrase(node, what, context)
    fields = _item_fields(node, what, (), context)
    return _item_of(fields, node, what, context) if fields else None


def _item_fields(node: MapNode, what: str, more: Iterable[str], context: Context) -> Fields | None:
    known = (*_ITEM_KINDS, "case", "whole_words", *more)
    if _is_colon_phrase(node, known):
        _report_colon(node, context)
        return None
    return Fields(node, known, what, context.faults)


def _item_of(fields: Fields, node: MapNode, what: str, context: Context) -> Item | None:
    """The one item of a mapping; the mapping may be a rule, a guard, or the item itself."""
    kinds = [kind for kind in _ITEM_KINDS if kind in fields]
    if len(kinds) != 1:
        has = f"has {' and '.join(kinds)}" if kinds else "has no words to look for"
        context.faults.error(node.line, f"{what} {has}", f"write one of {', '.join(_ITEM_KINDS)}")
        return None
    words = fields.node(kinds[0])
    case = fields.flag("case")
    kind = ItemKind(kinds[0])
    whole_words = _whole_words(fields, kind, context)
    if not isinstance(words, TextNode):
        fields.text(kinds[0])  # reports what is wrong with it
        return None
    if kind is ItemKind.REGEX:
        if not words.text.strip():
            context.faults.error(fields.line("regex"), "regex is empty", "write what to look for")
            return None
    elif not check_phrase(words, context.lists, context.faults):
        return None
    text = words.text.rstrip("\n") if kind is ItemKind.REGEX else words.text.strip()
    return Item(kind, text, context.case if case is None else case, words.line, whole_words)


def _whole_words(fields: Fields, kind: ItemKind, context: Context) -> bool:
    whole_words = fields.flag("whole_words")
    if whole_words is not None and kind is not ItemKind.REGEX:
        context.faults.error(
            fields.line("whole_words"),
            "whole_words has no meaning here",
            _REGEX_ONLY,
        )
    return whole_words is not False


def _phrase(node: Node, what: str, context: Context) -> Item | None:
    if not isinstance(node, TextNode):
        context.faults.error(
            node.line,
            f"{what} should be a text, this one is a list",
            "quote brackets that belong to the words; name a choice of words under `lists:`",
        )
        return None
    if not check_phrase(node, context.lists, context.faults):
        return None
    return Item(ItemKind.PHRASE, node.text.strip(), context.case, node.line)


def _misplaced(fields: Fields, heads: list[str], context: Context) -> bool:
    """Whether an option stands where it means nothing; such an option spoils the rule."""
    wrong = {} if "near" in heads or not heads else dict(_NEAR_ONLY)
    if heads and heads[0] not in _ITEM_KINDS:  # those with an item report it themselves
        wrong["whole_words"] = _REGEX_ONLY
    wrong = {option: hint for option, hint in wrong.items() if option in fields}
    for option, hint in wrong.items():
        context.faults.error(fields.line(option), f"{option} has no meaning here", hint)
    return bool(wrong)


def _is_colon_phrase(node: MapNode, known: Iterable[str]) -> bool:
    if not colon_text(node):
        return False
    key = node.pairs[0][0].text
    return key not in known and (" " in key.strip() or not closest(key, known))


def _report_colon(node: MapNode, context: Context) -> None:
    said = colon_text(node)
    context.faults.error(node.line, f"{said!r} looks like a phrase with a colon in it", _COLON_HINT)


def _listed(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, ListNode) else (node,)


def _said(item: Item) -> str:
    return item.text if item.kind is ItemKind.PHRASE else f"{item.kind}: {item.text}"


def _said_all(items: Iterable[Item]) -> str:
    texts = (_said(item) for item in items)
    clear = (json.dumps(t, ensure_ascii=False) if _NEEDS_QUOTES.search(t) else t for t in texts)
    return f"[{', '.join(clear)}]"
