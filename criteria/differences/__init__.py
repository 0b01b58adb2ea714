"""What changed between two criteria sets, as values: every field of a file, with its line in both."""
