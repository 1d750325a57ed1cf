"""The quotes behind a number are as many as the number says, for every number."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import cycle

import pytest

import thematic
from thematic.analysis.evidence import (
    CHECKED,
    DECIDED,
    DISPUTED,
    NEGATED,
    RIGHT,
    UNITS,
    WITHHELD,
    Asked,
    Evidence,
    evidence,
    one_each,
    top_cases,
)
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Judged, Judgements, Standing
from thematic.model.study import Study
from thematic.shipped import study_path

COUNTED = (UNITS, NEGATED, DECIDED, CHECKED, RIGHT, DISPUTED)


@cache
def shipped() -> Codings:
    """The sample study."""
    path = study_path("jihad-networks")
    assert path is not None
    return thematic.code(thematic.load_transcripts(path), thematic.load_codebook("jihad-networks"))


def judged(codings: Codings) -> Codings:
    """The study with judgements of every kind: each third sentence, and codes by turns."""
    codes = cycle(code.path for code in codings.codebook.codes())
    kinds = cycle([Standing.ACCEPTED, Standing.REJECTED, Standing.DISPUTED, Standing.ADDED])
    said: dict[str, list[Judged]] = {}
    disputes: dict[str, list[Judged]] = {}
    for source in codings.transcripts:
        found = [(mention.span, mention.code) for mention in source.counted()]
        found += [(one.span, next(codes)) for one in source.units[Unit.SENTENCE][::9]]
        for span, code in found[::2]:
            how = next(kinds)
            holds = how in (Standing.ACCEPTED, Standing.ADDED)
            into = disputes if how is Standing.DISPUTED else said
            into.setdefault(source.transcript.id, []).append(
                Judged(span, code, holds, ("AK",), how)
            )
    judgements = Judgements(
        {id: tuple(each) for id, each in said.items()},
        {id: tuple(each) for id, each in disputes.items()},
        ("AK",),
    )
    return replace(codings, judgements=judgements)


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("by", ["kind", "transcript", "case"])
@pytest.mark.parametrize("people", [False, True], ids=["rules", "people"])
def test_as_many_as_the_table_says(unit: Unit, by: str, people: bool) -> None:
    codings = judged(shipped()) if people else shipped()
    found = evidence(codings, unit)
    by_code: dict[tuple[str, str], list[Evidence]] = {}
    for one in found:
        for column, paths in one.counts.items():
            for path in paths:
                by_code.setdefault((column, path), []).append(one)
    columns = [*COUNTED, *codings.codebook.marks] if people else [UNITS, NEGATED]
    rows = thematic.frequencies(codings, by=by, unit=unit).records()
    assert any(row[columns[-1]] for row in rows)
    for row in rows:
        place = {} if by == "kind" else {by: row[by]}
        for column in columns:
            asked = Asked(row["code"], column, row["kind"], **place)
            behind = [one for one in by_code.get((column, asked.code), ()) if one.answers(asked)]
            assert len(behind) == row[column], asked
            if column == UNITS:
                ids = {one.source.transcript.id for one in behind}
                assert len(ids) == row["transcripts"]
        asked = Asked(row["code"], WITHHELD, row["kind"], **place)
        behind = [one for one in by_code.get((WITHHELD, asked.code), ()) if one.answers(asked)]
        assert sum(len(below(one, asked.code)) for one in behind) == row["withheld"]


def below(one: Evidence, path: str) -> list[str]:
    """The withheld mentions of a code and of those below it."""
    return [m.code for m in one.withheld if f"{m.code}/".startswith(f"{path}/")]


def test_the_person_with_most_has_as_many_as_the_table_says() -> None:
    found = evidence(shipped())
    top = top_cases(found)
    for row in thematic.frequencies(shipped()).records():
        if row["units"]:
            asked = Asked(row["code"], UNITS, row["kind"], case=top[row["kind"], row["code"]])
            assert sum(one.answers(asked) for one in found) == row["top_case_units"]


def test_every_unit_stands_once_under_a_theme() -> None:
    found = evidence(judged(shipped()))
    places = [(one.theme, one.source.transcript.id, one.unit.span) for one in found]
    assert len(places) == len(set(places))
    assert all(one.stands or one.withheld for one in found)


@pytest.mark.parametrize("unit", list(Unit))
def test_no_transcript_is_quoted_whole(unit: Unit) -> None:
    for one in evidence(judged(shipped()), unit):
        assert len(one.span) < len(one.source.transcript.text) / 2
        turn = one.source.transcript.turns[one.turn - 1]
        assert turn.span.contains(one.span) or unit is Unit.TRANSCRIPT


def test_one_quote_of_each_code_that_stands() -> None:
    codings = judged(shipped())
    found = evidence(codings)
    chosen = one_each(found, codings.codebook.paths(), Study())
    rows = {row["code"]: row for row in thematic.frequencies(codings).records()[::-1]}
    for path, one in chosen.items():
        assert {path} <= one.counts.get(UNITS, frozenset()) | one.counts.get(DECIDED, frozenset())
        refused = one.counts.get(CHECKED, frozenset()) - one.counts.get(RIGHT, frozenset())
        assert path not in refused - one.counts.get(DISPUTED, frozenset())
    missing = set(rows) - set(chosen)
    assert not [path for path in missing if rows[path]["decided_units"]]
    assert len({one.source.transcript.case for one in chosen.values()}) > 8
