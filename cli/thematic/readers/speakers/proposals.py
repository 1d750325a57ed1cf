"""Labels that are probably another's, or nobody's: to be asked, never merged unasked.

The rarer label is proposed to be the more frequent one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from thematic.model.labels import key_of
from thematic.model.proposals import Confidence, Proposal
from thematic.model.study import Speakers
from thematic.model.transcript import Transcript
from thematic.readers.speakers import likeness
from thematic.readers.speakers.merging import speakers_of
from thematic.readers.speakers.mistyped import mistyped
from thematic.readers.speakers.names import is_name_shaped, is_stop, is_titled
from thematic.readers.speakers.roles import declared_keys, is_nobody
from thematic.readers.speakers.voices import Voice, is_role_word, voices_of

_MOST_COMPARED = 600  # names in one transcript
_ONCE_OR_TWICE = 2  # turns that a slip of a name has
_ENOUGH_TURNS = 20  # of a transcript in which a label that stands once is doubted
_FEW_SPEAKERS = 4
_MOST_WORDS = 4  # of a label that is not sooner prose


def proposals(transcripts: Sequence[Transcript], speakers: Speakers) -> list[Proposal]:
    """What should be asked about the labels of a study: merges first, the surest above.

    Args:
        transcripts: as read, with the merges declared so far.
        speakers: what the user said of labels; those with a role are not doubted.
    """
    voices = voices_of(transcripts)
    found: dict[tuple[str, tuple[str, ...]], Proposal] = {}
    for proposal in (*mistyped(voices), *_parts(voices, transcripts), *_doubts(voices, speakers)):
        found.setdefault((key_of(proposal.label), proposal.transcripts), proposal)
    surely = list(Confidence)
    return sorted(
        found.values(),
        key=lambda one: (surely.index(one.confidence), one.transcripts, one.label),
    )


# Parts: two names of one person, within one transcript.


def _parts(voices: dict[str, Voice], transcripts: Sequence[Transcript]) -> Iterator[Proposal]:
    """Names and parts of them; role words are no names."""
    standing: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices.values():
        for id in voice.turns:
            standing[id].append(voice)
    for transcript in transcripts:
        here = [v for v in standing[transcript.id] if not is_role_word(v.label)]
        yield from _parts_in(here[:_MOST_COMPARED], transcript.id)


def _parts_in(here: Sequence[Voice], id: str) -> Iterator[Proposal]:
    """Proposals for a short name and the one full name of which it is a part."""
    parts = _pairs(here, likeness.is_part_of)
    taken = {voice.key for pair in parts for voice in pair}
    for pair in parts:
        yield _of_two(*pair, id, "part of the name", Confidence.LIKELY)
    for pair in _pairs([one for one in here if one.key not in taken], likeness.are_initials_of):
        yield _of_two(*pair, id, "initials", Confidence.POSSIBLE)


def _pairs(
    here: Sequence[Voice], is_short_for: Callable[[str, str], bool]
) -> list[tuple[Voice, Voice]]:
    """Short and full name where each fits the other only: `Smith` beside two Smiths fits none."""
    found = [
        (one, other)
        for one in here
        for other in here
        if one is not other and is_short_for(one.label, other.label)
    ]
    pairs = {frozenset((one.key, other.key)): (one, other) for one, other in found}
    fitting = Counter(key for pair in pairs for key in pair)
    return [pair for keys, pair in pairs.items() if all(fitting[key] == 1 for key in keys)]


def _of_two(short: Voice, full: Voice, id: str, why: str, confidence: Confidence) -> Proposal:
    rarer, other = (full, short) if short.turns[id] > full.turns[id] else (short, full)
    return rarer.asked(other.label, why, confidence, [id])


# Doubts: labels that are no person's.


def _doubts(voices: dict[str, Voice], speakers: Speakers) -> Iterator[Proposal]:
    declared: dict[str, frozenset[str]] = {}
    sizes: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for voice in voices.values():
        sizes.update(voice.turns)
        people.update(voice.turns.keys())
    for id in sizes:
        declared[id] = declared_keys(speakers_of(speakers, id))
    for voice in voices.values():
        if any(voice.key in declared[id] for id in voice.turns):
            continue
        why = _why_nobody(voice)
        if not why and voice.total == 1:
            id = next(iter(voice.turns))
            few = sizes[id] >= _ENOUGH_TURNS and people[id] <= _FEW_SPEAKERS
            why = "stands once only" if few and _is_plain(voice.label) else ""
        if why:
            yield voice.asked("", why, Confidence.DOUBT)


def _why_nobody(voice: Voice) -> str:
    if is_nobody(voice.label) or is_stop(voice.key):
        return "no person, by its name"
    words = voice.label.split()
    shaped = is_name_shaped(voice.label) or is_role_word(voice.label)
    if voice.total <= _ONCE_OR_TWICE and len(words) >= _MOST_WORDS and not shaped:
        return "sooner prose than a name"
    return ""


def _is_plain(label: str) -> bool:
    """Whether a label is a lone word that tells neither a role nor a title nor a number."""
    alone = len(label.split()) == 1 and not any(sign.isdigit() for sign in label)
    return alone and len(label) > 2 and not is_role_word(label) and not is_titled(label)
