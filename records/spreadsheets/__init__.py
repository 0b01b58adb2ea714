"""Spreadsheet formulas: the arithmetic of a criteria set as a person can recompute it in Excel."""
