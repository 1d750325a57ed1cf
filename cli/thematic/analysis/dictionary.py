"""What every column of a deposit holds: its type, its unit, and what it means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from thematic.analysis.result import ResultTable

Said = tuple[str, str, str]  # type, unit, meaning
_HEADS = ["file", "column", "type", "unit", "meaning", "study_status"]
_CHARACTER = "characters of the transcript's text from 0 (Unicode code points)"


def _t(meaning: str) -> Said:
    return "text", "", meaning


def _n(unit: str, meaning: str) -> Said:
    return "whole number", unit, meaning


def _share(meaning: str) -> Said:
    return "number from 0 to 1", "share", meaning


def _flag(meaning: str) -> Said:
    return "true or false", "", meaning


COLUMNS: Mapping[str, Said] = {
    # Where something stands.
    "transcript": _t("ID of the transcript"),
    "kind": _t("kind of transcript; kinds are never added together"),
    "case": _t("the person: transcripts with one case are of one person"),
    "role": _t("role of the speaker: interviewer, respondent, other, or empty"),
    "turn": _n("turn", "number of the turn in the transcript, from 1"),
    "time": ("number", "seconds", "from the start of the recording; empty without times"),
    "line": _n("line", "line of the transcript's text, from 1"),
    "unit_start": _n(_CHARACTER, "where the coded unit begins"),
    "unit_end": _n(_CHARACTER, "where it ends; the end is not included"),
    "unit_words": _n("word", "counted words of the coded unit"),
    "start": _n(_CHARACTER, "where the passage begins"),
    "end": _n(_CHARACTER, "where it ends; the end is not included"),
    "onto_start": _n(_CHARACTER, "of an extend: where the new passage begins"),
    "onto_end": _n(_CHARACTER, "of an extend: where it ends"),
    # What was coded.
    "theme": _t("the topmost code"),
    "code": _t("path of the code: theme/code/sub-code"),
    "mentions": _n("mention", "counted matches of rules"),
    "negated": ("whole number, or true or false", "unit", "every counted mention is negated"),
    "marks": _t("names of the codebook's marks that hold, with ; between"),
    "suggested": _flag("whether rules suggest the code there"),
    "decided": _flag("whether people say that the code holds; empty where nobody decided"),
    "status": _t("where the coding stands: suggested, or what people decided"),
    "coder": _t("by whose word: rules, or the name under which a person coded"),
    "into": _t("of a recode: the code that holds instead"),
    "act": _t("coding, or decision on what rules suggest"),
    "verdict": _t("of a decision: accept, reject, recode, extend or add"),
    "definition_hash": _t("hash of the code's definition, 16 hex digits"),
    # Frequencies.
    "transcripts": _n("transcript", "transcripts with at least one counted mention"),
    "transcripts_N": _n("transcript", "base: transcripts with a counted word, or as declared"),
    "transcripts_share": _share("transcripts of transcripts_N; empty where N is under 20"),
    "cases": _n("person", "persons with at least one counted mention"),
    "cases_N": _n("person", "base: persons with a counted word; one for each not read"),
    "cases_read": _n("person", "persons with a counted word that were read"),
    "cases_share": _share("cases of cases_N; empty where cases_N is under 20"),
    "units": _n("unit", "units with at least one counted mention, each once"),
    "withheld": _n("mention", "mentions kept out by a guard or a negation; not counted"),
    "top_case_units": _n("unit", "units of the person with most"),
    "top_case_share": _share("top_case_units of units; empty for fewer than 20 units"),
    "words_covered": _n("word", "words of the coded units"),
    "words_N": _n("word", "counted words of the group"),
    "units_per_1000_words": ("number", "units for each 1,000 words", "rate on words_N"),
    "decided_transcripts": _n("transcript", "on which people say that the code holds"),
    "decided_cases": _n("person", "on whom people say that the code holds"),
    "decided_units": _n("unit", "on which people say that the code holds"),
    "checked": _n("unit", "suggested units that people judged, disputed ones too"),
    "right": _n("unit", "of checked, those on which the code holds"),
    "disputed": _n("unit", "of checked, those on which people differ and nobody settled it"),
    "coded_by": _t("rules; coded by people only; empty without rules"),
    "unit": _t("what is counted once: sentence, paragraph, turn or transcript"),
    "scope": _t("how far rules reach"),
    "N_declared": _n("transcript", "how many the study expects of this kind"),
    "codebook": _t("name and version of the codebook"),
    "codebook_hash": _t("first 8 hex digits of the SHA-256 of the codebook's file"),
    "study_status": _t("real, invented, or empty where it is not stated"),
    # Transcripts.
    "consent": _t("what the person allowed; empty where it is not stated"),
    "turns": _n("turn", "turns of the transcript"),
    "words_counted": _n("word", "words of the turns that count"),
    "text_sha256": _t("SHA-256 of the transcript's text, by which its holder knows it again"),
    # The codebook.
    "brief": _t("short description"),
    "definition": _t("what the code means"),
    "when_to_use": _t("when to use it"),
    "when_not_to_use": _t("when not to use it"),
    "rules": _t("the rules that suggest the code, one a line"),
    "unless": _t("words that keep a mention out, one a line"),
    # This file.
    "file": _t("name of the file"),
    "column": _t("name of the column"),
    "type": _t("what stands in the cells"),
    "meaning": _t("what it means"),
}


def dictionary(
    tables: Mapping[str, ResultTable],
    marks: Collection[str],
    attributes: Collection[str],
    status: str,
) -> ResultTable:
    """One row for each column of each file, that of the dictionary itself among them.

    Args:
        tables: by the name of the file.
        marks: of the codebook, which are columns of counts.
        attributes: that the study shows, which are columns of transcripts.
        status: of the study.
    """
    rows = tuple(
        (file, str(column), *_said(str(column), marks, attributes), status)
        for file, columns in _columns(tables)
        for column in columns
    )
    return ResultTable("data-dictionary", tuple(_HEADS), rows)


def _columns(tables: Mapping[str, ResultTable]) -> Iterable[tuple[str, Iterable[object]]]:
    yield from ((file, table.columns) for file, table in tables.items())
    yield "data-dictionary.csv", _HEADS


def _said(column: str, marks: Collection[str], attributes: Collection[str]) -> Said:
    if column in marks:
        return _n("unit", f"units in which every counted mention has the mark {column}")
    if column not in COLUMNS and column in attributes:
        return _t(f"attribute of the transcript that the study shows: {column}")
    return COLUMNS[column]
