"""Lines of running words: none of the rules on labels, stamps and furniture looks at them.

Each of those rules asks much of a line, and nearly all lines are plain words. A look at how
a line begins proves for most that no rule can match; for the rest the rules are asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from thematic.model.labels import INVISIBLE, key_of
from thematic.readers.speakers.beside import may_vary
from thematic.readers.speakers.by_sign import may_be_labels
from thematic.readers.speakers.colons import is_label_shaped
from thematic.readers.speakers.furniture import LONGEST_MARKER, is_page, is_signature, marker_in
from thematic.readers.speakers.header import is_field
from thematic.readers.speakers.names import is_stop
from thematic.readers.speakers.places import candidate_at
from thematic.readers.speakers.roles import is_nobody
from thematic.readers.speakers.shapes import BLANK, Named, Style
from thematic.readers.speakers.signs import STOP_SIGN, bare_name
from thematic.readers.speakers.stamps import STAMP_SIGN

_HEAD = 104  # characters in which a label, with a stamp or brackets behind it, shows its sign
_SIGNS = re.compile("[:：;=>|)\t–—.-]")  # one of which stands behind every label
_IN_WORDS = frozenset("-.–—")  # signs that are none where no blank follows
_LONGEST_STOPPED = 40  # characters before the full stop of `Name. words`
_ODD_BLANKS = tuple(sign for sign in BLANK if sign != " " and sign not in INVISIBLE)
# What a stamp, a bracket or emphasis begins with, or a mark before a name.
_OPENERS = frozenset("[({#<*_>@•-–—‣▪·0123456789")
# Whether turns are numbered, and whether they are items of a list, matters below such.
_ALL_WAYS = tuple((numbered, listed) for numbered in (False, True) for listed in (False, True))
_MOST_NUMBERS = 4  # lines that begin with a digit; five may be the numbers of all lines


def has_odd_blanks(text: str) -> bool:
    """Whether other blanks than ordinary ones stand in a text without invisible marks."""
    return any(blank in text for blank in _ODD_BLANKS)


@dataclass(slots=True)
class Running:
    """Looks at lines one by one, and keeps the names in them that may be harmless.

    Args:
        plain_blanks: whether all blanks of the text are ordinary ones.

    Attributes:
        signed: names with another sign than a colon behind them: `Right. So we ...`.
        bare: names that stand alone on a line.
        numbers: how many lines begin with a digit.
    """

    plain_blanks: bool
    signed: list[Named] = field(default_factory=list)
    bare: list[Named] = field(default_factory=list)
    numbers: int = 0

    def is_harmless(self, labels: Collection[str]) -> bool:
        """Whether none of the names is a label beside those of the keys `labels`.

        Without any labels, names alone on their lines may be such; that is asked elsewhere.
        """
        if may_be_labels(self.signed) or (self.bare and not labels):
            return False
        places = (*self.signed, *self.bare)
        return not any(one.key in labels or may_vary(one) for one in places)

    def takes(self, line: str, leads: bool) -> bool:
        """Whether a line is running words; exact, as every rule is asked that might say no.

        Args:
            line: not blank, and without invisible marks.
            leads: whether it is the first of its paragraph.
        """
        if not (self._begins_plainly(line) or self._is_no_place(line)):
            return False
        if len(line) <= LONGEST_MARKER + 1 and not self._is_no_line_of_its_own(line, leads):
            return False
        return line[0] not in "Tt(" or not is_signature(line)

    def _begins_plainly(self, line: str) -> bool:
        """Whether the head of a line shows that it is no place for a label.

        Its second word begins with a small letter, so no name with a blank behind it (`Q Why`)
        and no member of parliament is there; and no sign of a label stands in its head.
        """
        first = line[0]
        if not self.plain_blanks or first in _OPENERS or first.isspace() or "  " in line:
            return False
        second = line.find(" ") + 1
        if not second or not "a" <= line[second : second + 1] <= "z":
            return False
        if first in "QA" and not line[1].isalpha():
            return False
        at, stopped = 0, False
        while found := _SIGNS.search(line, at, _HEAD):
            at = found.end()
            if found[0] not in _IN_WORDS or at == len(line):
                return False
            if line[at] != " ":
                continue
            if found[0] != STOP_SIGN or line[at + 1 : at + 2].isspace() or at + 1 == len(line):
                return False
            if not stopped and at <= _LONGEST_STOPPED + 1:
                self._keep_stopped(line[: at - 1])
            stopped = True
        return True

    def _keep_stopped(self, name: str) -> None:
        """Keep the name of `Name. words`, where it has the form of one."""
        if is_label_shaped(name) and not is_stop(key_of(name)):
            self.signed.append(Named(key_of(name), name, STOP_SIGN))

    def _is_no_place(self, line: str) -> bool:
        """Whether no rule on labels, fields, numbers or stamps matches the line."""
        first = line[0]
        opens = first in _OPENERS or first.isdigit()
        if first.isspace() or (opens and STAMP_SIGN.search(line, 0, _HEAD)):
            return False
        self.numbers += first.isdigit()
        field, colon, _ = line[:_HEAD].partition(":")
        if self.numbers > _MOST_NUMBERS or (colon and is_field(field)):
            return False
        for numbered, listed in _ALL_WAYS if opens else _ALL_WAYS[:1]:
            found = candidate_at(line, 0, 0, len(line), numbered, listed)
            if found is not None and found.style is not Style.SIGNED:
                return False
            if found is not None:
                self.signed.append(Named(found.key, found.name, found.sign))
        return True

    def _is_no_line_of_its_own(self, line: str, leads: bool) -> bool:
        """Whether a short line is no page, border or part; keeps the name that it may be."""
        if leads and (is_nobody(marker_in(line).name) or is_page(line)):
            return False
        found = bare_name(line, 0, 0, len(line))
        if found is not None:
            self.bare.append(Named(found.key, found.name, found.sign))
        return True
