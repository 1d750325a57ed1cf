"""Which codes a command line means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from thematic.commands.codebooks import codebook_of
from thematic.commands.request import Request
from thematic.errors import UnknownCode
from thematic.model.codebook import Codebook


def codes_named(codebook: Codebook, names: Iterable[str]) -> list[str]:
    """The paths of codes named by path, or by their last part where that is unique.

    Raises:
        UnknownCode: a name fits no code, or several.
    """
    return [_path(codebook, name) for name in names]


def _path(codebook: Codebook, name: str) -> str:
    paths = codebook.paths()
    if name in paths:
        return name
    ending = [path for path in paths if path.endswith(f"/{name}")]
    if len(ending) != 1:
        raise UnknownCode(name, [*ending, *paths] if ending else paths)
    return ending[0]


def codes_below(codebook: Codebook, names: Sequence[str], *, themes: bool = False) -> list[str]:
    """The paths named with all below them, in codebook order; no names = all."""
    roots = codes_named(codebook, names) or [theme.path for theme in codebook.themes]
    return [
        code.path
        for code in codebook.codes()
        if any(code.path == root or code.path.startswith(f"{root}/") for root in roots)
        and not (themes and code.depth)
    ]


def split_words(request: Request) -> tuple[Request, list[str]]:
    """Tell codes from transcripts among a command's words: `quotes finance E01.txt`.

    A word that is a code of the codebook is a code; write ./finance for a folder of that
    name. What is neither a code nor a path is an unknown code.
    """
    words = [str(path) for path in request.paths]
    if not words:
        return request, []
    paths = [word for word in words if Path(word).exists() or word == "-" or _is_pattern(word)]
    codebook = codebook_of(replace(request, paths=[Path(word) for word in paths]))
    codes = [word for word in words if word not in paths or word in codebook.paths()]
    named = codes_named(codebook, codes)
    kept = [Path(word) for word in words if word not in codes]
    return replace(request, paths=kept), named


def _is_pattern(word: str) -> bool:
    return any(sign in word for sign in "*?[")
