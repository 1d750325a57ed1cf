"""Drawing units for people to judge: at random, by code, and spread over the interviews."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import NormalDist

from thematic.analysis.sources import may_quote
from thematic.errors import UsageError
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding, UnitSpan
from thematic.model.people import CONTEXT, Passage
from thematic.model.samples import UNCODED, DrawnUnit, Sample, SheetRow, Stratum
from thematic.model.study import Study
from thematic.model.transcript import Span

AT_LEAST = 2  # units of a stratum, so that how much they vary can be seen
MOST_CONTEXT = 300  # characters of a neighbouring turn that a sheet shows

Place = tuple[str, int, int]  # transcript, start, end


@dataclass(frozen=True)
class Candidate:
    """A unit of the frame and the codes asked for that rules suggest on it."""

    source: TranscriptCoding
    unit: UnitSpan
    suggested: tuple[str, ...]
    rules: tuple[tuple[str, str, str], ...]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.source.transcript.id, self.unit.span.start, self.unit.span.end


@dataclass(frozen=True)
class Frame:
    """All units that can be drawn, by stratum, and how many were left out.

    Each unit belongs to one stratum: that of the rarest of its codes, or UNCODED.
    """

    strata: Mapping[str, Sequence[Candidate]]
    withheld: int
    drawn_before: int


def frame_of(
    codings: Codings,
    study: Study,
    codes: Sequence[str],
    *,
    kind: str = "",
    with_withheld: bool = False,
    drawn_before: Collection[Place] = (),
) -> Frame:
    """The units of a study that can be drawn.

    Args:
        codings: the coded study.
        study: who may be quoted.
        codes: paths of the codes to ask for.
        kind: only transcripts of this kind; "" = all.
        with_withheld: keep units whose words may not be quoted.
        drawn_before: units of earlier samples; what overlaps one of them is left out.

    Raises:
        UsageError: the unit is the whole transcript, or no unit is left.
    """
    if codings.unit is Unit.TRANSCRIPT:
        raise UsageError("whole transcripts cannot be judged in a sheet", "choose --unit turn")
    taken: dict[str, list[Span]] = defaultdict(list)
    for transcript, start, end in drawn_before:
        taken[transcript].append(Span(start, end))
    free: list[Candidate] = []
    withheld = before = 0
    for source in codings.transcripts:
        if kind and source.transcript.kind != kind:
            continue
        quotable = with_withheld or may_quote(source.transcript, study)
        for candidate in _candidates(source, codings, codes):
            if not quotable:
                withheld += 1
            elif any(candidate.unit.span.overlaps(span) for span in taken[candidate.place[0]]):
                before += 1
            else:
                free.append(candidate)
    if not free:
        raise UsageError(
            "there is no unit to draw",
            f"{withheld} may not be quoted (--with-withheld), {before} were drawn before (--again)",
        )
    return Frame(_stratified(free, codes), withheld, before)


def _candidates(
    source: TranscriptCoding, codings: Codings, codes: Sequence[str]
) -> list[Candidate]:
    texts = {code.path: code.rules for code in codings.codebook.codes()}
    fired: dict[UnitSpan, dict[tuple[str, str, str], None]] = defaultdict(dict)
    for mention in source.counted():
        unit = source.unit_of(mention, codings.unit)
        for code in codes:
            if mention.code == code or mention.code.startswith(f"{code}/"):
                rule = texts[mention.code][mention.rule].text
                fired[unit][code, mention.code, rule] = None
    return [
        Candidate(
            source,
            unit,
            tuple(code for code in codes if any(rule[0] == code for rule in fired[unit])),
            tuple(fired[unit]),
        )
        for unit in source.units[codings.unit]
        if unit.words
    ]


def _stratified(free: Sequence[Candidate], codes: Sequence[str]) -> dict[str, list[Candidate]]:
    counts = Counter(code for candidate in free for code in candidate.suggested)
    strata: dict[str, list[Candidate]] = {name: [] for name in (*codes, UNCODED)}
    for candidate in free:
        # The first of equally rare codes, in codebook order.
        rarest = min(candidate.suggested, key=lambda code: counts[code], default=UNCODED)
        strata[rarest].append(candidate)
    return {name: found for name, found in strata.items() if found}


def size_for(units: int, margin: float, confidence: float = 0.95) -> int:
    """How many units of a stratum show a share to within a margin, at worst.

    From the binomial at one half, where shares vary most, corrected for a finite stratum.

    Args:
        units: of the stratum.
        margin: half the width of the interval, in (0, 0.5).
        confidence: of the interval.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    needed = z**2 * 0.25 / margin**2
    return min(units, math.ceil(needed / (1 + (needed - 1) / units) - 1e-9))


