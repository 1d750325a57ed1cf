"""Lines of running words: none of the rules on labels, stamps and furniture looks at them.

Each of those rules asks much of a line, and nearly all lines are plain words. A look at how
a line begins proves for most that no rule can match; for the rest the rules are asked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field

from thematic.model.labels import INVISIBLE, key_of
from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.readers.speakers.beside import may_vary
from thematic.readers.speakers.by_sign import may_be_labels
from thematic.readers.speakers.furniture import LONGEST_MARKER, is_page, is_signature, marker_in
from thematic.readers.speakers.header import is_field
from thematic.readers.speakers.places import FLOOR_OPENS, candidate_at
from thematic.readers.speakers.roles import is_nobody, names_a_role
from thematic.readers.speakers.shapes import BLANK, Named, Style
from thematic.readers.speakers.signs import (
    DASH,
    LONGEST_BEFORE_SIGN,
    SEMICOLON,
    STOP_SIGN,
    bare_name,
    is_before_sign,
)
from thematic.readers.speakers.stamps import STAMP_SIGN

_HEAD = 104  # characters in which a label, with a stamp or brackets behind it, shows its sign
_SIGNS = expression("[:：;=>|()\t–—.-]")  # one of which stands behind every label
_NO_SIGNS = frozenset(":：(\t")  # behind or before which a name may stand in many ways
_BEFORE_NUMBER = frozenset("#0123456789")
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
        if not (self.signed or self.bare):
            return True
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
        """Whether the head of a line shows which places for a label there are: none but signs.

        Its first word is no role (`Host Why`), title, or letter that asks (`Q Why`), and there
        is no colon; what stands before another sign is kept where it may be a name.
        """
        first = line[0]
        if not self.plain_blanks or first in _OPENERS or first.isspace() or "  " in line:
            return False
        word, blank, others = line.partition(" ")
        if not blank or (first in "QA" and not line[1].isalpha()):
            return False
        if not "a" <= others[:1] <= "z" and (
            others[:1] in _BEFORE_NUMBER or line[:2] in FLOOR_OPENS or names_a_role(word)
        ):
            return False
        return self._takes_signs(line)

    def _takes_signs(self, line: str) -> bool:
        """Keep the name before the first sign of each kind, if it is one; false for a colon.

        No name goes beyond a semicolon and the like, also where they are no signs.
        """
        places: dict[str, int] = {}
        is_open = True
        for found in _SIGNS.finditer(line, 0, _HEAD):
            sign, (start, end) = found[0], found.span()
            if sign in _NO_SIGNS or not start:
                return False
            parted = line[end : end + 1] in " "
            if sign == STOP_SIGN:
                if is_open and parted and line[end + 1 : end + 2].strip():
                    places.setdefault(STOP_SIGN, start)
                continue
            sign = DASH if sign in "–—" else sign
            if is_open and (parted or sign == SEMICOLON) and places.keys() <= {STOP_SIGN}:
                places[sign] = start
            is_open = is_open and sign == DASH
        for sign in sorted(places, key=STOP_SIGN.__eq__):  # a stop counts where no other does
            name = line[: places[sign]].strip(" ")
            if len(name) <= LONGEST_BEFORE_SIGN and is_before_sign(name):
                self.signed.append(Named(key_of(name), name, sign))
                break
        return True

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
