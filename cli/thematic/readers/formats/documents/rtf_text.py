"""The text of an RTF file, from its tokens."""

from __future__ import annotations

import re

from thematic.readers.formats.documents.blocks import Block
from thematic.readers.formats.documents.rtf_charsets import SYMBOL, Charsets, Font, codec_of_page
from thematic.readers.formats.documents.rtf_page import RtfPage
from thematic.readers.formats.documents.rtf_state import State
from thematic.readers.formats.documents.rtf_tokens import Kind, Tokens
from thematic.readers.formats.documents.rtf_words import (
    ESCAPED,
    GROUPS,
    MEANT,
    PAGES,
    SIGNS,
    SWITCHES,
    TOLD,
    Group,
)
from thematic.readers.formats.documents.symbols import is_symbol_font, symbol
from thematic.readers.formats.documents.titles import is_title_style

_SYMBOL_FIELD = re.compile(r'\s*SYMBOL\s+(\d{1,5})(?:.*\\f\s+"?([^"\\]+))?', re.DOTALL)
_LARGEST = 0x10FFFF
_JUNK = " \t\0\x1a"  # what programs leave behind the end


class RtfText:
    """Reads the tokens of one file once; open groups are on a list, not on Python's stack."""

    def __init__(self, charsets: Charsets) -> None:
        self.page = RtfPage()
        self.damaged = 0  # bytes that mean nothing in their encoding
        self.goes_on = False  # words stand behind the end
        self._charsets = charsets
        self._state = State()
        self._states: list[State] = []
        self._default_font = -1
        self._bytes = bytearray()  # not decoded yet
        self._unread = 0  # signs that say again what a \u said
        self._ended = False

    @property
    def is_cut_off(self) -> bool:
        """Whether groups are open at the end."""
        return bool(self._states)

    def read(self, text: str) -> list[Block]:
        """The blocks of a file whose bytes, or decoded signs, are the characters of `text`."""
        tokens = Tokens(text, MEANT)
        for kind, words, number in tokens:
            if kind is Kind.TEXT:
                self._take_text(words)
            elif kind is Kind.BYTES:
                self._take_bytes(bytes.fromhex(words))
            elif kind is Kind.SIGN:
                self._take_sign(words)
            else:
                self._flush()
                self._unread = 0
                if kind is Kind.OPEN:
                    self._open()
                elif kind is Kind.CLOSE:
                    self._close()
                elif self._is_group_of_text(words):
                    self._take_word(words, number)
                else:
                    tokens.skip_group()
        self._flush()
        return self.page.finish()

    # Groups

    def _open(self) -> None:
        self._states.append(self._state)
        self._state = self._state.inner()

    def _close(self) -> None:
        if not self._states:
            return
        inner, self._state = self._state, self._states.pop()
        self._ended = self._ended or not self._states
        if inner.gathered is not None and inner.gathered is not self._state.gathered:
            self._take_gathered(inner.group, "".join(inner.gathered))
        if inner.group is Group.BOX and self._state.group is not Group.BOX:
            self.page.end_box()

    def _is_group_of_text(self, word: str) -> bool:
        """Enter the group that a control word names; False where it is to be left out."""
        state = self._state
        if not state.begins:
            return True
        state.begins = False
        group = GROUPS.get(word, Group.NOTHING if state.starred else None)
        if group is None:
            return True
        if group is Group.NOTHING:
            if word in TOLD:
                self.page.missing[TOLD[word]] += 1
            return False
        state.group = group
        if group in (Group.LABEL, Group.FIELD):
            state.gathered = []
        if group is Group.BOX:
            state.in_table = False
            self.page.begin_box()
        return True

    def _take_gathered(self, group: Group, text: str) -> None:
        if group is Group.FIELD:
            found = _SYMBOL_FIELD.match(text)
            if found:
                self._say(symbol((found[2] or "Symbol").strip(), int(found[1])))
            return
        self.page.take_label(text)

    # Words

    def _take_text(self, text: str) -> None:
        if self._unread:
            skipped = min(self._unread, len(text))
            self._unread -= skipped
            text = text[skipped:]
        group = self._state.group
        if group is Group.FONTS:
            self._font().name += text.partition(";")[0].strip()
        elif group is Group.STYLES:
            if is_title_style(text.partition(";")[0]):
                self.page.titles.add(self._state.style)
        elif self._charsets.decoded and not text.isascii():
            self._flush()
            self._say(text)
        elif self._bytes or not text.isascii() or self._symbol_font():
            self._bytes += text.encode("latin-1")
        else:
            self._say(text)

    def _take_bytes(self, data: bytes) -> None:
        if self._unread:
            skipped = min(self._unread, len(data))
            self._unread -= skipped
            data = data[skipped:]
        if self._state.group not in (Group.FONTS, Group.STYLES):
            self._bytes += data

    def _take_sign(self, sign: str) -> None:
        if sign == "*":
            self._state.starred = True
        elif sign in "\r\n":
            self._flush()
            self.page.end_paragraph(self._state)
        elif sign in ESCAPED and self._unread:
            self._unread -= 1
        elif sign in ESCAPED and self._bytes and sign.isascii() and sign not in "~_-\t":
            self._bytes += sign.encode()  # may be the second byte of one sign
        elif sign in ESCAPED:
            self._flush()
            self._say(ESCAPED[sign])

    def _flush(self) -> None:
        """Say the bytes that wait, in the encoding of their font."""
        if not self._bytes:
            return
        data, font = bytes(self._bytes), self._symbol_font()
        self._bytes.clear()
        if font:
            self._say("".join(symbol(font, byte) for byte in data))
            return
        text = data.decode(self._charsets.codec(self._state.font), "replace")
        self.damaged += text.count("\ufffd")
        self._say(text)

    def _say(self, text: str) -> None:
        if self.page.say(text, self._state) and self._ended:
            self.goes_on = self.goes_on or bool(text.strip(_JUNK))

    def _symbol_font(self) -> str:
        """The name of the font, where its signs are not what their codes say; else ""."""
        font = self._charsets.fonts.get(self._state.font)
        if font is None or font.charset != SYMBOL or not is_symbol_font(font.name):
            return ""
        return font.name

    def _font(self) -> Font:
        return self._charsets.fonts.setdefault(self._state.font, Font())

    # Control words

    def _take_word(self, word: str, number: int | None) -> None:
        state = self._state
        if word in SIGNS:
            self._say(SIGNS[word])
        elif word == "u":
            self._take_unicode(number)
        elif word in SWITCHES:
            setattr(state, SWITCHES[word], number != 0)
        elif word in ("par", "sect", "nestrow"):
            self.page.end_paragraph(self._state)
        elif word in ("cell", "row", "trowd"):
            self.page.take_table_word(word, state)
        elif word == "plain":
            state.bold = state.hidden = state.deleted = False
            state.font = self._default_font
        elif word == "pard":
            state.style, state.in_table = -1, False
        elif word in PAGES:
            self._charsets.page = codec_of_page(PAGES[word])
        elif number is not None:
            self._take_number(word, number)

    def _take_number(self, word: str, number: int) -> None:
        """A control word that means nothing without its number."""
        state = self._state
        if word == "f":
            state.font = number
        elif word == "s":
            state.style = number
        elif word == "uc":
            state.skips = max(number, 0)
        elif word == "itap":
            state.in_table = number > 0
        elif word == "deff":
            self._default_font = state.font = number
        elif word == "ansicpg":
            self._charsets.page = codec_of_page(number)
        elif word == "fcharset" and state.group is Group.FONTS:
            self._font().charset = number
        elif word == "cpg" and state.group is Group.FONTS:
            self._font().page = number

    def _take_unicode(self, number: int | None) -> None:
        if number is None:
            return
        code = number + 0x10000 if number < 0 else number
        font = self._symbol_font()
        if font:
            self._say(symbol(font, code))
        else:
            self._say(chr(code) if 0 <= code <= _LARGEST else "\ufffd")
        self._unread = self._state.skips
