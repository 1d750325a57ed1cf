"""Where the command begins; also `python -m thematic`, for when it is not on the path."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from contextlib import suppress
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
    code = _code
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # a reader that stops early is no error
        pass
    except (OSError, ValueError) as error:
        if not code:  # else it was told
            from thematic.errors import ExitCode

            sys.stderr.write(f"error: cannot write to standard output: {error}\n")
            code = ExitCode.OUTPUT
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    program()
