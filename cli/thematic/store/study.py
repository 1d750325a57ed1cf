"""study.yaml: what a study expects, who is who in it, and what people consented to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from thematic.errors import Problem
from thematic.model.codebook import Unit
from thematic.model.study import Consent, Status, Study
from thematic.model.transcript import INTERVIEW
from thematic.readers.lined_yaml.faults import Faults, closest
from thematic.readers.lined_yaml.fields import Fields
from thematic.readers.lined_yaml.file import MAX_CHARACTERS, read_yaml_file
from thematic.readers.lined_yaml.nodes import MapNode, Node, TextNode, is_blank
from thematic.readers.lined_yaml.repair import read_document
from thematic.store.scalars import flow, scalar
from thematic.store.speakers import read_speakers, speakers_text

STUDY_FILE = "study.yaml"

_FIELDS = (
    "study",
    "title",
    "status",
    "codebook",
    "transcripts",
    "attributes",
    "expected",
    "unit",
    "consent",
    "speakers",
    "show_attributes",
    "note",
    "notes",
)
_SLIPS = {"name": "study", "transcript": "transcripts", "interviews": "expected"}
_EXPECTED_HINT = "expected: 20, or expected: {interview: 20, publication: 4}"


def read_study_file(path: Path) -> tuple[Study | None, list[Problem]]:
    """The study that a study.yaml declares, and every problem with it, by line.

    Returns:
        The study without its faulty parts, or None where the file cannot be read or is no
        YAML; problems carry the path as given. With a problem of severity error the study
        should not be used.
    """
    text, problems = read_yaml_file(path, "study file")
    if text is None:
        return None, problems
    study, found = read_study(text, path.resolve().parent.name)
    return study, problems + [problem.within(str(path)) for problem in found]


def read_study(text: str, name: str = "") -> tuple[Study | None, list[Problem]]:
    """The study that a text declares, and every problem with it, by line. Never raises.

    Args:
        text: YAML or JSON.
        name: the folder's name, for a study that does not say its own.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"the study file is longer than {MAX_CHARACTERS:,} characters"
        return None, [Problem("", 0, message)]
    document = read_document(text)
    faults = Faults()
    faults.extend(document.problems)
    study = _study(document.root, name, faults) if document.root or document.whole else None
    return study if document.sound else None, document.certain(faults.sorted())


def _study(root: Node | None, name: str, faults: Faults) -> Study:
    if root is None or is_blank(root):
        faults.warning(1, "the study file is empty: defaults hold", "study: name")
        return Study(name, expected={})
    if not isinstance(root, MapNode):
        faults.error(root.line, "the study file holds no names with values", "study: name")
        return Study(name, expected={})
    fields = Fields(root, _FIELDS, "the study", faults, _SLIPS)
    return Study(
        name=fields.text("study") or name,
        title=fields.text("title"),
        status=fields.choice("status", Status, Status.UNSTATED),
        codebook=fields.text("codebook"),
        transcripts=_plain(fields, "transcripts"),
        attributes=fields.text("attributes"),
        expected=_expected(fields, faults),
        unit=_unit(fields),
        consent=_consent(fields, faults),
        speakers=read_speakers(fields, faults),
        show_attributes=_plain(fields, "show_attributes"),
    )


def _plain(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(node.text.strip() for node in fields.texts(name))


def _unit(fields: Fields) -> str:
    unit = fields.choice("unit", Unit, Unit.SENTENCE)
    return unit.value if fields.text("unit") == unit.value else ""


def _consent(fields: Fields, faults: Faults) -> Consent | None:
    if "consent" not in fields:
        return None
    value = fields.text("consent")
    allowed = [consent.value for consent in Consent]
    if value in allowed:
        return Consent(value)
    guess = closest(value, allowed)
    faults.error(
        fields.line("consent"),
        f"consent is {value!r}, it should be one of {', '.join(allowed)}",
        f"did you mean {guess!r}?" if guess else "write for example `consent: role only`",
    )
    return Consent.NO_QUOTATION  # when in doubt nobody is quoted


def _expected(fields: Fields, faults: Faults) -> dict[str, int]:
    node = fields.node("expected")
    if node is None or is_blank(node):
        return {}
    if not isinstance(node, MapNode):
        count = _count(node, fields.line("expected"), "expected", faults)
        return {} if count is None else {INTERVIEW: count}
    expected: dict[str, int] = {}
    for key, value in node.pairs:
        kind = key.text.strip()
        if not kind:
            faults.error(key.line, "a kind of transcript without a name", _EXPECTED_HINT)
            continue
        count = _count(value, key.line, f"expected {kind}", faults)
        if count is not None:
            expected.setdefault(kind, count)
    return expected


def _count(node: Node, line: int, what: str, faults: Faults) -> int | None:
    if isinstance(node, TextNode) and re.fullmatch("[0-9]{1,6}", node.text.strip()):
        return int(node.text)
    said = f" is {node.text!r}, it" if isinstance(node, TextNode) else ""
    faults.error(line, f"{what}{said} should be a whole number", _EXPECTED_HINT)
    return None


def write_study(study: Study) -> str:
    """The text of a commented study.yaml that reads back as `study`."""
    return _TEMPLATE.format(
        study=scalar(study.name),
        title=scalar(study.title),
        status=_optional("status", study.status.value, Status.REAL.value),
        codebook=_optional("codebook", study.codebook, "codebook.yaml"),
        transcripts=_optional("transcripts", _names(study.transcripts), "transcripts"),
        attributes=_optional("attributes", study.attributes, "attributes.csv"),
        expected=_line("expected", _expected_text(study), "{interview: 20}"),
        unit=_optional("unit", study.unit, Unit.SENTENCE.value),
        consent=_optional("consent", study.consent or "", Consent.ROLE_ONLY.value),
        speakers=_line("speakers", speakers_text(study.speakers), '{interviewer: ["Speaker 1"]}'),
        show=_line("show_attributes", flow(study.show_attributes), "[profession]"),
    )


_TEMPLATE = """\
# What this study is. Lines that begin with # are remarks or settings left at their default.
study: {study}
title: {title}

# real or invented; "invented" is printed in every output.
{status}

# A file beside this one, or the name of a codebook that comes with the program.
{codebook}

# Folders or files, seen from here.
{transcripts}

# A table with one row a transcript: id, kind, case, consent and what else is known.
{attributes}

# How many there should be: tables name this number, also where a file cannot be read.
{expected}

# What is counted once: sentence, paragraph, turn or transcript.
{unit}

# named, role only, background or no quotation; for transcripts whose row names none.
{consent}

# Which labels belong to whom, and whose words do not count (exclude: roles or labels).
{speakers}

# What a citation may show beside the transcript's ID.
{show}
"""


def _optional(name: str, value: str | list[str], example: str) -> str:
    text = flow(value) if isinstance(value, list) else scalar(value) if value else ""
    return _line(name, text, example)


def _line(name: str, text: str, example: str) -> str:
    return f"{name}: {text}" if text else f"# {name}: {example}"


def _names(values: Iterable[str]) -> str | list[str]:
    names = list(values)
    return names[0] if len(names) == 1 else names


def _expected_text(study: Study) -> str:
    pairs = (f"{scalar(kind)}: {count}" for kind, count in study.expected.items())
    return f"{{{', '.join(pairs)}}}" if study.expected else ""
