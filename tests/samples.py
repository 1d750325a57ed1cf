"""One short interview in every format that is read, as programs write it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl

# Who, begin and end in seconds, words.
SAID = (
    ("Interviewer", 5, 11, "How are they financed?"),
    ("Omar Khan", 12, 59, "Mostly by donors – and taxes."),
    ("Interviewer", 60, 64, "And now?"),
    ("Omar Khan", 65, 70, "They don’t pay any more."),
)


def clock(seconds: float, sign: str = ".") -> str:
    """`00:01:05.000`."""
    return f"00:{int(seconds) // 60:02}:{int(seconds) % 60:02}{sign}000"


def plain() -> str:
    """Lines `Name: words` with a blank line between them."""
    return "\n\n".join(f"{who}: {words}" for who, _, _, words in SAID) + "\n"


def _cues(sign: str, arrow: str, label: str) -> str:
    return "\n".join(
        f"{clock(begin, sign)}{arrow}{clock(end, sign)}\n{label.format(who)}{words}\n"
        for who, begin, end, words in SAID
    )


def srt() -> str:
    """SubRip."""
    return "\n".join(
        f"{n}\n{clock(begin, ',')} --> {clock(end, ',')}\n{who}: {words}\n"
        for n, (who, begin, end, words) in enumerate(SAID, start=1)
    )


def table(sign: str) -> str:
    """A header and one turn in a row."""
    rows = (sign.join([f'"{who}"', clock(begin), f'"{words}"']) for who, begin, _, words in SAID)
    return "\n".join([sign.join(["speaker", "time", "text"]), *rows]) + "\n"


def whisper() -> str:
    """WhisperX."""
    segments = [
        {"start": begin, "end": end, "text": f" {words}", "speaker": who}
        for who, begin, end, words in SAID
    ]
    return json.dumps({"segments": segments, "language": "en"})


def word() -> bytes:
    """A Word file of paragraphs."""
    document = docx.Document()
    for who, _, _, words in SAID:
        document.add_paragraph(f"{who}: {words}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parquet() -> bytes:
    """A Parquet file of the turns of one transcript."""
    import pyarrow
    from pyarrow import parquet as files

    names = ("speaker", "start", "text")
    rows = [dict(zip(names, (who, begin, words), strict=True)) for who, begin, _, words in SAID]
    out = io.BytesIO()
    files.write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()


def excel() -> bytes:
    """An Excel file of turns."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["speaker", "time", "text"])
    for who, begin, _, words in SAID:
        sheet.append([who, clock(begin), words])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _office(element: str, attributes: str = "") -> str:
    """The XML of an OpenDocument text, as a part of a package or flat."""
    body = "".join(f"<text:p>{who}: {words}</text:p>" for who, _, _, words in SAID)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "table")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{element}{spaces} office:version="1.3"'
        f"{attributes}><office:body><office:text>{body}</office:text></office:body>"
        f"</office:{element}>"
    )


_ODT = "application/vnd.oasis.opendocument.text"


def fodt() -> str:
    """The flat XML of LibreOffice."""
    return _office("document", f' office:mimetype="{_ODT}"')


def odt() -> bytes:
    """A LibreOffice file of paragraphs."""
    names = ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", _ODT), ("content.xml", "text/xml"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _ODT)
        archive.writestr("content.xml", _office("document-content"))
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest{names}>{entries}</manifest:manifest>"
        )
    return out.getvalue()


def rtf() -> bytes:
    """RTF as Word writes it."""

    def coded(text: str) -> str:
        return "".join(one if one.isascii() else f"\\u{ord(one)}?" for one in text)

    lines = "".join(f"\\pard {coded(f'{who}: {words}')}\\par\n" for who, _, _, words in SAID)
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Times;}}}}\n{lines}}}".encode("ascii")


def html() -> str:
    """A page of paragraphs."""
    lines = "".join(f"<p><b>{who}:</b> {words}</p>\n" for who, _, _, words in SAID)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>E01</title></head><body>{lines}</body></html>"


def web_archive() -> str:
    """A page as a browser saves it with its pictures."""
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=part\n\n"
    kind = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return f"{head}--part\n{kind}{html()}\n--part--\n"


def otr() -> str:
    """JSON with HTML in it, of oTranscribe."""
    lines = "".join(
        f'<p><span class="timestamp" data-timestamp="{begin}">0:{begin // 60:02}:{begin % 60:02}</span>'
        f" {who}: {words}<br /></p>"
        for who, begin, _, words in SAID
    )
    return json.dumps({"text": lines, "media": "E01.mp3", "media-source": "", "media-time": 70})


