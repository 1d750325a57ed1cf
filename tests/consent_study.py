"""A study with words that no output may show, made in a test, and what its outputs hold."""

from __future__ import annotations

import html
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from thematic.model.people import (
    About,
    Decision,
    Memo,
    Passage,
    PersonCoding,
    Reply,
    Verdict,
    Wish,
)
from thematic.review.anchoring import passage_at
from thematic.store.database import open_store

BOOK = """\
codebook: small
version: "1"
lists:
  network: [money, <helpers>]
  helpers: [help*, friend*]
themes:
  help:
    definition: Someone gives help.
    rules: [help*, {near: [help*, money], within: 6}]
  money: {rules: [money, {lemma: pay}]}
"""
# Each canary stands nowhere but where the test puts it.
SECRET_NAMES = ("QUAGGANAME", "DODONAME", "MOANAME")  # of persons who may not be named
SECRET_WORDS = ("zebrafinch", "thylacine", "aurochs", "heathhen")
SECRET_VALUES = ("SOLITAIRE-WORKS", "RAILKEEPER")
CANARIES = (*SECRET_NAMES, *SECRET_WORDS, *SECRET_VALUES)
CONTROL = "kingfisher"  # stands in words that may be printed

TALK = """\
I: Who helped you?

{name}: They helped the {word} with money. She helped me twice. We paid the {word} back.

I: And then?

{name}: No help came from the {word}. Nothing more was said of it by any of us that long year.
"""
CHANGED = "They helped the heathhen with money."
WITHDRAWN = "No help came from the aurochs."
E5 = f"""\
I: Who helped you?

MAX: It began early. {CHANGED} It went on.

I: And then?

MAX: The kingfisher helped me. {WITHDRAWN} We paid money.
"""
TALKS = {
    "E1": TALK.format(name="ANNA", word=CONTROL),
    "E2": TALK.format(name="QUAGGANAME", word="zebrafinch"),
    "E3": TALK.format(name="DODONAME", word="thylacine"),
    "E4": TALK.format(name="MOANAME", word=CONTROL).replace("twice", "thrice"),
    "E5": E5,
}
ATTRIBUTES = """\
id,kind,consent,profession,employer
E1,interview,named,nurse,SOLITAIRE-WORKS
E2,interview,no quotation,RAILKEEPER,SOLITAIRE-WORKS
E3,interview,background,RAILKEEPER,SOLITAIRE-WORKS
E4,interview,role only,nurse,SOLITAIRE-WORKS
E5,interview,named,nurse,SOLITAIRE-WORKS
"""
STUDY = """\
study: small
status: invented
codebook: book.yaml
transcripts: talks
expected: {interview: 5}
show_attributes: [profession]
"""
# What a person brings in from elsewhere: two codings that fit, two that do not.
BROUGHT = """\
transcript,quote,code,coder,note
E2,They helped the zebrafinch with money.,help,CD,
E2,They helped the zebrafinch with money.,nosuchcode,CD,she says: They helped the zebrafinch
E2,We paid the zebrafinch back.,money,CD,We paid the zebrafinch – she says
E9,They helped the zebrafinch with money.,help,CD,the zebrafinch again
"""
# A paper that misquotes people who may not be quoted: the right words must not come out.
PAPER = """\
She said “They helped the quokka with money. She helped me twice”, and he “The kingfisher helped
them. No help came from the quokka”; a third one: “It began early. They helped the quokka”.
"""


def make_consent_study(folder: Path) -> Path:
    """The study, with codings of two coders, and replies of E5 to her quotes."""
    (folder / "talks").mkdir(parents=True)
    files = {"study.yaml": STUDY, "book.yaml": BOOK, "brought.csv": BROUGHT, "paper.md": PAPER}
    files["tally.csv"] = "Theme,n\nhelp,99\nmoney,99\n"  # printed numbers that do not hold
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "attributes.csv").write_text(ATTRIBUTES, encoding="utf-8")
    for id, text in TALKS.items():
        (folder / "talks" / f"{id}.txt").write_text(text, encoding="utf-8")
    store = open_store(folder)
    now = datetime(2026, 8, 1, 12, tzinfo=UTC)
    store.record([_reply(WITHDRAWN, Wish.WITHDRAW), _reply(CHANGED, Wish.CHANGE)], "AK", now, {})
    for coder, verdict in (("AK", Verdict.ACCEPT), ("BL", Verdict.REJECT)):
        acts = [
            Decision(_at(id, words), "help", verdict, coder, note=f"She says: {words}")
            for id, words in _judged()
        ]
        store.record(acts, "", now, {})
    paid = _at("E2", "We paid the zebrafinch")
    store.record([PersonCoding(paid, "money", "AK", "the zebrafinch is paid")], "", now, {})
    store.record([PersonCoding(paid, "help", "BL", "zebrafinch!")], "", now, {})
    store.record(_memos(paid), "", now, {})
    return folder


def _memos(paid: Passage) -> list[Memo]:
    """Memos that quote, on what may not be quoted and elsewhere."""
    free = _at("E5", "The kingfisher helped me.")
    return [
        Memo("We paid the zebrafinch!", "AK", About.PASSAGE, passage=paid),
        Memo("The zebrafinch runs through all of it.", "AK", About.TRANSCRIPT, "E2"),
        Memo(f"Compare: “{WITHDRAWN}”", "AK", About.CODE, "help"),
        Memo(f"Compare:  {CHANGED.upper()}", "AK", About.PASSAGE, passage=free),
    ]


def _judged() -> list[tuple[str, str]]:
    helped = "They helped the {} with money."
    words = {"E1": CONTROL, "E2": "zebrafinch", "E3": "thylacine"}
    return [*((id, helped.format(word)) for id, word in words.items()), ("E5", WITHDRAWN)]


def _reply(words: str, wish: Wish) -> Reply:
    return Reply(_at("E5", words), wish, "AK", note=f"Not: {words}")


def _at(id: str, words: str):  # type: ignore[no-untyped-def]
    from thematic.model.transcript import Span

    start = TALKS[id].index(words)
    return passage_at(id, TALKS[id], Span(start, start + len(words)))


def held_in(path: Path) -> str:
    """Everything that can be read in a file: of Office files the words of all their parts."""
    data = path.read_bytes()
    if data.startswith((b"\x89PNG", b"SQLite format 3")):
        # Of a drawing its title, its letters are pixels; a log holds its words as they are.
        return data.decode("latin-1")
    if not data.startswith(b"PK"):
        text = data.decode("utf-8")
        return f"{text}\n{html.unescape(re.sub('<[^>]*>', '', text))}"
    with zipfile.ZipFile(path) as parts:
        texts = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    return "\n".join(f"{text}\n{html.unescape(re.sub('<[^>]*>', '', text))}" for text in texts)
