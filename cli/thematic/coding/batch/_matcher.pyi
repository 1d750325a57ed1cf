from typing import Any, NewType

from numpy.typing import NDArray

Matcher = NewType("Matcher", object)

def matcher(texts: bytes, ends: bytes, needs: bytes, /) -> Matcher: ...
def occurrences(matcher: Matcher, characters: NDArray[Any], wide: bool, /) -> bytes: ...
