"""The lines of a text, by number, without a copy of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from thematic.model.labels import visible


class Lines:
    """Where each line of a text starts and ends; numbers are 0-based."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []
        self._blank = bytearray()
        position = 0
        for line in text.split("\n"):
            self._starts.append(position)
            self._blank.append(not line or line.isspace() or not visible(line).strip())
            position += len(line) + 1

    def __len__(self) -> int:
        return len(self._starts)

    def start(self, number: int) -> int:
        """Position of the line's first character."""
        return self._starts[number]

    def end(self, number: int) -> int:
        """Position of the line's `\\n`, or the end of the text."""
        if number + 1 < len(self._starts):
            return self._starts[number + 1] - 1
        return len(self.text)

    def text_of(self, number: int) -> str:
        """The line without its `\\n`."""
        return self.text[self.start(number) : self.end(number)]

    def is_blank(self, number: int) -> bool:
        """Whether the line holds white space only."""
        return bool(self._blank[number])

    def number_at(self, position: int) -> int:
        """Number of the line that holds `position`."""
        return bisect_right(self._starts, position) - 1

    def blocks(
        self, skipped: frozenset[int] = frozenset(), before: int | None = None
    ) -> Iterator[list[int]]:
        """Runs of lines without a blank or skipped one between, up to position `before`."""
        block: list[int] = []
        for number in range(len(self)):
            if before is not None and self.start(number) >= before:
                break
            if number in skipped or self.is_blank(number):
                if block:
                    yield block
                block = []
            else:
                block.append(number)
        if block:
            yield block
