"""Who speaks where: labels, roles, stamps and turns, found in running text or given by cues."""
