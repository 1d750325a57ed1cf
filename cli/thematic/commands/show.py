"""`thematic show`: a transcript as it is cited, with turns, lines and times."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import read_inputs
from thematic.commands.working import tell_raw
from thematic.errors import UsageError, did_you_mean
from thematic.model.transcript import Transcript


@o.with_options
def show(
    id: Annotated[str, typer.Argument(help="A transcript's ID, or a file.")],
    request: o.FilesOnly,
    turn: Annotated[
        int | None, typer.Option("--turn", min=1, help="Only this turn and its neighbours.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Only the text that positions refer to.")
    ] = False,
    cues: Annotated[
        bool, typer.Option("--cues", help="One row for each cue of a subtitle file.")
    ] = False,
    to: o.FormatOpt = o.Format.TABLE,
    quiet: o.QuietOpt = False,
) -> None:
    """Show one transcript: turns, speakers, roles, times and line numbers."""
    from thematic.commands.emit import emit, finish, put
    from thematic.readers import SUFFIXES, suffix_of
    from thematic.report.terminal import draw_records
    from thematic.report.transcript import cues_table, draw_transcript, turns_table

    given = list(request.paths)
    if not given and (id == "-" or Path(id).exists() or suffix_of(id) in SUFFIXES):
        given = [Path(id)]
    if given:
        request = replace(request, paths=given)
    inputs = read_inputs(request, need_codebook=False)
    transcript = _named(id, inputs.transcripts)
    tell_raw([transcript], inputs.study, quiet=quiet)
    if turn is not None and turn > len(transcript.turns):
        raise UsageError(f"{id} has no turn {turn}", f"the last one is {len(transcript.turns)}")
    if cues and not any(found.cues for found in transcript.turns):
        raise UsageError(f"{id} has no cues", "cues are in VTT, SRT and Whisper files")
    out = o.Output(to=to)
    if text:
        put(transcript.text, None)
    elif cues:
        table = cues_table(transcript)
        columns = ("turn", "begin", "end", "speaker", "text")
        emit(
            table,
            out,
            lambda screen: draw_records(table, columns, screen),
            inputs=inputs,
        )
    else:
        emit(
            turns_table(transcript),
            out,
            lambda screen: draw_transcript(transcript, screen, around=turn),
            inputs=inputs,
        )
    finish(inputs, quiet=quiet)


def _named(id: str, transcripts: list[Transcript]) -> Transcript:
    for transcript in transcripts:
        if transcript.id == id:
            return transcript
    if len(transcripts) == 1 and (id == "-" or Path(id).is_file()):
        return transcripts[0]
    ids = [transcript.id for transcript in transcripts]
    if Path(id).is_file():
        raise UsageError(
            f"{id} holds {len(ids)} transcripts: {', '.join(ids[:12])}",
            f"show one of them: thematic show {ids[0]} {id}",
        )
    hint = did_you_mean(id, ids) or f"there are: {', '.join(ids[:12])}"
    raise UsageError(f"there is no transcript {id!r}", hint)
