"""The parts in C that the package may be built without, and how to do without them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from thematic.coding.batch import matcher, parts, writing
from thematic.readers.formats import decoding
from thematic.readers.speakers import said


@contextmanager
def without_compiled() -> Iterator[None]:
    """As where the package was built without a compiler."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (matcher, writing, said, decoding):
            patch.setattr(module, "compiled", None)
        for name in ("forming", "settling"):
            patch.setattr(parts, name, None)
        yield
