"""Results as Markdown that renders as the very characters of the transcripts."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.analysis.result import ResultTable
from thematic.report.content import QuotedCode, Report
from thematic.report.grid import Grid
from thematic.report.safe import markdown


def report_markdown(report: Report) -> str:
    """The default report."""
    lines = [f"# Report: {markdown(report.heading)}", ""]
    if report.title:
        lines += [f"*{markdown(report.title)}*", ""]
    if report.banner:
        lines += [f"> **{markdown(report.banner)}**", ""]
    lines += [f"- **{label}:** {markdown(sentence)}" for label, sentence in report.facts]
    for number, grid in enumerate(report.grids, start=1):
        lines += ["", f"## Table {number}. {markdown(grid.title)}", "", grid_markdown(grid)]
        lines += [f"{markdown(note)}  " for note in grid.notes]
    lines += [""] + [f"{markdown(note)}  " for note in report.notes]
    return "\n".join([*lines, "", quoted_markdown(report.quoted, report.quote_notes)]) + "\n"


def grids_markdown(grids: Sequence[Grid], notes: Sequence[str]) -> str:
    """Some grids under their titles, with the caveats below."""
    parts = [f"## {markdown(grid.title)}\n\n{grid_markdown(grid)}" for grid in grids]
    caveats = [*(note for grid in grids for note in grid.notes), *notes]
    return "\n".join([*parts, *(f"{markdown(note)}  " for note in caveats)]) + "\n"


def grid_markdown(grid: Grid) -> str:
    """A pipe table."""
    levels = grid.levels or (1,) * len(grid.rows)
    rows = [
        f"| {' | '.join(_cell(value, level) for value in row)} |"
        for row, level in zip(grid.rows, levels, strict=True)
    ]
    rule = "|" + " :-- |" * grid.labels + " --: |" * (len(grid.heads) - grid.labels)
    heads = f"| {' | '.join(markdown(head) for head in grid.heads)} |"
    return "\n".join([heads, rule, *rows]) + "\n"


def _cell(value: str, level: int) -> str:
    indent = "&nbsp;" * (len(value) - len(value.lstrip()))
    text = indent + markdown(value)
    return f"**{text}**" if level == 0 and text else text


def quoted_markdown(quoted: Sequence[QuotedCode], notes: Sequence[str]) -> str:
    """Quotes with their citations, code by code."""
    lines: list[str] = []
    for code in quoted:
        lines += [f"## Quotes: {markdown(code.path)}", "", markdown(code.counts), ""]
        for quote in code.quotes:
            asked = f"(asked: “{markdown(quote['asked'])}”) " if quote["asked"] else ""
            negated = "**Negated:** " if quote["negated"] else ""
            parts = (quote["before"], quote["text"], quote["after"])
            words = f"“{' '.join(markdown(part) for part in parts if part)}”"
            standing = f" *{markdown(quote['standing'])}*" if quote["standing"] else ""
            lines += [f"> {asked}{negated}{words} {markdown(quote['citation'])}{standing}", ""]
        lines += [markdown(code.without), ""] if code.without else []
    return "\n".join([*lines, *(f"{markdown(note)}  " for note in notes)])


def table_markdown(table: ResultTable) -> str:
    """Any result table, all its columns."""
    rows = [
        f"| {' | '.join('' if v is None else markdown(str(v)) for v in record)} |"
        for record in table.rows
    ]
    heads = [f"| {' | '.join(markdown(name) for name in table.columns)} |"]
    heads.append("|" + " --- |" * len(table.columns))
    return "\n".join([*heads, *rows, "", *(f"{markdown(note)}  " for note in table.notes)]) + "\n"
