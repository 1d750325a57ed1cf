"""Running sums count each different row once, whether or not one number can hold a row."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from thematic.analysis.sums import _different

NUMBERS = st.integers(0, 3) | st.integers(0, 2**40)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=12))
@example([(1, 2**40, 2**40), (1, 2**40, 2**40), (0, 2**40, 3)])
@example([(1, 2, 3), (1, 2, 3), (1, 3, 2)])
def test_each_different_row_tells_its_code_once(rows: list[tuple[int, int, int]]) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    assert _different(*columns).tolist() == sorted(code for code, _, _ in set(rows))
