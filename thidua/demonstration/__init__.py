"""Illustrative data: made by a seeded generator, and saying so everywhere."""
