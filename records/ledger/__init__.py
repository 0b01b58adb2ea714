"""What happened, in order: entries that are only appended, each bound to the one before it."""
