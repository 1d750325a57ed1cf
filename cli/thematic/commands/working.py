"""Commands that show transcripts as they are, for the researcher's own eyes, say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thematic.model.study import Study
    from thematic.model.transcript import Transcript

_MOST = 6  # transcripts that are named


def tell_raw(transcripts: Iterable[Transcript], study: Study, *, quiet: bool) -> None:
    """Say that words and labels stand here whatever the consent, where that matters."""
    from thematic.report.talk import tell

    said = raw_notice(transcripts, study)
    if said:
        tell(said, quiet=quiet)


def raw_notice(transcripts: Iterable[Transcript], study: Study) -> str:
    """The same as a line; empty where everybody may be quoted by name."""
    from thematic.analysis.sources import consent_of
    from thematic.model.study import Consent

    held = []
    for one in transcripts:
        consent = consent_of(one, study)
        if consent not in (None, Consent.NAMED):
            held.append(f"{one.id} ({consent})")
        elif one.id in study.restrictions:
            held.append(f"{one.id} (quotes withdrawn or to change)")
    if not held:
        return ""
    more = f" and {len(held) - _MOST} more" if len(held) > _MOST else ""
    named = ", ".join(held[:_MOST])
    return f"working tool: whatever the consent, for your own eyes only: {named}{more}"
