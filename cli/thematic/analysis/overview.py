"""What a report says before its tables: what was read, counted, left out, and by what coded."""

from __future__ import annotations

from typing import Any

from thematic.analysis.base import KindBase, LeftOut, bases, left_out, without_speakers
from thematic.analysis.coded import suggestions_of
from thematic.analysis.decided import verdicts
from thematic.analysis.sources import singling_out
from thematic.model.coding import Codings, MentionStatus
from thematic.model.nouns import dataclass
from thematic.model.study import Status, Study
from thematic.model.transcript import Role

LONG_ANSWER = 80  # words of an answer that one expects to carry some code


@dataclass(frozen=True)
class Overview:
    """The facts that stand above every table; all counts are of this run."""

    study: str
    title: str
    status: Status
    codebook: str
    version: str
    codebook_hash: str
    unit: str
    scope: str
    kinds: tuple[KindBase, ...]
    words: int  # of counted turns
    counted_in: str  # words, or characters
    left_out: tuple[LeftOut, ...]
    marks_left_out: int
    theme_codings: int  # unit x theme
    mentions: int
    withheld: int
    without_speakers: tuple[str, ...]
    uncoded_answers: tuple[str, ...]  # "ID turn N" of long answers without any code
    singled_out: tuple[str, ...]  # warnings about attributes in citations
    faulty: int  # files that could not be read
    includes_interviewer: bool
    checked: int = 0  # suggested theme codings that people judged, disputed ones too
    right: int = 0  # of these, those that hold
    differing: int = 0  # of these, those on which people differ and nobody settled it
    decided: int = 0  # theme codings that people say hold, suggested or not
    people: tuple[str, ...] = ()  # who judged, by name
    disputed: int = 0  # judgements that differ between coders, suggested or not
    settled: int = 0  # judgements that coders took together


def overview(codings: Codings, study: Study | None = None, *, faulty: int = 0) -> Overview:
    """The facts about a coded study that its readers need before any number."""
    study = study or Study()
    book = codings.codebook
    every = [m for source in codings.transcripts for m in source.mentions]
    return Overview(
        study=study.name,
        title=study.title,
        status=study.status,
        codebook=book.name,
        version=book.version,
        codebook_hash=book.hash[:8],
        unit=codings.unit.value,
        scope=book.scope.value,
        kinds=tuple(bases(codings, study)),
        counted_in=codings.counted_in,
        words=sum(source.words for source in codings.transcripts),
        left_out=tuple(left_out(codings)),
        marks_left_out=sum(source.marks_left_out for source in codings.transcripts),
        theme_codings=sum(
            suggestions_of(codings, codings.unit, theme.path) for theme in book.themes
        ),
        mentions=sum(m.status is MentionStatus.SUGGESTED for m in every),
        withheld=sum(m.status is MentionStatus.WITHHELD for m in every),
        without_speakers=tuple(without_speakers(codings)),
        uncoded_answers=tuple(_uncoded_answers(codings)),
        singled_out=tuple(_singled_out(codings, study)),
        faulty=faulty,
        includes_interviewer=_counts_interviewer(codings),
        **_people(codings),
    )


def _people(codings: Codings) -> dict[str, Any]:
    """What people judged of the themes; nothing where nobody did."""
    if codings.judgements is None:
        return {}
    themes = {theme.path for theme in codings.codebook.themes}
    found = [verdicts(codings, source, codings.unit) for source in codings.transcripts]
    return {
        "checked": sum(path in themes for one in found for path, _ in one.checked),
        "right": sum(path in themes for one in found for path, _ in one.right),
        "differing": sum(path in themes for one in found for path, _ in one.disputed),
        "decided": sum(path in themes for one in found for path, _ in one.holds),
        "people": codings.judgements.people,
        "disputed": codings.judgements.disputed,
        "settled": codings.judgements.settled,
    }


def _counts_interviewer(codings: Codings) -> bool:
    return any(
        turn.role is Role.INTERVIEWER and turn.number in source.counted_turns
        for source in codings.transcripts
        for turn in source.transcript.turns
    )


def _uncoded_answers(codings: Codings) -> list[str]:
    """Long counted turns of interviews in which no rule suggests anything."""
    found = []
    for source in codings.transcripts:
        coded = {mention.turn for mention in source.counted()}
        found += [
            f"{source.transcript.id} turn {turn.number}"
            for turn in source.transcript.turns
            if turn.speaker
            and turn.number in source.counted_turns
            and turn.number not in coded
            and source.turn_words[turn.number] > LONG_ANSWER
        ]
    return found


def _singled_out(codings: Codings, study: Study) -> list[str]:
    found = singling_out(codings, study)
    return [
        f"the attribute {name!r} shown in citations is one person's alone in {len(ids)} "
        f"transcript{'s' if len(ids) > 1 else ''}: {', '.join(ids[:6])}"
        + (" …" if len(ids) > 6 else "")
        for name, ids in found.items()
    ]
