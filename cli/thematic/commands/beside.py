"""Processes beside this one for a long run, which begin before it is known what there is to do."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thematic.backends.processes import Workers

_WORKING = (
    *("commands.tasks", "readers.transcripts", "readers.formats.plain", "readers.speakers.turns"),
    *("readers.attributes", "coding.compile", "coding.batch.engine", "analysis.sums"),
    *("report.folder", "report.mention_files"),
)


def begun(jobs: int) -> AbstractContextManager[Workers | None]:
    """The processes beside this one; they load what any task needs while the work is planned.

    Args:
        jobs: processes in all; of fewer than two none begins.
    """
    if jobs < 2:
        return nullcontext()
    from thematic.backends.processes import Workers

    return Workers(jobs - 1, load)


def load() -> None:
    """Load what any task needs."""
    from thematic.commands.memory import collect_seldom

    collect_seldom()
    for name in _WORKING:
        import_module(f"thematic.{name}")
