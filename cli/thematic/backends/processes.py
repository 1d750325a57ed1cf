"""Many tasks in several processes of this computer."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from thematic.errors import WorkersLost

Given = TypeVar("Given")
Task = TypeVar("Task")
Result = TypeVar("Result")

TRIES = 3  # how often processes may die before any further task is finished
_WAITING = 2  # tasks handed out for each process, so that none waits for work

_work: Callable[[Any], Any]  # in a worker: what it does with a task


def run(
    work: Callable[[Given, Task], Result],
    given: Given,
    tasks: Sequence[Task],
    jobs: int,
    killed: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """The result of each task, as they are finished; a task that raises ends the run.

    When a process is killed, its tasks and those that waited are done again by new ones.

    Args:
        work: a function of a module, called with what is given to all and with one task; it
            may be called twice with the same task.
        given: what every task needs; handed to each process once.
        tasks: each its own piece of work.
        jobs: processes, at least 1.
        killed: called when a process died and its tasks are to be done again.

    Raises:
        WorkersLost: processes died again and again and no task was finished in between.
    """
    left = list(tasks)
    died = 0
    while left:
        done: list[Task] = []
        try:
            for task, result in _run_once(work, given, left, jobs):
                done.append(task)
                yield result
        except BrokenProcessPool as error:
            died = 1 if done else died + 1
            if died >= TRIES:
                raise WorkersLost(len(left) - len(done), len(tasks)) from error
            killed()
        finished = {id(task) for task in done}
        left = [task for task in left if id(task) not in finished]


def _run_once(
    work: Callable[[Given, Task], Result], given: Given, tasks: Sequence[Task], jobs: int
) -> Iterator[tuple[Task, Result]]:
    waiting = list(reversed(tasks))
    running: dict[Future[Result], Task] = {}
    pool = ProcessPoolExecutor(
        max_workers=min(jobs, len(tasks)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(work, given),
    )
    try:
        while waiting or running:
            while waiting and len(running) < jobs * _WAITING:
                task = waiting.pop()
                running[pool.submit(_do, task)] = task
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                result = future.result()
                yield running.pop(future), result
    except BaseException:
        _stop(pool)
        raise
    pool.shutdown()


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the processes at once: what they are doing is of no use any more."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


def _begin(work: Callable[[Given, Task], Result], given: Given) -> None:
    """What a process does first. Ctrl+C is for the process that started it."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def on(task: Task) -> Result:
        return work(given, task)

    _work = on


def _do(task: Any) -> Any:
    return _work(task)
