"""Reads on after a YAML syntax error, so that one pass shows as many faults as can be known.

The parser stops at its first fault. Here the fault is put into plain words
(`yaml_syntax`), the line is mended in memory as its writer probably meant it (quotes round
a text with a colon, blanks for tabs) or, where that cannot be known, cut out together with
what belongs to it, and the text is parsed again. A text that needed mending is never used
for coding; it only shows its further faults.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import field

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.readers.lined_yaml.nodes import Composed, Node, compose
from thematic.readers.lined_yaml.syntax import TAB_INDENT, SyntaxFault, explain

MAX_FAULTS = 40  # syntax errors told in one pass
MAX_LINES_EACH = 20  # lines told of one kind of bad character
_MAX_PARSED = 20_000_000  # characters, all passes together

# All that YAML does not take; told the other way round it takes ten times as long to compile.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_JSON_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class Document:
    """The nodes of a text and everything wrong with its YAML."""

    root: Node | None
    problems: tuple[Problem, ...]
    sound: bool = True  # the text parses as it is written
    whole: bool = True  # no words were cut out; else what seems missing may have stood there
    doubtful: frozenset[int] = frozenset()  # lines changed on a guess

    def certain(self, problems: Sequence[Problem]) -> list[Problem]:
        """Of all problems found in the document, those that mending did not bring about."""
        if self.sound:
            return list(problems)
        return [
            problem
            for problem in problems
            if problem in self.problems
            or (problem.severity is Severity.ERROR and problem.line not in self.doubtful)
        ]


def read_document(text: str) -> Document:
    """Nodes and YAML faults of a text; every line number is that of the text. Never raises."""
    work = _Work(_clean_text(text).split("\n"))
    work.replace_unprintable()
    composed = compose("\n".join(work.lines))
    passes = 1
    while composed.error is not None and passes <= MAX_FAULTS:
        if passes * len(text) > _MAX_PARSED or not work.mend(composed):
            break
        composed = compose("\n".join(work.lines))
        passes += 1
    if composed.error is not None:
        work.cut |= set(range(_error_line(composed), len(work.lines) + 1))
    doubtful = frozenset(work.guessed | work.cut)
    problems = (*work.problems, *(p for p in composed.problems if p.line not in doubtful))
    if composed.truncated:
        return Document(None, problems, sound=False, whole=False, doubtful=doubtful)
    return Document(composed.root, problems, not work.problems, not work.cut, doubtful)


def _clean_text(text: str) -> str:
    """Line ends as `\\n`; characters that only YAML takes for line ends become blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    if text.lstrip().startswith("{"):  # JSON writes rare characters as two halves
        text = _JSON_PAIR.sub(lambda found: str(json.loads(f'"{found[0]}"')), text)
    return re.sub("[\x85\u2028\u2029]", " ", text)


def _error_line(composed: Composed) -> int:
    mark = composed.error.problem_mark if composed.error else None
    return mark.line + 1 if mark else 1


@dataclass(slots=True)
class _Work:
    """The lines as they are mended, and what was said about them. Lines count from 1."""

    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    mended: set[int] = field(default_factory=set)
    guessed: set[int] = field(default_factory=set)  # mended by more than indentation
    cut: set[int] = field(default_factory=set)

    def replace_unprintable(self) -> None:
        """Replace characters that YAML forbids; report the lines that hold one."""
        found = [n for n, line in enumerate(self.lines, 1) if _UNPRINTABLE.search(line)]

        def message(number: int) -> str:
            first = _UNPRINTABLE.search(self.lines[number - 1])
            return f"an invisible control character (U+{ord(first[0]) if first else 0:04X})"

        self._say_each(found, message, "remove it")
        for number in found:
            self.lines[number - 1] = _UNPRINTABLE.sub("\ufffd", self.lines[number - 1])

    def mend(self, composed: Composed) -> bool:
        """Report the syntax error and mend its line; False when nothing more can be done."""
        number = min(_error_line(composed), len(self.lines))
        if TAB_INDENT.match(self.lines[number - 1]):
            return self._mend_tabs()
        fault = explain(composed, self.lines)
        return fault is not None and self._apply(fault)

    def _apply(self, fault: SyntaxFault) -> bool:
        number = fault.index + 1
        if number in self.mended | self.cut:  # said already, and mending it did not help
            return self._cut_block(number)
        self.problems.append(Problem("", number, fault.message, fault.hint))
        self.mended.add(number)
        if fault.line is None:
            return self._cut_block(number)
        self.guessed.add(number)
        self.lines[fault.index] = fault.line
        if fault.loses_words:
            self._cut_block(number, keep_first=True)
        return True

    def _mend_tabs(self) -> bool:
        """Tabs are faults wherever they indent; take the width that parses furthest."""
        tabbed = [n for n, line in enumerate(self.lines, 1) if TAB_INDENT.match(line)]
        best, reached = self.lines, -1
        candidates = [[_untabbed(line, width) for line in self.lines] for width in (2, 4, 8)]
        for lines in (*candidates, _aligned(self.lines)):
            composed = compose("\n".join(lines))
            line = _error_line(composed) if composed.error else len(lines) + 1
            if line > reached:
                best, reached = lines, line
        self._say_each(tabbed, lambda _: "a tab is used for indentation", "indent with blanks")
        self.lines = best
        self.mended |= set(tabbed)
        return True

    def _cut_block(self, number: int, *, keep_first: bool = False) -> bool:
        """Empty a line and the deeper lines below it; False when they are empty already."""
        depth = _indent(self.lines[number - 1])
        self.cut.add(number)
        changed = False
        for index in range(number - 1, len(self.lines)):
            line = self.lines[index]
            if index >= number and line.strip() and _indent(line) <= depth:
                break
            if line.strip() and not (keep_first and index == number - 1):
                self.lines[index] = ""
                self.cut.add(index + 1)
                changed = True
        return changed

    def _say_each(self, numbers: Sequence[int], message: Callable[[int], str], hint: str) -> None:
        told = numbers[:MAX_LINES_EACH]
        self.problems += [Problem("", number, message(number), hint) for number in told]
        if more := len(numbers) - len(told):
            last = numbers[len(told)]
            self.problems.append(
                Problem("", last, f"{message(last)}, and so on {more - 1} more lines", hint)
            )


def _untabbed(line: str, width: int) -> str:
    found = TAB_INDENT.match(line)
    return found[0].replace("\t", " " * width) + line[found.end() :] if found else line


def _aligned(lines: Sequence[str]) -> list[str]:
    """Lines indented with tabs moved under the line above them."""
    aligned: list[str] = []
    depth = 0
    for line in lines:
        tabbed = TAB_INDENT.match(line)
        aligned.append(" " * depth + line.lstrip() if tabbed else line)
        depth = _indent(aligned[-1]) if aligned[-1].strip() else depth
    return aligned


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
