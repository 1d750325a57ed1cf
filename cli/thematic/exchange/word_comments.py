"""Word comments as codings and memos, on the words of the transcript they were written on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from thematic.exchange.alignment import Alignment, Likeness
from thematic.exchange.incoming import Came, Incoming, Known
from thematic.exchange.naming import Remark
from thematic.exchange.spoken import Spoken, spoken
from thematic.exchange.word_file import Comment, WordFile, read_word_file
from thematic.model.copies import SUGGESTING, named_in
from thematic.model.people import About, Memo, Passage
from thematic.model.transcript import Span, Transcript
from thematic.readers.limits import Limits
from thematic.review.anchoring import How, passage_at

_STAMP = r"[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?"
_ENOUGH = 0.1  # share of a transcript's words by which a file is taken for a copy of it
_MOST_SHOWN = 80  # characters of words in a message
_CLEARLY = 0.8  # at most this share of the best one's may the second best have


def read_comments(data: bytes, known: Known, limits: Limits) -> Incoming:
    """What the comments of a Word file say; the file is a reading copy, or the user's own.

    Never raises for what the file holds.
    """
    found = Incoming()
    file, problems = read_word_file(data, limits)
    found.problems += problems
    if file is None:
        return found
    if not file.comments:
        found.doubt("it has no comments", "write comments in Word: Review, New Comment")
        return found
    transcript = _transcript_of(file, known, found)
    if transcript is None:
        return found
    suggested = 0
    copy = _Copy(file, transcript)
    for comment in file.comments:
        if comment.author == SUGGESTING:
            suggested += 1
        elif comment.text.strip():
            _take(comment, copy, known, found)
        else:
            _pass_over(comment, known, found)
    if suggested:
        found.note(f"{suggested} comments are suggestions of the rules and were passed over")
    return found


def _transcript_of(file: WordFile, known: Known, found: Incoming) -> Transcript | None:
    """The transcript a file is a copy of: the one named, or that with its words."""
    if known.transcript:
        named = known.transcript_of(known.transcript)
        if named is None:
            found.refuse("the file", *known.no_transcript(known.transcript))
        return named
    id, _ = named_in(file.identifier)
    same = next((one for one in known.transcripts if one.id == id), None)
    if same is not None:
        return same
    words, _ = _without_labels(file, known.transcripts)
    likeness = Likeness(words)
    scored = [(likeness.to(spoken(one).text), one.id, one) for one in known.transcripts]
    scored.sort(key=lambda one: one[:2], reverse=True)
    if not scored or scored[0][0] < _ENOUGH:
        hint = "say which with --transcript ID"
        found.refuse("the file", "it has the words of no transcript of the study", hint)
        return None
    if len(scored) > 1 and scored[1][0] > _CLEARLY * scored[0][0]:
        message = f"it may be a copy of {scored[0][1]} or of {scored[1][1]}"
        found.refuse("the file", message, "say which with --transcript ID")
        return None
    return scored[0][2]


def _without_labels(file: WordFile, transcripts: Sequence[Transcript]) -> tuple[str, list[range]]:
    """A file's words that lie in no label of these transcripts, and their places."""
    left_out = sorted([*file.labels, *_written_labels(file, transcripts)])
    kept = list(_places_without(left_out, len(file.text)))
    return "".join(file.text[part.start : part.stop] for part in kept), kept


class _Copy:
    """A file laid beside its transcript, labels left out."""

    def __init__(self, file: WordFile, transcript: Transcript) -> None:
        self.transcript = transcript
        self._file = file
        words, kept = _without_labels(file, [transcript])
        self._kept = list(chain.from_iterable(kept))
        self._spoken: Spoken = spoken(transcript)
        self._alignment = Alignment(words, self._spoken.text)
        self._words = words

    def place(self, comment: Comment) -> tuple[Passage | None, How]:
        """The passage of a comment: its words, else those of its paragraph."""
        span = self._own(comment.span) if comment.span else None
        if span is None:
            at = comment.span.start if comment.span else comment.mark
            span = self._paragraph(at)
        if span is None:
            return None, How.ABSENT  # it stands on no words of a transcript
        place, how = self._alignment.place(span)
        if place is None:
            return None, How.LOST
        raw = self._spoken.raw(place)
        return passage_at(self.transcript.id, self.transcript.text, raw), how

    def words(self, comment: Comment) -> str:
        """The words of the file that a comment stands on."""
        span = comment.span or Span(max(0, comment.mark), max(0, comment.mark))
        return " ".join(self._file.text[span.start : span.end].split())

    def _own(self, span: Span) -> Span | None:
        """A stretch of the file among its words without labels; None where nothing is left."""
        start, end = bisect_left(self._kept, span.start), bisect_left(self._kept, span.end)
        return Span(start, end) if self._words[start:end].strip() else None

    def _paragraph(self, at: int) -> Span | None:
        """The paragraph at a place; of a paragraph that is a label, the words below it."""
        if at < 0:
            return None
        here, *below = [one for one in self._file.paragraphs if one.end >= at] or [Span(0, 0)]
        words = self._own(here)
        if words is not None or not self._file.text[here.start : here.end].strip():
            return words
        for one in below:
            more = self._own(one)
            if more is not None:
                words = more if words is None else Span(words.start, more.end)
            elif self._file.text[one.start : one.end].strip():
                break  # the next label
        return words


