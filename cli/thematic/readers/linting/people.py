"""Transcripts in which somebody is missing whom the others of the study have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from thematic.errors import Problem, Severity
from thematic.model.labels import key_of
from thematic.model.transcript import INTERVIEW, Role, Transcript
from thematic.readers.linting.telling import argument, quoted

_ENOUGH = 3  # interviews that show what is usual
_USUAL = 0.7  # share of interviews
_ENOUGH_TURNS = 4  # of an interview
_ASKS = 0.25  # share of an interviewer's turns that end in a question
_FAR_MORE = 3  # times as often as the next


def missing_people(transcripts: Sequence[Transcript]) -> Iterator[Problem]:
    """Interviews without labels, with one speaker, or without an interviewer, unlike others.

    Where none has an interviewer, but somebody asks in nearly all of them, that is one problem.
    """
    interviews = [
        one for one in transcripts if one.kind == INTERVIEW and len(_spoken(one)) >= _ENOUGH_TURNS
    ]
    if _is_usual(interviews, lambda one: one.has_speakers):
        for one in interviews:
            if not one.has_speakers:
                yield _without_labels(one)
    interviews = [one for one in interviews if one.has_speakers]
    if _is_usual(interviews, lambda one: len(_speakers(one)) > 1):
        for one in interviews:
            if len(_speakers(one)) == 1 and not _has_interviewer(one):
                yield _one_speaker(one)
    interviews = [one for one in interviews if len(_speakers(one)) > 1]
    if _is_usual(interviews, _has_interviewer):
        for one in interviews:
            if not _has_interviewer(one):
                yield _without_interviewer(one)
    elif not any(map(_has_interviewer, interviews)):
        yield from _nobody_asks(interviews)


def _is_usual(interviews: Sequence[Transcript], has: Callable[[Transcript], bool]) -> bool:
    found = sum(map(has, interviews))
    return found >= _ENOUGH and found >= _USUAL * len(interviews)


def _spoken(transcript: Transcript) -> list[str]:
    """The labels of the turns that have words."""
    return [turn.speaker for turn in transcript.turns if len(turn.span)]


def _speakers(transcript: Transcript) -> set[str]:
    return {key_of(label) for label in _spoken(transcript) if label}


def _has_interviewer(transcript: Transcript) -> bool:
    return any(turn.role is Role.INTERVIEWER for turn in transcript.turns)


def _without_labels(transcript: Transcript) -> Problem:
    message = "nobody is named here, so everybody's words count; other interviews have labels"
    hint = "write labels as `Name:` at the beginning of a line, or name them in study.yaml"
    return Problem(transcript.id, 0, message, hint, Severity.WARNING)


def _one_speaker(transcript: Transcript) -> Problem:
    label = next(filter(None, _spoken(transcript)))
    message = f"only {quoted(label)} speaks here; other interviews have two or more speakers"
    hint = f"look whether a label was missed: thematic show {argument(transcript.id, 'ID')}"
    return Problem(transcript.id, 0, message, hint, Severity.WARNING)


def _without_interviewer(transcript: Transcript) -> Problem:
    message = "nobody is an interviewer here, so everybody's words count, unlike in the others"
    asking = _who_asks(transcript)
    said = f"if {quoted(asking)} asks" if asking else "say who asks"
    role = argument(f"{asking or 'LABEL'}=interviewer", '"LABEL=interviewer"')
    hint = f"{said}: thematic speakers --role {role}"
    hint += f" --transcript {argument(transcript.id, 'ID')} --write"
    return Problem(transcript.id, 0, message, hint, Severity.WARNING)


def _nobody_asks(interviews: Sequence[Transcript]) -> Iterator[Problem]:
    """One problem for a study in which nobody is an interviewer, though somebody asks."""
    asking = [label for one in interviews if (label := _who_asks(one))]
    if len(asking) < max(_ENOUGH, _USUAL * len(interviews)):
        return
    label, times = Counter(asking).most_common(1)[0]
    role = argument(f"{label}=interviewer", '"LABEL=interviewer"')
    if times < _USUAL * len(interviews):
        role = '"LABEL=interviewer" --transcript ID'
    message = f"nobody is an interviewer in these {len(interviews)} interviews, so questions count"
    hint = f"say who asks: thematic speakers --role {role} --write"
    yield Problem(interviews[0].id, 0, message, hint, Severity.WARNING)


def _who_asks(transcript: Transcript) -> str:
    """The label whose turns end in a question mark far more often than anybody else's."""
    turns: Counter[str] = Counter()
    asking: Counter[str] = Counter()
    for turn in transcript.turns:
        if turn.speaker and len(turn.span):
            turns[turn.speaker] += 1
            end = transcript.text[max(turn.span.start, turn.span.end - 3) : turn.span.end]
            asking[turn.speaker] += any(sign in end for sign in "?？؟")
    shares = {label: asking[label] / number for label, number in turns.items()}
    best, *others = sorted(shares, key=lambda label: -shares[label]) or [""]
    next_best = max((shares[label] for label in others), default=0.0)
    asks = best and asking[best] > 1 and shares[best] >= max(_ASKS, _FAR_MORE * next_best)
    return best if asks else ""
