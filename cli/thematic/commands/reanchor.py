"""`thematic reanchor`: what became of coded passages since transcripts were corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.filled import study_folder, with_status
from thematic.commands.inputs import read_inputs
from thematic.commands.request import Request
from thematic.model.people import Decision, Event, Passage, PersonCoding, Relocation

if TYPE_CHECKING:
    from thematic.analysis.moved import MovedPassage
    from thematic.commands.reading import Inputs
    from thematic.review.anchoring import How
    from thematic.review.moving import Move

RECORDER = "thematic"  # under whose name moves are recorded, for nobody decided on them


@o.with_options
def reanchor(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path("."),
    coder: Annotated[
        str, typer.Option("--coder", help="Who looked them through. Default: the program.")
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="Only list them; record nothing.")] = False,
    unsure: Annotated[
        bool,
        typer.Option("--unsure", help="Also record where ambiguous passages are shown to stand."),
    ] = False,
    rename: Annotated[
        list[str] | None,
        typer.Option(
            "--rename",
            metavar="OLD=NEW",
            help="A transcript that has another ID now: move what was judged to the new one.",
        ),
    ] = None,
    out: o.Output = o.SCREEN,
) -> None:
    """List the coded passages that stand elsewhere since transcripts were corrected.

    Every command follows passages by itself; here you see which ones moved, whose words were
    altered, and which are ambiguous or not found any more. Their new places are recorded as
    events, which can be undone; nothing that was recorded before changes.
    """
    from thematic.commands.absent import new_names
    from thematic.commands.emit import finish
    from thematic.report.talk import tell
    from thematic.review.anchoring import How
    from thematic.review.moving import moved_events
    from thematic.store.database import open_store

    base = study_folder(folder)
    inputs = read_inputs(Request(paths=[base]), need_codebook=False)
    store = open_store(base)
    texts = {one.id: one.text for one in inputs.transcripts}
    events = store.events()
    renamed = new_names(rename or (), events, inputs)
    if renamed:
        _take_along(renamed, events, texts, inputs)
    log, moves = moved_events(events, texts, renamed)
    kept = {How.MOVED, How.RESPACED, How.CHANGED, How.RENAMED} | ({How.UNSURE} if unsure else set())
    found = list(_passages(log, moves.moves, kept))
    recorded = [
        Relocation(one.was, one.now, one.found) for one in found if one.recorded and one.now
    ]
    _show(found, inputs, out, renamed)
    if not check:
        store.record_moves(recorded, coder or RECORDER, datetime.now(UTC))
    number = Counter(one.found for one in found)
    said = ", ".join(f"{number[how.value]} {how.value}" for how in How if number[how.value])
    would = "would be recorded" if check else "recorded"
    tell(f"{said or 'every passage stands where it stood'}", quiet=out.quiet)
    places = "place" if len(recorded) == 1 else "places"
    tell(f"{would}: {len(recorded)} new {places}", quiet=out.quiet)
    finish(inputs, quiet=out.quiet)


def _take_along(
    renamed: Mapping[str, str], events: Sequence[Event], texts: Mapping[str, str], inputs: Inputs
) -> None:
    """Withhold under the new ID what was withdrawn under the old one; no more warn of that."""
    from thematic.commands.absent import absent_transcripts
    from thematic.review.replies import replies, restrictions

    held = restrictions(*replies(events, texts, renamed), texts)
    inputs.study = replace(inputs.study, restrictions=held)
    left = list(absent_transcripts(inputs, renamed))
    told = [one for one in absent_transcripts(inputs) if one not in left]
    inputs.problems = [one for one in inputs.problems if one not in told]


def _passages(
    log: Sequence[Event], moves: Sequence[Move], kept: set[How]
) -> Iterator[MovedPassage]:
    """The passages of acts that hold and do not stand where they stood, each once."""
    from thematic.analysis.moved import MovedPassage
    from thematic.review.anchoring import How
    from thematic.review.standing import standing

    holding = {event.number for event in standing(log)}
    by_passage: dict[tuple[object, ...], list[tuple[Move, Event]]] = {}
    for move in moves:
        event = log[move.act]
        if move.how is not How.SAME and event.number in holding:
            by_passage.setdefault((move.was, move.now), []).append((move, event))
    for found in by_passage.values():
        move, events = found[0][0], [event for _, event in found]
        yield MovedPassage(
            move.was,
            move.now,
            move.how.value,
            list(dict.fromkeys(code for event in events for code in _codes(event))),
            list(dict.fromkeys(event.act.coder for event in events if event.act)),
            [event.number for event in events],
            recorded=move.how in kept,
        )


def _codes(event: Event) -> list[str]:
    match event.act:
        case Decision(code=code, into=into):
            return [one for one in (code, into) if one]
        case PersonCoding(code=code):
            return [code]
    return []


def _show(
    found: Sequence[MovedPassage],
    inputs: Inputs,
    out: o.Output,
    renamed: Mapping[str, str],
) -> None:
    from thematic.analysis.history import Words
    from thematic.analysis.moved import moved_table
    from thematic.commands.emit import emit
    from thematic.report.history import draw_history, history_markdown
    from thematic.report.moved import moved_grid

    by_id = {one.id: one for one in inputs.transcripts}
    words = Words(inputs.transcripts, inputs.study)

    def shown(passage: Passage) -> str:
        """The words, by the consent of the transcript as it is called now."""
        id = renamed.get(passage.transcript, passage.transcript)
        return words.of(replace(passage, transcript=id))

    table = with_status(moved_table(found, by_id, shown), inputs.study)
    grid = moved_grid(table)
    notes = table.notes if found else ("Nothing to list.",)
    emit(
        table,
        out,
        lambda screen: draw_history(grid, notes, screen),
        markdown=lambda: history_markdown(grid, notes),
        inputs=inputs,
    )
