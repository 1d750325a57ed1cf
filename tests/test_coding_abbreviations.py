"""The recorded abbreviations are those of spaCy, and stand for no other spaCy than that."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from thematic.coding import abbreviations
from thematic.coding.abbreviations import RECORD, fingerprint, recorded_abbreviations
from thematic.coding.language import told_abbreviations

WITHOUT_SPACY = (
    "import sys\n"
    "from thematic.coding.language import abbreviations, forms, has_data\n"
    "assert 'Dr.' in abbreviations('en-GB') and has_data('en')\n"
    "assert 'fought' in forms('fight', 'en')\n"
    "assert 'spacy' not in sys.modules\n"
)


def languages() -> list[str]:
    found = find_spec("spacy.lang")
    assert found
    places = found.submodule_search_locations
    return sorted(one.name for one in pkgutil.iter_modules(places) if one.ispkg)


def told(language: str) -> dict[str, object] | None:
    try:
        return {
            "sources": fingerprint(language),
            "words": sorted(told_abbreviations(language)),
        }
    except ImportError:  # some languages need a package of their own
        return None


def test_the_record_is_what_spacy_says(request: pytest.FixtureRequest) -> None:
    every = {name: found for name in languages() if (found := told(name))}
    if request.config.getoption("--update-golden"):
        text = json.dumps(every, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        RECORD.write_text(text.replace("},", "},\n") + "\n", encoding="utf-8")
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    same = [name for name in every if record.get(name, {}).get("sources") == fingerprint(name)]
    assert {name: record[name] for name in same} == {name: every[name] for name in same}


def test_another_spacy_is_asked_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "spacy"
    language = package / "lang" / "en"
    language.mkdir(parents=True)
    for file in (package, package / "lang", language):
        (file / "__init__.py").write_text("")
    monkeypatch.setattr(
        abbreviations, "find_spec", lambda _: SimpleNamespace(origin=str(package / "__init__.py"))
    )
    monkeypatch.delitem(sys.modules, "spacy", raising=False)
    recorded_abbreviations.cache_clear()
    assert recorded_abbreviations("en") is None
    assert fingerprint("tlh") == ""
    recorded_abbreviations.cache_clear()


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_study_in_english_loads_no_spacy() -> None:
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    if record["en"]["sources"] != fingerprint("en"):
        pytest.skip("the record was made of another spaCy")
    run(WITHOUT_SPACY)


@pytest.mark.parametrize("before", ["", "import spacy\n"], ids=["alone", "spaCy is there"])
def test_lemminflect_still_serves_those_who_use_it_with_spacy(before: str) -> None:
    run(
        f"{before}from thematic.coding.language import forms\n"
        "assert 'fought' in forms('fight', 'en')\n"
        "import lemminflect, spacy\n"
        "doc = spacy.blank('en')('fights')\n"
        "assert doc[0]._.inflect('VBD', form_num=0)\n"
    )
