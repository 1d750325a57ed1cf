"""Word processors and web pages: their files as paragraphs and tables, and these as turns."""
