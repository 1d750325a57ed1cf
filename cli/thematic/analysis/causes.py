"""What is different between the inputs of two results, by their manifests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from thematic.model.nouns import dataclass

Document = Mapping[str, Any]


class Cause(StrEnum):
    """Why numbers may be others."""

    TRANSCRIPT = "transcript changed"
    TRANSCRIPT_NEW = "transcript new"
    TRANSCRIPT_GONE = "transcript gone"
    STUDY = "study changed"
    CODEBOOK = "codebook changed"
    SETTING = "setting changed"
    PEOPLE = "log of people changed"
    VERSION = "version changed"
    COMMAND = "command changed"


# What files hold is compared, not their names; the others add to what is written.
_NO_NUMBERS = ("--codebook", "--attributes", "--since", "--brief", "--pdf")


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference of inputs: what it is about, and how it was and is."""

    cause: Cause
    about: str
    was: str = ""
    now: str = ""
    detail: str = ""


def causes(old: Document, new: Document) -> Iterator[Changed]:
    """Every difference between the inputs that two manifests name, the transcripts first."""
    yield from _transcripts(old, new)
    yield from _study(old["study"], new["study"])
    yield from _codebook(old["codebook"], new["codebook"])
    yield from _values(Cause.SETTING, old["settings"], new["settings"])
    yield from _people(old.get("people"), new.get("people"))
    yield from _values(Cause.VERSION, old["versions"], new["versions"])
    before, after = (one["command"]["options"] for one in (old, new))
    yield from _values(Cause.COMMAND, before, after, leave=_NO_NUMBERS)


def _transcripts(old: Document, new: Document) -> Iterator[Changed]:
    before = {one["id"]: one for one in old["transcripts"]}
    after = {one["id"]: one for one in new["transcripts"]}
    for id in sorted({*before, *after}):
        if id not in after:
            yield Changed(Cause.TRANSCRIPT_GONE, id)
        elif id not in before:
            yield Changed(Cause.TRANSCRIPT_NEW, id)
        else:
            parts = list(_parts(before[id], after[id]))
            if parts:
                yield Changed(Cause.TRANSCRIPT, id, detail=", ".join(parts))


def _parts(old: Document, new: Document) -> Iterator[str]:
    """What of a transcript is another, in words."""
    text = old["text_sha256"] != new["text_sha256"]
    turns = old["turns_sha256"] != new["turns_sha256"]
    if text:
        yield "its text"
    elif turns:
        yield "its turns, speakers, roles or times"
    elif old["bytes_sha256"] != new["bytes_sha256"]:
        yield "only the bytes of its file: text and turns are the same"
    if old["attributes_sha256"] != new["attributes_sha256"]:
        yield "its attributes"
    elif (old["kind"], old["case"]) != (new["kind"], new["case"]):
        yield "its kind or case"
    if not text and old["words_counted"] != new["words_counted"]:
        yield f"words that count: {old['words_counted']} → {new['words_counted']}"


def _study(old: Document, new: Document) -> Iterator[Changed]:
    found = list(_values(Cause.STUDY, old, new, leave=("sha256", "attributes_sha256")))
    yield from found
    if old["sha256"] != new["sha256"] and not found:
        yield Changed(Cause.STUDY, "study.yaml", detail="its file")
    if old["attributes_sha256"] != new["attributes_sha256"]:
        yield Changed(Cause.STUDY, "attributes", detail="the table of attributes")


def _codebook(old: Document, new: Document) -> Iterator[Changed]:
    found = [*_values(Cause.CODEBOOK, old, new, leave=_OF_CODEBOOK), *_codes(old, new)]
    for part, word in (("lists", "list"), ("marks", "mark")):
        for name in sorted({*old[part], *new[part]}):
            if old[part].get(name) != new[part].get(name):
                found.append(Changed(Cause.CODEBOOK, f"{word} {name}", detail="its words"))
    if old["negation_cues"] != new["negation_cues"]:
        found.append(Changed(Cause.CODEBOOK, "negation_cues"))
    yield from found
    if not found and old["sha256"] != new["sha256"]:
        detail = "its text, but no rule, definition, list or mark"
        yield Changed(Cause.CODEBOOK, "file", detail=detail)


_OF_CODEBOOK = ("sha256", "bytes_sha256", "codes", "lists", "marks", "negation_cues")


def _codes(old: Document, new: Document) -> Iterator[Changed]:
    before = {one["code"]: one for one in old["codes"]}
    after = {one["code"]: one for one in new["codes"]}
    renamed = _renamed(before, after)
    for code in {**before, **after}:
        if code in renamed:
            yield Changed(Cause.CODEBOOK, code, code, renamed[code], "code renamed")
            continue
        if code in renamed.values():
            continue
        if code not in after or code not in before:
            yield Changed(Cause.CODEBOOK, code, detail=f"code {'new' if code in after else 'gone'}")
            continue
        told = list(_of_code(before[code], after[code]))
        if told:
            yield Changed(Cause.CODEBOOK, code, detail=", ".join(told))
    if list(before) != list(after) and set(before) == set(after):
        yield Changed(Cause.CODEBOOK, "order of codes")


def _renamed(before: Mapping[str, Document], after: Mapping[str, Document]) -> dict[str, str]:
    """Codes that are gone with the only new ones that have the very same rules."""
    gone = [code for code in before if code not in after and before[code]["rules"]]
    come = [code for code in after if code not in before]
    found = {}
    for code in gone:
        rules = before[code]["rules"]
        alike = [one for one in come if after[one]["rules"] == rules]
        if len(alike) == 1 and sum(before[one]["rules"] == rules for one in gone) == 1:
            found[code] = alike[0]
    return found


def _of_code(old: Document, new: Document) -> Iterator[str]:
    gone = [rule for rule in old["rules"] if rule not in new["rules"]]
    come = [rule for rule in new["rules"] if rule not in old["rules"]]
    changed = min(len(gone), len(come))
    for number, word in ((changed, "changed"), (len(come) - changed, "new"),
                         (len(gone) - changed, "gone")):  # fmt: skip
        if number:
            yield f"{number} rule{'s' if number > 1 else ''} {word}"
    if not gone and not come and old["rules"] != new["rules"]:
        yield "its rules in another order"
    if old["definition"] != new["definition"]:
        yield "its definition"


def _people(old: Document | None, new: Document | None) -> Iterator[Changed]:
    if old != new:
        was, now = (f"{one['events']} events" if one else "none" for one in (old, new))
        yield Changed(Cause.PEOPLE, "people.sqlite", was, now)


def _values(
    cause: Cause, old: Document, new: Document, leave: tuple[str, ...] = ()
) -> Iterator[Changed]:
    for name in sorted({*old, *new}):
        if name not in leave and old.get(name) != new.get(name):
            yield Changed(cause, name, _text(old.get(name)), _text(new.get(name)))


def _text(value: Any) -> str:
    match value:
        case None:
            return "none"
        case list():
            return ", ".join(map(str, value)) or "none"
        case dict():
            return ", ".join(f"{name} {one}" for name, one in value.items()) or "none"
        case _:
            return str(value)
