"""Tests of a report."""
