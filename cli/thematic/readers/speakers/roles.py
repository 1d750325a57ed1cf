"""Which role a speaker's label tells."""

from __future__ import annotations

from functools import lru_cache

from thematic.model.labels import key_of, visible
from thematic.model.patterns import expression
from thematic.model.study import Speakers
from thematic.model.transcript import Role

_REMEMBERED = 65_536  # labels; real files have a dozen, hostile ones thousands
_INTERVIEWERS = (
    r"interviewer(?:in|s)?|intvr?|moderator(?:in)?|questioner|question|facilitator|researcher"
    r"|host|co-?host|chair|chairman|chairwoman|chairperson|presenter|interrogator|investigator"
    r"|frage|fragesteller(?:in)?|forscher(?:in)?"  # German, from here on others
    r"|intervieweur|intervieweuse|enquêteur|enquêtrice|enquêteuse|animateur|animatrice"
    r"|entrevistador|entrevistadora|pregunta|pergunta|moderadora?|investigadora?|encuestadora?"
    r"|intervistatore|intervistatrice|domanda|vraag|vragensteller|interviewster"
    r"|fråga|spørsmål|spørgsmål|intervjuare|intervjuer|pytanie|soru|görüşmeci|pewawancara"
    r"|pertanyaan|вопрос|интервьюер|интервьюэр|ведущий|ведущая|модератор|питання|інтерв'юер"
    r"|问|問|问题|問題|提问|提問|采访者|採訪者|访谈者|訪談者|访问者|記者|记者|主持人"
    r"|質問|質問者|聞き手|インタビュアー|질문|문|면접자|인터뷰어|진행자"
    r"|سؤال|س|المحاور|المحاورة|محاور|پرسش|پرسشگر|مصاحبهگر|مصاحبه کننده|प्रश्न|सवाल"
)
_ASKING_CODES = r"int|inv|mod|iv|ir|i|q"
_HELPERS = (
    r"interpreter|translator|dolmetscher(?:in)?|operator|narrator|announcer|voice-?over"
    r"|transcriber|transcriptionist|note-?taker|interprète|intérprete|interprete|traducteur"
    r"|traductora?|traduttore|переводчик|переводчица|翻译|翻譯|通訳|مترجم|المترجم"
)
_SEGMENTS = (
    r"(?:ad(?:vert(?:isement)?)? |commercial |station |mid-?roll |pre-?roll |coffee )?break"
    r"|jingle|(?:theme|intro|outro) music|sponsors?|sponsor message|more info(?:rmation)?"
    r"|advert|advertisement|commercial|intro|outro"
)
_RECORDED = r"transcript(?:ion)?|interview|recording|tape|audio|session"
_BORDERS = (
    r"begin|end|start|stop|music(?: plays| playing)?"
    rf"|(?:start|begin|beginning|end) of (?:the )?(?:{_RECORDED}|part)"
    rf"|(?:the )?(?:{_RECORDED}) (?:starts|begins|ends|stops|paused|pauses|resumes|started|stopped"
    r"|ended)"
)
_RESPONDENTS = (
    r"respondent|participant|interviewee|expert|informant|subject|answer|befragter|befragte"
    r"|(?:fe)?male (?:voice|speaker|participant|respondent|interviewee|student)"
    r"|un(?:known|identified) (?:speaker|voice|participant|(?:fe)?male|(?:wo)?man)(?: voice)?"
    r"|teilnehmer|teilnehmerin|speaker|witness|patient|client|student|focus group"
    r"|antwort|interviewpartner(?:in)?|experte|expertin|répondante?|réponse|enquêtée?"
    r"|interviewée?|entrevistad[oa]|respuesta|resposta|participante|intervistat[oa]|risposta"
    r"|antwoord|respondente?|svar|odpowiedź|cevap|görüşülen|jawaban|responden|narasumber"
    r"|ответ|респондент|информант|відповідь|респондентка"
    r"|答|回答|受访者|受訪者|被访者|被訪者|話し手|回答者|답|답변|응답자"
    r"|جواب|ج|المشارك|الضيف|پاسخ|مصاحبهشونده|उत्तर|जवाब"
)
_SHORTENED = r"(?:resp|partic|part)\.[ ]?\d{0,4}|(?:resp|partic|ptcp|ppt)[ ]?\d{1,4}|resp"
_TAIL = r"(?:[ ]?[(\[][^()\[\]]{1,60}[)\]])?"
# `Interviewer 2`, `Participant #3`, `Interviewer A`, `InterviewerB`; never `AIDS` from `A`.
_WORD_SUFFIX = rf"(?:[ _.#-]{{0,2}}\d{{1,4}}[a-z]?|[ _.-][A-Z]{{1,3}}|(?<=[a-z])[A-Z])?{_TAIL}\.?"
_CODE_SUFFIX = rf"(?:[ _.#-]{{0,2}}\d{{1,4}}|[_-][A-Z]{{1,3}})?{_TAIL}\.?"
_NAMED = r"(?:interviewer(?:in)?|moderator(?:in)?|facilitator|entrevistadora?|intervieweu(?:r|se))"


def _words(words: str) -> str:
    return rf"(?i:(?:the[ ])?(?:{words})){_WORD_SUFFIX}"


