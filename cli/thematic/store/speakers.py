"""`speakers` in study.yaml: roles of labels, labels that are read as others, who is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thematic.model.labels import key_of
from thematic.model.study import Speakers
from thematic.readers.lined_yaml.faults import Faults
from thematic.readers.lined_yaml.fields import Fields, texts
from thematic.readers.lined_yaml.nodes import MapNode, Node, TextNode, is_blank
from thematic.store.scalars import flow, scalar

ROLES = ("interviewer", "respondent", "other")
MERGE, TRANSCRIPTS = "merge", "transcripts"
_HINT = 'speakers: {interviewer: ["Speaker 1"]}'
_MERGE_HINT = "merge: {Participant: [Particpant]}"
_TRANSCRIPTS_HINT = 'transcripts: {E01: {interviewer: ["Speaker 1"]}}'


def read_speakers(fields: Fields, faults: Faults) -> Speakers:
    """What the study says of labels; faulty parts are left out and told."""
    node = fields.node("speakers")
    if node is None or is_blank(node):
        return Speakers()
    if not isinstance(node, MapNode):
        faults.error(fields.line("speakers"), "speakers should hold roles", _HINT)
        return Speakers()
    inner = Fields(node, (*ROLES, "exclude", MERGE, TRANSCRIPTS), "speakers", faults)
    if "exclude" in inner and is_blank(inner.node("exclude")):
        faults.warning(
            inner.line("exclude"), "exclude is empty: everybody counts", "write [] to say so"
        )
    return replace(
        _said(inner, faults),
        exclude=_labels(inner, "exclude") if "exclude" in inner else None,
        transcripts=tuple(_transcripts(inner, faults)),
    )


def _said(inner: Fields, faults: Faults) -> Speakers:
    """Roles and merges, of the study or of one transcript."""
    _check_one_role_each(inner, faults)
    interviewer, respondent, other = (_labels(inner, role) for role in ROLES)
    return Speakers(interviewer, respondent, other, merge=tuple(_merges(inner, faults)))


def _labels(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(node.text.strip() for node in fields.texts(name))


def _check_one_role_each(inner: Fields, faults: Faults) -> None:
    """A label can have one role; which one would hold otherwise nobody could tell."""
    roles: dict[str, str] = {}
    for role in ROLES:
        for node in inner.texts(role) if role in inner else ():
            if roles.setdefault(key_of(node.text), role) != role:
                faults.error(
                    node.line,
                    f"the label {node.text.strip()!r} is both {roles[key_of(node.text)]} "
                    f"and {role}",
                    "leave it under one of them",
                )


def _transcripts(inner: Fields, faults: Faults) -> Iterator[tuple[str, Speakers]]:
    """The settings of single transcripts, by ID."""
    node = inner.node(TRANSCRIPTS)
    if node is None or is_blank(node):
        return
    if not isinstance(node, MapNode):
        message = "transcripts should hold IDs, each with its own roles and merges"
        faults.error(inner.line(TRANSCRIPTS), message, _TRANSCRIPTS_HINT)
        return
    for key, value in node.pairs:
        id = key.text.strip()
        if not isinstance(value, MapNode):
            message = f"the speakers of {id!r} should hold roles or merges"
            faults.error(key.line, message, _TRANSCRIPTS_HINT)
            continue
        yield id, _said(Fields(value, (*ROLES, MERGE), f"the speakers of {id!r}", faults), faults)


def _merges(inner: Fields, faults: Faults) -> Iterator[tuple[str, str]]:
    """The labels that are read as another, each with that one; none leads to a further one."""
    node = inner.node(MERGE)
    if node is None or is_blank(node):
        return
    if not isinstance(node, MapNode):
        message = "merge should hold labels, each with a list of what is read as it"
        faults.error(inner.line(MERGE), message, _MERGE_HINT)
        return
    pairs = [
        (one, key.text.strip()) for key, value in node.pairs for one in _written(key, value, faults)
    ]
    into: dict[str, str] = {}
    for one, meant in pairs:
        first = into.setdefault(key_of(one.text), meant)
        if key_of(first) != key_of(meant):
            message = f"the label {one.text.strip()!r} is merged into {first!r} and {meant!r}"
            faults.error(one.line, message, "leave it under one of them")
    for one, meant in pairs:
        further = into.get(key_of(meant), meant)
        if key_of(further) != key_of(meant):
            message = f"{one.text.strip()!r} is merged into {meant!r}, which is merged as well"
            faults.error(one.line, message, f"merge it into {further!r}")
        yield one.text.strip(), meant


def _written(key: TextNode, value: Node, faults: Faults) -> Iterator[TextNode]:
    """The labels that stand under one name in `merge`."""
    meant = key.text.strip()
    if not key_of(meant):
        faults.error(key.line, "labels are merged into one without a name", _MERGE_HINT)
    elif is_blank(value):
        faults.warning(key.line, f"nothing is merged into {meant!r}", _MERGE_HINT)
    else:
        for node in texts(value, f"merge {meant}", faults):
            if node.text.strip() == meant:
                faults.error(node.line, f"{meant!r} is merged into itself", "leave it out")
            else:
                yield node


def speakers_text(speakers: Speakers) -> str:
    """The settings as YAML in braces; empty where there are none."""
    parts = _said_parts(speakers)
    if speakers.exclude is not None:
        parts.append(f"exclude: {flow(speakers.exclude) or '[]'}")
    own = [f"{scalar(id)}: {{{', '.join(_said_parts(said))}}}" for id, said in speakers.transcripts]
    if own:
        parts.append(f"{TRANSCRIPTS}: {{{', '.join(own)}}}")
    return f"{{{', '.join(parts)}}}" if parts else ""


def _said_parts(speakers: Speakers) -> list[str]:
    parts = [
        f"{role}: {flow(getattr(speakers, role))}" for role in ROLES if getattr(speakers, role)
    ]
    into: dict[str, list[str]] = {}
    for written, meant in speakers.merge:
        into.setdefault(meant, []).append(written)
    if into:
        merges = (f"{scalar(meant)}: {flow(written)}" for meant, written in into.items())
        parts.append(f"{MERGE}: {{{', '.join(merges)}}}")
    return parts
