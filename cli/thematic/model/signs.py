"""Which characters a text has, where most of it is ASCII."""

from __future__ import annotations

_ASCII = bytes(range(0x80))


def beyond_ascii(text: str) -> set[str]:
    """The different characters of a text that are not ASCII.

    Looking for any of some characters in every place takes several times as long.
    """
    if text.isascii():
        return set()
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(rest.decode("utf-8", "surrogatepass"))
