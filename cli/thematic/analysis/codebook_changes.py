"""What differs between two codebooks: codes, what is said of them, rules, lists, settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.codebook_pairs import Pairs, bare
from thematic.analysis.moved import difference
from thematic.analysis.result import ResultTable, table_of
from thematic.model.codebook import Code, Codebook, Rule

COLUMNS = ["change", "what", "code", "new_code", "rule_line", "new_rule_line", "old", "new"]
COLUMNS += ["difference"]
_PROSE = ("brief", "definition", "when_to_use", "when_not_to_use")
_SETTINGS = (
    *("name", "version", "language", "model", "scope", "unit", "exclude", "negation_cues"),
    *("nested", "ignore_accents"),
)
NOTE = (
    "Renamed: a code that is gone and a new one with much the same rules and definition are "
    "taken for one. Look whether they are."
)


def codebook_changes(pairs: Pairs) -> ResultTable:
    """One row a difference, in the order of the old codebook, new codes last.

    Returns:
        Columns COLUMNS; `change` is renamed, added, removed or changed; `what` is code, brief,
        definition, when_to_use, when_not_to_use, examples, counter_examples, manual, rule,
        list, mark, order, or the name of a setting.
    """
    rows = [*_settings(pairs.old, pairs.new), *_words(pairs.old, pairs.new), *_codes(pairs)]
    renamed = any(row["change"] == "renamed" for row in rows)
    return table_of("codebook-changes", rows, COLUMNS, "difference", (NOTE,) if renamed else ())


def _row(change: str, what: str, old: str = "", new: str = "", **told: Any) -> dict[str, Any]:
    row = {"change": change, "what": what, "old": old or None, "new": new or None, **told}
    if old and new:
        row["difference"] = difference(old, new)
    return row


def _settings(old: Codebook, new: Codebook) -> Iterator[dict[str, Any]]:
    for name in _SETTINGS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield _row("changed", name, _text(was), _text(now))


def _words(old: Codebook, new: Codebook) -> Iterator[dict[str, Any]]:
    """Lists and marks."""
    parts: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]]
    parts = (("list", old.lists, new.lists), ("mark", old.marks, new.marks))
    for what, before, after in parts:
        for name in {**before, **after}:
            was, now = (_text(words.get(name, ())) for words in (before, after))
            if was != now:
                row = _row(_change(name in before, name in after), f"{what} {name}", was, now)
                gone, come = _only(before.get(name, ()), after.get(name, ()))
                told = [f"[-{', '.join(gone)}-]"] * bool(gone) + [
                    f"{{+{', '.join(come)}+}}"
                ] * bool(come)
                yield row | {"difference": " ".join(told) or "another order"}


def _only(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that are gone, and those that have come."""
    gone = [word for word in before if word not in after]
    return gone, [word for word in after if word not in before]


def _change(before: bool, after: bool) -> str:
    return "changed" if before and after else "added" if after else "removed"


def _codes(pairs: Pairs) -> Iterator[dict[str, Any]]:
    news = {code.path: code for code in pairs.new.codes()}
    for code in pairs.old.codes():
        now = pairs.codes.get(code.path)
        if now is None:
            yield _row("removed", "code", code=code.path)
            yield from (_rule_gone(code, rule) for rule in code.rules)
            continue
        if now != code.path:
            yield _row("renamed", "code", code=code.path, new_code=now)
        yield from _entry(code, news[now])
        yield from _rules(pairs, code, news[now])
    taken = set(pairs.codes.values())
    for code in pairs.new.codes():
        if code.path not in taken:
            yield _row("added", "code", new_code=code.path)
            yield from (_rule_new(code, rule) for rule in code.rules)
    order = [pairs.codes[path] for path in pairs.old.paths() if path in pairs.codes]
    if order != [path for path in pairs.new.paths() if path in taken]:
        yield _row("changed", "order")


def _entry(old: Code, new: Code) -> Iterator[dict[str, Any]]:
    """What people read of a code."""
    for name in (*_PROSE, "manual"):
        was, now = (_text(getattr(code, name)) for code in (old, new))
        if was.split() != now.split():
            change = _change(bool(was), bool(now))
            yield _row(change, name, was, now, code=old.path, new_code=new.path)
    for name in ("examples", "counter_examples"):
        before, after = ([one.text for one in getattr(code, name)] for code in (old, new))
        # An example may be words of a transcript, whose consent is not known here.
        if before != after:
            told = (f"{len(before)} of them", f"{len(after)} of them")
            row = _row("changed", name, *told, code=old.path, new_code=new.path)
            yield row | {"difference": None}


def _rules(pairs: Pairs, old: Code, new: Code) -> Iterator[dict[str, Any]]:
    for index, rule in enumerate(old.rules):
        there = pairs.rules.get((old.path, index))
        if there is None:
            yield _rule_gone(old, rule)
        elif bare(rule) != bare(new.rules[there[1]]):
            now = new.rules[there[1]]
            lines = {"rule_line": rule.line, "new_rule_line": now.line}
            was, said = rule_words(rule), rule_words(now)
            row = _row("changed", "rule", was, said, code=old.path, new_code=new.path, **lines)
            yield row | {"difference": _of_rules(rule, now)}
    for index, rule in enumerate(new.rules):
        if (new.path, index) not in pairs.back:
            yield _rule_new(new, rule)


def _of_rules(old: Rule, new: Rule) -> str:
    """What differs between two rules; guards only where they do."""
    told = [difference(old.text, new.text)]
    guards = [[guard.item.text for guard in rule.guards] for rule in (old, new)]
    gone, come = _only(*guards)
    told += [f"unless [-{', '.join(gone)}-]"] * bool(gone)
    told += [f"unless {{+{', '.join(come)}+}}"] * bool(come)
    if len(told) == 1 and old.text == new.text:
        told = [difference(rule_words(old), rule_words(new))]
    return "; ".join(told)


def _rule_gone(code: Code, rule: Rule) -> dict[str, Any]:
    return _row("removed", "rule", rule_words(rule), code=code.path, rule_line=rule.line)


def _rule_new(code: Code, rule: Rule) -> dict[str, Any]:
    return _row("added", "rule", "", rule_words(rule), new_code=code.path, new_rule_line=rule.line)


def rule_words(rule: Rule) -> str:
    """A rule with all that decides on it: its guards, its `none` items, its negation."""
    guards = [
        f"{guard.item.text} (within {guard.within})" if guard.within else guard.item.text
        for guard in rule.guards
    ]
    told = [rule.text]
    told += [f"unless {', '.join(guards)}"] if guards else []
    told += [f"negation: {rule.negation.value}"] if rule.negation.value != "mark" else []
    told += ["case: true"] if any(item.case for item in (*rule.items, *rule.all, *rule.any)) else []
    return "; ".join(told)


def _text(value: Any) -> str:
    match value:
        case None:
            return "the language's own"
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
