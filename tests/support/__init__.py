"""Helpers shared by tests; no engine code lives here."""
