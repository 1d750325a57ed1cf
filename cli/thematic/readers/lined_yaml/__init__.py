"""YAML with line numbers: every fault in a file people wrote, found in one pass."""
