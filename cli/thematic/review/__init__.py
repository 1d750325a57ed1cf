"""What people decided, worked out from the log: what holds, what moved, what to look at again."""
