"""What holds for every row of a table alike: its last columns."""

from __future__ import annotations

from typing import Any

from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.study import Study

SETTINGS = ("basis", "unit", "scope", "codebook", "codebook_hash", "study_status")


def settings_of(codings: Codings, study: Study, unit: Unit, basis: Basis) -> dict[str, Any]:
    """Whose codings count, on what, by which codebook, and whether the study is real."""
    codebook = codings.codebook
    return {
        "basis": basis.value,
        "unit": unit.value,
        "scope": codebook.scope.value,
        "codebook": f"{codebook.name} {codebook.version}".strip(),
        "codebook_hash": codebook.hash[:8],
        "study_status": study.status.value,
    }
