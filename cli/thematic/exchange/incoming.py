"""What came in with a file: each remark with the act it becomes, or why it becomes none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from thematic.errors import Problem, Severity, did_you_mean
from thematic.exchange.naming import Codes
from thematic.model.nouns import dataclass
from thematic.model.people import About, Act, Memo, Passage, PersonCoding
from thematic.model.transcript import Transcript
from thematic.review.anchoring import How
from thematic.review.coders import coder_named


@dataclass(frozen=True)
class Known:
    """What a file that comes in is read against.

    Args:
        transcripts: of the study.
        codes: of its codebook; none where no codebook was named.
        coder: whose remarks these are; "" = as the file says.
        transcript: ID of the one that the file is about; "" = as the file says.
    """

    transcripts: Sequence[Transcript]
    codes: Codes
    coder: str = ""
    transcript: str = ""

    def coder_of(self, written: str) -> str:
        """Whose remark it is; "" where nobody can be told by what is written."""
        return coder_named(self.coder or written)

    def transcript_of(self, written: str) -> Transcript | None:
        """The transcript of an ID, which may have the ending of its file and other capitals."""
        wanted = written.strip()
        for same in (str, str.casefold, _bare):
            found = [one for one in self.transcripts if same(one.id) == same(wanted)]
            if len(found) == 1:
                return found[0]
        return None

    def no_transcript(self, written: str) -> tuple[str, str]:
        """What is wrong with an ID, and a hint."""
        ids = [one.id for one in self.transcripts]
        hint = did_you_mean(written, ids) or f"there are: {', '.join(ids[:8])}"
        return f"there is no transcript {written!r}", hint


def _bare(id: str) -> str:
    stem, sign, _ = id.casefold().rpartition(".")
    return stem if sign else id.casefold()


@dataclass(frozen=True, slots=True)
class Came:
    """One act that a file asks for, or a remark that became none.

    Args:
        place: where in the file, such as `comment 3` or `row 5`.
        act: what is to be recorded; None = nothing.
        how: how its passage was found; None where it has none.
        said: what was written, where no act came of it.
        why: the reason for that; "" where there is an act.
        coder: who wrote it, as far as known.
        file: where it was written.
        on: the passage that it is on, where no act came of it.
        about: ID of the transcript that it is about, likewise; "" = not known.
        ignored: whether it says nothing, so that no act is missing.
    """

    place: str
    act: Act | None = None
    how: How | None = None
    said: str = ""
    why: str = ""
    coder: str = ""
    file: str = ""
    on: Passage | None = None
    about: str = ""
    ignored: bool = False


@dataclass
class Incoming:
    """All that came in with one file, and what was wrong with it."""

    came: list[Came] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(
        self,
        place: str,
        message: str,
        hint: str = "",
        *,
        said: str = "",
        coder: str = "",
        line: int = 0,
        on: Passage | None = None,
        about: str = "",
    ) -> None:
        """A remark of which no act came, told as a fault."""
        self.came.append(Came(place, said=said, why=message, coder=coder, on=on, about=about))
        told = message if line else f"{place}: {message}"
        self.problems.append(Problem("", line, told, hint))

    def doubt(self, message: str, hint: str = "", *, line: int = 0) -> None:
        """Something to look at, which costs nothing."""
        self.problems.append(Problem("", line, message, hint, Severity.WARNING))

    def note(self, message: str, hint: str = "") -> None:
        """Something to know."""
        self.problems.append(Problem("", 0, message, hint, Severity.NOTE))

    def within(self, file: str) -> Incoming:
        """The same, said to stand in `file`."""
        came = [replace(one, file=file) for one in self.came]
        return Incoming(came, [one.within(file) for one in self.problems])

    def add(
        self,
        place: str,
        passage: Passage,
        how: How,
        codes: Iterable[str],
        note: str,
        coder: str,
    ) -> None:
        """A coding for each code; where there is none, a memo."""
        acts: list[Act] = [PersonCoding(passage, code, coder, note) for code in codes]
        if not acts and note:
            acts = [Memo(note, coder, About.PASSAGE, passage=passage)]
        self.came += [Came(place, act, how, coder=coder) for act in acts]


def merged(came: Sequence[Came]) -> list[Came]:
    """Each coding once: the same code by the same coder at one place is one, notes joined.

    Else the second would take the place of the first, and with it of its note.
    """
    found: dict[object, Came] = {}
    for number, one in enumerate(came):
        act = one.act
        if not isinstance(act, PersonCoding):
            key: object = act if act is not None else number
            found.setdefault(key, one)
            continue
        key = (act.passage, act.code, act.coder)
        first = found.get(key)
        if first is not None and isinstance(first.act, PersonCoding):
            notes = dict.fromkeys(filter(None, (first.act.note, act.note)))
            one = replace(first, act=replace(first.act, note="\n".join(notes)))
        found[key] = one
    return list(found.values())
