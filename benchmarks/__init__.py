"""Benchmarks: ratios against a stated reference in one run, never a timed test."""
