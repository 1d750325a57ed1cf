"""Pseudonymising a study: names are gathered, replaced, and codings taken along."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from thematic.commands.pseudonymised_files import (
    FOLDER,
    PseudonymisedFile,
    file_of,
    speakers_of,
)
from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.pseudonyms import Doubt, Key, Named, Origin, Use
from thematic.model.study import Speakers, Study
from thematic.model.transcript import Transcript

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.pseudonyms.finding import Finder
    from thematic.pseudonyms.register import Register
    from thematic.pseudonyms.replacing import Replaced

Entities = Callable[[str], Sequence[tuple[str, str]]]  # a text -> names in it, with their kinds
KEPT = ("kind", "case", "consent")  # attributes that counts and quotes depend on


@dataclass(frozen=True)
class Pseudonymised:
    """A study with pseudonyms in the place of names.

    Args:
        transcripts: as their files read, with the attributes that are given.
        study: what its study.yaml declares; its files are named as they are written.
        files: of the transcripts, by their old IDs.
        replaced: what was replaced, by old ID.
        ids: old ID -> new ID.
        key: leads back to the names.
        uses: every place where a name was replaced.
        doubts: every place that may hold a name.
        left_out: attributes that are not given.
        problems: transcripts that do not read back as they were.
        finder: finds the same names elsewhere.
    """

    transcripts: tuple[Transcript, ...]
    study: Study
    files: Mapping[str, PseudonymisedFile]
    replaced: Mapping[str, Replaced]
    ids: Mapping[str, str]
    key: Key
    uses: tuple[Use, ...]
    doubts: tuple[Doubt, ...]
    left_out: tuple[str, ...]
    problems: tuple[Problem, ...]
    finder: Finder

    def table(self, *, show_names: bool = False) -> ResultTable:
        """What was replaced and what was left; columns in docs/reference/commands.md."""
        from thematic.analysis.pseudonyms import pseudonym_table

        return pseudonym_table(self.uses, self.doubts, show_names=show_names)

    def talk(self, text: str) -> str:
        """A text such as a note with pseudonyms in the place of names."""
        from thematic.pseudonyms.replacing import replaced_text

        return replaced_text(text, self.finder)

    def value(self, text: str) -> str:
        """A value such as an ID or a file's name with pseudonyms, without brackets."""
        return _value(text, self.finder)


def pseudonymised(
    transcripts: Sequence[Transcript],
    study: Study,
    names: Sequence[Named] = (),
    key: Key | None = None,
    *,
    keep: Collection[str] = (),
    entities: Entities | None = None,
    known_words: Collection[str] = (),
) -> Pseudonymised:
    """Replace names by pseudonyms, the same name by the same one in all transcripts.

    Args:
        transcripts: in any order.
        study: what is declared about them.
        names: of the user's list; they win over all others.
        key: of an earlier run, whose pseudonyms stay.
        keep: attributes to give, beside kind, case, consent and those that citations show.
        entities: finds further names in a text.
        known_words: of the codebook, in small letters; they are no doubts.
    """
    from thematic.pseudonyms.finding import Finder
    from thematic.pseudonyms.register import Register
    from thematic.pseudonyms.replacing import replaced

    known = key or Key()
    ordered = sorted(transcripts, key=lambda one: one.id)
    taken = " ".join(f"{one.text} {' '.join(_labels(one))}" for one in ordered)
    register = Register(known.names, taken)
    _gather(register, ordered, names, entities)
    finder = Finder(register)
    found = {one.id: replaced(one, finder) for one in ordered}
    ids = _new_ids(ordered, finder)
    given = _shown(study, keep)
    exclude = _excluded(study, finder)
    speakers = speakers_of([(ids[id], one) for id, one in found.items()], exclude)
    files = {id: file_of(one, ids[id], speakers) for id, one in found.items()}
    values = {one.id: _attributes(one, given, ids, finder) for one in ordered}
    written = tuple(dict.fromkeys([*known.transcripts, *(one.written for one in files.values())]))
    return Pseudonymised(
        tuple(_read(found[id], files[id], values[id]) for id in files),
        _new_study(study, given, speakers, finder),
        files,
        found,
        ids,
        Key(register.names, written),
        tuple(_uses(found, ids)),
        tuple(_doubts(found, ids, register, known_words)),
        tuple(sorted({name for one in ordered for name in one.attributes} - set(given))),
        tuple(_unfaithful(files)),
        finder,
    )


