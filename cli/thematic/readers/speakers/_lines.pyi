from collections.abc import Callable

def marks(text: str, /) -> bytes: ...
def may_hold_stamp(marks: bytes, /) -> bool: ...
def read(
    text: str,
    marks: bytes,
    plain_blanks: bool,
    is_label: Callable[[str], bool],
    takes: Callable[[str, bool], bool],
    /,
) -> (
    tuple[list[str], list[int], list[int], dict[str, int], int, set[str], set[str], int, int] | None
): ...
