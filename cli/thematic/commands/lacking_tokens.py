"""`tokens` rules taken apart: which of their words stand on a stretch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from thematic.analysis.why_not import Lack
from thematic.model.codebook import Rule
from thematic.model.coding import Mention


def needed_tokens(rule: Rule) -> list[int]:
    """Which patterns of a `tokens` rule name a word that must be there."""
    return [
        number
        for number, token in enumerate(rule.tokens)
        if once(token) and str(token.get("OP", "1"))[0] not in "?*!" and not _may_be_none(token)
    ]


def once(token: Mapping[str, Any]) -> dict[str, Any]:
    """A pattern of one word, without how often it stands."""
    return {name: value for name, value in token.items() if name != "OP"}


def _may_be_none(token: Mapping[str, Any]) -> bool:
    return str(token.get("OP", "")).startswith(("{0", "{,"))


def lacking_tokens(
    key: tuple[str, int], rule: Rule, there: Mapping[int, Sequence[Mention]]
) -> Lack | None:
    """Which words of a `tokens` rule are there, and of which patterns no word is.

    Args:
        key: path of the code and number of the rule.
        rule: the rule.
        there: of each pattern that is needed, the words on the stretch that it fits.

    Returns:
        None where no word is there.
    """
    found = [mentions[0].span for mentions in there.values() if mentions]
    if not found:
        return None
    missing = [_written(rule.tokens[number]) for number in there if not there[number]]
    told = (
        f"not there: {', '.join(missing)}"
        if missing
        else "all its words are there, but not one behind the other as the pattern asks"
    )
    share = 1 - len(missing) / len(there)
    return Lack(*key, "part" if missing else "order", tuple(sorted(set(found))), told, share)


def _written(token: Mapping[str, Any]) -> str:
    """A pattern as people write it: {LOWER: marry}."""
    told = ", ".join(f"{name}: {_value(value)}" for name, value in once(token).items())
    return f"{{{told}}}"


def _value(value: Any) -> str:
    """Texts as they are, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
