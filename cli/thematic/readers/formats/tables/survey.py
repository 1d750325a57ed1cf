"""Survey answers: each row of a table is one respondent, some columns hold what they wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.readers.formats.tables.cells import cell_of, column, is_word
from thematic.readers.formats.tables.columns import header_at, places, titles_note
from thematic.readers.formats.tables.ids import UniqueIds
from thematic.readers.formats.tables.rows import Row, Table
from thematic.readers.formats.tables.survey_forms import Form, form_of, known_form
from thematic.readers.formats.tables.survey_guess import (
    answer_columns,
    asks,
    identifiers,
    is_question,
    wordiest,
)
from thematic.readers.formats.tables.survey_signs import id_column
from thematic.readers.formats.tables.survey_turns import answer_turns
from thematic.readers.options import ReadOptions

_KIND = "survey"
_MOST_HINTED = 2
_MOST_LISTED = 8


@dataclass(frozen=True)
class _Plan:
    """Which columns of a survey are answers, and which names the respondent."""

    form: Form
    answers: Sequence[int]
    id: int | None

    def attributes(self, row: Row) -> dict[str, str]:
        """All other cells of a row, by the names of their columns in small letters."""
        found: dict[str, str] = {}
        for n, name in enumerate(self.form.names):
            value = " ".join(cell_of(row.cells, n).split())
            if n in self.answers or n == self.id or not (name or value):
                continue
            plain = name.casefold() or f"column {n + 1}"
            found[plain if plain not in found else f"{plain} ({n + 1})"] = value
        return {**found, "kind": found.get("kind") or _KIND}


def read_survey(table: Table, options: ReadOptions) -> tuple[tuple[Transcript, ...], list[Problem]]:
    """One transcript a respondent, with the answers as turns and other columns as attributes.

    Its ID is the respondent's. A question that is a sentence stands above its answer as a
    turn of the interviewer, so that its words count as nobody's answer.
    """
    rows, problems = table.rows, list[Problem]()
    form = known_form(rows) or form_of(rows, header_at(rows, options))
    body = rows[form.first :]
    problems += titles_note(rows, form.at)
    plan = _plan(form, rows[form.at], body, options, problems)
    if plan is None:
        return (), problems
    _tell_beyond(body, len(form.names), problems)
    transcripts = tuple(_transcripts(plan, table, options, problems))
    if not transcripts:
        message = "nobody answered in these columns: " + _listed(form, plan.answers)
        problems.append(Problem("", rows[form.at].line, message, "name others with --column text="))
    return transcripts, problems


def _transcripts(
    plan: _Plan, table: Table, options: ReadOptions, problems: list[Problem]
) -> Iterator[Transcript]:
    ids = UniqueIds()
    silent: list[int] = []
    for number, row in enumerate(table.rows[plan.form.first :], start=plan.form.first + 1):
        answers = [(_question(plan, n), cell_of(row.cells, n)) for n in plan.answers]
        answers = [(question, words) for question, words in answers if words.strip()]
        if not answers:
            silent.append(row.line)
            continue
        row_number = row.line if table.kind == "xlsx" else number
        id = ids.give(cell_of(row.cells, plan.id), row_number)
        text, turns = answer_turns(answers, id, options.speakers)
        attributes = MappingProxyType(plan.attributes(row))
        yield Transcript(id, text, turns, table.kind, attributes)
    if ids.repeated:
        message = f"IDs that stand twice: {len(ids.repeated)}; their row is added to them"
        hint = "give each respondent an ID of their own"
        problems.append(Problem("", table.rows[0].line, message, hint, Severity.WARNING))
    if silent:
        message = f"respondents without an answer are left out: {len(silent)}"
        problems.append(Problem("", silent[0], message, "", Severity.NOTE))


def _question(plan: _Plan, number: int) -> str:
    asked = plan.form.questions[number]
    return asked if is_question(asked) else ""


def _plan(
    form: Form, header: Row, rows: Sequence[Row], options: ReadOptions, problems: list[Problem]
) -> _Plan | None:
    answers = [_place(form, header, name, problems) for name in options.text_columns]
    if options.id_column:
        id = _place(form, header, options.id_column, problems)
    else:
        id = id_column(form.names, rows)
    found = [n for n in answers if n is not None]
    if len(found) < len(answers) or (options.id_column and id is None):
        return None
    guessed = not found
    found = list(dict.fromkeys(found)) or [n for n in answer_columns(form, rows) if n != id]
    if not found:
        problems.append(_unclear(form, header, rows, id))
        return None
    plan = _Plan(form, found, id)
    _tell_plan(plan, rows, header.line, guessed, problems)
    return plan


def _place(form: Form, header: Row, name: str, problems: list[Problem]) -> int | None:
    """The column of a name or question; None and a Problem where there is none."""
    found = places(form.names, name) or places(form.questions, name)
    if not found:
        hint = f"the columns are: {_listed(form, range(len(form.names)))}"
        problems.append(Problem("", header.line, f"there is no column {name!r}", hint))
        return None
    if len(found) > 1:
        message = f"the column {name!r} stands {len(found)} times; the first is taken"
        problems.append(Problem("", header.line, message, "rename one", Severity.WARNING))
    return found[0]


def _listed(form: Form, numbers: Sequence[int]) -> str:
    names = [repr(form.names[n]) for n in numbers if form.names[n]]
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more


def _unclear(form: Form, header: Row, rows: Sequence[Row], id: int | None) -> Problem:
    message = "it is not clear which columns of this survey hold the answers"
    names = [form.names[n] for n in wordiest(form, rows, _MOST_HINTED)] or ["NAME"]
    words = [f'--column text="{name}"' for name in names]
    words += [f'--column id="{form.names[id]}"'] if id is not None else []
    return Problem("", header.line, message, f"name them, for example: {' '.join(words)}")


def _tell_plan(
    plan: _Plan, rows: Sequence[Row], line: int, guessed: bool, problems: list[Problem]
) -> None:
    form = plan.form
    if guessed:
        named = f"in {form.names[plan.id]!r}" if plan.id is not None else "the number of the row"
        message = (
            "read as a survey, one respondent a row: answers are in "
            f"{_listed(form, plan.answers)}; the ID is {named}; other columns are attributes"
        )
        hint = "choose yourself with --column text=NAME (may be repeated) and --column id=NAME"
        problems.append(Problem("", line, message, hint, Severity.NOTE))
        _tell_questions(plan, rows, line, problems)
    direct = identifiers(form.names)
    if direct:
        message = f"columns that tell who somebody is: {', '.join(direct[:_MOST_LISTED])}"
        hint = "they are attributes and never shown unasked; take them out if you need them not"
        problems.append(Problem("", line, message, hint, Severity.NOTE))


def _tell_questions(plan: _Plan, rows: Sequence[Row], line: int, problems: list[Problem]) -> None:
    """Questions with words below them that were not taken for answers: few or short ones."""
    left = [
        n
        for n, asked in enumerate(plan.form.questions)
        if n not in plan.answers and n != plan.id and n not in plan.form.added
        if asks(asked) and any(map(is_word, column(rows, n)))
    ]
    if left:
        message = f"questions with short answers are attributes: {_listed(plan.form, left)}"
        hint = "name all columns to be read, each with --column text=NAME"
        problems.append(Problem("", line, message, hint, Severity.NOTE))


def _tell_beyond(rows: Sequence[Row], count: int, problems: list[Problem]) -> None:
    beyond = [row.line for row in rows if any(cell.strip() for cell in row.cells[count:])]
    if beyond:
        message = f"rows with more cells than the header: {len(beyond)}; the last are left out"
        hint = "put cells that hold a delimiter in double quotes"
        problems.append(Problem("", beyond[0], message, hint))
