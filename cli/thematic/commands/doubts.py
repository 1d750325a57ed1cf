"""What is probably a slip in what the user declared: IDs, consent, labels, numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.gleaned import FEW_IDS, Consents
from thematic.errors import Problem, Severity, did_you_mean
from thematic.model.labels import key_of
from thematic.model.patterns import expression
from thematic.model.study import Consent, Speakers, Study
from thematic.model.transcript import Role, Span, Transcript
from thematic.model.turns import roles_heard

if TYPE_CHECKING:
    from thematic.model.codebook import Codebook
    from thematic.model.judged import Judgements
    from thematic.readers import Source


ROLES = frozenset(map(key_of, Role))  # which stand for labels where such are named
_WORD = expression(r"[^\W_]+")
_FEW_WORDS = 4  # of an example, that several people may say alike


def doubtful_consent(transcript: Transcript) -> list[Problem]:
    """A consent that is not understood, and so taken for none to quotation."""
    written = transcript.attributes.get("consent", "")
    if not written:
        return []
    if Consent.understood(written) is not Consent.NO_QUOTATION or "quot" in written.casefold():
        return []
    said = f"{transcript.id}: consent {written!r} is not understood; taken as no quotation"
    hint = "write one of: " + ", ".join(Consent)
    return [Problem("", 0, said, hint, Severity.WARNING)]


def uneven_consent(consents: Consents, study: Study) -> Iterator[Problem]:
    """Persons whose consent differs from one of their transcripts to another."""
    for case, each in consents.items():
        said: dict[str, list[str]] = {}
        for consent, ids in each.items():
            said.setdefault(consent or study.consent or "not stated", []).extend(ids)
        if len(said) > 1:
            told = "; ".join(
                f"{consent}: {', '.join(ids[:FEW_IDS])}" for consent, ids in said.items()
            )
            message = f"{case} has one consent here and another there ({told})"
            hint = "each transcript is treated by its own; write it into every row of the person"
            yield Problem("consent", 0, message, hint, Severity.WARNING)


def quoted_examples(
    codebook: Codebook, file: str, transcripts: Sequence[Transcript], study: Study
) -> Iterator[Problem]:
    """Examples of a codebook that are words of transcripts which may not be quoted."""
    from thematic.analysis.sources import may_quote, restrictions_on

    said = [(one.id, _plain(one.text)) for one in transcripts if not may_quote(one, study)] + [
        (one.id, _plain(one.text[held.span.start : held.span.end]))
        for one in transcripts
        for held in restrictions_on(one, Span(0, len(one.text)), study)
    ]
    for code in codebook.codes():
        for example in (*code.examples, *code.counter_examples):
            words = _plain(example.text)
            ids = [id for id, text in said if f" {words} " in f" {text} "]
            if ids and words.count(" ") >= _FEW_WORDS - 1:
                message = f"an example of {code.path} is words of {ids[0]}, which may not be quoted"
                hint = "write an invented one: a codebook is printed with its examples"
                yield Problem(file, example.line, message, hint, Severity.WARNING)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def unused_rows(
    table: Mapping[str, Mapping[str, str]],
    sources: Sequence[Source],
    file: Path | None,
    used: Collection[str] = (),
) -> Iterator[Problem]:
    """Rows of the attribute table that fit no transcript: most often a typing mistake.

    It is an error where the row forbids quotation, for somebody's words may now be quoted.

    Args:
        table: of attributes.
        sources: the files, and what one of several transcripts in a file may be called.
        file: of the table.
        used: rows that are known to fit one.
    """
    from thematic.readers import attributes_of

    matched = {id(row) for source in sources if (row := attributes_of(source, table))}
    for name, row in table.items():
        if id(row) in matched or name in used:
            continue
        consent = Consent.understood(row.get("consent", ""))
        withholds = consent is not None and not consent.may_quote
        message = f"no transcript has the ID {name!r}"
        if withholds:
            message += ", whose row forbids quotation"
        hint = did_you_mean(name, [source.id for source in sources]) or "check its ID"
        severity = Severity.ERROR if withholds else Severity.WARNING
        yield Problem(str(file or "attributes"), 0, message, hint, severity)


def unknown_labels(
    named: Sequence[str], labels: Iterable[str], nobody: str = "no transcript has a"
) -> Iterator[Problem]:
    """Labels that the user named and nobody has; `nobody` begins the message."""
    known = {key_of(label): label for label in labels}
    for label in dict.fromkeys(named):
        if key_of(label) not in known and key_of(label) not in ROLES:
            hint = did_you_mean(label, known.values()) or "see the labels with: thematic speakers"
            message = f"{nobody} speaker {label!r}"
            yield Problem("speakers", 0, message, hint, Severity.WARNING)


def unknown_in_transcripts(
    speakers: Speakers,
    labels: Mapping[str, Sequence[str]],
    ids: Collection[str],
    file: Path | None,
) -> Iterator[Problem]:
    """Settings of single transcripts that are not here, or of labels that nobody there has.

    Args:
        speakers: as the user declared them.
        labels: of the transcripts that may be meant, by ID.
        ids: of all transcripts.
        file: of the study.
    """
    for id, own in speakers.transcripts:
        found = labels.get(id, labels.get(id.rpartition(".")[0]))
        if found is None:
            message = f"speakers: no transcript has the ID {id!r}"
            hint = did_you_mean(id, ids) or "check its ID"
            yield Problem(str(file or "speakers"), 0, message, hint, Severity.WARNING)
            continue
        merged = (written for written, _ in own.merge)
        named = (*own.interviewer, *own.respondent, *own.other, *merged)
        yield from unknown_labels(named, found, f"{id} has no")


def only_interviewers(transcripts: Sequence[Transcript]) -> Iterator[Problem]:
    """Transcripts in which nobody answers: a label was missed, or a role is wrong."""
    for transcript in transcripts:
        if roles_heard(transcript.turns) == {Role.INTERVIEWER}:
            message = "only interviewers speak here, so nothing counts; is a label not recognised?"
            hint = f"look at it: thematic show {transcript.id} [PATHS]"
            yield Problem(transcript.id, 0, message, hint, Severity.WARNING)


def doubtful_judgements(found: Judgements, file: Path) -> Iterator[Problem]:
    """What people recorded and no count of what is decided takes up."""
    if found.disputed:
        message = (
            f"{found.disputed} judgements differ between coders: they are disputed, not decided"
        )
        hint = "see them: thematic agree --disagreements; settle: thematic decide --coder AK+BL"
        yield Problem(str(file), 0, message, hint, Severity.WARNING)
    if found.lost:
        message = f"{found.lost} judgements are on words or codes that are no longer there"
        yield Problem(str(file), 0, message, "see them: thematic log --recheck", Severity.WARNING)


def too_many(study: Study, kinds: Mapping[str, int], file: Path | None) -> Iterator[Problem]:
    """More transcripts of a kind than the study expects."""
    for kind, declared in study.expected.items():
        if kinds.get(kind, 0) > declared:
            message = f"{kinds[kind]} transcripts of kind {kind} are here, {declared} are expected"
            hint = "mend `expected`, or the attribute kind"
            yield Problem(str(file or "study.yaml"), 0, message, hint, Severity.WARNING)
