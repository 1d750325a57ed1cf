"""Which codes a command line means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.codebooks import codebook_of
from thematic.commands.options import Counted
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.errors import UnknownCode, UsageError, did_you_mean
from thematic.model.codebook import Codebook
from thematic.model.judged import Basis

if TYPE_CHECKING:
    from thematic.model.coding import Codings


def codes_named(codebook: Codebook, names: Iterable[str]) -> list[str]:
    """The paths of codes named by path, or by their last part where that is unique.

    Raises:
        UnknownCode: a name fits no code, or several.
    """
    return [_path(codebook, name) for name in names]


def _path(codebook: Codebook, name: str) -> str:
    paths = codebook.paths()
    plain = {path.casefold(): path for path in paths}
    if name.casefold() in plain:
        return name if name in paths else plain[name.casefold()]
    ending = [path for path in paths if path.casefold().endswith(f"/{name.casefold()}")]
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


def codes_counted(codings: Codings, counted: Counted) -> list[str]:
    """The paths a table is to count: the themes, all codes, or those named with all below.

    Raises:
        UnknownCode: a name fits no code, or several.
        UsageError: what people decided is asked for, and nobody decided anything.
    """
    demand_decided(codings, counted.basis)
    only_themes = not (counted.names or counted.below)
    return codes_below(codings.codebook, counted.names, themes=only_themes)


def demand_decided(codings: Codings, basis: Basis) -> None:
    """See that people decided something, where that is what counts.

    Raises:
        UsageError: nobody did.
    """
    if basis is Basis.DECIDED and codings.judgements is None:
        raise UsageError(
            "nobody has decided anything in this study, so there is nothing to count",
            "leave --basis decided away; or begin with: thematic sample --coder NAME",
        )


def demand_decisions(codings: Codings, basis: Basis) -> None:
    """What people decided can be counted only where somebody decided something.

    Raises:
        UsageError: it is asked for, and nobody decided anything.
    """
    if basis is Basis.DECIDED and codings.judgements is None:
        raise UsageError(
            "nobody has decided anything in this study, so there is nothing to count",
            "leave --basis decided away; or begin with: thematic sample --coder NAME",
        )


def split_words(request: Request) -> tuple[Request, list[str]]:
    """Tell codes from transcripts among a command's words: `quotes finance E01.txt`.

    A word that is a code of the codebook is a code; write ./finance for a folder of that
    name. What is neither a code nor a path is an unknown code.
    """
    words = [str(path) for path in request.paths]
    if not words:
        return request, []
    paths = [word for word in words if _is_path(word)]
    codebook = codebook_of(replace(request, paths=[Path(word) for word in paths]))
    codes = [word for word in words if word not in paths or word in codebook.paths()]
    named = codes_named(codebook, codes)
    kept = [Path(word) for word in words if word not in codes]
    return replace(request, paths=kept), named


def _is_path(word: str) -> bool:
    """Whether a word is a file, a folder or a pattern, or is written like one."""
    from thematic.readers import READERS

    pattern = any(sign in word for sign in "*?[")
    return pattern or word == "-" or Path(word).exists() or Path(word).suffix.lower() in READERS


def demand_known(what: str, wanted: str, inputs: Inputs) -> None:
    """See that a filter names something that is there.

    Args:
        what: kind, speaker or transcript.
        wanted: the name; "" = no filter.
        inputs: what was read.

    Raises:
        UsageError: nothing of that name is there.
    """
    there = {
        "kind": [transcript.kind for transcript in inputs.transcripts],
        "speaker": [turn.speaker for t in inputs.transcripts for turn in t.turns if turn.speaker],
        "transcript": [transcript.id for transcript in inputs.transcripts],
    }[what]
    names = list(dict.fromkeys(there))
    fold = str.casefold if what == "speaker" else str
    if wanted and fold(wanted) not in {fold(name) for name in names}:
        hint = did_you_mean(wanted, names) or f"there are: {', '.join(names[:12])}"
        raise UsageError(f"there is no {what} {wanted!r}", hint)


def demand_group(by: str, own: Sequence[str], inputs: Inputs, *, quiet: bool) -> None:
    """See that a table can be grouped so, and tell where its values are shown nowhere else.

    Args:
        by: what the user asks for.
        own: what every study can be grouped by; the rest are attributes.
        inputs: what was read.
        quiet: tell nothing.

    Raises:
        UsageError: no transcript has such an attribute.
    """
    from thematic.report.talk import tell

    names = {name for transcript in inputs.transcripts for name in transcript.attributes}
    known = (*own, *sorted(names - set(own)))
    if by not in known:
        hint = did_you_mean(by, known) or f"there are: {', '.join(known)}"
        raise UsageError(f"no transcript has an attribute {by!r}", hint)
    if by not in (*own, *inputs.study.show_attributes):
        tell(
            f"{by} is not in show_attributes: its values stand here because --by asks for them",
            quiet=quiet,
        )
