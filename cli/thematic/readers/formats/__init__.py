"""One file format each: bytes or text in, one plain text with turns out."""
