"""`thematic kwic`: keywords and codes in context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, excluded, read_inputs
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.context import WORDS, Sort
from thematic.model.judged import Basis

if TYPE_CHECKING:
    from thematic.coding.lexicon import Lexicon
    from thematic.model.codebook import Codebook
    from thematic.model.coding import Codings


@o.with_options
def kwic(
    request: Request,
    word: Annotated[
        list[str] | None,
        typer.Option("--word", help="Look for this phrase, written as in a rule: 'tax*'."),
    ] = None,
    lemma: Annotated[
        list[str] | None, typer.Option("--lemma", help="Look for every inflected form of this.")
    ] = None,
    sort: Annotated[
        list[Sort] | None,
        typer.Option(
            "--sort", help="Order: place, left, keyword, right; the first one given decides first."
        ),
    ] = None,
    context: Annotated[
        int, typer.Option("--context", min=0, help="Words of the same turn on each side.")
    ] = WORDS,
    kind: o.KindOpt = "",
    speaker: Annotated[str, typer.Option("--speaker", help="Only this speaker's words.")] = "",
    transcript: Annotated[str, typer.Option("--transcript", help="Only this transcript.")] = "",
    basis: o.BasisOpt = Basis.SUGGESTED,
    out: o.Output = o.SCREEN,
) -> None:
    """Show codes or words in context, aligned: thematic kwic [CODE…] [PATHS…]."""
    from thematic.analysis.concordance import concordance
    from thematic.commands.emit import emit, finish
    from thematic.commands.selection import demand_decided, demand_known
    from thematic.report.concordance import concordance_markdown, draw_concordance

    words, lemmas = word or (), lemma or ()
    request, codes = _asked(request, words, lemmas)
    inputs = read_inputs(request, need_codebook=bool(codes), show_progress=not out.quiet)
    for name, wanted in (("kind", kind), ("speaker", speaker), ("transcript", transcript)):
        demand_known(name, wanted, inputs)
    if codes:
        codings = code_inputs(request, inputs, show_progress=not out.quiet)
        demand_decided(codings, basis)
    else:
        codings = _found(request, inputs, words, lemmas, quiet=out.quiet)
    table = concordance(
        codings,
        inputs.study,
        codes=codes,
        basis=basis,
        sort=sort or (Sort.PLACE,),
        context=context,
        kind=kind,
        speaker=speaker,
        transcript=transcript,
        coded=bool(codes),
    )
    emit(
        table,
        out,
        lambda screen: draw_concordance(table, codes, inputs.study, screen),
        markdown=lambda: concordance_markdown(table, codes),
        inputs=inputs,
    )
    finish(inputs, quiet=out.quiet)


def _asked(
    request: Request, words: Sequence[str], lemmas: Sequence[str]
) -> tuple[Request, list[str]]:
    """What is to be read, and the codes that are asked for."""
    from thematic.commands.selection import split_words

    if words or lemmas:
        return request, []
    hint = "write thematic kwic CODE, or --word 'tax*' for words that no code has"
    if not request.paths:
        raise UsageError("nothing to look for", hint)
    request, codes = split_words(request)
    if not codes:
        raise UsageError("nothing to look for", hint)
    return request, codes


def _found(
    request: Request,
    inputs: Inputs,
    words: Sequence[str],
    lemmas: Sequence[str],
    *,
    quiet: bool,
) -> Codings:
    """The words looked for, with the language and the lists of the codebook, if there is one."""
    from thematic.commands.caching import keep_lexicon
    from thematic.commands.word_search import search_words
    from thematic.report.talk import progress

    book, lexicon = _ground(request)

    def keep() -> None:
        if request.cache and lexicon.asked:
            keep_lexicon(book, lexicon)

    inputs.to_keep.append(keep)
    with progress("looking", len(inputs.transcripts), shown=not quiet) as advance:
        return search_words(
            inputs.transcripts,
            words,
            lemmas,
            codebook=book,
            lexicon=lexicon,
            exclude=excluded(request, inputs.study, book),
            progress=advance,
        )


def _ground(request: Request) -> tuple[Codebook, Lexicon]:
    """The codebook that is named, if one is (words can be looked for without), and its words."""
    from thematic.coding.lexicon import Lexicon
    from thematic.commands.caching import cached_lexicon
    from thematic.commands.codebooks import codebook_named, usable_codebook
    from thematic.model.codebook import Codebook

    if codebook_named(request):
        book, _ = usable_codebook(request)
        return book.codebook, book.lexicon
    plain = Codebook(name="", themes=())
    return plain, cached_lexicon(plain) if request.cache else Lexicon(plain.language)
