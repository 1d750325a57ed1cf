"""PDF files: where the words stand on each page, and what of it is the text."""
