"""The files that `thematic sample` writes: a sheet for each coder, and the sealed key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.errors import OutputRefused, UsageError
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.model.codebook import Code
    from thematic.model.coding import Codings
    from thematic.model.samples import Sample, SheetRow
    from thematic.model.study import Study

HOW = (
    "Write yes where the code holds for the words, no where it does not; leave the cell empty "
    "where you cannot judge.",
    "Judge the column `words` only: `before` and `after` help to understand them.",
    "Judge alone. Do not change the columns `row` and `coder`.",
    "`missing code`: what the words are about and no column asks for. `note`: anything else.",
)
MOST_IN_WORD = 10  # codes side by side on a page


class SheetFormat(StrEnum):
    """How sheets are written."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"


@dataclass(frozen=True)
class SheetPlace:
    """Where sheets go, and in which format."""

    folder: Path
    to: SheetFormat
    stem: str = ""  # of a file that was named; "" = as the sample is called

    @classmethod
    def of(cls, output: Path, to: SheetFormat | None) -> SheetPlace:
        """A folder, or a file by whose ending the format is known.

        Raises:
            UsageError: the ending is another one than the format that is asked for.
        """
        suffix = output.suffix.lower().lstrip(".")
        if output.is_dir() or suffix not in set(SheetFormat):
            return cls(output, to or SheetFormat.XLSX)
        if to is not None and to.value != suffix:
            raise UsageError(f"{str(output)!r} is no {to} file", "leave out -f, or change -o")
        return cls(output.parent, SheetFormat(suffix), output.stem.removesuffix(".sheet"))

    def files(self, sample: str, coders: Sequence[str]) -> dict[Path, str]:
        """The file of each coder; its name says that it is no transcript."""
        from thematic.report.file_names import name_parts

        stem, parts = self.stem or sample, name_parts(coders)
        return {self.folder / f"{stem}-{parts[one]}.sheet.{self.to}": one for one in coders}


@dataclass(frozen=True)
class RowsOf:
    """From what the rows of sheets are made: the coded study, and whose words they may show."""

    codings: Codings
    study: Study | None  # None = all words


def demand_room(place: SheetPlace, codes: Sequence[str]) -> None:
    """See that the codes have room side by side.

    Raises:
        UsageError: they have not.
    """
    if place.to is SheetFormat.DOCX and len(codes) > MOST_IN_WORD:
        raise UsageError(
            f"{len(codes)} codes have no room side by side on a page",
            f"a Word sheet takes {MOST_IN_WORD}: name some with --theme, or write -f xlsx",
        )


def write_sheets(
    drawn: Sample,
    made_of: RowsOf,
    coders: Sequence[str],
    place: SheetPlace,
    inputs: Inputs,
) -> None:
    """The sheets, then the sealed key; a sheet that is there is never replaced.

    Raises:
        OutputRefused: one is there, or cannot be written.
    """
    from thematic.analysis.sample_rows import in_own_order, sheet_rows
    from thematic.commands.emit import refuse_inputs
    from thematic.report.folder import write_file
    from thematic.store.samples import sample_file, sample_text

    files = place.files(drawn.name, coders)
    for file in files:
        if file.exists():
            raise OutputRefused(f"{str(file)!r} is there already", "choose another --name or -o")
    refuse_inputs(files, inputs)
    key = sample_file(inputs.base, drawn.name)
    _make_folder(place.folder)
    _make_folder(key.parent)
    sheet = _writer(drawn, made_of, place.to, inputs.study.status.value)
    for file, coder in files.items():
        rows = sheet_rows(in_own_order(drawn, coder), made_of.codings, made_of.study)
        write_file(file, sheet(rows, coder))
    write_file(key, sample_text(drawn))


def _writer(
    drawn: Sample, made_of: RowsOf, to: SheetFormat, status: str
) -> Callable[[Sequence[SheetRow], str], str | bytes]:
    """What makes the sheet of a coder from its rows."""
    codes = made_of.codings.codebook.codes()
    said: Mapping[str, str] = {code.path: _said(code) for code in codes if code.path in drawn.codes}
    if to is SheetFormat.CSV:
        from thematic.report.sheets import sheet_csv

        return lambda rows, coder: sheet_csv(rows, drawn.codes, coder, status)
    if to is SheetFormat.DOCX:
        from thematic.report.sheets_word import sheet_docx

        return lambda rows, coder: sheet_docx(rows, said, coder, status)
    from thematic.report.sheets import sheet_xlsx

    return lambda rows, coder: sheet_xlsx(rows, said, coder, HOW, status)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(
            f"cannot make the folder {str(folder)!r}: {error.strerror or error}",
            "choose another with -o",
        ) from error


def _said(code: Code) -> str:
    """What the codebook says of a code and of the codes below it."""
    entry = [code.brief, code.definition]
    entry += [f"Use it: {code.when_to_use}"] if code.when_to_use else []
    entry += [f"Do not use it: {code.when_not_to_use}"] if code.when_not_to_use else []
    below = [one for one in code.walk() if one is not code]
    entry += [f"- {one.path}: {one.brief or one.definition}".rstrip(": ") for one in below]
    return "\n".join(" ".join(part.split()) for part in entry if part.strip())
