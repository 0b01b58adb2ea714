"""Expressions: text → syntax → terms bound to names → whole columns. Never eval."""
