"""Drawings of result tables, by matplotlib; each shows what its table says and no more."""
