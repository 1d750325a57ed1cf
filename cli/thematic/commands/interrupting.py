"""Ctrl+C: heard wherever it comes, and once."""

from __future__ import annotations

import _thread
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Timer, main_thread
from typing import TYPE_CHECKING

from thematic.errors import Interrupted

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_AT_ONCE = 0.5  # seconds in which further ones are of the same hand
_AGAIN = 0.01  # seconds until one that was not heard is repeated

_last = -_AT_ONCE  # when one was raised


def heed_interrupts() -> None:
    """Let Ctrl+C raise `Interrupted`; where somebody else listens already, nothing changes."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):  # signals can be set in the main thread only
            signal.signal(signal.SIGINT, _interrupt)
            sys.unraisablehook = partial(_repeat, sys.unraisablehook)


def _interrupt(_signal: int, _frame: object) -> None:
    global _last
    before, _last = _last, time.monotonic()
    if _last - before >= _AT_ONCE:  # or what was begun to end well would be cut short
        raise Interrupted


def _repeat(tell: Callable[[UnraisableHookArgs], object], told: UnraisableHookArgs) -> None:
    """Python drops what is raised while it clears objects away, and would go on working."""
    global _last
    if not isinstance(told.exc_value, Interrupted):
        tell(told)
        return
    _last = -_AT_ONCE
    Timer(_AGAIN, _press).start()


def _press() -> None:
    """As Ctrl+C does: what the main thread waits for is broken off too."""
    if hasattr(signal, "pthread_kill") and (main := main_thread().ident) is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()
