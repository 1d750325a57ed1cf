"""A command line as others can repeat it: its options by name, and no place of this computer."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import Enum
from inspect import Parameter
from pathlib import Path, PurePath
from typing import Any, get_args

from thematic.model.nouns import dataclass
from thematic.readers.remote import address_of

# They say where a result goes and how much is said, and change no number.
NOT_TOLD = frozenset({"--output", "--quiet", "--no-cache", "--stamp"})
_FILES = frozenset({"--codebook"})  # options whose text may be the name of a file


@dataclass(frozen=True)
class CommandLine:
    """What a command was asked, but for where its result goes.

    Args:
        command: its name.
        options: those that are not at their defaults, by their long names, in the order of
            the help.
    """

    command: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def told(self, base: Path | None) -> dict[str, Any]:
        """The options as JSON values, with files named as they can be found elsewhere.

        Args:
            base: the study's folder, from which files in it are named.
        """
        return {name: _told(name, value, base) for name, value in self.options.items()}


def asked(command: str, parameters: Iterable[Parameter], values: Mapping[str, Any]) -> CommandLine:
    """The command line that gave these values.

    Args:
        command: its name.
        parameters: of the function that Typer calls.
        values: by the parameters' names.
    """
    found: dict[str, Any] = {}
    for parameter in parameters:
        names = list(option_names(parameter))
        value = values.get(parameter.name)
        if not names or names[0] in NOT_TOLD or _is_default(value, parameter.default):
            continue
        if value is False and len(names) > 1:  # --zero/--no-zero
            found[names[1]] = True
        else:
            found[names[0]] = value
    return CommandLine(command, found)


def option_names(parameter: Parameter) -> Iterator[str]:
    """The long names of an option, first that which switches on; nothing of an argument."""
    for info in get_args(parameter.annotation)[1:]:
        # Within Annotated, Typer keeps an option's first name in the place of its default.
        declared = (getattr(info, "default", None), *(getattr(info, "param_decls", None) or ()))
        for written in declared:
            for name in written.split("/") if isinstance(written, str) else ():
                if name.strip().startswith("--"):
                    yield name.strip()


def words_of(options: Mapping[str, Any]) -> list[str]:
    """Options as the words of a command line."""
    words: list[str] = []
    for name, value in options.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            words += [name] if one is True else [f"{name}={one}"]
    return words


def told_path(path: PurePath, base: Path | None) -> str:
    """A path as it can be written down for others.

    One in the study's folder is named from there, one below the current folder as it was
    given; of all others only the last part is told, for the rest says whose computer it was.
    """
    address = address_of(Path(path))
    if address:
        return address.partition("://")[0] + "://" + address.partition("://")[2].rpartition("@")[2]
    if base is not None:
        inside = os.path.relpath(os.path.abspath(path), os.path.abspath(base))
        if not PurePath(inside).is_absolute() and ".." not in PurePath(inside).parts:
            return PurePath(inside).as_posix()
    if path.is_absolute() or ".." in path.parts:
        return path.name
    return path.as_posix()


def _is_default(value: Any, default: Any) -> bool:
    return value == default or (not value and not default)


def _told(name: str, value: Any, base: Path | None) -> Any:
    match value:
        case list() | tuple():
            return [_told(name, one, base) for one in value]
        case Enum():
            return value.value
        case PurePath():
            return told_path(value, base)
        case str() if name in _FILES and Path(value).exists():
            return told_path(Path(value), base)
        case _:
            return value