def _written_labels(file: WordFile, transcripts: Sequence[Transcript]) -> Iterator[Span]:
    """Labels and stamps at the start of paragraphs, where no style tells them."""
    if file.labels:
        return
    turns = (turn for transcript in transcripts for turn in transcript.turns)
    labels = {name for turn in turns for name in (turn.label, turn.speaker) if name}
    names = "|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or "(?!)"
    start = re.compile(
        rf"\d+ · [^\n]*|\s*(?:{_STAMP}\s*)*(?:(?:{names})\s*(?:\([^()\n]{{0,40}}\)\s*)?"
        rf"(?:{_STAMP}\s*)?(?:[:.|\t–—-]+|(?=\n)|\Z)\s*(?:{_STAMP}\s*)?)?",
        re.IGNORECASE,
    )
    for paragraph in file.paragraphs:
        found = start.match(file.text, paragraph.start, paragraph.end)
        if found and found[0].strip():
            yield Span(paragraph.start, found.end())


def _places_without(left_out: Sequence[Span], length: int) -> Iterator[range]:
    """The places of a text that lie in none of these stretches, which are in order."""
    at = 0
    for span in left_out:
        yield range(at, max(at, span.start))
        at = max(at, span.end)
    yield range(at, length)


def _take(comment: Comment, copy: _Copy, known: Known, found: Incoming) -> None:
    """One comment as acts."""
    place = f"comment {comment.number}"
    coder = known.coder_of(comment.author)
    passage, how = copy.place(comment)
    about = copy.transcript.id
    if not coder:
        message = f"its author {comment.author!r} is nobody's name"
        hint = "say whose it is with --coder NAME"
        found.refuse(place, message, hint, said=comment.text, on=passage, about=about)
        return
    remark = known.codes.understood(comment.text)
    if comment.answers:
        if remark.codes:
            found.note(f"{place} is a reply and names a code; replies are memos")
        remark = Remark(note=comment.text)
    for message, hint in remark.faults:
        said = comment.text
        found.refuse(place, message, hint, said=said, coder=coder, on=passage, about=about)
    if remark.faults and not remark.codes:
        return
    if passage is None:
        _take_unplaced(comment, remark, copy, coder, found)
        return
    if how is How.UNSURE:
        found.doubt(f"{place}: its words stand more than once; look at the place")
    if not remark.codes and known.codes.is_near(comment.text):
        hint = f"{known.codes.guess(comment.text)} a code is written with # before it"
        found.doubt(f"{place}: {comment.text!r} is taken for a memo", hint)
    found.add(place, passage, how, remark.codes, remark.note, coder)


def _pass_over(comment: Comment, known: Known, found: Incoming) -> None:
    """A comment without text: nothing is recorded of it, and that is said."""
    place, why = f"comment {comment.number}", "ignored, for it has no text"
    coder = known.coder_of(comment.author)
    found.came.append(Came(place, why=why, coder=coder, ignored=True))
    found.doubt(f"{place}: {why}", "write a code or a memo into it, or delete it")


def _take_unplaced(
    comment: Comment, remark: Remark, copy: _Copy, coder: str, found: Incoming
) -> None:
    """A comment on no words of the transcript: a memo about the whole, or a fault."""
    place, id = f"comment {comment.number}", copy.transcript.id
    words = copy.words(comment)[:_MOST_SHOWN]
    told = f"its words are not in {id}: {words!r}" if words else "it stands on no words"
    if remark.codes:
        # Without the words: nobody knows whether the table may show them.
        told = f"its words are not in {id}" if words else told
        hint = "comment on words of the transcript"
        found.refuse(place, told, hint, said=comment.text, coder=coder, about=id)
        return
    found.doubt(f"{place}: {told}; taken as a memo about {id}")
    memo = Memo(comment.text, coder, About.TRANSCRIPT, id)
    found.came.append(Came(place, memo, coder=coder))
