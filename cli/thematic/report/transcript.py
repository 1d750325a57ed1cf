"""A transcript as it is cited: its turns with speakers, times, lines and positions."""

from __future__ import annotations

from typing import IO

from rich.table import Table
from rich.text import Text

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import clock
from thematic.model.transcript import Transcript
from thematic.report.safe import visible
from thematic.report.terminal import console


def turns_table(transcript: Transcript) -> ResultTable:
    """One row per turn; `text` is the exact slice [start, end)."""
    rows = [
        {
            "transcript": transcript.id,
            "kind": transcript.kind,
            "case": transcript.case,
            "turn": turn.number,
            "speaker": turn.speaker,
            "role": turn.role.value,
            "time": turn.time,
            "line": transcript.line(turn.span.start),
            "start": turn.span.start,
            "end": turn.span.end,
            "cues": len(turn.cues),
            "text": transcript.text[turn.span.start : turn.span.end],
        }
        for turn in transcript.turns
    ]
    columns = ["transcript", "kind", "case", "turn", "speaker", "role", "time", "line"]
    columns += ["start", "end", "cues", "text"]
    return table_of("turns", rows, columns, "turn", quoted={"text"})


def cues_table(transcript: Transcript) -> ResultTable:
    """One row per cue: times in seconds, the speaker it names itself, its words."""
    rows = []
    for turn in transcript.turns:
        if not turn.cues:
            continue
        ends = [*(cue.position for cue in turn.cues[1:]), turn.span.end]
        for cue, end in zip(turn.cues, ends, strict=True):
            words = transcript.text[cue.position : end].strip()
            rows.append((transcript.id, turn.number, cue.begin, cue.end, cue.speaker, words))
    columns = ("transcript", "turn", "begin", "end", "speaker", "text")
    return ResultTable("cues", columns, tuple(rows), "cue", quoted=frozenset({"text"}))


def draw_transcript(transcript: Transcript, out: IO[str], *, around: int | None = None) -> None:
    """The transcript for reading; with `around`, one turn and its neighbours."""
    screen = console(out)
    facts = [transcript.kind, f"case {transcript.case}", f"{len(transcript.turns)} turns"]
    if not transcript.has_speakers:
        facts.append("no speakers named: paragraphs are turns")
    head = Text(visible(transcript.id), style="bold")
    screen.print(head.append(f"  {', '.join(facts)}", style="dim"))
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim")
    table.add_column(overflow="fold", ratio=1)
    for turn in transcript.turns:
        if around is not None and abs(turn.number - around) > 1:
            continue
        place = f"line {transcript.line(turn.span.start)}"
        if turn.time is not None:
            place += f", {clock(turn.time)}"
        speaker = visible(turn.speaker) or "–"
        role = f" ({turn.role.value})" if turn.role.value else ""
        table.add_row(str(turn.number), Text(f"{speaker}{role}  {place}", style="bold"))
        table.add_row("", Text(visible(transcript.text[turn.span.start : turn.span.end])))
        table.add_row("", "")
    screen.print(table)
