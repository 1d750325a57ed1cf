"""The library in three calls: load transcripts, load a codebook, code.

import thematic

transcripts = thematic.load_transcripts("interviews/")
codebook = thematic.load_codebook("codebook.yaml")
codings = thematic.code(transcripts, codebook)
thematic.frequencies(codings).to_pandas()
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.codebooks import load_codebook as read_named_codebook
from thematic.commands.inputs import read_inputs
from thematic.commands.request import Request, listing
from thematic.errors import CodebookUnusable, Severity
from thematic.model.codebook import Codebook, Unit
from thematic.model.coding import Codings
from thematic.model.comparing import Against, Fewest
from thematic.model.context import WORDS, Sort
from thematic.model.judged import Basis
from thematic.model.study import Study
from thematic.model.tally import Scale
from thematic.model.transcript import Transcript

if TYPE_CHECKING:
    from thematic.analysis.network.tables import Networks
    from thematic.analysis.result import ResultTable
    from thematic.analysis.uncoded.search import Uncoded
    from thematic.commands.pseudonymising import Pseudonymised
    from thematic.commands.verifying import Verification
    from thematic.report.method import MethodNote

PathLike = str | os.PathLike[str]


def load_transcripts(
    *paths: PathLike,
    attributes: PathLike | None = None,
    interviewer: Sequence[str] = (),
    encoding: str = "",
    columns: Mapping[str, str | Sequence[str]] | None = None,
    strict: bool = True,
) -> list[Transcript]:
    """Read transcripts from files, folders and patterns, sorted by ID.

    Args:
        paths: as on the command line; a folder with a study.yaml is read as it says.
        attributes: a table with one row a transcript.
        interviewer: labels that are an interviewer's, beside the usual ones.
        encoding: of the files; "" = found out.
        columns: of tables (CSV, TSV, XLSX, Parquet): speaker, role, time, text, id or sheet -> its
            name; of a survey `text` may be a list, each column of which is an answer.
        strict: raise when any file has a fault; False reads the others.

    Raises:
        NoTranscripts: nothing to read.
        TranscriptsUnusable: a file has a fault; the hint lists all of them.
    """
    return load_study(
        *paths,
        attributes=attributes,
        interviewer=interviewer,
        encoding=encoding,
        columns=columns,
        strict=strict,
    )[1]


def load_study(
    *paths: PathLike,
    attributes: PathLike | None = None,
    interviewer: Sequence[str] = (),
    encoding: str = "",
    columns: Mapping[str, str | Sequence[str]] | None = None,
    strict: bool = True,
) -> tuple[Study, list[Transcript]]:
    """The study that a folder's study.yaml declares, and its transcripts; as load_transcripts."""
    request = Request(
        paths=[Path(path) for path in paths],
        attributes=None if attributes is None else Path(attributes),
        interviewer=interviewer,
        encoding=encoding,
        columns=[
            f"{role}={name}"
            for role, names in (columns or {}).items()
            for name in ([names] if isinstance(names, str) else names)
        ],
        strict=strict,
    )
    read = read_inputs(request, need_codebook=False)
    return read.study, sorted(read.transcripts, key=lambda transcript: transcript.id)


def load_codebook(name: PathLike) -> Codebook:
    """Read a codebook file, or a shipped codebook by its name.

    Raises:
        CodebookUnusable: it has faults (the hint lists all of them), or there is none.
    """
    codebook, problems, _ = read_named_codebook(os.fspath(name))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or codebook is None:
        raise CodebookUnusable(f"the codebook has {len(errors)} faults", listing(problems))
    return codebook


