"""Parts of the documentation that are made from the code, between `<!-- generated: ... -->`."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

_PART = re.compile(
    r"(<!-- generated: (?P<name>[\w -]+) -->\n).*?(<!-- end of generated -->)", re.DOTALL
)
_TESTS = Path(__file__).parents[2] / "tests"


def with_generated(page: str) -> str:
    """The page with every generated part made anew."""
    return _PART.sub(lambda m: f"{m[1]}{_made(m['name'])}{m[3]}", page)


def _made(name: str) -> str:
    what, _, rest = name.partition(" ")
    makers: dict[str, Callable[[str], str]] = {
        "command": command_reference,
        "shared-options": lambda _: shared_options(),
        "conformance": lambda _: conformance(),
        "negation": lambda _: negation(),
        "cues": lambda _: cues(),
        "notes": lambda _: notes(),
        "formats": lambda _: formats(),
        "limits": lambda _: limits(),
    }
    return makers[what](rest)


@dataclass(frozen=True)
class Parameter:
    """One argument or option of a command, as its function declares it."""

    name: str
    type: Any
    default: Any
    info: Any  # typer's ArgumentInfo or OptionInfo

    @property
    def is_argument(self) -> bool:
        """Whether it is given by its place, not by its name."""
        return type(self.info).__name__ == "ArgumentInfo"

    @property
    def is_list(self) -> bool:
        """Whether it may be given more than once."""
        return get_origin(self.type) is list


def commands() -> dict[str, Callable[..., Any]]:
    """The function of every command by its name, in the order of the help."""
    from thematic.app import app_of

    found = app_of().registered_commands
    return {str(one.name): one.callback for one in found if one.callback}


def parameters(command: Callable[..., Any]) -> list[Parameter]:
    """The arguments and options of a command, in the order of its help."""
    hints = get_type_hints(command, include_extras=True)
    found = []
    for name, parameter in inspect.signature(command).parameters.items():
        annotated, *infos = get_args(hints[name])
        kinds = [kind for kind in get_args(annotated) if kind is not NoneType]
        kind = kinds[0] if NoneType in get_args(annotated) else annotated
        found.append(Parameter(name, kind, parameter.default, infos[0]))
    return found


def _shared() -> set[str]:
    from thematic.commands.options import request_from

    return set(inspect.signature(request_from).parameters)


def command_reference(name: str) -> str:
    """What a command does, its arguments and its own options."""
    found = parameters(commands()[name])
    shared = _shared() <= {one.name for one in found}
    words = [one for one in found if one.is_argument]
    own = [one for one in found if one not in words and not (shared and one.name in _shared())]
    usage = " ".join(["thematic", name, "[OPTIONS]", *map(_argument, words)])
    said = " ".join((commands()[name].__doc__ or "").split())
    lines = ["```text", usage, "```", "", said, ""]
    rows = [(f"`{_argument(one)}`", one.info.help) for one in words] + [_option(one) for one in own]
    lines += _table(("Argument or option", "Meaning"), rows)
    if shared:
        lines += ["", "Also all [shared options](#shared-options)."]
    return "\n".join(lines) + "\n"


def shared_options() -> str:
    """The options of every command that codes transcripts."""
    found = parameters(commands()["report"])
    options = [one for one in found if one.name in _shared() and not one.is_argument]
    return "\n".join(_table(("Option", "Meaning"), [_option(one) for one in options])) + "\n"


def _argument(one: Parameter) -> str:
    name = one.name.upper() + ("..." if one.is_list else "")
    return name if one.default is inspect.Parameter.empty else f"[{name}]"


def _option(one: Parameter) -> tuple[str, str]:
    # Within Annotated, Typer keeps an option's first name in the place of its default.
    names = [one.info.default, *one.info.param_decls]
    declared = [part.strip() for name in names if isinstance(name, str) for part in name.split("/")]
    value = "" if one.type is bool else f" `{_value(one)}`"
    said = one.info.help
    if one.default not in (None, "", False, True, inspect.Parameter.empty):
        said += f" Default: `{one.default}`."
    if one.is_list:
        said += " May be given more than once."
    return ", ".join(f"`{name}`" for name in declared) + value, said


def _value(one: Parameter) -> str:
    if one.info.metavar:
        return str(one.info.metavar)
    if isinstance(one.type, type) and issubclass(one.type, Enum):
        return "|".join(member.value for member in one.type)
    kinds: dict[Any, str] = {int: "N", Path: "PATH"}
    return kinds.get(one.type, "TEXT")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    for row in rows:
        cells = (cell.replace("|", "\\|") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _rows_of(test: str) -> list[Any]:
    """The parameters of a test of the conformance table."""
    sys.path.insert(0, str(_TESTS))
    try:
        import test_coding_conformance as table
    finally:
        sys.path.remove(str(_TESTS))
    rows: list[Any] = getattr(table, test).pytestmark[0].args[1]
    return rows


def conformance() -> str:
    """The conformance table as the tests run it."""
    rows = []
    for row in _rows_of("test_mentions"):
        yaml, text, found = row.values
        book = re.fullmatch(r"(.*)\nthemes: .*?rules: \[(.*)\]\}\}\n", yaml, re.DOTALL)
        if book is None:
            raise ValueError(f"row {row.id} is not one code with rules: {yaml}")
        top, rules = book.groups()
        finds = ", ".join(_code(words) for words in found) or "nothing"
        rows.append((row.id, _code(rules), _code(top) if top else "", _code(text), finds))
    return "\n".join(_table(("Row", "Rules", "At the top", "Text", "Finds"), rows)) + "\n"


def negation() -> str:
    """The rows on negation; the rule is the phrase `host`."""
    rows = [
        (row.id, _code(row.values[0]), _code(row.values[1]) if row.values[1] else "not negated")
        for row in _rows_of("test_negation")
    ]
    return "\n".join(_table(("Row", "Text", "Negated by"), rows)) + "\n"


def _code(text: str) -> str:
    shown = text.replace("\n", "⏎").replace("\u00ad", "[soft hyphen]")
    return f"`{shown}`"


def cues() -> str:
    """English words that negate, and those that only look so."""
    from thematic.coding.compile import NOT_CUES
    from thematic.coding.language import ENGLISH_CUES

    return (
        f"Cues: {_listed(ENGLISH_CUES)}.\n\nNo cues: {_listed(NOT_CUES)}; *no* before a comma; "
        "*without* after *cannot* or *can't*.\n"
    )


def notes() -> str:
    """Words by which a transcriber's note is recognised."""
    from thematic.coding.notes import NOTE_WORDS

    return f"{_listed(NOTE_WORDS)}.\n"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def formats() -> str:
    """One row for each reader, with all the endings it reads."""
    from thematic.readers import READERS

    endings: dict[int, list[str]] = {}
    for suffix, reader in READERS.items():
        endings.setdefault(id(reader), []).append(f"`{suffix}`")
    by_reader = {id(reader): reader for reader in READERS.values()}
    rows = [
        (", ".join(endings[key]), one.what, one.keeps, one.loses or "–", one.library or "–")
        for key, one in by_reader.items()
    ]
    columns = ("Ending", "What it is", "Kept beside the words", "Known not to work", "Read by")
    return "\n".join(_table(columns, rows)) + "\n"


def limits() -> str:
    """What each limit means, and its default."""
    from thematic.readers import Limits

    said = re.search(r"Args:\n(.*)", inspect.getdoc(Limits) or "", re.DOTALL)
    meanings = dict(re.findall(r"^ +(\w+): (.*)$", said[1] if said else "", re.MULTILINE))
    rows = [
        (f"`{name}`", meanings[name], f"{getattr(Limits(), name):,}")
        for name in Limits.__dataclass_fields__
    ]
    return "\n".join(_table(("Limit", "What", "Default"), rows)) + "\n"
