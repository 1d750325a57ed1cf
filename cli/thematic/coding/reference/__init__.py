"""The reference engine: every item through spaCy Docs, settled by plain loops. The judge."""
