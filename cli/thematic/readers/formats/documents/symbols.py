"""Signs of the fonts Symbol and Wingdings, which files write as numbers without meaning."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)  # where Word puts the signs of such fonts

_GREEK_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
# Codes in hexadecimal, each with the sign that stands for it.
_SYMBOLS = "A3≤ A5∞ AB↔ AC← AD↑ AE→ AF↓ B0° B1± B3≥ B4× B7• B8÷ B9≠ BA≡ BB≈ BC… D6√ DB⇔ DE⇒ E5∑"
_DINGBATS = "4A☺ 4B😐 4C☹ 6C● 6E■ 6F□ 9F• A7▪ A8◻ D8➢ DF← E0→ E1↑ E2↓ E8➔ F0⇨ FB✗ FC✓ FD☒ FE☑"
_WINGDINGS = {int(one[:2], 16): one[2:] for one in _DINGBATS.split()}
_SYMBOL = {
    **{int(one[:2], 16): one[2:] for one in _SYMBOLS.split()},
    **{0x41 + n: sign for n, sign in enumerate(_GREEK_CAPITALS)},
    **{0x61 + n: sign for n, sign in enumerate(_GREEK_SMALL)},
}


def is_symbol_font(font: str) -> bool:
    """Whether the letters of a font are other signs than their codes say."""
    return font.casefold().startswith(("symbol", "wingdings", "webdings"))


def symbol(font: str, code: int) -> str:
    """The sign that a font shows for a code point or byte; U+FFFD where we know none.

    Args:
        font: its name, in any case.
        code: as the file has it, which for such a font may be 0x00..0xFF or 0xF000..0xF0FF.
    """
    code = code - _PRIVATE.start if code in _PRIVATE else code
    name = font.casefold()
    if not is_symbol_font(name):
        return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
    signs = _WINGDINGS if name == "wingdings" else _SYMBOL if name == "symbol" else {}
    if code in (0x20, 0xA0):
        return " "
    if code in signs:
        return signs[code]
    return chr(code) if name == "symbol" and 0x20 <= code < 0x41 else "\ufffd"
