"""All commands, under what one wants to do, in the order of the help and of the reference.

They stand apart from the functions that run them, so that a list of them imports none.
"""

from __future__ import annotations

# Each command is a function of its name in a module of its name, in `thematic.commands`.
SECTIONS = {
    "Begin": {
        "demo": "Code the shipped study, and write its report.",
        "init": "Begin a study: study.yaml, a codebook, a folder.",
        "check": "Find faults in codebook and transcripts.",
    },
    "Look at transcripts": {
        "show": "Show one transcript: turns, speakers, times.",
        "speakers": "List speakers, and which labels may be one.",
        "convert": "Write transcripts as text, VTT, CSV, JSON ...",
        "pseudonymise": "Replace names by pseudonyms, with a key.",
    },
    "Count and quote": {
        "report": "Report code frequencies and quotes.",
        "freq": "Count persons, transcripts and units by code.",
        "quotes": "Quote what was said; check a manuscript's quotes.",
        "code": "List mentions, or write them to a file.",
        "explain": "Explain why something counts, or does not.",
        "kwic": "Show codes or words in context, aligned.",
        "uncoded": "Look for what carries no code.",
        "batch": "Report on many studies, and what changed.",
        "method": "Write a note on what was done.",
    },
    "Analyse": {
        "matrix": "Set persons against codes.",
        "crosstab": "Count codes by groups of persons.",
        "compare": "Compare interviews with publications, or groups.",
        "cooccur": "Count which codes stand together.",
        "trend": "Count codes by date, or along the talk.",
        "sensitivity": "Count the same codes in several ways.",
        "appearance": "Tell where each code first appears.",
        "network": "Tie actors that are named together.",
        "chart": "Draw a result as SVG or PNG.",
    },
    "Code by hand, and agree": {
        "codebook": "Write the codebook for people (Word, XLSX ...).",
        "read": "Write reading copies to code on.",
        "import": "Take in codings and memos from Word, tables ...",
        "sample": "Draw units for people to judge.",
        "score": "Take filled sheets back: precision, recall.",
        "agree": "Measure how far coders agree.",
        "adjudicate": "Record what coders settled.",
        "decide": "Record decisions from a table.",
        "reanchor": "List passages that moved since they were coded.",
        "log": "List what people did, and undo it.",
    },
    "Prove and pass on": {
        "verify": "Recompute a result folder, and compare.",
        "diff": "Compare codebooks or results, and what follows.",
        "reproduce": "Set a published table beside your counts.",
        "extract": "Show people their quotes, and take replies.",
        "deposit": "Make a folder for an archive, without words.",
        "cache": "Show or clear what is kept between runs.",
    },
}
COMMANDS = tuple(name for commands in SECTIONS.values() for name in commands)
