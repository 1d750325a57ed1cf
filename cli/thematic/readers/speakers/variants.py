"""Labels with another sign than a colon (`Interviewer - words`), or with none.

Either a text writes all its labels so, or it writes one so by mistake, beside labels of the
same name. Everything else that looks so is prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from thematic.errors import Problem, Severity
from thematic.model.transcript import Role
from thematic.readers.speakers.evidence import COLON_STYLES, Evidence, begins, is_free
from thematic.readers.speakers.names import is_stop
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.shapes import Candidate, Style
from thematic.readers.speakers.signs import THIN, WIDE
from thematic.readers.speakers.slips import is_like_a_role

_MOST = 0.6  # share of the paragraphs that begin so where one of the names asks
_SOME = 0.3  # ... where all are role words with a clear sign
_NEARLY_ALL = 0.8  # ... where none of them says that it asks
_MOST_NAMES = 12  # speakers of a text; more are a list
_ASKING_SIGNS = frozenset((".", ")", THIN))  # these need one that asks
_ROMAN = frozenset(("ii", "iii", "iv", "vi"))
_CLEAR_SIGNS = frozenset((";", "=", ">", "|"))  # no sentence has them behind its first word
_WEAK_SIGNS = frozenset((THIN, WIDE, "."))  # ... and these stand in many
_WORDS = frozenset(("a", "i", "o", "y", "e"))  # letters that are words as well
_LETTERS = frozenset("IRQPB")  # that no sentence begins with, but for I
_MOST_NOTES = 5  # a file
_OPENERS = re.compile(
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


def labels_by_sign(
    signed: Sequence[Candidate], found: Sequence[Candidate], evidence: Evidence
) -> list[Candidate]:
    """The labels of a text that writes (nearly) all of them with other signs.

    Args:
        signed: names with another sign.
        found: the labels with a colon and the like.
        evidence: what the candidates add up to.
    """
    lines = evidence.lines
    taken = {one.line for one in found}
    places = [
        one
        for one in signed
        if one.line not in taken
        and (begins(lines, one.line, evidence.skipped) or is_free(lines, one.line))
    ]
    signs = sorted({one.sign for one in places})
    clear = frozenset(sign for sign in signs if sign in _CLEAR_SIGNS or sign == "-")
    for some in (*({sign} for sign in signs), clear):
        alike = [one for one in places if one.sign in some]
        keys = _keys_of_signs(alike, evidence, taken) if len(alike) > 1 else set()
        if keys:
            return [one for one in alike if one.key in keys]
    return []


def late_labels(found: Sequence[Candidate], evidence: Evidence) -> list[Candidate]:
    """Role words and letters with a colon that stand alone, in a text with labels of all kinds.

    Labels that differ in each turn (`I:`, `Interviewer -`, `Int.:`) tell little one by one.
    """
    if 2 * len(found) < evidence.starts or len(found) < 2:
        return []
    keys = {one.key for one in found}
    lines, skipped = evidence.lines, evidence.skipped
    return [
        one
        for one in evidence.candidates
        if one.style in COLON_STYLES
        and (
            (names_a_role(one.name) and one.key in keys)
            or is_like_a_role(one.key)
            or (
                one.name in _LETTERS
                and (evidence.turn_per_line or begins(lines, one.line, skipped))
            )
        )
    ]


def _keys_of_signs(
    alike: Sequence[Candidate], evidence: Evidence, taken: Collection[int]
) -> set[str]:
    """The keys that are labels among places with the same sign, or with any clear sign."""
    counts = Counter(one.key for one in alike)
    names = {one.key: one.name for one in alike}
    if _ROMAN & counts.keys():
        return set()
    keys = {k for k, name in names.items() if not is_stop(k) and (counts[k] > 1 or _is_code(name))}
    if len(keys) < 2 or len(keys) > _MOST_NAMES or _is_list(keys, counts):
        return set()
    roles = {key: told_by(names[key]) for key in keys}
    asks = Role.INTERVIEWER in roles.values()
    weak = any(one.sign in _ASKING_SIGNS for one in alike)
    if None not in roles.values():
        return set()
    if not asks and (weak or not all(counts[key] > 1 for key in keys)):
        return set()
    total = sum(counts[key] for key in keys)
    if total < 3 and not all(names_a_role(names[key]) for key in keys):
        return set()
    clear = asks and not weak and all(names_a_role(names[key]) for key in keys)
    least = _SOME if clear else _MOST if asks else _NEARLY_ALL
    return keys if total >= least * _starts(total, evidence, taken) else set()


def _is_list(keys: Collection[str], counts: Mapping[str, int]) -> bool:
    """Whether the names are letters that stand once each: a) b) c) ... i)."""
    return max(map(len, keys)) == 1 and max(counts[key] for key in keys) == 1


def _is_code(name: str) -> bool:
    """Whether a name may stand once: a role word, or a letter or number that is one's code."""
    return names_a_role(name) or told_by(name) is not None or len(name) == 1 or name[-1].isdigit()


