"""The fast engine on arrays: many transcripts at once, without an object for each mention."""
