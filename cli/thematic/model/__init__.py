"""The nouns of the field as frozen data: standard library only, nothing is computed here."""
