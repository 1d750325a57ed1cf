"""Every format that is read: by which reader, what is kept, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from thematic.errors import Problem
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.readers.options import ReadOptions

Read = tuple[Transcript | None, list[Problem]]
Several = tuple[tuple[Transcript, ...], list[Problem]]


@dataclass(frozen=True, slots=True)
class Later:
    """A function of a module of this package, which is imported when it is first called.

    A run seldom meets more than a few formats; importing the code of all takes longer than
    reading a transcript.
    """

    module: str  # below thematic.readers.formats
    name: str

    def __call__(self, *arguments: Any) -> Any:
        """Call the function."""
        return _function(self.module, self.name)(*arguments)

    @property
    def function(self) -> Callable[..., Any]:
        """The function itself."""
        return _function(self.module, self.name)


@cache  # for each of very many files asks
def _function(module: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(f"thematic.readers.formats.{module}"), name)
    return found


@dataclass(frozen=True)
class Reader:
    """How one format is read: from decoded text, or from the bytes of a container.

    Exactly one of the four functions is set. They return the transcript with an empty ID
    and problems without a file name; those of several transcripts give each but a lone one
    the part of its ID that follows the file's.

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
    several_from_text: Callable[[str, ReadOptions], Several] | None = None
    several_from_bytes: Callable[[bytes, ReadOptions], Several] | None = None

    @property
    def takes_text(self) -> bool:
        """Whether it reads decoded text; else the bytes of a container."""
        return self.from_bytes is None and self.several_from_bytes is None

    def read_text(self, text: str, options: ReadOptions) -> Several:
        """The transcripts of decoded text."""
        if self.several_from_text:
            return self.several_from_text(text, options)
        assert self.from_text is not None
        return _several(self.from_text(text, options))

    def read_bytes(self, data: bytes, options: ReadOptions) -> Several:
        """The transcripts of a container."""
        if self.several_from_bytes:
            return self.several_from_bytes(data, options)
        assert self.from_bytes is not None
        return _several(self.from_bytes(data, options))


def _several(read: Read) -> Several:
    transcript, problems = read
    return (() if transcript is None else (transcript,)), problems


_TABLES = "a table of turns, survey answers or coded segments, "
_TABLES_KEEP = "speakers, begin and end; of surveys the other columns as attributes"
_TABLES_LOSE = "codes, and columns of turns that are none of these, are left out"

_LEFT_OUT = (
    "footnotes, comments, deleted and hidden words are left out (told), headers and footers "
    "(not told)"
)
_WORD = Reader(
    "Word, its templates and files with macros; also of Teams, Otter, Rev, Trint",
    "speakers, bold labels, labels made by lists, times, tables of speaker and words",
    _LEFT_OUT,
    "lxml",
    from_bytes=Later("documents.word", "read_docx"),
)
_ODT = Reader(
    "OpenDocument text of LibreOffice, Google Docs, pandoc",
    "speakers, bold labels, labels made by lists, times, tables of speaker and words",
    _LEFT_OUT,
    "lxml",
    from_bytes=Later("documents.odt", "read_odt"),
)
_HTML = Reader(
    "web pages; also of Word, LibreOffice, Google Docs",
    "speakers, bold labels, times, tables of speaker and words",
    "scripts, styles, menus and page footers are left out (not told); footnotes are left out "
    "where the page marks them as such",
    "lxml",
    from_bytes=Later("documents.html", "read_html"),
)
_MHTML = replace(
    _HTML, what="web pages saved as one file", from_bytes=Later("documents.mhtml", "read_mhtml")
)


def _through_office(kind: str, what: str) -> Reader:
    def read(data: bytes, options: ReadOptions) -> Read:
        from thematic.readers.formats.documents.office import office_reader

        return office_reader(kind)(data, options)

    return Reader(
        what,
        "as of .docx, which LibreOffice makes of it",
        "needs LibreOffice; what that cannot read is not read",
        "LibreOffice",
        from_bytes=read,
    )


