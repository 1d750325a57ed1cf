"""Where charts go: a drawing and its numbers beside it, or a folder with both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.errors import OutputRefused, UsageError
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.commands.chart_tables import Charts
    from thematic.commands.reading import Inputs


@dataclass(frozen=True)
class Place:
    """Where the files of a chart go.

    Args:
        folder: in which they are written.
        name: what their names begin with.
        formats: in which the chart is drawn.
    """

    folder: Path
    name: str
    formats: tuple[str, ...]


def demand_place(output: Path | None, name: str) -> Place:
    """Where a command line sends a chart.

    Raises:
        UsageError: nowhere, or to a file of another kind.
    """
    formats = ("svg", "png")
    if output is None:
        raise UsageError(
            "a chart is drawn into a file", f"add -o {name}.svg, -o {name}.png or -o FOLDER"
        )
    if not output.suffix or output.is_dir():
        return Place(output, name, formats)
    if output.suffix.lower().lstrip(".") not in formats:
        raise UsageError(
            f"charts are not drawn as {output.suffix}", f"write -o {output.stem}.svg or .png"
        )
    return Place(output.parent, output.stem, (output.suffix.lower().lstrip("."),))


def write_charts(place: Place, charts: Charts, inputs: Inputs, *, raw: bool, quiet: bool) -> None:
    """Write the pages and the tables of a chart, all or none, and say which.

    Raises:
        OutputRefused: a file would take the place of one that is not a chart's.
    """
    from thematic.commands.emit import refuse_inputs
    from thematic.report.folder import write_folder
    from thematic.report.talk import tell

    tables = dict(_tables(place, charts, inputs, raw=raw))
    files: dict[str, str | bytes] = {**dict(_drawn(place, charts)), **tables}
    refuse_inputs([place.folder / name for name in files], inputs)
    _refuse_results(place.folder, files)
    for name, text in tables.items():
        _refuse_other_table(place.folder / name, text)
    write_folder(place.folder, files, overwrite=True)
    tell(f"{place.folder}: {', '.join(sorted(files))}", quiet=quiet)


def _drawn(place: Place, charts: Charts) -> Iterator[tuple[str, bytes]]:
    from thematic.report.charts.drawing import figure_bytes

    width = len(str(len(charts.pages)))
    for number, page in enumerate(charts.pages, start=1):
        part = page.part or (f"{number:0{width}}" if len(charts.pages) > 1 else "")
        name = f"{place.name}-{part}" if part else place.name
        for format in place.formats:
            yield f"{name}.{format}", figure_bytes(page.figure, format, page.title)


def _tables(
    place: Place, charts: Charts, inputs: Inputs, *, raw: bool
) -> Iterator[tuple[str, str]]:
    from thematic.commands.status import with_status_column
    from thematic.report.data import as_csv

    for part, table in charts.tables.items():
        name = f"{place.name}-{part}.csv" if part else f"{place.name}.csv"
        yield name, as_csv(with_status_column(table, inputs.study), raw=raw)


def _refuse_results(folder: Path, files: dict[str, str | bytes]) -> None:
    """A result folder holds what its manifest says; a chart must not change that."""
    from thematic.readers.passed_over import results_in

    if taken := sorted(results_in(folder) & files.keys()):
        raise OutputRefused(
            f"{str(folder)!r} is a result folder and holds {taken[0]}",
            "choose another folder, or another name, with -o",
        )


def _refuse_other_table(path: Path, text: str) -> None:
    """A CSV that nobody named is replaced only where it has the same columns."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.readline()
    except OSError:
        return
    if head and head != text.partition("\n")[0] + "\n":
        raise OutputRefused(
            f"{str(path)!r} is there already, and is no table of this chart",
            "choose another name with -o",
        )
