"""One page of a chart, laid out in inches: a heading, a body, notes at the foot."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from thematic.model.nouns import dataclass
from thematic.report.charts.drawing import (
    GREY,
    INK,
    foot_height,
    new_figure,
    short,
    style,
    write_notes,
)
from thematic.report.colors import color, seen_on
from thematic.report.grid import plural
from thematic.report.names import short_names
from thematic.report.safe import one_line, xml

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from thematic.analysis.result import ResultTable

Part = TypeVar("Part")
WHITE = "#ffffff"
LETTER = 0.073  # inches of a letter of a label, on average
MARGIN = 0.12  # inches
MOST_LETTERS = 34  # of a label
_SEEN = 3.0  # least contrast of what is drawn, as WCAG 2.2 (1.4.11) asks
_TITLE_WIDTH, _BASE_WIDTH = 11.5, 14.5  # characters in an inch
_LINES = (0.2, 0.16)  # inches of a line of the title, and of the bases below it


@dataclass(frozen=True)
class Look:
    """What a chart needs beside its table.

    Args:
        colors: of the codebook, by path of code.
        banner: a warning, such as that transcripts are invented, or "".
    """

    colors: Mapping[str, str] = field(default_factory=dict)
    banner: str = ""

    def color(self, path: str) -> str:
        """The colour of a code or of the nearest one above it, dark enough to be seen."""
        while path and not self.colors.get(path):
            path = path.rpartition("/")[0]
        return seen_on(color(self.colors.get(path, "")), WHITE, _SEEN)


@dataclass(frozen=True)
class Heading:
    """What stands above a chart: its title, and the bases of its numbers."""

    title: str
    bases: str = ""

    def on_page(self, number: int, pages: int) -> Heading:
        """The same with the number of the page, where there are several."""
        return Heading(f"{self.title} ({number} of {pages})", self.bases) if pages > 1 else self


class Page:
    """A drawing on which places are inches from the left and from the top of its body."""

    def __init__(
        self, heading: Heading, size: tuple[float, float], notes: Sequence[str], banner: str
    ) -> None:
        self.width = size[0]
        self.heading = heading
        title = textwrap.wrap(one_line(xml(heading.title)), int(self.width * _TITLE_WIDTH))
        bases = textwrap.wrap(one_line(xml(heading.bases)), int(self.width * _BASE_WIDTH))
        self._top = 2 * MARGIN + len(title) * _LINES[0] + len(bases) * _LINES[1]
        self.height = self._top + size[1] + MARGIN + foot_height(notes, self.width, banner)
        self.figure = new_figure(self.width, self.height)
        write_notes(self.figure, notes, banner)
        with style():
            for number, line in enumerate(title):
                self._line(MARGIN + number * _LINES[0], line, size=10.5, weight="bold")
            for number, line in enumerate(bases):
                below = MARGIN + len(title) * _LINES[0] + number * _LINES[1]
                self._line(below, line, color=GREY)

    def _line(self, y: float, text: str, **more: Any) -> None:
        self.text(MARGIN, y - self._top, text, va="top", **more)

    def text(self, x: float, y: float, text: str, **more: Any) -> None:
        """Write one line, in the middle of its height unless told otherwise."""
        look: dict[str, Any] = {"va": "center", "color": INK, "size": 8.5} | more
        with style():
            self.figure.text(x / self.width, 1 - (self._top + y) / self.height, text, **look)

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """Draw a rectangle, of which x and y are the upper left corner."""
        from matplotlib.patches import Rectangle

        corner = (x / self.width, 1 - (self._top + y + height) / self.height)
        shape = (width / self.width, height / self.height)
        with style():
            where = self.figure.transFigure
            self.figure.add_artist(Rectangle(corner, *shape, transform=where, **look))

    def axes(self, x: float, y: float, width: float, height: float) -> Any:
        """Axes to draw in, of which x and y are the upper left corner."""
        lower = 1 - (self._top + y + height) / self.height
        with style():
            return self.figure.add_axes(
                (x / self.width, lower, width / self.width, height / self.height)
            )


class Label(NamedTuple):
    """How a row or column of a code is headed: its name, and how far in it stands."""

    name: str
    depth: int = 0


def label_width(labels: Iterable[Label]) -> float:
    """The inches that the longest of some labels needs, with a coloured square before it."""
    wide = (len(short(one.name, MOST_LETTERS)) + 2 * one.depth for one in labels)
    return max(0.9, 0.35 + LETTER * max(wide, default=0) + MARGIN)


def code_label(page: Page, place: tuple[float, float], label: Label, tint: str) -> None:
    """Write the name of a code in a row, after a square in its colour."""
    x, y = place[0] + 2 * LETTER * label.depth, place[1]
    chip(page, x, y, tint)
    page.text(x + 0.15, y, short(label.name, MOST_LETTERS))


def chip(page: Page, x: float, y: float, tint: str) -> None:
    """A small square in the colour of a code, in the middle of a row."""
    page.box(x, y - 0.045, 0.09, 0.09, facecolor=tint, edgecolor=INK, linewidth=0.4)


def code_names(paths: Sequence[str]) -> dict[str, Label]:
    """How each code is called in a row: below another one that is shown, further in."""
    names = short_names(paths)
    above = set(paths)

    def depth(path: str) -> int:
        parts = path.split("/")
        return sum("/".join(parts[:n]) in above for n in range(1, len(parts)))

    return {path: Label(names[path], depth(path)) for path in paths}


def chunks(parts: Sequence[Part], most: int) -> Iterator[Sequence[Part]]:
    """The parts in their order, at most so many on a page, pages about equally full."""
    pages = -(-len(parts) // most)
    each = -(-len(parts) // pages) if pages else 1
    for start in range(0, len(parts), each):
        yield parts[start : start + each]


def cut_note(names: Iterable[str], most: int = MOST_LETTERS) -> list[str]:
    """That names are cut, where any is."""
    cut = any(len(one_line(xml(name))) > most for name in names)
    return ["Long names are cut (…); the CSV beside the chart has them whole."] if cut else []


def units_of(table: ResultTable) -> str:
    """What the table counts, in the plural."""
    return plural(table.unit).lower()


def whose(basis: str) -> str:
    """Whose codings a chart shows."""
    return {
        "suggested": "Suggested by rules.",
        "decided": "Decided by people.",
        "standing": "Decided by people, and suggested by rules where people did not refuse it.",
    }[basis]


@dataclass(frozen=True)
class Drawing:
    """A finished page.

    Args:
        figure: as matplotlib has it.
        title: of the page, which a screen reader says.
        part: what the name of its file ends in; "" = its number, where there are several.
    """

    figure: Figure
    title: str
    part: str = ""


def finished(page: Page) -> Drawing:
    """The page as it is written into files."""
    base = f"{page.heading.title}. {page.heading.bases}"
    return Drawing(page.figure, base)