def _starts(total: int, evidence: Evidence, taken: Collection[int]) -> int:
    """Paragraphs, or lines where each line is a turn, that begin with no other label."""
    blocks = [b for b in evidence.lines.blocks(evidence.skipped) if b[0] not in taken]
    filled = sum(len(block) for block in blocks)
    return filled if total * 2 >= filled and total >= 2 * len(blocks) else len(blocks)


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
    if len(found) < 2:
        return variants
    beside = _Beside.of(places, found, evidence)
    for one in places:
        verdict = beside.verdict(one) if one.line not in beside.taken else _Verdict.WORDS
        if verdict is _Verdict.LABEL:
            variants.labels.append(one)
        elif verdict is _Verdict.DOUBT and len(variants.notes) < _MOST_NOTES:
            variants.notes.append(_note(one))
    return variants


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
        strong = [one.key for one in places if one.sign not in _WEAK_SIGNS]
        repeated = frozenset(key for key, count in Counter(strong).items() if count > 1)
        stems, taken = frozenset(map(_stem, known)), frozenset(one.line for one in found)
        return cls(frozenset(known), stems, repeated, taken, evidence)

    def verdict(self, one: Candidate) -> _Verdict:
        lines, skipped = self.evidence.lines, self.evidence.skipped
        leads = begins(lines, one.line, skipped)
        clear = names_a_role(one.name) and one.sign not in _WEAK_SIGNS
        clear = clear and (one.key in self.known or self._is_relative(one))
        if not leads and not clear and not is_free(lines, one.line):
            return _Verdict.WORDS
        if one.key not in self.known and not self._is_relative(one):
            doubtful = leads and one.style is Style.SIGNED and one.sign not in _WEAK_SIGNS
            return _Verdict.DOUBT if doubtful and names_a_role(one.name) else _Verdict.WORDS
        if one.style is Style.BARE:
            return self._of_bare(one, leads)
        return self._of_signed(one, leads)

    def _is_relative(self, one: Candidate) -> bool:
        """A role word: `Interviewer -` beside `I:`, `Participant 2 -` beside `Participant 1:`."""
        if not names_a_role(one.name) or one.sign in _WEAK_SIGNS or one.name[0].islower():
            return False
        known = _stem(one.key) in self.stems or one.key in self.repeated or one.key[-1].isdigit()
        return known or one.sign in _CLEAR_SIGNS or told_by(one.name) is Role.INTERVIEWER

    def _of_signed(self, one: Candidate, leads: bool) -> _Verdict:
        text = self.evidence.lines.text
        if one.sign == ";":
            return _Verdict.LABEL
        if one.key in _WORDS:
            return _Verdict.WORDS
        if one.sign == THIN:
            opens = one.key == "q" or _OPENERS.match(text, one.end)
            return _Verdict.LABEL if leads and opens else _Verdict.WORDS
        capital = not text[one.end : one.end + 1].islower()
        if one.sign == ".":
            sure = leads and capital and _is_code(one.name)
        else:
            sure = one.sign in _CLEAR_SIGNS or _is_code(one.name)
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
        if (leads and direct) or (not short and _is_code(one.name) and (leads or direct)):
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
