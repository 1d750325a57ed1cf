"""What the user answers about labels: a role, or whose label it is; as settings of a study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from thematic.errors import UsageError
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Speakers
from thematic.store.scalars import flow, scalar
from thematic.store.speakers import MERGE, ROLES, TRANSCRIPTS


@dataclass(frozen=True, slots=True)
class Answer:
    """One setting: the role of a label, or the label it is read as."""

    label: str
    role: str = ""  # interviewer, respondent or other; "" = no role is given
    into: str = ""  # the label it is read as; "" = it is not merged
    transcript: str = ""  # the ID where it holds; "" = everywhere

    @property
    def path(self) -> tuple[str, ...]:
        """The names in study.yaml under which the label is listed."""
        scope = ("speakers", TRANSCRIPTS, self.transcript) if self.transcript else ("speakers",)
        return (*scope, self.role) if self.role else (*scope, MERGE, self.into)


@dataclass
class _Scope:
    """What holds everywhere, or in one transcript, by the keys of labels."""

    roles: dict[str, str] = field(default_factory=dict)
    merges: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, speakers: Speakers) -> _Scope:
        roles = {key_of(label): role for role in ROLES for label in getattr(speakers, role)}
        return cls(roles, {key_of(written): meant for written, meant in speakers.merge})


def settled(answers: Iterable[Answer], speakers: Speakers) -> list[Answer]:
    """The answers that change something, each merge leading to where no other leads on.

    Args:
        answers: in the order given.
        speakers: what study.yaml says so far.

    Raises:
        UsageError: an answer contradicts study.yaml, or another answer.
    """
    scopes = {"": _Scope.of(speakers)}
    scopes |= {id: _Scope.of(own) for id, own in speakers.transcripts}
    taken: list[Answer] = []
    for answer in answers:
        scope = scopes.setdefault(answer.transcript, _Scope())
        if answer.role:
            if _gives_role(answer, scope):
                taken.append(answer)
        elif merge := _merging(answer, scope):
            taken = [_led_on(one, merge) for one in taken]
            _refuse_chain(merge, scope, taken)
            scope.merges[key_of(merge.label)] = merge.into
            taken.append(merge)
    return taken


def _gives_role(answer: Answer, scope: _Scope) -> bool:
    standing = scope.roles.setdefault(key_of(answer.label), "")
    if standing == answer.role:
        return False
    if standing:
        message = f"{answer.label!r} is declared {standing} already, not {answer.role}"
        raise UsageError(message, "change it in study.yaml")
    scope.roles[key_of(answer.label)] = answer.role
    return True


def _merging(answer: Answer, scope: _Scope) -> Answer | None:
    """The answer with the label to which the merge leads in the end; None if it is so already."""
    key = key_of(answer.label)
    known = {key_of(meant): meant for meant in scope.merges.values()}
    into = known.get(key_of(answer.into), answer.into)
    into = scope.merges.get(key_of(answer.into), into)
    standing = scope.merges.get(key)
    if standing is not None and key_of(standing) == key_of(into):
        return None
    if standing is not None:
        message = f"{answer.label!r} is merged into {standing!r} already, not into {into!r}"
        raise UsageError(message, "change it in study.yaml")
    if answer.label == into:
        raise UsageError(f"{into!r} cannot be merged into itself", "name two labels")
    return replace(answer, into=into)


def _led_on(earlier: Answer, merge: Answer) -> Answer:
    """An answer given before, led on to where its own target is merged now."""
    same = earlier.transcript == merge.transcript and key_of(earlier.into) == key_of(merge.label)
    return replace(earlier, into=merge.into) if same and earlier.into else earlier


def _refuse_chain(merge: Answer, scope: _Scope, taken: Sequence[Answer]) -> None:
    """See that nothing that stands in study.yaml is merged into the label that is merged now."""
    key = key_of(merge.label)
    for one in taken:
        if one.into and one.transcript == merge.transcript:
            scope.merges[key_of(one.label)] = one.into
    leading = [one for one, meant in scope.merges.items() if key_of(meant) == key and one != key]
    if leading and key != key_of(merge.into):
        message = f"{merge.label!r} is what other labels are merged into in study.yaml"
        raise UsageError(message, f"merge those into {merge.into!r} there first")


def with_answers(speakers: Speakers, answers: Sequence[Answer]) -> Speakers:
    """The settings with the answers added; these must be settled."""
    own = dict(speakers.transcripts)
    for id in dict.fromkeys(answer.transcript for answer in answers if answer.transcript):
        here = [answer for answer in answers if answer.transcript == id]
        own[id] = _added(own.get(id, Speakers()), here)
    everywhere = [answer for answer in answers if not answer.transcript]
    return replace(_added(speakers, everywhere), transcripts=tuple(own.items()))


def _added(speakers: Speakers, answers: Sequence[Answer]) -> Speakers:
    roles = {
        role: (*getattr(speakers, role), *(one.label for one in answers if one.role == role))
        for role in ROLES
    }
    merge = (*speakers.merge, *((one.label, one.into) for one in answers if one.into))
    return replace(speakers, **roles, merge=merge)


def answers_yaml(answers: Sequence[Answer]) -> str:
    """The answers as the lines that they are in a study.yaml, to be pasted."""
    tree: dict[str, object] = {}
    for answer in answers:
        node = tree
        for name in answer.path[:-1]:
            child = node.setdefault(name, {})
            assert isinstance(child, dict)
            node = child
        labels = node.setdefault(answer.path[-1], [])
        assert isinstance(labels, list)
        labels.append(answer.label)
    return "".join(f"{line}\n" for line in _lines(tree, ""))


def _lines(tree: dict[str, object], indent: str) -> list[str]:
    lines: list[str] = []
    for name, value in tree.items():
        if isinstance(value, dict):
            lines += [f"{indent}{scalar(name)}:", *_lines(value, indent + "  ")]
        elif isinstance(value, list):
            lines.append(f"{indent}{scalar(name)}: {flow(value)}")
    return lines
