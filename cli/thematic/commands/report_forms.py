"""What a report can be written as: one file by its ending, or a folder of all of them."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.errors import UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.results import Results
    from thematic.report.appendix import Appendix
    from thematic.report.coded_transcripts import CodedTranscript
    from thematic.report.content import Report
    from thematic.report.method import MethodNote
    from thematic.report.page import Page


class Form(StrEnum):
    """One file that holds a report."""

    HTML = "html"
    MD = "md"
    JSON = "json"
    DOCX = "docx"
    XLSX = "xlsx"
    TEX = "tex"
    PDF = "pdf"


_ENDINGS = {".htm": Form.HTML, ".markdown": Form.MD} | {f".{form}": form for form in Form}
_NO_FILE = (".csv", ".tsv", ".txt", ".yaml", ".yml", ".doc", ".xls", ".odt", ".rtf")
BRIEF = "brief.docx"
_IN_FOLDER = (Form.HTML, Form.MD, Form.DOCX, Form.XLSX, Form.TEX)
_WITH_TRANSCRIPTS = (Form.HTML, Form.DOCX, Form.PDF)


def form_of(output: Path) -> Form | None:
    """The form that the ending of a name says; None for a folder.

    Raises:
        UsageError: it is the ending of a file that no report can be.
    """
    if output.is_dir():
        return None
    ending = output.suffix.lower()
    if ending in _NO_FILE:
        forms = ", ".join(f".{form}" for form in Form)
        raise UsageError(
            f"a report is no {ending} file", f"name a folder with -o, or a file: {forms}"
        )
    return _ENDINGS.get(ending)


def demand_transcripts(form: Form | None, *, on_screen: bool) -> None:
    """Refuse whole transcripts in a form that cannot hold them.

    Raises:
        UsageError: it is such a form.
    """
    if on_screen:
        raise UsageError("the terminal shows no transcripts here", "name a folder or file with -o")
    if form is not None and form not in _WITH_TRANSCRIPTS:
        raise UsageError(
            f"a report as .{form} holds no transcripts",
            "name a folder, or an .html, .docx or .pdf file; or leave out --with-transcripts",
        )


class Forms:
    """The files of one report."""

    def __init__(self, found: Results, note: MethodNote, *, whole: bool) -> None:
        """`whole`: transcripts too, in the forms that can hold them."""
        self._found = found
        self._note = note
        self._whole = whole

    def folder(self, *, raw: bool, brief: bool = False) -> dict[str, str | bytes]:
        """The files of a result folder but its manifest: name -> text or bytes.

        Args:
            raw: leave cells that a spreadsheet could read as a formula as they are.
            brief: two pages in Word too.
        """
        from thematic.report.data import as_csv, as_json
        from thematic.report.method import method_markdown

        files = {f"report.{form}": self.file(form) for form in _IN_FOLDER}
        files["method.md"] = method_markdown(self._note)
        if self._found.since is not None:
            from thematic.report.earlier import BEFORE, before_json

            files[BEFORE] = before_json(self._found.since.earlier)
        if brief:
            files[BRIEF] = self._brief
        for name, table in self._tables.items():
            files[f"{name}.csv"] = as_csv(table, raw=raw)
            files[f"{name}.json"] = as_json(table)
        return files

    def file(self, form: Form) -> str | bytes:
        """One file."""
        match form:
            case Form.HTML:
                return self._html()
            case Form.MD:
                from thematic.report.markdown import report_markdown

                return report_markdown(self._content)
            case Form.JSON:
                from thematic.report.data import tables_as_json

                return tables_as_json("report", [self._found.frequencies, self._found.quotes])
            case Form.DOCX:
                from thematic.report.report_word import report_docx

                return report_docx(self._content, self._note, self._appendix, self._transcripts)
            case Form.XLSX:
                return self._workbook()
            case Form.TEX:
                from thematic.report.latex import report_latex

                return report_latex(self._content, self._appendix)
            case Form.PDF:
                from thematic.commands.printing import demand_browser, printed

                return printed(self._html(on_paper=True), demand_browser())

    @cached_property
    def _content(self) -> Report:
        return self._found.content(codes=True)

    @cached_property
    def _page(self) -> Page:
        from thematic.report.page import page_of

        found = self._found
        return page_of(
            self._content,
            self._note,
            found.by_transcript,
            found.evidence,
            found.codings,
            found.study,
            with_transcripts=self._whole,
        )

    def _html(self, *, on_paper: bool = False) -> str:
        from thematic.report.html import report_html

        return report_html(self._page, on_paper=on_paper)

    @property
    def _tables(self) -> dict[str, ResultTable]:
        found = self._found
        from thematic.commands.status import with_status_column

        changed = found.since and with_status_column(found.since.changes, found.study)
        changes = {"changes": changed} if changed else {}
        return changes | {
            "frequencies": found.frequencies,
            "frequencies-by-transcript": found.by_transcript,
            "quotes": found.quotes,
            "mentions": found.mentions,
            "codings": found.coding_rows,
        }

    def _workbook(self) -> bytes:
        from thematic.report.workbook import lines_of, workbook_xlsx

        content = self._content
        banner = {"": [content.banner]} if content.banner else {}
        about = {"Report": [content.heading, *filter(None, [content.title])]} | banner
        about |= dict(lines_of(content.facts))
        about["Method note"] = list(self._note.paragraphs)
        return workbook_xlsx(self._tables | {"method": self._note.table}, about)

    @property
    def _brief(self) -> bytes:
        from thematic.report.brief import brief_docx
        from thematic.report.changed import changed_facts, themes_grid
        from thematic.report.grid import frequency_grids

        found, since = self._found, self._found.since
        return brief_docx(
            found.content(codes=False),
            frequency_grids(found.frequencies, codes=False),
            changed_facts(since.changes, since.earlier, themes=False) if since else (),
            themes_grid(since.changes) if since else None,
        )

    @cached_property
    def _appendix(self) -> Appendix:
        from thematic.report.appendix import appendix

        found = self._found
        book = found.codings.codebook
        return appendix(found.frequencies, found.evidence, book, found.study)

    @cached_property
    def _transcripts(self) -> list[CodedTranscript]:
        if not self._whole:
            return []
        from thematic.report.coded_transcripts import coded_transcripts

        found = self._found
        return coded_transcripts(found.codings, found.evidence, found.study)