def code(
    transcripts: Iterable[Transcript],
    codebook: Codebook,
    *,
    study: Study | None = None,
    unit: Unit | str | None = None,
    exclude: Sequence[str] | None = None,
    model: str = "",
) -> Codings:
    """Code transcripts by a codebook.

    Args:
        transcripts: in any order.
        codebook: from `load_codebook`.
        study: its unit and excluded speakers win over the codebook's.
        unit: what is counted once; None = as study or codebook say.
        exclude: roles or labels that do not count; None = as study or codebook say.
        model: an installed spaCy pipeline for `tokens` rules.

    Raises:
        CodebookUnusable: a rule cannot be compiled; the hint lists all faults.
    """
    from thematic.coding.compile import compile_codebook
    from thematic.coding.engine import code_transcripts

    book, problems = compile_codebook(codebook, model)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise CodebookUnusable("rules of the codebook have faults", listing(problems))
    study = study or Study()
    wanted = unit or study.unit
    left_out = study.speakers.exclude if exclude is None else exclude
    return code_transcripts(
        transcripts, book, unit=Unit(wanted) if wanted else None, exclude=left_out
    )


def uncoded(
    codings: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    by: str = "case",
    longest: int = 10,
    kind: str = "",
    everywhere: bool = False,
    model: str = "",
) -> Uncoded:
    """Look for what carries no code: long answers, silent cases, affirmed questions, near misses.

    The transcripts are coded again, by loosened rules and in their interviewers' turns.

    Args:
        codings: from `code`.
        study: consent, and what citations may show.
        codes: paths; only these and those below them. Empty = all.
        by: who is asked whether he or she speaks of a theme: case, transcript or speaker.
        longest: answers to list, of each kind of transcript.
        kind: only transcripts of this kind.
        everywhere: near misses also in sentences that carry other codes.
        model: an installed spaCy pipeline for `tokens` rules.

    Raises:
        CodebookUnusable: a rule cannot be compiled; the hint lists all faults.
        ValueError: `by` is none of the three.
    """
    from thematic.analysis.uncoded.search import search
    from thematic.analysis.uncoded.silence import By
    from thematic.coding.compile import compile_codebook
    from thematic.commands.probing import probes_of

    book, problems = compile_codebook(codings.codebook, model)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise CodebookUnusable("rules of the codebook have faults", listing(problems))
    return search(
        codings,
        probes_of(codings, book),
        study,
        codes=codes,
        by=By(by),
        longest=longest,
        kind=kind,
        everywhere=everywhere,
    )


def kwic(
    codings: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    words: Sequence[str] = (),
    lemmas: Sequence[str] = (),
    basis: Basis | str = Basis.SUGGESTED,
    sort: Sequence[str] = ("place",),
    context: int = WORDS,
) -> ResultTable:
    """Codes, or words that no code has, in context: one row for each mention.

    Args:
        codings: from `code`; with words only their transcripts and their codebook's language,
            lists and scope are used.
        study: consent, and what citations may show.
        codes: paths, each with all below it; empty = all, unless words are given.
        words: phrases as a rule has them, with globs and <lists>; then no codes.
        lemmas: words to be found in all their inflected forms; then no codes.
        basis: whose codings count: suggested, decided or standing.
        sort: place, left, keyword, right; the first one decides first.
        context: words of the same turn on each side.

    Raises:
        UsageError: a word is no rule; all faults are listed.
        ValueError: an unknown basis or order, or words and codes together.
    """
    from thematic.analysis.concordance import concordance
    from thematic.commands.word_search import search_words

    if codes and (words or lemmas):
        raise ValueError("either codes or words")
    if words or lemmas:
        transcripts = [source.transcript for source in codings.transcripts]
        codings = search_words(
            transcripts, words, lemmas, codebook=codings.codebook, exclude=codings.exclude
        )
    return concordance(
        codings,
        study,
        codes=codes,
        basis=Basis(basis),
        sort=[Sort(name) for name in sort],
        context=context,
        coded=not (words or lemmas),
    )


