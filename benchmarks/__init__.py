"""Measures the program beside others: `python -m benchmarks` (see README.md)."""
