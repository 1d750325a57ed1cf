"""Drawing units for people to judge: at random, by code, and spread over the interviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from random import Random

from thematic.analysis.sources import may_print
from thematic.errors import UsageError
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding, UnitSpan
from thematic.model.nouns import dataclass
from thematic.model.people import CONTEXT, Passage
from thematic.model.samples import UNCODED, DrawnUnit, Sample, Stratum
from thematic.model.study import Study
from thematic.model.transcript import Span

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
        for candidate in _candidates(source, codings, codes):
            span = candidate.unit.span
            if not (with_withheld or may_print(source.transcript, span, study)):
                withheld += 1
            elif any(span.overlaps(one) for one in taken[candidate.place[0]]):
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
        for candidate in _spread(units, sizes[name], random_for(seed, name))
    ]
    random_for(seed, "rows").shuffle(chosen)
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


def random_for(seed: int, what: str) -> Random:
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
