"""What the search for uncoded talk needs: questions coded, rules loosened, phrases spelled out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from thematic.model.codebook import Code, Codebook, Nested, Rule, RuleKind, Unit
from thematic.model.coding import Codings
from thematic.model.transcript import Role, Transcript, Turn

if TYPE_CHECKING:
    from thematic.analysis.uncoded.gaps import TurnText
    from thematic.analysis.uncoded.loosened import Loosened
    from thematic.analysis.uncoded.search import Probes
    from thematic.analysis.uncoded.wording import LookedFor, Phrase
    from thematic.coding.compiled import CompiledCodebook

WIDER = 2  # times the distance that a `near` rule allows


Progress = Callable[[str], None]


def probes_of(
    codings: Codings,
    book: CompiledCodebook,
    *,
    questions: bool = True,
    near_misses: bool = True,
    progress: Progress | None = None,
) -> Probes:
    """All that `analysis.uncoded` needs beside a coded study.

    Args:
        codings: the study as it counts.
        book: the codebook it was coded by, compiled.
        questions: code interviewers' turns.
        near_misses: code again by loosened rules, and spell out what rules look for.
        progress: called with each ID before it is coded again.
    """
    from thematic.analysis.uncoded.search import Probes
    from thematic.coding.language import forms

    codebook = codings.codebook
    language = codebook.language
    wide = _turn_wide(codebook.scope)
    wider = list(_wider(codebook)) if near_misses else []
    lacking = list(_lacking(codebook)) if near_misses else []
    return Probes(
        looked_for=tuple(looked_for(book)) if near_misses else (),
        forms=lambda word: forms(word, language),
        read=lambda transcript, turn: turn_text(transcript, turn, codebook),
        questions=_questions(codings, book, progress) if questions else None,
        wider=_loosened(codings, wider, wide, progress) if wider else None,
        lacking=_loosened(codings, lacking, codebook.scope, progress) if lacking else None,
    )


def _questions(codings: Codings, book: CompiledCodebook, progress: Progress | None) -> Codings:
    """The interviewers' turns coded, with what people decided on them."""
    from thematic.coding.engine import code_transcripts

    others = [role.value for role in Role if role and role is not Role.INTERVIEWER]
    transcripts = [source.transcript for source in codings.transcripts]
    found = code_transcripts(
        transcripts, book, unit=codings.unit, exclude=others, progress=progress
    )
    return replace(found, judgements=codings.judgements)


def _turn_wide(scope: Unit) -> Unit:
    return Unit.TURN if scope in (Unit.SENTENCE, Unit.PARAGRAPH) else scope


Origin = tuple[tuple[str, int], str]  # a code's path, its rule's index; what is not asked for


def _wider(codebook: Codebook) -> Iterator[tuple[Rule, Origin]]:
    """Each `near` rule with twice its distance, in any order."""
    for code in codebook.codes():
        for index, rule in enumerate(code.rules):
            if rule.kind is RuleKind.NEAR:
                loose = replace(rule, within=WIDER * rule.within, in_order=False)
                yield loose, ((code.path, index), "")


def _lacking(codebook: Codebook) -> Iterator[tuple[Rule, Origin]]:
    """Each all/any rule of two or more parts, once without each part."""
    for code in codebook.codes():
        for index, rule in enumerate(code.rules):
            parts = len(rule.all) + bool(rule.any)
            if rule.kind is not RuleKind.BOOLEAN or parts < 2:
                continue
            for at, item in enumerate(rule.all):
                rest = rule.all[:at] + rule.all[at + 1 :]
                yield replace(rule, all=rest), ((code.path, index), item.text)
            if rule.any:
                said = "any of " + ", ".join(item.text for item in rule.any)
                yield replace(rule, any=()), ((code.path, index), said)


def _loosened(
    codings: Codings,
    rules: Sequence[tuple[Rule, Origin]],
    scope: Unit,
    progress: Progress | None,
) -> Loosened:
    """The transcripts coded by a codebook in which each loosened rule is a code of its own.

    So none of them takes the place of another by longest match.
    """
    from thematic.analysis.uncoded.loosened import Loosened
    from thematic.coding.compile import compile_codebook
    from thematic.coding.engine import code_transcripts

    names = [str(number) for number in range(len(rules))]
    themes = tuple(
        Code(path=name, rules=(rule,)) for name, (rule, _) in zip(names, rules, strict=True)
    )
    loose = replace(codings.codebook, themes=themes, scope=scope, nested=Nested.CODE, marks={})
    book, _ = compile_codebook(loose)
    transcripts = [source.transcript for source in codings.transcripts]
    found = code_transcripts(transcripts, book, exclude=codings.exclude, progress=progress)
    origin = {name: origin for name, (_, origin) in zip(names, rules, strict=True)}
    return Loosened(found, origin)


def looked_for(book: CompiledCodebook) -> Iterator[LookedFor]:
    """The phrases of every rule, of words that can be compared; none of patterns and guards."""
    from thematic.analysis.uncoded.wording import LookedFor
    from thematic.coding.characters import WITHOUT_BLANKS
    from thematic.coding.language import primary

    if primary(book.codebook.language) in WITHOUT_BLANKS:
        return
    words = [frozenset(_as_words(item.phrases)) for item in book.items]
    for rule in book.rules:
        parts = [words[item] for item in (*rule.items, *rule.all)]
        parts += [frozenset().union(*(words[item] for item in rule.any))] if rule.any else []
        yield LookedFor(rule.code, rule.index, tuple(parts))


def _as_words(phrases: Iterable[str]) -> Iterator[Phrase]:
    """Phrases as folded words, a `*` at a word's end kept; others with wildcards left out."""
    from thematic.coding.characters import ANY_LETTERS, ONE_LETTER, is_letter, token_pattern

    for phrase in phrases:
        words = token_pattern().findall(phrase.casefold())
        heads = [word.removesuffix(ANY_LETTERS) for word in words]
        if all(
            head and is_letter(head[0]) and ANY_LETTERS not in head and ONE_LETTER not in head
            for head in heads
        ):
            yield tuple(word.replace(ANY_LETTERS, "*") for word in words)


def turn_text(transcript: Transcript, turn: Turn, codebook: Codebook) -> TurnText:
    """A turn as coding reads it: its words, and its folded tokens outside notes."""
    from thematic.analysis.uncoded.gaps import TurnText
    from thematic.coding.characters import is_letter, token_pattern
    from thematic.coding.text import folded_text
    from thematic.coding.words import TurnWords

    words = TurnWords(transcript, turn, codebook.language)
    folded = folded_text(words.reading, accents=not codebook.ignore_accents)
    tokens = [
        (folded.raw(*match.span()), match.group())
        for match in token_pattern().finditer(folded.string)
        if is_letter(match.group()[0])
    ]
    spoken = [token for token in tokens if not any(words.notes.overlapping(token[0]))]
    return TurnText(words.words.spans, spoken)
