"""Giving forms out (giao biểu): workbooks written from a layout, one per candidate or one per managing body."""
