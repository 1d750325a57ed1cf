"""Many tasks on an existing Dask cluster. What the tasks read is sent to its hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any, TypeVar

from thematic.errors import NoScheduler, NotInstalled, WorkersLost

Given = TypeVar("Given")
Task = TypeVar("Task")
Result = TypeVar("Result")

RETRIES = 3  # of a task whose worker was lost


def run(
    work: Callable[[Given, Task], Result], given: Given, tasks: Sequence[Task], address: str
) -> Iterator[Result]:
    """The result of each task, as they are finished.

    Args:
        work: a function of a module that the workers can import too, called with what is given
            to all and with one task; it may be called twice with the same task.
        given: what every task needs; sent to the cluster once, and handed on by its workers.
        tasks: each its own piece of work. Files they name must be reachable by every worker.
        address: of the scheduler, for example tcp://10.0.0.1:8786.

    Raises:
        NotInstalled: the package dask is missing.
        NoScheduler: it cannot be reached.
        WorkersLost: it is gone, or lost the same task again and again.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError as error:
        raise NotInstalled(
            "a Dask cluster needs the packages dask and distributed",
            "install them with: pip install 'thematic[dask]'",
        ) from error
    done = 0
    connect: Any = Client
    try:
        client = connect(address, set_as_default=False)
    except (OSError, ValueError) as error:  # the latter where it is no address
        raise NoScheduler(address) from error
    try:
        with client:
            # Scattered data is gone with the workers that hold it; what a task gave is made anew.
            shared = client.submit(_same, given, pure=False, retries=RETRIES)
            futures = [client.submit(work, shared, t, pure=False, retries=RETRIES) for t in tasks]
            finished: Any = as_completed  # untyped where it is installed
            for future in finished(futures, loop=client.loop):
                yield future.result()
                done += 1
    except (KilledWorker, CancelledError, OSError) as error:
        raise WorkersLost(len(tasks) - done, len(tasks)) from error


def _same(given: Given) -> Given:
    return given
