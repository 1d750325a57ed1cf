"""In which encoding the bytes of an RTF file stand, by its code page and its fonts."""

from __future__ import annotations

import codecs
from dataclasses import field

from thematic.model.nouns import dataclass

SYMBOL = 2  # the character set of fonts such as Symbol and Wingdings
_ANSI, _DEFAULT = 0, 1
_WESTERN = "cp1252"


def _table(text: str) -> dict[int, str]:
    return {int(one): other for one, other in (pair.split(":") for pair in text.split())}


# \fcharset -> codec; those from 77 to 89 are of old Macs.
_CHARSETS = _table(
    """77:mac_roman 78:shift_jis 79:euc_kr 80:gb2312 81:big5 84:mac_arabic 85:mac_greek
    86:mac_turkish 88:mac_latin2 89:mac_cyrillic 128:cp932 129:cp949 130:johab 134:gbk
    136:cp950 161:cp1253 162:cp1254 163:cp1258 177:cp1255 178:cp1256 186:cp1257 204:cp1251
    222:cp874 238:cp1250 254:cp437 255:cp850"""
)
# Code pages that Python calls otherwise.
_PAGES = _table(
    """1361:johab 10000:mac_roman 10001:shift_jis 10002:big5 10003:euc_kr 10004:mac_arabic
    10006:mac_greek 10007:mac_cyrillic 10008:gb2312 10029:mac_latin2 10079:mac_iceland
    10081:mac_turkish 65001:utf-8"""
)


@dataclass
class Font:
    """A font of the file; its character set tells how bytes written in it are meant."""

    name: str = ""
    charset: int = _DEFAULT
    page: int = 0  # a code page, which wins over the character set


@dataclass
class Charsets:
    """The code page and the fonts of one file.

    `given` is a codec that the user named; it stands for the file's code page and for
    Western fonts, since a font of another script knows better. `decoded` tells that the
    file's text is UTF-8, against the rules, and only its escaped bytes need a codec.
    """

    given: str = ""
    decoded: bool = False
    page: str = _WESTERN
    fonts: dict[int, Font] = field(default_factory=dict)

    def codec(self, number: int) -> str:
        """The codec of bytes in the font with this number."""
        font = self.fonts.get(number)
        if font is not None and font.page:
            return codec_of_page(font.page)
        charset = font.charset if font is not None else _DEFAULT
        if charset in _CHARSETS:
            return _CHARSETS[charset]
        if self.given:
            return self.given
        return _WESTERN if charset == _ANSI and self._has_scripts() else self.page

    def _has_scripts(self) -> bool:
        """Whether fonts tell their scripts; simple programs call every font Western."""
        return any(font.charset in _CHARSETS for font in self.fonts.values())


def codec_of_page(page: int) -> str:
    """The codec of a Windows or Mac code page; the Western one where Python has none."""
    name = _PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _WESTERN
