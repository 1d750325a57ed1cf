"""Many tasks in several processes of this computer."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.process import BaseProcess
from threading import Thread
from types import ModuleType
from typing import Any, TypeVar

from thematic.errors import WorkersLost

Given = TypeVar("Given")
Task = TypeVar("Task")
Result = TypeVar("Result")

TRIES = 3  # how often processes may die before any further task is finished
# Tasks handed out for each process, so that none waits for work while this one does some; fewer
# towards the end, so that all end together.
_AHEAD, _LEAST_AHEAD = 8, 2

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
        yield from workers.run(work, given, tasks, killed=killed)


def _nothing(_given: Any = None) -> None:
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
        self._stopped: list[BaseProcess] = []  # told to end
        self._open()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._close()

    def run(
        self,
        work: Callable[[Given, Task], Result],
        given: Given,
        tasks: Iterable[Task],
        prepare: Callable[[Given], None] = _nothing,
        killed: Callable[[], None] = _nothing,
        *,
        here: bool = False,
    ) -> Iterator[Result]:
        """The result of each task: `begin`, `add` and `results` at once."""
        self.begin(work, given, prepare, here=here)
        for task in tasks:
            self.add(task)
        yield from self.results(killed)

    def begin(
        self,
        work: Callable[[Given, Task], Result],
        given: Given,
        prepare: Callable[[Given], None] = _nothing,
        *,
        here: bool = False,
    ) -> None:
        """Say once what is to be done with all tasks.

        Args:
            work: a function of a module, called with what is given to all and with one task;
                it may be called twice with the same task.
            given: what every task needs; handed to each process once.
            prepare: a function of a module, called with that by each process before it has a
                task; where it raises, the tasks do so too.
            here: this process does tasks too, instead of waiting for the others.
        """
        self._told = pickle.dumps((work, given, prepare))
        self._own = partial(work, given) if here else None
        self._deal(())

    def add(self, task: Any) -> None:
        """Add a piece of work; the processes begin with the first while more are added."""
        self._tasks.add(task)

    def results(self, killed: Callable[[], None] = _nothing) -> Iterator[Any]:
        """The result of each task, as they are finished; a task that raises ends the run.

        When a process is killed, its tasks and those that waited are done again by new ones.
        With the last result all are told to end, and do so while that is made use of.

        Args:
            killed: called when a process died and its tasks are to be done again.

        Raises:
            WorkersLost: processes died again and again and none finished a task in between.
        """
        died, total = 0, len(self._tasks)
        while self._tasks:
            try:
                self._tasks.deal()
                mine = [self._own(task) for task in self._tasks.take()] if self._own else []
                yield from mine
                for result in self._tasks.finished(wait_for_one=not mine):
                    died = 0
                    yield result
            except BrokenProcessPool as error:
                died += 1
                if died >= TRIES:
                    raise WorkersLost(len(self._tasks), total) from error
                killed()
                self._close()
                self._open()
                self._deal(self._tasks.left())
        self._stop()

    def _deal(self, tasks: Iterable[Any]) -> None:
        for _ in range(self._jobs):
            self._given.put(self._told)
        self._tasks = _Tasks(self._pool, self._jobs, kept=self._own is not None)
        for task in tasks:
            self._tasks.add(task)

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
        """End the processes, and wait until they have."""
        self._stop()
        while self._stopped:
            self._stopped.pop().join()

    def _stop(self) -> None:
        """Tell the processes to end at once; if they do anything, it is of no use any more."""
        self._given.cancel_join_thread()
        self._given.close()
        running = list((getattr(self._pool, "_processes", None) or {}).values())
        self._stopped += running
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()


class _Tasks:
    """Tasks that are not done: handed out to processes, or waiting for their turn.

    Args:
        pool: of the processes.
        jobs: processes in it.
        kept: one is always kept back, for the process that hands them out.
    """

    def __init__(self, pool: ProcessPoolExecutor, jobs: int, *, kept: bool) -> None:
        self._pool, self._jobs, self._kept = pool, jobs, kept
        self._waiting: deque[Any] = deque()
        self._out: dict[Future[Any], Any] = {}

    def __len__(self) -> int:
        return len(self._waiting) + len(self._out)

    def left(self) -> list[Any]:
        """All of them, in their order."""
        return [*self._out.values(), *self._waiting]

    def add(self, task: Any) -> None:
        """Add one, and hand out what may be."""
        self._waiting.append(task)
        with suppress(BrokenProcessPool):  # which is told when a result is asked for
            self.deal()

    def deal(self) -> None:
        """Hand out as many as may be.

        Raises:
            BrokenProcessPool: a process was killed.
        """
        while len(self._waiting) > self._kept and len(self._out) < self._most:
            with _sheltered():
                try:
                    future = self._pool.submit(_do, self._waiting[0])
                except OSError as error:
                    if error.errno is not None:
                        raise
                    # Whoever noticed that a process was killed has closed the pool's own pipe.
                    raise BrokenProcessPool("the pool is closed") from error
            self._out[future] = self._waiting.popleft()

    @property
    def _most(self) -> int:
        ahead = len(self) // (2 * self._jobs + 2)
        return self._jobs * max(_LEAST_AHEAD, min(_AHEAD, ahead))

    def take(self) -> list[Any]:
        """The first that is not handed out, if there is one.

        Nothing is taken back: a pool some of whose tasks were cancelled never ends when one of
        its processes is killed then (Python 3.11).
        """
        return [self._waiting.popleft()] if self._waiting else []

    def finished(self, *, wait_for_one: bool) -> Iterator[Any]:
        """The results that are there."""
        for future in wait(self._out, None if wait_for_one else 0, FIRST_COMPLETED).done:
            result = future.result()
            del self._out[future]
            yield result


@contextmanager
def _sheltered() -> Iterator[None]:
    """Processes that begin within are never interrupted; what came meanwhile comes behind it.

    Ctrl+C reaches all processes of a terminal, also one that has only begun to load Python.
    Nor do they import the program that began them: what they do is in modules that they
    import, and a command line is of no use to them.
    """
    program = sys.modules["__main__"]
    can_wait = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if can_wait else set()
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program
        if can_wait:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(given: Any, ready: Callable[[], None]) -> None:
    """What a process does first. Ctrl+C is for the process that started it."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    ready()
    # Written by the process that began this one.
    work, what, prepare = pickle.loads(given.get())  # noqa: S301
    with suppress(Exception):  # the first task raises it again
        prepare(what)

    def on(task: Any) -> Any:
        return work(what, task)

    _work = on


def _end_with_parent() -> None:
    """Wait until the process that began this one is gone, and go too: it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Any) -> Any:
    return _work(task)
