"""Looking for words that no codebook names yet, by the rules that a codebook would use."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from thematic.errors import Problem, Severity, UsageError
from thematic.model.codebook import Codebook, Nested, Rule
from thematic.model.transcript import Transcript

if TYPE_CHECKING:
    from thematic.coding.lexicon import Lexicon
    from thematic.model.coding import Codings

NAME = "word"  # the one code under which the words are looked for


def search_words(
    transcripts: Iterable[Transcript],
    words: Sequence[str],
    lemmas: Sequence[str] = (),
    *,
    codebook: Codebook | None = None,
    lexicon: Lexicon | None = None,
    exclude: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Codings:
    """The transcripts coded by these words alone.

    Args:
        transcripts: in any order.
        words: phrases as a rule has them, with globs and the codebook's <lists>.
        lemmas: words to be found in all their inflected forms.
        codebook: its language, lists, scope and cues hold; None = English, and no lists.
        lexicon: of its language, with what is known of its words already.
        exclude: roles or labels that do not count; None = as the codebook says.
        progress: called with each ID before it is searched.

    Raises:
        UsageError: a word is no rule; all faults are listed.
    """
    rules = [*words, *({"lemma": lemma} for lemma in lemmas)]
    return search_named(
        transcripts,
        {NAME: rules},
        codebook=codebook,
        lexicon=lexicon,
        exclude=exclude,
        progress=progress,
    )


def search_named(
    transcripts: Iterable[Transcript],
    rules: Mapping[str, Sequence[Any]],
    *,
    codebook: Codebook | None = None,
    lexicon: Lexicon | None = None,
    exclude: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Codings:
    """The transcripts coded by rules under names of one's own, each a theme.

    Args:
        transcripts: in any order.
        rules: name -> rules as a codebook has them, with its <lists>.
        codebook: its language, lists, scope and cues hold; None = English, and no lists.
        lexicon: of its language, with what is known of its words already.
        exclude: roles or labels that do not count; None = as the codebook says.
        progress: called with each ID before it is searched.

    Raises:
        UsageError: a rule is none; all faults are listed.
    """
    from thematic.coding.compile import compile_codebook
    from thematic.coding.engine import code_transcripts

    ground = codebook or Codebook(name=NAME, themes=())
    read, problems = _read(rules, ground)
    _demand_none(problems)
    assert read is not None
    themes = tuple(replace(theme, rules=_spoken(theme.rules)) for theme in read.themes)
    plain = replace(ground, themes=themes, nested=Nested.CODE, model="", hash="")
    book, found = compile_codebook(plain, "", lexicon)
    _demand_none(found)
    return code_transcripts(transcripts, book, exclude=exclude, progress=progress)


def _read(
    rules: Mapping[str, Sequence[Any]], ground: Codebook
) -> tuple[Codebook | None, list[Problem]]:
    """Rules of a codebook: they mean here what they would mean there."""
    from thematic.readers import read_codebook

    lists = {name: list(members) for name, members in ground.lists.items()}
    themes = {name: {"definition": name, "rules": list(own)} for name, own in rules.items()}
    written: dict[str, Any] = {"codebook": NAME, "themes": themes}
    written |= {"language": ground.language} | ({"lists": lists} if lists else {})
    return read_codebook(json.dumps(written, ensure_ascii=False), NAME)


def _spoken(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(replace(rule, line=0) for rule in rules)


def _demand_none(problems: Iterable[Problem]) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        hints = "; ".join(dict.fromkeys(one.hint for one in errors if one.hint))
        raise UsageError("; ".join(dict.fromkeys(one.message for one in errors)), hints)
