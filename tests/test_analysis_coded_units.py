"""Which codes each unit carries: by rules, by people, and by both."""

from __future__ import annotations

import pytest

import thematic
from thematic.analysis.coded_units import coded_units
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Basis, Judged, Judgements, Standing
from thematic.model.transcript import Span

TEXT = "ANNA: They tax the road. They host us. Nothing here. They tax and they host.\n"
BOOK = """\
codebook: small
themes:
  finance: {definition: Money., codes: {tax: {definition: Taxes., rules: [tax]}}}
  alliance: {definition: Help., rules: [host]}
"""


def judged(words: str, code: str, holds: bool) -> Judged:
    start = TEXT.index(words)
    how = Standing.ACCEPTED if holds else Standing.REJECTED
    return Judged(Span(start, start + len(words)), code, holds, ("AK",), how)


@pytest.fixture
def codings(tmp_path_factory: pytest.TempPathFactory) -> Codings:
    """One transcript of four sentences; one suggestion refused, one code added by a person."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "E01.txt").write_text(TEXT)
    (folder / "book.yaml").write_text(BOOK)
    coded = thematic.code(
        thematic.load_transcripts(folder / "E01.txt"), thematic.load_codebook(folder / "book.yaml")
    )
    said = (judged("They host us.", "alliance", False), judged("Nothing here.", "alliance", True))
    object.__setattr__(coded, "judgements", Judgements({"E01": said}))
    return coded


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (Basis.SUGGESTED, ["finance finance/tax", "alliance", "", "alliance finance finance/tax"]),
        (Basis.DECIDED, ["", "", "alliance", ""]),
        (Basis.STANDING, ["finance finance/tax", "", "alliance", "alliance finance finance/tax"]),
    ],
    ids=lambda value: value if isinstance(value, Basis) else "",
)
def test_codes_of_each_sentence(codings: Codings, basis: Basis, expected: list[str]) -> None:
    every = coded_units(codings, basis=basis, every=True)
    assert [" ".join(sorted(one.codes)) for one in every] == expected
    coded = coded_units(codings, basis=basis)
    assert [" ".join(sorted(one.codes)) for one in coded] == [one for one in expected if one]


def test_mentions_stand_with_the_code_and_those_above_it(codings: Codings) -> None:
    first = next(coded_units(codings))
    assert sorted(first.mentions) == ["finance", "finance/tax"]
    assert first.mentions["finance"] == first.mentions["finance/tax"]
    own = next(coded_units(codings, own=True))
    assert sorted(own.codes) == sorted(own.mentions) == ["finance/tax"]


def test_what_people_added_has_no_mention(codings: Codings) -> None:
    (added,) = coded_units(codings, basis=Basis.DECIDED)
    assert added.mentions == {}


def test_a_turn_counts_once(codings: Codings) -> None:
    (turn,) = coded_units(codings, Unit.TURN)
    assert len(turn.mentions["alliance"]) == 2
