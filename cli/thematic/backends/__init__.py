"""How one pure function runs over many tasks: in this process, in several, on a cluster."""
