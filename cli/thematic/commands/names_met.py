"""Names of the user's list, and those that are met in labels, cases and entities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from thematic.errors import Problem, Severity, UsageError
from thematic.model.pseudonyms import Named
from thematic.model.transcript import Transcript

_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_NUMBER = re.compile(r"[\s_.#-]*\d{1,4}\Z")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_SHORTEST = 3  # letters of a name in ASCII; one less in other scripts


def names_listed(path: Path) -> tuple[list[Named], list[Problem]]:
    """The names of the user's list, and what is doubtful in it.

    Raises:
        UsageError: it has faults; all are told by line, without a name.
    """
    from thematic.commands.request import faults, listing
    from thematic.readers.names_list import read_names

    listed, problems = read_names(path)
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if errors:
        raise UsageError(f"the list of names has {faults(errors)}", listing(problems))
    return listed, problems


def is_role(label: str) -> bool:
    """Whether a label names a role or a number, and so nobody."""
    from thematic.readers.speakers.roles import is_code

    return not any(sign.isalpha() for sign in label) or is_code(label.strip())


def label_names(
    transcripts: Sequence[Transcript], small: Counter[str]
) -> Iterator[tuple[str, str, bool]]:
    """The name in each label, the label, and whether its words are ordinary ones too.

    Those with most words come first: `Anna` is then known to be Anna Schmidt.

    Args:
        transcripts: in order of their IDs.
        small: how often words stand in small letters in them.
    """
    labels = dict.fromkeys(turn.speaker for one in transcripts for turn in one.turns)
    names = [(name, label) for label in labels if label and (name := name_in(label))]
    for name, label in sorted(names, key=lambda pair: -len(pair[0].split())):
        yield name, label, all(small[word.casefold()] for word in name.split())


def name_in(label: str) -> str:
    """The name in a label without titles, roles, brackets and numbers; "" where there is none."""
    from thematic.pseudonyms.forms import TITLES, plain
    from thematic.readers.speakers.roles import names_a_role

    bare = _NUMBER.sub("", _BRACKET.sub("", label)).strip(" :")
    if is_role(label) and (names_a_role(bare) or len(bare) <= 1):
        return ""
    words = [word for word in re.split(r"[\s_/,]+", bare) if word]
    kept = [word for word in words if plain(word.strip(".")) not in TITLES]
    kept = [word for word in kept if not names_a_role(word) and any(map(str.isalpha, word))]
    name = " ".join(kept)
    shortest = _SHORTEST if name.isascii() else _SHORTEST - 1
    return name if len(name) >= shortest else ""


def cases(transcripts: Sequence[Transcript]) -> Iterator[str]:
    """Cases of attributes that look like a name: letters, and no number that makes them a code."""
    given = dict.fromkeys(one.attributes.get("case", "") for one in transcripts)
    ids = {one.id for one in transcripts}
    for case in given:
        if case and case not in ids and not any(map(str.isdigit, case)) and name_in(case):
            yield name_in(case)


def met_entities(
    transcripts: Sequence[Transcript], entities: Callable[[str], Sequence[tuple[str, str]]]
) -> Iterator[tuple[str, str]]:
    """Names that a trained pipeline finds in what is said, with their kinds."""
    found: dict[tuple[str, str], None] = {}
    for one in transcripts:
        for turn in one.turns:
            for name, kind in entities(one.text[turn.span.start : turn.span.end]):
                bare = _POSSESSIVE.sub("", " ".join(name.split()))
                clean = name_in(bare) if kind == "person" else bare
                if len(clean) >= _SHORTEST and clean[0] != clean[0].lower():
                    found.setdefault((clean, kind))
    yield from sorted(found, key=lambda pair: -len(pair[0].split()))
