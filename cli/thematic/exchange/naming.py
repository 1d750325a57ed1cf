"""Which codes a remark names, and what else it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from thematic.errors import did_you_mean
from thematic.model.nouns import dataclass

_PARTS = re.compile(r"[;,\n]")
_LEVELS = re.compile(r"\s*[/>\\]\s*")
_BLANKS = re.compile(r"[\s_-]+")
_MARK = re.compile(r"(?<![\w#&])#(?=[^\W\d_])")  # not `#3`, nor an entity
_END = re.compile(r"[;,\n#]")  # of a marked name
_NEXT = re.compile(r"\s*[;,\n]\s*([^;,\n#]+)(?=[;,\n]|\Z)")
_WORD = re.compile(r"\S+")
_GAP = re.compile(r"[ \t]{2,}")
_ROUND = " \t\n;,:"  # a note, left by the codes
_TRAILING = ".:!?)]}\"'”’"
_MOST_WORDS = 8  # of a code's name
_FEW_WORDS = 3  # of a remark that may be a code misspelt
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person wrote beside a passage, understood."""

    codes: tuple[str, ...] = ()  # paths, in the order named
    note: str = ""
    faults: tuple[tuple[str, str], ...] = ()  # what names no one code, and a hint


class Codes:
    """The codes of a codebook, by the ways people write them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = list(paths)
        self._whole: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        for path in self.paths:
            parts = _key(path).split("/")
            self._whole.setdefault("/".join(parts), []).append(path)
            for first in range(1, len(parts)):
                self._ends.setdefault("/".join(parts[first:]), []).append(path)

    def named(self, written: str) -> list[str]:
        """The paths that a name may mean: the whole path, else the end of one or several.

        Case, and what stands between the words of a name, do not matter.
        """
        key = _key(written)
        return self._whole.get(key) or self._ends.get(key) or []

    def fault(self, written: str) -> tuple[str, str]:
        """What is wrong with a name that means no code or several, and a hint."""
        several = self.named(written)
        if several:
            listed = ", ".join(several[:_LISTED])
            return f"{written!r} names {len(several)} codes", f"write one of: {listed}"
        return f"the codebook has no code {written!r}", self.guess(written)

    def guess(self, written: str) -> str:
        """A guess at what was meant, as a hint."""
        if not self.paths:
            return "name the codebook with -c, or in study.yaml"
        known = {name: path for name, paths in self._ends.items() for path in paths}
        known |= {name: path for name, paths in self._whole.items() for path in paths}
        near = did_you_mean(_key(written), known)
        for name, path in known.items():
            if near == f"did you mean {name!r}?":
                return f"did you mean {path!r}?"
        more = " …" if len(self.paths) > _LISTED else ""
        return f"there are: {', '.join(self.paths[:_LISTED])}{more}"

    def is_near(self, written: str) -> bool:
        """Whether a short text looks like a code misspelt."""
        short = len(written.split()) <= _FEW_WORDS
        return short and self.guess(written).startswith("did you mean")

    def understood(self, text: str) -> Remark:
        """What a remark says: codes marked with `#`, or names of codes alone, and a note.

        `#finance/mining she means gold` is a code with a note. Without the mark a remark is
        a code only where its first lines hold nothing but codes, or codes and `:` before a
        note. Several codes are parted by `;`, `,` or a new line.
        """
        plain = text.strip()
        return self._marked(plain) if _MARK.search(plain) else self._unmarked(plain)

    def split(self, written: str) -> Remark:
        """The codes of a cell that holds nothing else."""
        if self.named(written.lstrip("#")):
            return self._settled([written.lstrip("#")], "")
        parts = (part.strip().lstrip("#").strip() for part in _PARTS.split(written))
        return self._settled([part for part in parts if part], "")

    def _marked(self, text: str) -> Remark:
        """The codes taken out of the text; what is left is the note, as it was written."""
        names: list[str] = []
        left: list[str] = []
        at = 0
        while mark := _MARK.search(text, at):
            left.append(text[at : mark.start()])
            name, at = self._name_at(text, mark.end())
            names.append(name)
            while (more := _NEXT.match(text, at)) and self.named(more[1]):
                names.append(more[1].strip())
                at = more.end()
        note = _GAP.sub(" ", "".join([*left, text[at:]]))
        return self._settled(names, note.strip(_ROUND))

    def _name_at(self, text: str, start: int) -> tuple[str, int]:
        """The name that begins at a place, the longest that is known, and where it ends."""
        end = next((m.start() for m in [_END.search(text, start)] if m), len(text))
        words = list(_WORD.finditer(text, start, end))[:_MOST_WORDS]
        for word in reversed(words):
            name = text[start : word.end()].rstrip(_TRAILING)
            if self.named(name):
                return name, start + len(name)
        name = words[0][0].rstrip(_TRAILING) or words[0][0]
        return name, start + len(name)

    def _unmarked(self, text: str) -> Remark:
        """The codes on the first lines, as far as these hold nothing else; the rest is the note."""
        lines = text.split("\n")
        names: list[str] = []
        at = 0
        while at < len(lines) and (more := self._alone(lines[at])) is not None:
            names += more
            at += 1
        if at < len(lines):
            head, sign, tail = lines[at].partition(":")
            more = self._alone(head) if sign else None
            if more:
                names += more
                lines[at] = tail.strip()
        if not names:
            return Remark(note=text)
        return self._settled(names, "\n".join(lines[at:]).strip())

    def _alone(self, line: str) -> list[str] | None:
        """The names on a line that holds nothing but names of codes; None = it holds more."""
        names = [part.strip() for part in _PARTS.split(line) if part.strip()]
        return names if all(map(self.named, names)) else None

    def _settled(self, names: Iterable[str], note: str) -> Remark:
        found: list[str] = []
        faults: list[tuple[str, str]] = []
        for name in names:
            paths = self.named(name)
            if len(paths) == 1:
                found += paths
            else:
                faults.append(self.fault(name))
        return Remark(tuple(dict.fromkeys(found)), note, tuple(dict.fromkeys(faults)))


def _key(name: str) -> str:
    """A name as it is compared."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip().strip("#").strip()
    return _LEVELS.sub("/", _BLANKS.sub("-", _LEVELS.sub("/", plain))).strip("/-")
