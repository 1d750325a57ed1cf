"""Brief answers to coded questions: the theme stands in the question only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import citation, masked, said
from thematic.analysis.uncoded.extracts import PLACE, STATUS, closing, place, withheld_note
from thematic.analysis.uncoded.talk import Held, Talk, answering, held_on
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.transcript import Role, Span, Turn

BRIEF = 6  # words of an answer, at most
COLUMNS = [*PLACE, "codes", "question_turn", "asked", "question", "answer", "says", "citation"]
COLUMNS += ["question_citation", *STATUS]

# English, German, French, Spanish, Italian, Dutch, Danish, Norwegian, Swedish.
_YES = (
    "yes yeah yep yup yea aye sure absolutely exactly definitely certainly correct right true "
    "indeed precisely totally completely clearly obviously okay ok mm-hm mm-hmm mhm mmhmm "
    "mm-mhm mm mmm hm-hm uh-huh uhuh of_course i_agree i_think_so that's_right that's_true "
    "that_is_right that_is_correct that's_correct very_much so_true no_doubt no_question "
    "it_is it_does it_did they_do they_did they_are he_did she_did i_do i_did we_do we_did "
    "ja jawohl genau richtig stimmt natürlich klar freilich sicher doch absolut eben "
    "oui ouais exactement tout_à_fait bien_sûr absolument voilà d'accord "
    "sí si claro exacto exactamente por_supuesto desde_luego correcto "
    "sì esatto certo esattamente assolutamente infatti "
    "klopt precies inderdaad zeker natuurlijk jo jep nemlig præcis selvfølgelig nettopp "
    "akkurat riktig visst just_det precis absolutt"
).split()
_NO = (
    "no nope nah never not_really not_at_all not_that_i_know uh-uh i_don't_think_so "
    "of_course_not absolutely_not certainly_not definitely_not they_don't they_didn't it_doesn't "
    "it_didn't i_didn't i_don't nein nee nö niemals non pas_du_tout jamais nunca mai "
    "nej nei aldrig aldri aldrig"
).split()


def _pattern(words: list[str]) -> re.Pattern[str]:
    said = sorted((word.replace("_", " ") for word in set(words)), key=lambda w: (-len(w), w))
    return re.compile(rf"(?:{'|'.join(map(re.escape, said))})(?![\w'-])")


_AFFIRMS, _DENIES = _pattern(_YES), _pattern(_NO)
_OPENERS = re.compile(r"(?:(?:well|oh|ah|um|uh|er|and|but|so)\b[\s,.…-]*)+")
_BLANKS = re.compile(r"[\s,.;:!?…–—]+")


def says(answer: str) -> str:
    """Whether a brief answer begins with a "yes", a "no" or something "other".

    A denial that begins like a yes ("absolutely not") is a no.
    """
    plain = _BLANKS.sub(" ", answer.casefold().replace("\u2019", "'")).strip()
    plain = _OPENERS.sub("", plain) or plain
    no, yes = _DENIES.match(plain), _AFFIRMS.match(plain)
    if no and (yes is None or no.end() >= yes.end()):
        return "no"
    return "yes" if yes else "other"


def affirmations(talk: Talk, questions: Codings) -> ResultTable:
    """Answers of at most BRIEF words without the code that their question carries.

    Args:
        talk: the study, coded as it counts.
        questions: the same transcripts coded in their interviewers' turns.

    Returns:
        One row an answer, in text order.
    """
    asking = {source.transcript.id: source for source in questions.transcripts}
    rows: list[dict[str, Any]] = []
    asked = 0
    for source in talk.sources:
        on_questions = held_on(questions, asking[source.transcript.id])
        for question, answers in _exchanges(source):
            asked_codes = talk.wanted.among(on_questions.codes_on(question.span))
            asked += bool(asked_codes)
            for answer in answers:
                codes = asked_codes - talk.codes_on(source, answer.span)
                if codes and source.turn_words[answer.number] <= BRIEF:
                    spans = _coded_spans(on_questions, question, codes)
                    rows.append(_row(talk, source, question, answer, codes, spans))
    affirmed = sum(row["says"] == "yes" for row in rows)
    notes = [
        f"Questions that carry {talk.wanted.said} and are answered: {asked:,}. Answers of at "
        f"most {BRIEF} words to them that do not carry it: {len(rows):,}, of which {affirmed:,} "
        "begin with a yes. There the theme stands in the question only: it was put to the "
        "person, who agreed, denied or answered without naming it.",
        *withheld_note(rows, "answer"),
    ]
    quoted = frozenset({"asked", "question", "answer"})
    return table_of("affirmations", rows, COLUMNS, "answer", tuple(notes), quoted)


def _exchanges(source: TranscriptCoding) -> Iterator[tuple[Turn, list[Turn]]]:
    """Each interviewer's turn that is answered, with the first answer of each who answers."""
    counted = {turn.number for turn in answering(source)}
    question: Turn | None = None
    answers: dict[str, Turn] = {}
    for turn in source.transcript.turns:
        if not source.turn_words[turn.number]:
            continue
        if turn.role is Role.INTERVIEWER:
            if question and answers:
                yield question, list(answers.values())
            question, answers = turn, {}
        elif turn.number in counted:
            answers.setdefault(turn.speaker.casefold(), turn)
    if question and answers:
        yield question, list(answers.values())


def _coded_spans(held: Held, question: Turn, codes: set[str]) -> list[Span]:
    """The words of a question on which the codes stand, each once."""
    found = (span for span, code in held.holds.on(question.span) if code in codes)
    return list(dict.fromkeys(found))


def _row(
    talk: Talk,
    source: TranscriptCoding,
    question: Turn,
    answer: Turn,
    codes: set[str],
    spans: list[Span],
) -> dict[str, Any]:
    transcript, study = source.transcript, talk.study
    asked_at = question.span.start
    return {
        **place(source, answer, answer.span.start, talk),
        "codes": "; ".join(path for path in talk.codings.codebook.paths() if path in codes),
        "question_turn": question.number,
        "asked": "; ".join(masked(said(source, span, study), transcript, study) for span in spans),
        "question": masked(closing(source, question.span, study), transcript, study),
        "answer": said(source, answer.span, study),
        "says": says(transcript.text[answer.span.start : answer.span.end]),
        "question_citation": citation(transcript, question, asked_at, study),
    }
