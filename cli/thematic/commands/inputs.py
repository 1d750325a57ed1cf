"""From a request to transcripts that are read and coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from thematic.commands.codebooks import files_of, usable_codebook
from thematic.commands.doubts import (
    ROLES,
    doubtful_judgements,
    only_interviewers,
    too_many,
    uneven_consent,
    unknown_in_transcripts,
    unknown_labels,
)
from thematic.commands.gleaned import Gleaned, Wanted
from thematic.commands.reading import Attributes, Inputs, read_transcripts
from thematic.commands.replied import take_replies
from thematic.commands.request import Request, faults, listing, study_file_of, study_of
from thematic.errors import NoTranscripts, Problem, Severity, TranscriptsUnusable
from thematic.model.codebook import Codebook, Unit
from thematic.model.labels import key_of
from thematic.model.study import Study

if TYPE_CHECKING:
    from thematic.coding.compiled import CompiledCodebook
    from thematic.commands.kept_codings import KeptCodings
    from thematic.model.coding import Codings
    from thematic.model.judged import Judgements


LARGE = 50_000_000  # characters that take more than half a minute


def read_inputs(
    request: Request, *, need_codebook: bool = True, show_progress: bool = False
) -> Inputs:
    """Read study, transcripts and codebook; faults in single transcripts are kept as data.

    Args:
        request: what to read.
        need_codebook: whether to read a codebook.
        show_progress: on standard error, where there is much to read.

    Raises:
        CodebookUnusable: the codebook (or the study file) has faults; all are listed.
        NoTranscripts: nothing to read.
        TranscriptsUnusable: nothing could be read, or `strict` and any fault, or a table of
            attributes that is declared and cannot be read: it may hold consent.
    """
    inputs = inputs_of(request, need_codebook=need_codebook)
    read_transcripts(request, inputs, show_progress=show_progress)
    take_replies(inputs)
    gleaned = Gleaned(Counter(transcript.kind for transcript in inputs.transcripts))
    gleaned.take(inputs.transcripts, wanted(request, inputs))
    ids = [transcript.id for transcript in inputs.transcripts]
    inputs.problems += told_by_all(request, inputs, gleaned, ids)
    if inputs.is_whole(request) and inputs.may_be_judged:
        from thematic.commands.absent import absent_transcripts

        inputs.problems += absent_transcripts(inputs)
    inputs.problems += only_interviewers(inputs.transcripts)
    _demand_something(request, inputs)
    return inputs


def inputs_of(request: Request, *, need_codebook: bool = True) -> Inputs:
    """The study and the codebook that a request names, and no transcript yet."""
    study_file = study_file_of(request.paths)
    inputs = Inputs(study_of(study_file, request), study_file)
    if need_codebook:
        inputs.book, problems = usable_codebook(request)
        # Notes on how a rule could be written are for `check`.
        inputs.problems += [p for p in problems if p.severity is not Severity.NOTE]
    inputs.use(*files_of(request, study_file))
    if study_file is not None:
        from thematic.store.place import STORE_FILE

        inputs.use(inputs.base / STORE_FILE)
    return inputs


def wanted(request: Request, inputs: Inputs, attributes: Attributes | None = None) -> Wanted:
    """What transcripts are asked besides their words; see `told_by_all`.

    Args:
        request, inputs: what is read.
        attributes: all that a table tells, where transcripts are not held at once.
    """
    labels = frozenset(map(key_of, _labels_named(request, inputs))) - ROLES
    own = inputs.study.speakers.transcripts if inputs.is_whole(request) else ()
    ids = frozenset(name for id, _ in own for name in (id, id.rpartition(".")[0]))
    cases = frozenset(row.get("case", "") for row in (attributes or {}).values())
    return Wanted(labels, ids, cases, everybody=attributes is None)


def told_by_all(
    request: Request, inputs: Inputs, gleaned: Gleaned, ids: Collection[str]
) -> Iterator[Problem]:
    """What is doubtful of all transcripts together.

    Args:
        request, inputs: what is read.
        gleaned: from all that could be read.
        ids: of these.
    """
    yield from uneven_consent(gleaned.consents, inputs.study)
    yield from unknown_labels(_labels_named(request, inputs), gleaned.labels)
    if inputs.is_whole(request) and not inputs.faulty:
        speakers = inputs.study.speakers
        yield from unknown_in_transcripts(speakers, gleaned.own, ids, inputs.study_file)
    yield from too_many(inputs.study, gleaned.kinds, inputs.study_file)


def _labels_named(request: Request, inputs: Inputs) -> list[str]:
    """Labels that should be found here: the study's, where the whole of it is read."""
    named = [*request.interviewer, *request.exclude]
    if inputs.is_whole(request):
        speakers = inputs.study.speakers
        named += [*speakers.interviewer, *speakers.respondent, *speakers.other]
        named += speakers.exclude or ()
        named += [written for written, _ in speakers.merge]
    return named


