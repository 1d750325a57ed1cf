"""The rules of a code as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from thematic.model.codebook import Code, Codebook, Guard, Item, ItemKind, Negation, Rule

_NEGATION = {
    Negation.WITHHOLD: "negated mentions withheld",
    Negation.IGNORE: "negation not looked for",
}


def shared_guards(codebook: Codebook) -> list[str]:
    """Guards that every rule of a codebook has, where it has several rules."""
    rules = [rule for code in codebook.codes() for rule in code.rules]
    return _said(_common(rules), codebook) if len(rules) > 1 else []


def guards_of(code: Code, codebook: Codebook, shared: Sequence[str]) -> list[str]:
    """Guards that every rule of a code has, beyond those shared by all of the codebook."""
    return [said for said in _said(_common(code.rules), codebook) if said not in shared]


def rules_of(code: Code, codebook: Codebook, shared: Sequence[str]) -> Iterator[str]:
    """Each rule with its options, and the guards that are its own."""
    known = {*shared, *_said(_common(code.rules), codebook)}
    for rule in code.rules:
        options = list(_options(rule))
        own = [said for said in _said(rule.guards, codebook) if said not in known]
        options += [f"withheld beside: {'; '.join(own)}"] if own else []
        yield f"{rule.text} ({', '.join(options)})" if options else rule.text


def _common(rules: Sequence[Rule]) -> list[Guard]:
    """Guards that stand in all of some rules, in the order of the first."""
    keys = [{_key(guard) for guard in rule.guards} for rule in rules]
    first = rules[0].guards if rules else ()
    return [guard for guard in first if all(_key(guard) in each for each in keys)]


def _key(guard: Guard) -> tuple[str, str, bool, bool, int | None]:
    item = guard.item
    return item.kind.value, item.text, item.case, item.whole_words, guard.within


def _said(guards: Iterable[Guard], codebook: Codebook) -> list[str]:
    return [_guard(guard, codebook) for guard in guards]


def _guard(guard: Guard, codebook: Codebook) -> str:
    item = guard.item
    text = item.text if item.kind is ItemKind.PHRASE else f"{item.kind}: {item.text}"
    where = {
        None: f"anywhere in the {codebook.scope}",
        0: "overlapping",
        1: "",
    }.get(guard.within, f"within {guard.within} words")
    said = [where, *_item_options((item,))]
    options = ", ".join(filter(None, said))
    return f"{text} ({options})" if options else text


def _options(rule: Rule) -> Iterator[str]:
    yield from _item_options((*rule.items, *rule.all, *rule.any, *rule.none))
    if rule.negation in _NEGATION:
        yield _NEGATION[rule.negation]


def _item_options(items: Sequence[Item]) -> Iterator[str]:
    cased = [item.text for item in items if item.case]
    if cased:
        whose = "" if len(cased) == len(items) else f" in {', '.join(cased)}"
        yield f"upper and lower case matter{whose}"
    if any(not item.whole_words for item in items):
        yield "also within words"