_TURNS_KEEP = "speakers, roles, begin and end; other columns as attributes of the transcript"
_LINES = Reader(
    "JSON Lines: one segment or turn a line, of one transcript or, named in each line, of many",
    _TURNS_KEEP,
    "rows of one transcript must stand together",
    one_line=True,
    several_from_text=Later("turn_files.reading", "read_lines"),
)

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": Reader(
            "plain text, also of Otter, Zoom, Rev, f4, NVivo, MAXQDA",
            "speakers, times",
            from_text=Later("plain", "read_plain"),
        ),
        ".md": Reader(
            "Markdown",
            "speakers, bold labels, times, front matter as attributes",
            from_text=Later("markdown", "read_markdown"),
        ),
        ".docx": _WORD,
        ".odt": _ODT,
        ".rtf": Reader(
            "RTF of Word, TextEdit, LibreOffice, pandoc, f4",
            "speakers, bold labels, labels made by lists, times, tables of speaker and words",
            "footnotes, comments, deleted and hidden words are left out (told), headers and "
            "footers (not told); tables within tables are read as lines",
            from_bytes=Later("documents.rtf", "read_rtf"),
        ),
        ".html": _HTML,
        ".doc": _through_office("doc", "Word 6 to 2003"),
        ".pdf": Reader(
            "PDF with text, also printed by MAXQDA, NVivo, Word, LibreOffice, a browser",
            "speakers, bold labels, times, columns of speaker and words, titles by their size",
            "running heads and feet, page and margin numbers, comments and form fields are left "
            "out; scanned pages are not read; paragraphs run together where no gap, indent or "
            "short line parts them",
            "pypdfium2",
            from_bytes=Later("pdf.reading", "read_pdf"),
        ),
        ".vtt": Reader(
            "WebVTT, also of Teams, Zoom, Webex, Google Meet, YouTube",
            "speakers, begin and end of each cue",
            "colours, places on the screen and the times of single words are left out",
            from_text=Later("captions.reading", "read_vtt"),
        ),
        ".srt": Reader(
            "SubRip subtitles",
            "speakers, begin and end of each cue",
            "colours and places on the screen are left out",
            from_text=Later("captions.reading", "read_srt"),
        ),
        ".sbv": Reader(
            "SBV subtitles of YouTube",
            "speakers, begin and end of each cue",
            from_text=Later("captions.reading", "read_sbv"),
        ),
        ".csv": Reader(
            _TABLES + "also of NVivo, MAXQDA, ELAN, Otter, Trint, Descript, Premiere",
            _TABLES_KEEP,
            _TABLES_LOSE,
            several_from_text=Later("tables.reading", "read_csv"),
        ),
        ".tsv": Reader(
            _TABLES + "also of ELAN, Whisper, Excel (Unicode text)",
            _TABLES_KEEP,
            _TABLES_LOSE,
            several_from_text=Later("tables.reading", "read_tsv"),
        ),
        ".xlsx": Reader(
            _TABLES + "in a sheet of Excel",
            _TABLES_KEEP,
            f"{_TABLES_LOSE}; one sheet is read; comments, hidden sheets and styles are left out",
            "openpyxl",
            several_from_bytes=Later("tables.reading", "read_xlsx"),
        ),
        ".xlsm": Reader(
            "as .xlsx, with macros, which are never run",
            _TABLES_KEEP,
            _TABLES_LOSE,
            "openpyxl",
            several_from_bytes=Later("tables.reading", "read_xlsx"),
        ),
        ".json": Reader(
            "JSON of Whisper, Amazon, Azure, Google, Deepgram, AssemblyAI, Rev AI, YouTube and "
            "others, or a list of turns",
            "speakers, begin and end of each segment or phrase",
            "alternatives, confidence and the times of single words are left out",
            one_line=True,
            from_text=Later("speech.reading", "read_json"),
        ),
        ".jsonl": _LINES,
        ".parquet": Reader(
            "Parquet of pandas, R, DuckDB, Spark: the turns of many transcripts, one a row",
            _TURNS_KEEP,
            "rows of one transcript must stand together; columns of lists and objects, and such "
            "as change within a transcript, are left out",
            "pyarrow",
            several_from_bytes=Later("turn_files.reading", "read_parquet"),
        ),
        ".otr": Reader(
            "oTranscribe",
            "speakers, bold labels, times with their fractions",
            one_line=True,
            library="lxml",
            from_text=Later("documents.otranscribe", "read_otr"),
        ),
        ".eaf": Reader(
            "ELAN annotations",
            "speakers (tiers), begin and end of each annotation",
            "tiers below others, and tiers with notes or gestures by their names, are left out",
            "lxml",
            from_bytes=Later("tiers.elan", "read_elan"),
        ),
        ".textgrid": Reader(
            "TextGrid of Praat, long and short text format",
            "speakers (interval tiers), begin and end of each interval",
            "point tiers, and tiers with sounds or notes by their names, are left out; binary "
            "files are not read",
            from_text=Later("tiers.textgrid", "read_textgrid"),
        ),
        ".ndjson": _LINES,
        ".htm": _HTML,
        ".mht": _MHTML,
        ".mhtml": _MHTML,
        ".docm": _WORD,
        ".dotx": _WORD,
        ".dotm": _WORD,
        ".ott": _ODT,
        ".fodt": replace(_ODT, from_bytes=Later("documents.odt", "read_fodt")),
        ".dot": _through_office("dot", "templates of Word 6 to 2003"),
        ".wpd": _through_office("wpd", "WordPerfect"),
        ".wps": _through_office("wps", "Microsoft Works"),
        ".sxw": _through_office("sxw", "OpenOffice.org 1"),
        ".pages": _through_office("pages", "Apple Pages"),
        ".abw": _through_office("abw", "AbiWord"),
    }
)
