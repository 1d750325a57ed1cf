"""A printed table beside what codebook and transcripts give."""
