"""Many tasks in several processes of this computer."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
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
    """The result of each task, by processes that begin now; see `Workers.run`."""
    with Workers(min(jobs, len(tasks))) as workers:
        yield from workers.run(work, given, tasks, killed)


def _nothing() -> None:
    pass


class Workers:
    """Processes that begin at once, before it is known what they are to do.

    A process takes as long to load what it needs as it takes for some megabytes of work; the
    one that started it finds out meanwhile what there is to do.

    Args:
        jobs: processes, at least 1; no more begin at once than there are processors.
        ready: what each does while it waits: a function of a module that needs no arguments.
    """

    def __init__(self, jobs: int, ready: Callable[[], None] = _nothing) -> None:
        self._jobs, self._ready = jobs, ready
        self._open()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._close()

    def run(
        self,
        work: Callable[[Given, Task], Result],
        given: Given,
        tasks: Sequence[Task],
        killed: Callable[[], None] = _nothing,
    ) -> Iterator[Result]:
        """The result of each task, as they are finished; a task that raises ends the run.

        When a process is killed, its tasks and those that waited are done again by new ones.

        Args:
            work: a function of a module, called with what is given to all and with one task;
                it may be called twice with the same task.
            given: what every task needs; handed to each process once.
            tasks: each its own piece of work.
            killed: called when a process died and its tasks are to be done again.

        Raises:
            WorkersLost: processes died again and again and no task was finished in between.
        """
        left = list(tasks)
        died = 0
        while left:
            done: list[Task] = []
            try:
                for task, result in self._run_once(work, given, left):
                    done.append(task)
                    yield result
            except BrokenProcessPool as error:
                died = 1 if done else died + 1
                if died >= TRIES:
                    raise WorkersLost(len(left) - len(done), len(tasks)) from error
                killed()
                self._close()
                self._open()
            finished = {id(task) for task in done}
            left = [task for task in left if id(task) not in finished]

    def _run_once(
        self, work: Callable[[Given, Task], Result], given: Given, tasks: Sequence[Task]
    ) -> Iterator[tuple[Task, Result]]:
        told = pickle.dumps((work, given))
        for _ in range(self._jobs):
            self._given.put(told)
        waiting = list(reversed(tasks))
        running: dict[Future[Result], Task] = {}
        while waiting or running:
            while waiting and len(running) < self._jobs * _WAITING:
                task = waiting.pop()
                with _sheltered():
                    running[self._pool.submit(_do, task)] = task
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                result = future.result()
                yield running.pop(future), result

    def _open(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._given = context.Queue()  # what is given to all, once for each process
        self._pool = ProcessPoolExecutor(
            max_workers=self._jobs,
            mp_context=context,
            initializer=_begin,
            initargs=(self._given, self._ready),
        )
        try:
            # Each call begins one process, for none waits yet.
            with _sheltered(), suppress(BrokenProcessPool):  # which is told when there is work
                for _ in range(min(self._jobs, os.cpu_count() or 1)):
                    self._pool.submit(_nothing)
        except BaseException:  # an interrupt that came meanwhile
            self._close()
            raise

    def _close(self) -> None:
        """End the processes at once: what they are doing is of no use any more."""
        self._given.cancel_join_thread()
        self._given.close()
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


@contextmanager
def _sheltered() -> Iterator[None]:
    """Processes that begin within are never interrupted; what came meanwhile comes behind it.

    Ctrl+C reaches all processes of a terminal, also one that has only begun to load Python.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(given: Any, ready: Callable[[], None]) -> None:
    """What a process does first. Ctrl+C is for the process that started it."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ready()
    work, what = pickle.loads(given.get())  # noqa: S301  written by the process that began this one

    def on(task: Any) -> Any:
        return work(what, task)

    _work = on


def _do(task: Any) -> Any:
    return _work(task)
