"""Regular expressions that are compiled when they are first used.

Most transcripts need few of the signs that readers know, and compiling all of them was a
twentieth of a second in every process.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")


class Later:
    """Stands for a pattern, and becomes as quick as the pattern itself when it is used."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """What the pattern has of that name; asked for once, for then it is found here."""
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update((one, getattr(compiled, one)) for one in _ASKED)
        return getattr(compiled, name)


def expression(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for a name of a module: methods can be called, as of a pattern."""
    return cast("re.Pattern[AnyStr]", Later(source, flags))
