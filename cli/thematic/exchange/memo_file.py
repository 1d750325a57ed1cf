"""Memos as Markdown files: what a memo is about, and whose it is, stand above its text."""

from __future__ import annotations

from thematic.exchange.incoming import Came, Incoming, Known
from thematic.model.people import About, Memo, Passage
from thematic.model.transcript import Transcript
from thematic.readers.formats.decoding import decode, newlines
from thematic.readers.formats.front_matter import read_front_matter
from thematic.review.anchoring import passage_at

_HINT = "write `about: code finance/mining`, `transcript: E01`, `turn: E01#14` or `about: study`"
_KINDS = ("code", "transcript", "turn", "study")


def read_memo(data: bytes, known: Known) -> Incoming:
    """One memo, with `about:` (or `code:`, `transcript:`, `turn:`), `coder:` and `date:`.

    A date is kept at the head of the memo's text, for the log has the time of recording.
    """
    found = Incoming()
    text, problems = decode(data)
    found.problems += problems
    if text is None:
        return found
    text = newlines(text)
    front = read_front_matter(text)
    found.problems += front.problems
    words = "\n".join(text.split("\n")[front.lines :]).strip()
    said = {name: value for name, value in front.attributes.items() if value}
    coder = known.coder_of(said.get("coder", "") or said.get("author", ""))
    for name in said.keys() - {*_KINDS, "about", "coder", "author", "date", "title"}:
        found.doubt(f"{name!r} in its front matter is not known, and was left out", _HINT)
    if not words:
        found.refuse("memo", "it has no text", coder=coder)
    elif not coder:
        hint = "write `coder: AK` above it, or use --coder NAME"
        found.refuse("memo", "it names no coder", hint, said=words, about=_transcript_in(said))
    else:
        head = [f"[{said['date']}]"] if "date" in said else []
        head += [said["title"]] if "title" in said else []
        _take("\n".join([" ".join(head), words]).strip(), said, coder, known, found)
    return found


def _take(text: str, said: dict[str, str], coder: str, known: Known, found: Incoming) -> None:
    kind, target = _about(said)
    if kind == "study":
        _add(found, Memo(text, coder, About.STUDY))
    elif kind == "code":
        paths = known.codes.named(target)
        if len(paths) == 1:
            _add(found, Memo(text, coder, About.CODE, paths[0]))
        else:
            found.refuse("memo", *known.codes.fault(target), said=text, coder=coder)
    elif kind in ("transcript", "turn"):
        id, _, number = target.rpartition("#") if kind == "turn" else (target, "", "")
        transcript = known.transcript_of(id)
        if transcript is None:
            told = known.no_transcript(id or target)
            found.refuse("memo", *told, said=text, coder=coder, about=id or target)
        elif kind == "transcript":
            _add(found, Memo(text, coder, About.TRANSCRIPT, transcript.id))
        else:
            _take_turn(text, coder, transcript, number.strip(), found)
    else:
        found.refuse("memo", f"it is about {target!r}, which is not understood", _HINT, said=text)


def _about(said: dict[str, str]) -> tuple[str, str]:
    """What a memo is about: one of _KINDS, or "" where that is not understood; and of it which."""
    for kind in ("turn", "code", "transcript"):
        if kind in said:
            return kind, said[kind]
    written = said.get("about", "study")
    kind, _, target = written.replace(":", " ", 1).partition(" ")
    kind = kind.strip().casefold()
    return (kind, target.strip()) if kind in _KINDS else ("", written)


def _transcript_in(said: dict[str, str]) -> str:
    """The ID of the transcript that a memo is about, as it is written; "" = about none."""
    kind, target = _about(said)
    return target.rpartition("#")[0] if kind == "turn" else target * (kind == "transcript")


def _take_turn(text: str, coder: str, transcript: Transcript, number: str, found: Incoming) -> None:
    turn = next((one for one in transcript.turns if str(one.number) == number), None)
    if turn is None:
        hint = f"the last is {len(transcript.turns)}"
        message = f"{transcript.id} has no turn {number!r}"
        found.refuse("memo", message, hint, said=text, about=transcript.id)
        return
    passage: Passage = passage_at(transcript.id, transcript.text, turn.span)
    _add(found, Memo(text, coder, About.TURN, f"{transcript.id}#{number}", passage))


def _add(found: Incoming, memo: Memo) -> None:
    found.came.append(Came("memo", memo, coder=memo.coder))
