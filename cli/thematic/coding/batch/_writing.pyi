from typing import Any

from typing_extensions import Buffer

def beyond(
    texts: list[str], pieces: Buffer, begins: Buffer, ends: Buffer, does: Buffer, /
) -> tuple[bytes, list[int]]: ...
def words(kinds: Buffer, /) -> bytes: ...
def written(
    texts: list[str],
    pieces: Buffer,
    begins: Buffer,
    ends: Buffer,
    kinds: Buffer,
    folds: Buffer,
    /,
) -> tuple[Any, ...]: ...
