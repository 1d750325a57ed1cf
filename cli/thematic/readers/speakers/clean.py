"""The commonest texts: lines that begin with a sure label, `Name: words`, and running words.

There nothing is left to weigh, so the turns are read in one go. What comes out is the same
as by the full way, which all other texts take (`turns`, `labels`), because under the
conditions here that way accepts every label, finds none besides and has nothing to tell:

- Each line that is not blank begins with a plain name, a colon and a blank, so it is a
  candidate by its colon (`places.is_plain`), or it is of no interest to any rule (`running`).
  No key is one of metadata (`header.may_be_metadata`).
- There is no stamp in the text, no time in place of words, and no invisible mark to be
  looked through.
- A turn may begin at each label, and most places where one may begin have a label
  (`evidence`). Each label is a role word or a name that leads a paragraph and repeats, or
  that stands beside such (`accepting`); a rare one is no acronym or other word that is
  sooner prose (`doubts`).
- No label is a slip, no letter is left to be told from its questions (`asking`), and nothing
  that is called as a label stands elsewhere (`by_sign`, `beside`).

A text of running words only has no labels, and each of its paragraphs is a turn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

from thematic.model.labels import key_of
from thematic.model.paragraphs import paragraphs, trim
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Span
from thematic.model.turns import PlainTurns
from thematic.readers.speakers.asking import pairs_among
from thematic.readers.speakers.colons import has_clock_as_words
from thematic.readers.speakers.evidence import ENDS_TALK
from thematic.readers.speakers.header import may_be_metadata, preamble
from thematic.readers.speakers.lines import Lines, may_hold_invisible
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.places import is_plain
from thematic.readers.speakers.roles import declared_keys, names_a_role, role_of
from thematic.readers.speakers.running import Running, has_odd_blanks
from thematic.readers.speakers.shapes import LONGEST_LABEL, skip_blanks
from thematic.readers.speakers.slips import slips_for
from thematic.readers.speakers.stamps import STAMP_SIGN, stamps_in
from thematic.readers.speakers.vocabulary import STOP

_OFTEN = 4  # times that a name stands which no rule on rare ones looks at
_SOME = 0.3  # share of the places where a turn may begin that have a label
_MOST = 0.6  # ... where a name stands once
_EVERY_LINE = 0.9  # share of the lines with a label where each line is a turn
_MOST_WORDS = 4  # of a name that stands once
_MOST_NAMES = 200  # of one text; real ones have a dozen, and more are no use to look at here
_OF_SIGNATURES = ("this ", "transcri")  # with which the lines begin that programs add


def clean_turns(text: str, speakers: Speakers) -> PlainTurns | None:
    """The turns of a text of sure labels and running words; None for any other text."""
    if may_hold_invisible(text):
        return None
    if STAMP_SIGN.search(text) and (any(stamps_in(text)) or has_clock_as_words(text)):
        return None
    running = Running(not has_odd_blanks(text))
    said = _Said()
    if not said.read(text, running) or not _all_stand(said, running, text, speakers):
        return None
    roles = {name: role_of(name, speakers) for name in said.counts}
    asks = Role.INTERVIEWER in roles.values()
    if not asks and pairs_among(set(map(key_of, roles)), declared_keys(speakers), text):
        return None  # letters such as P and R, of which one may ask
    return _turns(text, said, roles)


def _turns(text: str, said: _Said, roles: dict[str, Role]) -> PlainTurns:
    if not said.names:
        spans = [*paragraphs(text, Span(0, len(text)))]
        starts, ends = [one.start for one in spans], [one.end for one in spans]
        return PlainTurns([""] * len(spans), starts, ends, {"": Role.NONE})
    above = preamble(Lines(text[: said.first]), said.first, frozenset()) if said.first else None
    if above:
        first = trim(text, above)
        said.names.insert(0, "")
        said.starts.insert(0, first.start)
        said.ends.insert(0, first.end)
        roles |= {"": Role.NONE}
    return PlainTurns(said.names, said.starts, said.ends, roles)


@dataclass
class _Said:
    """Whose words stand where, and how the lines with labels lie among the others.

    Attributes:
        names: the label of each turn, in text order.
        starts, ends: where the words of each turn begin and end; equal where it has none.
        first: where the first label stands.
        leading: labels that begin a paragraph somewhere.
        apart: whether each label stands below a blank line, or below talk that ends.
        filled, paragraphs: lines that are not blank, and runs of them.
    """

    names: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    first: int = 0
    leading: set[str] = field(default_factory=set)
    apart: bool = True
    filled: int = 0
    paragraphs: int = 0

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each label stands."""
        return Counter(self.names)

    def read(self, text: str, running: Running) -> bool:
        """Take a text in; false where a line has neither a plain label nor running words.

        Most of the time that it takes to read a text is spent here, so what can be asked of
        all lines at once is.
        """
        written = text.split("\n")
        tops = [0, *accumulate([len(line) + 1 for line in written])]
        lines = [line.rstrip() for line in written]
        names = [line and _name_before_colon(line) for line in written]
        labels = {name for name in set(names) if name and _is_label(name)}
        labelled = [number for number, name in enumerate(names) if name in labels]
        filled = [number for number, line in enumerate(lines) if line]
        others = [n for n in filled if names[n] not in labels] if labelled != filled else []
        self._weigh_places(lines, names, labelled, others)
        self.names = [names[n] for n in labelled]
        words = [_words_behind(written[n], lines[n], len(names[n])) for n in labelled]
        self.starts = [tops[n] + first for n, (first, _) in zip(labelled, words, strict=True)]
        self.ends = [tops[n] + end for n, (_, end) in zip(labelled, words, strict=True)]
        self.first = tops[labelled[0]] if labelled else 0
        for n in others:
            if not running.takes(written[n], not (n and lines[n - 1])):
                return False
            self._go_on(bisect_left(labelled, n) - 1, tops[n], tops[n] + len(lines[n]))
        return True

    def _weigh_places(
        self, lines: list[str], names: list[str], labelled: list[int], others: list[int]
    ) -> None:
        """How the lines with labels lie: `lines` have no blanks at their ends."""
        above = ["", *lines]  # the line above, by a line's number
        leads = [n for n in labelled if not above[n]]
        self.leading = {names[n] for n in leads}
        self.apart = len(leads) == len(labelled) or all(
            above[n][-1] in ENDS_TALK for n in labelled if above[n]
        )
        self.filled = len(labelled) + len(others)
        self.paragraphs = len(leads) + sum(not above[n] for n in others)

    def _go_on(self, turn: int, start: int, end: int) -> None:
        """A further line of a turn; of none, where that is below 0."""
        if turn < 0:
            return
        if self.starts[turn] == self.ends[turn]:
            self.starts[turn] = start
        self.ends[turn] = end


