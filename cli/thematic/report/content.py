"""The default report as data: facts, tables and quotes in the order they are read.

The terminal, Markdown and HTML each draw this one object.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from thematic.analysis.base import KindBase
from thematic.analysis.frequency import MANUAL
from thematic.analysis.overview import Overview
from thematic.analysis.result import ResultTable
from thematic.analysis.sources import is_remark
from thematic.model.codebook import Codebook
from thematic.model.judged import Standing
from thematic.model.nouns import dataclass
from thematic.model.study import Status
from thematic.report.grid import (
    Grid,
    frequency_grids,
    kind_plural,
    of_base,
    plural,
    stance_grid,
)

ALARM_LABEL = "ALARM"  # of facts that come before all others
INVENTED = "INVENTED TRANSCRIPTS: they show the tool and are no evidence about anyone."


@dataclass(frozen=True)
class QuotedCode:
    """The quotes of one code, and how much there is of it."""

    path: str
    definition: str
    color: str
    counts: str  # "15 of 20 interviews, 48 sentences; 3 quotes shown"
    quotes: tuple[dict[str, Any], ...]
    without: str  # which interviews lack it, so that they can be read


@dataclass(frozen=True)
class Report:
    """Everything the default report says, ready to draw."""

    heading: str  # "study NAME", or "codebook NAME" where there is no study
    title: str
    banner: str  # "" or INVENTED
    facts: tuple[tuple[str, str], ...]  # label, sentence
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]
    quoted: tuple[QuotedCode, ...]
    quote_notes: tuple[str, ...]


def report_content(
    overview: Overview,
    table: ResultTable,
    by_transcript: ResultTable,
    quotes: ResultTable,
    codebook: Codebook,
    *,
    codes: bool = False,
    changed: Sequence[tuple[str, str]] = (),
) -> Report:
    """Put the results of one run in reading order.

    Args:
        overview: the facts of the run.
        table: from `frequencies(by="kind")`.
        by_transcript: from `frequencies(by="transcript")`.
        quotes: from `quotes`.
        codebook: for definitions and colours.
        codes: show codes below the themes in the table.
        changed: from `changed_facts`, where there are earlier results; its alarms come first.
    """
    alarmed = [fact for fact in changed if fact[0] == ALARM_LABEL]
    others = [fact for fact in changed if fact[0] != ALARM_LABEL]
    return Report(
        heading=f"study {overview.study}" if overview.study else f"codebook {overview.codebook}",
        title=overview.title,
        banner=INVENTED if overview.status is Status.INVENTED else "",
        facts=(*alarmed, *_facts(overview), *others),
        grids=(*frequency_grids(table, codes=codes), *_stances(table, codebook)),
        notes=table.notes,
        quoted=tuple(quoted_codes(table, by_transcript, quotes, codebook)),
        quote_notes=quotes.notes,
    )


def _stances(table: ResultTable, codebook: Codebook) -> list[Grid]:
    grid = stance_grid(table, list(codebook.marks))
    return [grid] if grid else []


def _facts(overview: Overview) -> list[tuple[str, str]]:
    facts = [("Read", _read(overview)), ("Counted", _counted(overview))]
    facts.append(
        (
            "Coded by",
            f"rules, codebook {' '.join(f'{overview.codebook} {overview.version}'.split())} "
            f"({overview.codebook_hash}): "
            f"{overview.theme_codings:,} codings ({overview.unit} x theme), "
            f"{_by_people(overview)}",
        )
    )
    facts += [("Look at", text) for text in _look_at(overview)]
    return facts


def _by_people(overview: Overview) -> str:
    """How much of what is suggested people have judged, and what they say holds."""
    if not overview.people and not overview.settled:
        return "all suggested. NOT CHECKED BY ANYONE."
    disputed = f", {overview.differing:,} disputed" if overview.differing else ""
    return (
        f"suggested, of which {overview.checked:,} checked by {_people(overview.people)}: "
        f"{overview.right:,} right{disputed}. People say that {overview.decided:,} hold."
        f"{_settled(overview)}"
    )


def _people(names: Sequence[str]) -> str:
    """Who judged; nobody is named where all was recorded as the consensus."""
    if not names:
        return "people together"
    return f"{len(names)} {'person' if len(names) == 1 else 'people'} ({', '.join(names)})"


def _settled(overview: Overview) -> str:
    """What became of judgements that differ: of any code, whether or not rules suggest it."""
    if not overview.disputed and not overview.settled:
        return ""
    settled = f"{overview.settled or 'none'} settled together"
    if not overview.disputed:
        return f" Judgements: {settled}."
    return f" Judgements: {overview.disputed:,} disputed and not decided, {settled}."


def _read(overview: Overview) -> str:
    parts = [_read_kind(kind) for kind in overview.kinds]
    text = ", ".join(parts) + (" (kinds kept apart)" if len(parts) > 1 else "")
    if overview.faulty:
        text += f". NOT READ: {overview.faulty} file{_s(overview.faulty)} with faults"
    return text + "."


def _read_kind(kind: KindBase) -> str:
    of_declared = "" if kind.declared is None else f" of {kind.declared}"
    one = kind.read == 1 and kind.declared is None
    name = kind.kind if one else kind_plural(kind.kind).lower()
    said = f" ({kind.cases} person{_s(kind.cases)})"
    persons = said if kind.cases != kind.with_words else ""
    empty = f", {len(kind.empty)} without counted words ({', '.join(kind.empty[:4])})"
    return f"{kind.read}{of_declared} {name}{persons}{empty if kind.empty else ''}"


def _counted(overview: Overview) -> str:
    apart = [f"{kind.words:,} in {kind_plural(kind.kind).lower()}" for kind in overview.kinds]
    text = f"{overview.words:,} {overview.counted_in}"
    if len(apart) > 1:
        text += f" ({', '.join(apart)})"
    what = overview.counted_in
    left = [
        f"{part.speaker} {part.words:,} {what} in {part.turns:,} turn{_s(part.turns)}"
        for part in overview.left_out
    ]
    left.append(f"marks such as [inaudible] {overview.marks_left_out}")
    text += f". Left out: {', '.join(left)}."
    if overview.includes_interviewer:
        text += " Interviewers' words are counted in."
    return text


def _look_at(overview: Overview) -> list[str]:
    found = []
    if overview.uncoded_answers:
        shown = ", ".join(overview.uncoded_answers[:3])
        more = " …" if len(overview.uncoded_answers) > 3 else ""
        found.append(
            f"{len(overview.uncoded_answers)} answers of more than 80 words have no code "
            f"({shown}{more}): thematic show"
        )
    if overview.without_speakers:
        ids = ", ".join(overview.without_speakers[:6])
        more = " …" if len(overview.without_speakers) > 6 else ""
        found.append(f"no speakers are named in {ids}{more}: their paragraphs are their turns")
    found += overview.singled_out
    return found


def quoted_codes(
    table: ResultTable, by_transcript: ResultTable, quotes: ResultTable, codebook: Codebook
) -> list[QuotedCode]:
    """The quotes of each code with its counts, in the order of the quotes.

    Args:
        table: from `frequencies(by="kind")`, for the counts.
        by_transcript: from `frequencies(by="transcript")`, for those without the code.
        quotes: from `quotes`.
        codebook: for definitions and colours.
    """
    rows = _with_standing(quotes)
    counts = table.records()
    each = by_transcript.records()
    codes = {code.path: code for code in codebook.codes()}
    found = []
    for path in dict.fromkeys(row["code"] for row in rows):
        of_code = [row for row in rows if row["code"] == path]
        counted = [count for count in counts if count["code"] == path]
        found.append(
            QuotedCode(
                path=path,
                definition=codes[path].brief or codes[path].definition,
                color=codes[path].color or codes[codes[path].theme].color,
                counts=_quote_counts(counted, len(of_code), table.unit),
                quotes=tuple(of_code),
                without=_without([row for row in each if row["code"] == path]),
            )
        )
    return found


def _with_standing(quotes: ResultTable) -> list[dict[str, Any]]:
    """The quotes, each with who says that its code holds; "" where people said it of none."""
    rows = quotes.records()
    judged = any(row["status"] != Standing.SUGGESTED for row in rows)
    return [row | {"standing": _standing(row) if judged else ""} for row in rows]


def _standing(row: dict[str, Any]) -> str:
    alone = row["status"] == Standing.SUGGESTED
    return str(row["status"]) if alone else f"{row['status']}: {row['coder']}"


def _quote_counts(counts: Sequence[dict[str, Any]], shown: int, unit: str) -> str:
    parts = [
        f"{_whose(count, persons=not position)}, {_how_many(count, unit)}{_decided(count)}"
        for position, count in enumerate(counts)
    ]
    return f"{'; '.join(parts)}; {shown} shown"


def _how_many(count: dict[str, Any], unit: str) -> str:
    number = count["decided_units" if _is_manual(count) else "units"] or 0
    return f"{number} {unit if number == 1 else plural(unit).lower()}"


def _is_manual(count: dict[str, Any]) -> bool:
    return bool(count["coded_by"] == MANUAL)


def _decided(count: dict[str, Any]) -> str:
    """Which of both counts it was, and the other; nothing where nobody decided anything."""
    if _is_manual(count):
        return ", coded by people"
    decided = count["decided_units"]
    return "" if decided is None else f" suggested, {decided} decided"


def _found(count: dict[str, Any]) -> bool:
    """Whether rules suggest the code, or people say that it holds."""
    return bool(count["units"] or count["decided_units"])


def _whose(count: dict[str, Any], *, persons: bool) -> str:
    """n/N as in the table: persons of the first kind where these are fewer than transcripts."""
    kind = kind_plural(count["kind"]).lower()
    by = "decided_" if _is_manual(count) else ""
    if persons and count["cases_N"] != count["transcripts_N"]:
        return f"{of_base(count[f'{by}cases'] or 0, count['cases_N'], None)} persons of {kind}"
    found = count[f"{by}transcripts"] or 0
    return f"{of_base(found, count['transcripts_N'], None)} {kind}"


def pieces(quote: dict[str, Any]) -> list[tuple[str, bool]]:
    """A quote's words cut where rules matched: (text, whether a rule found it), in order."""
    return cut(str(quote["text"]), int(quote["unit_start"]), _spans(str(quote["spans"])))


