"""A sample of units that people judge without knowing what the rules say, and filled sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from thematic.model.nouns import dataclass
from thematic.model.people import Passage

UNCODED = "(no code)"  # the stratum of units on which no rule suggests any of the codes asked for


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the frame from which units are drawn on their own.

    Args:
        name: the code of whose units it consists, or UNCODED.
        units: of it in the frame.
        drawn: of it in the sample; each stands for units / drawn of them.
        suggested: code -> units of the stratum on which the rules suggest it.
    """

    name: str
    units: int
    drawn: int
    suggested: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DrawnUnit:
    """One unit of a sample, with what the rules say of it.

    Args:
        row: its ID in the sheets; it tells nothing about the unit.
        passage: where it stands and its words, as they were when it was drawn.
        turn: number of its turn.
        stratum: name of the stratum it was drawn from.
        suggested: the codes asked for that the rules suggest on it.
        rules: (code asked for, code of the rule, the rule's text) for each rule that did so.
    """

    row: str
    passage: Passage
    turn: int
    stratum: str
    suggested: tuple[str, ...] = ()
    rules: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Sample:
    """What was drawn, from what, and under which codebook; kept sealed in the study folder.

    Args:
        name: of the sample; the IDs of its rows begin with it.
        seed: with it the same sample is drawn from the same study again.
        unit: what one row is: sentence, paragraph or turn.
        codes: paths of the codes asked for, one column each.
        codebook: its name and version.
        codebook_hash: of the codebook's text.
        definitions: hash of each code's definition, by path.
        rules: hash of the rules of each code and of all below it, by path.
        strata: in the order drawn.
        units: in the order of their rows.
        withheld: units left out, for their words may not be quoted.
        drawn_before: units left out, for an earlier sample holds them.
        coders: for whom sheets were written; none = not known.
    """

    name: str
    seed: int
    unit: str
    codes: tuple[str, ...]
    codebook: str
    codebook_hash: str
    definitions: Mapping[str, str]
    rules: Mapping[str, str]
    strata: tuple[Stratum, ...]
    units: tuple[DrawnUnit, ...]
    withheld: int = 0
    drawn_before: int = 0
    coders: tuple[str, ...] = ()

    @property
    def frame(self) -> int:
        """Units from which the sample was drawn."""
        return sum(stratum.units for stratum in self.strata)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet as it goes out: a unit without what the rules say of it."""

    row: str
    transcript: str
    turn: int
    role: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row of a sheet that came back; `answers` holds the codes that were judged."""

    line: int
    row: str
    coder: str
    transcript: str
    answers: Mapping[str, bool]
    missing_code: str = ""
    note: str = ""


@dataclass(frozen=True)
class FilledSheet:
    """A sheet that came back."""

    file: str  # its name without folders
    codes: tuple[str, ...]
    rows: tuple[FilledRow, ...]
