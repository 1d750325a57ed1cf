"""The page of a large study: 200 interviews and 20,000 mentions in one file that still opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsers import browser, opened

from thematic.app import main

INTERVIEWS, MENTIONS = 200, 100  # of each
MOST = 15_000_000  # bytes
FILLER = "and then we went down to the town again where nobody knew what would come next"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a study of eight themes with five codes each."""
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
    with pytest.raises(SystemExit) as stop:
        main(["report", str(folder / "talks"), "-c", str(folder / "book.yaml"), "-q",
              "-o", str(folder / "report.html")])  # fmt: skip
    assert not stop.value.code
    return folder / "report.html"


def test_all_quotes_fit(page_file: Path) -> None:
    page = page_file.read_text(encoding="utf-8")
    assert page.count("<li id=") == INTERVIEWS * MENTIONS
    assert "no room for all" not in page
    assert page_file.stat().st_size < MOST


def test_it_opens_and_answers(page_file: Path) -> None:
    with browser() as made, opened(made) as tab:
        tab.goto(page_file.as_uri())
        tab.locator("#t1 td a").first.click()
        tab.wait_for_url("**#find*")
        said = tab.locator("#found").inner_text()
        assert said == "Shown: 2,500 quotes of 20,000, from 200 transcripts."
