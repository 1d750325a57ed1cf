"""What people replied to their quotes, taken into a study before anything is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.errors import Problem, Severity

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.model.people import Reply


def take_replies(inputs: Inputs) -> None:
    """Put what people withdrew or want changed into the study, by which outputs are made.

    Raises:
        StoreUnusable: it cannot be known what was withdrawn.
    """
    if not inputs.may_be_judged:
        return
    from thematic.review.replies import replies, restrictions
    from thematic.store.database import open_store

    store = open_store(inputs.base)
    if not store.is_there():
        return
    texts = {one.id: one.text for one in inputs.transcripts}
    found, lost = replies(store.events(), texts)
    held = restrictions(found, lost, texts)
    inputs.study = replace(inputs.study, restrictions=held)
    inputs.problems += _lost(lost, store.path)


def _lost(lost: Sequence[Reply], file: Path) -> list[Problem]:
    """Replies to words that are no longer in their transcripts."""
    from thematic.model.people import Wish

    ids = sorted({one.passage.transcript for one in lost if one.wish is not Wish.APPROVE})
    hint = "extract the quotes again, then undo the lost reply: thematic log --undo NUMBER"
    return [
        Problem(
            str(file),
            0,
            f"{id}: words that were withdrawn or are to change are no longer found in it, so "
            "nothing of it is quoted",
            hint,
            Severity.WARNING,
        )
        for id in ids
    ]
