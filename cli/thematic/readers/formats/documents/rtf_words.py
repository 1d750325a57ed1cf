"""What control words of RTF mean for the text; all others say how it looks."""

from __future__ import annotations

from enum import Enum, auto

SIGNS = {  # control words that stand for a sign
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "page": "\n",
    "column": "\n",
    "nestcell": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
ESCAPED = {  # one sign behind a backslash
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\t": "\t",
    "~": "\u00a0",
    "_": "-",
    "-": "\u00ad",
}
SWITCHES = {"b": "bold", "v": "hidden", "deleted": "deleted", "intbl": "in_table"}
PAGES = {"mac": 10000, "pc": 437, "pca": 850}  # code pages that have a name


class Group(Enum):
    """What a group holds, by the control word at its begin."""

    TEXT = auto()
    BOX = auto()  # the text of a drawing
    WRAP = auto()  # no text of its own; groups of text may lie in it
    LABEL = auto()  # what a list puts before a paragraph
    FIELD = auto()  # the instruction of a field
    FONTS = auto()
    STYLES = auto()
    NOTHING = auto()  # nothing in it is text


GROUPS = {
    **dict.fromkeys(("ud", "result", "nesttableprops"), Group.TEXT),
    **dict.fromkeys(("shptxt", "dptxbxtext"), Group.BOX),
    **dict.fromkeys(("shp", "shpinst", "shpgrp", "do", "object", "upr"), Group.WRAP),
    "listtext": Group.LABEL,
    "pntext": Group.LABEL,
    "fldinst": Group.FIELD,
    "fonttbl": Group.FONTS,
    "stylesheet": Group.STYLES,
    **dict.fromkeys(
        """colortbl info header headerl headerr headerf footer footerl footerr footerf pict
        nonshppict shppict shprslt footnote annotation xe rxe txe tc nonesttables filetbl falt
        panose atnid atnauthor bkmkstart bkmkend pntxta pntxtb themedata datastore private
        ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn objdata objclass sn sv""".split(),
        Group.NOTHING,
    ),
}
TOLD = {"footnote": "footnote", "annotation": "comment"}  # groups whose words are lost
MEANT = frozenset(
    {
        *(SIGNS.keys() | SWITCHES.keys() | PAGES.keys()),
        *"u uc par sect nestrow cell row trowd plain pard f s itap deff".split(),
        *"ansicpg fcharset cpg".split(),
    }
)
