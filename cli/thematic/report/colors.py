"""Colours of the codebook, made dark or light enough to be seen (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

PAPER = "#fdfcfa"  # behind the words, in light
NIGHT = "#17181c"  # and in dark
GREY = "#666666"  # where the codebook names no colour
TEXT = 4.5  # least contrast of words
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 50  # from the colour itself to black or white


def color(value: str) -> str:
    """A colour of the codebook, or grey: nothing else may enter a style sheet."""
    return value if _COLOR.fullmatch(value) else GREY


def luminance(value: str) -> float:
    """Relative luminance of `#rrggbb` in [0, 1], as WCAG 2.2 defines it."""
    channels = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen_on(value: str, background: str, least: float = TEXT) -> str:
    """The colour, or the nearest of its shades that has the least contrast on a background."""
    end = "#000000" if luminance(background) > 0.5 else "#ffffff"
    shades = (mixed(color(value), end, step / _STEPS) for step in range(_STEPS + 1))
    return next((shade for shade in shades if contrast(shade, background) >= least), end)


def mixed(one: str, other: str, share: float) -> str:
    """The colour so far, from 0 to 1, on the way from one to another."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(start + (end - start) * share):02x}" for start, end in pairs)
