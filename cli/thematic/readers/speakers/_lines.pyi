from collections.abc import Callable

def read(
    text: str,
    marks: bytes,
    plain_blanks: bool,
    is_label: Callable[[str], bool],
    takes: Callable[[str, bool], bool],
    /,
) -> tuple[dict[str, int], bytes, bytes, bytes, int, set[str], set[str], int, int] | None: ...
