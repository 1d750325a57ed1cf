"""What one run answers of COREQ and SRQR, and what it leaves to the researcher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thematic.model.nouns import dataclass
from thematic.report.checklists import COREQ, SRQR, Item
from thematic.report.method_run import Run, listed, number, persons, read, tallied
from thematic.report.method_text import NO_AGREEMENT

YES, IN_PART, NO = "yes", "in part", "no"


@dataclass(frozen=True)
class Answer:
    """What the run says to one item.

    Args:
        supported: yes, in part or no.
        text: the answer; "" where there is none.
        left: what the researcher must still say; "" where nothing is known to be open.
    """

    item: Item
    supported: str = NO
    text: str = ""
    left: str = ""


def answers(run: Run) -> Iterator[Answer]:
    """One answer for each item of COREQ and SRQR, in their order."""
    found = {("COREQ", number): said for number, said in _coreq(run).items()}
    found |= {("SRQR", number): said for number, said in _srqr(run).items()}
    for item in (*COREQ, *SRQR):
        said = found.get((item.standard, item.number))
        yield Answer(item, *said) if said else Answer(item)


_Said = tuple[str, str, str]  # supported, answer, what is left


def _coreq(run: Run) -> Mapping[str, _Said]:
    return {"12": (YES, f"{persons(run)}.", "")} | _sample(run) | _coders(run) | _findings(run)


def _sample(run: Run) -> dict[str, _Said]:
    shown = listed(f"{name} ({number(n, 'value')})" for name, n in run.facts.attributes)
    again = run.facts.repeated
    have = f"{number(again, 'person')} {'has' if again == 1 else 'have'}"
    found: dict[str, _Said] = {
        "18": (
            IN_PART,
            f"{have if again else 'No person has'} more than one transcript.",
            "Say whether anybody was interviewed again.",
        ),
        "22": (
            NO,
            "",
            "Not computed. `thematic appearance` tells when codes first appear, which is not "
            "saturation.",
        ),
    }
    if shown:
        left = "Describe the sample; see that no attribute singles out a person."
        found["16"] = (IN_PART, f"Attributes shown in citations: {shown}.", left)
    return found


def _coders(run: Run) -> dict[str, _Said]:
    book = run.facts.codebook
    return {
        "24": (
            IN_PART,
            f"Rules suggested codes; {_judges(run)}.",
            "Say who else coded, and what they knew of the study.",
        ),
        "25": (
            YES,
            f"Codebook {run.book} (SHA-256 {run.overview.codebook_hash}): {book.themes} themes, "
            f"{book.codes - book.themes} codes below them, {book.levels} levels.",
            "Add the printed codebook: thematic codebook -o codebook.docx",
        ),
        "26": (
            IN_PART,
            "The codebook was fixed before this run; "
            f"{book.sources:,} of {number(book.codes, 'entry')} say where the code comes from.",
            "Say which themes were set in advance and which were derived from the data.",
        ),
        "27": (YES, f"{run.software}.", ""),
    }


def _findings(run: Run) -> dict[str, _Said]:
    themes = number(run.facts.codebook.themes, "theme")
    return {
        "29": (IN_PART, _cited(run), "Present quotations, and say how they were chosen."),
        "30": (
            IN_PART,
            "Every number can be followed to its places: mentions.csv and codings.csv of the "
            "result folder.",
            "Judge it.",
        ),
        "31": (
            IN_PART,
            f"{themes} in the tables, each with n and N.",
            "Say which are major, and why: counts do not rank themes.",
        ),
        "32": (
            IN_PART,
            "Rows of zero stay, and transcripts without a theme are listed; `thematic uncoded` "
            "looks for negative cases.",
            "Describe diverse cases.",
        ),
    }


def _srqr(run: Run) -> Mapping[str, _Said]:
    facts = run.facts
    return {
        "S9": (
            IN_PART,
            f"Consent by transcript: {tallied(facts.consents)}.",
            "Name the ethics approval, and how data are kept.",
        ),
        "S12": (IN_PART, f"{read(run)}; {persons(run)}.", "Give their relevant characteristics."),
        "S13": (
            IN_PART,
            f"Files ({tallied(facts.formats)}) were each read into one plain text, to which all "
            f"positions refer; coded by {run.software}; the manifest of the result folder holds "
            "a hash of every text.",
            "Tell of transcription, storage and pseudonyms.",
        ),
        "S14": (
            IN_PART,
            f"Codes suggested by {number(facts.codebook.rules_n, 'rule')}; {_judges(run)}.",
            "Tell how themes were developed, by whom, and by which approach.",
        ),
        "S15": (
            IN_PART,
            f"Audit trail: what people decided is logged (thematic log). {_agreed(run)}",
            "Name other techniques and the reasons for them.",
        ),
        "S17": (IN_PART, _cited(run), "Present quotations."),
    }


def _judges(run: Run) -> str:
    found = run.overview
    if not found.people:
        return "coders together judged them" if found.settled else "nobody has judged them"
    who = f"{number(len(found.people), 'person')} ({', '.join(found.people)})"
    return f"{who} judged {found.checked:,} of {found.theme_codings:,} codings of themes"


def _agreed(run: Run) -> str:
    return "Agreement: see the text." if run.agreement else NO_AGREEMENT


def _cited(run: Run) -> str:
    shown = "".join(f", {name}" for name, _ in run.facts.attributes)
    return f"Each quotation is cited by transcript ID{shown}, speaker, turn, and time or line."
