"""Letters that mean one thing in one language and another in the next: who asks, P or R?

`P` is Pregunta and `R` is Respuesta in Spanish, but Participant and Researcher in English.
What they say decides: the one that asks opens with questions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from thematic.errors import Problem, Severity
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Speakers
from thematic.model.transcript import Role
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.roles import declared_keys, role_of
from thematic.readers.speakers.shapes import Label

# Who asks, who answers, and the word for which the asking letter stands.
_PAIRS = (
    ("p", "r", "Pregunta"),  # Spanish; Pergunta, Resposta in Portuguese
    ("r", "p", "Researcher"),
    ("e", "r", "Entrevistador"),
    ("e", "p", "Entrevistador"),
    ("d", "r", "Domanda"),  # Italian
    ("f", "a", "Frage"),
    ("f", "b", "Frage"),
    ("v", "a", "Vraag"),  # Dutch
    ("f", "s", "Fråga"),  # Swedish, and Spørgsmål
    ("s", "c", "Soru"),  # Turkish
    ("m", "p", "Moderator"),
    ("m", "r", "Moderator"),
    ("f", "p", "Facilitator"),
    ("ie", "ir", "Interviewer"),
    ("er", "ee", "Interviewer"),
    ("в", "о", "Вопрос"),
    ("и", "р", "Интервьюер"),
    ("п", "в", "Питання"),  # Ukrainian
)
_MAY_ASK = frozenset(asks for asks, _, _ in _PAIRS)
_OPENS_WITH = 400  # characters of a turn in which a question must stand
_ASKS = 0.6  # share of the turns of one who asks that open with a question
_LESS = 0.5  # how much rarer the questions of one who answers are
_ASKS_IN_SPANISH = 0.4  # ... of P, where the text looks Spanish or Portuguese
_QUESTION_MARKS = "?¿؟？"
_SAMPLE = 20_000  # characters in which the language must show itself
_WORD = re.compile(r"[^\W\d_]+")
_IBERIAN = frozenset(
    """que de la el los las una por con para pero como más está muy sí no es en un lo se
    não uma os as com mais mas foi são eu ele ela em do da um isso você""".split()
)
_MANY = 0.25  # share of such words in running Spanish or Portuguese is 0.35 and more


@dataclass(slots=True)
class _Talk:
    """How many turns a label has, and how many of them open with a question."""

    turns: int = 0
    questions: int = 0

    @property
    def share(self) -> float:
        return self.questions / self.turns if self.turns else 0.0

    def asks_more_than(self, other: _Talk, least: float) -> bool:
        """Whether questions open most turns here, and far fewer there."""
        return self.share >= least and other.share <= _LESS * self.share


def with_asking_letters(
    labels: Sequence[Label], lines: Lines, speakers: Speakers
) -> tuple[list[Label], list[Problem]]:
    """The labels, those letters that ask with the word they stand for, and a note on it.

    Looked at only where no label says who asks. Where P and R leave it open, both stay
    respondents, and a warning says so.
    """
    written = {one.like or one.name for one in labels}
    if any(role_of(label, speakers) is Role.INTERVIEWER for label in written):
        return list(labels), []
    names = {key_of(one.name): one for one in reversed(labels)}
    pairs = pairs_among(names, declared_keys(speakers), lines.text)
    talks = _talks(labels, lines.text) if pairs else {}
    for asks, word, least in pairs:
        others = _sum(talk for key, talk in talks.items() if key != asks)
        if others.turns and talks[asks].asks_more_than(others, least):
            like = [one._replace(like=word) if key_of(one.name) == asks else one for one in labels]
            return like, [_taken(_line(names[asks], lines), names[asks].name, word)]
    if any({"p", "r"} <= {asks, *names} for asks, _, _ in pairs):
        return list(labels), [_left_open(_line(labels[0], lines))]
    return list(labels), []


def pairs_among(
    names: Collection[str], declared: Collection[str], text: str
) -> list[tuple[str, str, float]]:
    """The letters that may ask, the word each stands for, and the questions it must ask."""
    if _MAY_ASK.isdisjoint(names):
        return []
    stems = {key.rstrip("0123456789") for key in names}
    iberian = "p" in names and _is_iberian(text[:_SAMPLE])
    least = {"p": _ASKS_IN_SPANISH if iberian else _ASKS}
    found = [
        (asks, word, least.get(asks, _ASKS))
        for asks, answers, word in _PAIRS
        if asks in names and answers in stems and not {asks, answers} & {*declared}
    ]
    if iberian and "p" not in declared and "p" not in [asks for asks, _, _ in found]:
        found.append(("p", "Pregunta", _ASKS))
    return found


def _talks(labels: Sequence[Label], text: str) -> dict[str, _Talk]:
    """By key, how often its turns open with a question; turns without words do not count."""
    talks: dict[str, _Talk] = {}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start if following else len(text)
        words = text[label.end : min(end, label.end + _OPENS_WITH)]
        talk = talks.setdefault(key_of(label.name), _Talk())
        talk.turns += bool(words.strip())
        talk.questions += any(mark in words for mark in _QUESTION_MARKS)
    return talks


def _sum(talks: Iterable[_Talk]) -> _Talk:
    whole = _Talk()
    for talk in talks:
        whole.turns += talk.turns
        whole.questions += talk.questions
    return whole


def _is_iberian(text: str) -> bool:
    """Whether a text looks like Spanish or Portuguese, by its commonest words."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return sum(word in _IBERIAN for word in words) >= _MANY * len(words) > 0


def _line(label: Label, lines: Lines) -> int:
    return lines.number_at(max(label.end - 1, label.start)) + 1


def _taken(line: int, name: str, word: str) -> Problem:
    message = f"{name!r} opens with questions, so it is taken for {word!r}, who interviews"
    hint = "if it answers, say so under speakers: in study.yaml"
    return Problem("", line, message, hint, Severity.NOTE)


def _left_open(line: int) -> Problem:
    message = "'P' and 'R': it is not clear who asks; both are read as respondents"
    hint = "say who interviews under speakers: in study.yaml"
    return Problem("", line, message, hint, Severity.WARNING)
