"""The text of a small YAML file on disk, or why it cannot be had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from thematic.errors import Problem
from thematic.readers.formats.decoding import decode

MAX_CHARACTERS = 2_000_000  # of a study file


def read_yaml_file(
    path: Path, what: str, most: int = MAX_CHARACTERS
) -> tuple[str | None, list[Problem]]:
    """The text of a codebook or study file, and problems that name the path as given.

    UTF-8, UTF-16 with its mark, and CP1252 (with a note) are understood.

    Args:
        path: the file.
        what: what it should be, for messages ("codebook").
        most: characters that are read.
    """
    data, problems = read_bytes(path, what, most)
    if data is None:
        return None, problems
    text, found = decode(data)
    return text, [_mended_hint(problem).within(str(path)) for problem in found]


def read_bytes(
    path: Path, what: str, most: int = MAX_CHARACTERS
) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file that is small for what it should be, or why they cannot be had."""
    if path.is_dir():
        return None, [_problem(path, f"this is a folder, not a {what}", "name the file in it")]
    try:
        with path.open("rb") as file:
            data = file.read(4 * most + 1)
    except FileNotFoundError:
        return None, [_problem(path, f"there is no such {what}", "check the name and the folder")]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return None, [_problem(path, f"the {what} cannot be read: {reason}", "check its rights")]
    if len(data) > 4 * most:
        message = f"the file is too large for a {what}"
        return None, [_problem(path, message, f"at most {most:,} characters")]
    return data, []


def _problem(path: Path, message: str, hint: str) -> Problem:
    return Problem(str(path), 0, message, hint)


def _mended_hint(problem: Problem) -> Problem:
    """`decode` speaks of transcripts' options; YAML files have none."""
    if "--encoding" not in problem.hint:
        return problem
    return replace(problem, hint="save it as UTF-8 text")