def shared_out(size: int, units: Mapping[str, int]) -> dict[str, int]:
    """How many units of each stratum a sample of a size holds.

    Half go to the units without a code, for there the misses are; the rest is shared equally
    by the codes' strata. What a stratum cannot give, the others do.

    Args:
        size: of the whole sample.
        units: of each stratum.

    Raises:
        UsageError: the size is too small for AT_LEAST of each stratum.
    """
    least = {name: min(AT_LEAST, number) for name, number in units.items()}
    if size < sum(least.values()):
        raise UsageError(
            f"--size {size} is too small for {len(units)} strata",
            f"take at least {sum(least.values())}, or fewer codes with --theme",
        )
    coded = {name: number for name, number in units.items() if name != UNCODED}
    half = min(units.get(UNCODED, 0), max(size // 2, least.get(UNCODED, 0)))
    half = min(half, size - sum(least[name] for name in coded))
    found = _equally(size - half, coded)
    rest = size - sum(found.values())
    return found | ({UNCODED: min(rest, units[UNCODED])} if UNCODED in units else {})


def _equally(size: int, units: Mapping[str, int]) -> dict[str, int]:
    found = dict.fromkeys(units, 0)
    while size > 0:
        open_ones = [name for name in units if found[name] < units[name]]
        if not open_ones:
            break
        for name in open_ones[:size]:
            found[name] += 1
        size -= min(size, len(open_ones))
    return found


@dataclass(frozen=True)
class Naming:
    """What a sample is called and under which codebook it is drawn."""

    name: str
    seed: int
    codes: tuple[str, ...]
    definitions: Mapping[str, str]
    rules: Mapping[str, str]


def draw(frame: Frame, sizes: Mapping[str, int], naming: Naming, codings: Codings) -> Sample:
    """A sample; the same frame, sizes and seed give the same one.

    Within a stratum every unit has the same chance. Units are taken at equal steps from the
    interviews one after another, so that each gives its share.
    """
    seed = naming.seed
    chosen = [
        (name, candidate)
        for name, units in frame.strata.items()
        for candidate in _spread(units, sizes[name], _random(seed, name))
    ]
    _random(seed, "rows").shuffle(chosen)
    width = len(str(len(chosen)))
    units = tuple(
        _drawn(f"{naming.name}-{number:0{width}}", name, candidate)
        for number, (name, candidate) in enumerate(chosen, start=1)
    )
    book = codings.codebook
    return Sample(
        name=naming.name,
        seed=seed,
        unit=codings.unit.value,
        codes=naming.codes,
        codebook=f"{book.name} {book.version}".strip(),
        codebook_hash=book.hash,
        definitions=naming.definitions,
        rules=naming.rules,
        strata=tuple(_stratum(name, units, sizes[name]) for name, units in frame.strata.items()),
        units=units,
        withheld=frame.withheld,
        drawn_before=frame.drawn_before,
    )


def _random(seed: int, what: str) -> Random:
    """A stream of its own for each part of a sample; nothing here is secret."""
    return Random(f"{seed}/{what}")  # noqa: S311


def _spread(units: Sequence[Candidate], size: int, random: Random) -> list[Candidate]:
    """Systematic sampling with a random start, interviews and their units in random order."""
    by_interview: dict[str, list[Candidate]] = defaultdict(list)
    for unit in units:
        by_interview[unit.source.transcript.id].append(unit)
    interviews = list(by_interview.values())
    random.shuffle(interviews)
    for interview in interviews:
        random.shuffle(interview)
    in_a_row = [unit for interview in interviews for unit in interview]
    if not size:
        return []
    step = len(in_a_row) / size
    start = random.random() * step
    places = (min(int(start + number * step), len(in_a_row) - 1) for number in range(size))
    return [in_a_row[place] for place in places]


def _stratum(name: str, units: Sequence[Candidate], drawn: int) -> Stratum:
    suggested = Counter(code for unit in units for code in unit.suggested)
    return Stratum(name, len(units), drawn, dict(suggested))


def _drawn(row: str, stratum: str, candidate: Candidate) -> DrawnUnit:
    text, span = candidate.source.transcript.text, candidate.unit.span
    passage = Passage(
        candidate.source.transcript.id,
        span,
        text[span.start : span.end],
        before=text[max(0, span.start - CONTEXT) : span.start],
        after=text[span.end : span.end + CONTEXT],
    )
    turn = candidate.unit.turn
    return DrawnUnit(row, passage, turn, stratum, candidate.suggested, candidate.rules)


def in_own_order(sample: Sample, coder: str) -> list[DrawnUnit]:
    """The units in the random order of one coder's sheet."""
    units = list(sample.units)
    _random(sample.seed, f"order/{coder}").shuffle(units)
    return units


def sheet_rows(units: Sequence[DrawnUnit], codings: Codings) -> list[SheetRow]:
    """The rows of a sheet: the words of each unit, with what stands before and after it."""
    sources = {source.transcript.id: source for source in codings.transcripts}
    return [_row(unit, sources[unit.passage.transcript], codings.unit) for unit in units]


def _row(drawn: DrawnUnit, source: TranscriptCoding, kind: Unit) -> SheetRow:
    turns = source.transcript.turns
    turn = turns[drawn.turn - 1]
    text = source.transcript.text
    same = [unit for unit in source.units[kind] if unit.turn == drawn.turn]
    place = next(n for n, unit in enumerate(same) if unit.span == drawn.passage.span)
    before = text[same[place - 1].span.start : same[place - 1].span.end] if place else ""
    after = ""
    if place + 1 < len(same):
        after = text[same[place + 1].span.start : same[place + 1].span.end]
    if not before and drawn.turn > 1:
        before = _end_of(turns[drawn.turn - 2].role.value, _words(source, drawn.turn - 1))
    if not after and drawn.turn < len(turns):
        after = _start_of(turns[drawn.turn].role.value, _words(source, drawn.turn + 1))
    return SheetRow(
        drawn.row,
        source.transcript.id,
        drawn.turn,
        turn.role.value,
        before,
        drawn.passage.quote,
        after,
    )


def _words(source: TranscriptCoding, number: int) -> str:
    span = source.transcript.turns[number - 1].span
    return source.transcript.text[span.start : span.end]


def _end_of(role: str, words: str) -> str:
    cut = words if len(words) <= MOST_CONTEXT else f"[…] {words[-MOST_CONTEXT:]}"
    return f"[{role}] {cut}" if role else cut


def _start_of(role: str, words: str) -> str:
    cut = words if len(words) <= MOST_CONTEXT else f"{words[:MOST_CONTEXT]} […]"
    return f"[{role}] {cut}" if role else cut
