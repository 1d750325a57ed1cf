"""The paragraphs of a method note, and the table of facts below them."""

from __future__ import annotations

from collections.abc import Iterator

from thematic.model.codebook import Negation, Nested
from thematic.report.method_run import (
    Run,
    counted,
    joined,
    left_out,
    listed,
    number,
    read,
    tallied,
)

NO_AGREEMENT = "No coefficient of agreement was computed."
_WHY_NONE = (
    "[Say why: for reflexive thematic analysis none is expected; else have a second person code, "
    "see: thematic sample, thematic agree.]"
)
UNCHECKED = "Every coding is suggested by rules, and no person has checked any of them."


def paragraphs(run: Run) -> Iterator[str]:
    """The note as text to paste; what only the researcher knows is left in brackets."""
    yield _material(run)
    yield _coding(run)
    yield _counting(run)
    yield _people(run)
    yield from run.agreement or [f"{NO_AGREEMENT} {_WHY_NONE}"]
    yield _words(run)


def _material(run: Run) -> str:
    found = run.overview
    missing = f" {number(found.faulty, 'file')} could not be read." if found.faulty else ""
    nameless = len(found.without_speakers)
    unnamed = (
        f" Nobody is named as speaking in {number(nameless, 'transcript')}; there each paragraph "
        "is a turn."
        if nameless
        else ""
    )
    within = " Interviewers' words are counted in." if found.includes_interviewer else ""
    return (
        f"The material is {read(run)}.{missing} [Say who took part, how they were chosen, and how "
        f"the talks were recorded and transcribed.] Counted were {counted(run)}. Left out: "
        f"{left_out(run)}.{within}{unnamed}"
    )


def _coding(run: Run) -> str:
    book = run.facts.codebook
    below = book.codes - book.themes
    levels = f" on up to {book.levels} levels" if book.levels > 1 else ""
    are = "is" if book.manual == 1 else "are"
    manual = f" {number(book.manual, 'code')} {are} for people only." if book.manual else ""
    return (
        f"Codes were suggested by thematic {run.version} from the codebook {run.book} (SHA-256 "
        f"{run.overview.codebook_hash}): {number(book.themes, 'theme')} with "
        f"{number(below, 'code')} below them{levels}, and {number(book.rules_n, 'rule')} "
        f"({tallied(book.rules) or 'none'}). A rule is a surface pattern: it finds words, not "
        f"what they mean.{manual} Rules reach over one {run.overview.scope}; {_letters(run)}. "
        f"{_overlap(run)} {_guards(run)} {_negation(run)}"
    )


def _letters(run: Run) -> str:
    heeding = run.facts.codebook.case_rules
    case = "upper and lower case are not told apart"
    if heeding:
        case += f", but by {number(heeding, 'rule')}"
    accents = "accents are ignored" if run.codebook.ignore_accents else "accents count as written"
    return f"{case}; {accents}"


def _overlap(run: Run) -> str:
    what = "of one code" if run.codebook.nested is Nested.CODE else "of any codes"
    return (
        f"Of matches {what} that overlap, only the longest is a mention "
        f"({run.facts.swallowed:,} shorter ones are not counted)."
    )


def _guards(run: Run) -> str:
    rules = run.facts.codebook.guarded
    if not rules:
        return "No rule has a guard."
    return (
        f"{number(rules, 'rule')} {'has' if rules == 1 else 'have'} guards, words beside which "
        f"nothing is counted: they withheld {number(run.facts.guarded, 'mention')}."
    )


def _negation(run: Run) -> str:
    facts = run.facts
    said = []
    settings = dict(facts.codebook.negation)
    if settings.get(Negation.MARK):
        said.append(f"marked and counted ({facts.negated:,})")
    if settings.get(Negation.WITHHOLD):
        rules = number(settings[Negation.WITHHOLD], "rule")
        said.append(f"withheld by {rules} ({facts.negation_withheld:,})")
    if settings.get(Negation.IGNORE):
        said.append(f"not looked for by {number(settings[Negation.IGNORE], 'rule')}")
    if not said:
        return ""
    cues = "the codebook's" if run.codebook.negation_cues is not None else "the language's"
    return (
        f"Mentions with a cue of negation ({cues} list) at most five words before them were "
        f"{joined(said)}."
    )


