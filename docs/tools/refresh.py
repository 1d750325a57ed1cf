"""Makes anew what the documentation takes from the program: outputs, reference, tables.

    python docs/tools/refresh.py            rewrite the pages
    python docs/tools/refresh.py --check    only say which pages are out of date (exit code 1)

Needs the project installed (`make test` does it).
"""

from __future__ import annotations

import sys
from pathlib import Path

from examples import with_outputs
from generated import with_generated

ROOT = Path(__file__).parents[2]


def pages() -> list[Path]:
    """Every page of the documentation."""
    tops = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
    return [*(ROOT / name for name in tops), *sorted((ROOT / "docs").rglob("*.md"))]


def refreshed(page: Path) -> str:
    """The text a page should have."""
    return with_outputs(with_generated(page.read_text(encoding="utf-8")))


def main() -> int:
    """Rewrite, or with --check only compare."""
    only_check = "--check" in sys.argv[1:]
    stale = 0
    for page in pages():
        text = refreshed(page)
        if text != page.read_text(encoding="utf-8"):
            stale += 1
            print(page.relative_to(ROOT))
            if not only_check:
                page.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and only_check else 0


if __name__ == "__main__":
    sys.exit(main())
