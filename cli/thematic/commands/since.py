"""What a report says of earlier results: with which it is compared, and what changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.command_line import CommandLine
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.changes import Earlier
    from thematic.analysis.overview import Overview
    from thematic.analysis.result import ResultTable
    from thematic.model.coding import Codings
    from thematic.report.manifest import Provenance

OPTION = "--since"


@dataclass(frozen=True)
class Since:
    """What changed, and since when.

    Args:
        earlier: results with other inputs.
        changes: table of what is another now.
        is_new: these are the first results after that change. Results that are made again of
            the same inputs tell of the same change, and are the same bytes.
    """

    earlier: Earlier
    changes: ResultTable
    is_new: bool


def since(
    place: Path,
    codings: Codings,
    overview: Overview,
    frequencies: ResultTable,
    made: Provenance,
) -> Since | None:
    """What changed since earlier results; None where there are none with other inputs.

    Args:
        place: a result folder, which need not be there yet, or a `before.json`.
        codings: of this run.
        overview: its facts.
        frequencies: by kind.
        made: what went in.

    Raises:
        NotVerified: the place holds no results that can be compared.
    """
    from thematic.analysis.changes import Earlier, changes, is_changed, themes_of
    from thematic.report.earlier import BEFORE, earlier_results, read_before
    from thematic.report.manifest import manifest

    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return None
    now = Earlier(
        json.loads(manifest(codings, overview, {}, made)), themes_of(frequencies.records())
    )
    if place.is_file():
        earlier = read_before(place)
        return Since(earlier, changes(earlier, now), is_new=False)
    held = earlier_results(place)
    if is_changed(held, now):
        return Since(held, changes(held, now), is_new=True)
    if BEFORE not in held.manifest["files"]:
        return None
    earlier = read_before(place / BEFORE)
    return Since(earlier, changes(earlier, now), is_new=False)


def told_since(called: CommandLine, found: Since | None) -> CommandLine:
    """The command line, in which earlier results are those kept in the folder itself."""
    from thematic.report.earlier import BEFORE

    options = {name: value for name, value in called.options.items() if name != OPTION}
    return replace(called, options=options | ({OPTION: BEFORE} if found else {}))
