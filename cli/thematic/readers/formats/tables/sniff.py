"""Whether a text is a table, told by its header or by its columns of times."""

from __future__ import annotations

from itertools import islice

_LOOKED_AT = 200_000  # characters
_ROWS = 40
_FEWEST_ROLES = 2  # the text, and who says it or when


def is_tab_table(text: str) -> bool:
    """Whether a text file is a table parted by tabs, as Excel, NVivo and ELAN save them."""
    start = text[:_LOOKED_AT].lstrip("\n ")
    tab = start.find("\t", 0, (start.find("\n") + 1) or len(start))
    return tab >= 0 and table_suffix(start) == ".tsv"


def table_suffix(text: str) -> str:
    """`.tsv` or `.csv` for a table whose first row names the text and who says it or when.

    So is one that a survey program wrote, and one parted by tabs whose rows have begin and
    end, as ELAN exports it. An empty text for all others.
    """
    # Few texts are asked, and what reads tables takes longer to import than they to read.
    from thematic.readers.formats.column_names import roles_named
    from thematic.readers.formats.tables.headerless import headerless_columns
    from thematic.readers.formats.tables.rows import delimiter_of, read_rows
    from thematic.readers.formats.tables.survey_forms import known_form

    start = text[:_LOOKED_AT]
    delimiter = delimiter_of(start, "")
    first = next((line for line in start.split("\n") if line.strip()), "")
    if delimiter not in first and not first.casefold().startswith("sep="):
        return ""
    rows = list(islice(read_rows(start, delimiter)[0], _ROWS))
    if len(rows) < 2:
        return ""
    suffix = ".tsv" if delimiter == "\t" else ".csv"
    if roles_named(rows[0].cells) >= _FEWEST_ROLES or known_form(rows):
        return suffix
    columns = headerless_columns(rows, []) if delimiter == "\t" else None
    return suffix if columns is not None and columns.end is not None else ""
