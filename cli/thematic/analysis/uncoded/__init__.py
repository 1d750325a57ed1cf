"""What carries no code: answers, cases, affirmed questions, and near misses of rules."""
