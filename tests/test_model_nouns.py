"""The dataclasses that are quick to define, beside those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from dataclasses import FrozenInstanceError, field
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thematic.model.nouns import dataclass

SETTINGS: list[dict[str, bool]] = [
    {"frozen": frozen, "slots": slots, "order": order}
    for frozen in (False, True)
    for slots in (False, True)
    for order in (False, True)
]


class Body:
    """What is made a dataclass, in two ways."""

    name: str
    size: int = 1
    parts: list[int] = field(default_factory=list)
    quiet: str = field(default="", repr=False, compare=False)
    seen: int = field(init=False, default=3)
    known: dict[str, int] = field(init=False, default_factory=dict, compare=False)

    @property
    def double(self) -> int:
        """Twice the size."""
        return 2 * self.size


def made(make: Any, settings: dict[str, bool]) -> Any:
    """A class of that body, which pickles find by its name here."""
    space = {name: value for name, value in vars(Body).items() if name not in ("__dict__",)}
    space.pop("__weakref__", None)
    kind = make(**settings)(type("Noun", (), space))
    sys.modules[__name__].Noun = kind
    return kind


def outcome(function: Any, *given: Any) -> tuple[str, Any]:
    """What a call gives, or the kind and words of its fault."""
    try:
        return "gives", function(*given)
    except Exception as fault:
        return type(fault).__name__, str(fault).replace("__create_fn__.<locals>.", "")


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_class_is_as_the_standard_library_makes_it(settings: dict[str, bool]) -> None:
    ours, theirs = made(dataclass, settings), made(dataclasses.dataclass, settings)
    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))
    assert get_type_hints(ours.__init__) == get_type_hints(theirs.__init__)
    assert [one.name for one in dataclasses.fields(ours)] == [
        one.name for one in dataclasses.fields(theirs)
    ]
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__doc__ == theirs.__doc__
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    assert getattr(ours, "__slots__", None) == getattr(theirs, "__slots__", None)


VALUES = st.tuples(st.text(max_size=2), st.integers(0, 2), st.lists(st.integers(0, 1), max_size=1))


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@given(one=VALUES, other=VALUES)
def test_instances_do_the_same(settings: dict[str, bool], one: Any, other: Any) -> None:
    told = []
    for make in (dataclass, dataclasses.dataclass):
        kind = made(make, settings)
        first, second = kind(*one), kind(*other, quiet="x")
        told.append(
            [
                repr(first),
                first == second,
                first == one,
                first.double,
                outcome(lambda a, b: a < b, first, second),
                outcome(lambda a, b: a >= b, first, second),
                outcome(hash, first)[0],
                outcome(setattr, first, "size", 9),
                outcome(delattr, second, "name"),
                repr(dataclasses.replace(first, name="other")),
                dataclasses.asdict(first),
                repr(copy.deepcopy(first)),
                pickle.loads(pickle.dumps(first)) == first,
                outcome(kind)[0],
                outcome(lambda made: made(1, nothing=2), kind)[0],
                [first.seen, first.known, kind("n").parts is kind("n").parts],
            ]
        )
    assert told[0] == told[1]


def test_equal_frozen_ones_have_one_hash() -> None:
    @dataclass(frozen=True)
    class Point:
        across: int
        note: str = field(default="", compare=False)

    assert len({Point(1), Point(1, "a"), Point(2)}) == 2


def test_own_methods_stay() -> None:
    @dataclass(frozen=True, order=True)
    class Odd:
        size: int
        twice: int = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "twice", 2 * self.size)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Odd) and self.size % 2 == other.size % 2

        def __hash__(self) -> int:
            return self.size % 2

        def __repr__(self) -> str:
            return "odd"

    assert (Odd(1) == Odd(3), Odd(1).twice, repr(Odd(1)), hash(Odd(3))) == (True, 2, "odd", 1)
    assert Odd(1) < Odd(2)


def test_fields_are_inherited() -> None:
    @dataclass(frozen=True)
    class Wide:
        width: int = 1

    @dataclass(frozen=True)
    class Flat(Wide):
        height: int = 2

    assert repr(Flat(3)).endswith("Flat(width=3, height=2)")
    with pytest.raises(FrozenInstanceError):
        Flat().width = 2  # type: ignore[misc]


def test_one_that_holds_itself_is_shown() -> None:
    @dataclass
    class Ring:
        next: object = None

    ring = Ring()
    ring.next = ring
    assert repr(ring).endswith("Ring(next=...)")
