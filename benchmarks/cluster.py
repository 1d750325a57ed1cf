"""A Dask cluster of two workers on this machine, for as long as it is needed.

`python -m benchmarks.cluster` prints its address and ends with its standard input.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measuring import ROOT


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a cluster in processes of its own, so that this one stays small."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.communicate()


def main() -> None:
    """Start the cluster and wait."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as running:
        print(running.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
