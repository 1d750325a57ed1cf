"""Names in transcripts and what stands in their place: finding, replacing, putting back."""
