"""Who is spoken of together: co-mention networks of actors, one for each theme."""
