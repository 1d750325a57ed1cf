"""HTML pages, and what else is written in HTML.

lxml parses; its events are taken as they come, for the tree that it would build ends
without a word where elements lie 256 deep in one another. BeautifulSoup and html5lib were
weighed: they build such a tree too, in Python, and walk it by recursion.
"""

from __future__ import annotations

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.html_encoding import decode_html
from thematic.readers.formats.documents.html_text import HtmlText
from thematic.readers.formats.documents.layout import transcript_of
from thematic.readers.formats.documents.left_out import left_out
from thematic.readers.limits import passed
from thematic.readers.options import ReadOptions

Read = tuple[Transcript | None, list[Problem]]


def read_html(data: bytes, options: ReadOptions) -> Read:
    """A transcript from a web page: its paragraphs and tables, without scripts and menus."""
    text, problems = decode_html(data, options.encoding)
    if text is None:
        return None, problems
    transcript, more = read_html_text(text, options, "html", "web page")
    return transcript, problems + more


def read_html_text(text: str, options: ReadOptions, kind: str, what: str) -> Read:
    """A transcript from HTML as text.

    Args:
        text: the page, or a part of one.
        options: how the user wants it to be read.
        kind: the format of the transcript.
        what: the file, as messages name it.
    """
    from lxml import etree

    page = HtmlText()
    # A text of 10 MB between two tags would vanish without `huge_tree`; no tree is built.
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        blocks = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        return None, [Problem("", 0, f"no HTML that can be read: {error}", "save it again")]
    if is_own_report(page.generator):
        message = "not read: this is a report that thematic wrote, no transcript"
        return None, [Problem("", 0, message, "name the transcripts it was made of")]
    fault = passed("nesting", page.deepest, options.limits)
    if fault:
        return None, [fault]
    transcript, problems = transcript_of(blocks, options, kind, what)
    return transcript, problems + left_out(page.missing)


def is_own_report(generator: str) -> bool:
    """Whether a page's `generator` is this program."""
    return generator.casefold().split()[:1] == ["thematic"]
