"""One task after another, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Given = TypeVar("Given")
Task = TypeVar("Task")
Result = TypeVar("Result")


def run(
    work: Callable[[Given, Task], Result], given: Given, tasks: Sequence[Task]
) -> Iterator[Result]:
    """The result of each task, in the order of the tasks.

    Args:
        work: called with what is given to all and with one task.
        given: what every task needs.
        tasks: each its own piece of work.
    """
    for task in tasks:
        yield work(given, task)
