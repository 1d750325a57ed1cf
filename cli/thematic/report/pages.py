"""HTML pages from the templates of this room: every text is escaped, a missing name is a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from thematic.report.safe import one_line


def template(name: str, filters: Mapping[str, Callable[..., Any]]) -> Any:
    """A template of the folder `templates`, with filters of its own beside `line`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("thematic.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": one_line, **filters}
    return environment.get_template(name)
