"""What all drawings share: fonts, sizes, notes below, and files that are equal byte for byte."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings

from thematic.errors import NotInstalled
from thematic.report.safe import one_line, xml

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
GREY, INK, PALE = "#666666", "#1a1a1a", "#d9d9d9"
_DOTS = 150  # to the inch, of PNG files
_NOTE_SIZE = 7.5  # points
_NOTE_WIDTH = 15.5  # characters of a note in an inch of the drawing
_NOTE_LINE = 1.35 * _NOTE_SIZE / 72  # inches
_NOTE_MARGIN = 0.08  # inches
_OTHERS = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "WenQuanYi Zen Hei"),
    *("Microsoft YaHei", "Yu Gothic", "Malgun Gothic"),
    *("PingFang SC", "Hiragino Sans", "Apple SD Gothic Neo"),
    *("Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Thai"),
    *("Nirmala UI", "Leelawadee UI", "Noto Sans Ethiopic", "Ebrima", "Arial Unicode MS"),
)
_STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: the same on every machine
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
        from matplotlib.figure import Figure
    except ImportError as error:
        raise NotInstalled(
            "charts need matplotlib, which is not installed",
            "pip install 'thematic[charts]'",
        ) from error
    with style():
        return Figure(figsize=(width, height))


def figure_bytes(figure: Figure, format: str, title: str = "") -> bytes:
    """The drawing as a file without time and place: equal drawings give equal bytes.

    Args:
        figure: from `new_figure`.
        format: svg or png.
        title: what a screen reader says of it.
    """
    from matplotlib import rc_context

    out = io.BytesIO()
    unsaid = {"Date": None, "Creator": None} if format == "svg" else {"Software": None}
    metadata: dict[str, Any] = unsaid | ({"Title": one_line(xml(title))} if title else {})
    letters: Any = _more_letters() if format == "png" else {}
    with style(), rc_context(letters), catch_warnings():
        # A letter that no font has is a box in PNG, and in SVG the letter itself.
        filterwarnings("ignore", "Glyph .* missing from font")
        figure.savefig(out, format=format, dpi=_DOTS, metadata=metadata)
    drawn = out.getvalue()
    return drawn.replace(b"<svg ", b'<svg role="img" ', 1) if format == "svg" else drawn


def _more_letters() -> dict[str, Any]:
    """Fonts of this machine, for letters that DejaVu lacks: only drawings with such differ."""
    from matplotlib.font_manager import get_font_names

    there = set(get_font_names())
    return {"font.sans-serif": ["DejaVu Sans", *(one for one in _OTHERS if one in there)]}


def style() -> AbstractContextManager[None]:
    """A context in which labels and axes are drawn; settings of the user's own are set aside."""
    from matplotlib.style import context

    return context(["default", _STYLE])


def short(text: str, most: int) -> str:
    """A name as one line of at most so many letters, as its very characters.

    It is cut in the middle, for long IDs often differ only at their end.
    """
    line = one_line(xml(text))
    if len(line) <= most:
        return line
    end = most // 3
    return f"{line[: most - end - 1]}…{line[-end:]}"


def foot_height(notes: Sequence[str], width: float, banner: str = "") -> float:
    """The inches that `write_notes` takes at the bottom of a drawing of so many inches."""
    lines = len(_note_lines(notes, width)) + 1.3 * bool(banner)
    return lines * _NOTE_LINE + 2 * _NOTE_MARGIN


def _note_lines(notes: Sequence[str], width: float) -> list[str]:
    return [
        line
        for note in notes
        for line in textwrap.wrap(one_line(xml(note)), int(width * _NOTE_WIDTH))
    ]


def write_notes(figure: Figure, notes: Sequence[str], banner: str = "") -> float:
    """Write caveats at the bottom of a drawing; the share of its height that they take.

    Args:
        figure: whose foot they take.
        notes: in order.
        banner: a warning above them, such as that transcripts are invented.
    """
    width, height = figure.get_size_inches()
    total = foot_height(notes, width, banner) / height
    bottom = _NOTE_MARGIN / height
    with style():
        if banner:
            figure.text(
                0.1 / width, total - bottom, banner, size=_NOTE_SIZE + 1, weight="bold", va="top"
            )
        text = "\n".join(_note_lines(notes, width))
        figure.text(0.1 / width, bottom, text, size=_NOTE_SIZE, color=GREY, va="bottom")
    return float(total)
