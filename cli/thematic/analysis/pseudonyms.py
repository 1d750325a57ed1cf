"""What was replaced by pseudonyms, and what looks like a name and was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.model.pseudonyms import CAPITAL, NOUN, Doubt, Named, Origin, Use

_LAST = {CAPITAL: 1, NOUN: 2}
REPLACED, LEFT = "replaced", "left"
COLUMNS = ["outcome", "text", "kind", "why", "count", "transcripts", "places"]
NOTES = (
    "replaced: the pseudonym, where the name is known from, and how often it stands in talk and "
    "as the label of a turn; left: words that may be a name and stand as they were. Nobody has "
    "looked at either.",
    "Pseudonymised is not anonymous: who knows a person may know them by what they tell.",
)
SHARED_NOTE = (
    "shared: a part of several persons' names that stands alone; it has a pseudonym of its own, "
    "for which of them is meant is not known."
)
_MOST = 5  # places that are named


def pseudonym_table(
    uses: Iterable[Use], doubts: Iterable[Doubt], *, show_names: bool = False
) -> ResultTable:
    """One row a pseudonym, in order of its kind and number, then one row a doubt.

    Doubts come by their weight: those for a capital alone last, each frequent first.

    Args:
        uses: every place where a name was replaced.
        doubts: every place that may hold a name.
        show_names: a column with the names themselves.
    """
    by_name: dict[str, list[Use]] = {}
    for use in uses:
        by_name.setdefault(use.named.pseudonym, []).append(use)
    rows = [_replaced(by_name[one]) for one in sorted(by_name, key=_in_order)]
    by_text: dict[tuple[str, str], list[Doubt]] = {}
    for doubt in doubts:
        by_text.setdefault((doubt.text, doubt.reason), []).append(doubt)
    left = [_left(found) for found in by_text.values()]
    rows += sorted(left, key=_weight)
    shared = any(row["why"] == Origin.SHARED.value for row in rows)
    notes = (*NOTES, SHARED_NOTE) if shared else NOTES
    columns = [*COLUMNS, "name"] if show_names else COLUMNS
    return table_of("pseudonyms", rows, columns, "place", notes, {"text"})


def _replaced(uses: Sequence[Use]) -> dict[str, Any]:
    named: Named = uses[0].named
    row = {"outcome": REPLACED, "text": named.pseudonym, "kind": named.kind}
    names = dict.fromkeys(use.named.name for use in uses)
    row |= {"why": named.origin.value, "name": "; ".join(names)}
    return row | _counted([(use.transcript, use.turn) for use in uses])


def _left(doubts: Sequence[Doubt]) -> dict[str, Any]:
    first = doubts[0]
    row = {"outcome": LEFT, "text": first.text, "kind": None, "why": first.reason}
    return row | _counted([(one.transcript, one.turn) for one in doubts])


def _counted(places: Sequence[tuple[str, int]]) -> dict[str, Any]:
    several = list(dict.fromkeys(places))
    told = "; ".join(f"{id}, turn {turn}" for id, turn in several[:_MOST])
    more = " …" if len(several) > _MOST else ""
    transcripts = len({id for id, _ in places})
    return {"count": len(places), "transcripts": transcripts, "places": told + more}


def _weight(row: dict[str, Any]) -> tuple[int, int, str, str]:
    """Words with a capital come last: there are many, and most are no names of persons."""
    return _LAST.get(row["why"], 0), -row["count"], row["text"], row["why"]


def _in_order(pseudonym: str) -> tuple[str, int, str]:
    head, _, number = pseudonym.rpartition("-")
    return (head, int(number), "") if head and number.isdecimal() else (pseudonym, 0, "")
