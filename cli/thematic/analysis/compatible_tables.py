"""Agreement on free passages as NVivo and MAXQDA show it, for reports that cite such figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import fmean
from typing import Any

from thematic.analysis.agreement.compatible import (
    MaxqdaAgreement,
    NVivoComparison,
    SegmentComparison,
    maxqda_agreement,
    nvivo_comparisons,
)
from thematic.analysis.agreement.spans import Continuum
from thematic.analysis.agreement_tables import POOLED
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.span_texts import SpanTexts

NVIVO_COLUMNS = ["pair", "transcript", "code", "pooled", "agreement", "kappa", "kappa_shown"]
NVIVO_COLUMNS += ["reason", "both", "first_only", "second_only", "neither", "length", "texts"]
MAXQDA_COLUMNS = ["pair", "transcript", "code", "overlap", "agreement", "kappa", "reason"]
MAXQDA_COLUMNS += ["agreeing", "first_only", "second_only", "segments", "expected", "texts"]
NVIVO_NOTES = (
    "NVivo-compatible figures (coding comparison query), to compare with reports that cite "
    "such; they are no recommendation. The unit is a character of the whole transcript, labels "
    "and interviewer included: nothing coded by either counts as agreement, which flatters "
    "codes that are rare.",
    "`mean` is the unweighted mean over transcripts. kappa_shown is what NVivo shows: 1 where "
    "kappa is undefined.",
)
MAXQDA_NOTES = (
    "MAXQDA-compatible figures (intercoder agreement by code overlap at segments), to compare "
    "with reports that cite such; they are no recommendation. The unit is a coded segment: an "
    "agreement of both counts once for each. Kappa takes chance as 1 / number of codes.",
)


def nvivo_table(texts: SpanTexts) -> ResultTable:
    """Each code in each transcript for every two coders; columns NVIVO_COLUMNS."""
    rows: list[dict[str, Any]] = []
    for first, second in combinations(texts.coders, 2):
        by_code: dict[str, list[NVivoComparison]] = {}
        for one in nvivo_comparisons(texts.texts, first, second):
            by_code.setdefault(one.code, []).append(one)
        for found in by_code.values():
            rows += [_characters(one) for one in found]
            rows.append(_mean(found))
    return table_of("nvivo-agreement", rows, NVIVO_COLUMNS, "character", NVIVO_NOTES)


def _characters(one: NVivoComparison) -> dict[str, Any]:
    why = "all characters or none were coded by both: kappa is 0/0" if one.kappa is None else None
    return {
        "pair": " and ".join(one.coders),
        "transcript": one.text,
        "code": one.code,
        "agreement": one.agreement,
        "kappa": one.kappa,
        "kappa_shown": one.shown_kappa,
        "reason": why,
        "both": one.both,
        "first_only": one.first_only,
        "second_only": one.second_only,
        "neither": one.neither,
        "length": one.length,
        "texts": 1,
    }


def _mean(found: Sequence[NVivoComparison]) -> dict[str, Any]:
    """The means over transcripts that NVivo's users report."""
    shares = [one.agreement for one in found if one.agreement is not None]
    kappas = [one.kappa for one in found if one.kappa is not None]
    return {
        "pair": " and ".join(found[0].coders),
        "code": found[0].code,
        "pooled": "mean",
        "agreement": fmean(shares) if shares else None,
        "kappa": fmean(kappas) if kappas else None,
        "kappa_shown": fmean(one.shown_kappa for one in found),
        "reason": None if kappas else "undefined in every transcript",
        "both": sum(one.both for one in found),
        "first_only": sum(one.first_only for one in found),
        "second_only": sum(one.second_only for one in found),
        "neither": sum(one.neither for one in found),
        "length": sum(one.length for one in found),
        "texts": len(found),
    }


def maxqda_table(texts: SpanTexts, *, overlap: float, by_transcript: bool = False) -> ResultTable:
    """The segments of every two coders, code by code and together; columns MAXQDA_COLUMNS.

    Args:
        texts: what coders marked.
        overlap: share of its length that a segment must share, in (0, 1].
        by_transcript: one set of rows for each transcript instead.
    """
    rows = [
        row | {"transcript": name or None, "texts": len(read)}
        for first, second in combinations(texts.coders, 2)
        for name, read in _parts(texts, (first, second), by_transcript=by_transcript)
        for row in _segments(maxqda_agreement(read, first, second, overlap=overlap))
    ]
    return table_of("maxqda-agreement", rows, MAXQDA_COLUMNS, "segment", MAXQDA_NOTES)


def _parts(
    texts: SpanTexts, pair: tuple[str, str], *, by_transcript: bool
) -> Iterator[tuple[str, list[Continuum]]]:
    read = [one for one in texts.texts if set(pair) <= set(one.coders)]
    if by_transcript:
        yield from ((one.id, [one]) for one in read)
    else:
        yield "", read


def _segments(found: MaxqdaAgreement) -> Iterator[dict[str, Any]]:
    base = {"pair": " and ".join(found.coders), "overlap": found.overlap}
    for one in found.codes:
        why = None if one.segments else "neither coder coded a segment"
        yield base | _counts(one.code, one) | {"reason": why}
    yield (
        base
        | _counts(POOLED, found.all_codes)
        | {
            "kappa": found.kappa,
            "expected": found.expected,
            "reason": found.reason or None,
        }
    )


def _counts(code: str, one: SegmentComparison) -> dict[str, Any]:
    return {
        "code": code,
        "agreement": one.agreement,
        "agreeing": one.agreeing,
        "first_only": one.first_only,
        "second_only": one.second_only,
        "segments": one.segments,
    }
