"""Codes interview transcripts by a thematic codebook and counts what was said."""
