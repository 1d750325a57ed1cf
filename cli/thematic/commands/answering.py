"""From options and proposals to answers about labels, and from these to study.yaml."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from thematic.errors import OutputRefused, UsageError, did_you_mean
from thematic.model.labels import key_of
from thematic.model.proposals import Confidence, Proposal
from thematic.model.transcript import Transcript
from thematic.store.answers import Answer, answers_yaml
from thematic.store.speakers import ROLES
from thematic.store.study_text import study_text_with


def answers_given(
    merges: Sequence[str],
    roles: Sequence[str],
    ids: Sequence[str],
    transcripts: Sequence[Transcript],
) -> list[Answer]:
    """The answers that options give, in the order of the options.

    Args:
        merges: `WRITTEN=LABEL` each.
        roles: `LABEL=ROLE` each.
        ids: transcripts to which they are limited; none = all.
        transcripts: those in which the labels should stand.

    Raises:
        UsageError: an option is not understood, or names a label that nobody has.
    """
    found = []
    for written in merges:
        label, into = _parted(written, "--merge", "Particpant=Participant")
        found += [
            Answer(_known(label, transcripts), into=into, transcript=id) for id in ids or [""]
        ]
    for written in roles:
        label, role = _parted(written, "--role", "Speaker 1=interviewer")
        if role not in ROLES:
            hint = did_you_mean(role, ROLES) or f"the roles are {', '.join(ROLES)}"
            raise UsageError(f"--role {written!r}: there is no role {role!r}", hint)
        found += [
            Answer(_known(label, transcripts), role=role, transcript=id) for id in ids or [""]
        ]
    return found


def _parted(written: str, option: str, example: str) -> tuple[str, str]:
    """The two sides of the last `=`."""
    left, _, right = written.rpartition("=")
    if not left.strip() or not right.strip():
        raise UsageError(f"{option} {written!r} is not understood", f'write {option} "{example}"')
    return left.strip(), right.strip()


def _known(label: str, transcripts: Sequence[Transcript]) -> str:
    turns = [turn for transcript in transcripts for turn in transcript.turns if turn.speaker]
    labels = dict.fromkeys(name for turn in turns for name in (turn.speaker, turn.label))
    if key_of(label) not in set(map(key_of, labels)):
        hint = did_you_mean(label, labels) or f"there are: {', '.join(list(labels)[:12])}"
        raise UsageError(f"nobody is labelled {label!r} here", hint)
    return label


def answers_accepted(
    asked: Sequence[Proposal], ids: Sequence[str], *, only_sure: bool
) -> Iterator[Answer]:
    """The answers that take the proposals as they are.

    Args:
        asked: merges and doubts; of doubts nothing follows.
        ids: transcripts to which the answers are limited; none = where the proposal holds.
        only_sure: take slips of the pen only.
    """
    for proposal in asked:
        sure = proposal.confidence is Confidence.SURE
        if proposal.into and (sure or not only_sure):
            yield from as_answers(proposal, ids)


def as_answers(proposal: Proposal, ids: Sequence[str]) -> list[Answer]:
    """A proposal as a setting for the study, or for the transcripts in which it holds."""
    here = ids or (proposal.transcripts if proposal.within else [""])
    return [
        Answer(proposal.label, into=proposal.into, transcript=id)
        for id in here
        if not id or id in proposal.transcripts
    ]


def changed_study(path: Path, answers: Sequence[Answer]) -> tuple[str, str]:
    """The text of a study.yaml as it is, and with the answers in it.

    Raises:
        OutputRefused: there is no safe place for them; the hint holds the lines to paste.
    """
    paste = f"put these lines into {path} by hand:\n{answers_yaml(answers)}"
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputRefused(f"{str(path)!r} cannot be edited: {error}", paste) from error
    changed = study_text_with(text, answers)
    if changed is None:
        raise OutputRefused(f"{str(path)!r} is written in a way that is not edited safely", paste)
    return text, changed


def differences(before: str, after: str, name: str) -> str:
    """The lines that change, as `diff -u` shows them."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, name, n=1, lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)
