"""The page of the report as a file: what it holds, what it lets run, and where its links lead."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from conftest import Run
from consent_study import CANARIES, CONTROL, make_consent_study
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from thematic.analysis.evidence import evidence
from thematic.report.colors import NIGHT, PAPER, color, contrast, seen_on
from thematic.report.entries import that_fit
from thematic.shipped import study_path

WHOLE = "WHOLE TRANSCRIPTS"


@pytest.fixture
def page(run: Run, tmp_path: Path) -> str:
    """The page of the sample study with its transcripts."""
    assert run("report", study_path("jihad-networks"), "-q", "-o", tmp_path / "out",
               "--with-transcripts").code == 0  # fmt: skip
    return (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def tree_of(page: str):  # type: ignore[no-untyped-def]
    return parser.fromstring(page)


def sha(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_only_its_own_script_and_style_may_run(page: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{sha(style)}'; script-src 'sha256-{sha(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    tree = tree_of(page)
    assert not tree.xpath("//@style | //@onclick | //link | //img | //iframe | //@src")
    assert not re.search(r"https?:|url\(|@import", page)


def test_every_link_leads_somewhere(page: str) -> None:
    tree = tree_of(page)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//@href")
    assert len(links) > 400
    assert {link[1:] for link in links} <= set(ids)
    named = tree.xpath("//@aria-labelledby | //@aria-describedby")
    assert set(named) <= set(ids)


def test_every_number_has_its_quotes(page: str) -> None:
    """Those in the page with the tokens of the link are as many as the number in the cell."""
    tree = tree_of(page)
    options = tree.xpath("//select[@name='transcript']/option[@data-kind]")
    quotes = [
        (set(one.get("data-counts").split()), one.get("data-transcript"))
        for one in tree.xpath("//ul[@class='entries']/li")
    ]
    checked = 0
    for cell in tree.xpath("//td[a]"):
        (link,) = cell.xpath("a")
        wanted = dict(part.split("=") for part in link.get("data-find").split("&"))
        if "case" in wanted or "/" in link.text:
            continue
        behind = [
            quote
            for quote in quotes
            if wanted["count"] in quote[0]
            and wanted.get("transcript", quote[1]) == quote[1]
            and options[int(quote[1])].get("data-kind") == wanted["kind"]
        ]
        withheld = wanted["count"].startswith(_column(tree, "withheld"))
        assert withheld or len(behind) == int(link.text.replace(",", ""))
        checked += 1
    assert checked > 100


def _column(tree, name: str) -> str:  # type: ignore[no-untyped-def]
    options = tree.xpath("//select[@name='column']/option")
    return next(f"{one.get('value')}." for one in options if one.text == name)


def test_quotes_stand_in_the_transcripts(page: str) -> None:
    tree = tree_of(page)
    seen = 0
    for item in tree.xpath("//ul[@class='entries']/li"):
        words = " ".join(item.xpath("p")[0].text_content().split())
        quote = words[words.index("“") + 1 : -1]
        for link in item.xpath(".//a/@href"):
            passage = tree.get_element_by_id(link[1:])
            assert quote == " ".join(passage.text_content().split())
            seen += 1
    assert seen > 150


def test_the_page_reads_without_scripts(page: str) -> None:
    """What only a script can do is marked, and hidden by the style until it runs."""
    tree = tree_of(page)
    assert "html:not(.js) .script { display: none; }" in page
    controls = tree.xpath("//button | //input | //select")
    assert controls
    for one in controls:
        assert any(
            "script" in (up.get("class") or "").split() for up in [one, *one.iterancestors()]
        )


def test_transcripts_only_where_asked(run: Run, study: Path) -> None:
    run("report", "-q", "-o", "out")
    run("report", "-q", "-o", "whole", "--with-transcripts")
    quotes_only = (study / "out" / "report.html").read_text(encoding="utf-8")
    whole = (study / "whole" / "report.html").read_text(encoding="utf-8")
    assert WHOLE not in quotes_only
    assert "I saw it." not in quotes_only
    assert WHOLE in whole
    assert "I saw it." in whole
    assert "Did the Taliban offer a safe haven?" in whole


def test_transcripts_as_consent_allows(run: Run, tmp_path: Path) -> None:
    folder = make_consent_study(tmp_path / "study")
    run("report", folder, "-q", "-o", tmp_path / "out", "--with-transcripts")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    tree = tree_of(page)
    for label in tree.xpath("//span[@class='code']"):
        label.drop_tree()
    text = tree.text_content()
    assert not [word for word in CANARIES if word in page]
    assert f"The {CONTROL} helped me. [words withheld: withdrawn by the person quoted]" in text
    assert "It began early. [words withheld: wording under discussion] It went on." in text
    assert "Withheld: consent is no quotation." in text
    assert "Withheld: consent is background." in text
    assert "2 · ANNA (respondent)" in text
    for turns in tree.xpath("//details[summary='E4']"):
        assert "2 · respondent" in turns.text_content()


def test_names_are_masked_in_questions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "E1.txt").write_text(
        "I: Ms Sandoval, who helped you?\n\nSANDOVAL: They helped me.\n\nI: And then?\n"
    )
    (tmp_path / "book.yaml").write_text("help: [help*]\n")
    (tmp_path / "study.yaml").write_text(
        "study: s\ntranscripts: talks\ncodebook: book.yaml\nconsent: role only\n"
    )
    for arguments in ([], ["--include-interviewer"]):
        out = tmp_path / f"out{len(arguments)}"
        run("report", tmp_path, "-q", "-o", out, "--with-transcripts", *arguments)
        page = (out / "report.html").read_text(encoding="utf-8")
        transcripts = page[page.index('id="transcripts"') :]
        assert "Ms [name], who helped you?" in transcripts
        assert "sandoval" not in transcripts.casefold()


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><!-- {{ 7*7 }}"


def test_names_stay_text(run: Run, tmp_path: Path) -> None:
    """Names of codes, files, speakers and the study are as untrusted as what is said."""
    talks = tmp_path / "talks"
    talks.mkdir()
    (talks / "a<b>&c.txt").write_text(f"I: So?\n\nEve <b>: They tax {HOSTILE} us.\n")
    (tmp_path / "book.yaml").write_text(
        "codebook: '<i>book</i>'\nthemes:\n  '<b>tax': {definition: '<u>x</u>', rules: [tax]}\n"
    )
    (tmp_path / "study.yaml").write_text(
        f"study: '<em>s</em>'\ntitle: {json.dumps(HOSTILE)}\ntranscripts: talks\ncodebook: book.yaml\n"
    )
    result = run("report", tmp_path, "-o", tmp_path / "out", "--with-transcripts")
    assert result.code == 0, result.err
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    tree = tree_of(page)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //i | //u | //em | //b | //comment()")
    assert page.count("alert(1)") >= 3
    assert "&lt;b&gt;tax" in page
    assert "a&lt;b&gt;&amp;c" in page


def test_a_page_without_room_says_what_it_leaves_out(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thematic.report.page.ROOM", 700)
    run("report", "-q", "-o", "out")
    text = (study / "out" / "report.html").read_text(encoding="utf-8")
    assert "of each code it holds the first 1 sentences in each transcript" in text
    assert "1 left out" in text


def test_what_fits_is_the_first_of_every_cell(study: Path) -> None:
    import thematic

    found = evidence(
        thematic.code(thematic.load_transcripts("talks"), thematic.load_codebook("book.yaml"))
    )
    assert that_fit(found, 10**6) == (found, 0)
    few, most = that_fit(found, 1600)
    assert most == 1
    cells = [(one.source.transcript.id, *one.stands, one.is_counted) for one in few]
    assert len(cells) == len(set(cells)) < len(found)
    assert that_fit([], 10) == ([], 0)


COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLORS, st.sampled_from([PAPER, NIGHT]))
def test_colors_can_be_read(value: str, background: str) -> None:
    assert contrast(seen_on(value, background), background) >= 4.5
    if contrast(value, background) >= 4.5:
        assert seen_on(value, background) == value


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, expected: float) -> None:
    """As the WebAIM contrast checker gives them."""
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


def test_no_other_text_is_a_color() -> None:
    assert color("red;}body{display:none") == "#666666"
