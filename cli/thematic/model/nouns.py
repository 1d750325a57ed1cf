"""Dataclasses that are quick to define, and those of which a long text has very many.

`dataclass` is the one of the standard library, as mypy and whoever reads a class see it: the
same arguments, fields, methods and faults. A run defines some seventy before it does anything.
For each, the standard library writes the source of up to nine methods and compiles it, which
was a sixth of a second run's time. Here `__init__` alone is compiled; the others need not be,
for they do the same for all fields.
"""

from __future__ import annotations

import dataclasses
import operator
import sys
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
    from dataclasses import dataclass as noun
else:

    def dataclass(
        kind: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        order: bool = False,
        eq: bool = True,
    ) -> Any:
        """A dataclass; see the standard library's."""

        def made(kind: type) -> type:
            return _made(kind, frozen=frozen, slots=slots, order=order, eq=eq, hashed=frozen and eq)

        return made if kind is None else made(kind)

    def noun(*, frozen: bool, slots: bool, order: bool = False) -> Any:
        """A frozen dataclass as mypy sees it, and a plain one when it runs.

        A frozen one takes five times as long to make, and there is one for each turn, each
        cue and each mention of a run.
        """

        def made(kind: type) -> type:
            return _made(kind, frozen=False, slots=slots, order=order, eq=True, hashed=frozen)

        return made


class _Factory:
    """Stands in a signature for a default that is made anew each time."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


def _made(kind: type, *, frozen: bool, slots: bool, order: bool, eq: bool, hashed: bool) -> type:
    kind.__doc__ = kind.__doc__ or kind.__name__  # else it would be made from the signature
    hashing = kind.__dict__.get("__hash__")
    kind = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
    own = dataclasses.fields(kind)
    methods: dict[str, Any] = {"__init__": _init(kind, own, frozen), "__repr__": _repr}
    if eq:
        methods |= _comparing(own, order=order)
        methods["__hash__"] = _hash(own) if hashed else None
    if frozen:
        methods |= {"__setattr__": _keep, "__delattr__": _keep_all}
        if slots:  # else a copy would be given its values by `__setattr__`
            methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        # A class with an `__eq__` of its own has a `__hash__` that is None.
        if kind.__dict__.get(name) is None or (name == "__hash__" and hashing is None):
            setattr(kind, name, method)
    return kind


def _init(kind: type, own: Sequence[Field[Any]], frozen: bool) -> Callable[..., None]:
    """The `__init__` of a class: it sets each field to what is given, its default or a new one."""
    known: dict[str, Any] = {"__set": object.__setattr__, "__factory": _FACTORY}
    given, lines = ["self"], []
    for one in own:
        name, value = one.name, one.name
        if one.default_factory is not MISSING:
            known[f"__new_{name}"] = one.default_factory
            value = f"__new_{name}()"
            if one.init:
                given.append(f"{name}=__factory")
                value = f"{value} if {name} is __factory else {name}"
        elif one.default is not MISSING:
            known[f"__default_{name}"] = one.default
            if one.init:
                given.append(f"{name}=__default_{name}")
            value = name if one.init else f"__default_{name}"
        elif one.init:
            given.append(name)
        else:
            continue
        lines.append(f"__set(self,{name!r},{value})" if frozen else f"self.{name}={value}")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "".join(f"\n  {line}" for line in lines or ["pass"])
    # A function within a function: what it needs is no name of the module that it belongs to.
    source = f"def __init__({','.join(given)}):{body}\n return __init__"
    made: dict[str, Callable[..., Any]] = {}
    # The names of fields are all that is put into the source.
    exec(f"def __of({','.join(known)}):\n {source}", vars(sys.modules[kind.__module__]), made)  # noqa: S102
    init: Callable[..., None] = made["__of"](**known)
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    init.__annotations__ = {one.name: one.type for one in own if one.init} | {"return": None}
    return init


def _values(own: Sequence[Field[Any]]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of fields."""
    names = [one.name for one in own]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda noun: tuple(getattr(noun, name) for name in names)


def _comparing(own: Sequence[Field[Any]], *, order: bool) -> dict[str, Callable[..., Any]]:
    """The methods that compare with another of the same class, field by field."""
    values = _values([one for one in own if one.compare])

    def by(compare: Callable[[Any, Any], bool]) -> Callable[[Any, object], Any]:
        def compared(self: Any, other: object) -> Any:
            if other.__class__ is self.__class__:
                return compare(values(self), values(other))
            return NotImplemented

        return compared

    names = ("eq", "lt", "le", "gt", "ge") if order else ("eq",)
    return {f"__{name}__": by(getattr(operator, name)) for name in names}


def _hash(own: Sequence[Field[Any]]) -> Callable[[Any], int]:
    values = _values([one for one in own if (one.compare if one.hash is None else one.hash)])
    return lambda self: hash(values(self))


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (one.name for one in dataclasses.fields(self) if one.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{self.__class__.__qualname__}({values})"


def _keep(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _keep_all(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _set_state(self: Any, state: Sequence[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


__all__ = ["dataclass", "noun"]