def _counting(run: Run) -> str:
    unit = run.overview.unit
    kinds = " Kinds of transcript were not pooled." if len(run.overview.kinds) > 1 else ""
    return (
        f"The unit that is counted is the {unit}: a {unit} with several mentions of a code counts "
        f"once for it, and once for the theme above it. In all, rules suggest "
        f"{run.overview.theme_codings:,} codings ({unit} by theme) from "
        f"{number(run.overview.mentions, 'mention')}.{kinds} Numbers count talk, also of denial "
        "and doubt, and not agreement. Themes have unequal numbers of rules and were not ranked. "
        "Percentages stand only on a base of 20 or more."
    )


def _people(run: Run) -> str:
    found = run.overview
    if not found.people and not found.settled:
        return UNCHECKED
    who = f" by {number(len(found.people), 'person')} ({', '.join(found.people)})"
    differ = f"; on {found.differing:,} people differ" if found.differing else ""
    settled = (
        f" {number(found.settled, 'judgement')} of a code on a passage "
        f"{'was' if found.settled == 1 else 'were'} taken together."
        if found.settled
        else ""
    )
    return (
        f"Of the {found.theme_codings:,} suggested codings {found.checked:,} were checked"
        f"{who if found.people else ' by coders together'}: {found.right:,} hold{differ}. People "
        f"say of {found.decided:,} codings, suggested or not, that they hold.{settled} [Say who "
        "they are, how they were trained, and how the codings to check were drawn.]"
    )


def _words(run: Run) -> str:
    facts = run.facts
    shown = listed(name for name, _ in facts.attributes)
    held = [
        f"{number(n, 'passage')} {what}"
        for n, what in (
            (facts.withdrawn, "taken back by the person quoted"),
            (facts.to_change, "that the person quoted wants to word differently"),
        )
        if n
    ]
    not_printed = f" Not printed as spoken: {joined(held)}." if held else ""
    return (
        f"Quotations are verbatim and cited by transcript{f', {shown}' if shown else ''}, "
        "speaker, turn, and time or line. Consent by transcript: "
        f"{tallied(facts.consents)}; words of those who did not consent to quotation are counted "
        f"and not quoted.{not_printed}"
    )


def fact_rows(run: Run) -> Iterator[tuple[str, str]]:
    """Topic and value of every fact, in the order in which the work was done."""
    found, facts, book = run.overview, run.facts, run.facts.codebook
    yield "Status", found.status.value or "not stated"
    yield "Read", f"{read(run)}; {number(found.faulty, 'file')} not read"
    yield "Formats", tallied(facts.formats)
    yield "Counted", counted(run)
    yield "Left out", left_out(run)
    yield "Excluded", listed(run.exclude) or "nobody"
    yield "Codebook", f"{run.book}; SHA-256 {run.codebook.hash}"
    below = number(book.codes - book.themes, "code")
    yield "Codes", f"{number(book.themes, 'theme')}, {below} below them, {book.manual} by hand"
    yield "Rules", f"{book.rules_n:,}: {tallied(book.rules) or 'none'}"
    yield "Language", listed([run.codebook.language, *filter(None, [run.codebook.model])])
    yield "Scope", f"{found.scope}: how far a rule reaches"
    yield "Unit", f"{found.unit}: what is counted once"
    yield "Letters", _letters(run)
    yield "Overlaps", _overlap(run)
    yield "Guards", _guards(run)
    yield "Negation", _negation(run) or "not looked for: there are no rules"
    yield "Marks", listed(run.codebook.marks) or "none"
    yield "Mentions", f"{found.mentions:,} counted, {found.withheld:,} withheld"
    yield "Codings", f"{found.theme_codings:,} suggested ({found.unit} by theme)"
    yield "Checked", _checked(run)
    yield "Agreement", "computed, see the text" if run.agreement else "not computed"
    yield "Consent", f"by transcript: {tallied(facts.consents)}"
    yield "Withheld", f"{facts.withdrawn:,} passages taken back, {facts.to_change:,} to change"
    yield "Citations", listed(name for name, _ in facts.attributes) or "no attributes shown"
    yield "Engine", f"fast engine of thematic {run.version}"
    yield "Software", run.software


def _checked(run: Run) -> str:
    found = run.overview
    if not found.people and not found.settled:
        return "by nobody"
    who = f" by {listed(found.people)}" if found.people else ""
    return (
        f"{found.checked:,} of {found.theme_codings:,} suggested codings{who}: {found.right:,} "
        f"hold, {found.differing:,} disputed; {found.decided:,} decided, suggested or not"
    )
