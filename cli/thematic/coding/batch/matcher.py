"""All places of many literals in bytes, as arrays: the one door of pages to the matcher.

`_matcher.c` where the package was built with a compiler, `fast/automaton.py` otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thematic.coding.fast.automaton import occurrences_in_bytes
from thematic.coding.fast.literals import Literal

compiled: Any
try:
    from thematic.coding.batch import _matcher as compiled
except ImportError:  # it was built without a compiler
    compiled = None

LONGEST = 1000  # bytes of a literal that the compiled one takes, which goes down by recursion
_NEEDS_START, _NEEDS_END = 1, 2  # as in `_matcher.c`

Rows = NDArray[np.int64]


def rows_of(literals: Sequence[Literal]) -> Callable[[bytes], Rows]:
    """A function that gives the occurrences of literals in a text as UTF-8.

    Returns:
        A function of bytes; its rows are number, start, end of each occurrence, of shape (n, 3),
        in no set order. Those that are inside a word, where no form of the literal may be,
        can be left out.
    """
    spelled = [one.text.encode("utf-8", "surrogatepass") for one in literals]
    if compiled is None or not spelled or max(map(len, spelled)) > LONGEST:
        found = occurrences_in_bytes([one.text for one in literals])
        return lambda data: _shaped(np.fromiter(chain.from_iterable(found(data)), np.int64))
    ends = np.cumsum(np.array(list(map(len, spelled)), np.int64))
    needs = bytes(map(_needs, literals))
    matcher = compiled.matcher(b"".join(spelled), ends.tobytes(), needs)
    return lambda data: _shaped(np.frombuffer(compiled.occurrences(matcher, data), np.int64))


def _shaped(flat: Rows) -> Rows:
    return flat.reshape(-1, 3)


def _needs(literal: Literal) -> int:
    """Beside which ends no letter may stand."""
    if literal.globs:
        return 0
    start = literal.begins_with_letter and not any(form.before for form in literal.forms)
    end = literal.ends_with_letter and not any(form.after for form in literal.forms)
    return _NEEDS_START * start + _NEEDS_END * end
