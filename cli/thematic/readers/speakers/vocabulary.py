"""Word lists by which labels, notes and headers are told apart."""

from __future__ import annotations


def in_order(text: str) -> tuple[str, ...]:
    """The words of a text, in the order written."""
    return tuple(text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(in_order(text))


# Words that stand in lower case within names.
PARTICLES = _words(
    """
    a al ad as an ash at ul ur el ibn bin bint abu de del della der den des di da do dos du d
    la le les van von vom zu zum zur of the and et y e und for pro tempore af av ten ter i
    """
)

# Words that stand before a colon like a name and are none.
STOP = _words(
    """
    note notes nb n.b example examples e.g i.e first second third fourth finally lastly next
    however therefore moreover furthermore also again but and so or because yes no yeah okay
    ok right well sure exactly correct true indeed thanks thank sorry please today tomorrow
    yesterday now then here there this that these those what why how when where who which it
    he she they we you one two three four five update warning caution tip source sources
    summary abstract conclusion introduction background see ps p.s re fw cc bcc subject http
    https www url link links email e-mail tel phone fax figure fig table box chapter section
    part page appendix footnote references bibliography keywords result results important
    remember fact facts problem solution reason reasons point points option options total
    editor's translator's correction disclaimer copyright transcript end start begin dear
    date dates location venue duration recorded recording transcribed transcription
    datum dauer fecha lugar duración lieu durée дата место
    from to sent attachments attached p.p.s p.s pps q&a faq usage output input title
    method methods finding findings aim aims purpose objective objectives discussion
    recommendation recommendations keyword address website read more continued
    """
)

# Words that number steps and parts, with or without a number behind them.
COUNTED = _words(
    """
    step day week month year phase stage theme topic item level case camp unit zone area district
    lesson row column line no nr article resolution paragraph rule scene session side tape track
    episode season round game match test exhibit annex code category cluster claim hypothesis goal
    task activity exercise appendix schritt tag woche monat jahr kapitel abschnitt artikel punkt
    paso día semana mes año capítulo artículo étape jour semaine mois chapitre sura surah psalm
    volume vol verse chapter lecture slide variable criterion scenario strategy lot room floor
    """
)

# Words of notes such as [laughter] and of placeholders such as [name].
NOISE = _words(
    """
    laughter laughs laugh laughing inaudible unintelligible crosstalk cross-talk overtalk
    pause silence music applause unclear sigh sighs cough coughs crying sobs noise redacted
    anonymised anonymized omitted removed deleted break recording interruption phone rings
    foreign indistinct background chuckles chuckle giggles gasps whispers sic name place city
    singing clears throat end of transcript start
    """
)

# First words of the keys of a metadata block.
FIELDS = _words(
    """
    date dates place location venue time start end interviewer interviewers interviewee
    participant participants respondent duration length recorded recording transcriber
    transcribed transcription project study file filename title subject topic theme present
    attendees id code number no language format version setting city country region interview
    session meeting host hosts guest guests moderator speaker speakers source url audio video
    organisation organization profession age gender sex case kind consent status type
    datum ort dauer beginn ende projekt thema titel fecha lugar duración hora proyecto tema título
    lieu durée heure projet sujet titre luogo durata ora progetto дата место время проект тема
    日期 地点 地點 时间 時間 日付 場所 التاريخ المكان
    """
)

# Keys that are labels as well.
SPOKEN_FIELDS = _words(
    """
    interviewer interviewers interviewee participant participants respondent host hosts guest
    guests moderator speaker speakers
    """
)

# Titles before a name, without their full stop.
TITLES = _words(
    """
    Mr Mrs Ms Miss Mx Dr Prof Sen Senator Rep Representative Gen General Adm Admiral Col
    Colonel Sec Secretary Amb Ambassador Gov Governor Chairman Chairwoman Madam Sir Judge Justice
    President Minister Lt Maj Capt Sgt M
    """
)
