"""Looking for the actors that a list of the codebook names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from thematic.commands.word_search import search_named
from thematic.errors import UsageError, did_you_mean
from thematic.model.codebook import Codebook
from thematic.model.transcript import Transcript

if TYPE_CHECKING:
    from thematic.model.coding import Codings

USUAL = "network"  # the list of actors where none is named


def actors_of(codebook: Codebook, name: str = "") -> dict[str, str]:
    """The actors of a list: name -> the phrase, with lists, by which it is looked for.

    An entry `<taliban>` is one actor called taliban, with all ways of writing that its own
    list has; any other entry is an actor by itself.

    Raises:
        UsageError: there is no such list, or it names fewer than two actors.
    """
    lists = codebook.lists
    if (name or USUAL) not in lists:
        said = f"the codebook has no list {name!r}" if name else "no list of actors is named"
        near = did_you_mean(name, lists) if name else ""
        hint = near or (
            f"name one with --actors: {', '.join(lists)}; or write in the codebook "
            f"lists: {{{USUAL}: [<taliban>, <al-qaeda>]}}, each a list of how it is written"
        )
        raise UsageError(said, hint)
    found = {_called(entry): entry for entry in codebook.list_entries[name or USUAL]}
    if len(found) < 2:
        raise UsageError(f"the list {name or USUAL!r} names fewer than two actors", "add another")
    return found


def _called(entry: str) -> str:
    """The name of an actor: that of its list, or its own words without globs and slashes."""
    return entry.strip("<>").replace("*", "").replace("?", "").replace("/", " ").strip()


def search_actors(
    transcripts: Iterable[Transcript],
    codebook: Codebook,
    actors: dict[str, str],
    *,
    exclude: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Codings:
    """The transcripts coded by the actors' names, one theme for each in the order of the list.

    Args:
        transcripts: in any order.
        codebook: its lists, language and scope hold.
        actors: from `actors_of`.
        exclude: roles or labels that do not count; None = as the codebook says.
        progress: called with each ID before it is searched.
    """
    rules = {name: [entry] for name, entry in actors.items()}
    return search_named(transcripts, rules, codebook=codebook, exclude=exclude, progress=progress)
