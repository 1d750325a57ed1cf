"""Files that a command is given beside the transcripts, taken in whole."""

from __future__ import annotations

from pathlib import Path

from thematic.errors import UsageError

_MOST = 256 * 1024**2  # bytes of a file


def bytes_of(file: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UsageError: it cannot be read, or is too large to be what it is given for.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except OSError as error:
        raise UsageError(f"cannot read {str(file)!r}: {error.strerror or error}") from error
    if len(data) > _MOST:
        raise UsageError(f"{str(file)!r} is larger than {_MOST // 1024**2} MB")
    return data
