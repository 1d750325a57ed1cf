"""Subtitle files: WebVTT, SubRip and YouTube's SBV.

webvtt-py is not used: it leaves out damaged cues without a word, raises on a file whose
first line is not WEBVTT, tells no line numbers and gives one voice per cue. People's
exports are damaged in all these ways, and a cue that is lost must be named.

`blocks` finds the cues by `times`, `words` makes plain words of what stands in them,
`rolling` and `marks` undo what live captions do, `reading` puts all together.
"""
