"""Files of turns: Parquet and JSON Lines with the turns of many transcripts, one in each row."""
