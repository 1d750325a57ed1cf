"""To which group of a table a turn belongs: by kind, person, speaker, role or attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from thematic.analysis.base import kinds_in_order
from thematic.analysis.sources import shown_speaker
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.labels import key_of
from thematic.model.study import Study
from thematic.model.transcript import Turn

BY_KIND, BY_SPEAKER, BY_ROLE = "kind", "speaker", "role"

Group = tuple[str, ...]  # the kind, then what `by` names
Grouping = Callable[[TranscriptCoding, Turn], Group]
_Value = TypeVar("_Value")


def grouping_by(by: str, codings: Codings, study: Study) -> Grouping:
    """How a counted turn of a transcript is assigned to a group."""
    names = _spellings(codings, study) if by == BY_SPEAKER else {}

    def group(coding: TranscriptCoding, turn: Turn) -> Group:
        transcript = coding.transcript
        match by:
            case "kind":
                return (transcript.kind,)
            case "transcript":
                return (transcript.kind, transcript.id)
            case "case":
                return (transcript.kind, transcript.case)
            case "role":
                return (transcript.kind, turn.role.value)
            case "speaker":
                key = key_of(shown_speaker(transcript, turn, study))
                return (transcript.kind, transcript.case, names[transcript.case, key])
            case _:
                return (transcript.kind, transcript.attributes.get(by, ""))

    return group


def _spellings(codings: Codings, study: Study) -> dict[tuple[str, str], str]:
    """By case and key, the label as it is written most often: `ANNA` and `Anna` are one."""
    counts = Counter(
        (coding.transcript.case, shown_speaker(coding.transcript, turn, study))
        for coding in codings.transcripts
        for turn in coding.transcript.turns
    )
    names: dict[tuple[str, str], str] = {}
    for (case, name), _ in counts.most_common():
        names.setdefault((case, key_of(name)), name)
    return names


def in_order(groups: Mapping[Group, _Value]) -> list[tuple[Group, _Value]]:
    """Groups and what belongs to them: interviews before other kinds, then by name."""
    kinds = {kind: place for place, kind in enumerate(kinds_in_order([g[0] for g in groups]))}
    return sorted(groups.items(), key=lambda item: (kinds[item[0][0]], item[0][1:]))
