"""The page of a large study: 200 interviews and 20,000 mentions in one file that still opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsers import browser, opened, says

from thematic.app import main

INTERVIEWS, MENTIONS = 200, 100  # of each
MOST = 15_000_000  # bytes
FILLER = "and then we went down to the town again where nobody knew what would come next"


MOST_ELEMENTS = 12_000  # of the page before anything is opened
ELEMENTS = "document.getElementsByTagName('*').length"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of eight themes with five codes each."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "talks").mkdir()
    codes = [f"w{theme}x{code}" for theme in range(8) for code in range(5)]
    book = "".join(
        f"  t{theme}: {{codes: {{{', '.join(f'c{n}: [w{theme}x{n}]' for n in range(5))}}}}}\n"
        for theme in range(8)
    )
    (folder / "book.yaml").write_text(f"themes:\n{book}")
    for number in range(INTERVIEWS):
        said = [
            f"P: We met {codes[(number + mention * 7) % len(codes)]} {FILLER}."
            for mention in range(MENTIONS)
        ]
        text = "\n\n".join(f"I: And then?\n\n{one}" for one in said)
        (folder / "talks" / f"E{number:03}.txt").write_text(text + "\n")
    return folder


def reported(folder: Path, name: str, *more: str) -> Path:
    with pytest.raises(SystemExit) as stop:
        main(["report", str(folder / "talks"), "-c", str(folder / "book.yaml"), "-q",
              "-o", str(folder / name), *more])  # fmt: skip
    assert not stop.value.code
    return folder / name


@pytest.fixture(scope="module")
def page_file(folder: Path) -> Path:
    return reported(folder, "report.html")


@pytest.fixture(scope="module")
def whole_file(folder: Path) -> Path:
    return reported(folder, "whole.html", "--with-transcripts")


def test_all_quotes_fit(page_file: Path) -> None:
    page = page_file.read_text(encoding="utf-8")
    assert page.count("<li id=") == INTERVIEWS * MENTIONS
    assert "no room for all" not in page
    assert page_file.stat().st_size < MOST


def test_it_opens_and_answers(page_file: Path) -> None:
    with browser() as made, opened(made) as tab:
        tab.goto(page_file.as_uri())
        assert tab.evaluate(ELEMENTS) < MOST_ELEMENTS
        tab.locator("#t1 td a").first.click()
        says(tab, "#found", "Shown: 2,500 quotes of 20,000, from 200 transcripts.")
        assert "#find" in tab.url


def test_transcripts_are_made_when_they_are_opened(whole_file: Path) -> None:
    assert whole_file.stat().st_size < MOST
    with browser() as made, opened(made, viewport={"width": 1280, "height": 900}) as tab:
        tab.goto(whole_file.as_uri())
        assert tab.evaluate(ELEMENTS) < MOST_ELEMENTS
        tab.locator(".chosen .place a").first.click()  # a quote leads to its place
        tab.locator(".turn:target, .unit:target").first.wait_for()
        assert tab.locator(".turn").count() == 2 * MENTIONS
        # By its key: what is laid out anew meanwhile may move away from under a pointer.
        tab.locator("summary", has_text="E007").last.press("Enter")
        tab.locator("#transcript-7 .turn").first.wait_for()
        assert tab.locator(".turn").count() == 4 * MENTIONS
        tab.get_by_label("Words in transcripts").fill("w3x4")
        says(tab, "#found-turns", "500 turns in 200 transcripts.")


def test_an_address_leads_into_what_is_not_made_yet(whole_file: Path) -> None:
    with browser() as made, opened(made) as tab:
        for place in ("q19999", "t3-200"):
            tab.goto("about:blank")
            tab.goto(f"{whole_file.as_uri()}#{place}")
            assert tab.locator(f"#{place}").is_visible()


def test_without_scripts_all_is_there(whole_file: Path) -> None:
    with browser() as made, opened(made, java_script_enabled=False) as tab:
        tab.goto(whole_file.as_uri())
        assert tab.locator(".entries > li").count() == INTERVIEWS * MENTIONS
        tab.locator("#transcript-0 summary").click()
        assert tab.locator("#transcript-0 .turn").first.is_visible()
