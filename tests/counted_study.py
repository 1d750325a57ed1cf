"""A small study that was counted by hand, and readers of numbers from every output."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Lines = list[list[str]]  # of what is drawn: line by line, the words in it

# Names are single words, so that a line is the same words in every drawing.
BOOK = """\
codebook: counted
version: "1"
lists: {network: [Taliban, Haqqani, ISKP]}
themes:
  alliance:
    definition: A group helps another.
    codes:
      haven: {rules: [safe haven*, shelter*], unless: [haven fund]}
      pact: {rules: [pact*]}
  finance: {rules: [{lemma: tax}, money, haven]}
  luck: {rules: [lucky]}
"""
TALKS = {
    "E01.txt": """\
INTERVIEWER: Did they offer a safe haven?

ANNA: They gave us a safe haven, a safe haven with money. There is no safe haven now. \
Taliban and Haqqani made a pact for money.

INTERVIEWER: And money?

ANNA: They taxed the road. Shelter, they said.
""",
    "E02.txt": """\
INTERVIEWER: And the pact?

ANNA: Money again. The safe haven fund helped. The sheltered men saw the pact of Haqqani with \
the Taliban. Nothing more was said of it.
""",
    "E03.txt": """\
INTERVIEWER: And you?

BEN: They sheltered nobody. I saw it.

CARL: They taxed us, and the money was gone.

BEN: Nothing more.
""",
    "E04.txt": "INTERVIEWER: And you?\n\nDORA: I know nothing of that.\n",
    "P01.md": """\
The emirate is a safe haven for all. Taliban and Haqqani signed a pact for money.

Taxes were paid twice. Money was there.
""",
    "P02.md": "A pact of the Taliban and Haqqani was a pact for life.\n",
}
ATTRIBUTES = """\
id,kind,case,date,side
E01,interview,anna,2020-03-01,north
E02,interview,anna,2021-04-01,south
E03,interview,ben,2021-05-01,south
E04,interview,dora,2022-05-01,north
P01,publication,P01,2020-05-01,north
P02,publication,P02,2021-05-01,south
"""
CODES = ("alliance", "alliance/haven", "alliance/pact", "finance", "luck")
THEMES = ("alliance", "finance", "luck")
KINDS = ("interview", "publication")
WORDS = {"interview": 77, "publication": 35}  # counted ones
PERSONS = {"interview": 3, "publication": 2}
MEASURES = ("mentions", "units", "turns", "speakers", "persons", "transcripts")
MEASURES = (*MEASURES, "words", "negated", "withheld")
# Counted by hand, by the rules that docs/reference/matching.md states; in this order.
BY_HAND = {
    ("alliance", "interview"): (8, 6, 4, 2, 2, 3, 42, 1, 1),
    ("alliance/haven", "interview"): (6, 5, 4, 2, 2, 3, 34, 1, 1),
    ("alliance/pact", "interview"): (2, 2, 2, 1, 1, 2, 19, 0, 0),
    ("finance", "interview"): (10, 7, 4, 2, 2, 3, 44, 1, 0),
    ("luck", "interview"): (0, 0, 0, 0, 0, 0, 0, 0, 0),
    ("alliance", "publication"): (4, 3, 2, 2, 2, 2, 28, 0, 0),
    ("alliance/haven", "publication"): (1, 1, 1, 1, 1, 1, 8, 0, 0),
    ("alliance/pact", "publication"): (3, 2, 2, 2, 2, 2, 20, 0, 0),
    ("finance", "publication"): (4, 4, 2, 1, 1, 1, 23, 0, 0),
    ("luck", "publication"): (0, 0, 0, 0, 0, 0, 0, 0, 0),
}
Key = tuple[str, str, str]  # measure, code, kind
TRUTH: dict[Key, int] = {
    (measure, code, kind): count
    for (code, kind), counts in BY_HAND.items()
    for measure, count in zip(MEASURES, counts, strict=True)
}


def make_counted_study(folder: Path) -> Path:
    """The study as files."""
    (folder / "talks").mkdir(parents=True)
    for name, text in TALKS.items():
        (folder / "talks" / name).write_text(text, encoding="utf-8")
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "attributes.csv").write_text(ATTRIBUTES, encoding="utf-8")
    (folder / "study.yaml").write_text(
        "study: counted\nstatus: invented\ncodebook: book.yaml\ntranscripts: talks\n"
        "show_attributes: [side, date]\n",
        encoding="utf-8",
    )
    return folder


def records(text: str, form: str) -> list[dict[str, Any]]:
    """The rows of a table in CSV or JSON, numbers as numbers."""
    if form == "json":
        rows: list[dict[str, Any]] = json.loads(text)["rows"]
        return rows
    return [
        {name: _value(cell) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text))
    ]


def _value(cell: str) -> Any:
    if cell in ("true", "false"):
        return cell == "true"
    if re.fullmatch(r"-?\d+", cell):
        return int(cell)
    return float(cell) if re.fullmatch(r"-?\d+\.\d+", cell) else cell


def lines_of(text: str, form: str) -> Lines:
    """The words of each line of a drawn table: terminal, Markdown, or LaTeX."""
    if form == "md":
        text = re.sub(r"\\(.)", r"\1", html.unescape(text)).replace("**", "").replace("|", " ")
    elif form == "tex":
        text = re.sub(r"\\(textendash|hspace\*\{1em\}|\\)(\{\})?", " ", text).replace("&", " ")
    return [words for line in text.splitlines() if (words := line.split())]


def lines_of_cells(rows: Iterable[Iterable[object]]) -> Lines:
    """The same of rows of cells, as Word and HTML have them."""
    return [" ".join(map(str, row)).split() for row in rows]


# What people decided, and by hand: units, persons and transcripts, of interviews, publications.
DECISIONS = """\
transcript,quote,code,decision,into,coder
E01,"They gave us a safe haven, a safe haven with money.",alliance/haven,accept,,AK
E01,There is no safe haven now.,alliance/haven,reject,,AK
E01,They taxed the road.,finance,accept,,AK
E02,The safe haven fund helped.,finance,reject,,AK
E03,They sheltered nobody.,alliance/haven,recode,luck,AK
E03,I saw it.,finance,add,,AK
P01,Taxes were paid twice.,finance,accept,,AK
P01,Taxes were paid twice.,finance,reject,,BL
P02,A pact of the Taliban and Haqqani was a pact for life.,alliance/pact,accept,,AK
"""
DECIDED = {
    "decided": {
        "alliance": ((1, 1, 1), (1, 1, 1)),
        "alliance/haven": ((1, 1, 1), (0, 0, 0)),
        "alliance/pact": ((0, 0, 0), (1, 1, 1)),
        "finance": ((2, 2, 2), (0, 0, 0)),
        "luck": ((1, 1, 1), (0, 0, 0)),
    },
    "standing": {
        "alliance": ((4, 1, 2), (3, 2, 2)),
        "alliance/haven": ((3, 1, 2), (1, 1, 1)),
        "alliance/pact": ((2, 1, 2), (2, 2, 2)),
        "finance": ((7, 2, 3), (4, 1, 1)),
        "luck": ((1, 1, 1), (0, 0, 0)),
    },
}
TRUTH_BY_BASIS: dict[str, dict[Key, int]] = {
    basis: {
        (measure, code, kind): count
        for code, kinds in codes.items()
        for kind, counts in zip(KINDS, kinds, strict=True)
        for measure, count in zip(("units", "persons", "transcripts"), counts, strict=True)
    }
    for basis, codes in DECIDED.items()
}
