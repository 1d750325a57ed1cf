"""IDs from the names that tables give to respondents and documents."""

from __future__ import annotations

import unicodedata

from thematic.model.labels import visible

LONGEST = 100  # characters
_PARTED = {ord("/"): "-", ord("\\"): "-"}  # they part the folders of an ID


def safe_id(name: str) -> str:
    """A name as part of an ID: NFC, one line, no slashes; "" where nothing is left."""
    plain = visible(unicodedata.normalize("NFC", name)).translate(_PARTED)
    kept = "".join(
        sign for sign in plain if sign.isspace() or not unicodedata.category(sign).startswith("C")
    )
    words = " ".join(kept.split())[:LONGEST].rstrip()
    return words if any(map(str.isalnum, words)) else ""


class UniqueIds:
    """Gives each name an ID of its own; what stands twice gets its row number."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self.repeated: list[int] = []  # rows whose name was taken already

    def give(self, name: str, row: int) -> str:
        """The ID for a name that stands in a row; an empty one becomes `row 12`."""
        wanted = safe_id(name) or f"row {row}"
        found = wanted
        if found in self._used:
            self.repeated.append(row)
            found = f"{wanted} (row {row})"
        while found in self._used:
            found += "'"
        self._used.add(found)
        return found
