from typing_extensions import Buffer

def written(
    texts: list[str],
    pieces: Buffer,
    begins: Buffer,
    ends: Buffer,
    kinds: bytes,
    folds: bytes,
    letter: int,
    blank: int,
    joiner: int,
    hyphen: int,
    /,
) -> tuple[bytes, ...]: ...
def level(texts: list[str], pieces: Buffer, begins: Buffer, ends: Buffer, /) -> bytes: ...
