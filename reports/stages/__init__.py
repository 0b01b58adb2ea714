"""The stages of a score side by side: handed in, verified, explained, verified again, final."""
