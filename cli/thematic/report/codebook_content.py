"""A codebook to print: what its appendix says, in reading order, for every renderer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thematic.model.codebook import Code, Codebook, Example, Nested
from thematic.model.nouns import dataclass
from thematic.report.codebook_counts import Counts
from thematic.report.codebook_rules import guards_of, rules_of, shared_guards

LABELS = 2  # columns of the table of all codes that are no numbers
_WORDS = "; "


@dataclass(frozen=True)
class Part:
    """One labelled part of an entry: paragraphs, or the points of a list."""

    label: str
    texts: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Entry:
    """One theme or code."""

    path: str
    name: str
    depth: int  # 0 for a theme
    color: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PrintedCodebook:
    """Everything a printed codebook says.

    Args:
        heading: its title, or its name.
        banner: said above everything; "" = nothing.
        facts: label and sentence, such as the unit and base of every n.
        heads: of the table of all codes, whose first column is a name at its depth.
        rows: a row a code.
        entries: a section a code, themes followed by their codes.
        lists: word lists, marks and cues, where rules are printed.
        has_numbers: whether the columns of that table after LABELS are numbers.
    """

    heading: str
    banner: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    entries: tuple[Entry, ...]
    lists: tuple[Part, ...] = ()
    has_numbers: bool = False

    @property
    def depths(self) -> tuple[int, ...]:
        """The depth of each row's code."""
        return tuple(entry.depth for entry in self.entries)


def printed_codebook(
    codebook: Codebook,
    counts: Counts | None = None,
    *,
    with_rules: bool = False,
    banner: str = "",
) -> PrintedCodebook:
    """What the printed codebook says.

    Args:
        codebook: free of faults.
        counts: how often each code was applied; None = not counted.
        with_rules: print the rules, their guards and the word lists too.
        banner: said above everything; "" = nothing.
    """
    codes = list(codebook.codes())
    shared = shared_guards(codebook) if with_rules else []

    def rules(code: Code) -> Iterator[Part]:
        return _rule_parts(code, codebook, shared) if with_rules else iter(())

    colors = {theme.name: theme.color for theme in codebook.themes}
    return PrintedCodebook(
        heading=codebook.title or f"Codebook {codebook.name}",
        banner=banner,
        facts=tuple(_facts(codebook, codes, counts, with_rules=with_rules)),
        heads=("Code", "Coded by", *(counts.heads if counts else ("In brief",))),
        rows=tuple(_row(code, counts) for code in codes),
        entries=tuple(
            Entry(
                code.path,
                code.name,
                code.depth,
                code.color or colors[code.theme],
                (*_parts(code, counts), *rules(code)),
            )
            for code in codes
        ),
        lists=tuple(_lists(codebook)) if with_rules else (),
        has_numbers=counts is not None,
    )


def undefined(codebook: Codebook) -> list[str]:
    """Paths of the codes that say neither briefly nor at length what they mean."""
    return [code.path for code in codebook.codes() if not (code.brief or code.definition)]


def _facts(
    codebook: Codebook, codes: Sequence[Code], counts: Counts | None, *, with_rules: bool
) -> Iterator[tuple[str, str]]:
    version = f", version {codebook.version}" if codebook.version else ""
    yield (
        "Codebook",
        f"{codebook.name}{version} ({codebook.hash[:8]}), language {codebook.language}",
    )
    by_hand = sum(code.manual for code in codes)
    themes, below = len(codebook.themes), len(codes) - len(codebook.themes)
    yield (
        "Codes",
        f"{_number(themes, 'theme')}, {_number(below, 'code')} below them; "
        f"{by_hand} coded by people only. Where rules apply a code, they suggest it.",
    )
    if counts is not None:
        yield from counts.facts
    if not with_rules:
        return
    where = "within a code" if codebook.nested is Nested.CODE else "over all codes"
    yield "Rules", f"A rule reaches over one {codebook.scope}; {where}, the longest match wins."
    if guards := shared_guards(codebook):
        yield "All rules", f"Withheld beside: {_WORDS.join(guards)}"


def _row(code: Code, counts: Counts | None) -> tuple[str, ...]:
    last = counts.row(code.path) if counts else (_one_line(code.brief or code.definition),)
    return code.name, _coded_by(code), *last


def _parts(code: Code, counts: Counts | None) -> Iterator[Part]:
    yield Part("Path", (code.path,))
    both = bool(code.brief and code.definition)
    for label, text in (
        ("Brief definition" if both else "Definition", code.brief),
        ("Full definition" if both else "Definition", code.definition),
        ("When to use", code.when_to_use),
        ("When not to use", code.when_not_to_use),
    ):
        if text:
            yield Part(label, _paragraphs(text))
    for label, examples in (
        ("Examples", code.examples),
        ("Counter-examples", code.counter_examples),
    ):
        if examples:
            yield Part(label, tuple(map(_example, examples)), is_list=True)
    yield Part("Coded by", (_coded_by(code),))
    if counts is not None:
        yield from (Part(label, said, len(said) > 1) for label, said in counts.of(code))
    if origin := _origin(code):
        yield Part("Origin", (origin,))


def _rule_parts(code: Code, codebook: Codebook, shared: Sequence[str]) -> Iterator[Part]:
    if not code.rules:
        return
    yield Part("Rules", tuple(rules_of(code, codebook, shared)), is_list=True)
    if guards := guards_of(code, codebook, shared):
        yield Part("Withheld beside", tuple(guards), is_list=True)


def _coded_by(code: Code) -> str:
    if code.manual:
        return "people only"
    if code.rules:
        return f"{_number(len(code.rules), 'rule')}"
    if code.has_rules:
        return "the codes below"
    return "no rules"


def _origin(code: Code) -> str:
    said = [
        f"{label} {text}"
        for label, text in (
            ("source:", code.source),
            ("since", code.since),
            ("changed", code.changed),
            ("status:", code.status),
        )
        if text
    ]
    return _WORDS.join(said)


def _example(example: Example) -> str:
    missed = " (the rules miss it)" if example.expect_missed else ""
    return f"“{_one_line(example.text)}”{missed}"


def _lists(codebook: Codebook) -> Iterator[Part]:
    for name, words in codebook.lists.items():
        yield Part(f"List <{name}>", (_WORDS.join(words) or "no words",))
    for name, words in codebook.marks.items():
        yield Part(f"Mark {name}", (_WORDS.join(words) or "no words",))
    if codebook.negation_cues is not None:
        yield Part("Negation cues", (_WORDS.join(codebook.negation_cues) or "none",))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
