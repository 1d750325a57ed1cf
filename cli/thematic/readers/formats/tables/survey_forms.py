"""Tables as survey programs export them: their header rows, and what these say of each column."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace

from thematic.model.nouns import dataclass
from thematic.readers.formats.column_names import key_of_name
from thematic.readers.formats.tables.cells import cell_of, column, is_date, is_word
from thematic.readers.formats.tables.rows import Row
from thematic.readers.speakers.vocabulary import in_order

_LOOKED_AT = 6  # rows in which a header may stand
_SURE_OF = 2  # columns by which a second row of the header is told
# Columns that the programs add to the answers; nobody wrote their cells.
_ADDED = frozenset(
    in_order(
        """startdate enddate status ipaddress progress durationinseconds duration finished
        recordeddate responseid recipientlastname recipientfirstname recipientemail
        externalreference externaldatareference locationlatitude locationlongitude
        distributionchannel userlanguage qrecaptchascore respondentid collectorid datecreated
        datemodified emailaddress firstname lastname customdata1 id submitdate datesubmitted
        lastpage startlanguage seed datestarted datelastaction datestamp ipaddr refurl
        referrerurl token accesscode interviewtime totaltime timestamp zeitstempel marcatemporal
        horodateur username score punktzahl starttime completiontime email name startzeit
        fertigstellungszeit lastmodifiedtime language submissiontime submissiondate
        networkid tags uuid index xmlformid recordid redcapsurveyidentifier redcapeventname
        case serial ref questnnr mode started lastdata maxpage submitted responsenumber
        responsetype usuario correo nombre horadeinicio horadefinalización heurededébut
        heuredefin adressedemessagerie nom"""
    )
)
# Those that no other table has.
_SURE = frozenset(
    in_order(
        """responseid respondentid collectorid recordeddate recipientemail distributionchannel
        submitdate datesubmitted lastpage startlanguage completiontime fertigstellungszeit
        submissiontime submissiondate networkid redcapsurveyidentifier redcapeventname questnnr
        horadefinalización heuredefin"""
    )
)
_STAMPS = frozenset(
    in_order(
        """timestamp zeitstempel marcatemporal horodateur informazionicronologiche
        carimbodedatahora tijdstempel отметкавремени タイムスタンプ 时间戳记"""
    )
)
_TYPED = ("openendedresponse", "otherpleasespecify")
_PLAIN_ANSWERS = ("response", *_TYPED[:1])


@dataclass(frozen=True)
class Form:
    """The header of a survey's table.

    Args:
        names: of the columns, as attributes are called.
        questions: what was asked, for each column; the name where nothing else is known.
        at: index of the header's row.
        first: index of the first row with answers.
        typed: columns that the program says were typed freely; None = it does not say.
        known: whether the table is surely a survey program's.
        added: columns that programs add; nobody wrote what is in them.
    """

    names: Sequence[str]
    questions: Sequence[str]
    at: int
    first: int
    typed: frozenset[int] | None = None
    known: bool = False
    added: frozenset[int] = frozenset()


def form_of(rows: Sequence[Row], at: int) -> Form:
    """The form whose header is row `at`, with the header rows below it where there are some."""
    header = rows[at].cells
    keys = [key_of_name(cell) for cell in header]
    below = rows[at + 1].cells if at + 1 < len(rows) else []
    form = Form(
        [" ".join(name.split()) for name in header],
        header,
        at,
        at + 1,
        known=any(key in _SURE for key in keys) or _is_stamped(rows, at, keys),
        added=frozenset(n for n, key in enumerate(keys) if key in _ADDED),
    )
    imports = next((n for n in range(at + 1, min(at + 4, len(rows))) if _imports(rows[n])), None)
    if imports is not None:  # Qualtrics' CSV
        typed = frozenset(n for n, cell in enumerate(rows[imports].cells) if _is_typed(cell))
        form = replace(form, first=imports + 1, typed=typed, known=True)
        form = replace(form, questions=below) if imports > at + 1 else form
    elif form.known and (_repeats_names(keys, below) or _only_labels(rows, at, form.added)):
        form = replace(form, first=at + 2, questions=below)  # Qualtrics' Excel, SoSci
    elif form.known and _names_options(header, below, keys):  # SurveyMonkey
        typed = frozenset(n for n, c in enumerate(below) if key_of_name(c).startswith(_TYPED))
        names = _joined(header, below)
        form = replace(form, names=names, questions=names, first=at + 2, typed=typed)
    asked = [
        " ".join(cell_of(form.questions, n).split()) or one for n, one in enumerate(form.names)
    ]
    return replace(form, questions=asked)


def known_form(rows: Sequence[Row]) -> Form | None:
    """The form of a table that a survey program surely wrote; None where none shows."""
    for at in range(min(_LOOKED_AT, len(rows))):
        form = form_of(rows, at)
        if form.known:
            return form
    return None


def _is_stamped(rows: Sequence[Row], at: int, keys: Sequence[str]) -> bool:
    """Google Forms: the day and time of each answer stand in the first column."""
    if not keys or keys[0] not in _STAMPS or len(keys) < 2:
        return False
    stamps = column(rows[at + 1 :], 0)
    return bool(stamps) and all(map(is_date, stamps))


def _imports(row: Row) -> bool:
    return any(cell.strip().startswith('{"ImportId"') for cell in row.cells)


def _is_typed(cell: str) -> bool:
    """Whether Qualtrics' import ID is that of a text entry, such as QID3_TEXT."""
    try:
        data = json.loads(cell)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and str(data.get("ImportId", "")).endswith("TEXT")


def _repeats_names(keys: Sequence[str], below: Sequence[str]) -> bool:
    same = sum(
        key in _ADDED and key_of_name(cell_of(below, n)) == key for n, key in enumerate(keys)
    )
    return same >= _SURE_OF


def _only_labels(rows: Sequence[Row], at: int, added: Collection[int]) -> bool:
    """Whether the row below the header names columns whose other cells are numbers and dates."""
    labels = rows[at + 1].cells if at + 1 < len(rows) else []
    body = rows[at + 2 :]
    named = [n for n in added if is_word(cell_of(labels, n))]
    return bool(body) and sum(not any(map(is_word, column(body, n))) for n in named) >= _SURE_OF


def _names_options(header: Sequence[str], below: Sequence[str], keys: Sequence[str]) -> bool:
    """SurveyMonkey: below its own columns the second row is empty; below questions it is not."""
    own = [n for n, key in enumerate(keys) if key in _SURE]
    options = [key_of_name(cell) for cell in below if cell.strip()]
    blank = all(not cell_of(below, n).strip() for n in own)
    continued = len(below) > len(header) or any(not cell.strip() for cell in header)
    return blank and bool(options) and (continued or any(one in _PLAIN_ANSWERS for one in options))


def _joined(header: Sequence[str], below: Sequence[str]) -> list[str]:
    """`Question - option` for each column; the question stands above its first option only."""
    names: list[str] = []
    question = ""
    for n in range(max(len(header), len(below))):
        question = cell_of(header, n).strip() or question
        option = cell_of(below, n).strip()
        plain = not option or key_of_name(option) in _PLAIN_ANSWERS
        names.append(question if plain else f"{question} - {option}")
    return names
