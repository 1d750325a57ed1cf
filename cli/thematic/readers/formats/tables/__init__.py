"""Tables of words: turns, survey answers and coded segments, in CSV, TSV and Excel files."""
