"""Panels: named assessors who mark what only people can judge."""
