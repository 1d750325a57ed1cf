"""The optional parts in C that settle what stands on a page; None where there was no compiler.

`_forming.c` and `_settling.c`. Each module that asks them does the same on arrays without them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from thematic.coding.batch.alphabet import Places

forming: Any
settling: Any
try:
    from thematic.coding.batch import _forming as forming
    from thematic.coding.batch import _settling as settling
except ImportError:  # it was built without a compiler
    forming = settling = None


def columns(given: tuple[bytes, ...]) -> tuple[Places, ...]:
    """What a part in C gives, as arrays."""
    return tuple(np.frombuffer(one, np.int64) for one in given)


def ranks(values: Places, places: Places) -> Places:
    """How many values, in order, are not above each of some places."""
    if settling is None:
        found: Places = np.searchsorted(values, places, "right")
        return found
    return np.frombuffer(settling.ranks(values, places), np.int64)
