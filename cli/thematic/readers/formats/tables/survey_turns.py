"""One respondent's answers as the text and the turns of a transcript."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.model.study import Speakers
from thematic.model.transcript import Role, Span, Turn
from thematic.readers.formats.tables.turns import QUESTION
from thematic.readers.speakers.building import clean_words
from thematic.readers.speakers.roles import declared_role
from thematic.readers.speakers.turns import turns_of


def answer_turns(
    answers: Sequence[tuple[str, str]], speaker: str, speakers: Speakers
) -> tuple[str, Sequence[Turn]]:
    """The text `Label: words` and its turns, for pairs of a question, or "", and an answer.

    The speaker is a respondent, whatever the ID looks like, unless the user said otherwise.
    An answer that is a whole interview, with labels of two people or more, keeps them.
    """
    if len(answers) == 1:
        whole = _interview(clean_words(answers[0][1]), speakers)
        if whole is not None:
            return whole
    pieces: list[tuple[str, str]] = []
    for question, words in answers:
        pieces += [(QUESTION, question)] if question else []
        pieces.append((speaker, words))
    parts: list[str] = []
    turns: list[Turn] = []
    position = 0
    for label, written in pieces:
        words = clean_words(written)
        before = ("\n\n" if parts else "") + f"{label}: "
        start = position + len(before)
        parts.append(before + words)
        position = start + len(words)
        usual = Role.INTERVIEWER if label == QUESTION else Role.RESPONDENT
        role = declared_role(label, speakers) or usual
        turns.append(Turn(len(turns) + 1, Span(start, position), label, role))
    return "".join(parts), tuple(turns)


def _interview(text: str, speakers: Speakers) -> tuple[str, Sequence[Turn]] | None:
    """The turns of a text with labels of several speakers; None for any other."""
    if "\n" not in text:
        return None
    turns, _ = turns_of(text, speakers)
    named = {turn.speaker for turn in turns if turn.speaker}
    return (text, turns) if len(named) > 1 else None
