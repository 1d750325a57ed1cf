"""A row of the table: two sides, their ratio, and what was wished for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measuring import Side


@dataclass(frozen=True)
class Goal:
    """What a ratio must be and what it should reach; at most where `below`, else at least."""

    below: bool
    must: float | None
    reach: float | None

    def words(self) -> tuple[str, str]:
        """Both as cells of a table."""
        sign = "≤" if self.below else "≥"
        return _wish(sign, self.must), _wish(sign, self.reach)

    def judge(self, ratio: float) -> str:
        """How a ratio stands to the goal."""
        if self.reach is not None and self._meets(ratio, self.reach):
            return "reached"
        if self.must is None:
            return "beyond the reach"
        return "met" if self._meets(ratio, self.must) else "**falls short**"

    def _meets(self, ratio: float, goal: float) -> bool:
        return ratio <= goal if self.below else ratio >= goal


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    number: str
    subject: str
    ours: str = ""
    other: str = ""
    ratio: float | None = None
    goal: Goal | None = None
    unit: str = ""  # of a figure that is no ratio
    note: str = ""  # why it was not measured, or what to know of it

    def cells(self) -> list[str]:
        """The cells of the line."""
        must, reach = self.goal.words() if self.goal else ("–", "–")
        if self.ratio is None:
            why = f"not measured: {self.note.replace('|', '/')}"
            return [self.number, self.subject, why, "", "", must, reach, ""]
        judged = self.goal.judge(self.ratio) if self.goal else ""
        subject = f"{self.subject}. {self.note}" if self.note else self.subject
        shown = f"{self.ratio:.3g}{self.unit}" if self.unit else times(self.ratio)
        return [self.number, subject, self.ours, self.other, shown, must, reach, judged]


HEAD = ("#", "what", "thematic", "beside it", "ratio", "must", "reach for", "")


def table(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _wish(sign: str, goal: float | None) -> str:
    if goal is None:
        return "–"
    return f"{sign} 1/{1 / goal:.0f}" if goal < 0.05 else f"{sign} {goal:g}"


def times(value: float) -> str:
    """A ratio with three digits."""
    return f"{value:,.0f}×" if value >= 100 else f"{value:.3g}×"


def cost(side: Side, size: int = 0) -> str:
    """CPU seconds, the rate where a size is given, and the peak memory."""
    rate = f", {size / 1e6 / side.cpu:.3g} MB/s" if size else ""
    return f"{side.cpu:.3g} s{rate}, {side.memory / 1e6:.0f} MB"
