"""Characters that nobody sees and that programs leave beside names: they part no words."""

from __future__ import annotations

from thematic.model.labels import INVISIBLE, visible

__all__ = ["INVISIBLE", "visible"]
