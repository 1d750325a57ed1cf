"""One file per command: parse, one call, emit. Heavy imports stand inside the functions."""
