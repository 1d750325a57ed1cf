"""The commonest shape of a transcript: each line begins with a sure label, `Name: words`.

There nothing is left to weigh, so its turns are read in one go. What comes out is the same
as by the full way, which all other texts take (`turns`, `labels`), because under the
conditions here that way accepts every label, finds none besides and has nothing to tell:

- Each line that is not blank begins with a plain name, a colon and a blank, so it is a
  candidate by its colon (`places.is_plain`) and no name alone, page number, border or
  signature; and no key is one of metadata (`header.may_be_metadata`).
- There is no clock in the text, so no stamp, and no invisible mark to be looked through.
- All places where a turn may begin have a label, so their share is 1, and each label is a
  role word or stands so often that it is sure (`accepting`) and never rare (`doubts`).
- No label is a slip, and no letter is left to be told from its questions (`asking`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from thematic.model.labels import key_of
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Span, Turn
from thematic.readers.speakers.asking import pairs_among
from thematic.readers.speakers.header import may_be_metadata
from thematic.readers.speakers.lines import may_hold_invisible
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.places import is_plain
from thematic.readers.speakers.roles import declared_keys, names_a_role, role_of
from thematic.readers.speakers.shapes import LONGEST_LABEL, skip_blanks
from thematic.readers.speakers.slips import slips_for
from thematic.readers.speakers.stamps import STAMP_SIGN
from thematic.readers.speakers.vocabulary import STOP

_OFTEN = 4  # times that a name stands which no rule on rare ones looks at
_MOST_NAMES = 200  # of one text; real ones have a dozen, and more are no use to look at here
_OF_SIGNATURES = ("this ", "transcri")  # with which the lines begin that programs add


def clean_turns(text: str, speakers: Speakers) -> tuple[Turn, ...] | None:
    """The turns of a text in which each line begins with a sure label; None for any other.

    No stamp and no invisible mark may stand in it, and its lines are either all parted by
    blank ones or mostly not (else some begin in the middle of a paragraph).
    """
    if STAMP_SIGN.search(text) or may_hold_invisible(text):
        return None
    said = _Said.of(text)
    roles = {name: role_of(name, speakers) for name in said.counts} if said else {}
    if said is None or not _all_stand(said, speakers):
        return None
    asks = Role.INTERVIEWER in roles.values()
    if not asks and pairs_among(set(map(key_of, roles)), declared_keys(speakers), text):
        return None  # letters such as P and R, of which one may ask
    return tuple(
        [
            Turn(number, Span(start, end), name, roles[name])
            for number, (name, start, end) in enumerate(said.places, start=1)
        ]
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """Whose words stand where, how often each label stands, and how many paragraphs there are."""

    places: list[tuple[str, int, int]]
    counts: Counter[str]
    paragraphs: int

    @classmethod
    def of(cls, text: str) -> _Said | None:
        """None where a line begins with anything but a label, a colon and a blank."""
        places: list[tuple[str, int, int]] = []
        names: set[str] = set()
        position = paragraphs = 0
        below_blank = True
        for line in text.split("\n"):
            start, position = position, position + len(line) + 1
            if not line or line.isspace():
                below_blank = True
                continue
            name, colon, rest = line.partition(":")
            if not colon or len(name) > LONGEST_LABEL or (rest and rest[0] != " "):
                return None
            if name not in names:
                if len(names) == _MOST_NAMES or not _is_label(name):
                    return None
                names.add(name)
            paragraphs += below_blank
            below_blank = False
            end = start + len(line.rstrip())
            first = start + len(line) - len(rest.lstrip())
            if first >= end:
                first = end = skip_blanks(text, start + len(name) + 1, start + len(line))
            places.append((name, first, end))
        return cls(places, Counter([name for name, _, _ in places]), paragraphs)


def _all_stand(said: _Said, speakers: Speakers) -> bool:
    """Whether every label is accepted: it names a role or stands often, and none is a slip.

    Each place is then one where a turn may begin, and all such places have a label.
    """
    total = len(said.places)
    if not total or not (total == said.paragraphs or total >= 2 * said.paragraphs):
        return False
    plain = [name for name in said.counts if not _names_a_role(name)]
    if any(said.counts[name] < _OFTEN for name in plain):
        return False
    names = {key_of(name): name for name in said.counts}
    if len(names) < len(said.counts):  # one label in two spellings
        return False
    counts = {key: said.counts[name] for key, name in names.items()}
    return not plain or not slips_for(names, counts, speakers)  # a role word is no slip


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
