"""Labels with another sign than a colon by mistake, beside labels of the same name.

What looks so and has no such company is prose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import field
from enum import Enum, auto

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.model.transcript import Role
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence, begins, is_free
from thematic.readers.speakers.roles import is_code, names_a_role, told_by
from thematic.readers.speakers.shapes import Candidate, Named, Style
from thematic.readers.speakers.signs import CLEAR_SIGNS, SEMICOLON, STOP_SIGN, THIN, WEAK_SIGNS
from thematic.readers.speakers.slips import is_like_a_role

_WORDS = frozenset(("a", "i", "o", "y", "e"))  # letters that are words as well
_LETTERS = frozenset("IRQP")  # that no sentence begins with, but for I
_MOST_NOTES = 5  # a file
_OPENERS = expression(
    r"(?:So|And|But|What|How|Why|When|Where|Who|Which|Can|Could|Do|Did|Does|Is|Are|Was|Were|Have"
    r"|Would|Will|Ok|Okay|Yes|No|Yeah|Yep|Right|Thanks?|I|I'm|I’m|You|Well|Tell|Um|Uh|Mm|Hmm|The"
    r"|It|It's|It’s|They|We|In|That|That's|There|Great|Good|Hello|Hi|Because|Maybe|If|As|At|My"
    r"|Mostly|Sometimes|Please|Let|Let's|Could|Let’s|Sure|Exactly|Not|Now|Then|Or|To|For|Oh)\b"
)


@dataclass(frozen=True)
class Variants:
    """The labels that are written otherwise, and notes on those that are words in doubt."""

    labels: list[Candidate] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def beside_labels(
    places: Sequence[Candidate], found: Sequence[Candidate], evidence: Evidence
) -> Variants:
    """Labels that one writes otherwise by mistake, beside labels of the same name.

    Args:
        places: names with another sign, and names alone on their lines.
        found: the labels of the text so far.
        evidence: what the candidates add up to.
    """
    variants = Variants()
    if len(found) < 2 or not places:
        return variants
    beside = _Beside.of(places, found, evidence)
    for one in places:
        verdict = beside.verdict(one) if one.line not in beside.taken else _Verdict.WORDS
        if verdict is _Verdict.LABEL:
            variants.labels.append(one)
        elif verdict is _Verdict.DOUBT and len(variants.notes) < _MOST_NOTES:
            variants.notes.append(_note(one))
    return variants


def may_vary(one: Named) -> bool:
    """Whether `beside_labels` may take a name for a label where no label is called so.

    Role words are relatives of each other, and several `Q Why ...` need no other `Q`.
    """
    if one.sign in WEAK_SIGNS:
        return one.sign == THIN and one.name == "Q"
    return names_a_role(one.name)


def late_labels(
    found: Sequence[Candidate], doubtful: Collection[str], evidence: Evidence
) -> list[Candidate]:
    """Role words and letters with a colon that stand alone, in a text with labels of all kinds.

    Labels that differ in each turn (`I:`, `Interviewer -`, `Int.:`) tell little one by one.

    Args:
        found: the labels of the text so far.
        doubtful: keys that are rather prose.
        evidence: what the candidates add up to.
    """
    if 2 * len(found) < evidence.starts or len(found) < 2:
        return []
    keys = {one.key for one in found}
    taken = {one.line for one in found}
    lines, skipped = evidence.lines, evidence.skipped
    return [
        one
        for one in evidence.candidates
        if one.line not in taken
        and one.style in COLON_STYLES
        and (
            (names_a_role(one.name) and one.key in keys)
            or is_like_a_role(one.key)
            or (
                one.name in _LETTERS
                and one.key not in doubtful
                and (evidence.turn_per_line or begins(lines, one.line, skipped))
            )
        )
    ]


class _Verdict(Enum):
    LABEL = auto()
    DOUBT = auto()  # read as words, with a note
    WORDS = auto()


@dataclass(frozen=True)
class _Beside:
    """The labels of a text, by which names written otherwise are judged."""

    known: frozenset[str]  # keys
    stems: frozenset[str]  # keys without numbers
    repeated: frozenset[str]  # keys with another sign, or alone on a line, that stand twice
    taken: frozenset[int]  # lines
    evidence: Evidence

    @classmethod
    def of(
        cls, places: Sequence[Candidate], found: Sequence[Candidate], evidence: Evidence
    ) -> _Beside:
        known = {one.key for one in found}
        questions = [one for one in places if one.sign == THIN and one.name == "Q"]
        if len(questions) > 1:  # `Q When did you ...?` and then `MS. PSAKI: Well ...`
            known.add("q")
        strong = [one.key for one in places if one.sign not in WEAK_SIGNS]
        repeated = frozenset(key for key, count in Counter(strong).items() if count > 1)
        stems, taken = frozenset(map(_stem, known)), frozenset(one.line for one in found)
        return cls(frozenset(known), stems, repeated, taken, evidence)

    def verdict(self, one: Candidate) -> _Verdict:
        lines, skipped = self.evidence.lines, self.evidence.skipped
        leads = begins(lines, one.line, skipped)
        clear = names_a_role(one.name) and one.sign not in WEAK_SIGNS
        clear = clear and (one.key in self.known or self._is_relative(one))
        if not leads and not clear and not is_free(lines, one.line):
            return _Verdict.WORDS
        if one.key not in self.known and not self._is_relative(one):
            doubtful = leads and one.style is Style.SIGNED and one.sign not in WEAK_SIGNS
            return _Verdict.DOUBT if doubtful and names_a_role(one.name) else _Verdict.WORDS
        if one.style is Style.BARE:
            return self._of_bare(one, leads)
        return self._of_signed(one, leads)

    def _is_relative(self, one: Candidate) -> bool:
        """A role word: `Interviewer -` beside `I:`, `Participant 2 -` beside `Participant 1:`."""
        if not names_a_role(one.name) or one.sign in WEAK_SIGNS or one.name[0].islower():
            return False
        known = _stem(one.key) in self.stems or one.key in self.repeated or one.key[-1].isdigit()
        return known or one.sign in CLEAR_SIGNS or told_by(one.name) is Role.INTERVIEWER

    def _of_signed(self, one: Candidate, leads: bool) -> _Verdict:
        text = self.evidence.lines.text
        if one.sign == SEMICOLON:
            return _Verdict.LABEL
        if one.key in _WORDS:
            return _Verdict.WORDS
        if one.sign == THIN:
            opens = one.key == "q" or _OPENERS.match(text, one.end)
            return _Verdict.LABEL if leads and opens else _Verdict.WORDS
        capital = not text[one.end : one.end + 1].islower()
        if one.sign == STOP_SIGN:
            sure = leads and capital and is_code(one.name)
        else:
            sure = one.sign in CLEAR_SIGNS or is_code(one.name)
        if sure:
            return _Verdict.LABEL
        return _Verdict.DOUBT if leads and capital else _Verdict.WORDS

    def _of_bare(self, one: Candidate, leads: bool) -> _Verdict:
        """A name alone on its line: a label if words stand below it that are nobody else's."""
        lines, below = self.evidence.lines, one.line + 1
        while below < len(lines) and lines.is_blank(below):
            below += 1
        if below == len(lines) or below in self.taken:
            return _Verdict.WORDS
        direct, short = below == one.line + 1, len(one.key) == 1
        if (leads and direct) or (not short and is_code(one.name) and (leads or direct)):
            return _Verdict.LABEL
        return _Verdict.DOUBT if leads and not short else _Verdict.WORDS


def _stem(key: str) -> str:
    """`participant` of `participant1`."""
    return key.rstrip("0123456789 ")


def _note(one: Candidate) -> Problem:
    written = one.name
    if one.style is Style.SIGNED and one.sign.strip():
        written += one.sign if one.sign in ".;)" else f" {one.sign}"
    message = f"{written!r} looks like a label without its colon; read as words"
    hint = "if somebody speaks here, put a colon behind the name"
    return Problem("", one.line + 1, message, hint, Severity.NOTE)