def _codes(codes: str) -> str:
    return rf"(?i:{codes}){_CODE_SUFFIX}"


_PERSON = r"(?-i:[^\W\d_a-zß-ÿ])[\w.'’-]*"
_WHICH = r"(?:fe)?male|first|second|third|lead|main|assistant|other|co|1st|2nd|3rd"
# `Moderator Anna Lee`, `Interviewer / JS`, `Second interviewer`
_ASKING_NAME = (
    rf"(?i:{_NAMED})(?:,?[ ]|[ ]?[-–—/][ ]?){_PERSON}(?:[ ]{_PERSON}){{0,2}}"
    rf"|(?i:(?:{_WHICH})[ -](?:{_NAMED}|researcher))"
)
_INTERVIEWER_WORD = expression(rf"{_words(f'{_INTERVIEWERS}|int|inv|mod')}|{_ASKING_NAME}")
_INTERVIEWER = expression(rf"{_INTERVIEWER_WORD.pattern}|{_codes(_ASKING_CODES)}")
_HELPER = expression(_words(_HELPERS))
_SEGMENT = expression(_words(_SEGMENTS))
_BORDER = expression(_words(_BORDERS))
_RESPONDENT = expression(rf"{_words(_RESPONDENTS)}|(?i:{_SHORTENED})")
_IN_BRACKETS = expression(r"[(\[]([^()\[\]]{1,60})[)\]]\Z")
_APPOSED = expression(r"(?:,[ ]|[ ][-–—/][ ])([^,/–—]{3,40})\Z")


@lru_cache(maxsize=_REMEMBERED)
def role_of(label: str, speakers: Speakers) -> Role:
    """The role of a speaker: what the user said, else what the label says itself.

    A named speaker whose label says nothing is a respondent; no name, no role.
    """
    if not label:
        return Role.NONE
    return declared_role(label, speakers) or told_by(label) or Role.RESPONDENT


def declared_role(label: str, speakers: Speakers) -> Role | None:
    """The role that the user gave to a label, if any."""
    key = key_of(label)
    declared = (
        (speakers.interviewer, Role.INTERVIEWER),
        (speakers.respondent, Role.RESPONDENT),
        (speakers.other, Role.OTHER),
    )
    for labels, role in declared:
        if any(key == key_of(one) for one in labels):
            return role
    return None


@lru_cache(maxsize=_REMEMBERED)
def told_by(label: str) -> Role | None:
    """The role that the label names itself, or a bracket at its end; respondents name none."""
    for text in _texts(label):
        if _INTERVIEWER.fullmatch(text):
            return Role.INTERVIEWER
        if _HELPER.fullmatch(text) or is_nobody(text):
            return Role.OTHER
    return None


@lru_cache(maxsize=_REMEMBERED)
def names_a_role(label: str) -> bool:
    """Whether the label is a role word such as Interviewer or Participant 3.

    Letters such as `I` and `P14` are left out, for they begin too many sentences to be sure
    of, and so are `Break` and the like, which are no people.
    """
    shapes = (_INTERVIEWER_WORD, _HELPER, _RESPONDENT)
    texts = [text for text in _texts(label) if len(text) > 2 or _is_caseless(text)]
    return any(shape.fullmatch(text) for shape in shapes for text in texts)


def is_code(name: str) -> bool:
    """Whether a name may stand once: a role word, or a letter or number that is one's code."""
    return names_a_role(name) or told_by(name) is not None or len(name) == 1 or name[-1].isdigit()


def is_nobody(label: str) -> bool:
    """Whether the label is no person but a part of the recording, such as Break or Jingle."""
    return is_segment(label) or is_border(label)


@lru_cache(maxsize=_REMEMBERED)
def is_segment(label: str) -> bool:
    """Whether the label opens a part that is no interview, such as Ad break or Intro."""
    return _SEGMENT.fullmatch(visible(label).strip()) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_border(label: str) -> bool:
    """Whether the label tells where a recording begins or ends, such as BEGIN or Tape ends."""
    return _BORDER.fullmatch(visible(label).strip()) is not None


def _texts(label: str) -> tuple[str, ...]:
    """The label, and what is said of the person behind the name.

    That is `interviewer` of `Anna (role: interviewer)`, `Anna, Interviewer` and
    `Anna (Interviewer, Oslo)`.
    """
    label = visible(label)
    inner = _IN_BRACKETS.search(label)
    if inner:
        said = inner.group(1)
        return (label, said.rpartition(":")[2].strip(), said.partition(",")[0].strip())
    apposed = _APPOSED.search(label)
    return (label, apposed.group(1).strip()) if apposed else (label,)


def _is_caseless(text: str) -> bool:
    """Whether the words are of a script without capitals, such as 问: one sign is a word."""
    return bool(text) and text.lower() == text.upper() and text[0].isalpha()


@lru_cache(maxsize=_REMEMBERED)
def declared_keys(speakers: Speakers) -> frozenset[str]:
    """Keys of every label the user named: gave a role, or merges."""
    merged = (label for pair in speakers.merge for label in pair)
    named = (*speakers.interviewer, *speakers.respondent, *speakers.other, *merged)
    return frozenset(key_of(label) for label in named)