def method_note(
    codings: Codings,
    study: Study | None = None,
    *,
    faulty: int = 0,
    agreement: Sequence[str] = (),
) -> MethodNote:
    """What was really done in one run: text to paste, facts, and items of COREQ and SRQR.

    Args:
        codings: from `code`.
        study: what is declared about it.
        faulty: files that could not be read.
        agreement: paragraphs on the agreement of coders, where it was computed.
    """
    from thematic.commands.version import version
    from thematic.report.method import method_note as note

    return note(codings, study, version=version(), faulty=faulty, agreement=agreement)


def reproduce(
    tally: PathLike,
    codings: Codings,
    study: Study | None = None,
    *,
    counts: str,
    scale: str = "",
    by: str = "",
    names: Mapping[str, str] | None = None,
    accept: bool = False,
    basis: str = "suggested",
    quotes: int = 2,
) -> list[ResultTable]:
    """Compare a printed table with what a codebook gives.

    Args:
        tally: a .csv, .tsv, .xlsx, .md, .docx or .odt file.
        codings: from `code`.
        study: consent, and what citations may show.
        counts: what the table counts, said before looking: interviews, codings, mentions ...
        scale: count, percent, per-1000 ...; "" = percent where cells have a percent sign.
        by: what its groups are; "" = what their names fit.
        names: printed name -> code, group or `all`; of a row of totals `sum`, `any` or `base`.
        accept: take names that are only alike.
        basis: suggested, decided or standing.
        quotes: behind each cell that differs.

    Returns:
        Cells, ways of counting, names, and quotes behind the cells that differ.

    Raises:
        UsageError: the file holds no table, or a word means nothing.
    """
    from thematic.commands.reproduce import Wanted, reproduction

    wanted = Wanted(
        counts,
        Scale(scale) if scale else None,
        by,
        [f"{printed}={meaning}" for printed, meaning in (names or {}).items()],
        accept,
        Basis(basis),
    )
    found = reproduction(Path(tally), codings, study or Study(), wanted)
    return found.tables(codings, study or Study(), quotes)


def verify(
    folder: PathLike,
    *paths: PathLike,
    codebook: PathLike = "",
    level: str = "transcripts",
) -> Verification:
    """Recompute a folder of results, and say what is not the same and why.

    Args:
        folder: that `thematic report -o`, `batch` or `deposit` wrote.
        paths: of the transcripts, where they lie elsewhere than the manifest says.
        codebook: the file, likewise, or the name of a shipped one.
        level: transcripts (they are read and coded again), or codings (frequencies are counted
            from the folder's own codings, and no transcript is read).

    Returns:
        `is_identical`; `table`, one row a difference with its reason; `moved`, coded passages
        of changed transcripts that stand elsewhere now.

    Raises:
        NotVerified: there is no manifest, or the inputs are not found.
        ValueError: the level is neither of the two.
    """
    from thematic.commands.verifying import Level, verify_folder

    request = Request([Path(path) for path in paths], codebook=str(codebook))
    given = {"--codebook": str(codebook)} if codebook else {}
    return verify_folder(Path(folder), request, given, level=Level(level))


def diff(
    old: PathLike,
    new: PathLike,
    *paths: PathLike,
    before: PathLike | None = None,
    unit: str = "",
) -> list[ResultTable]:
    """Compare two codebooks, and with transcripts what follows; or two folders of results.

    Args:
        old, new: codebooks (files, or names of shipped ones), or folders.
        paths: of transcripts, which both codebooks are applied to.
        before: earlier versions of these, which the old codebook is applied to.
        unit: what is counted once; "" = as the new codebook says.

    Returns:
        `codebook-changes`; with transcripts also `coding-changes`, `cell-changes` and
        `rule-changes`, and with `before` `moved`. Of folders `verification`, one row a
        difference, and where transcripts changed and `paths` has them, `moved`.

    Raises:
        CodebookUnusable, NotVerified, NoTranscripts, TranscriptsUnusable: something cannot be
            read.
        ValueError: there is no such unit.
    """
    from thematic.commands.diffing import diff_codebooks, diff_folders

    request = Request([Path(path) for path in paths], unit=Unit(unit) if unit else None)
    if Path(old).is_dir() and Path(new).is_dir():
        return diff_folders(Path(old), Path(new), request).tables
    earlier = None if before is None else Path(before)
    return diff_codebooks(str(old), str(new), request, earlier).tables


