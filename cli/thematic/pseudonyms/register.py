"""Every name and its pseudonym: the same name always has the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from thematic.model.pseudonyms import KEEP, PERSON, Named, Origin
from thematic.pseudonyms.forms import parts_of_name, plain, single_parts, words_of


class Register:
    """Names in the order in which they were met; numbers never change once they are given.

    Args:
        known: from an earlier run.
        taken: words that stand in the transcripts as they are, so that no pseudonym is one.
    """

    def __init__(self, known: Iterable[Named] = (), taken: str = "") -> None:
        self._named: dict[tuple[str, ...], Named] = {}
        self._taken = taken.casefold()
        self._used: set[str] = set()
        for named in known:
            self._keep(named)

    @property
    def names(self) -> tuple[Named, ...]:
        """Every name, in order."""
        return tuple(dict.fromkeys(self._named.values()))

    def declared(self, named: Named) -> None:
        """A name of the user's list: what the list says of it wins, but for a number given."""
        before = self._named.get(self._key(named.name, named.kind))
        if before is not None and not named.pseudonym:
            named = replace(named, pseudonym=before.pseudonym, chosen=before.chosen)
        if named.kind != KEEP and not named.pseudonym:
            named = replace(named, pseudonym=self._next(named.kind))
        self._keep(named)

    def person(self, name: str, origin: Origin, *, only_labels: bool = False) -> Named:
        """The person of a name that is met in labels, cases or entities; made where it is new.

        A part of one known person's name, and of no other's, is that person.
        """
        known = self._named.get(self._key(name, PERSON)) or self._by_part(name)
        if known is None:
            known = Named(name, self._next(PERSON), PERSON, (), origin, only_labels=only_labels)
            self._keep(known)
        return known

    def of_kind(self, name: str, kind: str, origin: Origin) -> Named:
        """The pseudonym of an identifier, a place or an organisation."""
        known = self._named.get(self._key(name, kind))
        if known is None:
            known = Named(name, self._next(kind), kind, (), origin)
            self._keep(known)
        return known

    def shared(self) -> dict[str, Named]:
        """Parts that belong to several persons, each with a pseudonym of its own.

        Who says `Schmidt` where two are called so may mean either: giving it to one of them
        would say more than the text does.
        """
        holders: dict[str, set[str]] = {}
        for named in self.names:
            if named.origin is not Origin.SHARED and not named.only_labels:
                for part in single_parts(named):
                    holders.setdefault(part, set()).add(named.pseudonym)
        several = sorted(part for part, found in holders.items() if len(found) > 1)
        alone = {words_of(one.name) for one in self.names if one.origin is not Origin.SHARED}
        return {
            part: self.of_kind(part, PERSON, Origin.SHARED)
            for part in several
            if words_of(part) not in alone
        }

    def _by_part(self, name: str) -> Named | None:
        parts = parts_of_name(name)
        if len(parts) != 1:
            return None
        bare = plain(parts[0])
        holders = [
            one
            for one in self.names
            if one.kind == PERSON and one.origin is not Origin.SHARED and bare in single_parts(one)
        ]
        if len({one.pseudonym for one in holders}) == 1:
            return holders[0]
        return self.of_kind(bare, PERSON, Origin.SHARED) if holders else None

    def _keep(self, named: Named) -> None:
        self._named[self._key(named.name, named.kind)] = named
        for variant in named.variants:
            self._named[self._key(variant, named.kind)] = named
        self._used.add(named.pseudonym.casefold())

    def _key(self, name: str, kind: str) -> tuple[str, ...]:
        """Names of persons and kept names by their words; identifiers as they stand."""
        if kind in (PERSON, KEEP, "place", "organisation", "other"):
            return words_of(name)
        return (kind, name.casefold())

    def _next(self, kind: str) -> str:
        number = 1
        while True:
            pseudonym = f"{kind.upper().replace(' ', '-')}-{number}"
            if pseudonym.casefold() not in self._used and pseudonym.casefold() not in self._taken:
                return pseudonym
            number += 1
