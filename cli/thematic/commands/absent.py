"""What people judged on transcripts that are not there: renamed, removed, or not readable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from thematic.errors import Problem, Severity, UsageError, did_you_mean
from thematic.model.people import Act, Decision, Event, Passage, PersonCoding, Reply, Wish

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs

Judging = PersonCoding | Decision | Reply

_MOST = 3  # transcripts with the same words that are named


def absent_transcripts(inputs: Inputs, known: Collection[str] = ()) -> Iterator[Problem]:
    """A warning for each transcript with judgements that is not in the study, or not any more.

    It is an error where the person withdrew words, which may now stand there under another ID.
    Those whose IDs are `known` to be renamed are passed over.
    """
    if not inputs.may_be_judged:
        return
    from thematic.store.database import open_store

    store = open_store(inputs.base)
    texts = {one.id: one.text for one in inputs.transcripts}
    left = judged_elsewhere(store.events(), texts)
    for id, acts in left.items():
        if id not in known:
            alike = same_words([act.passage for act in acts], texts)
            yield _absent(id, acts, alike, store.path, faulty=bool(inputs.faulty))


def _absent(
    id: str, acts: Sequence[Judging], alike: Sequence[str], file: Path, *, faulty: bool
) -> Problem:
    number = "1 judgement is" if len(acts) == 1 else f"{len(acts)} judgements are"
    where = "not there or could not be read" if faulty else "not there"
    message = f"{number} on transcript {id}, which is {where}"
    new = "NEW"
    if alike:
        have = "has" if len(alike) == 1 else "have"
        message += f" (renamed? {', '.join(alike[:_MOST])} {have} the same words)"
        new = alike[0]
    held = any(isinstance(act, Reply) and act.wish is not Wish.APPROVE for act in acts)
    if held:
        message += "; words that were withdrawn or are to change are among them"
    hint = f"if it was renamed: thematic reanchor --rename {quote(f'{id}={new}')}"
    severity = Severity.ERROR if held else Severity.WARNING
    return Problem(str(file), 0, message, hint, severity)


def judged_elsewhere(events: Iterable[Event], texts: Mapping[str, str]) -> dict[str, list[Judging]]:
    """What holds and stands on transcripts that are not there, by their IDs in order.

    Args:
        events: the whole log.
        texts: transcript ID -> its text.
    """
    from thematic.review.anchoring import How
    from thematic.review.moving import moved_events
    from thematic.review.standing import standing

    log = list(events)
    if all(id in texts for id in _named(log)):
        return {}
    log, moves = moved_events(log, texts)
    gone = {log[one.act].number for one in moves.that(How.ABSENT)}
    found: dict[str, list[Judging]] = defaultdict(list)
    for event in standing(log):
        act = event.act
        if event.number in gone and isinstance(act, Judging):
            found[act.passage.transcript].append(act)
    return dict(sorted(found.items()))


def _named(log: Iterable[Event]) -> Iterator[str]:
    """The IDs on which anything was done."""
    for event in log:
        passage = _passage(event.act)
        if passage is not None:
            yield passage.transcript
        if event.moved is not None:
            yield event.moved.now.transcript


def _passage(act: Act | None) -> Passage | None:
    return act.passage if act is not None else None


def same_words(passages: Sequence[Passage], texts: Mapping[str, str]) -> list[str]:
    """The transcripts that hold all the passages, at their very places first."""
    quoted = [one for one in passages if one.quote]
    if not quoted:
        return []
    exact = [id for id, text in texts.items() if all(_stands(one, text) for one in quoted)]
    if exact:
        return sorted(exact)
    # A few words alone stand in many texts.
    telling = [one.before + one.quote + one.after for one in quoted]
    return sorted(id for id, text in texts.items() if all(words in text for words in telling))


def _stands(passage: Passage, text: str) -> bool:
    start = passage.span.start - len(passage.before)
    return start >= 0 and text.startswith(passage.before + passage.quote + passage.after, start)


def new_names(written: Iterable[str], events: Sequence[Event], inputs: Inputs) -> dict[str, str]:
    """What `--rename OLD=NEW` says: old ID -> new ID.

    Raises:
        UsageError: one is not understood, or is not about judgements left without a transcript.
    """
    texts = {one.id: one.text for one in inputs.transcripts}
    left = judged_elsewhere(events, texts)
    found: dict[str, str] = {}
    for each in written:
        old, sign, new = (part.strip() for part in each.partition("="))
        if not (old and sign and new):
            raise UsageError(f"--rename {each!r} is not understood", "write --rename OLD=NEW")
        if old in texts:
            raise UsageError(f"transcript {old} is there", "only what is not there was renamed")
        if old not in left:
            there = f"there are judgements on: {', '.join(left)}" if left else "see: thematic log"
            raise UsageError(f"nobody judged anything on a transcript {old!r}", there)
        if new not in texts:
            hint = did_you_mean(new, texts) or "name the ID under which it is there now"
            raise UsageError(f"there is no transcript {new!r}", hint)
        found[old] = new
    return found
