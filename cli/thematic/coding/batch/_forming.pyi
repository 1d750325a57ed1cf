from typing import Any

from numpy.typing import NDArray

def matches(
    ends: NDArray[Any],
    first_forms: NDArray[Any],
    opens: NDArray[Any],
    first_items: NDArray[Any],
    items: NDArray[Any],
    rows: NDArray[Any],
    edited: NDArray[Any],
    sizes: NDArray[Any],
    kinds: NDArray[Any],
    /,
) -> tuple[bytes, bytes, bytes]: ...
def in_contracted(
    characters: NDArray[Any], kinds: NDArray[Any], places: NDArray[Any], /
) -> bytes: ...
