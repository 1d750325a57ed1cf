"""The programs that the engine is compared with, as command lines; the Python ones live here.

    python -m benchmarks.yardsticks NAME TRANSCRIPTS CODEBOOK_FOLDER

NAME is one of `NAMES`. Each prints JSON: the CPU seconds of its start and of its work, the
bytes it read and the mentions it found. Its start is measured apart, for it is paid once,
while its work grows with the text.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.made_rules import MadeRule, rules_in
from benchmarks.measuring import Command
from benchmarks.real import texts_of

Count = Callable[[str], int]  # the mentions of one text

RIPGREP = {
    "equal work": ("-F", "-i", "-w", "-o", "-b", "--no-ignore"),
    "lines counted": ("-F", "-i", "-c", "--no-ignore"),
    "lines counted, case matters": ("-F", "-c", "--no-ignore"),
}


def ripgrep(work: str, transcripts: Path, literals: Path, to: Path) -> Command | str:
    """Ripgrep with one thread; a sentence where it is not installed."""
    program = shutil.which("rg")
    if program is None:
        return "ripgrep (rg) is not installed"
    arguments = (program, "-j1", *RIPGREP[work], "-f", str(literals), str(transcripts))
    return Command(arguments, to=to, fine=(0, 1))  # 1: nothing found


def quanteda(transcripts: Path, literals: Path) -> Command | str:
    """R's quanteda, one thread; a sentence where R or the package is missing."""
    program = shutil.which("Rscript")
    if program is None:
        return "R (Rscript) is not installed"
    asked = [program, "-e", "library(quanteda)"]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        return "R has no quanteda"
    script = Path(__file__).parent / "quanteda.R"
    return Command((program, str(script), str(transcripts), str(literals)))


def yardstick(name: str, transcripts: Path, corpus: Path) -> Command:
    """One of the Python yardsticks as a process of its own."""
    arguments = (sys.executable, "-m", "benchmarks.yardsticks", name, str(transcripts), str(corpus))
    return Command(arguments)


def python(code: str) -> Command:
    """A line of Python as a process."""
    return Command((sys.executable, "-c", code))


def spacy_phrases(rules: Sequence[MadeRule], _: Path) -> Count:
    """The plain tokenizer and a PhraseMatcher without regard to case; stems as whole words."""
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    literals = sorted({literal for rule in rules for literal in rule.literals()})
    matcher.add("rules", [language.make_doc(literal) for literal in literals])
    return lambda text: len(matcher(language.make_doc(text)))


def spacy_codebook(rules: Sequence[MadeRule], _: Path) -> Count:
    """The whole codebook: phrases, lemmas by lookup where the tables are there, stems by REGEX."""
    import spacy
    from spacy.matcher import Matcher, PhraseMatcher

    language = spacy.blank("en")
    lemmatizer = _lemmatizer(language)
    phrases = PhraseMatcher(language.vocab, attr="LOWER")
    lemmas = PhraseMatcher(language.vocab, attr="LEMMA")
    stems = Matcher(language.vocab)
    for number, rule in enumerate(rules):
        if rule.kind == "stem":
            pattern = f"^{rule.words.removesuffix('*')}[a-z]*$"
            stems.add(str(number), [[{"LOWER": {"REGEX": pattern}}]])
        elif rule.kind == "lemma" and lemmatizer:
            lemmas.add(str(number), [language(rule.words)])
        else:
            phrases.add(str(number), [language.make_doc(form) for form in rule.forms])

    def count(text: str) -> int:
        doc = language(text)
        return len(phrases(doc)) + len(lemmas(doc)) + len(stems(doc))

    return count


def _lemmatizer(language: Any) -> bool:
    """Add the lookup lemmatizer; False where its tables (spacy-lookups-data) are missing."""
    try:
        import spacy_lookups_data  # noqa: F401
    except ImportError:
        return False
    language.add_pipe("lemmatizer", config={"mode": "lookup"})
    language.initialize()
    return True


def qualcoder(rules: Sequence[MadeRule], folder: Path) -> Count:
    """QualCoder's way of coding by itself: exact text, two passes, a row of SQLite a mention.

    Written after its published source, without its windows: for each term and text the
    matches are counted, then found again and inserted one by one.
    """
    database = sqlite3.connect(folder / "codes.sqlite")
    database.execute("create table code_text (cid, fid, seltext, pos0, pos1, owner, memo)")
    terms = [re.escape(literal) for rule in rules for literal in rule.literals()]

    def count(text: str) -> int:
        found = 0
        for code, term in enumerate(terms):
            if not sum(1 for _ in re.finditer(term, text)):
                continue
            for match in re.finditer(term, text):
                row = (code, 1, match[0], match.start(), match.end(), "default", "")
                database.execute("insert into code_text values (?,?,?,?,?,?,?)", row)
                found += 1
        database.commit()
        return found

    return count


NAMES: dict[str, Callable[[Sequence[MadeRule], Path], Count]] = {
    "spacy-phrases": spacy_phrases,
    "spacy-codebook": spacy_codebook,
    "qualcoder": qualcoder,
}


def _texts(folder: Path) -> Iterator[str]:
    for path in texts_of(folder):
        yield path.read_text(encoding="utf-8", errors="replace")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(name: str, transcripts: Path, corpus: Path) -> None:
    """Run one yardstick over a folder and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        count = NAMES[name](rules_in(corpus), Path(folder))
        start = _cpu()
        size = mentions = 0
        for text in _texts(transcripts):
            size += len(text.encode())
            mentions += count(text)
        work = _cpu() - start
    print(json.dumps({"start": start, "work": work, "bytes": size, "mentions": mentions}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
