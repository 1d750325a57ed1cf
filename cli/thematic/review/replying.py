"""From forms that came back to replies: what each says of which words, and what is unclear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from thematic.errors import Problem, Severity, did_you_mean
from thematic.model.extracts import FilledQuote, digest, referred
from thematic.model.nouns import dataclass
from thematic.model.people import Event, Passage, Reply, Wish
from thematic.review.anchoring import How, anchored, passage_at
from thematic.review.standing import standing

_WISHES = {
    "approve": Wish.APPROVE,
    "approved": Wish.APPROVE,
    "ok": Wish.APPROVE,
    "okay": Wish.APPROVE,
    "yes": Wish.APPROVE,
    "change": Wish.CHANGE,
    "changed": Wish.CHANGE,
    "withdraw": Wish.WITHDRAW,
    "withdrawn": Wish.WITHDRAW,
}
_WRITTEN_OUT = re.compile(r"\\u[0-9a-f]{4}")  # how unseen characters are shown
_CUT = "[…]"  # ends words that were too long for a cell
_FOUND = (How.SAME, How.MOVED, How.RESPACED)


@dataclass
class Returned:
    """All that came back in one file.

    Args:
        replies: one for each passage with an answer; a withdrawal also beside another.
        silent: the places of passages without one; nothing follows from silence.
        problems: what is wrong; with an error nothing should be recorded.
    """

    replies: list[Reply] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def returned(filled: Sequence[FilledQuote], texts: Mapping[str, str], coder: str) -> Returned:
    """The replies of a form, and every doubt about them. Never raises.

    A passage is found by its reference; where the transcript was corrected since, by its
    words. Words that were altered in the form itself are the wording of a change, and never
    approved.

    Args:
        filled: as `exchange.extract_form` reads it.
        texts: transcript ID -> its text.
        coder: who records the replies.
    """
    found = Returned()
    seen: dict[Passage, Reply] = {}
    for one in filled:
        reply = _Reading(one, texts, coder, found).reply()
        if reply is None:
            continue
        first = seen.setdefault(reply.passage, reply)
        if first is reply:
            found.replies.append(reply)
        elif (first.wish, first.wording) != (reply.wish, reply.wording):
            message = f"{one.place}: the same passage has another answer above"
            found.problems.append(Problem("", 0, message, "keep one of the two"))
            if reply.wish is Wish.WITHDRAW:
                found.replies.append(reply)
    return found


def new_replies(replies: Sequence[Reply], events: Sequence[Event], source: str) -> list[Reply]:
    """The replies that say something new.

    One that stands is not new. Nor is one that is the last of its passage from the same file:
    what was recorded or undone since, elsewhere, is not overwritten.
    """
    stands = {_same(one.act) for one in standing(events) if isinstance(one.act, Reply)}
    last = {
        one.act.passage: _same(one.act)
        for one in events
        if isinstance(one.act, Reply) and one.source == source
    }
    return [
        one for one in replies if _same(one) not in stands and last.get(one.passage) != _same(one)
    ]


def in_force(replies: Iterable[Reply], events: Sequence[Event]) -> int:
    """To how many passages such a reply stands."""
    stands = {_same(one.act) for one in standing(events) if isinstance(one.act, Reply)}
    return len({one.passage for one in replies if _same(one) in stands})


def _same(reply: Reply) -> tuple[Passage, Wish, str, str]:
    return reply.passage, reply.wish, reply.wording, reply.note


class _Reading:
    """One passage of a form; what is wrong with it goes to the problems."""

    def __init__(
        self, one: FilledQuote, texts: Mapping[str, str], coder: str, found: Returned
    ) -> None:
        self.one, self.texts, self.coder, self.found = one, texts, coder, found

    def reply(self) -> Reply | None:
        passage = self._passage()
        if passage is None:
            return None
        wish = self._wish()
        if wish is None:
            return None
        altered = self._altered(passage.quote)
        wording = self.one.wording or (altered if wish is Wish.CHANGE else "")
        if wish is Wish.APPROVE and (wording or altered):
            what = "the words of the quote were altered" if altered else "another wording is given"
            hint = "ask the person; write change if other words are to stand there"
            self._fault(f"approve, but {what}", hint)
            return None
        return Reply(
            passage, wish, self.coder, wording if wish is Wish.CHANGE else "", self._note(wish)
        )

    def _note(self, wish: Wish) -> str:
        kept = self.one.wording if wish is Wish.WITHDRAW else ""
        return "\n".join(filter(None, (kept, self.one.remarks)))

    def _wish(self) -> Wish | None:
        written = self.one.answer.strip().strip(".!").casefold()
        if written in _WISHES:
            return _WISHES[written]
        if written:
            hint = (
                did_you_mean(written, [wish.value for wish in Wish])
                or "write approve, change or withdraw"
            )
            self._fault(f"{self.one.answer!r} is no answer", hint)
            return None
        self.found.silent.append(self.one.place)
        if self.one.wording or self.one.remarks or self._altered_unasked():
            message = f"{self.one.place}: there are words, but no answer; nothing is recorded of it"
            hint = "ask the person, and write approve, change or withdraw"
            self.found.problems.append(Problem("", 0, message, hint, Severity.WARNING))
        return None

    def _altered_unasked(self) -> bool:
        passage = self._passage(tell=False)
        return passage is not None and bool(self._altered(passage.quote))

    def _passage(self, *, tell: bool = True) -> Passage | None:
        named = referred(self.one.reference)
        if named is None:
            self._lost("its reference cannot be read", tell=tell)
            return None
        id, span, code = named
        text = self.texts.get(id)
        if text is None:
            self._lost(f"there is no transcript {id!r}", tell=tell)
            return None
        if digest(text[span.start : span.end]) == code:
            return passage_at(id, text, span)
        now = anchored(Passage(id, span, self.one.words), text)
        if now.span is None or now.how not in _FOUND:
            self._lost(f"its words are not in {id} as they were", tell=tell)
            return None
        return passage_at(id, text, now.span)

    def _lost(self, message: str, *, tell: bool) -> None:
        if tell:
            hint = "write the reference as it was in the form, or extract the quotes again"
            self._fault(message, hint)

    def _altered(self, quote: str) -> str:
        """The words of the form, where they are others than the quote's."""
        words = self.one.words.strip()
        shown, meant = _letters(words.removesuffix(_CUT)), _letters(quote)
        cut = words.endswith(_CUT) and meant.startswith(shown)
        return "" if not words or shown == meant or cut else words

    def _fault(self, message: str, hint: str) -> None:
        self.found.problems.append(Problem("", 0, f"{self.one.place}: {message}", hint))


def _letters(text: str) -> str:
    """Letters and digits only: programs change quotation marks, dashes and blanks."""
    return "".join(one for one in _WRITTEN_OUT.sub("", text) if one.isalnum())
