"""Groups of transcripts set against each other: two kinds, or two values of an attribute."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.analysis.base import bases, kinds_in_order
from thematic.errors import UsageError, did_you_mean
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.study import Study

BY_KIND = "kind"


@dataclass(frozen=True)
class Group:
    """Some transcripts of one kind, and what a count in them is out of.

    Args:
        name: the kind, or the attribute's value.
        kind: of all its transcripts.
        sources: those read, by ID.
        transcripts_n: with at least one counted word; of a kind, what the study declares.
        cases_n: persons with at least one counted word; of a kind, a declared transcript that
            was not read stands for one.
        words: counted ones.
    """

    name: str
    kind: str
    sources: tuple[TranscriptCoding, ...]
    transcripts_n: int
    cases_n: int
    words: int


def groups_of(
    codings: Codings, study: Study, by: str = BY_KIND, names: Sequence[str] = (), kind: str = ""
) -> list[Group]:
    """The groups of a study.

    Args:
        codings: the coded study.
        study: what is declared.
        by: `kind`, or the name of an attribute, of which only one kind of transcript is grouped:
            kinds are never pooled.
        names: kinds or values, in the order wanted; empty = all that there are.
        kind: whose attribute it is; "" = the first kind that has it.

    Raises:
        UsageError: there is no such attribute, kind or value.
    """
    if by == BY_KIND:
        return _kinds(codings, study, names)
    kind = kind or _kind_with(codings, by)
    of_kind = [source for source in codings.transcripts if source.transcript.kind == kind]
    values = sorted({source.transcript.attributes.get(by, "") for source in of_kind} - {""})
    if not values:
        known = sorted({name for one in of_kind for name in one.transcript.attributes})
        hint = did_you_mean(by, known) or f"there are: {', '.join([BY_KIND, *known])}"
        raise UsageError(f"no transcript has an attribute {by!r}", hint)
    _demand(names, values, by)
    return [_group(name, kind, by, of_kind) for name in names or values]


def two_groups(
    codings: Codings, study: Study, by: str = BY_KIND, names: Sequence[str] = (), kind: str = ""
) -> tuple[Group, Group]:
    """The two groups to compare; see `groups_of`.

    Raises:
        UsageError: there are not two, or more than two and none is named.
    """
    groups = groups_of(codings, study, by, names, kind)
    if len(groups) != 2 or groups[0].name == groups[1].name:
        there = ", ".join(group.name for group in groups) or "none"
        several = (
            "name two of them: --groups A B"
            if len(groups) > 1
            else "--by NAME of an attribute that parts them; --attributes TABLE gives attributes"
        )
        raise UsageError(
            f"two groups are needed, and by {by} there {'is' if len(groups) == 1 else 'are'}: "
            f"{there}",
            several,
        )
    return groups[0], groups[1]


def _kinds(codings: Codings, study: Study, names: Sequence[str]) -> list[Group]:
    found = {base.kind: base for base in bases(codings, study)}
    _demand(names, list(found), BY_KIND)
    return [
        Group(
            name=name,
            kind=name,
            sources=tuple(one for one in codings.transcripts if one.transcript.kind == name),
            transcripts_n=found[name].transcripts_n,
            cases_n=found[name].cases_n,
            words=found[name].words,
        )
        for name in names or found
    ]


def _kind_with(codings: Codings, by: str) -> str:
    """The first kind of which any transcript has the attribute; else the first kind."""
    having = [s.transcript.kind for s in codings.transcripts if s.transcript.attributes.get(by)]
    every = [source.transcript.kind for source in codings.transcripts]
    return kinds_in_order(having or every)[0]


def _group(name: str, kind: str, by: str, of_kind: Sequence[TranscriptCoding]) -> Group:
    sources = tuple(one for one in of_kind if one.transcript.attributes.get(by, "") == name)
    spoken = [source for source in sources if source.words]
    return Group(
        name=name,
        kind=kind,
        sources=sources,
        transcripts_n=len(spoken),
        cases_n=len({source.transcript.case for source in spoken}),
        words=sum(source.words for source in spoken),
    )


def _demand(names: Sequence[str], there: Sequence[str], by: str) -> None:
    for name in names:
        if name not in there:
            hint = did_you_mean(name, there) or f"there are: {', '.join(there)}"
            raise UsageError(f"no transcript has the {by} {name!r}", hint)
