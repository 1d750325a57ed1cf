"""The page of the report in a browser: sorting, filtering, links, search, and who can use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import axe_core, browser, opened, says
from conftest import Run

from thematic.app import main
from thematic.shipped import study_path

ONE_QUOTE = re.compile("Shown: 1 quote of ")
VISIBLE = "els => els.filter(e => e.checkVisibility()).length"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample study with its transcripts."""
    out = tmp_path_factory.mktemp("report") / "out"
    study = study_path("jihad-networks")
    with pytest.raises(SystemExit) as stop:
        main(["report", str(study), "-q", "-o", str(out), "--with-transcripts"])
    assert not stop.value.code
    return out / "report.html"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as made:
        yield made


@pytest.fixture
def page(chromium: Any, page_file: Path) -> Iterator[Any]:
    """The page opened, which must neither ask for anything nor complain."""
    asked: list[str] = []
    said: list[str] = []
    with opened(chromium, viewport={"width": 1280, "height": 900}) as tab:
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(page_file.as_uri())
        yield tab
        assert {url.partition("#")[0] for url in asked} == {page_file.as_uri()}
        assert said == []


def column(page: Any, table: str, number: int) -> list[str]:
    cells = f"{table} tbody tr:not([hidden]) > :nth-child({number})"
    return [text.strip() for text in page.locator(cells).all_inner_texts()]


def numbers(texts: list[str]) -> list[int]:
    return [int(re.sub(r"[^\d].*", "", text.replace(",", "")) or 0) for text in texts]


def test_tables_sort_and_come_back(page: Any) -> None:
    before = column(page, "#t1", 1)
    head = page.locator("#t1 thead th").nth(3)
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    found = page.locator("#t1 tr.level-0 > :nth-child(4)").all_inner_texts()
    assert numbers(found) == sorted(numbers(found), reverse=True)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    found = page.locator("#t1 tr.level-0 > :nth-child(4)").all_inner_texts()
    assert numbers(found) == sorted(numbers(found))
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert column(page, "#t1", 1) == before


def test_codes_stay_below_their_theme(page: Any) -> None:
    page.locator("#t1 thead button").nth(3).click()
    names = page.locator("#t1 tbody tr").evaluate_all("rows => rows.map(r => r.dataset.name)")
    themes = [name.partition("/")[0] for name in names]
    assert [name for name in names if "/" not in name] == list(dict.fromkeys(themes))
    assert themes == sorted(themes, key=list(dict.fromkeys(themes)).index)


def test_rows_are_filtered_with_what_is_above_them(page: Any) -> None:
    page.get_by_label("Rows that hold").first.fill("haven")
    names = page.locator("#t1 tbody tr:not([hidden])").evaluate_all(
        "rows => rows.map(r => r.dataset.name)"
    )
    assert names == ["alliance", "alliance/safe-haven"]
    assert page.locator("#status-t1").inner_text().startswith("1 of ")


def test_numbers_lead_to_their_quotes(page: Any) -> None:
    """Every plain number of every table, as the reader would click it."""
    links = page.locator("td a")
    shown = links.evaluate_all(
        """links => links.map(link => {
            location.hash = link.getAttribute('href');
            dispatchEvent(new HashChangeEvent('hashchange'));
            const entries = [...document.querySelectorAll('.entries > li:not([hidden])')];
            const sources = new Set(entries.map(e => e.dataset.transcript));
            return [link.textContent, link.dataset.find, entries.length, sources.size];
        })"""
    )
    assert len(shown) > 100
    withheld = page.locator("select[name=column] option", has_text="withheld").get_attribute(
        "value"
    )
    for text, find, quotes, sources in shown:
        if "case=" in find or f"count={withheld}." in find:
            assert quotes
        elif "/" in text:
            assert 0 < int(text.partition("/")[0]) <= sources  # persons, of whom some spoke twice
        else:
            assert quotes == int(text.replace(",", "")), find


def test_a_click_shows_the_quotes_and_back_returns(page: Any) -> None:
    page.locator("#t1 td a").nth(2).click()
    says(page, "#found", "Shown: 37 quotes of 205, from 15 transcripts.")
    assert "#find" in page.url
    assert page.locator(".entries > li").evaluate_all(VISIBLE) == 37
    assert page.locator(".chosen").evaluate_all(VISIBLE) == 0
    assert page.evaluate("document.activeElement.id") == "quotes-head"
    page.go_back()
    page.wait_for_function("location.hash === ''")
    page.get_by_role("button", name="Show all").click()
    says(page, "#found", "")
    assert page.locator(".chosen").evaluate_all(VISIBLE) > 3


def test_search_finds_words_in_quotes(page: Any) -> None:
    page.locator("#find input[name=text]").fill("LEADER has pledged")
    says(page, "#found", ONE_QUOTE)
    texts = page.locator(".entries > li:not([hidden])").all_inner_texts()
    assert ["leader has pledged" in text for text in texts] == [True]
    page.reload()  # the address says what was looked for
    says(page, "#found", ONE_QUOTE)
    assert page.locator("#find input[name=text]").input_value() == "LEADER has pledged"


