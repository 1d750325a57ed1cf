"""A printed table whose names are known, and what each of its cells should hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from thematic.analysis.reproduction.counting import ANY, WHOLE, Key, Table, Tallies
from thematic.analysis.reproduction.heads import SUBTOTAL, base_named
from thematic.analysis.reproduction.names import IN_ALL, NameMatch, Sameness, plain
from thematic.model.nouns import dataclass
from thematic.model.tally import Counts, Measure, PrintedCell, Scale

# Of which several codes have the same ones, so that they cannot be summed.
_PERSONS = (Counts.TRANSCRIPTS, Counts.CASES, Counts.SPEAKERS)
_OF_100 = (Scale.PERCENT, Scale.ROW, Scale.COLUMN)


@dataclass(frozen=True)
class Comparison:
    """A printed table with the meaning of its names and what was counted.

    Args:
        cells: of which both names are known.
        codes, groups: what the printed names mean.
        table: what the groups are, and which of them are all together.
        declared: what the user says that the table counts.
    """

    cells: Sequence[PrintedCell]
    codes: Mapping[str, NameMatch]
    groups: Mapping[str, NameMatch]
    table: Table
    declared: Measure
    tallies: Tallies

    def names(self, cell: PrintedCell) -> tuple[str, str]:
        """The group and the code of a cell."""
        group = WHOLE if cell.is_whole else self.groups[cell.group].name
        return group, self.codes[cell.code].name

    def how(self, cell: PrintedCell, measure: Measure) -> Sameness:
        """What the name of a cell's code means: a row of totals is what such totals are of.

        Of mentions and passages it is their sum. Persons and transcripts cannot be summed, for
        many have several codes: there it is how many there are in all.
        """
        how = self.codes[cell.code].how
        if how is Sameness.TOTAL:
            return Sameness.BASE if measure.counts in _PERSONS else Sameness.SUM
        return how

    def value(self, cell: PrintedCell, way: Measure, how: Sameness | None = None) -> float | None:
        """What a cell should hold where the table is counted in some way.

        Args:
            cell: of the table.
            way: how it is counted, as far as the cell itself does not say.
            how: what a row of totals means; None = what such rows mean.
        """
        group, code = self.names(cell)
        measure = cell.under(way)
        match how or self.how(cell, measure):
            case Sameness.BASE:
                return 100.0 if measure.scale in _OF_100 else float(self.base(cell, way))
            case _ if cell.is_base:
                return float(self.base(cell, way))
            case Sameness.SUM:
                values = [self._value((group, one), measure) for one in self._summed(cell)]
                return None if None in values else sum(one for one in values if one is not None)
            case Sameness.ANY:
                return self._value((group, ANY), measure)
            case _:
                return self._value((group, code), measure)

    def _value(self, key: Key, measure: Measure) -> float | None:
        return self.tallies.value(measure, key, *self._printed)

    def base(self, cell: PrintedCell, way: Measure) -> int:
        """What that is set against."""
        measure = cell.under(way)
        if self.how(cell, measure) in IN_ALL:
            said = base_named(cell.code, Counts.SENTENCES)[1]
            return self.tallies.bases[said or measure.counts][self.names(cell)[0]]
        return self.tallies.base(measure, self.names(cell), *self._printed)

    def _summed(self, cell: PrintedCell) -> list[str]:
        """The codes of which a cell is the sum, without those that count in another of them.

        A subtotal is of what stands between it and the subtotal before it.
        """
        codes = self._printed[1]
        if plain(cell.code) in SUBTOTAL:
            codes = self._before(cell)
        return [one for one in codes if not any(one.startswith(f"{above}/") for above in codes)]

    def _before(self, cell: PrintedCell) -> list[str]:
        alike = [one for one in self.cells if (one.group, one.mark) == (cell.group, cell.mark)]
        codes: list[str] = []
        for one in alike[: alike.index(cell)]:
            name = self.names(one)[1]
            codes = [*codes, name] if name else []
        return codes

    @cached_property
    def _printed(self) -> tuple[list[str], list[str]]:
        """The groups and codes of the table, for shares of rows and columns."""
        names = [self.names(cell) for cell in self.cells]
        groups = list(dict.fromkeys(group for group, _ in names))
        return groups, list(dict.fromkeys(code for _, code in names if code))
