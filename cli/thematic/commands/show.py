"""`thematic show`: a transcript as it is cited, with turns, lines and times."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import read_inputs
from thematic.commands.working import tell_raw
from thematic.errors import UsageError, did_you_mean
from thematic.model.transcript import Transcript


def show(
    id: Annotated[str, typer.Argument(help="A transcript's ID, or a file.")],
    paths: o.Paths = None,
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
    interviewer: o.LabelOpt = None,
    attributes: o.AttributesOpt = None,
    column: o.ColumnOpt = None,
    encoding: o.EncodingOpt = None,
    limit: o.LimitOpt = None,
    quiet: o.QuietOpt = False,
) -> None:
    """Show one transcript: turns, speakers, roles, times and line numbers."""
    from thematic.commands.emit import emit, finish, put
    from thematic.readers import SUFFIXES, suffix_of
    from thematic.report.terminal import draw_records
    from thematic.report.transcript import cues_table, draw_transcript, turns_table

    given = list(paths or ())
    if not given and (id == "-" or Path(id).exists() or suffix_of(id) in SUFFIXES):
        given = [Path(id)]
    inputs = read_inputs(
        o.request_from(
            paths=given or None,
            interviewer=interviewer,
            attributes=attributes,
            column=column,
            encoding=encoding,
            limit=limit,
        ),
        need_codebook=False,
    )
    transcript = _named(id, inputs.transcripts)
    tell_raw([transcript], inputs.study, quiet=quiet)
    if turn is not None and turn > len(transcript.turns):
        raise UsageError(f"{id} has no turn {turn}", f"the last one is {len(transcript.turns)}")
    if cues and not any(found.cues for found in transcript.turns):
        raise UsageError(f"{id} has no cues", "cues are in VTT, SRT and Whisper files")
    if text:
        put(transcript.text, None)
    elif cues:
        table = cues_table(transcript)
        columns = ("turn", "begin", "end", "speaker", "text")
        emit(table, to, lambda out: draw_records(table, columns, out), inputs=inputs)
    else:
        emit(
            turns_table(transcript),
            to,
            lambda out: draw_transcript(transcript, out, around=turn),
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
