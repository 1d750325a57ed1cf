"""Dataclasses that are soon defined, and such as are soon made.

A command loads more than a hundred of them before it begins. The library's `dataclass` writes
and compiles up to eight methods for each, which is a tenth of the time in which a small command
answers. Here only `__init__` is compiled and all else is shared, to the same effect; type
checkers, `fields` and `replace` find dataclasses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
    from dataclasses import dataclass as noun
else:

    def dataclass(kind: type | None = None, /, **settings: bool) -> Any:
        """As `dataclasses.dataclass`; what is seldom asked of it is done by that."""
        if kind is None:
            return lambda kind: dataclass(kind, **settings)
        if _is_usual(kind, settings):
            return _defined(kind, **settings)
        return dataclasses.dataclass(**settings)(kind)

    def noun(*, frozen: bool, slots: bool = False, order: bool = False) -> Any:
        """A frozen dataclass as mypy sees it, and a plain one when it runs.

        A frozen one takes five times as long to make, and there is one for each turn, each
        cue, each mention and each file of a run.
        """
        return dataclasses.dataclass(slots=slots, order=order, unsafe_hash=frozen)


def _is_usual(kind: type, settings: Mapping[str, bool]) -> bool:
    """Whether `_defined` makes of a class what the library would."""
    own = vars(kind)
    told = [field for field in own.values() if isinstance(field, Field)]
    written = [f"{name}: {form}" for name, form in own.get("__annotations__", {}).items()]
    return (
        settings.keys() <= {"frozen", "slots", "eq"}
        and not any(hasattr(base, "__dataclass_fields__") for base in kind.__bases__)
        and not any(word in one for one in written for word in ("InitVar", "KW_ONLY", "self:"))
        and all(one.hash is None and one.kw_only is not True for one in told)
    )


def _defined(kind: type, *, frozen: bool = False, slots: bool = False, eq: bool = True) -> type:
    own = set(vars(kind))
    settings = {"init": False, "repr": False, "eq": False, "slots": slots}
    made: Any = dataclasses.dataclass(**settings)(kind)
    all_fields = fields(made)
    methods: dict[str, Any] = {
        "__init__": _init_of(made, all_fields, frozen=frozen),
        "__repr__": _repr_of([each.name for each in all_fields if each.repr]),
    }
    if eq:
        values = _values_of([each.name for each in all_fields if each.compare])
        methods |= {"__eq__": _eq_by(values), "__hash__": _hash_by(values) if frozen else None}
    if frozen:
        methods |= _refusing(made, {each.name for each in all_fields})
    if frozen and slots:
        methods |= {"__getstate__": _state, "__setstate__": _set_state}
    if "__eq__" in own and vars(kind)["__hash__"] is None:  # Python put it there
        own.discard("__hash__")
    for name in methods.keys() - own:
        setattr(made, name, methods[name])
    made.__doc__ = kind.__doc__ if kind.__doc__ != f"{kind.__name__}()" else None
    told = made.__dataclass_params__  # whoever inherits asks it
    told.init, told.repr, told.eq, told.frozen = True, True, eq, frozen
    return made  # type: ignore[no-any-return]


def _init_of(made: type, all_fields: Sequence[Field[Any]], *, frozen: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"_set_field": object.__setattr__, "_nothing": MISSING}
    form = "_set_field(self, '{0}', {1})" if frozen else "self.{0} = {1}"
    parameters, lines = ["self"], []
    for each in all_fields:
        parameter, value = _written(each, known)
        if each.init:
            parameters.append(parameter)
        if value:
            lines.append(form.format(each.name, value))
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n    ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(parameters)}):\n    {body}", known)  # noqa: S102  our own names
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = {each.name: each.type for each in all_fields if each.init}
    init.__annotations__["return"] = None
    return init


def _written(each: Field[Any], known: dict[str, Any]) -> tuple[str, str]:
    """A field as a parameter of `__init__`, and what it is set to there; "" for nothing.

    Its default goes into what is known there.
    """
    name, default = each.name, f"_default_{each.name}"
    if each.default_factory is not MISSING:
        known[default] = each.default_factory
        given = f" if {name} is _nothing else {name}" if each.init else ""
        return f"{name}=_nothing", f"{default}(){given}"
    if each.default is not MISSING:
        known[default] = each.default
        return f"{name}={default}", name if each.init else default
    return name, name if each.init else ""


def _values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if not names:
        return lambda _one: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda one: (get(one),)


def _eq_by(values: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def __eq__(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return __eq__


def _hash_by(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    return lambda self: hash(values(self))


def _repr_of(names: Sequence[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def __repr__(self: Any) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({told})"

    return __repr__


def _refusing(made: Any, names: Collection[str]) -> dict[str, Any]:
    def __setattr__(self: Any, name: str, value: Any) -> None:
        if type(self) is made or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:
        if type(self) is made or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: Sequence[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


__all__ = ["dataclass", "noun"]
