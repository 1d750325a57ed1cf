"""Forms of `thematic extract` that came back, recorded in the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.filled import SheetsFaulty
from thematic.commands.inputs import read_inputs
from thematic.commands.reading import limits_of
from thematic.commands.request import Request, faults, listing
from thematic.errors import Problem, Severity, UsageError

if TYPE_CHECKING:
    from thematic.model.people import Reply
    from thematic.review.replying import Returned
    from thematic.store.database import Store

_FEW = 8  # passages that are named


def take_in(
    request: Request, files: Sequence[Path], coder: str, *, check: bool, quiet: bool
) -> dict[Path, list[Reply]]:
    """Record what people replied, of all files; what was recorded, by file.

    Where anything has a fault only withdrawals are recorded, which must not wait for it.

    Raises:
        SheetsFaulty: a file or an answer has a fault; all are listed.
        UsageError: there is no study here, or nobody is named as the one who records.
    """
    from thematic.report.talk import tell, tell_problems
    from thematic.store.database import open_store
    from thematic.store.entries import named_coder

    if not coder.strip():
        raise UsageError("who records the replies was not said", "add --coder, such as --coder AK")
    who = named_coder(coder)
    inputs = read_inputs(request, need_codebook=False)
    if inputs.study_file is None:
        raise UsageError("there is no study.yaml here", "begin with: thematic init")
    texts = {one.id: one.text for one in inputs.transcripts}
    came = {file: _read(file, request, texts, who) for file in dict.fromkeys(files)}
    problems = [one.within(str(file)) for file, found in came.items() for one in found.problems]
    errors = [one for one in problems if one.severity is Severity.ERROR]
    store = open_store(inputs.base)
    if errors:
        told = _withdrawn_first(came, store, who, errors, check=check)
        raise SheetsFaulty(told, listing(errors))
    tell_problems(problems, quiet=quiet)
    recorded: dict[Path, list[Reply]] = {}
    for file, found in came.items():
        from thematic.review.replying import new_replies

        new = new_replies(found.replies, store.events(), file.name)
        recorded[file] = new
        if not check:
            store.record(new, who, datetime.now(UTC), {}, source=file.name)
        for line in _told(file, found, new, check=check):
            tell(line, quiet=quiet)
    return recorded


def _withdrawn_first(
    came: Mapping[Path, Returned],
    store: Store,
    coder: str,
    errors: Sequence[Problem],
    *,
    check: bool,
) -> str:
    """Record the withdrawals that are clear, though there are faults; what came of it, in words."""
    from thematic.model.people import Wish
    from thematic.review.replying import in_force, new_replies

    clear = 0
    for file, found in came.items():
        wanted = [one for one in found.replies if one.wish is Wish.WITHDRAW]
        new = new_replies(wanted, store.events(), file.name)
        if not check:
            store.record(new, coder, datetime.now(UTC), {}, source=file.name)
        clear += len(new) if check else in_force(wanted, store.events())
    if not clear:
        return f"the replies have {faults(errors)}; nothing is recorded, and nothing is in force"
    one = clear == 1
    said = f"{clear} withdrawal{'' if one else 's'} "
    said += "would be" if check else "is" if one else "are"
    rows = f"{len(errors)} other row{' has a fault' if len(errors) == 1 else 's have faults'}"
    return f"{said} in force; {rows}, and nothing else is recorded"


def _read(file: Path, request: Request, texts: dict[str, str], coder: str) -> Returned:
    from thematic.commands.given_files import bytes_of
    from thematic.exchange.extract_form import read_extract
    from thematic.review.replying import Returned, returned

    filled, problems = read_extract(file, bytes_of(file), limits_of(request))
    found = returned(filled, texts, coder) if filled else Returned()
    found.problems += [Problem("", p.line, p.message, p.hint, p.severity) for p in problems]
    return found


def _told(file: Path, found: Returned, new: Sequence[Reply], *, check: bool) -> list[str]:
    counts = Counter(reply.wish.value for reply in new)
    said = ", ".join(f"{number} {wish}" for wish, number in counts.items()) or "nothing new"
    known = f"; {len(found.replies) - len(new)} were there already"
    lines = [
        f"{file.name}: {'would be ' * check}recorded: {said}"
        f"{known * (len(new) < len(found.replies))}"
    ]
    if found.silent:
        places = ", ".join(found.silent[:_FEW]) + (" …" if len(found.silent) > _FEW else "")
        lines.append(
            f"{file.name}: not answered, and so not approved: {len(found.silent)} ({places})"
        )
    return lines