def cut(text: str, offset: int, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Words that stand at `offset`, cut at some spans: (text, whether it lies in one)."""
    if is_remark(text):
        return [(text, False)]
    found: list[tuple[str, bool]] = []
    position = 0
    for start, end in sorted(spans):
        begin, stop = max(position, start - offset), min(len(text), end - offset)
        if begin < stop:
            found += [(text[position:begin], False), (text[begin:stop], True)]
            position = stop
    found.append((text[position:], False))
    return [(part, matched) for part, matched in found if part]


def _spans(written: str) -> list[tuple[int, int]]:
    pairs = (part.split("-") for part in written.split("; ") if part)
    return [(int(start), int(end)) for start, end in pairs]


def _without(rows: Sequence[dict[str, Any]]) -> str:
    """The transcripts of the first kind in which nothing is suggested or decided."""
    first = rows[0]["kind"] if rows else ""
    lacking = [row["transcript"] for row in rows if row["kind"] == first and not _found(row)]
    if not lacking:
        return ""
    more = f" and {len(lacking) - 12} more" if len(lacking) > 12 else ""
    shown = " ".join(lacking[:12])
    return f"Without this code: {shown}{more}. Read one: thematic show {lacking[0]} [PATHS]"


def _s(number: int) -> str:
    return "" if number == 1 else "s"
