"""Every format that is read: by which reader, what is kept, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.markdown import read_markdown
from thematic.readers.formats.plain import read_plain
from thematic.readers.formats.speech_json import read_json
from thematic.readers.formats.subtitles import read_srt, read_vtt
from thematic.readers.formats.table import read_csv, read_tsv
from thematic.readers.formats.word import read_docx
from thematic.readers.options import ReadOptions

Read = tuple[Transcript | None, list[Problem]]


@dataclass(frozen=True)
class Reader:
    """How one format is read: from decoded text, or from the bytes of a container.

    Exactly one of `from_text` and `from_bytes` is set. They return the transcript with an
    empty ID and problems without a file name.

    Args:
        what: the format and the programs that write it, for the table of formats.
        keeps: what is kept beside the words.
        loses: what is known not to be kept or not to work; "" = nothing.
        library: the package that reads it; "" = this one.
        one_line: whether programs write the whole file as one line.
    """

    what: str
    keeps: str
    loses: str = ""
    library: str = ""
    one_line: bool = False
    from_text: Callable[[str, ReadOptions], Read] | None = None
    from_bytes: Callable[[bytes, ReadOptions], Read] | None = None


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": Reader(
            "plain text, also of Otter, Zoom, Rev, f4, NVivo, MAXQDA",
            "speakers, times",
            from_text=read_plain,
        ),
        ".md": Reader(
            "Markdown",
            "speakers, bold labels, times, front matter as attributes",
            from_text=read_markdown,
        ),
        ".docx": Reader(
            "Word, also of Teams, Otter, Trint",
            "speakers, bold labels, times, tables of speaker and words",
            "footnotes, comments and deleted words are left out",
            "python-docx",
            from_bytes=read_docx,
        ),
        ".vtt": Reader(
            "WebVTT: Teams, Zoom, YouTube",
            "speakers, begin and end of each cue",
            from_text=read_vtt,
        ),
        ".srt": Reader(
            "SubRip subtitles", "speakers, begin and end of each cue", from_text=read_srt
        ),
        ".csv": Reader("a table of turns", "speakers, times", from_text=read_csv),
        ".tsv": Reader("a table of turns", "speakers, times", from_text=read_tsv),
        ".json": Reader(
            "Whisper and WhisperX segments, or a list of turns",
            "speakers, begin and end of each segment",
            one_line=True,
            from_text=read_json,
        ),
    }
)
