"""The fast engine: one automaton finds candidates, positions settle them."""
