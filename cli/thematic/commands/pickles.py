"""Pickles of a few known classes, for what is kept between runs.

They are read as such: no other name in them is followed, so that a file from elsewhere can
run nothing. Instances of dataclasses are written as calls of their class, which are quick to
read.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from operator import attrgetter
from typing import Any

_Arguments = Callable[[Any], tuple[Any, ...]]
Classes = Mapping[str, Collection[str]]  # the names that are followed, by module


def pickled(value: object) -> bytes | None:
    """A value as a pickle; None where it holds what cannot be pickled."""
    out = io.BytesIO()
    return out.getvalue() if written(Pickler(out), value) else None


def written(pickler: pickle.Pickler, value: object) -> bool:
    """Whether a value could be written."""
    try:
        pickler.dump(value)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
        return False
    return True


def unpickled(data: bytes, classes: Classes) -> Any | None:
    """The value of a pickle; None where it is damaged, or names what is not among the classes."""
    return loaded(Unpickler(io.BytesIO(data), classes))


def loaded(unpickler: pickle.Unpickler) -> Any | None:
    """What was written, or None where it is damaged."""
    try:
        return unpickler.load()
    except Exception:  # a damaged pickle raises nearly anything
        return None


class Pickler(pickle.Pickler):
    """Writes instances of dataclasses as calls of their class."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, protocol=5)
        self._arguments: dict[type, _Arguments | None] = {}  # what a class is called with

    def reducer_override(self, obj: Any) -> Any:
        """How an instance is made again."""
        kind = type(obj)
        if kind not in self._arguments:
            self._arguments[kind] = _arguments_of(kind)
        arguments = self._arguments[kind]
        return (kind, arguments(obj)) if arguments else NotImplemented


def _arguments_of(kind: type) -> _Arguments | None:
    """What gives the arguments by which an instance is made again; None for other classes."""
    names = [each.name for each in fields(kind) if each.init] if is_dataclass(kind) else []
    if len(names) == 1:
        return lambda obj: (getattr(obj, names[0]),)
    return attrgetter(*names) if names else None


class Unpickler(pickle.Unpickler):
    """Reads instances of known classes, and nothing else."""

    def __init__(self, data: io.BytesIO, classes: Classes) -> None:
        super().__init__(data)
        self._classes = classes

    def find_class(self, module: str, name: str) -> Any:
        """A class, where it is a known one.

        Raises:
            UnpicklingError: it is none.
        """
        if name in self._classes.get(module, ()):
            return getattr(import_module(module), name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")
