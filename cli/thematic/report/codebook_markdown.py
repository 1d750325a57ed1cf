"""A printed codebook as Markdown that renders as the very characters of its author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thematic.report.codebook_content import LABELS, Part, PrintedCodebook
from thematic.report.safe import markdown

_DEEPEST = 6  # levels of headings
_INDENT = "&nbsp;&nbsp;"


def codebook_markdown(printed: PrintedCodebook) -> str:
    """Headings by depth, a table of all codes, and an entry a code."""
    lines = [f"# {markdown(printed.heading)}", ""]
    if printed.banner:
        lines += [f"> **{markdown(printed.banner)}**", ""]
    lines += [f"- **{label}:** {markdown(said)}" for label, said in printed.facts]
    lines += ["", "## All codes", "", _table(printed)]
    for entry in printed.entries:
        lines += [f"{'#' * min(entry.depth + 2, _DEEPEST)} {markdown(entry.name)}", ""]
        lines += [line for part in entry.parts for line in _part(part)]
    if printed.lists:
        lines += ["## Words that the rules use", ""]
        lines += [line for part in printed.lists for line in _part(part)]
    return "\n".join(lines).rstrip() + "\n"


def _table(printed: PrintedCodebook) -> str:
    aligned = [":--"] * LABELS + ["--:" if printed.has_numbers else ":--"] * len(printed.heads)
    lines = [_row([*map(markdown, printed.heads)]), _row(aligned[: len(printed.heads)])]
    for (name, *rest), depth in zip(printed.rows, printed.depths, strict=True):
        shown = f"**{markdown(name)}**" if depth == 0 else f"{_INDENT * depth}{markdown(name)}"
        lines.append(_row([shown, *map(markdown, rest)]))
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _part(part: Part) -> Iterator[str]:
    label = f"**{markdown(part.label)}.**"
    if part.is_list:
        yield from (label, "")
        yield from (f"- {markdown(text)}" for text in part.texts)
    else:
        first, *rest = part.texts
        yield f"{label} {markdown(first)}"
        for text in rest:
            yield from ("", markdown(text))
    yield ""