def _name_before_colon(line: str) -> str:
    """What stands before the first colon that a blank or the line's end follows, or ""."""
    colon = line.find(": ", 0, LONGEST_LABEL + 2)
    if colon > 0:
        return line[:colon]
    return line[:-1] if line[-1:] == ":" and len(line) <= LONGEST_LABEL + 1 else ""


def _words_behind(written: str, line: str, colon: int) -> tuple[int, int]:
    """Where the words behind a label begin and end in its line.

    Args:
        written: the line as it is written.
        line: the same without the white space at its end.
        colon: where the label's colon stands.
    """
    first, end = colon + 2, len(line)
    if first < end and not line[first].isspace():
        return first, end
    words = line[colon + 1 :].lstrip()
    if words:
        return end - len(words), end
    first = skip_blanks(written, colon + 1, len(written))
    return first, first


def _all_stand(said: _Said, running: Running, text: str, speakers: Speakers) -> bool:
    """Whether every label is accepted, and nothing else is one beside them."""
    if not said.names:
        return running.is_harmless(())
    if len(said.counts) > _MOST_NAMES or not _enough_have_a_label(said):
        return False
    plain = [name for name in said.counts if not _names_a_role(name)]
    rare = [name for name in plain if said.counts[name] < _OFTEN]
    sure = len(plain) < len(said.counts) or any(said.counts[name] > 1 for name in plain)
    if not all(sure and _may_be_rare(name, said, text) for name in rare):
        return False
    names = {key_of(name): name for name in said.counts}
    if len(names) < len(said.counts):  # one label in two spellings
        return False
    if not running.is_harmless(names):
        return False
    counts = {key: said.counts[name] for key, name in names.items()}
    return not plain or not slips_for(names, counts, speakers)  # a role word is no slip


def _enough_have_a_label(said: _Said) -> bool:
    """Whether a turn may begin at each label, and enough of the places for one have a label."""
    total = len(said.names)
    turn_per_line = 2 * total >= said.filled and total >= 2 * said.paragraphs
    if turn_per_line and total >= _EVERY_LINE * said.filled:
        said.leading.update(said.counts)
    places = said.filled if turn_per_line else said.paragraphs
    least = _MOST if 1 in said.counts.values() else _SOME
    return total >= least * places and (turn_per_line or said.apart)


def _may_be_rare(name: str, said: _Said, text: str) -> bool:
    """Whether a name that stands a few times is a label, and no rule takes it for prose."""
    key = key_of(name)
    if name not in said.leading or name.isupper() or len(key) == 1 or key.startswith("the "):
        return False
    if said.counts[name] > 1:
        return True
    following = text[(start := said.starts[said.names.index(name)]) : start + 1]
    return len(name.split()) <= _MOST_WORDS and not (following.islower() or following.isdigit())


@lru_cache(maxsize=65_536)
def _is_label(name: str) -> bool:
    """Whether `name: ` at a line's beginning is a label that is sure where it stands often.

    A bracket might go on behind the colon, and a field or a signature belongs to no turn.
    """
    key = key_of(name)
    if not is_plain(name) or name != " ".join(name.split()) or "[" in name:
        return False
    if not is_name_shaped(name) or name.islower() or key.startswith(_OF_SIGNATURES):
        return False
    return not may_be_metadata(name.casefold()) and (_names_a_role(name) or not is_stop(key))


def _names_a_role(name: str) -> bool:
    """Whether a label that stands once is sure by its word: `Interviewer`, not `The chair`."""
    key = key_of(name)
    usual = len(key) > 1 and key not in STOP and not key.startswith("the ")
    return usual and names_a_role(name)
