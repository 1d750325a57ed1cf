"""The report's tables in LaTeX, with booktabs and longtable, to put into a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thematic.report.appendix import TITLE, Appendix
from thematic.report.content import Report
from thematic.report.grid import Grid
from thematic.report.safe import one_line, xml

_NEEDS = (
    "% Tables of a report by thematic. The preamble needs:",
    r"% \usepackage[T1]{fontenc} \usepackage{booktabs} \usepackage{longtable} \usepackage{array}",
)
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "*": "{*}",  # what begins with these after a line break would be an option of it
    "[": "{[}",
    "]": "{]}",
    "–": r"\textendash{}",
    "…": r"\ldots{}",
}
_ESCAPED = re.compile("[" + re.escape("".join(_SIGNS)) + "]")
_JOINED = re.compile("([-',])(?=\\1)")  # two of these would be set as one sign


def latex(text: str) -> str:
    """One line of LaTeX that sets these very characters and commands nothing."""
    escaped = _ESCAPED.sub(lambda found: _SIGNS[found[0]], xml(one_line(text)))
    return _JOINED.sub(r"\1{}", escaped)


def report_latex(report: Report, appendix: Appendix) -> str:
    """All tables of the report, and the appendix; no preamble, so that a paper can \\input it."""
    lines = [*_NEEDS, f"% {one_line(report.heading)}"]
    lines += [f"% {report.banner}"] if report.banner else []
    for number, grid in enumerate(report.grids, start=1):
        lines += ["", *_grid(grid, number, (*grid.notes, *report.notes, report.banner))]
    return "\n".join([*lines, "", *_appendix(appendix, report.banner)]) + "\n"


def _grid(grid: Grid, number: int, notes: Sequence[str]) -> Iterator[str]:
    yield r"\begin{table}[htbp]"
    yield rf"\caption{{{latex(grid.title)}}}\label{{tab:thematic-{number}}}"
    yield r"\centering\small"
    yield rf"\begin{{tabular}}{{{'l' * grid.labels}{'r' * (len(grid.heads) - grid.labels)}}}"
    yield r"\toprule"
    yield _row(grid.heads)
    yield r"\midrule"
    for place, row in enumerate(grid.rows):
        level = grid.levels[place] if grid.levels else 0
        indent = rf"\hspace*{{{level}em}}" if level else ""
        yield indent + _row([value.strip() for value in row])
    yield r"\bottomrule"
    yield r"\end{tabular}"
    said = " ".join(latex(note) for note in notes if note)
    yield rf"\par\medskip\begin{{minipage}}{{\linewidth}}\footnotesize {said}\end{{minipage}}"
    yield r"\end{table}"


def _appendix(appendix: Appendix, banner: str) -> Iterator[str]:
    columns = len(appendix.heads) + 4
    narrow = r">{\raggedright\arraybackslash}p"
    widths = rf"{narrow}{{2.2cm}}{narrow}{{2.4cm}}{narrow}{{4cm}}" + "r" * len(appendix.heads)
    yield r"{\small"
    yield rf"\begin{{longtable}}{{{widths}{narrow}{{5cm}}}}"
    yield rf"\caption{{{latex(TITLE)}. {latex(banner)}}}\label{{tab:thematic-codes}}\\"
    heads = _row(("Theme", "Code", "Definition", *appendix.heads, "Quote"))
    yield rf"\toprule {heads} \midrule \endfirsthead"
    yield rf"\toprule {heads} \midrule \endhead"
    yield rf"\bottomrule \multicolumn{{{columns}}}{{r}}{{\footnotesize continued}}\\ \endfoot"
    yield r"\bottomrule \endlastfoot"
    for row in appendix.rows:
        quote = f"“{one_line(row.quote)}” {one_line(row.citation)}" if row.quote else "–"
        yield _row((row.theme, row.code, row.definition, *row.bases, quote))
    yield r"\end{longtable}}"


def _row(cells: Sequence[str]) -> str:
    return " & ".join(latex(cell) for cell in cells) + r" \\"