def eaf() -> str:
    """ELAN."""
    times = [time for _, begin, end, _ in SAID for time in (begin, end)]
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="ts{n}" TIME_VALUE="{time * 1000}"/>'
        for n, time in enumerate(times, start=1)
    )
    tiers = ""
    for speaker in dict.fromkeys(who for who, *_ in SAID):
        inner = "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{n}" TIME_SLOT_REF1="ts{2 * n + 1}"'
            f' TIME_SLOT_REF2="ts{2 * n + 2}"><ANNOTATION_VALUE>{words}</ANNOTATION_VALUE>'
            "</ALIGNABLE_ANNOTATION></ANNOTATION>"
            for n, (who, _, _, words) in enumerate(SAID)
            if who == speaker
        )
        tiers += f'<TIER TIER_ID="{speaker}" LINGUISTIC_TYPE_REF="default">{inner}</TIER>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ANNOTATION_DOCUMENT AUTHOR="" FORMAT="3.0" '
        'VERSION="3.0"><HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>'
        f"<TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>"
    )


def textgrid() -> str:
    """Praat, the long text format."""
    speakers = list(dict.fromkeys(who for who, *_ in SAID))
    out = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 70\n'
    out += f"tiers? <exists>\nsize = {len(speakers)}\nitem []:\n"
    for number, speaker in enumerate(speakers, start=1):
        intervals, last = [], 0
        for who, begin, end, words in SAID:
            if who == speaker:
                intervals += [(last, begin, ""), (begin, end, words)]
                last = end
        intervals += [(last, 70, "")] if last < 70 else []
        out += f'    item [{number}]:\n        class = "IntervalTier"\n        name = "{speaker}"\n'
        out += f"        xmin = 0\n        xmax = 70\n        intervals: size = {len(intervals)}\n"
        for n, (begin, end, words) in enumerate(intervals, start=1):
            out += (
                f"        intervals [{n}]:\n            xmin = {begin}\n            xmax = {end}\n"
            )
            out += f'            text = "{words}"\n'
    return out


def pdf() -> bytes:
    """One page of lines, with the standard font."""
    lines, y = [], 780
    for who, _, _, words in SAID:
        text = f"{who}: {words}".encode("cp1252").decode("latin-1")
        lines.append(f"BT /F1 12 Tf 72 {y} Td ({text}) Tj ET")
        y -= 32
    stream = "\n".join(lines).encode("latin-1")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font.encode(),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def _bytes(make: Callable[[], str]) -> Callable[[], bytes]:
    return lambda: make().encode("utf-8")


# By suffix; the old formats, which only LibreOffice reads, cannot be made here.
SAMPLES: Mapping[str, Callable[[], bytes]] = {
    ".txt": _bytes(plain),
    ".md": _bytes(lambda: "\n\n".join(f"**{who}:** {words}" for who, _, _, words in SAID)),
    ".docx": word,
    ".docm": word,
    ".dotx": word,
    ".dotm": word,
    ".odt": odt,
    ".ott": odt,
    ".fodt": _bytes(fodt),
    ".rtf": rtf,
    ".pdf": pdf,
    ".html": _bytes(html),
    ".htm": _bytes(html),
    ".mht": _bytes(web_archive),
    ".mhtml": _bytes(web_archive),
    ".vtt": _bytes(lambda: "WEBVTT\n\n" + _cues(".", " --> ", "<v {}>")),
    ".srt": _bytes(srt),
    ".sbv": _bytes(lambda: _cues(".", ",", "{}: ")),
    ".csv": _bytes(lambda: table(",")),
    ".tsv": _bytes(lambda: table("\t")),
    ".xlsx": excel,
    ".xlsm": excel,
    ".json": _bytes(whisper),
    ".jsonl": _bytes(
        lambda: "\n".join(
            json.dumps({"speaker": who, "start": begin, "end": end, "text": words})
            for who, begin, end, words in SAID
        )
    ),
    ".ndjson": _bytes(
        lambda: "\n".join(
            json.dumps({"speaker": who, "time": clock(begin), "text": words})
            for who, begin, _, words in SAID
        )
    ),
    ".parquet": parquet,
    ".otr": _bytes(otr),
    ".eaf": _bytes(eaf),
    ".textgrid": _bytes(textgrid),
}
TIMED = (
    ".vtt",
    ".srt",
    ".sbv",
    ".csv",
    ".tsv",
    ".xlsx",
    ".xlsm",
    ".json",
    ".jsonl",
    ".ndjson",
    ".parquet",
    ".otr",
    ".eaf",
    ".textgrid",
)
