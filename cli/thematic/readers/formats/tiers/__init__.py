"""Annotation files with tiers on one time line: ELAN's `.eaf` and Praat's `.TextGrid`.

`elan` and `textgrid` take the tiers out of their files; `talk` says which of them hold what
is said, and by whom, and puts their pieces in the order of time.
"""
