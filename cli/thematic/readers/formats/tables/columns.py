"""Which row of a table is its header, and which column holds what."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thematic.errors import Problem, Severity, did_you_mean
from thematic.model.nouns import dataclass
from thematic.readers.formats.column_names import (
    BEGIN,
    CODE,
    CODED_DOCUMENT,
    CODED_TEXT,
    DOCUMENT,
    END,
    LABEL,
    NODE,
    PEOPLE,
    QUESTION,
    SPEAKER,
    TEXT,
    columns_called,
    is_called,
    key_of_name,
    roles_named,
)
from thematic.readers.formats.tables.cells import column, is_clock, is_time, is_word
from thematic.readers.formats.tables.rows import HEADER_WITHIN, Row
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.roles import names_a_role, told_by

_SHORT = 60  # characters of a title that a note shows


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of turns hold; None where no column does."""

    text: int
    speaker: int | None = None
    begin: int | None = None
    end: int | None = None
    code: int | None = None
    document: int | None = None
    question: int | None = None
    count: int = 0  # columns of the header

    @property
    def used(self) -> set[int]:
        """The columns that are read."""
        places = (self.text, self.speaker, self.begin, self.end, self.document, self.question)
        return {place for place in places if place is not None}


def given_names(options: ReadOptions) -> tuple[str, ...]:
    """The columns that the user named."""
    names = (*options.text_columns, options.speaker_column, options.time_column, options.id_column)
    return tuple(name for name in names if name)


def header_at(rows: Sequence[Row], options: ReadOptions) -> int:
    """The index of the row that names the columns: the first, or one below title rows."""
    start = rows[:HEADER_WITHIN]
    given = given_names(options)
    if given:
        fits = (n for n, row in enumerate(start) if all(places(row.cells, one) for one in given))
        return next(fits, 0)
    scores = [roles_named(row.cells) for row in start]
    best = max(range(len(start)), key=lambda n: (scores[n], -n), default=0)
    is_header = scores[0] and sum(bool(cell.strip()) for cell in start[0].cells) > 1
    return 0 if scores[best] < 2 or is_header else best


def titles_note(rows: Sequence[Row], at: int) -> list[Problem]:
    """What is said of the rows above the header."""
    if not at:
        return []
    words = "; ".join(" ".join(filter(None, map(str.strip, row.cells))) for row in rows[:at])
    short = words if len(words) <= _SHORT else words[: _SHORT - 3] + "..."
    above = "the row above it is" if at == 1 else f"the {at} rows above it are"
    message = f"the header is this row; {above} left out: {short}"
    return [Problem("", rows[at].line, message, "", Severity.NOTE)]


def places(header: Sequence[str], name: str) -> list[int]:
    """The columns that a user's name means: as written, else as names are compared."""
    exact = [n for n, cell in enumerate(header) if _plain(cell) == _plain(name)]
    key = key_of_name(name)
    return exact or [n for n, cell in enumerate(header) if key and key_of_name(cell) == key]


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()


def named_column(header: Row, name: str, problems: list[Problem]) -> int | None:
    """The column that the user named; None and a Problem where there is none."""
    found = places(header.cells, name)
    if not found:
        listed = ", ".join(cell.strip() for cell in header.cells if cell.strip())
        hint = did_you_mean(name, header.cells) or f"the columns are: {listed}"
        problems.append(Problem("", header.line, f"there is no column {name!r}", hint))
        return None
    if len(found) > 1:
        message = f"the column {name!r} stands {len(found)} times; the first is taken"
        problems.append(Problem("", header.line, message, "rename one", Severity.WARNING))
    return found[0]


def turn_columns(
    header: Row, rows: Sequence[Row], options: ReadOptions, problems: list[Problem]
) -> Columns | None:
    """What the columns of a table of turns hold.

    None where a column that the user named is missing, with a Problem, or where no column
    is known to hold the text, without one.
    """
    given = {}
    wanted = (*options.text_columns[:1], options.speaker_column, options.time_column)
    for name in filter(None, wanted):
        place = named_column(header, name, problems)
        if place is None:
            return None
        given[name] = place
    find = _Finder(header.cells, rows, set(given.values()))
    text = given.get("".join(options.text_columns[:1]), find.text())
    if text is None:
        return None
    cut_out = is_called(header.cells[text], CODED_TEXT) and find.any((*CODE, *CODED_DOCUMENT))
    code = find.first((*CODE, *NODE), keep=False) if cut_out else find.first(CODE)
    is_coded = code is not None and not is_called(header.cells[code], LABEL)
    timed = is_clock if is_coded else is_time  # coded segments begin at paragraphs or letters
    begin = given.get(options.time_column, find.first(BEGIN, timed, keep=False))
    end = find.first(END, timed, keep=False) if begin is not None else None
    speaker = given.get(options.speaker_column, find.speaker(begin is not None))
    document = find.first(CODED_DOCUMENT if is_coded or cut_out else DOCUMENT, keep=False)
    question = find.first(QUESTION, is_word)
    if question is not None and document is None:  # perhaps a survey with one answer a row
        speaker = find.first(PEOPLE) if speaker is None else speaker
        document = speaker if find.names_respondents(speaker) else None
    code = None if code == speaker else code
    return Columns(text, speaker, begin, end, code, document, question, len(header.cells))


class _Finder:
    """Columns by their names and by what they hold; each is given once."""

    def __init__(self, names: Sequence[str], rows: Sequence[Row], taken: set[int]) -> None:
        self.names, self.rows, self.taken = names, rows, taken

    def first(
        self,
        known: Sequence[str],
        holds: Callable[[str], bool] | None = None,
        *,
        keep: bool = True,
    ) -> int | None:
        """The best free column of these names, most of whose cells hold the right thing.

        With `keep` it stays free for another use.
        """
        for n in columns_called(self.names, known):
            if n not in self.taken and (holds is None or self._mostly(n, holds)):
                if not keep:
                    self.taken.add(n)
                return n
        return None

    def any(self, known: Sequence[str]) -> bool:
        """Whether there is a column of these names."""
        return bool(columns_called(self.names, known))

    def text(self) -> int | None:
        """The best column for the text, with words in it if any has."""
        free = [n for n in columns_called(self.names, TEXT) if n not in self.taken]
        best = next((n for n in free if self._mostly(n, is_word)), None)
        best = best if best is not None or not free else free[0]
        if best is not None:
            self.taken.add(best)
        return best

    def speaker(self, has_times: bool) -> int | None:
        """The best column for the speaker; one called label must hold roles or stand by times."""
        for n in columns_called(self.names, SPEAKER):
            if n in self.taken:
                continue
            is_label = is_called(self.names[n], LABEL)
            if is_label and not has_times and not self._holds_roles(n):
                continue
            self.taken.add(n)
            return n
        return None

    def names_respondents(self, number: int | None) -> bool:
        """Whether a column is called after respondents, and no interviewer is among them."""
        if number is None or not is_called(self.names[number], PEOPLE):
            return False
        return not any(told_by(cell) for cell in set(column(self.rows, number)))

    def _holds_roles(self, number: int) -> bool:
        cells = set(column(self.rows, number))
        return any(names_a_role(cell) or told_by(cell.rstrip(": ")) for cell in cells)

    def _mostly(self, number: int, holds: Callable[[str], bool]) -> bool:
        cells = column(self.rows, number)
        return 2 * sum(map(holds, cells)) >= len(cells)
