"""What holds in a group of an RTF file."""

from __future__ import annotations

from thematic.model.nouns import dataclass
from thematic.readers.formats.documents.rtf_words import Group


@dataclass(slots=True)
class State:
    """What holds in a group, and in the groups within it until they say otherwise."""

    group: Group = Group.TEXT
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    style: int = -1
    in_table: bool = False  # the paragraph is said to lie in one
    skips: int = 1  # signs behind a \u that older programs read in its place
    begins: bool = True  # no control word stands in the group yet
    starred: bool = False  # it begins with \*
    gathered: list[str] | None = None  # words that go nowhere but here

    def inner(self) -> State:
        """What holds at the begin of a group in this one."""
        flags = (self.bold, self.hidden, self.deleted, self.font, self.style, self.in_table)
        return State(self.group, *flags, self.skips, gathered=self.gathered)
