"""The ranking workbook: places, points and maxima as formulas and values, so that anyone can recompute them."""
