"""Outcomes of a talk about disagreements, as people wrote them into the list of these."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from thematic.errors import Problem, Severity, did_you_mean
from thematic.model.nouns import dataclass
from thematic.model.people import Decision, Verdict
from thematic.model.transcript import Span
from thematic.readers.decisions import Known, decisions_in
from thematic.readers.formats.tables.rows import Row
from thematic.readers.sheets import answer_in, unguarded

SAYS = "says "  # begins the head of a coder's column
_SAME = {"outcome": "decision", "reason": "note", "text": "quote", "words": "quote"}
_OUTCOMES = (Verdict.ACCEPT, Verdict.REJECT, Verdict.RECODE)
_HINT = "write yes (the code holds), no, recode with another code in `into`, or who was right"


@dataclass(frozen=True)
class Setting:
    """What the rows are read against.

    Args:
        known: transcripts, codes, and who decides where a row names nobody; without, the
            coders of the row, joined by +.
        settles: whether a name stands for several coders together.
        withheld: what may stand in place of words that may not be quoted.
        shown: words as lists show them.
        find: where words of a transcript, which stood at a place, stand now; None = nowhere.
    """

    known: Known
    settles: Callable[[str], bool]
    withheld: Collection[str]
    shown: Callable[[str], str]
    find: Callable[[str, Span, str], Span | None]


@dataclass(frozen=True)
class Outcome:
    """What was decided on one disagreement.

    Args:
        line: of the list.
        decision: what is to be recorded.
        said: coder -> yes or no, as the list has it.
    """

    line: int
    decision: Decision
    said: Mapping[str, str]


@dataclass(frozen=True)
class Adjudicated:
    """A list that came back: outcomes, rows without one (line -> cells), every fault by line."""

    outcomes: Sequence[Outcome]
    unfilled: Mapping[int, Mapping[str, str]]
    problems: Sequence[Problem]


def outcomes_in(rows: Sequence[Row], setting: Setting) -> Adjudicated:
    """The outcomes of a list that `thematic agree --disagreements` wrote. Never raises.

    Columns are known by their heads, and may be moved. `decision` (or `outcome`) holds yes or
    accept, no or reject, recode (with `into`), or the name of the coder who was right; `note`
    (or `reason`) why. Rows that say different things of one code on one passage are faults.
    """
    if not rows:
        return Adjudicated([], {}, [Problem("", 0, "the list is empty")])
    heads = _heads(rows[0].cells)
    head = Row(rows[0].line, [*heads, "coder"] if "coder" not in heads else list(heads))
    _, problems = decisions_in([head], setting.known)
    if problems:
        return Adjudicated([], {}, problems)
    outcomes: list[Outcome] = []
    unfilled: dict[int, Mapping[str, str]] = {}
    for row in rows[1:]:
        cells = dict(zip(heads, (cell.strip() for cell in row.cells), strict=False))
        if not any(cells.values()):
            continue
        if not cells.get("decision"):
            unfilled[row.line] = cells
            continue
        outcome, found = _outcome(cells, row.line, setting)
        outcomes += [outcome] if outcome else []
        problems += found
    return Adjudicated(outcomes, unfilled, [*problems, *_contradictions(outcomes)])


def _heads(cells: Sequence[str]) -> list[str]:
    """The heads, those that have another name for a known column under that name."""
    plain = [cell.strip() for cell in cells]
    lower = [cell if _is_coder(cell) else cell.casefold() for cell in plain]
    return [_SAME[cell] if cell in _SAME and _SAME[cell] not in lower else cell for cell in lower]


def _is_coder(head: str) -> bool:
    return head[: len(SAYS)].casefold() == SAYS


def _outcome(
    cells: Mapping[str, str], line: int, setting: Setting
) -> tuple[Outcome | None, list[Problem]]:
    said = {
        unguarded(head[len(SAYS) :]): cell.casefold()
        for head, cell in cells.items()
        if _is_coder(head) and cell
    }
    asked = [unguarded(head[len(SAYS) :]) for head in cells if _is_coder(head)]
    verdict, problems = _verdict(cells["decision"], said, asked, line)
    coder = cells.get("coder") or setting.known.coder or "+".join(said)
    if coder and not setting.settles(coder):
        hint = "write AK+BL, AK+BL+CM where a third person decided, or consensus"
        message = f"the coder {coder!r} is one person, whose own answer would be overwritten"
        problems.append(Problem("", line, message, hint))
    filled = _placed(cells, setting) | {"decision": verdict, "coder": coder}
    if cells.get("into"):
        filled["into"] = _path_of(cells["into"], setting.known.codes)
    known = replace(setting.known, coder="")
    decisions, found = decisions_in(
        [Row(line, list(filled)), Row(line, list(filled.values()))], known
    )
    # A fault of the outcome was told already, in words for this list.
    found = [one for one in found if verdict and one.severity is Severity.ERROR]
    problems += found
    if problems or not decisions:
        return None, problems
    return Outcome(line, decisions[0], said), []


def _path_of(written: str, codes: Collection[str]) -> str:
    """The code that is meant, whatever its capitals; what means none, or several, as it is."""
    if written in codes:
        return written
    same = [path for path in codes if path.casefold() == written.casefold()]
    return same[0] if len(same) == 1 else written


def _verdict(
    written: str, said: Mapping[str, str], asked: Sequence[str], line: int
) -> tuple[str, list[Problem]]:
    """The verdict that a cell means; "" with a problem where it means none."""
    silent = {name.casefold(): name for name in asked if name not in said}
    if written.casefold() in silent:
        message = f"{silent[written.casefold()]} did not judge this unit"
        return "", [Problem("", line, message, "write yes, no, or another coder who was right")]
    by_name = {name.casefold(): answer for name, answer in said.items()}
    plain = by_name.get(written.casefold(), written.casefold())
    if plain in set(_OUTCOMES):
        return plain, []
    answer = answer_in(plain)
    if answer is not None:
        return (Verdict.ACCEPT if answer else Verdict.REJECT).value, []
    hint = did_you_mean(plain, [*_OUTCOMES, "yes", "no", *said]) or _HINT
    if plain in set(Verdict):
        hint = f"{_HINT}; an {plain} is for: thematic decide"
    return "", [Problem("", line, f"there is no outcome {written!r}", hint)]


def _placed(cells: Mapping[str, str], setting: Setting) -> dict[str, str]:
    """The cells with a place that holds now: where words have moved, they are looked for."""
    quote = unguarded(cells.get("quote", ""))
    if quote in setting.withheld or quote.endswith("[…]"):
        return dict(cells) | {"quote": ""}
    text = setting.known.texts.get(cells.get("transcript", ""), "")
    start, end = cells.get("start", ""), cells.get("end", "")
    if quote and start.isdecimal() and end.isdecimal() and len(start + end) < 30:
        there = text[int(start) : int(end)]
        if _blanks(setting.shown(there)) == _blanks(quote):
            return dict(cells) | {"quote": ""}
        found = setting.find(cells["transcript"], Span(*sorted((int(start), int(end)))), quote)
        if found is not None:
            return dict(cells) | {"start": str(found.start), "end": str(found.end), "quote": ""}
    return dict(cells)


def _blanks(words: str) -> str:
    return " ".join(words.split())


def _contradictions(outcomes: Sequence[Outcome]) -> list[Problem]:
    first: dict[object, Outcome] = {}
    problems = []
    for one in outcomes:
        act = one.decision
        before = first.setdefault((act.passage.transcript, act.passage.span, act.code), one)
        other = before.decision
        if (act.verdict, act.into) != (other.verdict, other.into):
            message = (
                f"{act.code} is to be {_said(act)} here, and {_said(other)} in row {before.line}, "
                "on the same words"
            )
            problems.append(Problem("", one.line, message, "leave the outcome in one of the two"))
    return problems


def _said(decision: Decision) -> str:
    return f"{decision.verdict.value} {decision.into}".strip()
