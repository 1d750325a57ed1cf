"""Names that are no person's, and names that stand for several people: who may judge alone."""

from __future__ import annotations

from thematic.model.copies import SUGGESTING
from thematic.review.settling import settles

_LONGEST = 100  # characters of a name
# What programs write where they know no name, and by what this program names the rules.
_NOBODY = frozenset(
    {"", "author", "unknown author", "unknown", "anonymous", "autor", "auteur"}
    | {"rules", "suggested", SUGGESTING}
)


def coder_named(written: str) -> str:
    """The name of a coder, its blanks made plain; "" where what is written names nobody."""
    name = " ".join(written.split())
    usable = len(name) <= _LONGEST and name.isprintable()
    return name if usable and name.casefold() not in _NOBODY else ""


def why_not_alone(written: str) -> str:
    """Why a name cannot be that of one person who judges alone; "" where it can.

    What `consensus` or `AK+BL` recorded is taken for settled, and is in no agreement.
    """
    if not coder_named(written):
        return f"{written!r} is no name of a coder"
    if settles(written.strip()):
        return f"{written!r} stands for several coders who settled something together"
    return ""
