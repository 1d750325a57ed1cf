"""Frozen dataclasses of which a long text, or a long run, has very many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as noun
else:

    def noun(*, frozen: bool, slots: bool = False, order: bool = False) -> Any:
        """A frozen dataclass as mypy sees it, and a plain one when it runs.

        A frozen one takes five times as long to make, and there is one for each turn, each
        cue, each mention and each file of a run.
        """
        return dataclass(slots=slots, order=order, unsafe_hash=frozen)


__all__ = ["noun"]
