r"""The running text of a LaTeX file, by pylatexenc; quotations by marks, commands and environments.

`\enquote`, `\textquote` and the like become quotation marks; paragraphs in `quote`,
`quotation`, `displayquote` and the like are block quotations. Math, citations, references
and what LaTeX does not print are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from thematic.model.manuscript import ManuscriptParagraph

_BLOCKS = "quote|quotation|displayquote|displaycquote|blockquote|quoting|verse"
_EDGE = re.compile(rf"\\(begin|end)\{{(?:{_BLOCKS})\*?\}}(?:\[[^\]]*\])?")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*(?=\S))?")
_PIECE = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_BODY = re.compile(r"\\begin\{document\}|\\end\{document\}")
_DOTS = re.compile(r"\\(?:l?dots|textellipsis)\b(?:\{\}|[ ])?")
_GERMAN = {'"`': "„", "\"'": "“", '"<': "«", '">': "»"}  # marks of babel


def latex_paragraphs(source: str) -> Iterator[ManuscriptParagraph]:
    """The paragraphs of a LaTeX file with the lines on which they begin."""
    edges = [match.span() for match in _BODY.finditer(source)]
    start = edges[0][1] if edges else 0
    end = edges[-1][0] if len(edges) > 1 else len(source)
    depth = 0
    for place, piece in _pieces(source, start, end):
        if edge := _EDGE.fullmatch(piece):
            depth = max(0, depth + (1 if edge[1] == "begin" else -1))
        elif words := _words(piece):
            line = 1 + source.count("\n", 0, place)
            yield ManuscriptParagraph(words, line, depth > 0)


def _pieces(source: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Edges of block quotations, and the paragraphs between them, with their positions."""
    for edge in [*_EDGE.finditer(source, start, end), None]:
        upto = edge.start() if edge else end
        for match in _PIECE.finditer(source, start, upto):
            yield match.start(), match[0]
        if edge:
            yield edge.start(), edge[0]
            start = edge.end()


def _words(piece: str) -> str:
    """What LaTeX prints of a paragraph."""
    piece = _DOTS.sub("…", _COMMENT.sub(r"\1", piece))
    if '"`' in piece or '"<' in piece or '">' in piece:
        for written, mark in _GERMAN.items():
            piece = piece.replace(written, mark)
    text: str = _converter().latex_to_text(piece)
    return text.strip()


@cache
def _converter() -> Any:
    """A converter of pylatexenc that knows the commands of csquotes."""
    from pylatexenc import latexwalker, macrospec
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    commands = {"enquote": "*{", "textquote": "*[[{", "blockquote": "*[[{", "textcquote": "*[[{[{"}
    commands |= {"foreignquote": "*{{", "textins": "*{", "textelp": "{"}
    signs = macrospec.std_macro
    walker = latexwalker.get_default_latex_context_db()
    walker.add_context_category(
        "quotations", prepend=True, macros=[signs(name, form) for name, form in commands.items()]
    )
    texts = get_default_latex_context_db()
    quoting = [name for name in commands if name.endswith("quote")]
    texts.add_context_category(
        "quotations",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, simplify_repl=_quoted) for name in quoting),
            MacroTextSpec("textins", simplify_repl=_inserted),
            MacroTextSpec("textelp", simplify_repl="[…]"),
        ],
    )
    converter = LatexNodes2Text(latex_context=texts, math_mode="remove", strict_latex_spaces=False)
    return _Converter(converter, walker)


class _Converter:
    """Parses with one set of commands and writes with another; damaged text is taken as it is."""

    def __init__(self, writer: Any, walker: Any) -> None:
        self._writer = writer
        self._walker = walker

    def latex_to_text(self, source: str) -> str:
        """The text, or the source where it cannot be parsed."""
        from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

        try:
            parsed = LatexWalker(source, latex_context=self._walker, tolerant_parsing=True)
            text: str = self._writer.nodelist_to_text(parsed.get_latex_nodes()[0])
        except (LatexWalkerError, RecursionError):
            return source
        return text


def _arguments(node: Any, writer: Any) -> list[str]:
    given = node.nodeargd.argnlist if node.nodeargd else []
    return [writer.nodelist_to_text([one]) for one in given if one is not None]


def _quoted(node: Any, l2tobj: Any) -> str:
    arguments = _arguments(node, l2tobj)
    source = f" ({'; '.join(arguments[:-1])})" if len(arguments) > 1 else ""
    return f"“{arguments[-1]}”{source}" if arguments else ""


def _inserted(node: Any, l2tobj: Any) -> str:
    arguments = _arguments(node, l2tobj)
    return f"[{arguments[-1]}]" if arguments else ""
