"""What differs between two codebooks: codes, what is said of them, rules, lists, settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from thematic.analysis.codebook_pairs import Pairs, bare
from thematic.analysis.moved import difference
from thematic.analysis.result import ResultTable, table_of
from thematic.model.codebook import Code, Codebook, Guard, Rule

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
    both = {"code": old.path, "new_code": new.path}
    guarded: dict[str, list[Rule]] = defaultdict(list)  # by what came or went
    rows = []
    for index, rule in enumerate(old.rules):
        there = pairs.rules.get((old.path, index))
        now = new.rules[there[1]] if there else None
        if now is None:
            rows.append(_rule_gone(old, rule))
        elif bare(replace(rule, guards=())) != bare(replace(now, guards=())):
            rows.append(_rule_changed(rule, now, _of_rules(rule, now)) | both)
        elif bare(rule) != bare(now):
            told = _of_guards(rule, now)
            guarded[told].append(rule)
            rows.append(_rule_changed(rule, now, told) | both)
    # A guard of a whole code stands in each of its rules, and is told once.
    for told, rules in guarded.items():
        if len(rules) > 1:
            yield _row("changed", "unless", **both) | {"difference": f"{told} ({len(rules)} rules)"}
            rows = [row for row in rows if row.get("difference") != told]
    yield from rows
    for index, rule in enumerate(new.rules):
        if (new.path, index) not in pairs.back:
            yield _rule_new(new, rule)


def _rule_changed(old: Rule, new: Rule, told: str) -> dict[str, Any]:
    row = _row("changed", "rule", rule_words(old), rule_words(new))
    return row | {"rule_line": old.line, "new_rule_line": new.line, "difference": told}


def _of_guards(old: Rule, new: Rule) -> str:
    """What differs between the guards of two rules."""
    gone, come = _only(*([_guard(guard) for guard in rule.guards] for rule in (old, new)))
    told = [f"[-{', '.join(gone)}-]"] * bool(gone) + [f"{{+{', '.join(come)}+}}"] * bool(come)
    return " ".join(told) or "in another order"


def _guard(guard: Guard) -> str:
    return f"{guard.item.text} (within {guard.within})" if guard.within else guard.item.text


def _of_rules(old: Rule, new: Rule) -> str:
    """What differs between two rules; guards only where they do."""
    told = [difference(old.text, new.text)]
    if bare(old).guards != bare(new).guards:
        told.append(f"unless {_of_guards(old, new)}")
    if len(told) == 1 and old.text == new.text:
        told = [difference(rule_words(old), rule_words(new))]
    return "; ".join(told)


def _rule_gone(code: Code, rule: Rule) -> dict[str, Any]:
    return _row("removed", "rule", rule.text, code=code.path, rule_line=rule.line)


def _rule_new(code: Code, rule: Rule) -> dict[str, Any]:
    return _row("added", "rule", "", rule.text, new_code=code.path, new_rule_line=rule.line)


def rule_words(rule: Rule) -> str:
    """A rule with all that decides on it: its guards, its `none` items, its negation."""
    guards = [_guard(guard) for guard in rule.guards]
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
