"""What `thematic check` found, as a table, and what rules caught in the corpus at hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from thematic.analysis.result import ResultTable
from thematic.analysis.sources import may_print
from thematic.errors import Problem, Severity
from thematic.model.codebook import RuleKind
from thematic.model.coding import Codings
from thematic.model.nouns import dataclass
from thematic.model.study import Study


@dataclass(frozen=True)
class Checked:
    """All problems, sorted by file and line, and some facts to judge them by."""

    problems: tuple[Problem, ...]
    facts: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def shown(self, *, errors_only: bool) -> list[Problem]:
        """The problems to show."""
        return [p for p in self.problems if not errors_only or p.severity is Severity.ERROR]

    def table(self, *, errors_only: bool = False) -> ResultTable:
        """One row per problem."""
        rows = tuple(
            (p.severity.value, p.file, p.line or None, p.message, p.hint)
            for p in self.shown(errors_only=errors_only)
        )
        columns = ("severity", "file", "line", "message", "hint")
        return ResultTable("problems", columns, rows, notes=self.facts)


def silent_rules(codings: Codings) -> list[str]:
    """Rules that found nothing at all in these transcripts, as "code: rule"."""
    found = {(m.code, m.rule) for source in codings.transcripts for m in source.mentions}
    return [
        f"{code.path}: {rule.text}"
        for code in codings.codebook.codes()
        for index, rule in enumerate(code.rules)
        if (code.path, index) not in found
    ]


def lemma_catches(
    codings: Codings, study: Study
) -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    """What each lemma rule caught: code, rule, and (words, mentions), most frequent first.

    Words that may not be printed are left out.
    """
    rules = {code.path: code.rules for code in codings.codebook.codes()}
    caught: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for source in codings.transcripts:
        text = source.transcript.text
        for mention in source.counted():
            if not may_print(source.transcript, mention.span, study):
                continue
            if rules[mention.code][mention.rule].kind is RuleKind.LEMMA:
                words = " ".join(text[mention.span.start : mention.span.end].lower().split())
                caught[mention.code, mention.rule][words] += 1
    for code in codings.codebook.codes():
        for index, rule in enumerate(code.rules):
            found = caught.get((code.path, index))
            if found:
                order = sorted(found.items(), key=lambda item: (-item[1], item[0]))
                yield code.path, rule.text, order
