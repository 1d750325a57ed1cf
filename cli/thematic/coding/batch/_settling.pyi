from typing import Any

from numpy.typing import NDArray

def ranks(values: NDArray[Any], places: NDArray[Any], /) -> bytes: ...
def sentences(
    characters: NDArray[Any],
    kinds: NDArray[Any],
    signs: NDArray[Any],
    two: NDArray[Any],
    three: NDArray[Any],
    /,
) -> tuple[bytes, bytes]: ...
def limits(
    characters: NDArray[Any],
    kinds: NDArray[Any],
    ends: NDArray[Any],
    note_starts: NDArray[Any],
    note_ends: NDArray[Any],
    address_starts: NDArray[Any],
    address_ends: NDArray[Any],
    stop_word_starts: NDArray[Any],
    stop_word_ends: NDArray[Any],
    most: int,
    /,
) -> tuple[bytes, bytes]: ...
def stretches(
    kinds: NDArray[Any],
    places: NDArray[Any],
    firsts: NDArray[Any],
    lasts: NDArray[Any],
    /,
) -> tuple[bytes, bytes]: ...
def brackets(
    characters: NDArray[Any],
    kinds: NDArray[Any],
    signs: NDArray[Any],
    heads: NDArray[Any],
    /,
) -> tuple[bytes, bytes]: ...