def keyness(
    codings: Codings,
    study: Study | None = None,
    *,
    against: Against | str = Against.REST,
    by: str = "kind",
    groups: Sequence[str] = (),
    kind: str = "",
    codes: Sequence[str] = (),
    basis: Basis | str = Basis.SUGGESTED,
    unit: Unit | str | None = None,
    fewest: Fewest | None = None,
    most: int = 15,
) -> ResultTable:
    """Words that mark the talk with a code, without the words of the code's own rules.

    Args:
        codings: from `code`.
        study: consent.
        against: rest (the talk without the code) or groups (the talk with it in the other).
        by: what groups are: kind, or an attribute.
        groups: two of them, in the order wanted; empty = those that there are.
        kind: whose talk; "" = the first kind.
        codes: paths; empty = the themes.
        basis: whose codings count: suggested, decided or standing.
        unit: what is coded as a whole; None = the codings' unit.
        fewest: what a word needs to be listed; None = 5 times, by 2 persons, 3.84.
        most: words of each code and direction; 0 = all.

    Raises:
        UsageError: there are no such groups, or the language is written without blanks.
    """
    from thematic.analysis.keyness import keyness as key_words
    from thematic.commands.spoken_words import spoken_words

    return key_words(
        codings,
        spoken_words(codings),
        study,
        against=Against(against),
        by=by,
        groups=groups,
        kind=kind,
        codes=codes,
        basis=Basis(basis),
        unit=Unit(unit) if unit else None,
        fewest=fewest,
        most=most,
    )


def networks(
    codings: Codings,
    study: Study | None = None,
    *,
    actors: str = "",
    codes: Sequence[str] = (),
    basis: str = "suggested",
) -> Networks:
    """Tie actors that are named in one unit that carries a code; one network for each code.

    Args:
        codings: from `code`.
        study: consent, and what citations may show.
        actors: the list of the codebook that names them; "" = network.
        codes: paths; empty = the themes.
        basis: whose codings count: suggested, decided or standing.

    Raises:
        UsageError: there is no such list, or it names fewer than two actors.
    """
    from thematic.analysis.network.tables import networks as tie
    from thematic.commands.actor_search import actors_of, search_actors

    transcripts = [source.transcript for source in codings.transcripts]
    names = actors_of(codings.codebook, actors)
    named = search_actors(transcripts, codings.codebook, names, exclude=codings.exclude)
    return tie(codings, named, study, codes=codes, basis=Basis(basis))


def pseudonymise(
    transcripts: Sequence[Transcript],
    study: Study | None = None,
    *,
    names: Mapping[str, str] | PathLike | None = None,
    before: Pseudonymised | None = None,
    keep: Sequence[str] = (),
) -> Pseudonymised:
    """Replace names, labels and direct identifiers by pseudonyms; nothing is written.

    The result has the transcripts as they read now, `table()` of what was replaced and what
    looks like a name and was not, and the `key`, which leads back.

    Args:
        transcripts: in any order.
        study: consent, and which attributes citations show.
        names: name -> pseudonym ("" = a number is given), or a table with names.
        before: an earlier result, whose pseudonyms stay.
        keep: attributes to give, beside kind, case, consent and those that citations show.

    Raises:
        UsageError: the table of names has faults; the hint lists all.
    """
    from thematic.commands.names_met import names_listed
    from thematic.commands.pseudonymising import pseudonymised
    from thematic.model.pseudonyms import Named

    if names is None or isinstance(names, Mapping):
        listed = [Named(name, now, chosen=bool(now)) for name, now in (names or {}).items()]
    else:
        listed = names_listed(Path(names))[0]
    key = before.key if before else None
    return pseudonymised(transcripts, study or Study(), listed, key, keep=keep)
