"""Which column of a file of turns holds what."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.errors import Problem, did_you_mean
from thematic.model.nouns import dataclass
from thematic.readers.formats.column_names import (
    BEGIN,
    DOCUMENT,
    END,
    SPEAKER,
    TEXT,
    columns_called,
    is_called,
    thousandths,
)
from thematic.readers.formats.tables.columns import places
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.vocabulary import in_order

# The first are names of nothing else; a `transcript` may also be the words.
SURE_IDS = in_order(
    """transcriptid transcriptname documentid docid documentname interviewid interviewname
    conversationid dialogueid dialogid meetingid hearingid episodeid sessionid callid talkid
    recordingid transcriptno interviewno"""
)
_IDS = in_order("transcript interview conversation document doc episode hearing")
_ROLE = in_order("role speakerrole rolle rol rôle ruolo papel")
_MILLISECONDS = 0.001


@dataclass(frozen=True, slots=True)
class TurnColumns:
    """The names of the columns of a file of turns; "" where there is none."""

    text: str
    id: str = ""
    speaker: str = ""
    role: str = ""
    begin: str = ""
    end: str = ""
    scale: float = 1  # seconds in one unit of its times
    attributes: tuple[str, ...] = ()  # all others

    @property
    def read(self) -> tuple[str, ...]:
        """All that are read, each once."""
        own = (self.id, self.text, self.speaker, self.role, self.begin, self.end)
        return tuple(dict.fromkeys([*filter(None, own), *self.attributes]))


def columns_of(
    names: Sequence[str], options: ReadOptions, problems: list[Problem]
) -> TurnColumns | None:
    """What the columns of these names hold; None and a Problem where none has the words.

    Args:
        names: of the columns, in the order of the file.
        options: columns that the user named win.
        problems: gets what is wrong.
    """
    given = {
        "text": "".join(options.text_columns[:1]),
        "id": options.id_column,
        "speaker": options.speaker_column,
        "role": options.role_column,
        "begin": options.time_column,
    }
    taken = {role: _named(names, name, problems) for role, name in given.items() if name}
    if None in taken.values():
        return None
    free = [name for name in names if name not in taken.values()]

    def take(role: str, known: Sequence[str]) -> str:
        found = taken.get(role) or _first(free, known)
        if found in free:
            free.remove(found)
        return found

    id = take("id", SURE_IDS)
    text = take("text", [name for name in TEXT if id or name not in _IDS])
    id = id or take("id", (*_IDS, *DOCUMENT))
    text = text or take("text", TEXT)
    if not text:
        problems.append(_no_text(names))
        return None
    role = take("role", _ROLE)
    speaker = take("speaker", SPEAKER)
    begin, end = take("begin", BEGIN), take("end", END)
    scale = _MILLISECONDS if begin and thousandths(begin) else 1
    return TurnColumns(text, id, speaker, role, begin, end, scale, tuple(free))


def names_transcripts(names: Sequence[str], options: ReadOptions) -> bool:
    """Whether columns are surely those of a file of turns of several transcripts."""
    if options.id_column:
        return bool(places(names, options.id_column))
    others = [name for name in names if not is_called(name, SURE_IDS)]
    if len(others) < len(names):
        return bool(columns_called(others, TEXT))
    bare = [name for name in names if not is_called(name, _IDS)]
    return len(bare) < len(names) and bool(columns_called(bare, TEXT))


def _first(names: Sequence[str], known: Sequence[str]) -> str:
    found = columns_called(names, known)
    return names[found[0]] if found else ""


def _named(names: Sequence[str], name: str, problems: list[Problem]) -> str | None:
    found = places(names, name)
    if found:
        return names[found[0]]
    hint = did_you_mean(name, names) or f"the columns are: {', '.join(names)}"
    problems.append(Problem("", 0, f"there is no column {name!r}", hint))
    return None


def _no_text(names: Sequence[str]) -> Problem:
    message = "no column is known to hold the words of the turns"
    listed = ", ".join(names) or "none"
    return Problem("", 0, message, f"name it with --column text=NAME; the columns are: {listed}")