def _gather(
    register: Register,
    transcripts: Sequence[Transcript],
    names: Sequence[Named],
    entities: Entities | None,
) -> None:
    """All names into the register: of the list, of labels, of cases, of entities."""
    from thematic.commands.names_met import cases, label_names, met_entities
    from thematic.pseudonyms.doubts import small_words

    for named in names:
        register.declared(named)
    small = small_words(transcripts)
    for name, whole, only_label in label_names(transcripts, small):
        register.person(whole if only_label else name, Origin.LABEL, only_labels=only_label)
    for name in cases(transcripts):
        register.person(name, Origin.CASE)
    if entities is not None:
        for name, kind in met_entities(transcripts, entities):
            if kind == "person":
                register.person(name, Origin.MODEL)
            else:
                register.of_kind(name, kind, Origin.MODEL)


def _labels(transcript: Transcript) -> list[str]:
    return list(dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker))


def _value(text: str, finder: Finder) -> str:
    from thematic.pseudonyms.replacing import replaced_text

    plain = text.replace("_", " ")
    changed = replaced_text(plain, finder, in_talk=False)
    return text if changed == plain else changed.replace(" ", "_") if "_" in text else changed


def _new_ids(transcripts: Sequence[Transcript], finder: Finder) -> dict[str, str]:
    """The ID of each transcript without names, which is the name of its file too."""
    from thematic.report.file_names import file_names

    values = {one.id: _value(one.id, finder).replace("/", "_") for one in transcripts}
    numbered: dict[str, str] = {}
    used: set[str] = set()
    for id, value in values.items():
        name, number = value, 1
        while name.casefold() in used:
            number += 1
            name = f"{value}-{number}"
        used.add(name.casefold())
        numbered[id] = name
    names = file_names(list(numbered.values()), "txt")
    return {id: names[value].removesuffix(".txt") for id, value in numbered.items()}


def _shown(study: Study, keep: Collection[str]) -> tuple[str, ...]:
    asked = [name.strip().lower() for name in keep]
    return tuple(dict.fromkeys([*KEPT, *study.show_attributes, *asked]))


def _excluded(study: Study, finder: Finder) -> tuple[str, ...] | None:
    exclude = study.speakers.exclude
    return None if exclude is None else tuple(_value(one, finder) for one in exclude)


def _attributes(
    transcript: Transcript, given: Sequence[str], ids: Mapping[str, str], finder: Finder
) -> dict[str, str]:
    values = {}
    for name in given:
        value = transcript.attributes.get(name, "")
        values[name] = ids[value] if name == "case" and value in ids else _value(value, finder)
    return values


def _new_study(study: Study, given: Sequence[str], speakers: Speakers, finder: Finder) -> Study:
    """What is declared, from a list of what may be: nothing else of the file is given."""
    return Study(
        name=_value(study.name, finder),
        title=_value(study.title, finder),
        status=study.status,
        codebook=study.codebook,
        transcripts=(FOLDER,),
        expected=study.expected,
        unit=study.unit,
        consent=study.consent,
        speakers=speakers,
        show_attributes=tuple(name for name in study.show_attributes if name in given),
    )


def _read(replaced: Replaced, file: PseudonymisedFile, values: Mapping[str, str]) -> Transcript:
    read = file.transcript or replaced.with_pseudonyms()
    kept = {name: value for name, value in values.items() if value}
    return replace(read, id=file.written.new_id, attributes=kept)


def _uses(found: Mapping[str, Replaced], ids: Mapping[str, str]) -> Iterator[Use]:
    """By transcript and turn; of a turn its label first."""
    for id, one in found.items():
        turns = one.transcript.turns
        starts = [turn.span.start for turn in turns]
        uses = [
            Use(place.named, ids[id], turn.number)
            for turn in turns
            for place in one.labels.get(turn.speaker, ())
        ]
        for place in one.found:
            turn = turns[bisect_right(starts, place.span.start) - 1]
            uses.append(Use(place.named, ids[id], turn.number))
        yield from sorted(uses, key=lambda use: use.turn)


def _doubts(
    found: Mapping[str, Replaced],
    ids: Mapping[str, str],
    register: Register,
    known_words: Collection[str],
) -> Iterator[Doubt]:
    from thematic.commands.names_met import is_role
    from thematic.model.pseudonyms import KEEP
    from thematic.pseudonyms.doubts import DoubtFinder, small_words
    from thematic.pseudonyms.forms import words_of

    names = register.names
    stay = {word for one in names if one.kind == KEEP for word in words_of(one.name)}
    small = small_words([one.transcript for one in found.values()])
    finder = DoubtFinder(small, {*known_words, *stay}, names, is_role)
    for id, one in found.items():
        yield from finder.doubts(one, ids[id])


def _unfaithful(files: Mapping[str, PseudonymisedFile]) -> Iterator[Problem]:
    for file in files.values():
        if file.transcript is None:
            message = "it does not read back to the same turns; counts may differ"
            hint = "compare with: thematic show"
            yield Problem(file.written.new_id, 0, message, hint, Severity.ERROR)
