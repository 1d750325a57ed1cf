"""Which role a speaker's label tells."""

from __future__ import annotations

import re
from functools import lru_cache

from thematic.model.study import Speakers
from thematic.model.transcript import Role
from thematic.readers.speakers.invisible import visible

_INTERVIEWERS = (
    r"interviewer(?:in|s)?|int|intv|iv|ir|i|q|question|questioner|moderator(?:in)?|mod"
    r"|facilitator|researcher|host|co-?host|chair|chairman|chairwoman|chairperson|presenter"
    r"|interrogator|frage|fragesteller(?:in)?|forscher(?:in)?"  # German, from here on others
    r"|intervieweur|intervieweuse|enquêteur|enquêtrice|enquêteuse|animateur|animatrice"
    r"|entrevistador|entrevistadora|pregunta|pergunta|moderadora?|investigadora?"
    r"|intervistatore|intervistatrice|domanda|vraag|vragensteller|interviewster"
    r"|fråga|spørsmål|spørgsmål|intervjuare|intervjuer|pytanie|soru|görüşmeci|pewawancara"
    r"|pertanyaan|вопрос|интервьюер|интервьюэр|ведущий|ведущая|модератор|питання|інтерв'юер"
    r"|问|問|问题|問題|提问|提問|采访者|採訪者|访谈者|訪談者|访问者|記者|记者|主持人"
    r"|質問|質問者|聞き手|インタビュアー|질문|문|면접자|인터뷰어|진행자"
    r"|سؤال|س|المحاور|المحاورة|محاور|پرسش|پرسشگر|مصاحبهگر|مصاحبه کننده|प्रश्न|सवाल"
)
_HELPERS = (
    r"interpreter|translator|dolmetscher(?:in)?|operator|narrator|announcer|voice-?over"
    r"|transcriber|transcriptionist|note-?taker|interprète|intérprete|interprete|traducteur"
    r"|traductora?|traduttore|переводчик|переводчица|翻译|翻譯|通訳|مترجم|المترجم"
)
_NO_PEOPLE = r"break|ad break|jingle|music|theme music|sponsor|more info"
_RESPONDENTS = (
    r"respondent|participant|interviewee|expert|informant|subject|answer|a|r|p|befragter|befragte"
    r"|teilnehmer|teilnehmerin|speaker|witness|patient|client|student|focus group"
    r"|antwort|interviewpartner(?:in)?|experte|expertin|répondante?|réponse|enquêtée?"
    r"|interviewée?|entrevistad[oa]|respuesta|resposta|participante|intervistat[oa]|risposta"
    r"|antwoord|respondente?|svar|odpowiedź|cevap|görüşülen|jawaban|responden|narasumber"
    r"|ответ|респондент|информант|відповідь|респондентка"
    r"|答|回答|受访者|受訪者|被访者|被訪者|話し手|回答者|답|답변|응답자"
    r"|جواب|ج|المشارك|الضيف|پاسخ|مصاحبهشونده|उत्तर|जवाब"
)
_SUFFIX = r"(?:[ _.#-]?(?:\d{1,4}|[A-Z]{1,3}))?(?:[ ]?[(\[][^()\[\]]{1,40}[)\]])?"


def _shape(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the[ ])?(?i:{words}){_SUFFIX}\.?")


_INTERVIEWER = _shape(_INTERVIEWERS)
_HELPER = _shape(_HELPERS)
_OTHER = _shape(f"{_HELPERS}|{_NO_PEOPLE}")
_RESPONDENT = _shape(_RESPONDENTS)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]\Z")


@lru_cache(maxsize=4096)
def key_of(label: str) -> str:
    """The label as it is compared: white space collapsed, case and invisible marks ignored."""
    return " ".join(visible(label).split()).casefold()


@lru_cache(maxsize=4096)
def role_of(label: str, speakers: Speakers) -> Role:
    """The role of a speaker: what the user said, else what the label says itself.

    A named speaker whose label says nothing is a respondent; no name, no role.
    """
    if not label:
        return Role.NONE
    key = key_of(label)
    declared = (
        (speakers.interviewer, Role.INTERVIEWER),
        (speakers.respondent, Role.RESPONDENT),
        (speakers.other, Role.OTHER),
    )
    for labels, role in declared:
        if any(key == key_of(one) for one in labels):
            return role
    return told_by(label) or Role.RESPONDENT


@lru_cache(maxsize=4096)
def told_by(label: str) -> Role | None:
    """The role that the label names itself, or a bracket at its end; respondents name none."""
    for text in _texts(label):
        if _INTERVIEWER.fullmatch(text):
            return Role.INTERVIEWER
        if _OTHER.fullmatch(text):
            return Role.OTHER
    return None


@lru_cache(maxsize=4096)
def names_a_role(label: str) -> bool:
    """Whether the label is a role word such as Interviewer or Participant 3.

    Single Latin letters are left out, for `I` and `A` begin too many sentences to be sure
    of, and so are `Break` and the like, which are no people.
    """
    shapes = (_INTERVIEWER, _HELPER, _RESPONDENT)
    texts = [text for text in _texts(label) if len(text) > 2 or _is_caseless(text)]
    return any(shape.fullmatch(text) for shape in shapes for text in texts)


def _texts(label: str) -> tuple[str, ...]:
    """The label, and what its bracket says: `interviewer` of `Anna (role: interviewer)`."""
    label = visible(label)
    inner = _IN_BRACKETS.search(label)
    return (label, inner.group(1).rpartition(":")[2].strip()) if inner else (label,)


def _is_caseless(text: str) -> bool:
    """Whether the words are of a script without capitals, such as 问: one sign is a word."""
    return bool(text) and text.lower() == text.upper() and text[0].isalpha()


def declared_keys(speakers: Speakers) -> frozenset[str]:
    """Keys of every label the user gave a role."""
    return frozenset(
        key_of(one) for one in (*speakers.interviewer, *speakers.respondent, *speakers.other)
    )
