"""Who may be quoted and how a source is named: consent and citations, in one place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.study import Consent, Restriction, Study
from thematic.model.transcript import Role, Span, Transcript, Turn

WITHHELD_WORDS = "[words withheld: no consent to quotation]"
WITHDRAWN_WORDS = "[words withheld: withdrawn by the person quoted]"
DISCUSSED_WORDS = "[words withheld: wording under discussion]"
ABSENT_WORDS = "[words withheld: the transcript is not there, so its consent is not known]"
WITHHELD = (WITHHELD_WORDS, WITHDRAWN_WORDS, DISCUSSED_WORDS, ABSENT_WORDS)
MASK = "[name]"
_SHORTEST = 3  # characters of a name; the shorter labels are initials and ordinary words
_WITHOUT_BLANKS = "\u2e80"  # from here on Chinese, Japanese and Korean signs
# Words of labels that are nobody's name.
_NOBODYS = frozenset(
    "interviewee respondent participant informant speaker expert subject person witness patient "
    "client student unknown male female voice woman man the and herr frau mrs befragte befragter "
    "sprecher sprecherin teilnehmer teilnehmerin experte expertin other".split()
)
_AGREED = "[not verbatim, wording given by the person quoted] "
_REMARKS = (*WITHHELD, _AGREED)


def consent_of(transcript: Transcript, study: Study) -> Consent | None:
    """What the person allowed: the transcript's attribute, else what the study declares."""
    return Consent.understood(transcript.attributes.get("consent", "")) or study.consent


def may_quote(transcript: Transcript, study: Study) -> bool:
    """Whether words of this transcript may stand in an output, but for single quotes."""
    consent = consent_of(transcript, study)
    return consent is None or consent.may_quote


def restrictions_on(transcript: Transcript, span: Span, study: Study) -> list[Restriction]:
    """What the person quoted said against printing words of a span as they stand."""
    held = study.restrictions.get(transcript.id, ())
    return [one for one in held if one.span.overlaps(span)]


def may_print(transcript: Transcript, span: Span, study: Study) -> bool:
    """Whether the very words of a span may stand in an output."""
    return may_quote(transcript, study) and not restrictions_on(transcript, span, study)


def words_at(transcript: Transcript, span: Span, study: Study) -> str:
    """The exact words of a span, or a remark where they may not be printed.

    The wording that a person gave for a quote is printed, and called so, only in the place of
    the whole quote: it is the wording of nothing else.
    """
    if not may_quote(transcript, study):
        return WITHHELD_WORDS
    held = restrictions_on(transcript, span, study)
    if not held:
        return transcript.text[span.start : span.end]
    if any(one.withdrawn for one in held):
        return WITHDRAWN_WORDS
    if len(held) == 1 and held[0].span == span and held[0].wording:
        return _AGREED + held[0].wording
    return DISCUSSED_WORDS


def is_remark(text: str) -> bool:
    """Whether a text stands in the place of words that may not be printed."""
    return text.startswith(_REMARKS)


def note_beside(note: str, words: str) -> str:
    """What a coder noted on a passage, or a remark where its words are withheld.

    A note may quote what it is about, so it may stand only where the words may.

    Args:
        note: as it was written; "" stays so.
        words: of the passage as they are shown, or the remark in their place.
    """
    withheld = note and words in WITHHELD
    return words.replace("[words", "[note", 1) if withheld else note


def said(source: TranscriptCoding, span: Span, study: Study) -> str:
    """The exact words of a span, or a remark where they may not be printed."""
    return words_at(source.transcript, span, study)


def shown_speaker(transcript: Transcript, turn: Turn, study: Study) -> str:
    """The label of a turn, or only its role where that is all the person allowed."""
    consent = consent_of(transcript, study)
    if consent in (None, Consent.NAMED) or not turn.speaker:
        return turn.speaker
    return turn.role.value


def masked(words: str, transcript: Transcript, study: Study) -> str:
    """Words of an interviewer, without the labels of the others where consent hides these.

    Labels, and the names in them, are looked for as whole words, whatever their case. Those
    that name nobody (`Speaker 2`, `R`) stay, and so do names that are nobody's label.
    """
    names = hidden_names(transcript, study)
    for name in sorted(names, key=lambda one: (-len(one), one)):
        words = re.sub(_as_word(name), MASK, words, flags=re.IGNORECASE)
    return words


def hidden_names(transcript: Transcript, study: Study) -> set[str]:
    """Labels of those interviewed, and the names in them, where consent hides these."""
    if consent_of(transcript, study) in (None, Consent.NAMED):
        return set()
    others = (turn for turn in transcript.turns if turn.role is not Role.INTERVIEWER)
    labels = {label for turn in others for label in (turn.speaker, turn.label)}
    return {name for label in labels for name in _names_in(label)}


def _names_in(label: str) -> Iterator[str]:
    """A label by which a person could be known, without its number, and its parts."""
    for part in (label, *re.split(r"[\W_]+", label)):
        bare = part.rstrip("0123456789 #._-")
        shortest = _SHORTEST if bare.isascii() else _SHORTEST - 1
        if len(bare) >= shortest and bare.casefold() not in _NOBODYS:
            yield from (part, bare)


def _as_word(name: str) -> str:
    """A pattern for the name as a whole word; anywhere in scripts without blanks."""
    pattern = re.escape(name)
    return pattern if max(name) >= _WITHOUT_BLANKS else rf"(?<!\w){pattern}(?!\w)"


def shown_attributes(transcript: Transcript, study: Study) -> list[str]:
    """Attribute values that citations may show, in the order declared.

    None of a person who may not be quoted: there is nothing that needs them.
    """
    if not may_quote(transcript, study):
        return []
    values = (transcript.attributes.get(name, "") for name in study.show_attributes)
    return [value for value in values if value]


def place(transcript: Transcript, turn: Turn, position: int) -> str:
    """The time of a position where the transcript has times, else its line."""
    time = turn.time_at(position)
    return clock(time) if time is not None else f"line {transcript.line(position)}"


def clock(seconds: float) -> str:
    """Seconds as HH:MM:SS."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def citation(transcript: Transcript, turn: Turn, position: int, study: Study) -> str:
    """A citation to paste: ID, what may be said of the person, speaker, turn, time or line."""
    parts = [transcript.id, *shown_attributes(transcript, study)]
    speaker = shown_speaker(transcript, turn, study)
    if speaker and speaker.casefold() != transcript.id.casefold():
        parts.append(speaker)
    unit = "turn" if transcript.has_speakers else "paragraph"
    parts += [f"{unit} {turn.number}", place(transcript, turn, position)]
    return f"({', '.join(parts)})"


def singling_out(codings: Codings, study: Study) -> dict[str, list[str]]:
    """Shown attributes with a value that only one person has: attribute -> their IDs."""
    found: dict[str, list[str]] = {}
    for name in study.show_attributes:
        holders: dict[str, set[str]] = defaultdict(set)
        ids: dict[str, str] = {}
        for coding in codings.transcripts:
            transcript = coding.transcript
            value = transcript.attributes.get(name, "")
            if value and may_quote(transcript, study):
                holders[value].add(transcript.case)
                ids.setdefault(value, transcript.id)
        alone = sorted(ids[value] for value, cases in holders.items() if len(cases) == 1)
        if alone:
            found[name] = alone
    return found
