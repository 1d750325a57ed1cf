"""`thematic log`: what people did in a study, undoing it, and the log as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.request import Request, study_file_of, study_of
from thematic.commands.status import with_status_column
from thematic.errors import OutputRefused, UsageError, did_you_mean

if TYPE_CHECKING:
    from thematic.analysis.history import Words
    from thematic.analysis.result import ResultTable
    from thematic.model.codebook import Codebook
    from thematic.model.people import Event
    from thematic.report.grid import Grid
    from thematic.store.database import Store

_RANGE = re.compile(r"([0-9]{1,12})(?:-([0-9]{1,12}))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?Z?)?")
_MOST_UNDONE = 100_000  # events at once
_LAST = "last"


@o.with_options
def log(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path("."),
    coder: Annotated[
        str, typer.Option("--coder", help="Only events of this coder; with --undo: who undoes.")
    ] = "",
    code: Annotated[
        str, typer.Option("--code", help="Only events on this code and the codes below it.")
    ] = "",
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="WHEN",
            help="Only events after this number, or from this time (UTC) on: 2026-08-01 or "
            "2026-08-01T09:30.",
        ),
    ] = "",
    recheck: Annotated[
        bool,
        typer.Option("--recheck", help="Only what was done under another definition than now."),
    ] = False,
    undo: Annotated[
        list[str] | None,
        typer.Option(
            "--undo", metavar="N", help="Undo this event, or 12-40, or the last of --coder: last."
        ),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", help="Write all events as text, for git and safe keeping."),
    ] = None,
    restore: Annotated[
        Path | None,
        typer.Option("--restore", help="Add the events of such a text, or of a copy of the store."),
    ] = None,
    codebook: o.CodebookOpt = None,
    out: o.Output = o.SCREEN,
) -> None:
    """List what people did (codings, decisions, memos), by whom, when, and whether it holds.

    Nothing is ever taken out of the log: undoing is recorded as well.
    """
    from thematic.commands.keeping import export_to, restore_from, tell_copies
    from thematic.store.database import open_store

    given = {"--recheck": recheck, "--undo": undo, "--export": export, "--restore": restore}
    if sum(map(bool, given.values())) > 1:
        raise UsageError("these go one at a time", f"choose one of {', '.join(given)}")
    study_file = study_file_of([folder])
    if study_file is None:
        raise UsageError(f"there is no study.yaml in {str(folder)!r}", "begin with: thematic init")
    request = Request(paths=[study_file.parent], codebook=codebook or "")
    store = open_store(study_file.parent)
    if undo:
        _undo(store, undo, coder, quiet=out.quiet)
    elif export is not None:
        export_to(export, store, quiet=out.quiet)
    elif restore is not None:
        restore_from(restore, store, quiet=out.quiet)
    else:
        _refuse_store(out.file, store)
        events = store.events()
        chosen = _chosen(events, coder, code, since)
        made = _rechecked if recheck else _logged
        table, grid = made(events, chosen, request)
        study = study_of(study_file, request)
        _show(with_status_column(table, study), grid, out)
        tell_copies(store, quiet=out.quiet)


def _refuse_store(output: Path | None, store: Store) -> None:
    if output is not None and output.resolve() == store.path.resolve():
        raise OutputRefused(f"{str(output)!r} holds what people did", "choose another with -o")


def _undo(store: Store, written: Sequence[str], coder: str, *, quiet: bool) -> None:
    from thematic.report.talk import tell

    now = datetime.now(UTC)
    if _LAST in written:
        if len(written) > 1 or not coder:
            raise UsageError("--undo last goes with --coder, and alone", "--undo last --coder AK")
        events = store.undo_last(coder, now)
    else:
        events = store.undo([n for one in written for n in _numbers(one)], coder, now)
    for event in events[:8]:
        back = f"to bring it back: thematic log --undo {event.number}"
        tell(f"event {event.undoes} is undone, by event {event.number} ({back})", quiet=quiet)
    if len(events) > 8:
        tell(f"and {len(events) - 8} more", quiet=quiet)


def _numbers(written: str) -> range:
    """The numbers that `12` or `12-40` stands for.

    Raises:
        UsageError: it is neither, or too many.
    """
    found = _RANGE.fullmatch(written.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not first <= last < first + _MOST_UNDONE:
        raise UsageError(f"--undo {written!r} is not understood", "write --undo 12 or --undo 12-40")
    return range(first, last + 1)


def _chosen(events: Sequence[Event], coder: str, code: str, since: str) -> list[Event]:
    """The events that the options ask for."""
    _demand("coder", coder, {name for event in events for name in _coders(event)})
    _demand("code", code, {part for event in events for part in _codes(event)})
    return [
        event
        for event in events
        if (not coder or coder in _coders(event))
        and (not code or code in _codes(event))
        and _is_since(event, since)
    ]


def _demand(what: str, name: str, known: Iterable[str]) -> None:
    there = sorted(known)
    if name and there and name not in there:
        hint = did_you_mean(name, there) or f"there are: {', '.join(there[:12])}"
        raise UsageError(f"the log has no {what} {name!r}", hint)


def _coders(event: Event) -> set[str]:
    return {event.coder, event.act.coder} if event.act else {event.coder}


def _codes(event: Event) -> set[str]:
    """The codes an event is on, and all above them."""
    from thematic.model.people import About, Decision, Memo, PersonCoding

    match event.act:
        case Decision(code=code, into=into):
            named = [code, into]
        case PersonCoding(code=code) | Memo(about=About.CODE, target=code):
            named = [code]
        case _:
            named = []
    parts = [path.split("/") for path in named if path]
    return {"/".join(path[:depth]) for path in parts for depth in range(1, len(path) + 1)}


def _is_since(event: Event, since: str) -> bool:
    if not since or since.isdecimal():
        return event.number > int(since or 0)
    if not _is_time(since):
        hint = "write a number, or a time such as 2026-08-01 or 2026-08-01T09:30"
        raise UsageError(f"--since {since!r} is not understood", hint)
    return event.time >= since.removesuffix("Z")


def _is_time(written: str) -> bool:
    try:
        return bool(_DATE.fullmatch(written) and datetime.fromisoformat(written))
    except ValueError:
        return False


def _logged(
    events: Sequence[Event], chosen: Sequence[Event], request: Request
) -> tuple[ResultTable, Grid]:
    from thematic.analysis.history import log_table
    from thematic.report.history import log_grid
    from thematic.review.standing import outcomes_of

    outcomes = {
        number: (outcome.fate.value, outcome.by) for number, outcome in outcomes_of(events).items()
    }
    table = log_table(chosen, outcomes, _words(chosen, request))
    return table, log_grid(table)


def _rechecked(
    events: Sequence[Event], chosen: Sequence[Event], request: Request
) -> tuple[ResultTable, Grid]:
    from thematic.analysis.history import recheck_table
    from thematic.report.history import recheck_grid
    from thematic.review.definitions import outdated

    numbers = {event.number for event in chosen}
    found = [
        (one.event, one.why.value, one.now)
        for one in outdated(events, _codebook(request))
        if one.event.number in numbers
    ]
    table = recheck_table(found, _words([event for event, _, _ in found], request))
    return table, recheck_grid(table)


def _words(events: Iterable[Event], request: Request) -> Words:
    """Whose words may be shown; transcripts are read for their consent, where acts are there.

    Any note may quote, so that transcripts are read for memos, too.
    """
    from thematic.analysis.history import Words
    from thematic.commands.inputs import read_inputs
    from thematic.errors import NoTranscripts, TranscriptsUnusable

    study = study_of(study_file_of(request.paths), request)
    if not any(event.moved or event.act for event in events):
        return Words([], study)
    try:
        inputs = read_inputs(request, need_codebook=False)
    except (NoTranscripts, TranscriptsUnusable):
        return Words([], study)
    return Words(inputs.transcripts, inputs.study)


def _codebook(request: Request) -> Codebook:
    """The codebook with its definitions; its rules need not be sound."""
    from thematic.commands.codebooks import codebook_named, load_codebook
    from thematic.commands.request import listing
    from thematic.errors import CodebookUnusable

    name = codebook_named(request)
    if not name:
        raise CodebookUnusable("no codebook was named", "add -c FILE, or name it in study.yaml")
    base = Path() if request.codebook else request.paths[0]
    codebook, problems, file = load_codebook(name, base)
    if codebook is None:
        raise CodebookUnusable(f"{file} cannot be read", listing(problems))
    return codebook


def _show(table: ResultTable, grid: Grid, out: o.Output) -> None:
    from thematic.commands.emit import emit
    from thematic.report.history import draw_history, history_markdown

    notes = (*table.notes, *([] if len(table) else ["Nothing to list."]))
    emit(
        table,
        out,
        lambda screen: draw_history(grid, notes, screen),
        markdown=lambda: history_markdown(grid, notes),
    )
