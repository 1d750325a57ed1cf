"""What a reader leaves out of a document on purpose, told in one note."""

from __future__ import annotations

from collections.abc import Mapping

from thematic.errors import Problem, Severity

_KINDS = {  # one, several
    "footnote": ("footnote", "footnotes"),
    "comment": ("comment", "comments"),
    "deleted": ("deleted passage", "deleted passages"),
    "hidden": ("hidden passage", "hidden passages"),
    "inserted": ("part inserted from another file", "parts inserted from other files"),
}
_HINTS = {
    "inserted": "open it in its program and save it again, so that the parts become its own",
}


def left_out(counts: Mapping[str, int]) -> list[Problem]:
    """A note on what was left out, by kind and number; a warning where words may be missing."""
    told = [
        f"{counts[kind]:,} {one if counts[kind] == 1 else several}"
        for kind, (one, several) in _KINDS.items()
        if counts.get(kind) and kind not in _HINTS
    ]
    notes = []
    if told:
        hint = "to have them read, put them into the text"
        notes.append(Problem("", 0, f"left out: {', '.join(told)}", hint, Severity.NOTE))
    for kind, hint in _HINTS.items():
        if counts.get(kind):
            message = f"left out: {counts[kind]:,} {_KINDS[kind][counts[kind] > 1]}"
            notes.append(Problem("", 0, message, hint, Severity.WARNING))
    return notes
