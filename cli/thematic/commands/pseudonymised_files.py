"""Each transcript as a file with pseudonyms that reads back to the same turns."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from thematic.model.nouns import dataclass
from thematic.model.pseudonyms import Written
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript

if TYPE_CHECKING:
    from thematic.pseudonyms.replacing import Replaced

FOLDER = "transcripts"
_PRIVATE = range(0xE000, 0xF900)  # characters that no text should hold


@dataclass(frozen=True)
class PseudonymisedFile:
    """One transcript as it is given away.

    Args:
        written: what the key keeps of it.
        data: of the file.
        transcript: as the file reads; None where it does not read to the same turns.
    """

    written: Written
    data: str
    transcript: Transcript | None


def file_of(replaced: Replaced, new_id: str, speakers: Speakers) -> PseudonymisedFile:
    """The file of a transcript: WebVTT where every caption has both times, else text.

    Where that would not read back to the same turns, speakers, roles, times and words, it is
    Markdown or CSV.

    Args:
        replaced: the transcript and what is replaced in it.
        new_id: its ID, which is also the name of its file.
        speakers: the roles of labels, as the new study declares them.
    """
    from thematic.pseudonyms.replacing import shapes

    wanted = shapes(replaced.with_pseudonyms())
    first = None
    for suffix in _suffixes(replaced.transcript):
        text, written = _written(replaced, new_id, suffix)
        after = _read_back(text, new_id, suffix, speakers)
        if (shapes(after) if after else []) == wanted:
            return PseudonymisedFile(written, text, after or replaced.with_pseudonyms())
        first = first or PseudonymisedFile(written, text, None)
    assert first is not None
    return first


def speakers_of(
    replaced: Sequence[tuple[str, Replaced]], exclude: tuple[str, ...] | None
) -> Speakers:
    """The roles of labels as they are called now, said once or, where they differ, by ID.

    Only what the labels do not tell themselves: a label that is declared is taken for one
    wherever it stands at the beginning of a line, in brackets too.
    """
    from thematic.readers.speakers.roles import role_of

    by_label: dict[str, dict[Role, list[str]]] = {}
    for id, one in replaced:
        for turn in one.transcript.turns:
            label = one.label_names.get(turn.speaker, turn.speaker) if turn.speaker else ""
            if label and turn.role is not Role.NONE:
                ids = by_label.setdefault(label, {}).setdefault(turn.role, [])
                ids += [id] if id not in ids else []
    everywhere = {label: roles for label, roles in by_label.items() if len(roles) == 1}
    apart: dict[str, dict[Role, list[str]]] = {}
    for label, roles in by_label.items():
        if len(roles) > 1:
            for role, ids in roles.items():
                for id in ids:
                    apart.setdefault(id, {}).setdefault(role, []).append(label)
    own = tuple((id, _said(said)) for id, said in sorted(apart.items()))
    roles_of = {
        role: [
            label
            for label, roles in everywhere.items()
            if role in roles and role_of(label, Speakers()) is not role
        ]
        for role in Role
    }
    said = _said(roles_of)
    return Speakers(said.interviewer, said.respondent, said.other, exclude, (), own)


def _said(roles: Mapping[Role, Sequence[str]]) -> Speakers:
    return Speakers(
        tuple(roles.get(Role.INTERVIEWER, ())),
        tuple(roles.get(Role.RESPONDENT, ())),
        tuple(roles.get(Role.OTHER, ())),
    )


def _suffixes(transcript: Transcript) -> list[str]:
    spoken = [turn for turn in transcript.turns if len(turn.span)]
    timed = bool(spoken) and all(
        turn.cues and all(cue.end is not None for cue in turn.cues) for turn in spoken
    )
    return ["vtt", "txt", "md", "csv"] if timed else ["txt", "md", "csv"]


def _written(replaced: Replaced, new_id: str, suffix: str) -> tuple[str, Written]:
    """The file, and how the same file with the names is made of it.

    It is written once with marks in place of names: what stands between the marks is the same
    in both, so each place is known, whatever the format does round it.
    """
    from thematic.report.converted import WRITERS
    from thematic.report.folder import sha256

    opening, closing = _marks(replaced)

    def mark(number: int) -> str:
        return f"{opening}{number}{closing}"

    marked = WRITERS[suffix](_renamed(replaced.with_texts(mark, mark), new_id))
    original = WRITERS[suffix](_renamed(replaced.with_texts(*_originals(replaced)), new_id))
    parts: list[str] = []
    places: list[tuple[int, str, str]] = []
    length, escape = 0, _escape_of(suffix)
    for number, part in enumerate(marked.split(opening)):
        which, sign, rest = part.partition(closing)
        if number and sign:
            now, was, _ = replaced.written(int(which))
            now = escape(now)
            places.append((length, now, escape(was)))
            parts.append(now)
            length += len(now)
        else:
            rest = part
        parts.append(rest)
        length += len(rest)
    text = "".join(parts)
    file = f"{FOLDER}/{new_id}.{suffix}"
    hashes = (sha256(text), sha256(original))
    written = Written(replaced.transcript.id, new_id, file, *hashes, tuple(places))
    return text, _proved(written, text, original)


def _proved(written: Written, text: str, original: str) -> Written:
    """The same, with the whole file where its places alone do not give it."""
    from dataclasses import replace

    from thematic.pseudonyms.restoring import restored

    exact = restored(text, written, is_same=True).text == original
    return written if exact else replace(written, whole=original)


def _originals(replaced: Replaced) -> tuple[Callable[[int], str], Callable[[int], str]]:
    def original(number: int) -> str:
        return replaced.written(number)[1]

    return original, original


def _renamed(transcript: Transcript, id: str) -> Transcript:
    from dataclasses import replace

    return replace(transcript, id=id)


def _marks(replaced: Replaced) -> tuple[str, str]:
    """Two characters that stand nowhere in the transcript."""
    used = set(replaced.transcript.text).union(*replaced.labels)
    free = (chr(code) for code in _PRIVATE if chr(code) not in used)
    return next(free), next(free)


def _escape_of(suffix: str) -> Callable[[str], str]:
    from thematic.report.safe import markdown

    if suffix == "vtt":
        return lambda text: html.escape(text, quote=False)
    return markdown if suffix == "md" else str


def _read_back(text: str, id: str, suffix: str, speakers: Speakers) -> Transcript | None:
    from thematic.readers import ReadOptions, read_text

    return read_text(text, id=id, suffix=f".{suffix}", options=ReadOptions(speakers=speakers))[0]
