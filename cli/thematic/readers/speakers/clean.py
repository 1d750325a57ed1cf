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

from collections.abc import Sequence
from functools import lru_cache

from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.paragraphs import paragraphs, trim
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Span
from thematic.model.turns import PlainTurns
from thematic.readers.speakers.asking import pairs_among
from thematic.readers.speakers.header import preamble
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.roles import declared_keys, role_of
from thematic.readers.speakers.running import Running
from thematic.readers.speakers.said import Said, is_sure_role, said_in
from thematic.readers.speakers.slips import slips_for

_OFTEN = 4  # times that a name stands which no rule on rare ones looks at
_SOME = 0.3  # share of the places where a turn may begin that have a label
_MOST = 0.6  # ... where a name stands once
_EVERY_LINE = 0.9  # share of the lines with a label where each line is a turn
_MOST_WORDS = 4  # of a name that stands once
_REMEMBERED = 512  # groups of people; hostile ones are large


def clean_turns(text: str, speakers: Speakers) -> PlainTurns | None:
    """The turns of a text of sure labels and running words; None for any other text."""
    found = said_in(text)
    if found is None:
        return None
    said, running = found
    people = _people(tuple(said.counts), speakers)
    if not _all_stand(said, running, people, text, speakers):
        return None
    if not people.asks and pairs_among(people.names, declared_keys(speakers), text):
        return None  # letters such as P and R, of which one may ask
    return _turns(text, said, people.roles)


@dataclass(frozen=True, slots=True)
class _People:
    """What is known of some labels, whatever is said under them; not to be changed.

    Attributes:
        roles: of each label.
        names: the labels by their keys.
        plain: labels that are no sure role words.
        asks: whether any of them interviews.
    """

    roles: dict[str, Role]
    names: dict[str, str]
    plain: tuple[str, ...]
    asks: bool


@lru_cache(maxsize=_REMEMBERED)
def _people(labels: tuple[str, ...], speakers: Speakers) -> _People:
    """The people of a text; those of many texts are called alike."""
    roles = {name: role_of(name, speakers) for name in labels}
    return _People(
        roles=roles,
        names={key_of(name): name for name in labels},
        plain=tuple([name for name in labels if not is_sure_role(name)]),
        asks=Role.INTERVIEWER in roles.values(),
    )


def _turns(text: str, said: Said, roles: dict[str, Role]) -> PlainTurns:
    if not said.who:
        spans = [*paragraphs(text, Span(0, len(text)))]
        starts, ends = [one.start for one in spans], [one.end for one in spans]
        return PlainTurns({"": Role.NONE}, bytes(len(spans)), starts, ends)
    above = preamble(Lines(text[: said.first]), said.first, frozenset()) if said.first else None
    if above:
        first = trim(text, above)
        said.who = bytes([len(roles), *said.who])
        said.starts.insert(0, first.start)
        said.ends.insert(0, first.end)
        roles = {**roles, "": Role.NONE}
    return PlainTurns(roles, said.who, said.starts, said.ends)


def _all_stand(
    said: Said, running: Running, people: _People, text: str, speakers: Speakers
) -> bool:
    """Whether every label is accepted, and nothing else is one beside them."""
    if not said.who:
        return running.is_harmless(())
    if not _enough_have_a_label(said):
        return False
    plain, names = people.plain, people.names
    if plain and not _all_are_names(plain, said, text):
        return False
    if len(names) < len(said.counts):  # one label in two spellings
        return False
    if not running.is_harmless(names):
        return False
    if not plain:  # and a role word is no slip
        return True
    return not slips_for(names, {key: said.counts[names[key]] for key in names}, speakers)


def _all_are_names(plain: Sequence[str], said: Said, text: str) -> bool:
    """Whether each label that is no role word is a name beside the others of the text."""
    rare = [name for name in plain if said.counts[name] < _OFTEN]
    sure = len(plain) < len(said.counts) or any(said.counts[name] > 1 for name in plain)
    return all(sure and _may_be_rare(name, said, text) for name in rare)


def _enough_have_a_label(said: Said) -> bool:
    """Whether a turn may begin at each label, and enough of the places for one have a label."""
    total = len(said.who)
    turn_per_line = 2 * total >= said.filled and total >= 2 * said.paragraphs
    if turn_per_line and total >= _EVERY_LINE * said.filled:
        said.leading.update(said.counts)
    places = said.filled if turn_per_line else said.paragraphs
    least = _MOST if 1 in said.counts.values() else _SOME
    return total >= least * places and (turn_per_line or said.apart)


def _may_be_rare(name: str, said: Said, text: str) -> bool:
    """Whether a name that stands a few times is a label, and no rule takes it for prose."""
    key = key_of(name)
    if name not in said.leading or name.isupper() or len(key) == 1 or key.startswith("the "):
        return False
    if said.counts[name] > 1:
        return True
    start = said.starts[said.who.index([*said.counts].index(name))]
    following = text[start : start + 1]
    return len(name.split()) <= _MOST_WORDS and not (following.islower() or following.isdigit())
