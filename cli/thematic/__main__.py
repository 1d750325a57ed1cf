"""Where the command begins; also `python -m thematic`, for when it is not on the path."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from typing import NoReturn

_code: int | None = None  # with which the process ends, once that is known


def program() -> NoReturn:
    """Run the command line as what the whole process is for: it ends with it, and soon."""
    global _code
    # What is asked for from here on is done before; what was asked for earlier, as by a tool
    # that watches the process, would not be.
    if not getattr(atexit, "_ncallbacks", lambda: 1)():
        atexit.register(_leave)
    try:
        main()
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            _code = ended.code or 0
        raise
    sys.exit()


def main() -> None:
    """Load the command line and run it; Ctrl+C while it loads ends the process at once."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from thematic.app import main as run

    signal.signal(signal.SIGINT, before)
    run()


def _leave() -> None:
    """End the process, when all else that was to be done at its end is done.

    Python would take its modules and what they hold apart first, a hundredth of a second, which
    go with the process anyway.
    """
    if _code is None:
        return
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            if not _code:
                return  # Python tries again, says so and ends otherwise
    os._exit(_code)


if __name__ == "__main__":
    program()