def test_form_narrows_by_code_kind_and_transcript(page: Any) -> None:
    page.locator("select[name=code]").select_option(label="alliance/safe-haven")
    page.locator("select[name=kind]").select_option(label="publication")
    page.locator("select[name=column]").select_option(label="suggested by rules")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.entries > li:not([hidden])')].every(
            one => ['alliance/safe-haven', '(P0'].every(part => one.textContent.includes(part)))"""
    )
    says(page, "#found", re.compile("Shown: [1-9]"))


def test_a_quote_opens_its_place(page: Any) -> None:
    link = page.locator(".chosen .place a").first
    target = link.get_attribute("href")
    link.click()
    passage = page.locator(target)
    passage.wait_for()
    box = passage.bounding_box()
    assert 0 <= box["y"] < 900
    quote = page.locator(".chosen blockquote").first.inner_text()
    assert " ".join(passage.inner_text().split()) in " ".join(quote.split())


def test_search_finds_turns_in_transcripts(page: Any) -> None:
    page.get_by_label("Words in transcripts").fill("their leader has pledged")
    says(page, "#found-turns", "1 turns in 1 transcripts.")
    assert page.locator(".turn").evaluate_all(VISIBLE) == 1


def test_dark_and_light(page: Any) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate(ground) != light
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate(ground) == light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == light  # the reader has said what she wants


def test_the_first_tab_skips_to_the_report(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_print_shows_the_report_and_no_controls(page: Any) -> None:
    page.emulate_media(media="print")
    assert page.locator("input, select, nav, form button, header button").evaluate_all(VISIBLE) == 0
    assert page.locator(".entries > li").evaluate_all(VISIBLE) == 0
    assert page.locator("blockquote").evaluate_all(VISIBLE) > 10


@pytest.mark.parametrize(
    ("width", "scheme", "opening"),
    [(1280, "light", True), (1280, "dark", False), (390, "dark", False), (320, "light", False)],
)
def test_everybody_can_use_it(
    chromium: Any, page_file: Path, width: int, scheme: str, opening: bool
) -> None:
    """No finding of axe-core, and no scrolling aside; also with quotes and transcripts opened."""
    script = axe_core()
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with opened(chromium, **options, bypass_csp=True) as tab:
        tab.goto(page_file.as_uri())
        if opening:
            tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        tab.add_script_tag(content=script)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = tab.evaluate("tags => axe.run({runOnly: tags})", tags)
        told = [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found["violations"]]
        assert told == []


def test_it_reads_without_scripts(chromium: Any, page_file: Path) -> None:
    with opened(chromium, java_script_enabled=False) as tab:
        tab.goto(page_file.as_uri())
        assert tab.locator(".script:visible").count() == 0
        link = tab.locator("#t1 td a").first
        link.click()
        target = tab.locator(link.get_attribute("href"))
        assert target.is_visible()
        assert "alliance" in target.inner_text()


def test_hostile_words_do_nothing(chromium: Any, run: Run, tmp_path: Path) -> None:
    hostile = "</script><img src=http://example.org/x onerror=alert(1)><script>alert(2)</script>"
    (tmp_path / "E1.txt").write_text(f"I: So?\n\nEVE{hostile[:60]}: They tax {hostile} us.\n")
    (tmp_path / "book.yaml").write_text(
        f"themes:\n  'tax{hostile.replace('/', '')}': {{rules: [tax]}}\n"
    )
    result = run("report", tmp_path / "E1.txt", "-c", tmp_path / "book.yaml", "-q",
                 "-o", tmp_path / "out", "--with-transcripts")  # fmt: skip
    assert result.code == 0, result.err
    asked: list[str] = []
    with opened(chromium) as tab:
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("dialog", lambda dialog: asked.append(dialog.message))
        tab.goto((tmp_path / "out" / "report.html").as_uri())
        tab.wait_for_timeout(200)
        assert len(asked) == 1
        assert hostile in tab.locator(".entries > li").first.text_content()


def test_long_names_fit_a_telephone(chromium: Any, run: Run, tmp_path: Path) -> None:
    """IDs, codes and kinds that nothing breaks."""
    (tmp_path / "talks").mkdir()
    for number in range(2):
        (tmp_path / "talks" / f"{'interview' * 8}{number}.txt").write_text("EVE: They tax us.\n")
    (tmp_path / "book.yaml").write_text(f"themes:\n  {'taxation' * 8}: {{rules: [tax]}}\n")
    result = run("report", tmp_path / "talks", "-c", tmp_path / "book.yaml", "-q",
                 "-o", tmp_path / "r.html", "--with-transcripts")  # fmt: skip
    assert result.code == 0, result.err
    with opened(chromium, viewport={"width": 320, "height": 900}) as tab:
        tab.goto((tmp_path / "r.html").as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
