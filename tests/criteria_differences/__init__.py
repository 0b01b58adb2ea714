"""What changed between two criteria sets."""
