"""What is read: files on the disk, in archives and elsewhere, and what was found of them."""

from __future__ import annotations

from dataclasses import field, replace
from pathlib import Path

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass, noun
from thematic.readers.ids import inner_name, written
from thematic.readers.limits import Limits
from thematic.readers.names import bare_name, is_archive, may_be_archive, suffix_of
from thematic.readers.packed import Member, Refused, members_of
from thematic.readers.passed_over import settings_elsewhere, why_not
from thematic.readers.remote import name_of, shown
from thematic.readers.walking import real_path

_MOST_NOTES = 5  # on files passed over in one archive


@noun(frozen=True, slots=True)
class Source:
    """A file to read and the ID of its transcript.

    `file` is its path as `str` writes it, or its address: a run has very many files, and a
    `Path` takes as long to make as all else. The ID is the path below the folder (or archive)
    given, with `/`, NFC, without suffix (with it where two would be equal). `members` are the
    names that lead to a file in an archive, from the outermost in; empty for a file on the
    disk. `real` is where the file lies, links followed, as the search for transcripts found it.
    """

    file: str
    id: str
    members: tuple[str, ...] = ()
    real: str = field(default="", compare=False, repr=False)

    @property
    def path(self) -> Path:
        """The file on the disk, or its address."""
        return Path(self.file)

    @property
    def name(self) -> str:
        """The file's name, without the ending that says how it is compressed."""
        return bare_name(self.written)

    @property
    def suffix(self) -> str:
        """By which a reader is chosen, in small letters."""
        return suffix_of(self.written)

    @property
    def written(self) -> str:
        """The file's name as it is."""
        return self.members[-1] if self.members else name_of(self.file)

    def ends_in(self, endings: tuple[str, ...]) -> bool:
        """Whether its name has one of these endings, in small letters or large ones."""
        name = self.written if self.members or ":" in self.file else self.file
        return name.lower().endswith(endings)

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return " > ".join([shown(self.file), *self.members])


@dataclass(frozen=True)
class Found:
    """What was found at the paths given; `skipped` are notes, `problems` need the user."""

    sources: tuple[Source, ...]
    skipped: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Search:
    """What a search for transcripts came upon so far."""

    limits: Limits
    files: dict[tuple[str, ...], Source] = field(default_factory=dict)  # by real path, members
    skipped: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    folders: dict[str, str] = field(default_factory=dict)  # as `real_path` knows them

    def add(self, path: Path | str, name: str, real: str = "") -> None:
        """Take a file in, or all that lies in an archive.

        Args:
            path: of the file, as `Source` has it where it is no `Path`.
            name: its path below the folder given, with all suffixes; its ID is made of it.
            real: where it lies, links followed; "" = to be found out.
        """
        file, real = str(path), real or real_path(Path(path), self.folders)
        self._take(Source(file, written(name), real=real))

    def add_plain(self, path: str, name: str, real: str) -> None:
        """The same of a file that lies open, and of which all is known."""
        # Of very many files, one text for both weighs.
        source = Source(path, written(name), (), path if real == path else real)
        self.files.setdefault((real,), source)

    def _take(self, source: Source) -> None:
        path = source.members[-1] if source.members else source.file
        if may_be_archive(path) and is_archive(source.written):
            self._open(source)
        else:
            self.files.setdefault((source.real, *source.members), source)

    def _open(self, archive: Source) -> None:
        try:
            members = members_of(archive.file, archive.members, self.limits)
        except Refused as refused:
            self.problems.append(refused.problem.within(archive.shown))
            return
        passed_over = 0
        for member in members:
            note = _why_not_in_archive(member)
            if note is None:
                inner = replace(archive, members=(*archive.members, member.written))
                self._take(replace(inner, id=inner_name(archive, member.name, members)))
            elif note.severity is Severity.ERROR:
                self.problems.append(note.within(f"{archive.shown} > {member.name}"))
            elif (passed_over := passed_over + 1) <= _MOST_NOTES:
                self.skipped.append(note.within(f"{archive.shown} > {member.name}"))
        if passed_over > _MOST_NOTES:
            message = f"{passed_over - _MOST_NOTES} more files in it are not read: no transcripts"
            self.skipped.append(Problem(archive.shown, 0, message, "", Severity.NOTE))


def _why_not_in_archive(member: Member) -> Problem | None:
    parts = member.name.split("/")
    if member.leads_out:
        message = "not read: its name leads out of the archive"
        return Problem("", 0, message, "this archive was made to do harm, or by a broken program")
    if parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts):
        return Problem("", 0, "not read: a hidden file", "", Severity.NOTE)
    return settings_elsewhere(member.name) or why_not(member.name)
