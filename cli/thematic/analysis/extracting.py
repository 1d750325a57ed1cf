"""What one person is shown of what would be printed of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from thematic.analysis.listing import coding_rows
from thematic.analysis.quotes import quotes
from thematic.analysis.sources import consent_of, is_remark, shown_attributes, shown_speaker
from thematic.model.coding import Codings
from thematic.model.extracts import Extract, ExtractQuote
from thematic.model.study import Consent, Study
from thematic.model.transcript import Role, Span, Transcript

Place = tuple[str, Span]  # transcript, stretch


def extracts(
    codings: Codings,
    study: Study,
    cases: Sequence[str],
    *,
    per_code: int | None = 3,
    with_codes: bool = False,
    answered: Collection[Place] = (),
) -> list[Extract]:
    """The quotes of some persons, each passage once, in text order.

    Args:
        codings: the whole study, so that the same quotes are chosen as in a report.
        study: consent, and what citations may show.
        cases: persons, in the order wanted.
        per_code: as in `quotes`; None = every coded passage, under whatever code.
        with_codes: name the codes of each passage.
        answered: passages to leave out and to count.

    Returns:
        One extract for each person; words that may not be printed are in none.
    """
    codes = () if per_code else codings.codebook.paths()
    table = quotes(codings, study, codes=codes, per_code=per_code)
    coded = _codes_by_place(codings, study)
    named = coded if with_codes else {}
    rows = table.records()
    found: dict[str, dict[Place, ExtractQuote]] = defaultdict(dict)
    for row in rows:
        if not is_remark(row["text"]):
            quote = _quote(row, named)
            found[row["case"]].setdefault((quote.transcript, quote.span), quote)
    places = {id: len({span for span, _ in each}) for id, each in coded.items()}
    return [_extract(case, found[case], codings, study, answered, places) for case in cases]


def _quote(row: dict[str, Any], named: dict[str, list[tuple[Span, str]]]) -> ExtractQuote:
    span = Span(int(row["unit_start"]), int(row["unit_end"]))
    here = (code for place, code in named.get(row["transcript"], ()) if place.overlaps(span))
    return ExtractQuote(
        transcript=row["transcript"],
        span=span,
        words=row["text"],
        citation=row["citation"],
        turn=int(row["turn"]),
        time=row["time"],
        line=int(row["line"]),
        asked=row["asked"],
        codes=tuple(dict.fromkeys(here)),
    )


def _codes_by_place(codings: Codings, study: Study) -> dict[str, list[tuple[Span, str]]]:
    """By transcript, each coded unit and its code."""
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for row in coding_rows(codings, study).records():
        span = Span(int(row["unit_start"]), int(row["unit_end"]))
        found[row["transcript"]].append((span, row["code"]))
    return found


def _extract(
    case: str,
    quoted: dict[Place, ExtractQuote],
    codings: Codings,
    study: Study,
    answered: Collection[Place],
    coded: Mapping[str, int],
) -> Extract:
    own = [one.transcript for one in codings.transcripts if one.transcript.case == case]
    left = [quote for place, quote in quoted.items() if place not in answered]
    return Extract(
        case=case,
        study=study.title or study.name,
        status=study.status.value,
        named=" ".join(dict.fromkeys(how_named(one, study) for one in own)),
        quotes=tuple(sorted(left, key=lambda one: (one.transcript, one.span))),
        coded=sum(coded.get(one.id, 0) for one in own),
        answered=len(quoted) - len(left),
    )


def how_named(transcript: Transcript, study: Study) -> str:
    """How the person will be called beside quotes of a transcript, in a sentence."""
    consent = consent_of(transcript, study)
    if consent is not None and not consent.may_quote:
        return f"No words of {transcript.id} are quoted ({consent.value})."
    shown = " and ".join(_listed(_shown(transcript, study)))
    who = f"as {shown}, with the reference {transcript.id}" if shown else f"as {transcript.id}"
    if consent is None:
        return f"You will be named {who}. (No consent is on record; please say if this is wrong.)"
    by = "by name" if consent is Consent.NAMED else "by role only, without your name"
    return f"You will be named {by}: {who}."


def _shown(transcript: Transcript, study: Study) -> list[str]:
    """The labels of those who answer, as they are shown, and the attributes."""
    labels = (
        shown_speaker(transcript, turn, study)
        for turn in transcript.turns
        if turn.role is not Role.INTERVIEWER
    )
    return [*labels, *shown_attributes(transcript, study)]


def _listed(values: Iterable[str]) -> list[str]:
    return [f"“{value}”" for value in dict.fromkeys(values) if value]
