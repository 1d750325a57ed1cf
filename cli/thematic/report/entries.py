"""The quotes behind every number, as the page lists them: theme by theme, unit by unit."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from thematic.analysis.evidence import NEGATED, Asked, Evidence, top_cases
from thematic.analysis.sources import citation, is_remark, words_at
from thematic.model.coding import Codings
from thematic.model.judged import Standing
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.report.content import cut

ROOM = 10_000_000  # characters of quotes that a page holds, with what stands around each
_AROUND = 300  # of these, what stands around the words of one


@dataclass(frozen=True, slots=True)
class Label:
    """One code on a quote, and who says that it holds; "" where nobody judged anything."""

    code: str
    standing: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit under one theme.

    Args:
        id: of its element.
        transcript: place of its transcript in the study.
        counts: codes and columns in whose number it is, as `Finder.token` writes them.
        pieces: its words, and whether a rule found them.
        place: its citation.
        target: the element of the transcript that holds it, where the page has transcripts.
        withheld: what kept its mentions out; "" where any counts.
    """

    id: str
    transcript: int
    counts: str
    pieces: tuple[tuple[str, bool], ...]
    place: str
    target: str
    labels: tuple[Label, ...]
    negated: bool
    withheld: str


class Finder:
    """What the page's script is told of numbers and quotes, so that it can bring them together."""

    def __init__(self, codings: Codings, found: Sequence[Evidence]) -> None:
        self.codes = {path: place for place, path in enumerate(codings.codebook.paths())}
        transcripts = [source.transcript for source in codings.transcripts]
        self.transcripts = {one.id: place for place, one in enumerate(transcripts)}
        self.kinds = _numbered(one.kind for one in transcripts)
        self.cases = _numbered(one.case for one in transcripts)
        self.columns = _numbered(column for one in found for column in one.counts)
        self._top = top_cases(found)

    def counts(self, one: Evidence) -> str:
        """The tokens of a unit, apart by blanks."""
        return " ".join(
            self.token(column, path)
            for column, paths in one.counts.items()
            for path in sorted(paths, key=lambda path: self.codes[path])
        )

    def token(self, column: str, path: str) -> str:
        """`0.12`: number of the column, number of the code."""
        return f"{self.columns[column]}.{self.codes[path]}"

    def settled(self, asked: Asked) -> Asked:
        """The same question with the person named who has most."""
        if not asked.top:
            return asked
        case = self._top.get((asked.kind, asked.code), "")
        return replace(asked, case=case, top=False)

    def query(self, asked: Asked) -> str:
        """What to look for behind a number, as the page's address says it."""
        parts = {"count": self.token(asked.column, asked.code), "kind": str(self.kinds[asked.kind])}
        if asked.case:
            parts["case"] = str(self.cases[asked.case])
        if asked.transcript:
            parts["transcript"] = str(self.transcripts[asked.transcript])
        return "&".join(f"{name}={value}" for name, value in parts.items())


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def that_fit(found: Sequence[Evidence], room: int = ROOM) -> tuple[list[Evidence], int]:
    """The units whose quotes fit a page: of each code in each transcript as many as of any other.

    These are its first ones, and one at least.

    Returns:
        The units in their order, and how many of each code and transcript they are; 0 where
        all of them fit.
    """
    cells: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    ranks = []
    for one in found:
        code = next(iter(one.stands), one.theme)
        cell = cells[one.source.transcript.id, code, one.is_counted]
        ranks.append(len(cell))
        cell.append(len(one.span) + _AROUND)
    sizes = [0] * max(map(len, cells.values()), default=0)
    for cell in cells.values():
        for rank, size in enumerate(cell):
            sizes[rank] += size
    most = max(1, bisect_right(list(accumulate(sizes)), room))
    if most >= len(sizes):
        return list(found), 0
    return [one for one, rank in zip(found, ranks, strict=True) if rank < most], most


def entries(
    found: Sequence[Evidence],
    finder: Finder,
    study: Study,
    targets: Mapping[tuple[str, int], str],
    *,
    judged: bool,
) -> list[Entry]:
    """The quotes of some units.

    Args:
        found: units that fit.
        finder: of the study.
        study: consent and what citations may show.
        targets: by transcript ID and start, the element of the page that holds those words.
        judged: whether anybody decided anything, so that each says where it stands.
    """
    return [_entry(place, one, finder, study, targets, judged) for place, one in enumerate(found)]


def _entry(
    place: int,
    one: Evidence,
    finder: Finder,
    study: Study,
    targets: Mapping[tuple[str, int], str],
    judged: bool,
) -> Entry:
    transcript = one.source.transcript
    turn = transcript.turns[one.turn - 1]
    words = words_at(transcript, one.span, study)
    spans = ((mention.span.start, mention.span.end) for mention in one.mentions or one.withheld)
    return Entry(
        id=f"q{place}",
        transcript=finder.transcripts[transcript.id],
        counts=finder.counts(one),
        pieces=tuple(cut(words, one.span.start, spans)),
        place=citation(transcript, turn, one.span.start, study),
        target="" if is_remark(words) else targets.get((transcript.id, one.span.start), ""),
        labels=labels(one, judged=judged),
        negated=one.theme in one.counts.get(NEGATED, ()),
        withheld="" if one.is_counted else _reasons(one),
    )


def labels(one: Evidence, *, judged: bool) -> tuple[Label, ...]:
    """The codes of a unit, each with who says that it holds where anybody judged anything."""
    return tuple(
        Label(path, (f"{stand.status}: {stand.coder}" if _by_people(stand.status) else stand.status)
              if judged else "")
        for path, stand in one.stands.items()
    )  # fmt: skip


def _by_people(status: Standing) -> bool:
    return status is not Standing.SUGGESTED


def _reasons(one: Evidence) -> str:
    reasons = (f"{each.code} by {each.guard or 'a negation'}" for each in one.withheld)
    return "; ".join(dict.fromkeys(reasons))
