"""What carries no code, for reading: sections of entries and small tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import IO, Any

from rich.padding import Padding
from rich.text import Text

from thematic.analysis.result import ResultTable
from thematic.analysis.sources import is_remark
from thematic.analysis.uncoded.search import HONEST
from thematic.model.nouns import dataclass
from thematic.report.grid import Grid, count, of_base
from thematic.report.markdown import grid_markdown
from thematic.report.safe import markdown, one_line, visible
from thematic.report.terminal import console, draw_banner, draw_grid, draw_notes

MOST = 20  # entries of a section that are shown; data formats hold all
MOST_OF_A_KIND = 4  # near misses
_NAMES = 24  # cases named in a cell
_RULE = 160  # characters of a rule; data formats hold all
_SAYS = {"yes": "affirms", "no": "denies", "other": "neither yes nor no"}


@dataclass(frozen=True)
class Entry:
    """One thing to read: what it is, and what is said of it."""

    head: str
    place: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One table as people read it."""

    title: str
    entries: tuple[Entry, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()


def sections(tables: Sequence[ResultTable]) -> list[Section]:
    """The tables of `thematic uncoded` in reading order."""
    made: dict[str, Callable[[ResultTable], Section]] = {
        "uncoded-answers": _answers,
        "uncoded-themes": _themes,
        "uncoded-cases": _cases,
        "affirmations": _affirmations,
        "near-misses": _near_misses,
    }
    return [made[table.name](table) for table in tables]


def draw_sections(found: Sequence[Section], banner: str, out: IO[str]) -> None:
    """The sections on a terminal, each with its base; the caveat of all once, at the end."""
    screen = console(out)
    draw_banner(banner, screen)
    for section in found:
        screen.print(Text(section.title, style="bold"))
        draw_notes(section.notes, screen)
        for grid in section.grids:
            draw_grid(grid, screen, vertical="top")
        for entry in section.entries:
            head = Text(visible(one_line(entry.head)), style="bold")
            screen.print(head.append(f"  {one_line(entry.place)}", style="cyan"))
            for line in entry.lines:
                screen.print(Padding(Text(one_line(line)), (0, 0, 0, 4)))
        screen.print()
    draw_notes([HONEST], screen)


def sections_markdown(found: Sequence[Section], banner: str) -> str:
    """The sections as Markdown."""
    parts = [f"> **{markdown(banner)}**"] if banner else []
    for section in found:
        parts.append(f"## {markdown(section.title)}")
        parts += [markdown(note) for note in section.notes]
        parts += [f"### {markdown(grid.title)}\n\n{grid_markdown(grid)}" for grid in section.grids]
        for entry in section.entries:
            lines = [f"- **{markdown(entry.head)}** {markdown(entry.place)}"]
            lines += [f"  - {markdown(line)}" for line in entry.lines]
            parts.append("\n".join(lines))
    return "\n\n".join([*parts, markdown(HONEST)]) + "\n"


def _several(number: int, what: str) -> str:
    return f"{count(number)} {what}{'' if number == 1 else 's'}"


def _short(rule: str) -> str:
    line = one_line(rule)
    return line if len(line) <= _RULE else line[: _RULE - 1] + "…"


def _quoted(words: str) -> str:
    return words if is_remark(words) else f"“{words}”"


def _notes(table: ResultTable, *more: str) -> tuple[str, ...]:
    return (*(note for note in table.notes if note != HONEST), *more)


def _shown(table: ResultTable, name: str) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The first rows, and what is said of the others."""
    records = table.records()
    left = len(records) - MOST
    said = f"Shown: {MOST} of {len(records):,} rows; all with --section {name} -f csv."
    return records[:MOST], _notes(table, *([said] if left > 0 else []))


def _answers(table: ResultTable) -> Section:
    entries = tuple(
        Entry(
            _several(record["words"], "word"),
            record["citation"],
            (
                _quoted(record["opening"]),
                *(
                    [f"suggested, and refused by people: {record['refused']}"]
                    * bool(record["refused"])
                ),
            ),
        )
        for record in table.records()
    )
    return Section("The longest answers without a code", entries, notes=_notes(table))


def _refused(record: dict[str, Any]) -> list[str]:
    codes = record["refused"]
    return [f"suggested, and refused by people: {codes}"] if codes else []


def _themes(table: ResultTable) -> Section:
    records = table.records()
    kinds = dict.fromkeys(record["kind"] for record in records)
    grids = []
    for kind in kinds:
        here = [record for record in records if record["kind"] == kind]
        rows = tuple(
            (
                record["code"],
                of_base(record["without"], record["N"], record["share"]),
                _who(record),
            )
            for record in here
        )
        heads = ("Code", f"Without, {table.unit}s n/N", "Who")
        narrow = ("Code", f"Without,\n{table.unit}s n/N", "Who")
        grids.append(Grid(kind.capitalize(), heads, rows, narrow, labels=3))
    title = f"Who never speaks of a theme ({table.unit}s)"
    return Section(title, grids=tuple(grids), notes=_notes(table))


def _who(record: dict[str, Any]) -> str:
    if not record["coded_by"]:
        return "nobody could: the code has no rules"
    names = record["who"].split("; ") if record["who"] else []
    if record["without"] == record["N"]:
        return "all" + (f"; {record['coded_by']}" if record["coded_by"] != "rules" else "")
    left = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {left} more" if left > 0 else "")


def _cases(table: ResultTable) -> Section:
    rows = tuple(
        (record["who"], record["kind"], count(record["turns"]), count(record["words"]))
        for record in table.records()
    )
    heads = (table.unit.capitalize(), "Kind", "Turns", "Words")
    grid = Grid(f"{table.unit.capitalize()}s", heads, rows, labels=2)
    title = f"{table.unit.capitalize()}s without any coding"
    return Section(title, grids=(grid,) if rows else (), notes=_notes(table))


def _affirmations(table: ResultTable) -> Section:
    records, notes = _shown(table, "affirmations")
    entries = tuple(
        Entry(
            record["codes"],
            record["citation"],
            (
                f"Asked (turn {record['question_turn']}): {_quoted(record['question'])}",
                f"Answer ({_SAYS[record['says']]}): {_quoted(record['answer'])}",
            ),
        )
        for record in records
    )
    return Section("Brief answers to coded questions", entries, notes=notes)


def _near_misses(table: ResultTable) -> Section:
    records = table.records()
    kinds = dict.fromkeys(record["miss"] for record in records)
    entries: list[Entry] = []
    tally = []
    for kind in kinds:
        here = [record for record in records if record["miss"] == kind]
        tally.append(f"{kind} {len(here):,}")
        entries += [_near_miss(record) for record in here[:MOST_OF_A_KIND]]
    left = len(records) - len(entries)
    notes = [f"Rows by kind of miss: {', '.join(tally)}."] if tally else []
    if left:
        notes.append(
            f"Shown: the first {MOST_OF_A_KIND} of each kind; all with --section near-misses "
            "-f csv."
        )
    return Section("Near misses of rules", tuple(entries), notes=_notes(table, *notes))


def _near_miss(record: dict[str, Any]) -> Entry:
    return Entry(f"{record['miss']}: {_quoted(record['found'])}", record["citation"], _miss(record))


def _miss(record: dict[str, Any]) -> tuple[str, ...]:
    times = record["times"]
    often = f"{times:,} places in {_several(record['transcripts'], 'transcript')}; "
    many = f", in {record['rules']:,} rules" if record["rules"] > 1 else ""
    alone = "" if record["complete"] else "; other parts of the rule are not there"
    rule = f"{record['code']}, rule of line {record['rule_line']}: {_short(record['rule'])}"
    lines = (f"{often if times > 1 else ''}{record['missing']}{many}{alone}", rule)
    same = record["text"] == record["found"]
    return lines if same else (*lines, _quoted(record["text"]))
