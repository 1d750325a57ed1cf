"""Our dataclasses do what the library's do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import field, fields, replace
from typing import Any

import pytest

from thematic.model.nouns import dataclass


def kinds(define: Callable[..., Any]) -> dict[str, Any]:
    """The same classes, defined in one way."""

    @define(frozen=True)
    class Fixed:
        name: str
        sizes: tuple[int, ...] = ()
        told: dict[str, int] = field(default_factory=dict, compare=False)

    @define(frozen=True, slots=True)
    class Small:
        name: str
        size: int = 1
        hidden: str = field(default="", repr=False)
        found: list[int] = field(default_factory=list, init=False, compare=False)

    @define
    class Open:
        """A class that may be changed, and that finds something out when it is made."""

        set: str
        missing: int = field(default=3)
        length: int = field(init=False)
        known: int = field(init=False, default=7)

        def __post_init__(self) -> None:
            self.length = len(self.set)

    @define(frozen=True)
    class Further(Fixed):
        more: int = 0

        def __repr__(self) -> str:
            return "own"

    @define(frozen=True)
    class OwnEqual:
        size: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and self.size % 2 == other.size % 2

        def __hash__(self) -> int:
            return self.size % 2

    @define(frozen=True)
    class OwnEqualOnly:
        size: int

        def __eq__(self, other: object) -> bool:
            return True

    @define(frozen=True, eq=False)
    class ByItself:
        size: int

    @define(frozen=True, order=True)
    class Ordered:
        size: int

    @define(frozen=True)
    class Empty:
        pass

    @define(frozen=True)
    class Named:
        name: str
        size: int = field(default=1, kw_only=True)

    @define(frozen=True)
    class Hashed:
        name: str
        size: int = field(default=1, hash=False)

    class Plain(Fixed):
        """No dataclass, so it may hold more than its fields."""

    return {name: kind for name, kind in locals().items() if name[0].isupper()}


OURS, THEIRS = kinds(dataclass), kinds(dataclasses.dataclass)
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Fixed", ("a",), {}),
    ("Fixed", ("a", (1, 2)), {"told": {"b": 1}}),
    ("Fixed", (), {"name": "c", "sizes": (3,)}),
    ("Small", ("a", 2), {"hidden": "x"}),
    ("Small", ("a",), {}),
    ("Open", ("abc",), {}),
    ("Open", ("abc", 4), {}),
    ("Further", ("a", (1,)), {"more": 5}),
    ("OwnEqual", (3,), {}),
    ("OwnEqualOnly", (3,), {}),
    ("Ordered", (3,), {}),
    ("Empty", (), {}),
    ("Named", ("a",), {"size": 2}),
    ("Named", ("a", 2), {}),
    ("Hashed", ("a", 2), {}),
    ("Plain", ("a",), {}),
]
IDS = [f"{name}{n}" for n, (name, _, _) in enumerate(CALLS)]


def outcome(asked: Callable[[], Any]) -> Any:
    try:
        return asked()
    except (TypeError, AttributeError):  # as frozen ones raise, in theirs now one, now the other
        return "refused"


def both(asked: Callable[[Any], Any], name: str, arguments: Any, named: Any) -> None:
    """Something is told alike of one of ours and one of theirs."""
    ours, theirs = (
        outcome(lambda kind=kind: asked(kind[name](*arguments, **named))) for kind in (OURS, THEIRS)
    )
    assert ours == theirs


@pytest.mark.parametrize(("name", "arguments", "named"), CALLS, ids=IDS)
def test_all_that_is_asked_of_one(name: str, arguments: Any, named: Any) -> None:
    both(repr, name, arguments, named)
    both(lambda one: hash(one) == hash(copy.copy(one)), name, arguments, named)
    both(lambda one: [getattr(one, each.name) for each in fields(one)], name, arguments, named)
    both(lambda one: one == copy.copy(one) == copy.deepcopy(one), name, arguments, named)
    both(lambda one: (one == 3, one != one, one in {one}), name, arguments, named)
    both(lambda one: repr(replace(one)), name, arguments, named)
    for each in ("size", "name", "new"):
        both(lambda one, each=each: setattr(one, each, 1), name, arguments, named)
        both(lambda one, each=each: delattr(one, each), name, arguments, named)


@pytest.mark.parametrize("name", OURS)
def test_how_they_are_made(name: str) -> None:
    ours, theirs = (inspect.signature(kind[name]) for kind in (OURS, THEIRS))
    assert [*ours.parameters] == [*theirs.parameters]
    assert OURS[name].__match_args__ == THEIRS[name].__match_args__
    for size in (0, 1, 5):
        made = [
            outcome(lambda one=one, size=size: one[name](*"abcde"[:size])) for one in (OURS, THEIRS)
        ]
        assert repr(made[0]) == repr(made[1])


def test_equal_are_those_of_one_kind_that_hold_the_same() -> None:
    for kind in (OURS, THEIRS):
        assert kind["Fixed"]("a", told={"b": 1}) == kind["Fixed"]("a")
        assert kind["Fixed"]("a") != kind["Further"]("a")
        assert kind["Small"]("a", hidden="b") != kind["Small"]("a")
        assert kind["ByItself"](1) != kind["ByItself"](1)
        assert len({kind["Small"]("a"), kind["Small"]("a"), kind["Small"]("b")}) == 2
        assert kind["Ordered"](1) < kind["Ordered"](2)
        assert kind["Fixed"]("a").told is not kind["Fixed"]("a").told


def test_whoever_inherits_finds_a_dataclass() -> None:
    for define in (dataclass, dataclasses.dataclass):
        made = define(frozen=True)(type("Mine", (OURS["Fixed"],), {"__annotations__": {}}))
        assert made("a") == made("a") != OURS["Fixed"]("a")
    with pytest.raises(TypeError, match="frozen"):
        dataclass(type("Mine", (OURS["Fixed"],), {"__annotations__": {}}))


def test_one_field_is_compared_as_several_are() -> None:
    for kind in (OURS, THEIRS):
        not_itself = float("nan")
        assert kind["OwnEqualOnly"](not_itself) == kind["OwnEqualOnly"](not_itself)
        assert kind["Empty"]() == kind["Empty"]()
    one = Single([1.5])
    assert (one == Single(one.values)) is True


@dataclass
class Single:
    values: Any


@dataclass(frozen=True, slots=True)
class Sent:
    name: str
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Held:
    name: str
    itself: list[Any] = field(default_factory=list)


def test_they_go_to_other_processes() -> None:
    for one in (Sent("a", (1,)), Held("a", [2])):
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(one, protocol)) == one


def test_one_that_holds_itself_can_be_shown() -> None:
    one = Held("a")
    one.itself.append(one)
    assert repr(one) == "Held(name='a', itself=[...])"
