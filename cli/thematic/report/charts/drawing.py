"""What all drawings share: fonts, sizes, notes below, and files that are equal byte for byte."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from thematic.errors import NotInstalled
from thematic.report.safe import one_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
GREY, INK, PALE = "#666666", "#1a1a1a", "#d9d9d9"
_DOTS = 150  # to the inch, of PNG files
_NOTE_SIZE = 7.5  # points
_NOTE_WIDTH = 15.5  # characters of a note in an inch of the drawing
_STYLE: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 9,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "xtick.color": INK,
    "ytick.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "svg.fonttype": "none",
    "svg.hashsalt": "thematic",
    "figure.facecolor": "white",
}


def new_figure(width: float, height: float) -> Figure:
    """An empty drawing of so many inches.

    Raises:
        NotInstalled: matplotlib is missing.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise NotInstalled(
            "charts need matplotlib, which is not installed",
            "pip install 'thematic[charts]'",
        ) from error
    with rc_context(_STYLE):
        return Figure(figsize=(width, height))


def figure_bytes(figure: Figure, format: str) -> bytes:
    """The drawing as a file without time and place: equal drawings give equal bytes.

    Args:
        figure: from `new_figure`.
        format: svg or png.
    """
    from matplotlib import rc_context

    out = io.BytesIO()
    metadata: dict[str, Any] = {"Date": None, "Creator": None} if format == "svg" else {}
    if format == "png":
        metadata = {"Software": None}
    with rc_context(_STYLE):
        figure.savefig(out, format=format, dpi=_DOTS, metadata=metadata)
    return out.getvalue()


def style() -> Any:
    """A context in which labels and axes are drawn."""
    from matplotlib import rc_context

    return rc_context(_STYLE)


def write_notes(figure: Figure, notes: Sequence[str], banner: str = "") -> float:
    """Write caveats at the bottom of a drawing; the share of its height that they take.

    Args:
        figure: whose foot they take.
        notes: in order.
        banner: a warning above them, such as that transcripts are invented.
    """
    width, height = figure.get_size_inches()
    lines = [
        line for note in notes for line in textwrap.wrap(one_line(note), int(width * _NOTE_WIDTH))
    ]
    line_height = 1.35 * _NOTE_SIZE / 72 / height
    bottom = 0.08 / height
    total = (len(lines) + 1.3 * bool(banner)) * line_height + 2 * bottom
    with style():
        if banner:
            figure.text(
                0.1 / width, total - bottom, banner, size=_NOTE_SIZE + 1, weight="bold", va="top"
            )
        text = "\n".join(lines)
        figure.text(0.1 / width, bottom, text, size=_NOTE_SIZE, color=GREY, va="bottom")
    return float(total)
