"""A browser for tests of pages: one that is installed here, or none."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from thematic.commands.programs import BROWSER

AXE = "AXE_CORE"  # names the file axe.min.js of an installation of axe-core


@contextmanager
def browser() -> Iterator[Any]:
    """An installed Chromium, driven by Playwright; skips where either is missing."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = BROWSER.find()
    if program is None:
        pytest.skip("no browser is installed")
    with playwright.sync_playwright() as running:
        made = running.chromium.launch(
            executable_path=str(program), args=["--no-sandbox"] if _is_root() else []
        )
        try:
            yield made
        finally:
            made.close()


@contextmanager
def opened(made: Any, **options: Any) -> Iterator[Any]:
    """A page of its own in a browser."""
    context = made.new_context(**options)
    context.set_default_timeout(30_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def says(tab: Any, place: str, words: str | re.Pattern[str]) -> None:
    """A place on a page says some words; what is clicked or typed may take effect a while later."""
    from playwright.sync_api import expect

    expect(tab.locator(place)).to_have_text(words, timeout=30_000)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def axe_core() -> str:
    """The script of axe-core; skips where it is not installed."""
    named = os.environ.get(AXE, "")
    places = [Path(named)] if named else []
    places += [up / "node_modules/axe-core/axe.min.js" for up in Path(__file__).parents]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        pytest.skip(f"axe-core is not installed: npm install axe-core, or name it in {AXE}")
    return found.read_text(encoding="utf-8")
