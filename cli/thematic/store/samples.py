"""Samples in the study folder: what was drawn and what the rules say of it, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from thematic.errors import ExitCode, ThematicError, UsageError, did_you_mean
from thematic.model.people import Passage
from thematic.model.samples import DrawnUnit, Sample, Stratum
from thematic.model.transcript import Span

FOLDER = "samples"
_ENDING = ".sample.json"  # by which it is known to be no transcript
SCHEMA = "thematic.sample/1"


class SampleUnusable(ThematicError):
    """A file in the folder of samples cannot be read as one."""

    exit_code = ExitCode.CODEBOOK


def sample_file(study: Path, name: str) -> Path:
    """Where the sample of a name is kept in a study folder."""
    return study / FOLDER / f"{name}{_ENDING}"


def sample_names(study: Path) -> list[str]:
    """The samples of a study folder, by name."""
    files = (study / FOLDER).glob(f"*{_ENDING}")
    return sorted(path.name.removesuffix(_ENDING) for path in files)


def sample_text(sample: Sample) -> str:
    """A sample as JSON; equal samples give equal bytes."""
    document = {"schema": SCHEMA} | asdict(sample)
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"


def load_sample(study: Path, name: str) -> Sample:
    """The sample of a name.

    Raises:
        UsageError: the study has none of that name.
        SampleUnusable: its file is damaged.
    """
    file = sample_file(study, name)
    names = sample_names(study)
    if name not in names:
        there = f"there are: {', '.join(names)}" if names else "none was drawn in this study"
        raise UsageError(
            f"the study has no sample {name!r}", did_you_mean(name, names) or f"{there}; --folder"
        )
    try:
        return _sample(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SampleUnusable(
            f"{str(file)!r} cannot be read as a sample: {type(error).__name__} {error}",
            "bring it back from a copy: without it the sheets cannot be scored",
        ) from error


def _sample(document: Mapping[str, Any]) -> Sample:
    if document["schema"] != SCHEMA:
        raise ValueError(f"its schema is {document['schema']!r}")
    plain = {name: value for name, value in document.items() if name != "schema"}
    made = {
        "codes": tuple(document["codes"]),
        "strata": tuple(Stratum(**stratum) for stratum in document["strata"]),
        "units": tuple(_unit(unit) for unit in document["units"]),
        "coders": tuple(map(str, document.get("coders", ()))),
    }
    return Sample(**(plain | made))


def _unit(values: Mapping[str, Any]) -> DrawnUnit:
    passage = dict(values["passage"])
    made = {
        "passage": Passage(**(passage | {"span": Span(**passage["span"])})),
        "suggested": tuple(values["suggested"]),
        "rules": tuple((asked, code, rule) for asked, code, rule in values["rules"]),
    }
    return DrawnUnit(**(dict(values) | made))
