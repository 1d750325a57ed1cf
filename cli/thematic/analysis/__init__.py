"""Codings -> result tables: frequencies, quotes, mentions. Nothing here prints or draws."""
