"""Codebook x transcript -> codings: the text function, units, rules and the reference engine."""
