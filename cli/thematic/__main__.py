"""Where the command begins; also `python -m thematic`, for when it is not on the path."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the command line and run it; Ctrl+C while it loads ends the process at once."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from thematic.app import main as run

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":
    main()
