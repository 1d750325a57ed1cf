"""How a process keeps its memory, and what the libraries that it loads are told."""

from __future__ import annotations

import gc
import os
import sys
from functools import cache

_MOST = 1 << 25  # bytes of a block that the heap gives out, the most that the C library allows
_KEPT = 1 << 27  # bytes at the heap's end that are not given back
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # numbers of settings, in malloc.h of the GNU C library


@cache
def keep_freed_memory() -> None:
    """Keep memory that is let go for the next page, where the C library can be asked to.

    Every page needs arrays of the same sizes. Given back to the system and taken anew each
    time, their memory is cleared by it again and again: a tenth of a long run.
    """
    if sys.platform != "linux":
        return
    import ctypes

    setting = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
    if setting is not None:
        setting(_MMAP_THRESHOLD, _MOST)
        setting(_TRIM_THRESHOLD, _KEPT)


def set_up_libraries() -> None:
    """Say what libraries ask the environment when they are loaded, where the user does not.

    numpy's threads for algebra wait busily, a tenth of a second in each process, and none is
    needed. Arrow's own memory keeps fifteen MB for the two that it is asked for.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def collect_seldom() -> None:
    """Look for cycles of objects less often: a run makes many objects and few cycles."""
    gc.set_threshold(200_000, 20, 100)
