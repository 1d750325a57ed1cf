"""The inflected forms of English words, told sooner than lemminflect would."""

import subprocess
import sys

import pytest
from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec
from lemminflect.core.Inflections import Inflections

from thematic.coding.inflections import Words

TABLE = Inflections().infl_lu_fn
ASKED = """
from thematic.coding.inflections import Words, inflections
tell = inflections()
print([tell(word) for word in ("man", "be", "can", "Run", "xyzzy")])
from lemminflect.core.Inflections import Inflections
print(isinstance(Inflections().infl_dict, Words))
"""


def test_the_words_are_those_of_lemminflect() -> None:
    own, theirs = Words(TABLE), InflectionLUCodec.load(TABLE)
    assert [*own] == [*theirs]
    assert dict(own) == theirs
    assert len(own) == len(theirs)


@pytest.mark.parametrize("word", ["xyzzy", "", "man,noun"])
def test_an_unknown_word_has_no_forms(word: str) -> None:
    assert Words(TABLE).get(word) is None


def test_in_a_process_of_its_own_the_forms_are_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    tell = Inflections().getAllInflections
    forms = [tell(word) for word in ("man", "be", "can", "Run", "xyzzy")]
    assert done.stdout.splitlines() == [str(forms), "True"]
