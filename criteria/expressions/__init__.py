"""Expressions: text → syntax → terms bound to names → whole columns. Never eval.

Importing the package registers the functions of the language.
"""

from criteria.expressions import functions_numbers, functions_pool, functions_results, functions_tables, functions_time

__all__ = ["functions_numbers", "functions_pool", "functions_results", "functions_tables", "functions_time"]
