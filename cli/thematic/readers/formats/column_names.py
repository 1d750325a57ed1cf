"""The names that columns of a table have in exports and in tables made by hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from thematic.model.labels import visible
from thematic.model.patterns import expression
from thematic.readers.speakers.vocabulary import in_order

# All names are keys, as `key_of_name` gives them; of several in one table the first is taken.
TEXT = in_order(
    """text content utterance transcript words speech message sentence said what codedsegment
    segment codedtext quotationcontent quotation textcontent spokentext transcripttext
    transcription verbatim excerpt excerptcopy selectedtext highlight highlightedtext snippet
    passage line dialogue body caption subtitle annotation annotationvalue comment response
    answer talk turn quote statement wortlaut codiertessegment segmente zitat zitatinhalt
    coded coding word aussage äußerung beitrag inhalt redebeitrag texto contenido enunciado
    contenu énoncé segmento citazione testo trecho fala citação respuesta antwort réponse
    paroles spoken tekst wypowiedź fragment реплика текст
    文本 内容 发言 發言 テキスト 発話 発言 النص"""
)
SPEAKER = in_order(
    """speaker speakername name participant role who person actor interlocutor label labels
    speakerid speakerlabel speakers user username sprecher sprecherin sprechende sprechername
    hablante orador locuteur locutrice parlante falante spreker говорящий 说话人 說話者 発言者 話者
    interviewee respondent voice author channel tier tiername sender from von de da"""
)
BEGIN = in_order(
    """time start timespan timestamp starttime begin begintime timecode from timestart timebegin
    startsec starttimestamp starttimecode timecodestart timecodein tcin in recordin startms
    when clock segmentstart zeit zeitstempel beginn anfang start zeitspanne hora tiempo
    marcadetiempo inicio temps heure début ora tempo inizio tijd tid время 时间 時間"""
)
END = in_order(
    """end endtime stop finish to timeend timestop endsec endtimestamp endtimecode timecodeend
    timecodeout tcout out recordout endms segmentend ende fin fine fim einde slut"""
)
CODE = in_order(
    """code codes codename codepath codesystem codegroups codesapplied codesappliedcombined
    codeweight tag tags theme themes label labels category categories node nodes quirk codings
    codierung kategorie código códigos codice codici thème catégorie"""
)
# Names of a text that was cut out and coded.
CODED_TEXT = in_order(
    """codedsegment segment codedtext quotationcontent quotation excerpt excerptcopy selectedtext
    highlight highlightedtext snippet codiertessegment segmente zitat zitatinhalt segmento
    coded coding"""
)
NODE = ("name",)  # of a code, beside coded text
LABEL = ("label", "labels")  # of speakers, or codes
DOCUMENT = in_order(
    """document documentname doc docname documentid docid dokument dokumentname documento
    nombredeldocumento nomdudocument nomedeldocumento file filename datei dateiname archivo
    fichier interview interviewid interviewname transcript transcriptid transcriptname
    mediatitle sourcename sourcefile"""
)
# Names that mean a document only where the table holds codes.
CODED_DOCUMENT = (*DOCUMENT, *in_order("source case media title quelle fuente"))
QUESTION = in_order(
    "question questiontext prompt frage pregunta pergunta domanda vraag вопрос 问题 質問"
)
# Columns whose values name the person; the second kind only where nothing else does.
RESPONDENT = in_order(
    """responseid respondentid respondent participantid participant participantno
    participantnumber subjectid subject caseid case personid pid recordid antwortid
    teilnehmerid teilnehmernummer probandid idderespuesta idparticipante idréponse
    submissionid uuid responsenumber"""
)
PEOPLE = (*RESPONDENT, *in_order("participant interviewee respondents participants teilnehmer"))
WEAK_RESPONDENT = in_order("id nr no number nummer")

_ROLES = (TEXT, SPEAKER, BEGIN, END, CODE, CODED_DOCUMENT, RESPONDENT)
_LONGEST = 200  # characters of a name that are compared
_BRACKET = expression(r"[(\[{][^()\[\]{}]*[)\]}]")
_UNIT = expression(
    r"(?:hhmmss(?:ms|ff|sss|mmm)?|ssmsec|msec|milliseconds?|millis|ms|seconds?|secs?|s)\Z"
)
_THOUSANDTHS = expression(r"(?<!hhmmss)(?<!ss)(?:msec|milliseconds?|millis|ms)\Z")


@lru_cache(maxsize=4096)
def key_of_name(name: str) -> str:
    """A column's name as it is compared: small letters and digits, without what is in brackets."""
    plain = visible(unicodedata.normalize("NFKC", name)).casefold()
    outside = _BRACKET.sub("", plain)
    kept = outside if any(map(str.isalnum, outside)) else plain
    return "".join(sign for sign in kept if sign.isalnum() or unicodedata.combining(sign))


def is_called(name: str, known: Collection[str]) -> bool:
    """Whether a column's name is a known one, with or without a unit behind it."""
    return any(key in known for key in _keys(name))


def columns_called(names: Sequence[str], known: Sequence[str]) -> list[int]:
    """The columns that have a known name, the best name first."""
    rank = {one: n for n, one in enumerate(known)}
    ranked = [
        (next((rank[k] for k in _keys(name) if k in rank), -1), n) for n, name in enumerate(names)
    ]
    return [n for place, n in sorted(ranked) if place >= 0]


def roles_named(cells: Sequence[str]) -> int:
    """How many kinds of columns a header names; 0 where none of them is the text."""
    keys = {key for cell in cells for key in _keys(cell)}
    named = [not keys.isdisjoint(known) for known in _ROLES]
    return sum(named) if named[0] else 0


def thousandths(name: str) -> bool:
    """Whether a column's name says that its numbers are thousandths of seconds."""
    compact = "".join(sign for sign in name.casefold() if sign.isalnum())
    return _THOUSANDTHS.search(compact) is not None


def _keys(name: str) -> tuple[str, ...]:
    """The key of a name, and that without a unit; none for what is empty or too long."""
    if not name or len(name) > _LONGEST:
        return ()
    key = key_of_name(name)
    bare = _UNIT.sub("", key)
    return tuple(filter(None, (key, bare) if bare != key else (key,)))