def code_inputs(request: Request, inputs: Inputs, *, show_progress: bool) -> Codings:
    """Code what was read, with progress on standard error for long work."""
    from thematic.report.talk import tell

    assert inputs.book is not None
    size = sum(len(transcript.text) for transcript in inputs.transcripts)
    if size > LARGE:
        tell(
            f"coding {size / 1e6:,.0f} million characters: this takes minutes",
            quiet=not show_progress,
        )
    left_out = excluded(request, inputs.study, inputs.book.codebook)
    unit = request.unit or (Unit(inputs.study.unit) if inputs.study.unit else None)
    keeper = None
    if request.cache and size <= LARGE:
        from thematic.commands.kept_codings import KeptCodings

        keeper = KeptCodings(inputs.book, left_out, inputs.base)
        inputs.to_keep.append(keeper.keep)
    inputs.to_keep.append(partial(keep_asked, request, inputs.book))
    codings = _coded(inputs, left_out, unit, keeper, show_progress=show_progress)
    inputs.keep()  # also where the output is not read to its end
    codings = replace(codings, judgements=_judgements(inputs))
    if codings.judgements is not None:
        from thematic.commands.uncounted import judged_uncounted
        from thematic.store.place import STORE_FILE

        inputs.problems += judged_uncounted(codings, str(inputs.base / STORE_FILE))
    return codings


def _coded(
    inputs: Inputs,
    left_out: tuple[str, ...],
    unit: Unit | None,
    keeper: KeptCodings | None,
    *,
    show_progress: bool,
) -> Codings:
    """All transcripts coded; those that an earlier run coded are not coded again."""
    from thematic.coding.together import together

    assert inputs.book is not None
    known = [keeper.coding(one) if keeper else None for one in inputs.transcripts]
    done = [coding for coding in known if coding is not None]
    pairs = zip(inputs.transcripts, known, strict=True)
    new = [transcript for transcript, coding in pairs if coding is None]
    if new:
        from thematic.coding.engine import code_transcripts
        from thematic.report.talk import progress

        size = sum(len(one.text) for one in new)
        with progress("coding", len(new), shown=show_progress, size=size) as advance:
            found = code_transcripts(
                new, inputs.book, unit=unit, exclude=left_out, progress=advance
            )
        done += keeper.coded(found.transcripts) if keeper else found.transcripts
    return together(done, inputs.book.codebook, unit, left_out)


def keep_asked(request: Request, book: CompiledCodebook) -> None:
    """Keep for the next run what the language libraries had to be asked in this one."""
    from thematic.commands.caching import keep_lexicon

    if request.cache and book.lexicon.asked:
        keep_lexicon(book.codebook, book.lexicon)
        book.lexicon.asked = False


def _judgements(inputs: Inputs) -> Judgements | None:
    """What people decided in this study; None where nothing was ever recorded."""
    if inputs.book is None or not inputs.may_be_judged:
        return None
    from thematic.review.judging import judgements
    from thematic.store.database import open_store

    store = open_store(inputs.base)
    if not store.is_there():
        return None
    texts = {transcript.id: transcript.text for transcript in inputs.transcripts}
    found = judgements(store.events(), texts, inputs.book.codebook.paths())
    inputs.problems += doubtful_judgements(found, store.path)
    return found if found.by_transcript or found.disputes else None


def excluded(request: Request, study: Study, codebook: Codebook) -> tuple[str, ...]:
    """Flags win over study.yaml, study.yaml over the codebook."""
    declared = study.speakers.exclude
    names = [*(codebook.exclude if declared is None else declared), *request.exclude]
    if request.include_interviewer:
        names = [name for name in names if name.casefold() != "interviewer"]
    return tuple(dict.fromkeys(names))


def _demand_something(request: Request, inputs: Inputs) -> None:
    errors = [problem for problem in inputs.problems if problem.severity is Severity.ERROR]
    if request.strict and errors:
        raise TranscriptsUnusable(
            f"{faults(errors)} in the transcripts, and --strict was given",
            listing(inputs.problems),
        )
    if not inputs.transcripts and inputs.faulty:
        raise TranscriptsUnusable("no transcript could be read", listing(inputs.problems))
    if not inputs.transcripts:
        raise NoTranscripts(
            "there are no transcripts here",
            listing([*inputs.problems, *inputs.skipped]) or "name files or a folder with some",
        )
