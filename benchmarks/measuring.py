"""Whole processes, their CPU seconds and memory, side by side."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from typing import IO

ROOT = Path(__file__).parents[1]
UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


class Failed(Exception):
    """A process of the benchmark did not end well."""


def bytes_of(text: str) -> int:
    """The number of bytes that `500kB`, `20MB` or `1G` say."""
    match = re.fullmatch(r"([\d.]+)\s*([kmg]?)b?", text.lower())
    if match is None:
        raise argparse.ArgumentTypeError("a size looks like 500kB, 20MB or 1G")
    return int(float(match[1]) * UNITS[match[2]])


@dataclass(frozen=True)
class Used:
    """What one process and the processes it waited for used."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    memory: int  # bytes of the largest process at its peak
    said: str  # its standard output; "" where that went to a file


@dataclass(frozen=True)
class Command:
    """A command line to measure."""

    arguments: tuple[str, ...]
    to: Path | None = None  # a file for standard output; None = kept
    setting: Mapping[str, str] = field(default_factory=dict)  # of the environment
    fine: tuple[int, ...] = (0,)  # exit codes that mean it did its work
    empty: tuple[Path, ...] = ()  # folders that are made anew first


def run(command: Command) -> Used:
    """Run one command to its end.

    The memory is the kernel's `ru_maxrss`, which is never less than what this process has
    itself: so this process loads nothing heavy, and corpora are made and judged in others.
    """
    for folder in command.empty:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    # Files, not pipes: a full pipe would stop the process until someone reads.
    with ExitStack() as files:
        to: IO[bytes] = command.to.open("w+b") if command.to else TemporaryFile()  # noqa: SIM115
        out, err = files.enter_context(to), files.enter_context(TemporaryFile())
        began = time.perf_counter()
        process = subprocess.Popen(
            command.arguments,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env={**os.environ, **command.setting},
            cwd=ROOT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in command.fine:
            err.seek(0)
            fault = err.read().decode(errors="replace")
            said = " ".join(" ".join(fault.splitlines()[-3:]).split())
            raise Failed(f"exit {process.returncode}: {said}")
        out.seek(0)
        said = "" if command.to else out.read().decode()
    return Used(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024, said)


@dataclass(frozen=True)
class Side:
    """One side of a comparison: medians of its runs, and the most memory."""

    cpu: float
    wall: float
    memory: int

    @classmethod
    def of(cls, runs: Sequence[Used]) -> Side:
        """The medians of some runs of one command."""
        return cls(
            median(used.cpu for used in runs),
            median(used.wall for used in runs),
            max(used.memory for used in runs),
        )


def in_turn(commands: Sequence[Command], times: int) -> list[list[Used]]:
    """Run all commands one after the other, so many times over; the runs of each."""
    runs: list[list[Used]] = [[] for _ in commands]
    for _ in range(times):
        for command, used in zip(commands, runs, strict=True):
            used.append(run(command))
    return runs


def run_at_once(commands: Sequence[Command]) -> Used:
    """Run some commands at the same time: until the last one ends, and what all used."""
    began = time.perf_counter()
    with ThreadPoolExecutor(len(commands)) as threads:
        each = [*threads.map(run, commands)]
    wall = time.perf_counter() - began
    return Used(sum(one.cpu for one in each), wall, max(one.memory for one in each), "")


def side_by_side(commands: Sequence[Command], times: int) -> list[Side]:
    """The medians of each of some commands that are run in turn."""
    return [Side.of(runs) for runs in in_turn(commands, times)]


def machine() -> str:
    """The machine and what else is in play, in one line."""
    name = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = re.findall(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE)
        name = names[0] if names else name
    load = os.getloadavg()[0]
    version = ".".join(map(str, sys.version_info[:3]))
    return (
        f"{name}, {os.cpu_count()} cores; Python {version} on {sys.platform}; "
        f"load average at the start {load:.1f}"
    )
