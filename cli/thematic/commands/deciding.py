"""Recording decisions that people wrote into a table: each once, and nothing overwritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from thematic.commands.filled import not_recorded

if TYPE_CHECKING:
    from thematic.model.codebook import Codebook
    from thematic.model.people import Decision
    from thematic.store.database import Store


def record_decisions(
    decisions: Sequence[Decision],
    store: Store,
    book: Codebook,
    source: str,
    *,
    check: bool = False,
    quiet: bool = False,
) -> list[Decision]:
    """Record the decisions that say something new, all or none, and tell how many of each kind.

    Args:
        decisions: each under the name of its coder.
        store: of the study.
        book: whose definitions they rest on.
        source: the file they come from.
        check: only say what would be recorded.
        quiet: say nothing.

    Returns:
        Those that were new.
    """
    from thematic.report.talk import tell
    from thematic.review.definitions import definition_hashes

    new = not_recorded(decisions, store.events(), source)
    if not check:
        store.record(new, "", datetime.now(UTC), definition_hashes(book), source=source)
    counts = Counter(decision.verdict.value for decision in new)
    said = ", ".join(f"{number} {verdict}" for verdict, number in counts.items()) or "nothing new"
    known_before = f"; {len(decisions) - len(new)} were there already" * (len(new) < len(decisions))
    tell(f"{'would be ' * check}recorded: {said}{known_before}", quiet=quiet)
    return new
